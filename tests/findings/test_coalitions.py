"""Coalitions are as good as full enumeration says, differ from one another, and refuse what cannot be answered."""

from __future__ import annotations

import functools
import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stakeholder_net import OptionError, StakeholderNetwork, UnknownNameError
from stakeholder_net.findings import Call, coalitions
from stakeholder_net.findings._conflict import _possible, smallest_conflict
from stakeholder_net.findings._rules import build_task

KINDS = ("comune", "coop_sociale", "ets_aps", "universita")
TOWNS = ("Ascoli Piceno", "Folignano", "Venarotta")
THEMES = ("minori", "anziani", "casa")


def network(kinds, towns, themes, pairs) -> StakeholderNetwork:
    ids = [f"a{n:02d}" for n in range(len(kinds))]
    return StakeholderNetwork(
        actors=pd.DataFrame(
            {
                "actor_id": ids,
                "name": [f"Ente {i}" for i in ids],
                "kind": kinds,
                "municipality": towns,
                "themes": themes,
                "cost": np.arange(len(ids), dtype=float) % 5 + 1,
            }
        ),
        ties=pd.DataFrame(
            [(ids[a], ids[b], "partnership", 1.0) for a, b in pairs],
            columns=["source", "target", "layer", "weight"],
        )
        .astype({"source": "str", "target": "str", "layer": "str", "weight": "float64"})
        .assign(evidence="patto.csv:2"),
    )


@st.composite
def problems(draw):
    n = draw(st.integers(4, 8))
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=n, max_size=n))
    towns = draw(st.lists(st.sampled_from(TOWNS), min_size=n, max_size=n))
    themes = draw(st.lists(st.sampled_from((*THEMES, "minori;casa", "")), min_size=n, max_size=n))
    every = list(itertools.combinations(range(n), 2))
    pairs = draw(st.lists(st.sampled_from(every), unique=True, max_size=len(every)))
    least = draw(st.integers(1, 4))
    call = Call(
        title="Prova",
        min_partners=least,
        max_partners=draw(st.integers(least, 6)),
        lead_kinds=draw(st.sampled_from([(), ("comune",), ("comune", "universita")])),
        required_kinds=draw(
            st.dictionaries(
                st.sampled_from(["comune", "terzo settore", "universita"]), st.integers(1, 2), max_size=2
            )
        ),
        max_kinds=draw(st.dictionaries(st.sampled_from(["coop_sociale"]), st.integers(0, 2), max_size=1)),
        excluded_kinds=draw(st.sampled_from([(), ("universita",)])),
        municipalities=draw(st.sampled_from([(), TOWNS[:1], TOWNS[:2]])),
        min_themes=draw(st.sampled_from([None, 1, 2])),
        themes=draw(st.sampled_from([THEMES, THEMES[:2]])),
        incompatible=draw(st.sampled_from([(), (("a00", "a01"),)])),
        limits=draw(st.sampled_from([{}, {"cost": 9.0}])),
        award_themes=draw(st.sampled_from([(), THEMES])),
        award_kinds=draw(st.sampled_from([(), ("universita",)])),
    )
    return network(kinds, towns, themes, pairs), call


def worth(net: StakeholderNetwork, call: Call, chosen: tuple[int, ...]) -> tuple[float, ...] | None:
    """Return the value of a coalition by the words of the call, or None when it breaks a rule."""
    actors = facts(net)
    kinds = [actors["kind"][c] for c in chosen]
    families = {"terzo settore": {"coop_sociale", "ets_aps"}}
    of = lambda word: sum(kind in families.get(word, {word}) for kind in kinds)  # noqa: E731 - said once
    themes = {theme for c in chosen for theme in actors["themes"][c].split(";") if theme}
    wanted = len(call.themes) if call.min_themes is None else call.min_themes
    kept = [
        call.min_partners <= len(chosen) <= call.max_partners,
        not call.lead_kinds or any(kind in call.lead_kinds for kind in kinds),
        all(of(word) >= least for word, least in call.required_kinds.items()),
        all(of(word) <= most for word, most in call.max_kinds.items()),
        not set(kinds) & set(call.excluded_kinds),
        set(call.municipalities) <= {actors["municipality"][c] for c in chosen},
        len(themes & set(call.themes)) >= wanted,
        not any({actors["place"][name] for name in names} <= set(chosen) for names in call.incompatible),
        all(sum(actors[column][c] for c in chosen) <= most for column, most in call.limits.items()),
    ]
    if not all(kept):
        return None
    ties = [pair for pair in actors["ties"] if set(pair) <= set(chosen)]
    tied = set(itertools.chain.from_iterable(ties))
    awards = len(themes & set(call.award_themes)) + len(set(kinds) & set(call.award_kinds))
    return (awards, -(len(chosen) - len(tied)), -len(chosen), len(ties))


@functools.cache
def facts(net: StakeholderNetwork) -> dict[str, list]:
    place = {actor: n for n, actor in enumerate(net.actors.index)}
    ties = [(place[a], place[b]) for a, b in zip(net.ties["source"], net.ties["target"], strict=True)]
    return {column: list(net.actors[column]) for column in net.actors.columns} | {
        "ties": ties,
        "place": place,
    }


def best_by_enumeration(net: StakeholderNetwork, call: Call) -> tuple[float, ...] | None:
    values = [
        worth(net, call, chosen)
        for size in range(1, net.n_actors + 1)
        for chosen in itertools.combinations(range(net.n_actors), size)
    ]
    known = [value for value in values if value is not None]
    return max(known) if known else None


