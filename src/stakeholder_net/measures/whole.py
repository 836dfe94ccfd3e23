"""The network as a whole: density, pieces, distances, closure, centralisation, direction, and without its convenors."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from stakeholder_net.errors import OptionError
from stakeholder_net.layers import adjacency, without
from stakeholder_net.measures._frames import figure_table
from stakeholder_net.measures._paths import distance_blocks, pair_dependencies
from stakeholder_net.measures._ties import is_directed, pattern, ratio
from stakeholder_net.measures.cohesion import clustering, core
from stakeholder_net.measures.comparing import distance_figures, transitivity_of, triangles_of
from stakeholder_net.measures.fragility import bridges, cut_points, mean_inverse_distance
from stakeholder_net.measures.paths import closeness
from stakeholder_net.measures.tables import Measure, named_measure
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import ORGANISING_ROLES

__all__ = ["convenor_dependence", "convenors", "describe", "rank_without", "triad_census"]

MOST_FOR_BOUNDS = 2000
NO_SPREAD = 1e-12


def describe(net: StakeholderNetwork) -> pd.DataFrame:
    """What does the network look like as a whole?

    Reads as: "a tenth of the possible ties is there; 3 of 40 bodies stand alone; a body is 2.4 steps from another". Do
    not compare densities of networks of different size, or of ties projected from events of different size.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer. Weights play no part. In a directed layer components, clustering, cores, cut points and
        bridges leave directions aside; distances follow them.

    Returns
    -------
    pandas.DataFrame
        Index ``figure``; columns ``label_it``, ``label_en``, ``value`` and ``status``: empty, or why the value is
        undefined (NaN). A directed layer has more figures: mutual, asymmetric and null pairs, ``reciprocity`` (share of
        arcs that are returned), ``reciprocity_pairs`` (share of tied pairs), ``reciprocity_rho`` (against its density),
        strong components, and Krackhardt's four dimensions of hierarchy.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Wasserman, S., Faust, K. (1994). Social Network Analysis. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478
    Freeman, L. C. (1979). Centrality in social networks. Social Networks 1, 215-239.
    https://doi.org/10.1016/0378-8733(78)90021-7
    Krackhardt, D. (1994). Graph theoretical dimensions of informal organizations. In: Computational Organization
    Theory, 89-111. Lawrence Erlbaum.
    Garlaschelli, D., Loffredo, M. I. (2004). Patterns of link reciprocity in directed networks. Physical Review Letters
    93, 268701. https://doi.org/10.1103/PhysRevLett.93.268701

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": ["comune"] * 3}),
    ...     ties=pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "layer": "partnership", "weight": 1.0}))
    >>> describe(net)["value"][["density", "mean_distance", "degree_centralization"]].round(3).to_dict()
    {'density': 0.667, 'mean_distance': 1.333, 'degree_centralization': 1.0}
    """
    arcs = adjacency(net, weighted=False, measure="describe")
    ties = pattern(sparse.csr_array(arcs + arcs.T))
    values = _size_and_pieces(net, arcs, ties) | _distances(arcs) | _closure(net, ties) | _fragility(net)
    values |= _centralization(net, arcs)
    if is_directed(net):
        values |= _direction(arcs) | _hierarchy(arcs, ties)
    return figure_table(values, _reasons(net, ties, values))


def triad_census(net: StakeholderNetwork) -> pd.DataFrame:
    """How many threes of actors are tied in which of the sixteen ways?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; an undirected tie is one in both directions.

    Returns
    -------
    pandas.DataFrame
        Index ``triad``, the code: mutual, asymmetric and null pairs, and down, up, transitive or cyclic; column
        ``count``.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Holland, P. W., Leinhardt, S. (1976). Local structure in social networks. Sociological Methodology 7, 1-45.
    https://doi.org/10.2307/270703
    """
    cells = adjacency(net, weighted=False, measure="triad_census").tocoo()
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(net.n_actors))
    graph.add_edges_from(zip(cells.row.tolist(), cells.col.tolist(), strict=True))
    census = nx.triadic_census(graph)
    index = pd.Index([str(code) for code in census], name="triad")
    return pd.DataFrame({"count": [int(count) for count in census.values()]}, index=index)


def convenors(net: StakeholderNetwork) -> list[str]:
    """Who called or ran a meeting?

    Parameters
    ----------
    net : StakeholderNetwork
        Network with attendance.

    Returns
    -------
    list of str
        Ids of the actors with an organising role (organiser, convenor, facilitator) at any event, in actor order.
    """
    rows = net.attendance
    called = set(rows["actor_id"][rows["role"].isin(ORGANISING_ROLES)]) if "role" in rows.columns else set()
    return [actor for actor in net.actors.index if actor in called]


def convenor_dependence(net: StakeholderNetwork, *, actor_ids: Iterable[str] | None = None) -> pd.DataFrame:
    """What is left of the network without the bodies that called the meetings?

    Whoever calls a meeting sits with everybody; a network read from attendance may hang on that alone.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer.
    actor_ids : iterable of str, optional
        Who is left out; by default those who called a meeting (:func:`convenors`).

    Returns
    -------
    pandas.DataFrame
        Index ``figure``, as :func:`describe`; columns ``label_it``, ``label_en``, ``value``, ``without``, ``change``.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    OptionError
        When nobody is known to have called a meeting and no ids are given.
    UnknownNameError
        When an id does not exist.
    """
    gone = _left_out(net, actor_ids)
    whole, rest = describe(net), describe(without(net, gone))
    return whole[["label_it", "label_en", "value"]].assign(
        without=rest["value"], change=rest["value"] - whole["value"]
    )


def rank_without(
    net: StakeholderNetwork, measure: str | Measure, *, actor_ids: Iterable[str] | None = None
) -> pd.DataFrame:
    """Does a ranking change when the bodies that called the meetings are left out?

    Parameters
    ----------
    net : StakeholderNetwork
        Network that the measure takes.
    measure : str or callable
        A name from :func:`catalogue`, or a function from a network to a Series of its actors.
    actor_ids : iterable of str, optional
        Who is left out; by default those who called a meeting (:func:`convenors`).

    Returns
    -------
    pandas.DataFrame of float64
        Index the actors; ``value`` and ``rank`` (1 the greatest, equals share the best), ``value_without`` and
        ``rank_without`` (NaN for those left out), and ``rank_among_rest`` (the first ranking among those who stay).

    Raises
    ------
    OptionError
        When nobody is known to have called a meeting and no ids are given.
    UnknownNameError
        When the name is not a measure, or an id does not exist.
    """
    function = named_measure(measure)
    gone = _left_out(net, actor_ids)
    value, rest = function(net), function(without(net, gone)).reindex(net.actors.index)
    stays = ~net.actors.index.isin(gone)
    return pd.DataFrame(
        {
            "value": value,
            "rank": value.rank(ascending=False, method="min"),
            "rank_among_rest": value.where(stays).rank(ascending=False, method="min"),
            "value_without": rest,
            "rank_without": rest.rank(ascending=False, method="min"),
        }
    )


def _left_out(net: StakeholderNetwork, actor_ids: Iterable[str] | None) -> list[str]:
    gone = convenors(net) if actor_ids is None else list(actor_ids)
    if not gone:
        raise OptionError(
            "Nobody in this network has an organising role (organiser, convenor, facilitator).",
            "Say who called the meetings with actor_ids=.",
        )
    return gone


def _size_and_pieces(
    net: StakeholderNetwork, arcs: sparse.csr_array, ties: sparse.csr_array
) -> dict[str, float]:
    n = net.n_actors
    degree = np.diff(ties.indptr)
    pieces, component = csgraph.connected_components(ties, directed=False)
    sizes = np.bincount(component, minlength=1).astype("float64")
    pairs = n * (n - 1)
    return {
        "actors": n,
        "ties": net.n_ties,
        "density": float(ratio(arcs.nnz, pairs)),
        "mean_degree": float(degree.mean()) if n else np.nan,
        "degree_sd": float(degree.std()) if n else np.nan,
        "components": pieces,
        "isolates": int((degree == 0).sum()),
        "largest_component": float(sizes.max()),
        "fragmentation": float(1 - ratio((sizes * (sizes - 1)).sum(), pairs)),
    }


def _distances(arcs: sparse.csr_array) -> dict[str, float]:
    mean, longest = distance_figures(arcs)
    return {"mean_distance": mean, "diameter": longest, "efficiency": mean_inverse_distance(arcs)}


def _closure(net: StakeholderNetwork, ties: sparse.csr_array) -> dict[str, float]:
    degree = np.diff(ties.indptr).astype("float64")
    upper = ties.tocoo()
    ends, others = degree[upper.row], degree[upper.col]
    steady = upper.nnz == 0 or ends.std() < NO_SPREAD
    local = clustering(net).mean()
    return {
        "triangles": triangles_of(ties),
        "transitivity": float(transitivity_of(ties)),
        "mean_clustering": float(local),
        "degree_assortativity": np.nan if steady else float(np.corrcoef(ends, others)[0, 1]),
    }


def _fragility(net: StakeholderNetwork) -> dict[str, float]:
    depth = core(net)
    return {
        "cut_points": len(cut_points(net)),
        "bridges": len(bridges(net)),
        "largest_core": float(depth.max()) if len(depth) else np.nan,
    }


def _centralization(net: StakeholderNetwork, arcs: sparse.csr_array) -> dict[str, float]:
    n = net.n_actors
    between = ratio(pair_dependencies(arcs), max((n - 1) * (n - 2), 0))
    near = closeness(net, weighted=False, over="network").to_numpy()
    values = {
        "betweenness_centralization": _lead(between, n - 1),
        "closeness_centralization": _lead(near, float(ratio((n - 1) * (n - 2), 2 * n - 3))),
    }
    if is_directed(net):
        return {
            "degree_in_centralization": _lead(np.asarray(arcs.sum(axis=0)), (n - 1) ** 2),
            "degree_out_centralization": _lead(np.asarray(arcs.sum(axis=1)), (n - 1) ** 2),
            **values,
        }
    return {"degree_centralization": _lead(np.asarray(arcs.sum(axis=1)), (n - 1) * (n - 2)), **values}


def _lead(values: np.ndarray, most: float) -> float:
    """Return by how much the first is ahead of the others, over what it is in a star."""
    if not len(values) or np.isnan(values).any():
        return np.nan
    return float(ratio((values.max() - values).sum(), max(most, 0)))


def _direction(arcs: sparse.csr_array) -> dict[str, float]:
    n, m = arcs.shape[0], arcs.nnz
    mutual = int(arcs.multiply(arcs.T).sum()) // 2
    asymmetric = m - 2 * mutual
    edgewise, density = ratio(2 * mutual, m), ratio(m, n * (n - 1))
    strong, component = csgraph.connected_components(arcs, directed=True, connection="strong")
    return {
        "mutual": mutual,
        "asymmetric": asymmetric,
        "null": n * (n - 1) // 2 - mutual - asymmetric,
        "reciprocity": float(edgewise),
        "reciprocity_pairs": float(ratio(mutual, mutual + asymmetric)),
        "reciprocity_rho": float(ratio(edgewise - density, 1 - density)),
        "strong_components": strong,
        "largest_strong": int(np.bincount(component, minlength=1).max()),
    }


def _hierarchy(arcs: sparse.csr_array, ties: sparse.csr_array) -> dict[str, float]:
    """Return Krackhardt's four dimensions."""
    n = arcs.shape[0]
    _, component = csgraph.connected_components(ties, directed=False)
    sizes = np.bincount(component, minlength=1).astype("float64")
    _, strong = csgraph.connected_components(arcs, directed=True, connection="strong")
    circles = np.bincount(strong, minlength=1).astype("float64")
    mutual = (circles * (circles - 1)).sum() / 2
    reached = sum(float(np.isfinite(block).sum()) - len(sources) for sources, block in distance_blocks(arcs))
    least = float((sizes - 1).sum()) if n else 0.0
    most = float((sizes * (sizes - 1)).sum()) - least
    return {
        "connectedness": float(ratio((sizes * (sizes - 1)).sum(), n * (n - 1))),
        "hierarchy_krackhardt": float(1 - ratio(mutual, reached - mutual)),
        "efficiency_krackhardt": float(1 - ratio(arcs.nnz - least, most)),
        "least_upper_bound": _upper_bounds(arcs, component, sizes) if n <= MOST_FOR_BOUNDS else np.nan,
    }


