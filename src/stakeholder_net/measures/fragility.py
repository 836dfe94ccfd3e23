"""Where the network would break: cut points, bridges, and what the leaving of an actor costs."""

from __future__ import annotations

from typing import cast

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph
from tqdm import tqdm

from stakeholder_net.measures._paths import distance_blocks, pair_dependencies
from stakeholder_net.measures._ties import actor_series, pattern, ratio, symmetric
from stakeholder_net.measures.key_players import batch_size, fragmentation_without
from stakeholder_net.network import StakeholderNetwork

__all__ = ["bridges", "bridging", "bridging_coefficient", "bridging_loss", "cut_points", "removal_effects"]


def cut_points(net: StakeholderNetwork) -> pd.DataFrame:
    """Whose leaving would cut others off from each other?

    Reads as: "without it these bodies would lose every way to the rest". It does not read as: "it is irreplaceable": a
    tie that nobody wrote down may be another way.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; ties in either direction count.

    Returns
    -------
    pandas.DataFrame
        One row a cut point, in actor order: ``actor_id``, ``pieces`` (into which its component would fall) and
        ``cut_off`` (tuple of the ids that would no longer reach the largest piece; of equal pieces the one with the
        first actor stays).

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Harary, F. (1969). Graph Theory. Addison-Wesley, chapter 3. https://doi.org/10.1201/9780429493768
    """
    ties = _undirected(net, "cut_points")
    ids = net.actors.index.to_numpy()
    _, component = csgraph.connected_components(ties, directed=False)
    rows = []
    for cut in sorted(nx.articulation_points(_graph(ties))):
        around = np.flatnonzero((component == component[cut]) & (np.arange(len(ids)) != cut))
        pieces, piece = csgraph.connected_components(ties[around][:, around], directed=False)
        stays = np.bincount(piece).argmax()
        rows.append((ids[cut], pieces, tuple(ids[around[piece != stays]])))
    return pd.DataFrame(rows, columns=["actor_id", "pieces", "cut_off"]).astype(
        {"actor_id": "str", "pieces": "int64"}
    )


def bridges(net: StakeholderNetwork) -> pd.DataFrame:
    """Which ties are the only way between two parts of the network?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; ties in either direction count.

    Returns
    -------
    pandas.DataFrame
        One row a bridge, in actor order: ``source``, ``target``, ``smaller_side`` (how many actors stand on the side
        with fewer).

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Harary, F. (1969). Graph Theory. Addison-Wesley, chapter 3. https://doi.org/10.1201/9780429493768
    """
    ties = _undirected(net, "bridges")
    ids = net.actors.index.to_numpy()
    ends = np.array(sorted((min(pair), max(pair)) for pair in _bridges(ties)), dtype="int64").reshape(-1, 2)
    return pd.DataFrame(
        {"source": ids[ends[:, 0]], "target": ids[ends[:, 1]], "smaller_side": _smaller_sides(ties, ends)}
    ).astype({"source": "str", "target": "str", "smaller_side": "int64"})


def _bridges(ties: sparse.csr_array) -> list[tuple[int, int]]:
    return cast("list[tuple[int, int]]", list(nx.bridges(_graph(ties))))


def _smaller_sides(ties: sparse.csr_array, ends: np.ndarray) -> np.ndarray:
    """Return how many actors each bridge has on its smaller side.

    Without the bridges the network falls into blocks, which the bridges join to trees; the actors beyond a bridge are
    those of the branch that hangs on it.
    """
    n = ties.shape[0]
    cut = sparse.csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(n, n))
    inside = sparse.csr_array(ties - cut - cut.T)
    inside.eliminate_zeros()
    count, block = csgraph.connected_components(inside, directed=False)
    joins = block[ends]
    tree = sparse.csr_array((np.ones(len(ends)), (joins[:, 0], joins[:, 1])), shape=(count, count))
    _, piece = csgraph.connected_components(tree, directed=False)
    branch = np.bincount(block, minlength=count).astype("int64")
    whole = np.bincount(piece, weights=branch, minlength=1).astype("int64")
    above = np.full(count, -1, dtype="int64")
    for root in np.unique(piece, return_index=True)[1]:
        order, parent = csgraph.breadth_first_order(tree, root, directed=False)
        above[order[1:]] = parent[order[1:]]
        for child in order[:0:-1]:
            branch[above[child]] += branch[child]
    lower = np.where(above[joins[:, 0]] == joins[:, 1], joins[:, 0], joins[:, 1])
    return np.asarray(np.minimum(branch[lower], whole[piece[lower]] - branch[lower]))