@given(problems())
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_the_best_coalition_is_the_best_of_all(problem):
    net, call = problem
    found = coalitions(net, call, n=1)
    best = best_by_enumeration(net, call)
    if best is None:
        assert set(found["status"]) == {"infeasible"}
        assert found["why"].str.len().min() > 20
        return
    row = found.iloc[0]
    assert row["status"] == "optimal"
    assert (row["awards"], row["trusted"] - row["n"], -row["n"], row["tied_pairs"]) == best
    places = tuple(net.actors.index.get_indexer(list(row["actors"])))
    assert worth(net, call, places) == best


@given(problems(), st.integers(0, 3))
@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_alternatives_differ_and_never_improve(problem, seed):
    net, call = problem
    found = coalitions(net, call, n=3, seed=seed, distance=2)
    if "infeasible" in set(found["status"]):
        return
    sets = [frozenset(actors) for actors in found["actors"]]
    assert all(len(a ^ b) >= 2 for a, b in itertools.combinations(sets, 2))
    values = [worth(net, call, tuple(net.actors.index.get_indexer(sorted(chosen)))) for chosen in sets]
    assert values == sorted(values, reverse=True)
    assert found.equals(coalitions(net, call, n=3, seed=seed, distance=2))


@given(problems())
@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_a_conflict_is_the_smallest(problem):
    net, call = problem
    asked = build_task(net, call)
    conflict = smallest_conflict(asked)
    everything = range(len(asked.rules))
    if not conflict:
        assert _possible(asked, everything)
        return
    places = [asked.rules.index(rule) for rule in conflict]
    assert not _possible(asked, places)
    smaller = itertools.chain.from_iterable(itertools.combinations(everything, k) for k in range(len(places)))
    assert all(_possible(asked, some) for some in smaller)


def piceno() -> StakeholderNetwork:
    return network(
        ["comune", "comune", "coop_sociale", "ets_aps", "universita", "ets_aps"],
        ["Ascoli Piceno", "Folignano", "Ascoli Piceno", "Venarotta", "Ascoli Piceno", "Folignano"],
        ["", "", "minori", "anziani", "", "casa"],
        [(0, 2), (0, 1), (2, 3)],
    )


def test_reasons_name_what_is_covered_and_by_whom():
    call = Call(
        title="Prova",
        min_partners=3,
        max_partners=4,
        lead_kinds=("comune",),
        required_kinds={"terzo settore": 2},
        award_themes=("casa", "salute"),
    )
    row = coalitions(piceno(), call, n=1).iloc[0]
    assert row["lead"] == "a00"
    assert row["actors"][0] == "a00"
    assert "Copre almeno 2 enti di tipo «terzo settore» (con " in row["why"]
    assert "Manca: criterio premiale tema «salute»" in row["why"]
    assert "Ente a05" in row["why"]
    assert row["awards"] == 1
    english = coalitions(piceno(), call, n=1, language="en").iloc[0]
    assert english["actors"] == row["actors"]
    assert "possible lead Ente a00" in english["why"]


def test_the_only_tie_is_named():
    call = Call(title="Prova", min_partners=3, max_partners=3, must_have=("a00", "a02", "a03"))
    row = coalitions(piceno(), call, n=1).iloc[0]
    assert "Ente a02 è l'unico legame di Ente a00 e Ente a03 con gli altri" in row["why"]
    assert row["evidence"] == "patto.csv:2"


def test_an_impossible_call_names_the_rules_in_conflict():
    call = Call(
        title="Prova",
        min_partners=2,
        max_partners=3,
        required_kinds={"comune": 2, "universita": 1, "coop_sociale": 1},
    )
    found = coalitions(piceno(), call)
    assert set(found["status"]) == {"infeasible"}
    assert list(found["evidence"]) == ["max_partners", "required_kinds", "required_kinds", "required_kinds"]
    assert found["why"].str.contains("al massimo 3 partner").sum() == 1
    assert found["actors"].map(len).eq(0).all()


def test_a_kind_that_nobody_has_is_named_alone():
    call = Call(title="Prova", required_kinds={"azienda sanitaria": 1, "comune": 1})
    found = coalitions(piceno(), call)
    assert len(found) == 1
    assert "azienda sanitaria" in found["why"].iloc[0]


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (Call(title="Vuoto"), OptionError, "no requirement"),
        (Call(title="Tutti fuori", allowed_kinds=("azienda sanitaria",)), OptionError, "excludes all 6"),
        (
            Call(title="Grafia", required_kinds={"cooperativa socialle": 1}),
            UnknownNameError,
            "cooperativa sociale",
        ),
        (Call(title="Ente", must_have=("Ente a0",)), UnknownNameError, "Did you mean"),
        (Call(title="Limite", limits={"costs": 3.0}), UnknownNameError, "cost"),
    ],
)
def test_sensible_refusals(call, error, said):
    with pytest.raises(error, match=said):
        coalitions(piceno(), call)


def test_actors_of_no_known_kind_are_no_candidates():
    net = piceno().with_actors(kind=dict.fromkeys(piceno().actors.index, "sconosciuto"))
    with pytest.raises(OptionError, match="known kind"):
        coalitions(net, Call(title="Prova", required_kinds={"comune": 1}))
    with pytest.raises(OptionError, match="no actors"):
        coalitions(
            StakeholderNetwork(actors=pd.DataFrame({"actor_id": [], "name": [], "kind": []}, dtype="str")),
            Call(title="Prova", required_kinds={"comune": 1}),
        )