def _upper_bounds(arcs: sparse.csr_array, component: np.ndarray, sizes: np.ndarray) -> float:
    """Return the share of pairs with a least upper bound: one above both that all others above both can reach."""
    n = arcs.shape[0]
    reach = np.zeros((n, n), dtype=bool)
    for sources, block in distance_blocks(arcs):
        reach[sources] = np.isfinite(block)
    missing = 0
    for actor in range(n):
        above = reach[:, actor]
        for other in np.flatnonzero((component == component[actor]) & (np.arange(n) > actor)):
            bounds = np.flatnonzero(above & reach[:, other])
            missing += not len(bounds) or not reach[np.ix_(bounds, bounds)].all(axis=0).any()
    most = float(((sizes - 1) * (sizes - 2) / 2).sum())
    return float(1 - ratio(missing, most))


def _reasons(net: StakeholderNetwork, ties: sparse.csr_array, values: dict[str, float]) -> dict[str, str]:
    """Return why the figures that are undefined are so."""
    if net.n_actors < 2:  # noqa: PLR2004 - a tie needs two
        return dict.fromkeys(values, "fewer than two actors")
    if not ties.nnz:
        return dict.fromkeys(values, "no ties")
    return {
        "closeness_centralization": "somebody cannot be reached",
        "degree_assortativity": "all tied actors have as many ties",
        "transitivity": "no two ties meet",
        "mean_clustering": "nobody has two partners",
        "least_upper_bound": f"more than {MOST_FOR_BOUNDS} actors",
        **dict.fromkeys(("betweenness_centralization", "degree_centralization"), "fewer than three actors"),
    }
