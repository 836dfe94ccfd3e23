"""A sheet on which a clerk says which names are one body, and the way back from it to decisions."""

from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd
import xlsxwriter

from stakeholder_net._checks import check_option, problem
from stakeholder_net._files import write_bytes
from stakeholder_net.errors import InvalidTablesError, Problem, UnreadableFileError
from stakeholder_net.records._cells import cell_text
from stakeholder_net.records._letters import normalise
from stakeholder_net.records._review_text import ANSWERS, TEXTS
from stakeholder_net.records._workbook import read_workbook_grids
from stakeholder_net.records.decisions import new_decisions
from stakeholder_net.records.match import Identities
from stakeholder_net.words import LANGUAGES, Language

__all__ = ["read_review", "write_review"]

LINE: Final = 15  # height of a line in points
HEADER: Final = 3  # row of the headings, counted from 0
_MADE: Final = dt.datetime(2024, 1, 1)  # noqa: DTZ001 - a workbook's date has no zone; a fixed one gives the same bytes
_SHOWN: Final = (
    "one_name", "other_name", "score", "why", "one_town", "other_town", "one_source", "other_source", "scope",
)  # fmt: skip
_ANSWER, _NAME_A, _NAME_B, _SCORE, _SCOPE, _OTHER, _NOTE, _KEY_A, _KEY_B = 1, 2, 3, 4, 10, 11, 12, 13, 14


def write_review(
    identities: Identities | pd.DataFrame, path: str | os.PathLike[str], *, language: Language = "it"
) -> Path:
    """Which names should a person look at before the network is believed?

    Writes a workbook with one row a pair of names that may be one body: the likest first, why, where both stand,
    and a column in which to answer yes, no or other.

    Parameters
    ----------
    identities : Identities or pandas.DataFrame
        From ``resolve_identities``, or its table ``review``, or the table of ``link_register``.
    path : path
        Where to write the XLSX file.
    language : {"it", "en"}
        Of headings, answers and instructions.

    Returns
    -------
    pathlib.Path
        The file.
    """
    check_option("language", language, LANGUAGES)
    table = identities.review if isinstance(identities, Identities) else identities
    text = TEXTS[language]
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": _MADE, "title": text.title})
        looks = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "hint": book.add_format({"italic": True, "font_color": "#595959"}),
            "heading": book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True}),
            "cell": book.add_format({"text_wrap": True, "valign": "top"}),
            "score": book.add_format({"num_format": "0.00", "valign": "top"}),
            "answer": book.add_format({"bg_color": "#FFF2CC", "border": 1, "valign": "top"}),
        }
        _write_pairs(book.add_worksheet(text.sheet), table, looks, language)
        page = book.add_worksheet(text.help_sheet)
        page.set_column(0, 0, 110)
        page.write_string(0, 0, text.title, looks["title"])
        for row, line in enumerate(text.help, start=1):
            page.write_string(row, 0, line, looks["cell"])
    return write_bytes(path, out.getvalue())


def _write_pairs(page: Any, table: pd.DataFrame, looks: Mapping[str, Any], language: Language) -> None:  # noqa: ANN401
    text = TEXTS[language]
    page.write_string(0, 0, text.title, looks["title"])
    page.write_string(1, 0, text.hint, looks["hint"])
    page.set_row(HEADER, 30)
    for column, (heading, width) in enumerate(zip(text.headings, text.widths, strict=True)):
        page.write_string(HEADER, column, heading, looks["heading"])
        page.set_column(column, column, width, None, {"hidden": column >= _KEY_A})
    for number, pair in enumerate(table.to_dict("records"), start=1):
        row = HEADER + number
        page.write_number(row, 0, number, looks["cell"])
        page.write_blank(row, _ANSWER, None, looks["answer"])
        for column, name in enumerate(_SHOWN, start=_NAME_A):
            if name == "score":
                page.write_number(row, column, round(float(pair[name]), 2), looks["score"])
            else:
                page.write_string(row, column, str(pair[name]), looks["cell"])
        page.set_row(row, _height([str(pair[name]) for name in _SHOWN], text.widths[_NAME_A:]))
        page.write_string(row, _KEY_A, str(pair["one_key"]))
        page.write_string(row, _KEY_B, str(pair["other_key"]))
    last = HEADER + max(len(table), 1)
    offered = [words[LANGUAGES.index(language)] for words in ANSWERS.values()]
    page.data_validation(HEADER + 1, _ANSWER, last, _ANSWER, {"validate": "list", "source": offered})
    page.autofilter(HEADER, 0, last, _NOTE)
    page.freeze_panes(HEADER + 1, _SCORE)
    page.set_landscape()
    page.set_paper(8)  # A3
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADER)


