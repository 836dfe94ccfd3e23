"""The network as a whole, groups, layers side by side, two modes: figures worked out by hand."""

from __future__ import annotations

import importlib

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from tests.measures.test_fragility import network

from stakeholder_net import AmbiguousLayersError, OptionError, StakeholderNetwork, UnknownNameError, without
from stakeholder_net.measures import (
    block_densities,
    communities,
    compare_layers,
    compare_partitions,
    component_sizes,
    convenor_dependence,
    convenors,
    describe,
    group_homophily,
    group_profile,
    homophily,
    layer_profile,
    layer_summary,
    modularity,
    qap_correlation,
    rank_without,
    triad_census,
    two_mode_centrality,
    two_mode_summary,
)
from stakeholder_net.measures._moments import internal_moments, matched_moments


def values(net: StakeholderNetwork) -> pd.Series:
    return describe(net)["value"]


def test_star_and_ring_are_the_two_ends_of_centralisation(gallery) -> None:
    star, ring = values(gallery["star"]()), values(gallery["ring"]())
    for name in ("degree", "betweenness", "closeness"):
        assert star[f"{name}_centralization"] == pytest.approx(1)
        assert ring[f"{name}_centralization"] == pytest.approx(0)
    assert star["density"] == 0.4
    assert star["mean_distance"] == pytest.approx((4 * 1 + 6 * 2) / 10)
    assert star["efficiency"] == pytest.approx((4 + 6 / 2) / 10)
    assert star["transitivity"] == 0
    assert np.isnan(ring["degree_assortativity"])


def test_why_a_figure_is_undefined(gallery) -> None:
    table = describe(gallery["isolate"]())
    assert table.loc["closeness_centralization", "status"] == "somebody cannot be reached"
    assert table.loc["isolates", "value"] == 1
    assert describe(gallery["one_actor"]()).loc["density", "status"] == "fewer than two actors"
    assert describe(gallery["two_strangers"]()).loc["mean_distance", "status"] == "no ties"
    assert (describe(gallery["ring"]()).loc[["density", "diameter"], "status"] == "").all()
    with pytest.raises(AmbiguousLayersError, match="describe"):
        describe(gallery["overlapping_layers"]())


def test_directed_by_hand(gallery) -> None:
    net = gallery["directed"]()  # ab bc ca cd dc, e alone
    figures = values(net)
    expected = {
        "mutual": 1,
        "asymmetric": 3,
        "null": 6,
        "reciprocity": 2 / 5,
        "reciprocity_pairs": 1 / 4,
        "reciprocity_rho": (0.4 - 0.25) / 0.75,
        "strong_components": 2,
        "largest_strong": 4,
        "components": 2,
        "connectedness": 12 / 20,
        "degree_in_centralization": (5 * 2 - 5) / 16,
    }
    for name, value in expected.items():
        assert figures[name] == pytest.approx(value), name
    assert triad_census(net)["count"].sum() == 10
    assert triad_census(net).loc["030C", "count"] == 1


def tree(arcs: str) -> StakeholderNetwork:
    ids = sorted(set(arcs.replace(" ", "")))
    return StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": ids, "name": ids, "kind": "comune"}),
        ties=pd.DataFrame(
            [(a[0], a[1], "x", 1.0) for a in arcs.split()], columns=["source", "target", "layer", "weight"]
        ),
        layers=pd.DataFrame({"layer": ["x"], "directed": [True]}),
    )


def test_krackhardt_on_an_out_tree_is_one_four_times() -> None:
    figures = values(tree("ab ac bd be cf cg"))
    names = ["connectedness", "hierarchy_krackhardt", "efficiency_krackhardt", "least_upper_bound"]
    assert figures[names].to_list() == [1, 1, 1, 1]
    # two heads over the same three: nobody is above both heads, everything else has a closest superior or two
    two_heads = values(tree("ac ad bc bd"))
    # of the pairs ab, ac, ad, bc, bd, cd: a is above a and c; ab and cd have no least bound; (3 x 2) / 2 may lack it
    assert two_heads["least_upper_bound"] == pytest.approx(1 - 2 / 3)


