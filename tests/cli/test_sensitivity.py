"""Which figures hang on what people said about names."""

from __future__ import annotations

import pandas as pd
import pytest

from stakeholder_net.cli import main
from stakeholder_net.projects import Project, open_project
from stakeholder_net.records.build import assemble, count_by_hand
from stakeholder_net.records.decisions import append_decisions, new_decisions
from stakeholder_net.sensitivity import IdentitySensitivity, compare_figures, same_actors

CONFIG = """
title = "Prova"
language = "it"
[[files]]
path = "presenze.csv"
table = "attendance"
[[files]]
path = "grafie.csv"
table = "aliases"
"""
ROWS = """ente;evento
Croce Celeste;E1
Croce Celeste;E2
Gli Azzurri;E2
Gli Azzurri;E3
Comune di Offida;E1
Faro;E3
cittadino;E3
"""


@pytest.fixture
def project(tmp_path) -> Project:
    (tmp_path / "stakeholder.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "presenze.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "grafie.csv").write_text(
        "grafia;nome;cosa\nGli Azzurri;Croce Celeste;actor\n", encoding="utf-8"
    )
    return open_project(tmp_path)


def test_without_the_alias_file_two_bodies_come_apart_and_the_sentence_says_so(project: Project) -> None:
    records = project.read()
    built = project.build(records)
    assert built.network.n_actors == 3
    assert project.build(records, automatic=True).network.n_actors == 4
    found = project.sensitivity(records, built)
    assert found.changes
    assert found.by_hand == 1
    rows = found.frame.set_index("figure")
    assert rows.loc["actors", ["with_people", "automatic", "changes"]].tolist() == [3, 4, True]
    assert "enti (4 invece di 3)" in found.sentence()
    assert "indicazioni date a mano, 1 in tutto" in found.sentence()
    assert "actors (4 instead of 3)" in found.sentence(language="en")


def test_a_decision_in_the_file_of_the_project_counts(project: Project) -> None:
    said = {"decided_on": "2024-05-02", "decided_by": "ufficio di piano", "action": "same"}
    project.decisions_file.parent.mkdir(parents=True, exist_ok=True)
    append_decisions(project.decisions_file, new_decisions([said | {"a": "Faro", "b": "Croce Celeste"}]))
    records = project.read()
    built = project.build(records)
    assert (built.network.n_actors, project.build(records, automatic=True).network.n_actors) == (2, 4)
    assert project.sensitivity(records, built).by_hand == 2


def test_where_nobody_said_anything_nothing_can_change(project: Project) -> None:
    (project.folder / "grafie.csv").write_text("grafia;nome;cosa\n", encoding="utf-8")
    records = project.read()
    found = project.sensitivity(records, project.build(records))
    assert not found.changes
    assert found.by_hand == 0
    assert found.sentence(language="en").startswith("Nobody decided by hand")


def test_the_command_shows_sentence_and_table_and_the_report_holds_the_sentence(project, capsys) -> None:
    main(["sensitivity", str(project.folder), "--output", str(project.folder / "s.csv")])
    assert "Con i soli abbinamenti automatici" in capsys.readouterr().out
    table = pd.read_csv(project.folder / "s.csv")
    assert table["changes"].any()
    records = project.read()
    built = project.build(records)
    report = project.report(project.analyse(built.network), records, built)
    assert "Con i soli abbinamenti automatici" in report.to_bytes(".html").decode()


def test_decisions_that_join_are_left_out_and_who_is_nobody_stays_nobody() -> None:
    said = {"decided_on": "2024-05-02", "decided_by": "ufficio di piano"}
    decisions = new_decisions([
        said | {"action": "same", "a": "Croce Celeste", "b": "Gli Azzurri"},
        said | {"action": "not_an_actor", "a": "Faro"},
    ])  # fmt: skip
    attendance = pd.DataFrame(
        {"actor": ["Croce Celeste", "Gli Azzurri", "Faro", "Comune di Offida"], "event": "E1"}
    )
    tables = {"attendance": attendance}
    assert assemble(tables, decisions=decisions).network.n_actors == 2
    alone = assemble(tables, decisions=decisions, automatic=True).network
    assert sorted(alone.actors["name"]) == ["Comune di Offida", "Croce Celeste", "Gli Azzurri"]
    assert count_by_hand(None, decisions) == 1


def test_a_ranking_is_followed_through_new_ids_and_ties_at_its_end_are_no_change() -> None:
    measures = pd.DataFrame({"degree": [5.0, 3.0, 3.0, 1.0]}, index=["a", "b", "c", "d"])
    automatic = pd.DataFrame(
        {"degree": [5.0, 3.0, 3.0 + 1e-12, 1.0, 9.0]}, index=["a1", "b1", "c1", "d1", "e1"]
    )
    same_as = same_actors(pd.Series(list("abcd")), pd.Series(["a1", "b1", "c1", "d1"]))
    names = (measures.index.to_series(), automatic.index.to_series())
    frame = compare_figures(
        measures, automatic, same_as=same_as, names=names, ties=(4, 4), gaps=({}, {}), first=2
    )
    row = frame.set_index("figure").loc["degree"]
    assert (row["with_people"], row["automatic"], row["leave"], row["enter"]) == (3, 1, "b; c", "e1")
    assert (
        IdentitySensitivity(frame, 1, 2)
        .sentence(language="en")
        .endswith("2 pairs of names are still to be decided.")
    )
