"""Missing ties, new ties, groups, contacts and invitations: by hand and by trying everything."""

from __future__ import annotations

import importlib
import itertools

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stakeholder_net import AmbiguousLayersError, OptionError, StakeholderNetwork, UnknownNameError
from stakeholder_net.findings import (
    best_new_ties,
    closest_teams,
    fewest_contacts,
    group_centrality,
    missing_ties,
    tie_scores,
    whom_to_invite,
)

KINDS = ("comune", "coop_sociale", "ets_aps")


def network(n: int, pairs, **columns) -> StakeholderNetwork:
    ids = [f"a{i:02d}" for i in range(n)]
    facts = {"kind": [KINDS[i % 3] for i in range(n)], "name": [f"Ente {i}" for i in range(n)]} | columns
    ties = pd.DataFrame(
        [(ids[a], ids[b], "x", 1.0) for a, b in pairs], columns=["source", "target", "layer", "weight"]
    ).astype({"source": "str", "target": "str", "layer": "str", "weight": "float64"})
    return StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": ids, **facts}),
        ties=ties,
        layers=pd.DataFrame({"layer": ["x"], "directed": False}),
    )


@st.composite
def graphs(draw, smallest=2, largest=8):
    n = draw(st.integers(smallest, largest))
    every = list(itertools.combinations(range(n), 2))
    return n, draw(st.lists(st.sampled_from(every), unique=True))


def graph(n, pairs) -> nx.Graph:
    out = nx.Graph(pairs)
    out.add_nodes_from(range(n))
    return out


@given(graphs())
@settings(max_examples=30, deadline=None, derandomize=True)
def test_contacts_are_the_fewest(drawn):
    n, pairs = drawn
    known = graph(n, pairs)
    for steps in (1, 2):
        found = fewest_contacts(network(n, pairs), steps=steps)
        reach = [set(nx.single_source_shortest_path_length(known, i, steps)) for i in range(n)]
        fewest = next(
            k for k in range(1, n + 1)
            if any(len(set().union(*(reach[i] for i in some))) == n for some in itertools.combinations(range(n), k))
        )  # fmt: skip
        assert len(found) == fewest
        reached = set().union(*(reach[int(actors[0][1:])] for actors in found["actors"]))
        assert reached == set(range(n))
        assert (found["bound"] == fewest).all()
        assert set(found["status"]) == {"optimal"}


@given(graphs(smallest=3))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_a_new_tie_adds_what_the_network_with_it_has(drawn):
    n, pairs = drawn
    before = graph(n, pairs)
    found = best_new_ties(network(n, pairs), n=None)
    assert len(found) == n * (n - 1) // 2 - before.number_of_edges()
    assert found["score"].is_monotonic_decreasing or np.allclose(
        np.sort(found["score"])[::-1], found["score"]
    )
    for row in found.itertuples():
        i, j = (int(actor[1:]) for actor in row.actors)
        after = before.copy()
        after.add_edge(i, j)
        assert row.delta_efficiency == pytest.approx(
            nx.global_efficiency(after) - nx.global_efficiency(before)
        )
        assert row.components_merged == nx.number_connected_components(
            before
        ) - nx.number_connected_components(after)
        cut = [len(list(nx.articulation_points(g))) for g in (before, after)]
        assert row.delta_cut_points == cut[1] - cut[0]
        was = dict(nx.all_pairs_shortest_path_length(before))
        closer = sum(
            nx.shortest_path_length(after, s, t) < was[s].get(t, np.inf)
            for s, t in itertools.combinations(range(n), 2) if nx.has_path(after, s, t)
        )  # fmt: skip
        assert row.pairs_closer == closer


@given(graphs(smallest=3), st.data())
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_a_group_is_central_as_its_definition_says(drawn, data):
    n, pairs = drawn
    members = data.draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=n - 1, unique=True))
    known = graph(n, pairs)
    found = group_centrality(network(n, pairs), [[f"a{i:02d}" for i in members]]).iloc[0]
    others = [i for i in range(n) if i not in members]
    lengths = [nx.multi_source_dijkstra_path_length(known, set(members)).get(i, np.inf) for i in others]
    assert found["degree"] == sum(length == 1 for length in lengths)
    assert found["harmonic"] == pytest.approx(np.mean([1 / length for length in lengths]))
    if np.isinf(max(lengths)):
        assert np.isnan(found["closeness"])
    else:
        assert found["closeness"] == pytest.approx(len(others) / sum(lengths))
    between = 0.0
    for s, t in itertools.combinations(others, 2):
        if nx.has_path(known, s, t):
            ways = list(nx.all_shortest_paths(known, s, t))
            between += sum(bool(set(way) & set(members)) for way in ways) / len(ways)
    assert found["betweenness"] == pytest.approx(between)


