"""Priorities: one vote an actor, the agenda, where kinds part, the layer of actors and themes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeholder_net import (
    InvalidTablesError,
    OptionError,
    StakeholderNetWarning,
    StakeholderNetwork,
    UnknownNameError,
    project,
)
from stakeholder_net.findings import (
    Call,
    agenda,
    coalitions,
    convergence,
    match_priorities,
    missing_ties,
    representation,
    with_priorities,
)


def network(n: int = 6) -> StakeholderNetwork:
    ids = [f"a{i}" for i in range(n)]
    return StakeholderNetwork(
        actors=pd.DataFrame({
            "actor_id": ids, "name": [f"Società {i}" for i in range(n)],
            "kind": ["comune" if i < n // 2 else "ets_odv" for i in range(n)], "registered": True,
        }),
        ties=pd.DataFrame({"source": ["a0", "a1"], "target": ["a1", "a2"], "layer": "x", "weight": 1.0}),
    )  # fmt: skip


def votes() -> pd.DataFrame:
    return pd.DataFrame(
        [("Società 0", "casa", 3, "lab", "v.csv:2"), ("società  0", "lavoro", 1, "lab", "v.csv:3"),
         ("a1", "casa", 100, "lab", "v.csv:4"), ("SOCIETA 3", "lavoro", 1, "tavolo", "v.csv:5"),
         ("Società 3", "lavoro", 1, "lab", "v.csv:6")],
        columns=["actor", "theme", "score", "session", "source"],
    )  # fmt: skip


def test_every_actor_has_one_vote():
    matched = match_priorities(network(), votes()).set_index(["actor_id", "theme"])
    assert matched["support"].to_dict() == {("a0", "casa"): 0.75, ("a0", "lavoro"): 0.25, ("a1", "casa"): 1.0,
                                            ("a3", "lavoro"): 1.0}  # fmt: skip
    assert matched.loc[("a3", "lavoro"), "session"] == "lab; tavolo"
    assert matched.loc[("a3", "lavoro"), "source"] == "v.csv:5-6"


def test_ranks_are_votes_too():
    table = pd.DataFrame({"actor": ["a0", "a0", "a0"], "theme": ["x", "y", "z"], "rank": [1, 2, 3]})
    matched = match_priorities(network(), table).set_index("theme")["support"]
    assert matched.to_dict() == pytest.approx({"x": 3 / 6, "y": 2 / 6, "z": 1 / 6})


def test_the_agenda_by_hand():
    found = agenda(network(), match_priorities(network(), votes())).set_index("theme")
    assert found.index[0] == "casa"
    assert (found.loc["casa", "x"], found.loc["casa", "n"], found.loc["casa", "kinds"]) == (2, 3, 1)
    assert found.loc["casa", "support"] == pytest.approx(1.75)
    assert found.loc["lavoro", "strength"] == pytest.approx(0.625)
    assert found.loc["lavoro", "actors"] == ("a3", "a0")
    assert found["support"].sum() == pytest.approx(3)
    assert found.loc["casa", "evidence"] == "v.csv:2,4"
    assert "2 enti su 3" in found.loc["casa", "why"]


@given(
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from("xyz"), st.integers(0, 9)), min_size=1, max_size=15)
)
@settings(max_examples=20, deadline=None, derandomize=True)
def test_votes_add_up_whatever_the_order(rows):
    table = pd.DataFrame(rows, columns=["actor", "theme", "score"])
    table["actor"] = "a" + table["actor"].astype("str")
    if not table["score"].any():
        with pytest.raises(OptionError, match="Nobody"):
            agenda(network(), match_priorities(network(), table))
        return
    found = agenda(network(), match_priorities(network(), table))
    turned = agenda(network(), match_priorities(network(), table[::-1]))
    assert found["support"].sum() == pytest.approx(found["n"].iloc[0])
    pd.testing.assert_frame_equal(found, turned)
    assert found["place"].iloc[0] == 1


def test_kinds_that_part_are_told_and_their_chance():
    net = network(12)
    table = pd.DataFrame({"actor": [f"a{i}" for i in range(12)], "theme": ["casa"] * 6 + ["lavoro"] * 6})
    found = convergence(net, match_priorities(net, table)).iloc[0]
    assert found["likeness"] == 0
    assert found["p"] < 0.05
    assert found["common"] == ()
    assert found["apart"] in {"casa", "lavoro"}
    assert "Si dividono" in found["why"]
    alike = pd.DataFrame({"actor": [f"a{i}" for i in range(12)], "theme": ["casa", "lavoro"] * 6})
    same = convergence(net, match_priorities(net, alike)).iloc[0]
    assert same["likeness"] == pytest.approx(1)
    assert same["p"] > 0.5
    assert "Si dividono" not in same["why"]


def test_actors_one_with_another():
    found = convergence(network(), match_priorities(network(), votes()), by=None)
    likeness = found.set_index(["group_a", "group_b"])["likeness"]
    assert likeness[("a1", "a3")] == 0
    assert likeness[("a0", "a1")] == pytest.approx(0.75 / np.sqrt(0.75**2 + 0.25**2))
    assert found["p"].isna().all()


def test_false_alarms_of_parting_kinds_stay_rare():
    rng = np.random.default_rng(3)
    net = network(20)
    alarms = 0
    for draw in range(40):
        table = pd.DataFrame({"actor": [f"a{i}" for i in range(20)], "theme": rng.choice(list("xyz"), 20)})
        alarms += convergence(net, match_priorities(net, table), draws=199, seed=draw)["p"].iloc[0] <= 0.05
    assert alarms / 40 <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 40)


def test_the_layer_of_actors_and_themes():
    net = with_priorities(network(), match_priorities(network(), votes()))
    assert "priorities" in net.layer_names
    ties = project(net, "priorities").layer("priorities").ties
    assert set(zip(ties["source"], ties["target"], strict=True)) == {("a0", "a1"), ("a0", "a3")}
    # themes that are wanted count as themes of the actor, for calls and for gaps
    call = Call(title="P", min_partners=1, themes=("casa",), max_partners=2)
    assert {"a0", "a1"} & set(coalitions(net, call, n=1)["actors"].iloc[0])
    assert set(representation(with_event(net), "themes")["themes"]) == {"", "casa", "lavoro"}
    with pytest.raises(OptionError, match="already"):
        with_priorities(net, match_priorities(network(), votes()))


def with_event(net: StakeholderNetwork) -> StakeholderNetwork:
    event = pd.DataFrame({"event_id": ["E"], "name": ["E"], "kind": ["table"]})
    seat = pd.DataFrame({"actor_id": ["a0"], "event_id": ["E"], "status": ["present"]})
    return StakeholderNetwork(
        actors=net.actors.reset_index(),
        ties=net.ties,
        layers=net.layers.reset_index(),
        events=pd.concat([net.events.reset_index(), event]),
        attendance=pd.concat([net.attendance, seat]),
    )


def test_same_priority_and_no_tie():
    matched = match_priorities(network(), votes())
    found = missing_ties(network(), priorities=matched, n=9)
    assert found["actors"].tolist() == []
    wanted = match_priorities(network(), pd.DataFrame({"actor": ["a0", "a2"], "theme": "casa"}))
    found = missing_ties(network(), priorities=wanted).iloc[0]
    assert found["actors"] == ("a0", "a2")
    assert found["shared"] == ("casa",)


def test_names_that_are_nobody_are_told():
    table = pd.DataFrame({"actor": ["Ignoto", "a0"], "theme": ["casa", "casa"]})
    with pytest.warns(StakeholderNetWarning, match="Ignoto"):
        matched = match_priorities(network(), table)
    assert matched.attrs["unmatched"] == ["Ignoto"]
    assert len(matched) == 1


def test_refusals():
    net = network()
    with pytest.raises(InvalidTablesError, match="theme"):
        match_priorities(net, pd.DataFrame({"actor": ["a0"]}))
    with pytest.raises(InvalidTablesError, match="not a number"):
        match_priorities(net, pd.DataFrame({"actor": ["a0"], "theme": ["x"], "score": ["molto"]}))
    with pytest.raises(OptionError, match="match_priorities"):
        agenda(net, votes())
    other = pd.DataFrame({"actor_id": ["zz"], "theme": ["x"], "support": [1.0]})
    with pytest.raises(UnknownNameError, match="zz"):
        agenda(net, other)
