"""Cut points, bridges, what leaving costs, and sets of key players: by hand and by trying everything."""

from __future__ import annotations

import importlib
import itertools
import tracemalloc

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from stakeholder_net import OptionError, StakeholderNetwork, measures
from stakeholder_net.measures import (
    bridges,
    bridging_coefficient,
    bridging_loss,
    core,
    cut_points,
    key_players,
    removal_effects,
)


def network(graph: nx.Graph) -> StakeholderNetwork:
    ids = [f"a{i:03}" for i in graph]
    return StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": ids, "name": ids, "kind": "comune"}),
        ties=pd.DataFrame(
            {
                "source": [ids[u] for u, _ in graph.edges],
                "target": [ids[v] for _, v in graph.edges],
                "layer": "x",
                "weight": 1.0,
            }
        ).astype({"source": "str", "target": "str", "layer": "str"}),
    )


def test_a_bridge_and_its_ends(gallery) -> None:
    net = gallery["two_cliques_and_a_bridge"]()  # abc and def, tied by cd... c-d is the bridge
    table = cut_points(net)
    assert table["actor_id"].to_list() == ["c", "d"]
    assert table["pieces"].to_list() == [2, 2]
    # without c: a, b against d, e, f; without d: a, b, c against e, f
    assert table["cut_off"].to_list() == [("a", "b"), ("e", "f")]
    assert bridges(net).to_dict("records") == [{"source": "c", "target": "d", "smaller_side": 3}]
    effects = removal_effects(net)
    # six actors all reach each other; without c there are 2 + 6 of 20 ordered pairs left
    assert effects["fragmentation"].to_list() == pytest.approx([0, 0, 12 / 20, 12 / 20, 0, 0])
    assert effects["bridges"].to_list() == [0, 0, 1, 1, 0, 0]
    without_distances = removal_effects(net, distances=False)
    pd.testing.assert_frame_equal(without_distances, effects[without_distances.columns])


def test_the_centre_of_a_star(gallery) -> None:
    net = gallery["star"]()
    assert cut_points(net).to_dict("records") == [{"actor_id": "a", "pieces": 4, "cut_off": ("c", "d", "e")}]
    assert bridges(net)["smaller_side"].to_list() == [1, 1, 1, 1]
    effects = removal_effects(net)
    assert effects.loc["a", ["fragmentation", "distance_fragmentation"]].to_list() == [1, 1]
    # without a leaf: 3 pairs at distance 1 and 3 at 2, of 6
    assert effects.loc["b", "distance_fragmentation"] == pytest.approx(1 - (3 + 1.5) / 6)
    assert bridging_coefficient(net).to_list() == pytest.approx([0.25 / 4, 4, 4, 4, 4])
    # every tie lost takes 2 (1 + 3/2) of the 20 inverse distances
    assert bridging_loss(net).to_list() == pytest.approx([5 / 20] * 5)


def test_a_ring_has_no_weak_point(gallery) -> None:
    net = gallery["ring"]()
    assert cut_points(net).empty
    assert bridges(net).empty
    assert cut_points(net).columns.to_list() == ["actor_id", "pieces", "cut_off"]


@pytest.mark.parametrize("seed", range(4))
def test_fragmentation_is_that_of_the_network_without_the_actor(seed: int) -> None:
    graph = nx.gnp_random_graph(70, 0.03, seed=seed)  # more than one word of bits
    net = network(graph)
    effects = removal_effects(net)
    for actor in (0, 5, 33, 69):
        rest = graph.subgraph(set(graph) - {actor})
        n = len(rest)
        together = sum(len(c) * (len(c) - 1) for c in nx.connected_components(rest))
        assert effects["fragmentation"].iloc[actor] == pytest.approx(1 - together / (n * (n - 1)))
        assert effects["distance_fragmentation"].iloc[actor] == pytest.approx(1 - nx.global_efficiency(rest))