@given(graphs(smallest=3, largest=7))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_the_closest_team_is_the_closest(drawn):
    n, pairs = drawn
    known, net = graph(n, pairs), network(n, pairs)
    lengths = dict(nx.all_pairs_shortest_path_length(known))
    pools = [[i for i in range(n) if i % 3 == k] for k in range(3)]
    for measure in ("diameter", "sum", "steiner"):
        values = []
        for team in itertools.product(*pools):
            pairs_of = [lengths[a].get(b, np.inf) for a, b in itertools.combinations(team, 2)]
            if np.isinf(max(pairs_of)):
                values.append(np.inf)
            elif measure == "steiner":
                values.append(smallest_joining(known, set(team)))
            else:
                values.append(max(pairs_of) if measure == "diameter" else sum(pairs_of))
        found = closest_teams(net, measure=measure).iloc[0]
        assert found["value"] == pytest.approx(min(values))
        assert (found["status"] == "infeasible") == np.isinf(min(values))
        if np.isfinite(min(values)):
            assert found["ties"] == sum(v == min(values) for v in values)


def smallest_joining(known: nx.Graph, team: set[int]) -> int:
    """Return the ties of the smallest connected network that holds a team, by trying every set of helpers."""
    others = [i for i in known if i not in team]
    for k in range(len(others) + 1):
        for helpers in itertools.combinations(others, k):
            if nx.is_connected(known.subgraph(team | set(helpers))):
                return len(team) + k - 1
    raise AssertionError


def test_pairs_that_share_a_theme_or_a_town():
    pairs = [(0, 1), (1, 2), (2, 3), (0, 4), (4, 2)]
    net = network(
        5, pairs, themes=["minori;casa", "", "casa", "minori", ""], municipality=["A", "B", "C", "A", "A"]
    )
    first = missing_ties(net, same="themes").iloc[0]
    assert first["actors"] == ("a00", "a02")
    assert first["shared"] == ("casa",)
    assert first["via"] == ("a01", "a04")
    assert first["score"] == pytest.approx(1.0)
    assert "Temi comuni: casa" in first["why"]
    towns = missing_ties(net, same="municipality", score="l3")
    assert set(towns["actors"]) == {("a00", "a03"), ("a03", "a04")} & set(towns["actors"])
    wanted = pd.DataFrame({"actor_id": ["a01", "a03"], "theme": ["lavoro", "lavoro"]})
    assert missing_ties(net, priorities=wanted)["actors"].tolist() == [("a01", "a03")]


def test_undefined_scores_are_not_zero():
    scores = tie_scores(network(3, [(0, 1)])).set_index(["source", "target"])
    assert np.isnan(scores.loc[("a00", "a02"), "distance"])
    assert scores.loc[("a00", "a02"), "jaccard"] == 0
    strangers = tie_scores(network(2, []))
    assert np.isnan(strangers["jaccard"].iloc[0])
    assert strangers["katz"].iloc[0] == 0


def test_an_introduction_closes_a_hole_and_names_who_makes_it():
    found = best_new_ties(network(5, [(0, 1), (1, 2), (2, 3)]), introduced=True)
    assert found["distance"].eq(2).all()
    row = found.iloc[0]
    assert "Può presentarli" in row["why"]
    assert row["via"] in {("a01",), ("a02",)}
    joined = best_new_ties(network(5, [(0, 1), (1, 2), (2, 3)])).iloc[0]
    assert "a04" in joined["actors"]
    assert "Unirebbe parti" in joined["why"]
    assert "serve un contatto diretto" in joined["why"]


def register(rows) -> StakeholderNetwork:
    """Rows: kind, municipality, themes, came."""
    ids = [f"r{i}" for i in range(len(rows))]
    return StakeholderNetwork(
        actors=pd.DataFrame([(i, i, *row[:3], True) for i, row in zip(ids, rows, strict=True)],
                            columns=["actor_id", "name", "kind", "municipality", "themes", "registered"]),
        events=pd.DataFrame({"event_id": ["E"], "name": ["E"], "kind": ["table"]}),
        attendance=pd.DataFrame({"actor_id": [i for i, row in zip(ids, rows, strict=True) if row[3]], "event_id": "E",
                                 "status": "present"}, dtype="str"),
    )  # fmt: skip


