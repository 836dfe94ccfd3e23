"""To and from the libraries of Python: networkx, igraph, scipy."""

from __future__ import annotations

import json
from typing import Any, Final

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse

from stakeholder_net.convert._graph import Graph, chosen, graph_of
from stakeholder_net.convert._plain import Attribute, joined
from stakeholder_net.errors import MissingExtraError
from stakeholder_net.network import StakeholderNetwork

__all__ = ["from_networkx", "to_igraph", "to_networkx", "to_scipy"]

_KINDS: Final[dict[tuple[bool, bool], type[nx.Graph[Any]]]] = {
    (False, False): nx.Graph,
    (False, True): nx.DiGraph,
    (True, False): nx.MultiGraph,
    (True, True): nx.MultiDiGraph,
}


def _rows(columns: list[Attribute], count: int) -> list[dict[str, Any]]:
    """Return columns as rows without their empty cells."""
    rows: list[dict[str, Any]] = [{} for _ in range(count)]
    for column in columns:
        for row, value in zip(rows, column.cells, strict=True):
            if value is not None:
                row[column.name] = joined(value)
    return rows


def to_networkx(net: StakeholderNetwork, *, layer: str | None = None) -> nx.Graph[Any]:
    """How do I take the network to networkx?

    Parameters
    ----------
    net : StakeholderNetwork
        Any network.
    layer : str, optional
        Take this layer only; all actors come along.

    Returns
    -------
    networkx.Graph, DiGraph, MultiGraph or MultiDiGraph
        One layer gives a simple graph, several a multigraph whose keys are the layers; directed where any layer is.
        Where directed and undirected layers meet, an undirected tie is two arcs, both with ``directed=False``, so
        that paths run both ways. Nodes are actor ids; ``weight`` is the tie's weight as stored, and an edge says
        ``weight_means`` where it is not the strength. Empty cells are left out, dates are ISO texts, lists are
        joined with ``;``. The graph's own attributes ``layer_cards`` (JSON) and ``source`` let ``from_networkx``
        bring everything back but events and attendance.

    Raises
    ------
    UnknownNameError
        When there is no such layer.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": ["comune"] * 3}),
    ...     ties=pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["partnership"], "weight": [2.0]}))
    >>> graph = to_networkx(net)
    >>> graph.number_of_nodes(), graph["a"]["b"]["weight"]
    (3, 2.0)
    """
    flat = graph_of(chosen(net, layer), arcs=True)
    graph = _KINDS[flat.several, flat.directed](name=flat.name, layer_cards=flat.cards)
    if flat.origin:
        graph.graph["source"] = flat.origin
    graph.add_nodes_from(
        (actor, {"label": row.get("name", actor), **row})
        for actor, row in zip(flat.ids, _rows(flat.nodes, len(flat.ids)), strict=True)
    )
    for source, target, row in zip(
        flat.source, flat.target, _rows(flat.edges, len(flat.source)), strict=True
    ):
        if isinstance(graph, nx.MultiGraph):
            graph.add_edge(flat.ids[source], flat.ids[target], key=row["layer"], **row)
        else:
            graph.add_edge(flat.ids[source], flat.ids[target], **row)
    return graph


def from_networkx(
    graph: nx.Graph[Any], *, layer: str = "ties", kind: str = "sconosciuto"
) -> StakeholderNetwork:
    """How do I bring a networkx graph here?

    Parameters
    ----------
    graph : networkx graph
        Of any of the four classes; it is not changed.
    layer : str
        Layer of edges that have no attribute ``layer``.
    kind : str
        Kind of nodes that have no attribute ``kind``.

    Returns
    -------
    StakeholderNetwork
        Node and edge attributes become columns. Parallel edges of one layer become one tie: their weights are added
        up, of other attributes the first value stays. An arc with ``directed=False`` is a tie without direction, and
        it and its opposite are one. Nodes without a name are called by their id.

    Raises
    ------
    InvalidTablesError
        When the graph has an edge from a node to itself, a weight that is not above zero, or two nodes that are
        written alike (``1`` and ``"1"``).

    Examples
    --------
    >>> import networkx as nx
    >>> from_networkx(nx.path_graph(["a", "b", "c"])).n_ties
    2
    """
    actors = pd.DataFrame([{**data, "actor_id": str(node)} for node, data in graph.nodes(data=True)])
    for name in ("actor_id", "name", "label", "kind"):
        if name not in actors.columns:
            actors[name] = pd.Series(None, index=actors.index, dtype="object")
    said = actors["name"].fillna(actors["label"]).fillna(actors["actor_id"])
    actors = actors.assign(
        actor_id=actors["actor_id"].astype("str"), name=said.astype("str"), kind=actors["kind"].fillna(kind)
    )
    ties = _ties_of(graph, layer)
    present: list[dict[str, str]] = []
    cards = _cards_of(graph, ties, present)
    return StakeholderNetwork(
        actors=actors.drop(columns="label").rename(columns=str),
        ties=ties.drop(columns=["directed", "weight_means"]),
        layers=cards,
        presence=pd.DataFrame(present, columns=["actor_id", "layer"], dtype="str"),
        name=str(graph.graph.get("name") or ""),
        source=str(graph.graph.get("source") or ""),
    )


