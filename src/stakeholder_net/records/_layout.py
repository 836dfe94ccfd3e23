"""Where in a sheet the headings stand, where its rows begin, and which rows are no records."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from stakeholder_net.records._cells import cell_text
from stakeholder_net.records._extras import Area
from stakeholder_net.records._grid import Cell
from stakeholder_net.records._headings import assign, fold, is_known, score
from stakeholder_net.records._platforms import Section, find_section
from stakeholder_net.records.dates import find_date
from stakeholder_net.words import INTAKE_TABLES, Column

__all__ = ["Layout", "find_layout", "held", "is_held", "mark_rows", "no_record", "title_day"]

HEADER_SEARCHED = 30  # rows that hold something
_BAND = re.compile(
    r"\b(?:giornata|sessione|mattin\w+|pomeriggio|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica"
    r"|gruppo di lavoro|session|day \d|morning|afternoon)\b"
)
# in the column of the names only what can be no name: Gruppo del sabato is one
_IS_BAND = re.compile(
    r"(?:(?:prima|seconda|terza|quarta|quinta|\d+a?|i{1,3}|iv) (?:giornata|sessione)|giornata|sessione \w+$"
    r"|(?:lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica) \d{1,2}\b|mattina$|mattino$|pomeriggio$)"
)
_LEAP = 2000  # a year in which every day exists
_TOTAL = re.compile(
    r"(?:sub)?(?:totale|totali|tot|total|totals)(?: (?:dei |degli |delle )?(?:presenti|partecipanti|iscritti|enti"
    r"|generale|persone|complessivo|presenze|participants|attendees))*"
)
# a date in such a line is not that of the meeting
_OTHER_DATE = re.compile(
    r"\b(?:aggiornat\w+|stampat\w+|prot|protocollo|redatt\w+|estratt\w+|versione|updated|printed)\b"
)


@dataclass
class Layout:
    """What stands where in one sheet; rows and columns are counted from 0.

    Parameters
    ----------
    header : tuple of int
        The rows of the headings: one, or two where the second divides the first.
    headings : list of str
        As printed.
    places : dict of int to Column
        What each heading means.
    section : Section
        Which part of the sheet is the list.
    skipped : dict of int to str
        Rows that hold no record, and why.
    days : dict of int to datetime.date
        Day of a row, as a title or a band above it says.
    year : int or None
        Year that the titles name.
    is_attendance : bool
        Whether the sheet lists who was there: only then a line between the rows can be a day.
    """

    header: tuple[int, ...]
    headings: list[str]
    places: dict[int, Column]
    section: Section
    skipped: dict[int, str] = field(default_factory=dict)
    days: dict[int, dt.date] = field(default_factory=dict)
    year: int | None = None
    is_attendance: bool = False

    @property
    def names(self) -> set[str]:
        """Columns that the headings name."""
        return {column.name for column in self.places.values()}

    def has(self, table: str) -> bool:
        """Return whether every required column of a table is there."""
        return all(column.name in self.names for column in INTAKE_TABLES[table] if column.required)


def held(row: Sequence[Cell]) -> bool:
    """Return whether any cell of a row holds something."""
    return any(map(is_held, row))


def is_held(cell: Cell) -> bool:
    return cell is not None and cell != "" and (not isinstance(cell, str) or not cell.isspace())


def find_layout(
    cells: Sequence[Sequence[Cell]], table: str, *, said: Mapping[str, str], merged: Sequence[Area] = ()
) -> Layout | None:
    """Find the headings of a table in a sheet; None when no row names a column.

    Parameters
    ----------
    cells : sequence of rows
        The sheet.
    table : str
        What it should hold.
    said : mapping of str to str
        Columns and headings as the user gives them.
    merged : sequence of Area
        Merged areas.
    """
    section = find_section(cells) if table == "attendance" else Section("", 0, len(cells))
    best: tuple[int, ...] | None = None
    best_score = 0
    rows = [(number,) for number in _candidates(cells, section)]
    pairs = [(n, n + 1) for (n,) in rows if _divides(cells, n, table, merged)]
    for candidate in (*rows, *pairs):
        found = score(_joined(cells, candidate), table, said=said)
        if found > best_score:
            best, best_score = candidate, found
    if best is None:
        return None
    headings = [" ".join(cell_text(cell).split()) for cell in _joined(cells, best)]
    places = assign(headings, table, said=said)
    return Layout(best, headings, places, section, is_attendance=table == "attendance")


def _candidates(cells: Sequence[Sequence[Cell]], section: Section) -> Iterator[int]:
    seen = 0
    for number in range(section.first, section.last):
        if held(cells[number]):
            seen += 1
            yield number
            if section.shape or seen == HEADER_SEARCHED:
                return


def _divides(cells: Sequence[Sequence[Cell]], number: int, table: str, merged: Sequence[Area]) -> bool:
    """Return whether the next row divides the headings of this one: Participant into first and last name."""
    if number + 1 >= len(cells) or not held(cells[number + 1]):
        return False
    above, below = cells[number], cells[number + 1]
    wide = {
        place
        for (top, left), (_, right) in merged
        if top == number and right > left
        for place in range(left, right + 1)
    }
    under = [(place, cell) for place, cell in enumerate(below) if is_held(cell)]
    fits = [
        isinstance(cell, str)
        and (place in wide or not held(above[place : place + 1]) or is_known(cell, table))
        for place, cell in under
    ]
    return all(fits) and any(is_known(cell, table) for _, cell in under)


def _joined(cells: Sequence[Sequence[Cell]], rows: Sequence[int]) -> list[Cell]:
    """Return one heading a column: the lowest that is there."""
    width = max(len(cells[row]) for row in rows)
    out: list[Cell] = [None] * width
    for row in rows:
        for place, cell in enumerate(cells[row]):
            if is_held(cell):
                out[place] = cell
    return out


def mark_rows(
    layout: Layout, cells: Sequence[Sequence[Cell]], *, hidden: Collection[int], merged: Sequence[Area]
) -> None:
    """Note which rows hold no record, and which day the bands and titles say."""
    day = title_day(layout, cells)
    for number, row in enumerate(cells):
        if number in layout.skipped:
            continue
        reason = _place_of(layout, number, row) or ("hidden" if number in hidden else "")
        reason = reason or no_record(row, layout, _wide_places(number, merged))
        if reason == "band":
            day = find_date(_text_of(row), year=layout.year) or day
        if reason:
            layout.skipped[number] = reason
        elif day is not None:
            layout.days[number] = day


def _place_of(layout: Layout, number: int, row: Sequence[Cell]) -> str:
    """Return what a row is by where it stands; nothing for a row of the list."""
    if number in layout.header:
        return "heading"
    if not held(row):
        return "blank"
    if number <= layout.header[-1]:
        return "title"
    return "other_section" if number >= layout.section.last else ""


def _text_of(row: Sequence[Cell]) -> str:
    return " ".join(filter(None, (cell_text(cell) for cell in row)))


def title_day(layout: Layout, cells: Sequence[Sequence[Cell]]) -> dt.date | None:
    """Return the one day that the titles name, and remember their year."""
    found = []
    for number in range(layout.header[0]):
        text = _text_of(cells[number])
        if text and not _OTHER_DATE.search(fold(text)) and (day := find_date(text)):
            found.append(day)
    layout.year = found[0].year if found else None
    return found[0] if len(set(found)) == 1 else None


def _wide_places(number: int, merged: Sequence[Area]) -> set[int]:
    """Return the columns of a row that lie in an area merged across columns."""
    return {
        place
        for (top, left), (bottom, right) in merged
        if top <= number <= bottom and right > left
        for place in range(left, right + 1)
    }


def no_record(row: Sequence[Cell], layout: Layout, wide: Collection[int]) -> str:
    """Return why a row below the headings is no record, or nothing."""
    there = [(place, cell) for place, cell in enumerate(row) if is_held(cell)]
    texts = [(place, cell) for place, cell in there if isinstance(cell, str)]
    if len(texts) > 1:
        return "heading" if _repeats_heading(texts, layout) else ""
    if texts and _TOTAL.fullmatch(fold(texts[0][1])):
        return "total"
    meant = any(place in layout.places for place, _ in there)
    if not meant and not texts:
        return "blank"  # a number in front of a line that nobody filled in
    if len(there) > 1:
        return ""
    place, text = texts[0] if texts else (there[0][0], "")
    loose = place in wide or not meant
    if (
        text
        and layout.is_attendance
        and (_says_day(text) if loose else place == 0 and _IS_BAND.match(fold(text)))
    ):
        return "band"
    return "text" if text and loose else ""


def _repeats_heading(texts: Sequence[tuple[int, str]], layout: Layout) -> bool:
    """Whether a row is the headings once more, as a sheet of several pages prints them."""
    return all(
        place < len(layout.headings) and fold(text) == fold(layout.headings[place]) for place, text in texts
    )


def _says_day(text: str) -> bool:
    return bool(_BAND.search(fold(text))) or find_date(text, year=_LEAP) is not None