@given(
    st.lists(
        st.tuples(st.sampled_from(KINDS), st.sampled_from("ABC"), st.sampled_from(["casa", "minori", "casa;minori"]),
                  st.booleans()), min_size=2, max_size=8),
    st.integers(1, 4),
)  # fmt: skip
@settings(max_examples=25, deadline=None, derandomize=True)
def test_invitations_fill_as_many_gaps_as_can_be(rows, n):
    cells = [
        {("kt", kind, town)} | {("tt", town, theme) for theme in themes.split(";")}
        for kind, town, themes, _ in rows
    ]
    taken = set().union(*(cell for cell, row in zip(cells, rows, strict=True) if row[3]))
    gains = [cell - taken for cell in cells]
    best = max(
        len(set().union(*some))
        for k in range(n + 1)
        for some in itertools.combinations([set(), *gains], k or 1)
    )
    found = whom_to_invite(register(rows), n)
    if not best:
        assert found.empty
        return
    assert found["covered"].iloc[0] == best == found["cells"].sum()
    assert found["fillable"].iloc[0] == len(set().union(*gains))
    assert len(found) <= n
    assert set(found["status"]) == {"optimal"}


def test_refusals():
    net = network(4, [(0, 1)])
    two = net.with_ties(pd.DataFrame({"source": ["a00"], "target": ["a01"], "weight": 1.0}), layer="y")
    for asked in (missing_ties, tie_scores, best_new_ties, fewest_contacts, closest_teams):
        with pytest.raises(AmbiguousLayersError):
            asked(two)
    with pytest.raises(OptionError, match="resource_allocation"):
        missing_ties(net, score="ressource_allocation")
    with pytest.raises(UnknownNameError, match="kind"):
        missing_ties(net, same="kinds")
    with pytest.raises(OptionError, match="no members"):
        group_centrality(net, [[]])
    with pytest.raises(UnknownNameError, match="a00"):
        group_centrality(net, [["a0"]])
    with pytest.raises(OptionError, match="scuola"):
        closest_teams(net, covering=["comune", "scuola"])
    with pytest.raises(OptionError, match="steps"):
        fewest_contacts(net, steps=0)
    with pytest.raises(OptionError, match="register"):
        whom_to_invite(net)
    assert fewest_contacts(network(0, [], kind=pd.Series(dtype="str"), name=pd.Series(dtype="str"))).empty


@pytest.mark.parametrize("score", ["resource_allocation", "common_neighbours", "adamic_adar"])
def test_in_a_crowd_the_best_pairs_are_those_of_all(score, monkeypatch):
    rng = np.random.default_rng(6)
    drawn = np.triu(rng.random((60, 60)) < rng.choice([0.03, 0.4], 60, p=[0.8, 0.2]), k=1)
    net = network(60, list(zip(*np.nonzero(drawn), strict=True)))
    every = tie_scores(net)
    module = importlib.import_module("stakeholder_net.findings.missing_ties")
    monkeypatch.setattr(module, "LARGEST", 10)
    monkeypatch.setattr(module, "BLOCK", 7)
    found = missing_ties(net, score=score, n=12)
    order = every.assign(**{score: every[score].round(9)}).sort_values(
        [score, "source", "target"], ascending=[False, True, True], kind="stable"
    )
    best = order[order[score] > 0].head(12)
    assert found["score"].to_list() == pytest.approx(best[score].to_list())
    told = every.set_index(["source", "target"]).loc[found["actors"].to_list()]
    columns = ["common_neighbours", "jaccard", "lhn1", "adamic_adar", "resource_allocation", "l3", "distance"]
    np.testing.assert_allclose(found[columns].to_numpy("float64"), told[columns].to_numpy("float64"))


def test_in_a_crowd_pairs_two_or_three_steps_apart_have_the_scores_they_have_among_few(monkeypatch):
    rng = np.random.default_rng(8)
    drawn = np.triu(rng.random((70, 70)) < rng.choice([0.01, 0.1], 70, p=[0.8, 0.2]), k=1)
    net = network(70, list(zip(*np.nonzero(drawn), strict=True)))
    every = tie_scores(net)
    module = importlib.import_module("stakeholder_net.findings.missing_ties")
    monkeypatch.setattr(module, "LARGEST", 10)
    monkeypatch.setattr(module, "BLOCK", 7)
    near = every[every["distance"] <= 3].reset_index(drop=True)
    assert 0 < len(near) < len(every)
    pd.testing.assert_frame_equal(tie_scores(net).drop(columns="katz"), near.drop(columns="katz"))
