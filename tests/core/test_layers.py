"""Projection, flattening, periods: values worked out by hand, and networkx as a second opinion."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from stakeholder_net import (
    AmbiguousLayersError,
    OptionError,
    StakeholderNetwork,
    UnknownNameError,
    between,
    flatten,
    project,
    without,
)
from stakeholder_net.layers import adjacency, incidence, tie_evidence


def _weights(net):
    return {(t.source, t.target): t.weight for t in net.ties.itertuples()}


def test_newman_by_hand(gallery) -> None:
    net = project(gallery["attendance_only"]())
    weights = _weights(net)
    assert weights["a", "b"] == pytest.approx(1 / 3 + 1)
    assert weights["c", "d"] == pytest.approx(1 / 3 + 1 / 2)
    assert weights["c", "e"] == pytest.approx(1 / 2)
    assert ("d", "f") not in weights  # announced
    assert ("a", "e") not in weights  # absent
    strength = adjacency(net).sum(axis=1)
    assert strength == pytest.approx([2, 2, 2, 2, 1, 0])  # events with company
    assert net.layers.loc["attendance", "derived_from"] == "attendance"
    assert net.layers.loc["attendance", "unit"] == "newman"


@pytest.mark.parametrize("seed", range(5))
def test_newman_equals_networkx(seed: int) -> None:
    rng = np.random.default_rng(seed)
    seats = rng.random((12, 9)) < 0.3
    ids = [f"a{i}" for i in range(12)]
    where = np.argwhere(seats)
    rng.shuffle(where)
    net = project(
        StakeholderNetwork(
            actors=pd.DataFrame({"actor_id": ids, "name": ids, "kind": "comune"}),
            events=pd.DataFrame({"event_id": [f"E{k}" for k in range(9)], "name": "x", "kind": "table"}),
            attendance=pd.DataFrame(
                {
                    "actor_id": [f"a{i}" for i, _ in where],
                    "event_id": [f"E{k}" for _, k in where],
                    "status": "present",
                }
            ),
        )
    )
    graph = nx.Graph()
    graph.add_nodes_from(ids)
    graph.add_nodes_from([f"E{k}" for k in range(9)])
    graph.add_edges_from((f"a{i}", f"E{k}") for i, k in where)
    theirs = nx.bipartite.collaboration_weighted_projected_graph(graph, ids)
    ours = {frozenset(pair): weight for pair, weight in _weights(net).items()}
    assert ours.keys() == {frozenset(e) for e in theirs.edges}
    for u, v, data in theirs.edges(data=True):
        assert ours[frozenset((u, v))] == pytest.approx(data["weight"])


def test_count_and_jaccard(gallery) -> None:
    net = gallery["attendance_only"]()
    assert _weights(project(net, weight="count"))["a", "b"] == 2
    assert _weights(project(net, weight="jaccard"))["c", "d"] == 1.0
    assert _weights(project(net, weight="jaccard"))["a", "c"] == pytest.approx(1 / 3)
    with pytest.raises(OptionError, match="Did you mean 'newman'"):
        project(net, weight="newmann")


def test_project_needs_events(gallery) -> None:
    with pytest.raises(OptionError, match="no events"):
        project(gallery["star"]())
    with pytest.raises(UnknownNameError, match="layer with events"):
        project(gallery["star"](), "partnership")


def test_incidence_counts_what_is_asked(gallery) -> None:
    net = gallery["attendance_only"]()
    assert incidence(net).sum() == 10
    assert incidence(net, counts=("announced",)).sum() == 1
    with pytest.raises(UnknownNameError, match="status"):
        incidence(net, counts=("presente",))


def test_evidence_names_the_events(gallery) -> None:
    rows = tie_evidence(gallery["attendance_only"](), "a", "b")
    assert rows["event_id"].tolist() == ["E1", "E2"]


def test_flatten_on_partly_overlapping_layers(gallery) -> None:
    net = gallery["overlapping_layers"]()
    assert _weights(flatten(net)) == {
        ("a", "b"): 3,
        ("a", "c"): 1,
        ("a", "e"): 1,
        ("b", "c"): 1,
        ("c", "d"): 1,
        ("d", "e"): 4,
    }
    assert _weights(flatten(net, how="count"))["a", "b"] == 2
    # a, c and a, e are both present in two layers and tied in one of them
    assert set(_weights(flatten(net, how="all"))) == {("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")}
    assert set(_weights(flatten(net, at_least=2))) == {("a", "b")}
    assert set(flatten(net).presence["actor_id"]) == set("abcdef")
    with pytest.raises(OptionError, match="at_least"):
        flatten(net, at_least=9)


def test_flatten_joins_opposite_arcs(gallery) -> None:
    assert _weights(flatten(gallery["directed"]()))["c", "d"] == 4


def test_between_keeps_what_happened_then(gallery) -> None:
    net = project(gallery["attendance_only"]())
    cut = between(net, "2021-09-01", "2021-12-31")
    assert list(cut.events.index) == ["E1", "E2"]
    assert _weights(cut)["c", "d"] == pytest.approx(1 / 3)
    assert list(between(net, "2022-01-01", "2022-12-31", undated="keep").events.index) == ["E3", "E4"]
    with pytest.raises(OptionError, match="comes before"):
        between(net, "2022-01-01", "2021-01-01")


def test_without_keeps_the_other_weights(gallery) -> None:
    net = project(gallery["attendance_only"]())
    assert _weights(without(net, ["a"]))["b", "c"] == pytest.approx(1 / 3)
    with pytest.raises(UnknownNameError):
        without(net, ["zz"])


def test_one_layer_measures_refuse_several(gallery) -> None:
    with pytest.raises(AmbiguousLayersError, match="flatten"):
        adjacency(gallery["overlapping_layers"]())
    assert adjacency(gallery["directed"]()).toarray()[1, 0] == 0
    assert adjacency(gallery["star"]()).toarray()[1, 0] == 1
