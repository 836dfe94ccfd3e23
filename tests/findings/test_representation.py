"""Who is missing: values worked out by hand, planted absences, false alarms under the null."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stakeholder_net import OptionError, StakeholderNetwork, UnknownNameError
from stakeholder_net.findings import absent_actors, representation
from stakeholder_net.findings._frame import themes_of


def network() -> StakeholderNetwork:
    """Two towns, three associations of which none came, one walk-in, one announced."""
    ids = list("abcdefghw")
    kinds = [
        "comune",
        "comune",
        "ets_odv",
        "ets_odv",
        "ets_odv",
        "coop_sociale",
        "coop_sociale",
        "comune",
        "impresa",
    ]
    towns = [
        "Ascoli Piceno",
        "Folignano",
        "Ascoli Piceno",
        "Ascoli Piceno",
        "Folignano",
        "Ascoli Piceno",
        "Folignano",
        "Venarotta",
        "Offida",
    ]
    return StakeholderNetwork(
        actors=pd.DataFrame(
            {
                "actor_id": ids,
                "name": [f"Ente {i}" for i in ids],
                "kind": kinds,
                "municipality": towns,
                "themes": ["minori;casa", "casa", "", "minori", "", "", "", "casa", ""],
                "registered": [True] * 8 + [False],
            }
        ),
        events=pd.DataFrame({"event_id": ["E1", "E2"], "name": ["Uno", "Due"], "kind": "table"}),
        attendance=pd.DataFrame(
            [
                ("a", "E1", "present", "f.csv:2"),
                ("b", "E1", "remote", "f.csv:3"),
                ("f", "E1", "present", "f.csv:4"),
                ("g", "E2", "delegate", "g.csv:2"),
                ("c", "E2", "announced", "g.csv:3"),
                ("d", "E2", "unknown", "g.csv:4"),
                ("w", "E2", "present", "g.csv:5"),
                ("c", "E1", "absent", "f.csv:5"),
            ],
            columns=["actor_id", "event_id", "status", "source"],
        ),
    )


def test_a_planted_absence_is_first_and_counted_by_hand():
    table = representation(network(), "kind")
    first = table.iloc[0]
    assert (first["kind"], first["n"], first["x"], first["status"]) == ("ets_odv", 3, 0, "exists, never came")
    assert first["actors"] == ("c", "d", "e")
    assert first["expected"] == pytest.approx(3 * 4 / 8)
    assert first["score"] == pytest.approx(1.5)
    assert first["p"] == pytest.approx(5 * 4 * 3 * 2 / (8 * 7 * 6 * 5))
    assert first["ratio"] == 0
    assert "nessuna presenza, " in first["why"]


def test_walk_ins_are_not_counted_but_listed():
    table = representation(network(), "kind")
    assert table["n"].sum() == 8
    assert table["x"].sum() == 4
    walk_in = table.set_index("kind").loc["impresa"]
    assert walk_in["status"] == "no such actor exists"
    assert np.isnan(walk_in["share"])
    assert np.isnan(walk_in["p"])
    assert np.isnan(walk_in["score"])
    outside = absent_actors(network()).set_index("actor_id").loc["w"]
    assert outside["status"] == "not_in_register"


def test_crossings_tell_nobody_exists_from_nobody_came():
    table = representation(network(), ("kind", "municipality")).set_index(["kind", "municipality"])
    assert table.loc[("ets_odv", "Venarotta"), "status"] == "no such actor exists"
    assert table.loc[("ets_odv", "Folignano"), "status"] == "exists, never came"
    assert table.loc[("coop_sociale", "Folignano"), "status"] == "present"
    assert table["n"].sum() == 8
    assert len(table) == 4 * 4


def test_a_body_with_two_themes_counts_in_both_and_the_untold_stay():
    table = representation(network(), "themes").set_index("themes")
    assert table.loc["casa", "n"] == 3
    assert table.loc["minori", "n"] == 2
    assert table.loc["", "n"] == 4
    assert "non indicato" in table.loc["", "why"]


def test_the_eighty_per_cent_rule_never_stands_alone():
    for language, sign in (("it", "80 %"), ("en", "80%")):
        table = representation(network(), "kind", language=language)
        flagged = table[table["why"].str.contains(sign, regex=False)]
        assert len(flagged)
        assert flagged["why"].str.contains(r"n = \d+ (?:e|and) p [=<] \d").all()
        assert (flagged["below_80_percent"]).all()


def test_evidence_names_the_rows():
    table = representation(network(), "kind").set_index("kind")
    assert table.loc["coop_sociale", "evidence"] == "f.csv:4; g.csv:2"


def test_absences_are_told_apart():
    table = absent_actors(network()).set_index("actor_id")
    assert table["status"].to_dict() == {
        "c": "invited_never_came",
        "e": "registered_never_came",
        "h": "registered_never_came",
        "d": "presence_not_stated",
        "w": "not_in_register",
    }
    assert table.loc["c", "events"] == 2
    assert table.loc["c", "evidence"] == "f.csv:5; g.csv:3"
    assert table.index[0] == "c"


@pytest.mark.parametrize("by", ["kind", "kind_group", ("kind", "municipality")])
def test_false_alarms_stay_below_the_nominal_rate(by):
    """Presence drawn at random: p below 5 % in at most 5 % of the groups, a corrected alarm in at most 5 % of draws."""
    rng = np.random.default_rng(7)
    n, draws = 60, 40
    kinds = rng.choice(["comune", "ets_odv", "coop_sociale", "scuola", "asd"], n, p=[0.1, 0.4, 0.2, 0.1, 0.2])
    towns = rng.choice(["A", "B", "C"], n)
    actors = pd.DataFrame(
        {
            "actor_id": [f"a{i:02d}" for i in range(n)],
            "name": "x",
            "kind": kinds,
            "municipality": towns,
            "registered": True,
        }
    )
    raw, alarms, tests = 0, 0, 0
    for _ in range(draws):
        came = rng.choice(actors["actor_id"], 25, replace=False)
        net = StakeholderNetwork(
            actors=actors,
            events=pd.DataFrame({"event_id": ["E"], "name": ["E"], "kind": ["table"]}),
            attendance=pd.DataFrame({"actor_id": came, "event_id": "E", "status": "present"}),
        )
        table = representation(net, by)
        tests += int(table["p"].notna().sum())
        raw += int((table["p"] < 0.05).sum())
        alarms += bool((table["p_adjusted"] < 0.05).any())
    assert raw / tests <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / tests)
    assert alarms / draws <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / draws)


def test_refusals():
    net = network()
    with pytest.raises(OptionError, match="registered"):
        representation(net.with_actors(registered=dict.fromkeys(net.actors.index, False)))
    with pytest.raises(UnknownNameError, match="municipality"):
        representation(net, "municipalities")
    with pytest.raises(UnknownNameError, match="layer"):
        representation(net, layer="attendence")
    with pytest.raises(OptionError, match="language"):
        representation(net, language="fr")
    with pytest.raises(OptionError, match="by="):
        representation(net, ())


def test_without_a_register_nobody_is_outside_it():
    net = network()
    net = net.with_actors(registered=dict.fromkeys(net.actors.index, False))
    assert set(absent_actors(net)["status"]) == {"invited_never_came", "presence_not_stated"}


def test_a_column_of_themes_without_a_single_theme_is_no_theme():
    frame = pd.DataFrame({"themes": pd.Series([None, None], dtype="str")}, index=["a", "b"])
    assert themes_of(frame).empty
