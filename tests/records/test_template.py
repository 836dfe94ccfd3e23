"""A new project folder reads back without a word, in both languages, and holds no real body."""

from __future__ import annotations

import hashlib
import re
import tomllib
import zipfile

import pytest
import python_calamine as calamine

from stakeholder_net import UnreadableFileError, open_project
from stakeholder_net.records import clean, new_project, read_table

LANGUAGES = pytest.mark.parametrize("language", ["it", "en"])


def tables(folder):
    entries = tomllib.loads((folder / "stakeholder.toml").read_text("utf-8"))["files"]
    return {
        entry["table"]: clean(
            read_table(folder / entry["path"], entry["table"], base=folder, sheet=entry.get("sheet"))
        )
        for entry in entries
    }


@LANGUAGES
def test_the_template_reads_back_without_a_problem(tmp_path, language):
    new_project(tmp_path / "distretto", language=language)
    read = tables(tmp_path / "distretto")
    assert {name: len(table.frame) for name, table in read.items()} == {
        "attendance": 5, "events": 2, "register": 4, "collaborations": 2, "aliases": 1,
    }  # fmt: skip
    assert {fault.code for table in read.values() for fault in table.problems} == {"invented_rows"}
    assert read["attendance"].frame["status"].tolist() == [
        "present",
        "present",
        "announced",
        "present",
        "present",
    ]
    assert read["attendance"].frame["persons"].fillna(0).tolist() == [2, 1, 0, 1, 3]
    assert read["register"].frame["kind"].tolist() == ["comune", "coop_sociale", "associazione", "scuola"]
    assert read["collaborations"].frame["role"].tolist() == ["lead", "partner"]
    assert read["events"].frame["start"].dt.strftime("%Y-%m-%d").tolist() == ["2021-09-03", "2021-10-15"]
    assert set(read["attendance"].frame["event"]) == set(read["events"].frame["event"])


@LANGUAGES
def test_the_workbook_is_read_without_naming_its_sheet(tmp_path, language):
    new_project(tmp_path, language=language)
    raw = read_table(tmp_path / "data" / "raw" / "foglio_presenze.xlsx", "attendance")
    assert len(raw.frame) == 5
    assert [fault.code for fault in raw.problems] == ["invented_rows"]


@LANGUAGES
def test_every_invented_row_says_so(tmp_path, language):
    new_project(tmp_path, language=language)
    for table in tables(tmp_path).values():
        assert table.frame["source"].str.contains("ESEMPIO INVENTATO|INVENTED EXAMPLE").all()


@LANGUAGES
def test_drop_downs_offer_what_the_reader_knows_and_instructions_are_in_both_languages(tmp_path, language):
    new_project(tmp_path, language=language)
    path = tmp_path / "data" / "raw" / "foglio_presenze.xlsx"
    with zipfile.ZipFile(path) as book:
        sheets = [book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2, 3)]
    for sheet, columns in zip(sheets, ("ADE", "CDE", "B"), strict=True):
        assert set(re.findall(r'<dataValidation [^>]*sqref="([A-Z])5:', sheet)) == set(columns)
    *_, instructions, lists = calamine.load_workbook(path).sheet_names
    text = str(calamine.load_workbook(path).get_sheet_by_name(instructions).to_python())
    assert "Come si compila" in text
    assert "How to fill in" in text
    offered = [
        row[0] for row in calamine.load_workbook(path).get_sheet_by_name(lists).to_python()[1:] if row[0]
    ]
    path = tmp_path / "scelte.csv"
    path.write_text(
        "Ente;Evento;Presenza\n" + "".join(f"E{n};X;{word}\n" for n, word in enumerate(offered)), "utf-8"
    )
    assert clean(read_table(path, "attendance")).frame["status"].nunique() == 6


def test_the_same_call_makes_the_same_bytes(tmp_path):
    sums = [
        [hashlib.sha256(path.read_bytes()).hexdigest() for path in new_project(tmp_path / name)]
        for name in ("a", "b")
    ]
    assert sums[0] == sums[1]


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mio.txt").write_text("mio", "utf-8")
    with pytest.raises(UnreadableFileError, match="holds something already"):
        new_project(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mio.txt"]


@LANGUAGES
def test_invented_rows_that_still_count_are_told_and_stand_in_the_title(tmp_path, language):
    new_project(tmp_path / "p", language=language)
    project = open_project(tmp_path / "p")
    records = project.read()
    told = {fault.file: fault.params["count"] for fault in records.problems if fault.code == "invented_rows"}
    assert told["data/raw/collaborazioni.xlsx"] == "2"
    assert project.build(records).network.name.endswith("[ESEMPIO INVENTATO / INVENTED EXAMPLE]")
    (stage,) = [stage for stage in project.run() if stage.name == "read"]
    assert set(stage.facts["invented"]) == set(told)


def test_real_rows_are_not_called_invented(tmp_path):
    path = tmp_path / "fogli.csv"
    path.write_text("Ente;Evento;Note\nAvis di Force;E1;un esempio\n", "utf-8")
    assert not [p for p in clean(read_table(path, "attendance")).problems if p.code == "invented_rows"]
