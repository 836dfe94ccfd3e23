"""To and from the libraries of Python: what comes back is what was sent."""

from __future__ import annotations

import datetime as dt
import pickle

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from tests.convert.nasty import mixed_network

from stakeholder_net import (
    InvalidTablesError,
    OptionError,
    StakeholderNetwork,
    UnknownNameError,
    from_networkx,
    to_igraph,
    to_networkx,
    to_scipy,
)


@pytest.fixture
def mixed() -> StakeholderNetwork:
    return mixed_network()


def test_round_trip_through_networkx(any_network: StakeholderNetwork) -> None:
    net = any_network
    again = from_networkx(to_networkx(net))
    for mine, back in ((net.actors, again.actors), (net.ties, again.ties)):
        filled = [name for name in mine.columns if mine[name].notna().any()]
        pd.testing.assert_frame_equal(back[filled], mine[filled])
    pd.testing.assert_frame_equal(again.presence, net.presence)
    pd.testing.assert_frame_equal(again.layers, net.layers)
    assert again.name == net.name


def test_an_undirected_tie_among_directed_layers_runs_both_ways(mixed: StakeholderNetwork) -> None:
    graph = to_networkx(mixed)
    assert isinstance(graph, nx.MultiDiGraph)
    assert graph["b"]["a"]["partnership"] == {**graph["a"]["b"]["partnership"], "directed": False}
    assert graph["a"]["b"]["funding"]["directed"] is True
    assert not graph.has_edge("b", "a", key="other")
    # two undirected ties twice, two arcs once
    assert graph.number_of_edges() == 2 * 2 + 2
    again = from_networkx(graph)
    pd.testing.assert_frame_equal(again.ties[["source", "target", "layer", "weight"]],
                                  mixed.ties[["source", "target", "layer", "weight"]])  # fmt: skip


def test_one_layer_is_a_simple_graph(mixed: StakeholderNetwork) -> None:
    graph = to_networkx(mixed, layer="partnership")
    assert type(graph) is nx.Graph
    assert graph.number_of_nodes() == mixed.n_actors
    assert graph.number_of_edges() == 2
    with pytest.raises(UnknownNameError, match="partnership"):
        to_networkx(mixed, layer="partnersip")


def test_values_of_every_kind_are_plain_for_networkx(mixed: StakeholderNetwork) -> None:
    net = mixed.with_actors(
        founded={"a": pd.Timestamp("1999-05-01"), "b": pd.Timestamp("2001-01-01 09:30")},
        closed={"a": dt.date(2020, 1, 2)},
        tags={"a": ["casa", "minori"], "b": {"b", "a"}},
        flag=pd.Series([True, False], index=["a", "b"]),
        whole=pd.Series([np.int64(3), None], index=["a", "b"], dtype="object"),
        either=pd.Series([1, "x"], index=["a", "b"], dtype="object"),
        card={"a": {"z": 1}},
    )
    a, b, c = (to_networkx(net).nodes[name] for name in "abc")
    assert (a["founded"], b["founded"]) == ("1999-05-01", "2001-01-01T09:30:00")
    assert (a["closed"], a["tags"], b["tags"]) == ("2020-01-02", "casa; minori", "a; b")
    assert (a["flag"], a["whole"], a["either"], b["either"]) == (True, 3, "1", "x")
    assert a["card"] == '{"z": 1}'
    assert not {"founded", "tags", "flag", "whole", "either"} & c.keys()
    assert {type(value) for value in a.values()} <= {str, int, float, bool}


def test_a_value_that_no_program_knows_is_refused_with_its_place(mixed: StakeholderNetwork) -> None:
    net = mixed.with_actors(thing={"a": object()})
    with pytest.raises(OptionError, match="actors, column 'thing': a object cannot be exported"):
        to_networkx(net)


