"""Values worked out by hand, and networkx as a second opinion where it is right."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from stakeholder_net import (
    AmbiguousLayersError,
    StakeholderNetWarning,
    StakeholderNetwork,
    UnknownNameError,
    flatten,
)
from stakeholder_net.measures import (
    betweenness,
    by_layer,
    catalogue,
    constraint,
    degree,
    degree_in,
    degree_out,
    effective_size,
    efficiency,
    group_participation,
    harmonic,
    harmonic_in,
    harmonic_out,
    hierarchy,
    layer_degrees,
    measure_table,
    neighbourhood,
    overlapping_degree,
    participation,
    relevance,
    strength,
    strength_in,
    strength_out,
)
from stakeholder_net.measures.tables import MEASURES

ONE_LAYER = [name for name in MEASURES if "several" not in catalogue().loc[name, "needs"]]


def values(series: pd.Series) -> list[float]:
    return series.to_list()


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_every_measure_gives_one_value_an_actor_or_says_that_it_needs_one_layer(
    name: str, any_network
) -> None:
    if len(any_network.layer_names) > 1 and name in [*ONE_LAYER, "relevance"]:
        with pytest.raises(AmbiguousLayersError, match=name):
            MEASURES[name](any_network)
        return
    series = MEASURES[name](any_network)
    assert series.name == name
    assert series.index.equals(any_network.actors.index)
    assert series.index.name == "actor_id"
    assert series.dtype == "float64"
    assert not np.isinf(series).any()


def test_star_by_hand(gallery) -> None:
    star = gallery["star"]()
    assert values(degree(star)) == [4, 1, 1, 1, 1]
    assert values(degree(star, normalized=True)) == [1, 0.25, 0.25, 0.25, 0.25]
    assert values(betweenness(star)) == [1, 0, 0, 0, 0]
    assert values(betweenness(star, normalized=False)) == [6, 0, 0, 0, 0]
    assert values(harmonic(star)) == [1, 0.625, 0.625, 0.625, 0.625]
    assert values(constraint(star)) == [0.25, 1, 1, 1, 1]
    assert values(effective_size(star)) == [4, 1, 1, 1, 1]
    assert values(efficiency(star)) == [1, 1, 1, 1, 1]
    assert values(hierarchy(star)) == pytest.approx([0, 1, 1, 1, 1])


def test_bridge_between_two_cliques(gallery) -> None:
    net = gallery["two_cliques_and_a_bridge"]()
    # a, b on the left, c and d hold the bridge, e, f on the right: c is passed by {a,b} x {d,e,f}
    assert values(betweenness(net, normalized=False)) == [0, 0, 6, 6, 0, 0]
    assert values(constraint(net).loc[["a"]]) == pytest.approx([(1 / 2 + 1 / 6) ** 2 + (1 / 2 + 1 / 4) ** 2])


def test_strength_is_a_nearness(gallery) -> None:
    net = gallery["weighted"]()  # ab:3 bc:0.5 cd:2 da:1 ac:7
    assert values(strength(net)) == [11, 3.5, 9.5, 3]
    # from b to c: the tie of 0.5 is 2 long, the way over a 1/3 + 1/7; from d to a: 1/2 + 1/7 is shorter than 1
    assert values(betweenness(net, normalized=False)) == [2, 0, 2, 0]
    nearness = 3 + 1 / (1 / 3 + 1 / 7) + 1 / (1 / 3 + 1 / 7 + 1 / 2)
    assert harmonic(net)["b"] == pytest.approx(nearness / 3)


def test_direction_is_in_the_name(gallery) -> None:
    net = gallery["directed"]()  # ab bc ca cd dc:3, e alone
    assert values(degree(net)) == [2, 2, 3, 1, 0]
    assert values(degree_in(net)) == [1, 1, 2, 1, 0]
    assert values(degree_out(net)) == [1, 1, 2, 1, 0]
    assert values(strength_in(net)) == [1, 1, 4, 1, 0]
    assert values(strength_out(net)) == [1, 1, 2, 3, 0]
    assert values(strength(net)) == [2, 2, 6, 4, 0]
    # from a: b 1, c 2, d 3; to a: c 1, b 2, d 1/3 + 1
    assert harmonic_out(net)["a"] == pytest.approx((1 + 1 / 2 + 1 / 3) / 4)
    assert harmonic_in(net)["a"] == pytest.approx((1 + 1 / 2 + 3 / 4) / 4)
    assert harmonic(net).equals(harmonic_out(net).rename("harmonic"))
    # c is passed by b-a, b-d, a-d, d-a, d-b; a by c-b, d-b; b by a-c, a-d
    assert values(betweenness(net, normalized=False)) == [2, 2, 5, 0, 0]


def test_undefined_is_nan_and_no_ties_is_zero(gallery) -> None:
    net = gallery["isolate"]()
    assert degree(net)["d"] == 0
    assert harmonic(net)["d"] == 0
    for measure in (constraint, effective_size, efficiency, hierarchy, group_participation):
        assert np.isnan(measure(net)["d"])
    assert betweenness(gallery["two_strangers"]()).isna().all()
    assert harmonic(gallery["one_actor"]()).isna().all()
    assert participation(net).isna().all()  # one layer


def test_layers_by_hand(gallery) -> None:
    net = gallery["overlapping_layers"]()
    # attendance ab bc ac; partnership cd de, with a and f present; membership ae ab
    degrees = layer_degrees(net)
    assert degrees.loc["a"].to_list() == [2, 0, 2]
    assert degrees.loc["f"].isna().to_list() == [True, False, True]
    assert degrees.loc["g"].isna().all()
    assert values(overlapping_degree(net)) == [4, 3, 3, 2, 2, 0, 0]
    assert values(neighbourhood(net)) == [3, 2, 3, 2, 2, 0, 0]
    expected = [1.5 * (1 - 0.5), 1.5 * (1 - 5 / 9), 1.5 * (1 - 5 / 9), 0, 1.5 * (1 - 0.5), np.nan, np.nan]
    assert values(participation(net)) == pytest.approx(expected, nan_ok=True)
    assert values(relevance(net, "attendance")) == pytest.approx(
        [2 / 3, 1, 2 / 3, np.nan, np.nan, np.nan, np.nan], nan_ok=True
    )
    assert values(relevance(net, "attendance", exclusive=True))[:3] == pytest.approx([1 / 3, 1 / 2, 2 / 3])
    assert relevance(net, "partnership")["a"] == 0
    assert np.isnan(relevance(net, "partnership")["f"])


def test_participation_is_one_where_every_layer_has_as_many_ties(gallery) -> None:
    net = gallery["ring"]()
    both = net.with_ties(net.ties.assign(layer="membership"))
    assert values(participation(both)) == [1] * 5


def test_tables_side_by_side(gallery) -> None:
    net = gallery["overlapping_layers"]()
    table = by_layer(net, "degree")
    assert table.columns.to_list() == list(net.layer_names)
    assert table.equals(layer_degrees(net))
    assert by_layer(net, degree, absent="zero").loc["g"].to_list() == [0, 0, 0]
    assert by_layer(net, "relevance")["membership"]["e"] == 0.5
    assert measure_table(net).columns.to_list() == ["overlapping_degree", "neighbourhood", "participation"]
    flat = measure_table(flatten(net), ["strength", betweenness])
    assert flat.columns.to_list() == ["strength", "betweenness"]
    assert flat["strength"].equals(strength(flatten(net)))


def test_wrong_names_say_the_nearest(gallery) -> None:
    with pytest.raises(UnknownNameError, match="betweenness"):
        measure_table(gallery["ring"](), ["betweeness"])
    with pytest.raises(UnknownNameError, match="attendance"):
        relevance(gallery["overlapping_layers"](), "attendence")
    with pytest.raises(UnknownNameError, match="kind"):
        group_participation(gallery["ring"](), by="kinds")


def test_the_catalogue_tells_of_every_measure() -> None:
    table = catalogue()
    assert set(MEASURES) <= set(table.index)
    assert (table != "").all().all()
    assert table["question_en"].str.endswith("?").all()
    assert table["question_it"].str.endswith("?").all()
    for name, function in MEASURES.items():
        assert function.__doc__.splitlines()[0] == table.loc[name, "question_en"]


def random_network(seed: int, *, directed: bool) -> tuple[StakeholderNetwork, nx.Graph]:
    rng = np.random.default_rng(seed)
    graph = nx.gnp_random_graph(23, 0.12, seed=seed, directed=directed)
    for _, _, data in graph.edges(data=True):
        data["weight"] = float(rng.integers(1, 5))
        data["length"] = 60 / data["weight"] / 60
        data["whole"] = int(60 / data["weight"])
    ids = [f"n{i:02}" for i in graph]
    net = StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": ids, "name": ids, "kind": "comune"}),
        ties=pd.DataFrame(
            [(ids[u], ids[v], "x", d["weight"]) for u, v, d in graph.edges(data=True)],
            columns=["source", "target", "layer", "weight"],
        ),
        layers=pd.DataFrame({"layer": ["x"], "directed": [directed], "weight_means": ["strength"]}),
    )
    return net, graph


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_networkx_agrees_on_whole_lengths(seed: int, *, directed: bool) -> None:
    net, graph = random_network(seed, directed=directed)
    # whole lengths 60/w: equally short ways are equal without any tolerance
    theirs = nx.betweenness_centrality(graph, weight="whole", normalized=False)
    assert values(betweenness(net, normalized=False)) == pytest.approx([theirs[i] for i in graph])
    hops = nx.betweenness_centrality(graph)
    assert values(betweenness(net, weighted=False)) == pytest.approx([hops[i] for i in graph])
    incoming = nx.harmonic_centrality(graph, distance="length")
    mine = harmonic_in(net) * (len(graph) - 1)
    assert values(mine) == pytest.approx([incoming[i] for i in graph])
    burt = nx.constraint(graph, weight="weight")
    assert values(constraint(net)) == pytest.approx([burt[i] for i in graph], nan_ok=True)
    size = nx.effective_size(graph, nodes=list(graph), weight="weight")  # nodes= is the path that is right
    # networkx looks at outgoing ties only when it asks whether an actor has any
    defined = np.array([len(graph[i]) > 0 for i in graph])
    assert effective_size(net)[defined].to_list() == pytest.approx([size[i] for i in graph if len(graph[i])])


def test_small_blocks_give_the_same(monkeypatch) -> None:
    net, _ = random_network(7, directed=False)
    before = measure_table(net)
    monkeypatch.setattr("stakeholder_net.measures._ties.BLOCK_CELLS", 64)
    pd.testing.assert_frame_equal(measure_table(net), before, rtol=1e-12)


@pytest.mark.filterwarnings("error")
def test_rank_weights() -> None:
    actors = pd.DataFrame({"actor_id": list("abc"), "name": list("abc"), "kind": "comune"})
    ties = pd.DataFrame(
        {"source": list("ab"), "target": list("bc"), "layer": "contact", "weight": [1.0, 4.0]}
    )

    def network(means: str) -> StakeholderNetwork:
        card = pd.DataFrame({"layer": ["contact"], "directed": [False], "weight_means": [means]})
        return StakeholderNetwork(actors=actors, ties=ties, layers=card)

    assert values(strength(network("strength"))) == [1, 5, 4]
    assert values(strength(network("distance"))) == [1, 1.25, 0.25]
    assert values(strength(flatten(network("distance")))) == [1, 1.25, 0.25]
    assert harmonic(network("distance"))["b"] == pytest.approx((1 + 1 / 4) / 2)
    with pytest.warns(StakeholderNetWarning, match="weight_means = 'strength', or 'distance'"):
        assert values(strength(network("unknown"))) == [1, 5, 4]
