"""Surely in, perhaps in, out; and whether to rank at all."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tests.measures.test_attendance import register

from stakeholder_net import OptionError, StakeholderNetwork, UnknownNameError, flatten, project
from stakeholder_net.findings import stability, stability_table
from stakeholder_net.measures import betweenness, constraint, measure_table


def district() -> StakeholderNetwork:
    """Two bodies are at nearly every meeting, four at some, four at one."""
    rng = np.random.default_rng(4)
    chance = [0.95, 0.95, 0.5, 0.5, 0.45, 0.4, 0.1, 0.1, 0.1, 0.1]
    seats = rng.random((10, 16)) < np.array(chance)[:, None]
    return project(register(seats))


def test_surely_and_perhaps() -> None:
    table = stability("strength", district(), seed=1, top=2, draws=120, cases=30)
    assert table.columns[:5].to_list() == ["finding", "actors", "score", "why", "evidence"]
    assert len(table) == 10
    assert table["rank"].is_monotonic_increasing
    standing = {actors[0]: said for actors, said in zip(table["actors"], table["standing"], strict=True)}
    assert standing["a00"] == "surely_in"
    assert standing["a01"] == "surely_in"
    assert {standing[f"a{i:02}"] for i in range(6, 10)} == {"out"}
    sure = table[table["standing"] == "surely_in"]
    assert (sure["p_top"] >= 0.95).all()
    assert (sure["rank_worst"] <= 2).all()
    assert table["score"].equals(table["p_top"].rename("score"))
    assert set(table["draws"]) == {120}


def test_a_wider_top_is_less_sure() -> None:
    table = stability("strength", district(), seed=1, top=4, draws=120, cases=0)
    assert "perhaps_in" in set(table["standing"])
    assert set(table["ranking"]) == {"not_looked"}
    assert table["coefficient"].isna().all()


def test_both_languages_say_the_numbers_of_the_row() -> None:
    net = district()
    italian = stability("strength", net, seed=1, top=2, draws=40, cases=0)
    english = stability("strength", net, seed=1, top=2, draws=40, cases=0, language="en")
    first = italian.iloc[0]
    assert f"dal {first['rank_best']:.0f}º al {first['rank_worst']:.0f}º" in first["why"]
    assert "di certo fra i primi 2" in first["why"]
    assert "surely among the first 2" in english.iloc[0]["why"]
    pd.testing.assert_frame_equal(
        italian.drop(columns=["why", "evidence"]), english.drop(columns=["why", "evidence"])
    )


def test_the_seed_decides() -> None:
    net = district()
    one, same, other = (stability("strength", net, seed=seed, draws=40, cases=10) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, same)
    assert not one.equals(other)


def test_the_lowest_may_come_first() -> None:
    table = stability(constraint, district(), seed=1, top=2, draws=30, cases=0, highest=False)
    assert table.iloc[0]["value"] == table["value"].min()
    assert table.iloc[0]["measure"] == "constraint"


def test_without_events_one_actor_is_left_out_at_a_time(gallery) -> None:
    table = stability("degree", gallery["star"](), seed=1, top=1, cases=0)
    assert (
        table["standing"].to_list() == ["surely_in"] + ["perhaps_in"] * 4
    )  # without the centre all are equal
    assert "non ha eventi" in table["why"][0]
    assert set(table["draws"]) == {0}
    assert table["rank_low"].isna().all()


def test_whoever_has_no_value_has_no_place(gallery) -> None:
    table = stability("constraint", gallery["isolate"](), seed=1, top=1, cases=0, language="en")
    last = table.iloc[-1]
    assert (last["actors"], last["standing"]) == (("d",), "undefined")
    assert last["why"].endswith("the measure is not defined.")


def test_measures_over_several_layers_are_given_as_a_function() -> None:
    net = district()
    net = net.with_ties(
        pd.DataFrame({"source": ["a08"], "target": ["a09"], "weight": [1.0]}), layer="partnership"
    )
    table = stability(lambda one: betweenness(flatten(one)), net, seed=1, draws=10, cases=0)
    assert len(table) == 10


def test_a_ranking_that_should_not_be_printed(gallery) -> None:
    table = stability("degree", gallery["ring"](), seed=1, top=1, cases=20, language="en")
    assert set(table["ranking"]) == {"do_not_rank"}
    assert "Do not rank" in table["evidence"][0]
    with pytest.raises(OptionError, match="top"):
        stability("degree", gallery["ring"](), seed=1, top=0)


def test_measures_side_by_side_each_with_what_stability_says_of_it() -> None:
    net = district()
    names = ["strength", "constraint", "overlapping_degree"]
    table = stability_table(net, names, seed=2, top=2, draws=40, progress=False)
    pd.testing.assert_frame_equal(table[names], measure_table(net, names), check_names=False)
    alone = stability("strength", net, seed=2, top=2, draws=40, cases=0, progress=False)
    alone.index = [actors[0] for actors in alone["actors"]]
    assert table["strength_standing"].to_dict() == alone["standing"].to_dict()
    # the least constrained is first
    assert table.loc[table["constraint"].idxmin(), "constraint_rank"] == 1
    assert (table["strength_rank_low"] <= table["strength_rank"]).all()
    assert (table["strength_rank"] <= table["strength_rank_high"]).all()


def test_measures_of_one_layer_stand_beside_those_of_several_on_the_layers_joined(gallery) -> None:
    net = gallery["overlapping_layers"]()
    table = stability_table(net, ["betweenness", "participation"], seed=1, top=1)
    assert table["betweenness"].to_list() == betweenness(flatten(net)).to_list()
    assert set(table.loc[table["participation"].isna(), "participation_standing"]) == {"undefined"}
    with pytest.raises(UnknownNameError, match="strength"):
        stability_table(net, ["strenght"], seed=1)
