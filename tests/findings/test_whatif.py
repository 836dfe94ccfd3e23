"""What if: a partner says no, an actor, an event or a tie is gone, a table is added."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from tests.findings.test_coalitions import piceno, problems, worth

from stakeholder_net import (
    OptionError,
    StakeholderNetwork,
    UnknownNameError,
    degree,
    flatten,
    project,
    strength,
)
from stakeholder_net.findings import (
    Call,
    Change,
    changed,
    coalitions,
    if_one_says_no,
    representation,
    side_by_side,
    what_if,
)


@given(problems())
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_a_remedy_keeps_as_many_as_can_be_kept(problem):
    net, call = problem
    best = coalitions(net, call, n=1).iloc[0]
    if best["status"] == "infeasible":
        return
    ids = list(net.actors.index)
    coalition = set(best["actors"])
    possible = [
        {ids[i] for i in chosen}
        for size in range(1, len(ids) + 1) for chosen in itertools.combinations(range(len(ids)), size)
        if worth(net, call, chosen) is not None
    ]  # fmt: skip
    for row in if_one_says_no(net, call, actors=best["actors"]).itertuples():
        rest = coalition - {row.actor_id}
        without = [each for each in possible if row.actor_id not in each]
        if row.status == "holds":
            assert rest in possible
        elif row.status == "essential":
            assert not without
        else:
            assert rest not in possible
            assert set(row.after) in without
            assert len(rest & set(row.after)) == max(len(rest & each) for each in without)
            assert set(row.after) == (rest | set(row.joined)) - set(row.left)


def test_who_would_be_missed_is_told():
    call = Call(title="Prova", min_partners=2, max_partners=3, required_kinds={"universita": 1, "comune": 1})
    found = if_one_says_no(piceno(), call, actors=("Ente a04", "a00", "a02")).set_index("actor_id")
    assert found["status"].to_dict() == {"a04": "essential", "a00": "replaceable", "a02": "holds"}
    assert found.loc["a00", "joined"] == ("a01",)
    assert "Senza Ente a00 non è più rispettato: almeno un ente di tipo «Comune»" in found.loc["a00", "why"]
    assert "Nessun altro può sostituirlo" in found.loc["a04", "why"]
    assert found.index[0] == "a04"
    with pytest.raises(OptionError, match="no members"):
        if_one_says_no(piceno(), call, actors=())
    with pytest.raises(UnknownNameError):
        if_one_says_no(piceno(), call, actors=("zz",))


def tables() -> StakeholderNetwork:
    rows = {"E1": "abcd", "E2": "ab", "E3": "cd"}
    net = StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": list("abcd"), "name": [f"Ente {i}" for i in "abcd"],
                             "kind": ["comune", "ets_odv", "ets_odv", "comune"], "registered": True}),
        events=pd.DataFrame({"event_id": list(rows), "name": ["Uno", "Due", "Tre"], "kind": "table"}),
        attendance=pd.DataFrame([(a, e, "present") for e, who in rows.items() for a in who],
                                columns=["actor_id", "event_id", "status"]),
        ties=pd.DataFrame({"source": ["a"], "target": ["c"], "layer": "partnership", "weight": 1.0}),
    )  # fmt: skip
    return project(net)


def test_an_event_without_its_convenor_ties_the_others_more_closely():
    after = changed(tables(), Change(without=("Ente a",)))
    ties = after.layer("attendance").ties.set_index(["source", "target"])["weight"]
    assert ties[("b", "c")] == pytest.approx(1 / 2)
    assert tables().layer("attendance").ties.set_index(["source", "target"])["weight"][
        ("b", "c")
    ] == pytest.approx(1 / 3)


def test_a_measure_beside_itself():
    found = what_if(
        tables(), Change(without_events=("Uno",)), finding=lambda n: strength(n.layer("attendance"))
    )
    rows = found.set_index("actor_id")
    assert rows["strength"].to_dict() == pytest.approx({"a": 2, "b": 2, "c": 2, "d": 2})
    assert rows["strength_after"].tolist() == pytest.approx([1] * 4)
    assert rows["strength_change"].tolist() == pytest.approx([-1] * 4)
    assert set(found["status"]) == {"changed"}
    assert found.attrs["change"] == "senza l'evento Uno"


def test_a_finding_beside_itself():
    table = what_if(tables(), Change(new_events={"Nuovo tavolo": ["a", "d"]}), finding=representation)
    assert set(table["status"]) == {"same"}
    gone = what_if(tables(), Change(without=("b",)), finding=representation).set_index("group")
    row = gone.loc["Organizzazione di volontariato"]
    assert (row["n"], row["n_after"], row["n_change"]) == (2, 1, -1)
    assert row["status"] == "changed"
    assert row["why"] != row["why_after"]


def test_coalitions_beside_themselves():
    call = Call(title="Prova", min_partners=2, max_partners=2, required_kinds={"comune": 1})
    found = what_if(tables(), Change(without=("a",)), finding=lambda n: coalitions(n, call, n=1))
    assert len(found) == 1
    assert found["status"].iloc[0] in {"changed", "same"}
    assert "n_after" in found


def test_ties_cut_and_added():
    net = tables()
    cut = changed(net, Change(without_ties=(("Ente a", "c"),)))
    assert (("a", "c") in set(zip(cut.ties["source"], cut.ties["target"], strict=True))) is False
    added = changed(net, Change(new_ties=(("b", "d"), ("a", "c"))))
    assert len(added.layer("partnership").ties) == 2
    found = what_if(net, Change(new_ties=(("b", "d"),)), finding=lambda n: degree(n.layer("partnership")))
    assert found.iloc[0]["actor_id"] == "b"
    assert found.attrs["change"] == "con un nuovo legame Ente b - Ente d"
    assert degree(flatten(net)).sum() == degree(flatten(changed(net, Change(new_ties=(("a", "b"),))))).sum()


def test_rows_that_come_and_go():
    before = pd.DataFrame({"actor_id": ["a", "b"], "score": [1.0, np.nan], "why": ["x", "y"]})
    after = pd.DataFrame({"actor_id": ["b", "c"], "score": [np.nan, 2.0], "why": ["y", "z"]})
    found = side_by_side(before, after).set_index("actor_id")
    assert found["status"].to_dict() == {"a": "gone", "b": "same", "c": "new"}
    with pytest.raises(UnknownNameError, match="actor_id"):
        side_by_side(before, after, on="actor")
    with pytest.raises(OptionError, match="same"):
        side_by_side(pd.concat([before, before]), after, on="actor_id")


def test_refusals():
    net = tables()
    for change, error in (
        (Change(), OptionError), (Change(without=("Nessuno",)), UnknownNameError),
        (Change(without_events=("E9",)), UnknownNameError), (Change(without_ties=(("b", "z"),)), UnknownNameError),
        (Change(new_ties=(("a", "b", "partnreship"),)), UnknownNameError),
    ):  # fmt: skip
        with pytest.raises(error):
            changed(net, change)
    with pytest.raises(UnknownNameError, match="tie"):
        changed(net.layer("partnership"), Change(without_ties=(("b", "d"),)))
    with pytest.raises(OptionError, match="layer"):
        changed(net.layer("attendance"), Change(new_ties=(("a", "b"),)))