def score(graph: nx.Graph, chosen: tuple[int, ...], goal: str, steps: int) -> float:
    rest = graph.subgraph(set(graph) - set(chosen))
    n = len(rest)
    if goal == "fragment":
        return 1 - sum(len(c) * (len(c) - 1) for c in nx.connected_components(rest)) / (n * (n - 1))
    if goal == "distance":
        return 1 - nx.global_efficiency(rest)
    distance = nx.multi_source_dijkstra_path_length(graph, set(chosen), weight=None)
    if goal == "reach":
        return sum(d <= steps for d in distance.values())
    return sum(1 if d == 0 else 1 / d for d in distance.values()) / len(graph)


@pytest.mark.parametrize("goal", ["fragment", "distance", "near", "reach"])
@pytest.mark.parametrize("seed", range(3))
def test_the_best_sets_are_those_that_trying_all_finds(seed: int, goal: str) -> None:
    graph = nx.gnp_random_graph(9, 0.25, seed=seed)
    net = network(graph)
    values = {c: score(graph, c, goal, 1) for c in itertools.combinations(range(9), 2)}
    top = max(values.values())
    best = key_players(net, 2, goal=goal, steps=1, most=100)
    ids = net.actors.index
    assert best["value"][0] == pytest.approx(top)
    assert best["proven"].all()
    expected = {tuple(ids[list(c)]) for c, value in values.items() if value == pytest.approx(top, abs=1e-12)}
    assert set(best["actors"]) == expected
    assert (best["n_optimal"] == len(expected)).all()


def test_a_set_is_not_made_of_the_best_single_actors() -> None:
    # two centres of one star each, tied to the same third centre: the best pair leaves the best single actor out
    graph = nx.Graph([(0, 1), (0, 2), (1, 3), (1, 4), (1, 5), (2, 6), (2, 7), (2, 8)])
    net = network(nx.relabel.convert_node_labels_to_integers(graph, ordering="sorted"))
    assert key_players(net, 2, goal="reach", steps=1)["actors"].to_list() == [("a001", "a002")]


def test_beyond_two_million_sets_nothing_is_claimed_to_be_proven(monkeypatch) -> None:
    graph = nx.karate_club_graph()
    net = network(graph)
    exact = key_players(net, 3, goal="distance")
    monkeypatch.setattr(importlib.import_module("stakeholder_net.measures.key_players"), "MOST_SETS", 10)
    found = key_players(net, 3, goal="distance")
    assert not found["proven"].any()
    assert found["n_optimal"].isna().all()
    assert found["value"][0] <= exact["value"][0] + 1e-12
    assert found["value"][0] == pytest.approx(exact["value"][0], rel=0.05)


def test_sets_that_cannot_be(gallery) -> None:
    with pytest.raises(OptionError, match="between 1 and 3"):
        key_players(gallery["ring"](), 4)
    with pytest.raises(OptionError, match="goal"):
        key_players(gallery["ring"](), 1, goal="power")
    assert key_players(gallery["ring"](), 5, goal="reach", steps=1)["value"].to_list() == [5]


@pytest.mark.parametrize("seed", range(3))
def test_cores_are_those_of_networkx(seed: int) -> None:
    graph = nx.gnp_random_graph(40, 0.1, seed=seed)
    numbers = nx.core_number(graph)
    assert core(network(graph)).to_list() == [numbers[i] for i in graph]


def test_nothing_dense_on_a_large_star() -> None:
    """The square of a star is full: 5,500 x 5,500 would be 242 MB."""
    graph = nx.star_graph(5499)
    net = network(graph)
    tracemalloc.start()
    for name in ("constraint", "effective_size", "clustering", "eigenvector", "core", "pagerank"):
        values = getattr(measures, name)(net)
        assert len(values) == 5500
    measures.removal_effects(net, distances=False)
    measures.brokerage(net, null="none")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 150e6
    assert measures.constraint(net).iloc[0] == pytest.approx(1 / 5499)
    assert measures.clustering(net).iloc[0] == 0
    assert np.isnan(measures.clustering(net).iloc[1])
