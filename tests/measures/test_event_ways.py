"""Betweenness by way of the events: what networks made anew for each draw would give."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from tests.measures.test_attendance import register

from stakeholder_net import StakeholderNetwork, convert, flatten, project
from stakeholder_net.findings import stability
from stakeholder_net.measures import betweenness
from stakeholder_net.measures._event_ways import EventWays
from stakeholder_net.measures._joint import JointBetweenness
from stakeholder_net.measures._register import Register


def crowd(*, weight: str = "newman", **how: object) -> StakeholderNetwork:
    """Two assemblies whose members mostly met nowhere else, and small tables; a second layer ties a few."""
    rng = np.random.default_rng(8)
    chance = np.array([0.5, 0.4, *[0.05] * 12])
    net = project(register(rng.random((60, 14)) < chance), weight=weight, **how)  # type: ignore[arg-type]
    ids = net.actors.index
    return net.with_ties(
        pd.DataFrame({"source": ids[[0, 3, 9]], "target": ids[[1, 40, 50]], "weight": [0.2, 1.0, 3.0]}),
        layer="partnership",
    )


@pytest.mark.parametrize("weight", ["newman", "count"])
def test_the_same_as_networks_made_anew_for_each_draw(weight: str) -> None:
    net = crowd(weight=weight)
    known = Register(net)
    ways = EventWays(known)
    assert ways.has_point.sum() == 2
    assert ways.lengths({}).nnz < 0.6 * 2 * flatten(net).n_ties
    rng = np.random.default_rng(1)
    for _ in range(12):
        times = {"attendance": np.bincount(rng.integers(0, 14, 14), minlength=14)}
        expected = betweenness(flatten(known.with_multiplicities(times))).to_numpy()
        assert ways.betweenness(times) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_the_same_as_another_library() -> None:
    net = crowd()
    graph = convert.to_networkx(flatten(net))
    for _, _, tie in graph.edges(data=True):
        tie["length"] = 1 / tie["weight"]
    theirs = pd.Series(nx.betweenness_centrality(nx.Graph(graph), weight="length"))
    assert JointBetweenness()(net).to_dict() == pytest.approx(theirs.to_dict(), rel=1e-9, abs=1e-12)


def test_a_pair_left_with_one_event_is_not_counted_twice() -> None:
    seats = np.zeros((9, 2), dtype=bool)
    seats[:8, 0] = True
    seats[[0, 1, 8], 1] = True
    net = project(register(seats))
    known, ways = Register(net), EventWays(Register(net))
    assert ways.has_point.tolist() == [True, False]
    times = {"attendance": np.array([1, 0])}
    # all eight meet each other directly: nobody lies between
    assert ways.betweenness(times).tolist() == [0] * 9
    assert betweenness(flatten(known.with_multiplicities(times))).to_list() == [0] * 9


def test_shares_of_the_sources_add_up_and_processes_change_nothing() -> None:
    net = crowd()
    ways = EventWays(Register(net))
    whole = ways.betweenness({})
    assert ways.betweenness({}, sources=1000) == pytest.approx(whole)
    parts = np.array([ways.betweenness({}, sources=12, seed=seed) for seed in range(300)])
    assert np.ptp(parts, axis=0).max() > 0
    error = parts.std(axis=0) / np.sqrt(len(parts))
    assert (np.abs(parts.mean(axis=0) - whole) <= 5 * error + 1e-12).all()
    assert JointBetweenness(n_jobs=2)(net).to_list() == pytest.approx(whole.tolist())


def test_where_ties_are_no_sums_over_events_they_are_taken_as_they_are() -> None:
    for net in (
        crowd(weight="jaccard"),
        crowd(roles={"organiser": 2.0}),
        register(np.ones((3, 2), dtype=bool)),
    ):
        assert JointBetweenness()(net).to_list() == pytest.approx(betweenness(flatten(net)).to_list())


def test_many_events_are_drawn_only_and_the_table_says_so() -> None:
    net = crowd()
    how = {"seed": 1, "top": 3, "draws": 60, "cases": 0, "progress": False}
    full = stability(JointBetweenness(), net, **how)  # type: ignore[arg-type]
    some = stability(JointBetweenness(sources=20), net, one_by_one=False, language="en", **how)  # type: ignore[arg-type]
    assert set(full["sources"]) == {0}
    assert set(some["sources"]) == {20}
    assert some["rank_worst"].isna().all()
    assert "leaving out" not in some["why"][0]
    assert "in 95 cases of 100" in some["why"][0]
    # the value and the place of the network itself stay exact
    assert some["value"].to_list() == pytest.approx(full["value"].to_list())
    assert (some["standing"] == "surely_in").sum() <= (full["p_top"] >= 0.95).sum()
    shared = stability(JointBetweenness(sources=20), net, one_by_one=False, n_jobs=2, language="en", **how)  # type: ignore[arg-type]
    pd.testing.assert_frame_equal(shared, some)


def test_values_that_are_known_are_not_worked_out_again() -> None:
    net = crowd()
    known = JointBetweenness()(net)
    assert JointBetweenness(known=known)(net) is known
    how = {"seed": 1, "top": 3, "draws": 8, "cases": 0, "progress": False}
    pd.testing.assert_frame_equal(
        stability(JointBetweenness(known=known), net, **how),  # type: ignore[arg-type]
        stability(JointBetweenness(), net, **how),  # type: ignore[arg-type]
    )