def removal_effects(
    net: StakeholderNetwork, *, distances: bool = True, progress: bool = True
) -> pd.DataFrame:
    """What would the network lose with each actor?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; ties are taken as present or absent, in both directions.
    distances : bool
        Also measure how far pairs move apart; without it large networks are quick.
    progress : bool
        Show a progress bar when it takes longer than two seconds.

    Returns
    -------
    pandas.DataFrame of float64
        Index the actors. ``fragmentation``: share of pairs of the others that cannot reach each other without it;
        ``distance_fragmentation``: the same with pairs that can counted by 1 - 1/distance; ``fragmentation_change``
        and ``distance_change``: against the network with it (above 0: the network loses by its leaving); ``bridges``:
        bridges that end at it.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. Computational and Mathematical
    Organization Theory 12, 21-34. https://doi.org/10.1007/s10588-006-7084-x
    """
    ties = _undirected(net, "removal_effects")
    broken, whole = _fragmentation(ties)
    columns = {"fragmentation": broken, "fragmentation_change": broken - whole}
    if distances:
        each = np.arange(net.n_actors)[:, None]
        batches = np.array_split(each, max(1, -(-len(each) // batch_size(net.n_actors))))
        bar = tqdm(batches, desc="removal_effects", delay=2, disable=not progress)
        distant = np.concatenate([fragmentation_without(ties, batch)[1] for batch in bar])
        columns["distance_fragmentation"] = distant
        columns["distance_change"] = distant - fragmentation_without(ties, each[:1, :0])[1]
    ends = bridges(net)
    count = pd.concat([ends["source"], ends["target"]]).value_counts()
    columns["bridges"] = count.reindex(net.actors.index).fillna(0.0).to_numpy(dtype="float64")
    return pd.DataFrame(columns, index=net.actors.index)


def _fragmentation(ties: sparse.csr_array) -> tuple[np.ndarray, float]:
    """Return the share of pairs that cannot reach each other, without each actor in turn and with all."""
    n = ties.shape[0]
    _, component = csgraph.connected_components(ties, directed=False)
    sizes = np.bincount(component, minlength=1).astype("float64")
    connected = (sizes * (sizes - 1)).sum()
    own = sizes[component] if n else np.zeros(0)
    left = connected - 2 * (own - 1)
    for cut in sorted(nx.articulation_points(_graph(ties))):
        around = np.flatnonzero((component == component[cut]) & (np.arange(n) != cut))
        _, piece = csgraph.connected_components(ties[around][:, around], directed=False)
        parts = np.bincount(piece).astype("float64")
        left[cut] = connected - own[cut] * (own[cut] - 1) + (parts * (parts - 1)).sum()
    return 1 - ratio(left, (n - 1) * (n - 2)), float(1 - ratio(connected, n * (n - 1)))


def bridging(net: StakeholderNetwork) -> pd.Series:
    """Who lies on many ways and at the same time between partners who have many partners?

    Betweenness (not normalised, without weights) times the bridging coefficient (1/k) / sum over partners of 1/k.
    Another measure than :func:`bridging_loss`, which has borne the same name.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; ties in either direction count.

    Returns
    -------
    pandas.Series of float64
        Named ``bridging``; NaN without ties.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Hwang, W., Cho, Y., Zhang, A., Ramanathan, M. (2006). Bridging centrality: identifying bridging nodes in scale-free
    networks. KDD 2006, 20-23.
    """
    ties = _undirected(net, "bridging")
    return actor_series(net, pair_dependencies(ties) / 2 * bridging_coefficient(net), "bridging")


def bridging_coefficient(net: StakeholderNetwork) -> pd.Series:
    """Who has few partners who have many?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; ties in either direction count.

    Returns
    -------
    pandas.Series of float64
        Named ``bridging_coefficient``: (1/k) / sum over partners of 1/k; NaN without ties.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Hwang, W., Cho, Y., Zhang, A., Ramanathan, M. (2006). Bridging centrality: identifying bridging nodes in scale-free
    networks. KDD 2006, 20-23.
    """
    ties = _undirected(net, "bridging_coefficient")
    inverse = ratio(1.0, ties.sum(axis=1))
    return actor_series(net, ratio(inverse, ties @ np.nan_to_num(inverse)), "bridging_coefficient")


def bridging_loss(net: StakeholderNetwork) -> pd.Series:
    """How much nearness does the whole network lose, on average, with one tie of each actor?

    Every tie is taken away in turn, so that this is slow beyond some thousand ties.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; ties in either direction count.

    Returns
    -------
    pandas.Series of float64
        Named ``bridging_loss``: mean loss of the mean inverse distance of all pairs; NaN without ties.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Valente, T. W., Fujimoto, K. (2010). Bridging: locating critical connectors in a network. Social Networks 32,
    212-220. https://doi.org/10.1016/j.socnet.2010.03.003
    """
    ties = _undirected(net, "bridging_loss")
    whole = mean_inverse_distance(ties)
    upper = sparse.triu(ties, k=1, format="coo")
    loss = np.zeros(net.n_actors)
    for gone in range(upper.nnz):
        kept = np.arange(upper.nnz) != gone
        one_way = sparse.csr_array((upper.data[kept], (upper.row[kept], upper.col[kept])), shape=ties.shape)
        lost = whole - mean_inverse_distance(sparse.csr_array(one_way + one_way.T))
        loss[[upper.row[gone], upper.col[gone]]] += lost
    return actor_series(net, ratio(loss, ties.sum(axis=1)), "bridging_loss")


def mean_inverse_distance(ties: sparse.csr_array) -> float:
    """Return the global efficiency: mean over ordered pairs of 1/distance, 0 for pairs without a way; NaN below two."""
    n = ties.shape[0]
    total = 0.0
    for sources, distances in distance_blocks(ties):
        distances[np.arange(len(sources)), sources] = np.inf
        total += float((1.0 / distances).sum())
    return float(ratio(total, n * (n - 1)))


def _undirected(net: StakeholderNetwork, measure: str) -> sparse.csr_array:
    return pattern(symmetric(net, measure, weighted=False))


def _graph(ties: sparse.csr_array) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(ties.shape[0]))
    cells = ties.tocoo()
    graph.add_edges_from(zip(cells.row.tolist(), cells.col.tolist(), strict=True))
    return graph
