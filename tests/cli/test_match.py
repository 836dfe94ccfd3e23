"""The clerk's round: doubts to a workbook, answers back, an answer taken back; why an actor is what it is."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from stakeholder_net import open_project
from stakeholder_net.cli import main
from stakeholder_net.records import read_decisions
from stakeholder_net.records.review import HEADER
from stakeholder_net.samples import piceno

ONE, OTHER = "CGIL", "Camera del Lavoro Territoriale di Ascoli Piceno - CGIL"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    piceno(tmp_path / "piceno")
    return tmp_path / "piceno"


def _answer(path: Path, answers: dict[str, str]) -> None:
    """Answer as a clerk does: in the yellow column of the row that shows a name."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    for name, answer in answers.items():
        rows = [row for row in range(HEADER + 2, page.max_row + 1) if page.cell(row, 3).value == name]
        assert rows, name
        page.cell(rows[0], 2).value = answer
    book.save(path)


def _names(folder: Path) -> set[str]:
    return set(open_project(folder).network().actors["name"])


def test_the_round_of_a_clerk(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["build", str(folder)])
    assert "stakeholder-net match" in capsys.readouterr().out
    before = open_project(folder).network()
    assert {ONE, OTHER} <= set(before.actors["name"])
    main(["match", str(folder)])
    sheet = folder / "output" / "review.xlsx"
    _answer(sheet, {ONE: "sì"})

    with pytest.raises(SystemExit):
        main(["match", str(folder)])
    assert "1 risposte non ancora lette" in capsys.readouterr().err

    main(["match", str(folder), "--read", str(sheet), "--by", "ufficio di prova", "--on", "2024-05-02"])
    joined = open_project(folder).network()
    assert joined.n_actors == before.n_actors - 1
    assert ONE not in set(joined.actors["name"])
    (decision,) = read_decisions(folder / "data" / "decisions.csv").to_dict("records")
    assert (decision["action"], decision["decided_by"], decision["decided_on"]) == (
        "same", "ufficio di prova", "2024-05-02")  # fmt: skip
    main(["build", str(folder)])  # ids are kept from here on
    capsys.readouterr()

    main(["explain", str(folder), "cgil"])
    assert decision["decision_id"] in capsys.readouterr().out
    main(["match", str(folder), "--list", "--language", "en"])
    assert f"same: {ONE} | {OTHER}" in capsys.readouterr().out

    main(["match", str(folder), "--revoke", decision["decision_id"]])
    assert open_project(folder).network() == before
    main(["match", str(folder), "--list"])
    assert "Nessuna decisione" in capsys.readouterr().out

    # said again on the same day, it is a decision of its own
    main(["match", str(folder), "--read", str(sheet), "--by", "ufficio di prova", "--on", "2024-05-02"])
    assert "1 risposte nuove" in capsys.readouterr().out
    assert len(read_decisions(folder / "data" / "decisions.csv")) == 3
    assert open_project(folder).network().n_actors == joined.n_actors


def test_what_cannot_hold_together_is_not_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["match", str(folder)])
    sheet = folder / "output" / "review.xlsx"
    _answer(sheet, {ONE: "sì"})
    main(["match", str(folder), "--read", str(sheet), "--on", "2024-05-02"])
    kept = (folder / "data" / "decisions.csv").read_bytes()
    _answer(sheet, {ONE: "no"})
    with pytest.raises(SystemExit):
        main(["match", str(folder), "--read", str(sheet), "--on", "2024-05-03"])
    assert (folder / "data" / "decisions.csv").read_bytes() == kept
    assert ONE not in _names(folder)
    (decision,) = read_decisions(folder / "data" / "decisions.csv")["decision_id"]
    assert decision in capsys.readouterr().err


def test_answers_are_one_decision_however_often_they_are_read(folder: Path) -> None:
    main(["match", str(folder)])
    sheet = folder / "output" / "review.xlsx"
    _answer(sheet, {ONE: "no"})
    for _ in range(2):
        main(["match", str(folder), "--read", str(sheet), "--on", "2024-05-02"])
    assert len(read_decisions(folder / "data" / "decisions.csv")) == 1
    main(["match", str(folder)])  # an answered pair is not asked again
    asked = openpyxl.load_workbook(sheet).worksheets[0]
    assert ONE not in {asked.cell(row, 3).value for row in range(1, asked.max_row + 1)}


def test_a_tax_code_is_found_in_a_public_list_by_a_person(folder: Path) -> None:
    listed = folder / "elenco.csv"
    pd.DataFrame({
        "denominazione": ["LA MERIDIANA ONLUS ASSOCIAZIONE", "IL MELOGRANO CENTRO INFORMAZIONE", "ANNI VERDI"],
        "codice_fiscale": ["92035890448", "91039030449", "80003150424"],
        "comune": ["ASCOLI PICENO", "SAN BENEDETTO DEL TRONTO", "FERMO"],
        "rappresentante": ["Nome Sintetico", "Nome Sintetico", "Nome Sintetico"],
    }).to_csv(listed, index=False)  # fmt: skip
    main(["match", str(folder), "--register", str(listed)])
    sheet = folder / "output" / "review_register.xlsx"
    page = openpyxl.load_workbook(sheet).worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=HEADER + 2)]
    offered = {row[2]: row for row in rows}
    meridiana = next(name for name in offered if "Meridiana" in name)
    assert offered[meridiana][3] == "La Meridiana ONLUS Associazione"
    assert not any("Sintetico" in str(cell) for row in rows for cell in row)
    _answer(sheet, {meridiana: "sì"})
    main(["match", str(folder), "--read", str(sheet)])
    actors = open_project(folder).build().identities.actors.set_index("name")
    assert "92035890448" in actors.loc[meridiana, "codes"]
    main(["match", str(folder), "--register", str(listed)])  # what was answered is not asked again
    page = openpyxl.load_workbook(sheet).worksheets[0]
    assert meridiana not in {page.cell(row, 3).value for row in range(HEADER + 2, page.max_row + 1)}
    assert not actors[actors.index.str.contains("Melograno")]["codes"].str.contains("9103903", na=False).any()


def test_an_unknown_name_gets_the_nearest(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["explain", str(folder), "Comune di Folignanno"])
    assert "Comune di Folignano" in capsys.readouterr().err
