"""Who brokers between which groups: the five roles of Gould and Fernandez."""

from __future__ import annotations

from functools import partial
from typing import Literal

import numpy as np
import pandas as pd

from stakeholder_net._checks import check_option
from stakeholder_net.errors import OptionError
from stakeholder_net.layers import adjacency
from stakeholder_net.measures._ensemble import each
from stakeholder_net.measures._roles import (
    ROLES,
    actor_moments,
    count_roles,
    network_moments,
    open_paths,
    role_tensor,
)
from stakeholder_net.measures._ties import groups_of, is_directed, ratio
from stakeholder_net.network import StakeholderNetwork

__all__ = ["brokerage", "brokerage_totals"]

Null = Literal["relabelling", "bernoulli", "none"]

NO_SPREAD = 1e-12


def brokerage(  # noqa: PLR0913 - one keyword a choice
    net: StakeholderNetwork,
    *,
    by: str = "kind",
    null: Null = "relabelling",
    permutations: int = 999,
    seed: int = 0,
    n_jobs: int | None = None,
    progress: bool = True,
) -> pd.DataFrame:
    """Between whom does each actor stand: within its own group, or between groups?

    Counted are the pairs i, k that are tied with the actor (i to it, it to k) and not with each other (i to k).
    ``coordinator``: all three of one group; ``itinerant``: the other two of one group, the actor of another;
    ``representative``: from its own group outwards; ``gatekeeper``: from outside into its own group; ``liaison``: three
    groups; ``total``.

    Reads as: "it links associations with municipalities that are not in touch directly, more often than its number of
    ties explains". Without the comparison with chance the counts mostly repeat the number of ties.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer. In an undirected one each open pair counts once; representative and gatekeeper cannot be
        told apart there, and each gets half of their pairs.
    by : str
        Column of the actors that names the group; an empty cell is a group of its own.
    null : {"relabelling", "bernoulli", "none"}
        With what chance is compared: the groups dealt out anew among the actors, the ties being as they are (keeps the
        ties of every actor); or every arc there with equal chance (directed layers; its z mostly measures the number of
        ties again).
    permutations : int
        How often groups are dealt out.
    seed : int
        Of the random numbers.
    n_jobs : int, optional
        Processes that share the draws, -1 for every processor; what comes out is the same. Without it one, or what
        ``joblib.parallel_config`` says.
    progress : bool
        Show a progress bar when it takes longer than two seconds.

    Returns
    -------
    pandas.DataFrame of float64
        Index the actors; one column a role and, with a null, ``<role>_expected`` (exact), ``<role>_sd``, ``<role>_z``
        (NaN where there is no spread) and, for relabelling, ``<role>_p`` (two-sided: the smaller tail doubled;
        (1 + b) / (1 + permutations)).

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    UnknownNameError
        When the actors have no column `by`.
    OptionError
        When an option is not allowed.

    References
    ----------
    Gould, R. V., Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in transaction
    networks. Sociological Methodology 19, 89-126. https://doi.org/10.2307/270949
    Spiro, E. S., Acton, R. M., Butts, C. T. (2013). Extended structures of mediation: re-examining brokerage in dynamic
    networks. Social Networks 35, 130-143. https://doi.org/10.1016/j.socnet.2013.02.001

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"],
    ...                          "kind": ["comune", "coop_sociale", "ets_odv"]}),
    ...     ties=pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "layer": "partnership", "weight": 1.0}))
    >>> brokerage(net, null="none")["liaison"].to_dict()
    {'a': 0.0, 'b': 1.0, 'c': 0.0}
    """
    check_option("null", null, ("relabelling", "bernoulli", "none"))
    if permutations < 1:
        raise OptionError(f"permutations={permutations} must be at least 1.")
    arcs = adjacency(net, weighted=False, measure="brokerage")
    if null == "bernoulli" and not is_directed(net):
        raise OptionError("null='bernoulli' is for directed layers.", "Use null='relabelling'.")
    share = 1.0 if is_directed(net) else 0.5
    groups, labels = groups_of(net, by)
    draws = _draws(groups, permutations if null == "relabelling" else 0, seed)
    counts = np.zeros((len(ROLES), net.n_actors))
    random = np.zeros((len(draws), *counts.shape))
    for paths in open_paths(arcs):
        counts += share * count_roles(paths, groups)
        count = partial(count_roles, paths)
        again = each(count, list(draws), n_jobs=n_jobs, desc="brokerage", progress=progress)
        random += share * np.reshape(again, random.shape)
    table = dict(zip(ROLES, counts, strict=True))
    sizes = np.bincount(groups, minlength=len(labels))
    if null == "bernoulli":
        table |= _columns(counts, *(moment[:, groups] for moment in actor_moments(sizes, _density(net))))
    if null == "relabelling":
        table |= _columns(counts, counts[-1] * _role_chances(sizes)[:, None], random.std(axis=0))
        above, below = (random >= counts - NO_SPREAD).sum(axis=0), (random <= counts + NO_SPREAD).sum(axis=0)
        tail = np.minimum(1.0, 2 * (1 + np.minimum(above, below)) / (1 + permutations))
        table |= {f"{role}_p": values for role, values in zip(ROLES[:-1], tail, strict=False)}
    return pd.DataFrame(table, index=net.actors.index)