def test_like_with_like_by_hand(gallery) -> None:
    net = gallery["two_cliques_and_a_bridge"]().with_actors(
        side=dict.fromkeys("abc", "w") | dict.fromkeys("def", "e")
    )
    table = homophily(net, by="side", permutations=99, seed=1)["value"]
    assert table[["ties", "internal", "external"]].to_list() == [7, 6, 1]
    assert table["ei"] == pytest.approx(-5 / 7)
    assert table["ei_expected"] == pytest.approx(1 - 2 * 6 / 15)
    assert table["yule_q"] == 1 or np.isnan(table["yule_q"])  # all internal pairs are tied
    assert table["internal_density"] == 1
    assert table["external_density"] == pytest.approx(1 / 9)
    assert table["modularity"] == pytest.approx(6 / 7 - 0.5)
    assert table["ei_p_lower"] >= 1 / 100
    groups = group_homophily(net, by="side")
    assert groups.loc["w"].to_dict() == pytest.approx(
        {
            "size": 3,
            "choices": 7,
            "in_group": 6,
            "expected": 7 * 2 / 5,
            "coleman": (6 - 2.8) / (7 - 2.8),
            "inbreeding": (6 / 7 - 0.5) / 0.5,
        }
    )
    blocks = block_densities(net, by="side").set_index(["source", "target"])
    assert blocks.loc[("e", "w"), ["ties", "possible", "density"]].to_list() == pytest.approx([1, 9, 1 / 9])
    assert blocks.loc[("e", "e"), "expected_uniform"] == pytest.approx(3 * 7 / 15)
    assert blocks.loc[("e", "w"), "expected_degree"] == pytest.approx(7 * 7 / 14)
    profile = group_profile(net, by="side")
    assert profile.loc["c", ["partners", "partners_own_group", "groups_reached"]].to_list() == [3, 2, 2]
    assert profile.loc["c", "variety"] == pytest.approx(2 * (1 - 4 / 9 - 1 / 9))


def test_one_group_or_no_ties_is_no_question(gallery) -> None:
    ring = gallery["ring"]().with_actors(side=dict.fromkeys("abcde", "w"))
    assert homophily(ring, by="side", permutations=1).loc["ei", "status"] == "one group only"
    strangers = homophily(gallery["two_strangers"](), permutations=1)
    assert strangers.loc["ei", "status"] == "no ties"
    assert strangers["value"][["ei", "ei_p_lower"]].isna().all()
    with pytest.raises(UnknownNameError, match="kind"):
        homophily(ring, by="knd")


@pytest.mark.parametrize("seed", range(3))
def test_moments_by_going_through_all_orders(seed: int) -> None:
    import itertools  # noqa: PLC0415

    graph = nx.gnp_random_graph(6, 0.5, seed=seed)
    ties = nx.to_scipy_sparse_array(graph, dtype=float, format="csr")
    groups = np.array([0, 0, 0, 1, 1, 2])
    inside = [
        sum(groups[p[u]] == groups[p[v]] for u, v in graph.edges) for p in itertools.permutations(range(6))
    ]
    assert internal_moments(ties, np.bincount(groups)) == pytest.approx((np.mean(inside), np.std(inside)))
    other = nx.to_scipy_sparse_array(nx.gnp_random_graph(6, 0.4, seed=seed + 9), dtype=float, format="csr")
    dense, second = ties.toarray(), other.toarray()
    products = [(dense * second[np.ix_(p, p)]).sum() for p in map(list, itertools.permutations(range(6)))]
    assert matched_moments(ties, other) == pytest.approx((np.mean(products), np.std(products)))