def _height(cells: Sequence[str], widths: Sequence[int]) -> int:
    """Return the height of a row in points: some programs do not make room for wrapped text by themselves."""
    lines = max(-(-len(cell) * 11 // (width * 10)) for cell, width in zip(cells, widths, strict=False))
    return LINE * max(lines, 1)


def read_review(
    path: str | os.PathLike[str], *, decided_on: str | dt.date, decided_by: str, tool_version: str = ""
) -> pd.DataFrame:
    """Which answers did the clerk give?

    Parameters
    ----------
    path : path
        A workbook of ``write_review`` with answers.
    decided_on : str or datetime.date
        Day of the answers.
    decided_by : str
        Role or office that answered; no name of a person.
    tool_version : str
        Version of the library that asked.

    Returns
    -------
    pandas.DataFrame
        Decisions, to be kept with ``append_decisions``; rows without an answer give none.

    Raises
    ------
    InvalidTablesError
        When an answer is none of those offered, or 'other' does not say which; every such row is named.
    UnreadableFileError
        When the file is no review workbook.
    """
    file = Path(path).name
    grid = read_workbook_grids(Path(path), file=file)[0]
    known = {t.headings for t in TEXTS.values()}
    rows = [[cell_text(cell) for cell in row] for row in grid.cells]
    header = next((n for n, row in enumerate(rows) if tuple(row) in known), None)
    if header is None:
        raise UnreadableFileError(
            problem("no_table", file=file, expected=", ".join(TEXTS["it"].headings[:4]))
        )
    answers = {normalise(word): action for action, words in ANSWERS.items() for word in words}
    made: list[dict[str, object]] = []
    faults: list[Problem] = []
    for number, row in enumerate(rows[header + 1 :], start=header + 2):
        said = row[_ANSWER] if len(row) > _KEY_B else ""
        if not said:
            continue
        action = answers.get(normalise(said))
        place = {"table": "review", "file": file, "sheet": grid.sheet, "row": number}
        if action is None:
            offered = ", ".join(word for words in ANSWERS.values() for word in dict.fromkeys(words))
            faults.append(
                problem("bad_choice", column=rows[header][_ANSWER], value=said, allowed=offered, **place)  # type: ignore[arg-type]
            )
        elif empty := [c for c in (_KEY_A, _KEY_B, *([_OTHER] if action == "other" else [])) if not row[c]]:
            faults += [problem("missing_value", column=rows[header][c], **place) for c in empty]  # type: ignore[arg-type]
        else:
            made.append(_decision(action, row))
    if faults:
        raise InvalidTablesError(faults)
    common = {"decided_on": str(decided_on), "decided_by": decided_by, "tool_version": tool_version}
    return new_decisions(decision | common for decision in made)


def _decision(action: str, row: list[str]) -> dict[str, object]:
    """Return the decision of one row."""
    other = action == "other"
    return {
        "action": "same" if other else action,
        "a": row[_KEY_A],
        "b": row[_OTHER] if other else row[_KEY_B],
        "a_name": row[_NAME_A],
        "b_name": row[_OTHER] if other else row[_NAME_B],
        "scope": row[_SCOPE],
        "reason": row[_NOTE],
        "score_then": row[_SCORE].replace(",", "."),
    }
