"""Presence against inhabitants, evenness and ties between groups: values worked out by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeholder_net import AmbiguousLayersError, OptionError, StakeholderNetwork
from stakeholder_net.findings import (
    equal_presence,
    inequality,
    participation_inequality,
    presence_per_inhabitants,
    ties_between_groups,
)


def network(population=(10_000, 5_000)) -> StakeholderNetwork:
    return StakeholderNetwork(
        actors=pd.DataFrame({
            "actor_id": list("abcdef"), "name": [f"Ente {i}" for i in "abcdef"],
            "kind": ["comune", "comune", "ets_odv", "ets_odv", "ets_odv", "ets_odv"],
            "municipality": ["Ascoli", "Offida", "Ascoli", "Ascoli", "Offida", "Altrove"], "registered": True,
            "population": [*population, None, None, None, None],
        }),
        events=pd.DataFrame({"event_id": ["E1"], "name": ["Tavolo"], "kind": "table"}),
        attendance=pd.DataFrame({"actor_id": list("acdf"), "event_id": "E1", "status": "present"}),
    )  # fmt: skip


def test_presence_per_inhabitants_by_hand():
    found = presence_per_inhabitants(network()).set_index("municipality")
    assert found.loc["Ascoli", "rate"] == pytest.approx(3.0)
    assert found.loc["Offida", "expected"] == pytest.approx(1.0)
    assert found.loc["Offida", "p"] == pytest.approx((2 / 3) ** 3)
    assert found.index[0] == "Offida"
    assert found.loc["Offida", "actors"] == ("b", "e")
    # inhabitants not known: the row stays, its comparison is undefined
    assert found.loc["Altrove", "x"] == 1
    assert np.isnan(found.loc["Altrove", "rate"])
    assert "abitanti non noti" in found.loc["Altrove", "why"]


def test_a_town_without_actors_stays():
    found = presence_per_inhabitants(network(), population={"Ascoli": 10_000, "Palmiano": 200})
    palmiano = found.set_index("municipality").loc["Palmiano"]
    assert (palmiano["x"], palmiano["rate"], palmiano["low"]) == (0, 0, 0)


def test_inhabitants_must_be_known():
    net = network()
    bare = StakeholderNetwork(actors=net.actors.drop(columns="population").reset_index(), events=net.events)
    with pytest.raises(OptionError, match="inhabitants"):
        presence_per_inhabitants(bare)
    with pytest.raises(OptionError, match="above zero"):
        presence_per_inhabitants(net, population={"Ascoli": 0})


@given(st.lists(st.integers(0, 9), min_size=1, max_size=9))
def test_gini_is_the_mean_difference(values):
    found = inequality(values)["gini"]
    if not sum(values):
        assert np.isnan(found)
        return
    differences = [abs(a - b) for a, b in itertools.product(values, values)]
    assert found == pytest.approx(np.mean(differences) / (2 * np.mean(values)), abs=1e-12)


def test_inequality_refuses_the_undefined():
    with pytest.raises(OptionError, match="negative"):
        inequality([1, -1])
    assert len(participation_inequality(network())) == 4


def test_one_group_cannot_differ_from_itself():
    net = network().with_actors(kind=dict.fromkeys("abcdef", "ets_odv"))
    found = equal_presence(net).iloc[0]
    assert np.isnan(found["p"])
    assert np.isnan(found["cramers_v"])


def tied(pairs, kinds, *, directed=False) -> StakeholderNetwork:
    ids = [f"a{i}" for i in range(len(kinds))]
    return StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": ids, "name": ids, "kind": kinds}, dtype="str"),
        ties=pd.DataFrame([(ids[a], ids[b], "x", 1.0) for a, b in pairs],
                          columns=["source", "target", "layer", "weight"]).astype(
                              {"source": "str", "target": "str", "layer": "str", "weight": "float64"}),
        layers=pd.DataFrame({"layer": ["x"], "directed": [directed]}),
    )  # fmt: skip


@given(st.integers(2, 6).flatmap(lambda n: st.tuples(
    st.lists(st.sampled_from(list(itertools.combinations(range(n), 2))), unique=True),
    st.lists(st.sampled_from(["comune", "ets_odv", "scuola"]), min_size=n, max_size=n))))  # fmt: skip
@settings(max_examples=40, deadline=None, derandomize=True)
def test_mean_and_spread_are_those_of_every_shuffle(drawn):
    pairs, kinds = drawn
    found = ties_between_groups(tied(pairs, kinds), draws=9).set_index(["group_a", "group_b"])
    counts = {key: [] for key in found.index}
    for labels in itertools.permutations(kinds):
        seen = [tuple(sorted((labels[a], labels[b]))) for a, b in pairs]
        for key, values in counts.items():
            values.append(seen.count(key))
    for key, values in counts.items():
        assert found.loc[key, "expected"] == pytest.approx(np.mean(values), abs=1e-9)
        assert found.loc[key, "sd"] == pytest.approx(np.std(values), abs=1e-6)
        assert np.isnan(found.loc[key, "z"]) == (np.std(values) < 1e-6)


def test_a_planted_hole_between_groups_is_found():
    """Two cliques of different kinds that do not know each other."""
    groups = [range(6), range(6, 12)]
    pairs = [pair for group in groups for pair in itertools.combinations(group, 2)]
    found = ties_between_groups(tied(pairs, ["comune"] * 6 + ["ets_odv"] * 6)).iloc[0]
    assert (found["group_a"], found["group_b"], found["observed"]) == ("comune", "ets_odv", 0)
    assert found["p_adjusted"] < 0.05
    assert len(found["actors"]) == 12
    assert "Ne mancano circa" in found["why"]


def test_an_arc_either_way_is_one_tie_and_layers_are_not_guessed():
    found = ties_between_groups(tied([(0, 1), (1, 0)], ["comune", "ets_odv"], directed=True), draws=9)
    assert found["observed"].sum() == 1
    net = tied([(0, 1)], ["comune", "ets_odv"])
    two = net.with_ties(pd.DataFrame({"source": ["a0"], "target": ["a1"], "weight": 1.0}), layer="y")
    with pytest.raises(AmbiguousLayersError):
        ties_between_groups(two)