def test_any_graph_comes_in() -> None:
    graph = nx.MultiDiGraph(name="g")
    graph.add_node(1, name="Uno", colour="red")
    graph.add_edge(1, 2, weight=2)
    graph.add_edge(1, 2, weight=3, note="n")
    graph.add_edge(2, 1)
    graph.add_edge("x", 2, layer="L", directed=False, weight=4)
    graph.add_edge(2, "x", layer="L", directed=False, weight=4)
    net = from_networkx(graph, layer="base", kind="ets_aps")
    assert net.actors["name"].to_dict() == {"1": "Uno", "2": "2", "x": "x"}
    assert set(net.actors["kind"]) == {"ets_aps"}
    assert net.actors.loc["1", "colour"] == "red"
    rows = net.ties[["source", "target", "layer", "weight"]].to_numpy().tolist()
    assert rows == [["1", "2", "base", 5.0], ["2", "1", "base", 1.0], ["2", "x", "L", 4.0]]
    assert net.layers["directed"].to_dict() == {"base": True, "L": False}
    assert net.ties["note"].tolist()[0] == "n"


def test_graph_attribute_of_another_is_not_taken_for_ours() -> None:
    graph = nx.Graph([("a", "b")], layer_cards="hand-made")
    assert from_networkx(graph).layer_names == ("ties",)


@pytest.mark.parametrize(
    "graph",
    [nx.Graph([("a", "a")]), nx.Graph([("a", "b", {"weight": -1})]), nx.Graph([(1, "1")])],
    ids=["loop", "weight", "alike"],
)
def test_what_is_no_network_is_refused(graph: nx.Graph) -> None:
    with pytest.raises(InvalidTablesError):
        from_networkx(graph)


def test_distance_stays_distance(mixed: StakeholderNetwork) -> None:
    net = mixed.with_ties(
        mixed.layer("partnership").ties, layer="partnership", card={"weight_means": "distance"}
    )
    graph = to_networkx(net)
    assert graph["a"]["b"]["partnership"]["weight_means"] == "distance"
    assert from_networkx(graph).layers["weight_means"].to_dict() == {
        "partnership": "distance",
        "funding": "strength",
    }
    del graph.graph["layer_cards"]  # as a file of edges alone would come back
    assert from_networkx(graph).layers.loc["partnership", "weight_means"] == "distance"


def test_florentine_from_networkx() -> None:
    graph = nx.florentine_families_graph()
    before = nx.node_link_data(graph)
    net = from_networkx(graph, layer="marriage")
    assert (net.n_actors, net.n_ties, net.layer_names) == (15, 20, ("marriage",))
    assert nx.node_link_data(graph) == before


def test_scipy_matrices_are_the_ties(any_network: StakeholderNetwork) -> None:
    net = any_network
    matrices = to_scipy(net)
    assert tuple(matrices) == net.layer_names
    for name, matrix in matrices.items():
        ties = net.ties[net.ties["layer"] == name]
        directed = net.layers.loc[name, "directed"]
        assert matrix.shape == (net.n_actors, net.n_actors)
        assert matrix.sum() == pytest.approx(ties["weight"].sum() * (1 if directed else 2))
        assert to_scipy(net, weighted=False)[name].nnz == len(ties) * (1 if directed else 2)
        places = net.actors.index.get_indexer(ties["source"]), net.actors.index.get_indexer(ties["target"])
        assert [matrix[u, v] for u, v in zip(*places, strict=True)] == ties["weight"].tolist()


def test_igraph_graph_is_the_network(mixed: StakeholderNetwork) -> None:
    graph = to_igraph(mixed)
    assert graph.is_directed()
    assert graph.vs["name"] == list(mixed.actors.index)
    assert graph.vs["label"] == mixed.actors["name"].tolist()
    assert sorted(graph.es["layer"]) == ["funding"] * 2 + ["partnership"] * 4
    single = to_igraph(mixed, layer="partnership")
    assert not single.is_directed()
    assert single.es["weight"] == [1.5, 1.0]


def test_the_network_is_not_changed(any_network: StakeholderNetwork) -> None:
    before = pickle.dumps(any_network), any_network.fingerprint
    to_networkx(any_network)
    to_scipy(any_network)
    assert (pickle.dumps(any_network), any_network.fingerprint) == before
