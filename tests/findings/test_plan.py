"""A plan is as good as full enumeration says, keeps every load, and tells who is outside and who can bring them in."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.findings.test_coalitions import network, piceno, worth

from stakeholder_net import OptionError, StakeholderNetwork, UnknownNameError
from stakeholder_net.findings import Call, action_plan, match_priorities

THEMES = ("minori", "anziani", "casa")


@st.composite
def plans(draw):
    n = draw(st.integers(3, 5))
    kinds = draw(st.lists(st.sampled_from(["comune", "coop_sociale", "ets_aps"]), min_size=n, max_size=n))
    themes = draw(st.lists(st.sampled_from((*THEMES, "")), min_size=n, max_size=n))
    every = list(itertools.combinations(range(n), 2))
    pairs = draw(st.lists(st.sampled_from(every), unique=True, max_size=len(every)))
    net = network(kinds, ["Ascoli Piceno"] * n, themes, pairs)
    calls = [
        Call(
            title=title, min_partners=draw(st.integers(1, 3)), max_partners=3,
            max_load=draw(st.sampled_from([None, 1])),
            required_kinds=draw(st.sampled_from([{}, {"comune": 1}, {"terzo settore": 2}])),
            award_themes=draw(st.sampled_from([(), ("casa",)])),
            loads=draw(st.sampled_from([{}, {"a00": 0}])), themes=THEMES, min_themes=draw(st.integers(0, 1)),
        )
        for title in ("Uno", "Due")
    ]  # fmt: skip
    return net, calls


def plan_worth(net, calls, chosen) -> tuple | None:
    """Return the value of a plan, one tuple of places a call (empty: not answered), or None when a rule is broken."""
    values = [
        worth(net, call, places) if places else (0, 0, 0, 0)
        for call, places in zip(calls, chosen, strict=True)
    ]
    if None in values:
        return None
    caps = [call.max_load for call in calls if call.max_load is not None]
    for place in range(net.n_actors):
        own = [call.loads[f"a{place:02d}"] for call in calls if f"a{place:02d}" in call.loads]
        if sum(place in places for places in chosen) > min([*caps, *own, 9]):
            return None
    involved = set().union(*chosen)
    held = {theme for place in involved for theme in net.actors["themes"].iloc[place].split(";") if theme}
    return (
        sum(bool(places) for places in chosen), len(held & set(THEMES)), len(involved), sum(v[0] for v in values),
        sum(v[1] for v in values), -sum(len(places) for places in chosen),
    )  # fmt: skip


@given(plans())
@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_a_plan_is_the_best_of_all(drawn):
    net, calls = drawn
    subsets = [s for k in range(net.n_actors + 1) for s in itertools.combinations(range(net.n_actors), k)]
    best = max(
        value for chosen in itertools.product(subsets, repeat=2)
        if (value := plan_worth(net, calls, chosen)) is not None
    )  # fmt: skip
    found = action_plan(net, calls, priorities=THEMES)
    rows = {row.call: tuple(sorted(net.actors.index.get_indexer(list(row.actors))))
            for row in found[found["status"] == "coalition"].itertuples()}  # fmt: skip
    chosen = tuple(rows.get(call.title, ()) for call in calls)
    assert plan_worth(net, calls, chosen) == best
    assert (found["calls_answered"] == best[0]).all()
    assert (found["priorities_covered"] == best[1]).all()
    assert (found["actors_involved"] == best[2]).all()
    assert (found["status"] == "unanswered").sum() == 2 - best[0]
    assert len(found[found["status"].isin(["actor", "outside"])]) == net.n_actors or best[2] == 0


def test_who_is_outside_and_who_brings_them_in():
    net = network(
        ["comune", "coop_sociale", "ets_aps", "ets_odv", "universita", "ets_aps", "scuola"], ["Ascoli Piceno"] * 7,
        [""] * 7, [(0, 1), (1, 2), (2, 3), (3, 4)],
    )  # fmt: skip
    call = Call(
        title="Uno", min_partners=2, max_partners=2, must_have=("a00", "a01"), excluded_kinds=("scuola",)
    )
    found = action_plan(net, [call])
    outside = found[found["status"] == "outside"].set_index("actor_id")
    assert outside["steps"].to_dict() == {"a02": 1, "a03": 2, "a04": 3, "a05": np.inf, "a06": np.inf}
    assert outside["via"].to_dict() == {
        "a02": (),
        "a03": ("a02",),
        "a04": ("a03", "a02"),
        "a05": (),
        "a06": (),
    }
    assert "conosce già Ente a01, partner di «Uno»" in outside.loc["a02", "why"]
    assert "Ente a02 può presentarlo a Ente a01" in outside.loc["a03", "why"]
    assert "3 passi" in outside.loc["a04", "why"]
    assert "invito diretto di Ente a01, capofila" in outside.loc["a05", "why"]
    assert "nessun bando aperto ammette" in outside.loc["a06", "why"]
    actor = found[found["status"] == "actor"].set_index("actor_id")
    assert "guida «Uno»" in actor.loc["a00", "why"] or "guida «Uno»" in actor.loc["a01", "why"]


def test_a_call_that_nobody_can_answer_and_one_for_which_no_load_is_left():
    first = Call(title="Uno", min_partners=1, max_partners=1, required_kinds={"universita": 1}, max_load=1)
    second = Call(title="Due", min_partners=1, max_partners=1, required_kinds={"universita": 1})
    never = Call(title="Mai", required_kinds={"scuola": 1})
    found = action_plan(piceno(), [first, second, never])
    why = found[found["status"] == "unanswered"].set_index("call")["why"]
    assert (
        "carichi ammessi" in why[["Uno", "Due"]].dropna().iloc[0] if "Uno" in why else "carichi" in why["Due"]
    )
    assert "regole in conflitto: almeno un ente di tipo «Scuola»" in why["Mai"]
    assert (found["calls_answered"] == 1).all()


def test_priorities_are_told_covered_or_not():
    votes = pd.DataFrame({"actor": ["a04", "a03"], "theme": ["ricerca", "anziani"]})
    matched = match_priorities(piceno(), votes)
    call = Call(title="Uno", min_partners=2, max_partners=2, excluded_kinds=("universita",))
    found = action_plan(piceno(), [call], priorities=matched).set_index("theme")
    assert found.loc["anziani", "status"] == "priority"
    assert found.loc["ricerca", "status"] == "priority_uncovered"
    assert "la portano: Ente a04" in found.loc["ricerca", "why"]
    named = action_plan(piceno(), [call], priorities=["sport"]).set_index("theme")
    assert "nessun candidato la porta" in named.loc["sport", "why"]


def test_two_calls_have_two_leads_where_they_can():
    both = ("a00", "a01")
    calls = [Call(title=t, max_partners=6, lead_kinds=("comune",), must_have=both) for t in ("Uno", "Due")]
    found = action_plan(piceno(), calls)
    assert found[found["status"] == "coalition"]["lead"].nunique() == 2


def test_refusals():
    call = Call(title="Uno", max_partners=3)
    with pytest.raises(OptionError, match="one call or more"):
        action_plan(piceno(), [])
    with pytest.raises(OptionError, match="same title"):
        action_plan(piceno(), [call, call])
    with pytest.raises(UnknownNameError, match="candidate"):
        action_plan(piceno(), [Call(title="Uno", max_partners=3, loads={"Nessuno": 1})])
    nobody = StakeholderNetwork(actors=pd.DataFrame({"actor_id": [], "name": [], "kind": []}, dtype="str"))
    with pytest.raises(OptionError, match="no actors"):
        action_plan(nobody, [call])
