"""Each number that a reader meets stands in the tables that go with it: in the PDF's attachment, in the workbook."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

import pandas as pd
import pikepdf
import pytest
from python_calamine import CalamineWorkbook
from tests.report.example import district, whole
from tests.report.numbers import NUMBER, as_number, check_report, check_sentence

from stakeholder_net import planning_report, project
from stakeholder_net.report import Report

LANGUAGES = ("it", "en")


@pytest.fixture(scope="module", params=LANGUAGES)
def report(request: pytest.FixtureRequest) -> Report:
    return whole(request.param)


def attached(report: Report) -> dict[str, Any]:
    with pikepdf.open(io.BytesIO(report.to_bytes(".pdf"))) as pdf:
        data: dict[str, Any] = json.loads(pdf.attachments["data.json"].get_file().read_bytes())
    return data


def test_each_number_is_found_again_in_the_data_attached_to_the_pdf(report) -> None:
    assert check_report(attached(report)) > 25


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_public_edition_has_its_numbers_too(language) -> None:
    assert check_report(whole(language, "public").context.to_dict()) > 15


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_hold_on_the_gallery(any_network, language) -> None:
    check_report(planning_report(any_network, language=language, pictures=False).context.to_dict())


def test_the_workbook_holds_every_table_whole(report) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(report.to_bytes(".xlsx")))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    by_title = {str(rows[0][0]): rows for rows in sheets if rows}
    for table in report.context.tables.values():
        rows = by_title[table.title]
        assert rows[3][: len(table.columns)] == [column.label for column in table.columns]
        for found, row in zip(rows[4:], table.rows, strict=True):
            for cell, value in zip(found, row, strict=False):
                assert same(cell, value), (table.key, cell, value)


def same(cell: object, value: object) -> bool:
    """Whether a cell of the workbook holds a value of a table."""
    if value is None or pd.isna(value):
        return cell in ("n.d.", "n/a")
    if isinstance(value, dt.date):
        return cell == value
    return cell == (pytest.approx(value) if isinstance(value, int | float) else value)


def test_a_wrong_number_in_a_sentence_is_seen(report) -> None:
    """The check itself: each number of each sentence, changed by one, is found out."""
    data = report.context.to_dict()
    changed = 0
    for sentence in data["sentences"].values():
        for name, figure in sentence["figures"].items():
            if figure["number"] is None:
                continue
            wrong = str(int(as_number(figure["text"].replace("%", "").strip(), data["language"])[0]) + 1)
            text, true = figure["text"], dict(figure)
            sentence["figures"][name] = figure | {"text": text.replace(NUMBER.search(text)[0], wrong)}
            with pytest.raises(AssertionError):
                check_sentence(sentence, data)
            sentence["figures"][name] = true
            changed += 1
            break
    assert changed > 25
    loose = next(iter(data["sentences"].values()))
    loose["text"] += " 7"
    with pytest.raises(AssertionError):
        check_sentence(loose, data)


def test_a_wrong_cell_in_a_table_is_seen(report) -> None:
    for key, column in (("brief", 1), ("kinds", 2), ("layers", 1), ("themes", 1), ("coalition_1", 2)):
        data = json.loads(report.to_bytes(".json"))
        data["tables"][key]["rows"][0][column] += 1
        with pytest.raises(AssertionError):
            check_report(data)


def test_those_who_read_the_same_are_not_put_in_order() -> None:
    """Two strengths that differ in the last digit of a float are level."""
    net = project(district())
    measures = pd.DataFrame({"strength": 1.0, "degree": 1, "betweenness": 0.1}, index=net.actors.index)
    measures.loc["a", "strength"] += 1e-12
    context = planning_report(net, measures=measures, pictures=False).context
    assert "a pari valore (1,0)" in context.sentences["hold.strength"].text
