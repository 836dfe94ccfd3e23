"""A new project folder: sheets that an office can fill in, and the file that says what they are."""

from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from stakeholder_net._checks import check_option, problem
from stakeholder_net._files import write_bytes, write_text
from stakeholder_net.errors import UnreadableFileError
from stakeholder_net.records._template_text import INSTRUCTIONS, README, SHEETS, TOML, Sheet
from stakeholder_net.words import EVENT_KINDS, KINDS, LANGUAGES, ROLES, STATUSES, Language

__all__ = ["new_project"]

HEADER = 3  # row of the headings, counted from 0: a title, a hint and a blank row stand above
ROOM = 1000  # rows that the drop-downs cover
BOOKS = {
    "foglio_presenze.xlsx": ("attendance", "events", "register"),
    "collaborazioni.xlsx": ("collaborations",),
}
_MADE = dt.datetime(2024, 1, 1)  # noqa: DTZ001 - a workbook's date has no zone; a fixed one gives the same bytes


def new_project(folder: str | os.PathLike[str], *, language: Language = "it") -> list[Path]:
    """Make a project folder with sheets to fill in and the ``stakeholder.toml`` that says what they are.

    Parameters
    ----------
    folder : path
        A folder that does not exist yet, or is empty.
    language : {"it", "en"}
        Of headings, drop-downs and README; the instructions are in both.

    Returns
    -------
    list of pathlib.Path
        The files made: ``stakeholder.toml``, a workbook for meetings, attendance and register, one for collaborations,
        the file of spellings and a README. A few rows of invented bodies show how a row is filled in.

    Raises
    ------
    UnreadableFileError
        When the folder holds something already.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> made = new_project(pathlib.Path(tempfile.mkdtemp(), "distretto"))
    >>> sorted(path.name for path in made)
    ['README.md', 'collaborazioni.xlsx', 'foglio_presenze.xlsx', 'grafie.csv', 'stakeholder.toml']
    """
    check_option("language", language, LANGUAGES)
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UnreadableFileError(problem("folder_in_use", file=target.as_posix()))
    raw = target / "data" / "raw"
    made = [
        write_bytes(raw / name, _workbook([SHEETS[language][table] for table in tables], language))
        for name, tables in BOOKS.items()
    ]
    spellings = SHEETS[language]["aliases"]
    lines = [",".join(spellings.headings), *(",".join(map(str, row)) for row in spellings.rows)]
    made.append(write_text(raw / "grafie.csv", "\n".join(lines) + "\n"))
    names = {table: SHEETS[language][table].name for table in SHEETS[language]}
    made.append(write_text(target / "stakeholder.toml", TOML[language].format(**names)))
    made.append(write_text(target / "README.md", README[language]))
    return sorted(made)


def _workbook(sheets: Sequence[Sheet], language: Language) -> bytes:
    """Return a workbook with these sheets, the instructions behind them and the lists of the drop-downs last."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": _MADE, "title": sheets[0].title})
        looks = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "hint": book.add_format({"italic": True, "font_color": "#595959"}),
            "heading": book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True}),
            "example": book.add_format({"italic": True, "font_color": "#7F7F7F", "valign": "top"}),
            "day": book.add_format({"num_format": "dd/mm/yyyy", "italic": True, "font_color": "#7F7F7F"}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        pages = [(book.add_worksheet(sheet.name), sheet) for sheet in sheets]
        _write_instructions(book.add_worksheet(INSTRUCTIONS[language].name), looks)
        lists = _write_lists(book.add_worksheet(SHEETS[language]["lists"].name), looks, language)
        for page, sheet in pages:
            _write_sheet(page, sheet, looks, lists)
    return out.getvalue()


def _write_sheet(page: Any, sheet: Sheet, looks: dict[str, Any], lists: dict[str, str]) -> None:  # noqa: ANN401
    page.write_string(0, 0, sheet.title, looks["title"])
    page.write_string(1, 0, sheet.hint, looks["hint"])
    page.set_row(HEADER, 30)
    for place, (heading, width) in enumerate(zip(sheet.headings, sheet.widths, strict=True)):
        page.write_string(HEADER, place, heading, looks["heading"])
        page.set_column(place, place, width)
    for number, row in enumerate(sheet.rows, start=HEADER + 1):
        for place, cell in enumerate(row):
            if isinstance(cell, dt.date):
                page.write_datetime(number, place, dt.datetime(cell.year, cell.month, cell.day), looks["day"])  # noqa: DTZ001
            elif cell != "":
                page.write(number, place, cell, looks["example"])
    for place, choice in sheet.choices.items():
        rule = (
            {"validate": "date", "criteria": ">", "value": dt.date(1950, 1, 1), "error_type": "warning"}
            if choice == "date"
            else {"validate": "list", "source": lists[choice], "error_type": "warning"}
        )
        page.data_validation(HEADER + 1, place, HEADER + ROOM, place, rule)
    page.freeze_panes(HEADER + 1, 0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADER)


def _write_instructions(page: Any, looks: dict[str, Any]) -> None:  # noqa: ANN401
    page.set_column(0, 0, 110)
    page.fit_to_pages(1, 0)
    row = 0
    for language in LANGUAGES:
        text = INSTRUCTIONS[language]
        page.write_string(row, 0, text.title, looks["title"])
        for line in text.lines:
            row += 1
            page.write_string(row, 0, line, looks["wrapped"])
        row += 2


def _write_lists(page: Any, looks: dict[str, Any], language: Language) -> dict[str, str]:  # noqa: ANN401
    """Write what the drop-downs offer; return where each list stands."""
    place = LANGUAGES.index(language)
    sheet = SHEETS[language]["lists"]
    offered: dict[str, list[str]] = {
        "status": [(status.it, status.en)[place] for status in STATUSES.values()],
        "role": [(it, en)[place] for it, en, _ in ROLES.values()],
        "kind": [(kind.it, kind.en)[place] for kind in KINDS.values()],
        "event_kind": [labels[place] for labels in list(EVENT_KINDS.values())[:9]],
    }
    where = {}
    for column, (name, words) in enumerate(offered.items()):
        page.write_string(0, column, sheet.headings[column], looks["heading"])
        for row, word in enumerate(words, start=1):
            page.write_string(row, column, word)
        letter = "ABCD"[column]
        where[name] = f"='{sheet.name}'!${letter}$2:${letter}${len(words) + 1}"
    page.set_column(0, len(offered) - 1, 30)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    where["event"] = f"='{SHEETS[language]['events'].name}'!$A${HEADER + 2}:$A${HEADER + 1 + ROOM}"
    return where