def _ties_of(graph: nx.Graph[Any], layer: str) -> pd.DataFrame:
    """Return one row a pair and layer, with the columns ``directed`` and ``weight_means``."""
    first = {"layer": layer, "weight": 1.0, "directed": graph.is_directed(), "weight_means": "strength"}
    rows = [{**first, **data, "source": str(u), "target": str(v)} for u, v, data in graph.edges(data=True)]
    if not rows:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in ("source", "target", *first)})
    ties = pd.DataFrame(rows).rename(columns=str)
    ties = ties.assign(**{name: ties[name].astype("str") for name in ("source", "target", "layer")})
    ties["directed"] = ties.groupby("layer")["directed"].transform("any").astype("bool")
    others = [name for name in ties.columns if name not in {"source", "target", "layer", "weight"}]
    how: dict[str, Any] = {"weight": "sum", **dict.fromkeys(others, "first")}
    as_drawn = ties.groupby(["source", "target", "layer"], sort=False, as_index=False).agg(how)
    turned = ~as_drawn["directed"] & (as_drawn["source"] > as_drawn["target"])
    source, target = as_drawn["source"], as_drawn["target"]
    as_drawn["source"], as_drawn["target"] = source.mask(turned, target), target.mask(turned, source)
    # an arc and its opposite that stand for one tie without direction bear its weight each
    return as_drawn.groupby(["source", "target", "layer"], sort=False, as_index=False).agg(
        {**how, "weight": "max"}
    )


def _cards_of(graph: nx.Graph[Any], ties: pd.DataFrame, present: list[dict[str, str]]) -> pd.DataFrame:
    """Return the layer cards that the graph carries, or those that its edges tell; note who is present."""
    told = ties.drop_duplicates("layer").set_index("layer")[["directed", "weight_means"]]
    carried = graph.graph.get("layer_cards")
    cards: list[dict[str, Any]] = []
    if isinstance(carried, str):
        try:
            cards = [dict(card) for card in json.loads(carried)]
        except (ValueError, TypeError):
            cards = []  # an attribute of this name that is not ours
    for card in cards:
        present += [
            {"actor_id": str(a), "layer": str(card["layer"])} for a in card.pop("present_without_tie", [])
        ]
    known = {card.get("layer") for card in cards}
    cards += [
        {"layer": name, "directed": bool(row.directed), "weight_means": row.weight_means}
        for name, row in zip(told.index, told.itertuples(index=False), strict=True)
        if name not in known
    ]
    return (
        pd.DataFrame(cards) if cards else pd.DataFrame({"layer": pd.Series(dtype="str"), "directed": False})
    )


def to_igraph(net: StakeholderNetwork, *, layer: str | None = None) -> Any:  # noqa: ANN401 - igraph is optional
    """How do I take the network to igraph?

    Parameters
    ----------
    net : StakeholderNetwork
        Any network.
    layer : str, optional
        Take this layer only; all actors come along.

    Returns
    -------
    igraph.Graph
        Vertices in the order of ``net.actors``: ``name`` is the actor id, as igraph wants it, ``label`` the name;
        empty cells are None. Edges have ``layer`` and ``weight``; parallel edges are ties of different layers.
        Direction as in :func:`to_networkx`.

    Raises
    ------
    MissingExtraError
        When igraph is not installed.
    UnknownNameError
        When there is no such layer.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": ["comune"] * 3}),
    ...     ties=pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["partnership"], "weight": [2.0]}))
    >>> graph = to_igraph(net)  # doctest: +SKIP
    """
    try:
        import igraph  # noqa: PLC0415 - an optional part
    except ImportError as error:
        raise MissingExtraError("Going to igraph", "igraph") from error
    flat: Graph = graph_of(chosen(net, layer), arcs=True)
    graph = igraph.Graph(
        n=len(flat.ids), edges=list(zip(flat.source, flat.target, strict=True)), directed=flat.directed
    )
    graph["name"], graph["layer_cards"] = flat.name, flat.cards
    graph.vs["name"] = flat.ids
    graph.vs["label"] = flat.labels
    for column in flat.nodes:
        if column.name not in {"name", "label"}:
            graph.vs[column.name] = [joined(value) for value in column.cells]
    for column in flat.edges:
        graph.es[column.name] = [joined(value) for value in column.cells]
    return graph


def to_scipy(net: StakeholderNetwork, *, weighted: bool = True) -> dict[str, sparse.csr_array]:
    """How do I take the layers to scipy, as sparse matrices?

    Parameters
    ----------
    net : StakeholderNetwork
        Any network.
    weighted : bool
        The weights as they are stored, or 1 for each tie. Where the card of a layer says
        ``weight_means="distance"``, a larger weight is a weaker tie.

    Returns
    -------
    dict of str to scipy.sparse.csr_array of float64, shape (n_actors, n_actors)
        One matrix a layer, in the order of ``net.layer_names``; rows and columns in the order of ``net.actors``,
        symmetric where the layer is undirected.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b"], "name": ["A", "B"], "kind": ["comune"] * 2}),
    ...     ties=pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["partnership"], "weight": [2.0]}))
    >>> to_scipy(net)["partnership"].toarray().tolist()
    [[0.0, 2.0], [2.0, 0.0]]
    """
    place, ties = net.actors.index, net.ties
    row, column = (place.get_indexer(pd.Index(ties[end])) for end in ("source", "target"))
    data = ties["weight"].to_numpy() if weighted else np.ones(len(ties))
    matrices = {}
    for name, directed in net.layers["directed"].items():
        own = (ties["layer"] == name).to_numpy()
        matrix = sparse.csr_array((data[own], (row[own], column[own])), shape=(net.n_actors, net.n_actors))
        matrices[str(name)] = matrix if directed else sparse.csr_array(matrix + matrix.T)
    return matrices
