"""Like with like: do ties stay within groups more than the sizes of the groups explain?"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from stakeholder_net.errors import OptionError
from stakeholder_net.layers import adjacency
from stakeholder_net.measures._frames import figure_table
from stakeholder_net.measures._moments import internal_moments
from stakeholder_net.measures._ties import groups_of, is_directed, pattern, ratio, symmetric
from stakeholder_net.network import StakeholderNetwork

__all__ = ["block_densities", "group_homophily", "homophily"]


def homophily(
    net: StakeholderNetwork, *, by: str = "kind", permutations: int = 999, seed: int = 0
) -> pd.DataFrame:
    """Do ties stay within groups or go out of them, against what the sizes of the groups would bring?

    Reads as: "ties between kinds are fewer than if kinds did not matter". Never print the E-I index alone: with many
    small groups it is high by itself, so read it beside its expected value.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; in a directed layer a tie in either direction makes a tie.
    by : str
        Column of the actors that names the group; an empty cell is a group of its own.
    permutations : int
        How often the groups are dealt out anew for the p-values.
    seed : int
        Of the random numbers.

    Returns
    -------
    pandas.DataFrame
        Index ``figure``; columns ``label_it``, ``label_en``, ``value``, ``status``. ``ei`` (external minus internal
        over all ties) with its bounds ``ei_max`` and ``ei_min`` for so many ties, its exact ``ei_expected`` and
        ``ei_sd`` under random relabelling, ``ei_z``, one-sided ``ei_p_lower`` and ``ei_p_upper``
        ((1 + b) / (1 + permutations)); ``ei_density`` (from densities in place of counts); ``assortativity``,
        ``modularity``, ``odds_ratio``, ``yule_q``, ``yule_y``, ``phi``, ``internal_density``, ``external_density``,
        ``groups``, ``ties``, ``internal``, ``external``.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    UnknownNameError
        When the actors have no column `by`.
    OptionError
        When `permutations` is below 1.

    References
    ----------
    Krackhardt, D., Stern, R. N. (1988). Informal networks and organizational crises. Social Psychology Quarterly 51,
    123-140. https://doi.org/10.2307/2786835
    Newman, M. E. J. (2003). Mixing patterns in networks. Physical Review E 67, 026126.
    https://doi.org/10.1103/PhysRevE.67.026126
    """
    if permutations < 1:
        raise OptionError(f"permutations={permutations} must be at least 1.")
    ties = pattern(symmetric(net, "homophily", weighted=False))
    groups, labels = groups_of(net, by)
    sizes = np.bincount(groups, minlength=len(labels))
    upper = sparse.triu(ties, k=1, format="coo")
    m = upper.nnz
    internal = int((groups[upper.row] == groups[upper.col]).sum())
    external = m - internal
    inside = int((sizes * (sizes - 1) // 2).sum())
    outside = net.n_actors * (net.n_actors - 1) // 2 - inside
    mean, sd = internal_moments(ties, sizes)
    ei, expected, spread = ratio(external - internal, m), 1 - 2 * ratio(mean, m), 2 * ratio(sd, m)
    lower, higher = _relabelled(upper, groups, internal, permutations, seed)
    ends = np.bincount(np.concatenate([groups[upper.row], groups[upper.col]]), minlength=len(labels))
    matched = float((ratio(ends, 2 * m) ** 2).sum()) if m else np.nan
    values = {
        "groups": len(labels),
        "ties": m,
        "internal": internal,
        "external": external,
        "ei": ei,
        "ei_max": ratio(2 * min(m, outside) - m, m),
        "ei_min": ratio(m - 2 * min(m, inside), m),
        "ei_expected": expected,
        "ei_sd": spread,
        "ei_z": ratio(ei - expected, spread if spread > NO_SPREAD else 0.0),
        "ei_p_lower": lower if m else np.nan,
        "ei_p_upper": higher if m else np.nan,
        "assortativity": ratio(ratio(internal, m) - matched, 1 - matched),
        "modularity": ratio(internal, m) - matched,
        **_association(internal, external, inside, outside),
    }
    one = len(labels) < 2  # noqa: PLR2004 - nothing to compare with
    if one:
        values |= dict.fromkeys([name for name in values if name not in COUNTED], np.nan)
    why = "no ties" if not m else "one group only" if one else "a group is full or empty of ties"
    return figure_table({name: float(value) for name, value in values.items()}, dict.fromkeys(values, why))


COUNTED = ("groups", "ties", "internal", "external", "internal_density")
NO_SPREAD = 1e-12


def group_homophily(net: StakeholderNetwork, *, by: str = "kind") -> pd.DataFrame:
    """Which groups keep to themselves, and which seek others?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer. In an undirected layer both ends of a tie have chosen it.
    by : str
        Column of the actors that names the group; an empty cell is a group of its own.

    Returns
    -------
    pandas.DataFrame of float64
        Index the groups; ``size``, ``choices`` (ties that its actors send), ``in_group``, ``expected`` (if they chose
        among all others alike), ``coleman`` (1 all within, 0 as expected, -1 none within) and ``inbreeding`` (share
        within above its share of actors, over what was possible). NaN for a group without choices.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    UnknownNameError
        When the actors have no column `by`.

    References
    ----------
    Coleman, J. S. (1958). Relational analysis: the study of social organizations with survey methods. Human
    Organization 17(4), 28-36. https://doi.org/10.17730/humo.17.4.q5604m676260q8n7
    Currarini, S., Jackson, M. O., Pin, P. (2009). An economic model of friendship: homophily, minorities, and
    segregation. Econometrica 77, 1003-1045. https://doi.org/10.3982/ECTA7528
    """
    counts, labels, sizes = _between(net, by, "group_homophily")
    n = net.n_actors
    choices, within = counts.sum(axis=1), np.diag(counts)
    expected = choices * ratio(sizes - 1, n - 1)
    above = ratio(within - expected, choices - expected)
    coleman = np.where(within >= expected, above, ratio(within - expected, expected))
    share, own = ratio(within, choices), ratio(sizes, n)
    return pd.DataFrame(
        {
            "size": sizes,
            "choices": choices,
            "in_group": within,
            "expected": expected,
            "coleman": np.where(choices > 0, coleman, np.nan),
            "inbreeding": ratio(share - own, 1 - own),
        },
        index=labels,
        dtype="float64",
    )


def block_densities(net: StakeholderNetwork, *, by: str = "kind") -> pd.DataFrame:
    """How densely is each group tied with each other group, against two kinds of chance?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer.
    by : str
        Column of the actors that names the group; an empty cell is a group of its own.

    Returns
    -------
    pandas.DataFrame
        One row a pair of groups (in order when directed, else once): ``source``, ``target``, ``n_source``,
        ``n_target``, ``ties``, ``possible``, ``density`` (NaN where no tie is possible), ``expected_uniform`` (the
        exact mean under relabelling), ``expected_degree`` (given how many ties each group has, approximate),
        ``ratio_uniform`` and ``ratio_degree`` (observed over expected).

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    UnknownNameError
        When the actors have no column `by`.

    References
    ----------
    Wasserman, S., Faust, K. (1994). Social Network Analysis. Cambridge University Press, chapter 10.
    https://doi.org/10.1017/CBO9780511815478
    Newman, M. E. J. (2006). Modularity and community structure in networks. PNAS 103, 8577-8582.
    https://doi.org/10.1073/pnas.0601602103
    """
    counts, labels, sizes = _between(net, by, "block_densities")
    directed = is_directed(net)
    own = np.eye(len(labels), dtype=bool)
    ties, possible = counts.copy(), np.outer(sizes, sizes) - np.diag(sizes)
    sent, received = counts.sum(axis=1), counts.sum(axis=0)
    expected = ratio(np.outer(sent, received), counts.sum())
    if not directed:
        # both directions were counted within a group, one between two
        ties, possible, expected = (np.where(own, cells / 2, cells) for cells in (ties, possible, expected))
    density = ratio(net.n_ties, net.n_actors * (net.n_actors - 1) / (1 if directed else 2))
    row, column = np.nonzero(np.ones_like(own) if directed else np.triu(np.ones_like(own)))
    uniform = possible * density
    return pd.DataFrame(
        {
            "source": labels[row],
            "target": labels[column],
            "n_source": sizes[row],
            "n_target": sizes[column],
            "ties": ties[row, column],
            "possible": possible[row, column].astype("float64"),
            "density": ratio(ties, possible)[row, column],
            "expected_uniform": uniform[row, column],
            "expected_degree": expected[row, column],
            "ratio_uniform": ratio(ties, uniform)[row, column],
            "ratio_degree": ratio(ties, expected)[row, column],
        }
    )


def _between(net: StakeholderNetwork, by: str, measure: str) -> tuple[np.ndarray, pd.Index, np.ndarray]:
    """Return how many ties each group sends to each, the groups and their sizes."""
    arcs = adjacency(net, weighted=False, measure=measure).tocoo()
    groups, labels = groups_of(net, by)
    counts = np.zeros((len(labels), len(labels)))
    np.add.at(counts, (groups[arcs.row], groups[arcs.col]), 1.0)
    return counts, labels, np.bincount(groups, minlength=len(labels))


def _relabelled(
    ties: sparse.coo_array, groups: np.ndarray, internal: int, permutations: int, seed: int
) -> tuple[float, float]:
    """Return how often chance keeps at least, and at most, so many ties within groups."""
    rng = np.random.default_rng(seed)
    more = fewer = 0
    for _ in range(permutations):
        dealt = rng.permutation(groups)
        inside = int((dealt[ties.row] == dealt[ties.col]).sum())
        more += inside >= internal
        fewer += inside <= internal
    return (1 + more) / (1 + permutations), (1 + fewer) / (1 + permutations)


def _association(internal: int, external: int, inside: int, outside: int) -> dict[str, np.ndarray]:
    """Return how being tied goes with being of one group, over all pairs."""
    m, pairs = internal + external, inside + outside
    within, between = ratio(internal, inside), ratio(external, outside)
    odds = ratio(internal * (outside - external), (inside - internal) * external)
    top = internal * (outside - external) - external * (inside - internal)
    return {
        "ei_density": ratio(between - within, between + within),
        "odds_ratio": odds,
        "yule_q": ratio(odds - 1, odds + 1),
        "yule_y": ratio(np.sqrt(odds) - 1, np.sqrt(odds) + 1),
        "phi": ratio(top, np.sqrt(float(m) * (pairs - m) * inside * outside)),
        "internal_density": within,
        "external_density": between,
    }