def brokerage_totals(net: StakeholderNetwork, *, by: str = "kind") -> pd.DataFrame:
    """Which kinds of brokerage does the network as a whole hold, against what its density alone would bring?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one directed layer.
    by : str
        Column of the actors that names the group; an empty cell is a group of its own.

    Returns
    -------
    pandas.DataFrame of float64
        Index ``role``; columns ``count``, ``expected``, ``sd`` (exact, every arc there with equal chance) and ``z``.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    UnknownNameError
        When the actors have no column `by`.
    OptionError
        When the layer is undirected.

    References
    ----------
    Gould, R. V., Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in transaction
    networks. Sociological Methodology 19, 89-126. https://doi.org/10.2307/270949
    """
    arcs = adjacency(net, weighted=False, measure="brokerage_totals")
    if not is_directed(net):
        raise OptionError(
            "brokerage_totals is for directed layers.", "Use brokerage(net), whose null keeps the ties."
        )
    groups, labels = groups_of(net, by)
    counts = np.zeros(len(ROLES))
    for paths in open_paths(arcs):
        counts += count_roles(paths, groups).sum(axis=1)
    mean, sd = network_moments(np.bincount(groups, minlength=len(labels)), _density(net))
    return pd.DataFrame(
        {"count": counts, "expected": mean, "sd": sd, "z": _z(counts - mean, sd)},
        index=pd.Index(ROLES, name="role"),
    )


def _draws(groups: np.ndarray, times: int, seed: int) -> np.ndarray:
    """Return the groups dealt out anew, shape (times, n_actors)."""
    rng = np.random.default_rng(seed)
    return rng.permuted(np.broadcast_to(groups, (times, len(groups))), axis=1)


def _density(net: StakeholderNetwork) -> float:
    return float(ratio(net.n_ties, net.n_actors * (net.n_actors - 1)))


def _role_chances(sizes: np.ndarray) -> np.ndarray:
    """Return with what chance three actors drawn one after the other have the groups of each role."""
    n, same = sizes.sum(), np.eye(len(sizes))
    triples = (
        sizes[:, None, None]
        * (sizes[None, :, None] - same[:, :, None])
        * (sizes - same[:, None] - same[None])
    )
    allowed = role_tensor(len(sizes)) * np.maximum(triples, 0.0)
    return np.asarray(ratio(allowed.sum(axis=(1, 2, 3)), n * (n - 1) * (n - 2)))


def _columns(counts: np.ndarray, mean: np.ndarray, sd: np.ndarray) -> dict[str, np.ndarray]:
    z = _z(counts - mean, sd)
    return {
        f"{role}_{what}": values[place]
        for place, role in enumerate(ROLES)
        for what, values in (("expected", mean), ("sd", sd), ("z", z))
    }


def _z(difference: np.ndarray, sd: np.ndarray) -> np.ndarray:
    return ratio(difference, np.where(sd > NO_SPREAD, sd, 0.0))