def test_layers_by_hand(gallery) -> None:
    net = gallery[
        "overlapping_layers"
    ]()  # attendance ab bc ac; partnership cd de (a, f present); membership ae ab
    pair = compare_layers(net).set_index(["layer_a", "layer_b"]).loc[("attendance", "membership")]
    assert pair[["ties_a", "ties_b", "shared"]].to_list() == [3, 2, 1]
    assert pair["jaccard"] == pytest.approx(1 / 4)
    assert pair["coverage_a"] == pytest.approx(1 / 3)
    assert pair["jaccard_actors"] == pytest.approx(2 / 4)
    assert pair["actors"] == 2  # only a and b belong to both
    assert pair["simple_matching"] == 1
    assert np.isnan(pair["phi"])  # of one pair, tied in both, nothing can be said
    zero = (
        compare_layers(net, absent="zero").set_index(["layer_a", "layer_b"]).loc[("attendance", "membership")]
    )
    assert zero["actors"] == 7
    assert zero["simple_matching"] == pytest.approx((21 - 3 - 2 + 2) / 21)
    assert zero["expected_shared"] == pytest.approx(3 * 2 / 21)
    profile = layer_profile(net)
    assert profile["only_layer"].to_dict() == {
        "a": "", "b": "", "c": "", "d": "partnership", "e": "", "f": "", "g": "",
    }  # fmt: skip
    assert profile.loc["a", "redundancy"] == pytest.approx(1 - 3 / 4)
    sizes = component_sizes(net)
    assert sizes["partnership"].to_dict() == pytest.approx(
        {"a": 1, "b": np.nan, "c": 3, "d": 3, "e": 3, "f": 1, "g": np.nan}, nan_ok=True
    )
    assert sizes["any_layer"].to_list() == [5, 5, 5, 5, 5, 1, 1]
    assert sizes["every_layer"].to_list() == [1] * 7
    assert sizes["viable"].to_list() == [1] * 7
    summary = layer_summary(net)
    assert summary["actors"].to_list() == [3, 5, 3]
    assert summary.loc["partnership", ["ties", "components", "largest"]].to_list() == [2, 3, 3]


def test_qap_needs_two_layers(gallery) -> None:
    net = gallery["overlapping_layers"]()
    with pytest.raises(OptionError, match="two layers, not 3"):
        qap_correlation(net)
    with pytest.raises(UnknownNameError, match="attendance"):
        qap_correlation(net, ("attendence", "partnership"))
    ring = gallery["ring"]()
    twice = ring.with_ties(ring.ties, layer="again")
    table = qap_correlation(twice, permutations=200, seed=1)["value"]
    assert table["qap_r"] == pytest.approx(1)
    # five actors in a ring: ten of their 120 orders give the ring back
    assert table["qap_p_more"] == pytest.approx(10 / 120, abs=5 * np.sqrt(1 / 12 * 11 / 12 / 200))


def test_two_modes_by_hand(gallery) -> None:
    net = gallery["attendance_only"]()  # E1 abcd, E2 ab, E3 cde, E4 e; f was only announced
    table = two_mode_centrality(net).set_index("id")
    assert table.loc["a", ["degree", "degree_share"]].to_list() == [2, 0.5]
    assert table.loc["E1", ["degree", "degree_share"]].to_list() == [4, 4 / 6]
    assert table["closeness"].isna().all()  # f cannot be reached
    assert np.isnan(table.loc["f", "eigenvector"])
    reached = two_mode_centrality(without(net, ["f"])).set_index("id")
    # from E1: four actors at 1, E2 and E3 at 2, e at 3, E4 at 4; n of its own mode 4, of the other 5
    assert reached.loc["E1", "closeness"] == pytest.approx((5 + 2 * 3) / (4 + 4 + 3 + 4))
    figures = two_mode_summary(net)["value"]
    assert figures["attendances"] == 10
    assert figures["four_cycles"] == 2  # ab share E1 and E2, cd share E1 and E3
    # three-paths: over each attendance, the actor's other events times the event's other actors
    assert figures["three_paths"] == 3 + 3 + 3 + 3 + 1 + 1 + 2 + 2 + 2 + 0


def test_four_paths_by_going_through_all() -> None:
    rng = np.random.default_rng(2)
    for _ in range(20):
        seats = rng.random((6, 5)) < 0.5
        from tests.measures.test_attendance import register  # noqa: PLC0415

        chains = closed = 0
        for a in range(6):
            for c in range(a):
                for b in set(range(6)) - {a, c}:
                    for e in range(5):
                        for f in set(range(5)) - {e}:
                            if seats[a, e] and seats[b, e] and seats[b, f] and seats[c, f]:
                                chains += 1
                                others = [g for g in range(5) if g not in (e, f)]
                                closed += any(seats[a, g] and seats[c, g] for g in others)
        figures = two_mode_summary(register(seats))["value"]
        assert figures[["four_paths", "closed_four_paths"]].to_list() == [chains, closed]


