"""Groups that the ties themselves draw, and how far one may trust their borders."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse, special

from stakeholder_net._display import Shown
from stakeholder_net.errors import OptionError
from stakeholder_net.layers import incidence
from stakeholder_net.measures._ensemble import each
from stakeholder_net.measures._ties import ratio, symmetric, without_diagonal
from stakeholder_net.measures.attendance import events_layer
from stakeholder_net.network import StakeholderNetwork

try:
    import graspologic_native
except ImportError:  # the fallback is slower and now and then worse
    graspologic_native = None

__all__ = ["Communities", "communities", "compare_partitions", "modularity"]

ROUNDS = 10
RANDOMNESS = 0.001
SAME = 1e-12


@dataclass(frozen=True, slots=True)
class Communities(Shown):
    """Groups drawn by the ties, with what says how firm they are.

    Attributes
    ----------
    membership : pandas.Series
        Named ``community``; index the actors; 1 for the largest group, then by size; missing for actors without ties.
    modularity : float
        Share of ties within groups beyond what the numbers of ties would bring; NaN without ties.
    agreement : float
        Mean adjusted Rand index between the groups of all pairs of seeds: 1 when every start gives the same groups.
    event_agreement : float
        Mean adjusted Rand index between these groups and those after drawing the events anew; NaN if not asked.
    method : str
        ``leiden`` or, where graspologic-native is not installed, ``louvain``.
    """

    membership: pd.Series
    modularity: float
    agreement: float
    event_agreement: float
    method: str


def communities(  # noqa: PLR0913 - one keyword a choice
    net: StakeholderNetwork,
    *,
    weighted: bool = True,
    resolution: float = 1.0,
    starts: int = 50,
    bootstrap: int = 0,
    layer: str | None = None,
    seed: int = 0,
    n_jobs: int | None = None,
    progress: bool = True,
) -> Communities:
    """Into which groups do the ties fall by themselves?

    The best of many starts of the Leiden algorithm on modularity. Read the two agreements before drawing a border on a
    map: below about 0.8 the groups are a way of looking, not a fact.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; the two directions of a directed one are added up.
    weighted : bool
        Use the strength of ties; else every tie counts 1.
    resolution : float
        Above 1 more and smaller groups.
    starts : int
        From how many seeds the search begins.
    bootstrap : int
        How often the events are drawn anew (with replacement) to see whether the groups stay; needs events in the
        network and ties derived from them.
    layer : str, optional
        The layer with events, for the bootstrap, when there are several.
    seed : int
        Of the random numbers.
    n_jobs : int, optional
        Processes that share the searches, -1 for every processor; what comes out is the same. Without it one, or what
        ``joblib.parallel_config`` says.
    progress : bool
        Show a progress bar when it takes longer than two seconds.

    Returns
    -------
    Communities
        Groups, modularity and how firm they are.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    OptionError
        When `starts` or `resolution` is not above zero.

    References
    ----------
    Traag, V. A., Waltman, L., van Eck, N. J. (2019). From Louvain to Leiden: guaranteeing well-connected communities.
    Scientific Reports 9, 5233. https://doi.org/10.1038/s41598-019-41695-z
    Newman, M. E. J. (2006). Modularity and community structure in networks. PNAS 103, 8577-8582.
    https://doi.org/10.1073/pnas.0601602103
    """
    if starts < 1 or not resolution > 0 or bootstrap < 0:
        raise OptionError("starts and resolution must be above zero, bootstrap not below.")
    ties = symmetric(net, "communities", weighted=weighted)
    tied = np.diff(ties.indptr) > 0
    first, *others = np.random.default_rng(seed).integers(0, 2**31, starts).tolist()
    found = each(
        lambda start: search(ties, start, resolution),
        [first, *others],
        n_jobs=n_jobs,
        desc="communities",
        progress=progress,
    )
    qualities = [_quality(ties, groups, resolution) for groups in found]
    best = found[int(np.nanargmax(qualities))] if ties.nnz else found[0]
    pairs = [adjusted_rand(one[tied], two[tied]) for one, two in itertools.combinations(found, 2)]
    events = np.nan
    if bootstrap and ties.nnz:
        project, draws = _drawn_again(net, layer, bootstrap, seed)
        again = each(
            lambda drawn: search(project(drawn), first, resolution),
            draws,
            n_jobs=n_jobs,
            desc="communities, events drawn anew",
            progress=progress,
        )
        events = float(np.mean([adjusted_rand(one[tied], best[tied]) for one in again]))
    return Communities(
        membership=pd.Series(best + 1, index=net.actors.index, name="community", dtype="Int64").mask(~tied),
        modularity=_quality(ties, best, resolution),
        agreement=float(np.mean(pairs)) if pairs and ties.nnz else np.nan,
        event_agreement=events,
        method="louvain" if graspologic_native is None else "leiden",
    )


def modularity(
    net: StakeholderNetwork, groups: pd.Series, *, weighted: bool = True, resolution: float = 1.0
) -> float:
    """How many more ties do given groups hold than the numbers of ties of their members would bring?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; the two directions of a directed one are added up.
    groups : pandas.Series
        Group by actor id; every actor needs one, save those without ties.
    weighted : bool
        Use the strength of ties; else every tie counts 1.
    resolution : float
        What chance counts.

    Returns
    -------
    float
        Share of ties within groups minus the share expected; NaN without ties.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    OptionError
        When an actor with ties has no group.

    References
    ----------
    Newman, M. E. J., Girvan, M. (2004). Finding and evaluating community structure in networks. Physical Review E 69,
    026113. https://doi.org/10.1103/PhysRevE.69.026113
    """
    ties = symmetric(net, "modularity", weighted=weighted)
    given = groups.reindex(net.actors.index)
    lost = given.isna().to_numpy() & (np.diff(ties.indptr) > 0)
    if lost.any():
        raise OptionError(
            f"{int(lost.sum())} actors with ties have no group, among them {net.actors.index[lost][0]!r}."
        )
    codes = pd.factorize(given)[0]
    # those without ties, and so without a group, weigh nothing anywhere
    return _quality(ties, np.where(codes < 0, codes.max(initial=0) + 1, codes), resolution)


def compare_partitions(one: pd.Series, other: pd.Series) -> pd.Series:
    """How alike are two ways of putting the same actors into groups?

    Parameters
    ----------
    one, other : pandas.Series
        Group by actor id; compared over the actors that have a group in both.

    Returns
    -------
    pandas.Series of float64
        Named ``compare_partitions``; ``rand``, ``adjusted_rand`` (0 as by chance, 1 equal), ``variation_information``
        (natural log), ``mutual_information``, ``nmi_arithmetic``, ``nmi_geometric``, ``nmi_max`` (normalised in three
        ways; say which), ``split_join`` (actors to move). NaN where nothing can be compared.

    References
    ----------
    Hubert, L., Arabie, P. (1985). Comparing partitions. Journal of Classification 2, 193-218.
    https://doi.org/10.1007/BF01908075
    Meila, M. (2003). Comparing clusterings by the variation of information. Learning Theory and Kernel Machines,
    173-187. https://doi.org/10.1007/978-3-540-45167-9_14
    """
    both = one.index[one.notna()].intersection(other.index[other.notna()], sort=False)
    cells, rows, columns, stay = _crossed(pd.factorize(one[both])[0], pd.factorize(other[both])[0])
    n = len(both)
    together = _pairs_in(cells)
    first, second, pairs = _pairs_in(rows), _pairs_in(columns), n * (n - 1) / 2
    entropy_one, entropy_two = (float(special.entr(ratio(counts, n)).sum()) for counts in (rows, columns))
    joint = float(special.entr(ratio(cells, n)).sum())
    shared = max(entropy_one + entropy_two - joint, 0.0)
    values = {
        "rand": ratio(pairs + 2 * together - first - second, pairs),
        "adjusted_rand": _chance_corrected(together, first, second, pairs),
        "variation_information": entropy_one + entropy_two - 2 * shared,
        "mutual_information": shared,
        "nmi_arithmetic": ratio(2 * shared, entropy_one + entropy_two),
        "nmi_geometric": ratio(shared, np.sqrt(entropy_one * entropy_two)),
        "nmi_max": ratio(shared, max(entropy_one, entropy_two)),
        "split_join": 2 * n - stay.sum(),
    }
    numbers = {name: float(value) if n else np.nan for name, value in values.items()}
    return pd.Series(numbers, name="compare_partitions", dtype="float64")


def adjusted_rand(one: np.ndarray, other: np.ndarray) -> float:
    """Return the adjusted Rand index of two arrays of group numbers; 1 for equal ones, NaN for none."""
    cells, rows, columns, _ = _crossed(one, other)
    pairs = len(one) * (len(one) - 1) / 2
    return _chance_corrected(_pairs_in(cells), _pairs_in(rows), _pairs_in(columns), pairs)


def search(ties: sparse.csr_array, seed: int, resolution: float) -> np.ndarray:
    """Return a group number an actor: 0 the largest, then by size, then by first actor."""
    upper = sparse.triu(ties, k=1, format="coo")
    arcs = zip(upper.row.tolist(), upper.col.tolist(), upper.data.tolist(), strict=True)
    groups = np.arange(ties.shape[0]) + ties.shape[0]
    if not upper.nnz:
        return _ordered(groups)
    if graspologic_native is not None:
        named = [(str(one), str(other), float(weight)) for one, other, weight in arcs]
        found = graspologic_native.leiden(named, None, resolution, RANDOMNESS, ROUNDS, True, seed, 1)[1]  # noqa: FBT003
        for actor, group in found.items():
            groups[int(actor)] = group
    else:
        graph: nx.Graph[int] = nx.Graph()
        graph.add_weighted_edges_from(arcs)
        for group, members in enumerate(
            nx.community.louvain_communities(graph, resolution=resolution, seed=seed)
        ):
            groups[list(members)] = group
    return _ordered(groups)


def _ordered(groups: np.ndarray) -> np.ndarray:
    _, first, code, size = np.unique(groups, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(size), dtype="int64")
    rank[np.lexsort((first, -size))] = np.arange(len(size))
    return np.asarray(rank[code])


def _quality(ties: sparse.csr_array, groups: np.ndarray, resolution: float) -> float:
    total = float(ties.sum())
    strong = np.bincount(groups, weights=np.asarray(ties.sum(axis=1)), minlength=1)
    cells = ties.tocoo()
    inside = float(cells.data[groups[cells.row] == groups[cells.col]].sum())
    return float(ratio(inside, total) - resolution * (ratio(strong, total) ** 2).sum())


def _crossed(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return how many actors share both groups, where any do, the sizes of the groups, and how many could stay."""
    first, row = np.unique(one, return_inverse=True)
    second, column = np.unique(other, return_inverse=True)
    keys, cells = np.unique(row.astype("int64") * max(1, len(second)) + column, return_counts=True)
    most = np.zeros(len(first)), np.zeros(len(second))
    np.maximum.at(most[0], keys // max(1, len(second)), cells)
    np.maximum.at(most[1], keys % max(1, len(second)), cells)
    return cells, np.bincount(row), np.bincount(column), np.array([most[0].sum(), most[1].sum()])


def _pairs_in(counts: np.ndarray) -> float:
    return float((counts * (counts - 1.0)).sum() / 2)


def _chance_corrected(together: float, first: float, second: float, pairs: float) -> float:
    if not pairs:
        return np.nan
    expected, most = first * second / pairs, (first + second) / 2
    # both of one group, or both of single actors: equal, and nothing to correct
    return 1.0 if abs(most - expected) < SAME else float((together - expected) / (most - expected))


def _drawn_again(
    net: StakeholderNetwork, layer: str | None, times: int, seed: int
) -> tuple[Callable[[np.ndarray], sparse.csr_array], list[np.ndarray]]:
    """Return what projects anew, and how often each event is held when as many are drawn, with replacement."""
    name = events_layer(net, layer, "communities")
    seats = incidence(net, name)
    by_count = net.layers.loc[name, "unit"] == "count"
    size = np.asarray(seats.sum(axis=0))
    value = np.ones(len(size)) if by_count else 1.0 / np.maximum(size - 1, 1)
    rng = np.random.default_rng(seed)
    draws = [np.bincount(rng.integers(0, len(size), len(size)), minlength=len(size)) for _ in range(times)]

    def project(drawn: np.ndarray) -> sparse.csr_array:
        return without_diagonal(sparse.csr_array((seats * (value * drawn)) @ seats.T))

    return project, draws
