"""Across groups of actors: with how many kinds, sectors or municipalities each one is tied."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse, special

from stakeholder_net.measures._ties import actor_series, groups_of, pattern, ratio, symmetric
from stakeholder_net.network import StakeholderNetwork

__all__ = ["group_participation", "group_profile"]


def group_participation(net: StakeholderNetwork, *, by: str = "kind") -> pd.Series:
    """Are each actor's partners spread over the groups, or do they all belong to one?

    P = 1 - sum over groups of (k_group / k)^2. Not to be taken for :func:`participation`, which is about layers.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; in a directed layer a tie in either direction makes a partner.
    by : str
        Column of the actors that names the group; an empty cell is a group of its own.

    Returns
    -------
    pandas.Series of float64
        Named ``group_participation``; 0 all partners in one group; NaN without ties.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    UnknownNameError
        When the actors have no column `by`.

    References
    ----------
    Guimera, R., Amaral, L. A. N. (2005). Functional cartography of complex metabolic networks. Nature 433, 895-900.
    https://doi.org/10.1038/nature03288

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"],
    ...                          "kind": ["comune", "coop_sociale", "ets_odv"]}),
    ...     ties=pd.DataFrame({"source": ["a", "a"], "target": ["b", "c"], "layer": "partnership", "weight": 1.0}))
    >>> group_participation(net).to_dict()
    {'a': 0.5, 'b': 0.0, 'c': 0.0}
    """
    counts = _partners_by_group(net, by, "group_participation")[0]
    return actor_series(net, _spread(counts), "group_participation")


def group_profile(net: StakeholderNetwork, *, by: str = "kind") -> pd.DataFrame:
    """How does each actor stand to its own group and to the others?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; in a directed layer a tie in either direction makes a partner.
    by : str
        Column of the actors that names the group; an empty cell is a group of its own.

    Returns
    -------
    pandas.DataFrame
        Index the actors; ``group``, ``partners``, ``partners_own_group``, ``within_z`` (against the others of its
        group, population sd; NaN where all have as many), ``group_participation``, ``variety`` (the same over its
        greatest possible value, with as many groups as there are), ``ei`` (external minus internal over all
        partners), ``entropy`` (natural log), ``groups_reached``. NaN without ties.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    UnknownNameError
        When the actors have no column `by`.

    References
    ----------
    Guimera, R., Amaral, L. A. N. (2005). Functional cartography of complex metabolic networks. Nature 433, 895-900.
    https://doi.org/10.1038/nature03288
    Agresti, A., Agresti, B. F. (1978). Statistical analysis of qualitative variation. Sociological Methodology 9,
    204-237. https://doi.org/10.2307/270810
    """
    counts, groups, labels = _partners_by_group(net, by, "group_profile")
    partners = counts.sum(axis=1)
    own = counts[np.arange(len(groups)), groups]
    size = np.bincount(groups, minlength=len(labels))
    mean = ratio(np.bincount(groups, weights=own, minlength=len(labels)), size)
    deviation = own - mean[groups]
    sd = np.sqrt(ratio(np.bincount(groups, weights=deviation**2, minlength=len(labels)), size))
    share = ratio(counts, partners[:, None])
    spread = _spread(counts)
    return pd.DataFrame(
        {
            "group": labels[groups],
            "partners": partners,
            "partners_own_group": own,
            "within_z": ratio(deviation, np.where(sd > NO_SPREAD, sd, 0.0)[groups]),
            "group_participation": spread,
            "variety": ratio(spread, 1 - ratio(1.0, len(labels))),
            "ei": ratio(partners - 2 * own, partners),
            "entropy": special.entr(share).sum(axis=1) if len(labels) else np.nan,
            "groups_reached": np.where(partners > 0, (counts > 0).sum(axis=1), np.nan),
        },
        index=net.actors.index,
    )


NO_SPREAD = 1e-12


def _spread(counts: np.ndarray) -> np.ndarray:
    share = ratio(counts, counts.sum(axis=1, keepdims=True))
    return np.asarray(1.0 - (share**2).sum(axis=1)) if counts.shape[1] else np.full(len(counts), np.nan)


def _partners_by_group(
    net: StakeholderNetwork, by: str, measure: str
) -> tuple[np.ndarray, np.ndarray, pd.Index]:
    """Return how many partners each actor has in each group, the group of each, and their names."""
    codes, labels = groups_of(net, by)
    member = sparse.csr_array(
        (np.ones(len(codes)), (np.arange(len(codes)), codes)), shape=(len(codes), len(labels))
    )
    ties = pattern(symmetric(net, measure, weighted=False))
    return np.asarray((ties @ member).toarray()), codes, labels