def test_groups_that_ties_draw(gallery) -> None:
    net = gallery["two_cliques_and_a_bridge"]()
    found = communities(net, seed=3)
    assert found.membership.to_list() == [1, 1, 1, 2, 2, 2]
    assert found.modularity == pytest.approx(6 / 7 - 0.5)
    assert found.agreement == 1
    assert np.isnan(found.event_agreement)
    assert modularity(net, found.membership) == pytest.approx(found.modularity)
    lone = communities(gallery["isolate"]())
    assert lone.membership.isna().to_list() == [False, False, False, True]
    assert communities(gallery["two_strangers"]()).membership.isna().all()
    with pytest.raises(OptionError, match="have no group"):
        modularity(net, pd.Series({"a": 1}))


def test_without_the_rust_part_louvain_answers(gallery, monkeypatch) -> None:
    module = importlib.import_module("stakeholder_net.measures.communities")
    monkeypatch.setattr(module, "graspologic_native", None)
    found = communities(gallery["two_cliques_and_a_bridge"](), starts=5)
    assert found.method == "louvain"
    assert found.membership.to_list() == [1, 1, 1, 2, 2, 2]


def test_groups_after_drawing_the_events_anew() -> None:
    from tests.measures.test_attendance import register  # noqa: PLC0415

    from stakeholder_net import project  # noqa: PLC0415

    seats = np.kron(np.eye(2), np.ones((4, 6))) > 0  # two circles that never meet
    found = communities(project(register(seats)), bootstrap=20, seed=1)
    assert found.event_agreement == pytest.approx(1, abs=0.2)
    assert found.membership.nunique() == 2


def test_partitions_by_hand() -> None:
    one = pd.Series([1, 1, 2, 2], index=list("abcd"))
    same = compare_partitions(one, one.map({1: "x", 2: "y"}))
    assert same[["rand", "adjusted_rand", "nmi_max", "split_join"]].to_list() == [1, 1, 1, 0]
    crossed = compare_partitions(one, pd.Series([1, 2, 1, 2], index=list("abcd")))
    assert crossed["rand"] == pytest.approx(2 / 6)
    assert crossed["adjusted_rand"] == pytest.approx(-0.5)
    assert crossed["variation_information"] == pytest.approx(2 * np.log(2))
    assert crossed["split_join"] == 4
    assert compare_partitions(one, one[[]]).isna().all()


def called(net: StakeholderNetwork, actor: str) -> StakeholderNetwork:
    rows = net.attendance
    return StakeholderNetwork(
        actors=net.actors.reset_index(),
        events=net.events.reset_index(),
        attendance=rows.assign(role=np.where(rows["actor_id"] == actor, "convenor", "participant")),
        ties=net.ties,
        layers=net.layers.reset_index(),
    )


def test_a_network_that_hangs_on_who_calls_the_meetings() -> None:
    from tests.measures.test_attendance import register  # noqa: PLC0415

    from stakeholder_net import project  # noqa: PLC0415

    seats = np.array([[1, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]])
    net = called(project(register(seats)), "a00")
    assert convenors(net) == ["a00"]
    table = convenor_dependence(net)
    assert table.loc["components", ["value", "without", "change"]].to_list() == [1, 3, 2]
    assert table.loc["ties", "without"] == 0
    ranks = rank_without(net, "degree")
    assert ranks["rank"].to_list() == [1, 2, 2, 2]
    assert ranks["rank_among_rest"].to_list()[1:] == [1, 1, 1]
    assert ranks["value_without"].to_list()[1:] == [0, 0, 0]
    assert np.isnan(ranks.loc["a00", "rank_without"])
    with pytest.raises(OptionError, match="actor_ids="):
        convenor_dependence(network(nx.path_graph(3)))


def test_components_of_one_layer_are_those_of_two_that_say_the_same():
    pairs = pd.DataFrame(
        {"source": list("abd"), "target": list("bce"), "layer": "partnership", "weight": 1.0}
    )
    actors = pd.DataFrame({"actor_id": list("abcdef"), "name": list("ABCDEF"), "kind": "comune"})
    twice = pd.concat([pairs, pairs.assign(layer="funded")])
    one, two = (component_sizes(StakeholderNetwork(actors=actors, ties=ties)) for ties in (pairs, twice))
    shared = ["partnership", "any_layer", "every_layer", "viable"]
    pd.testing.assert_frame_equal(one[shared], two[shared])
    assert one["viable"].tolist() == [3, 3, 3, 2, 2, 1]
