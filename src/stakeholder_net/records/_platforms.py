"""Lists that meeting platforms export: where their table stands, and who speaks in a display name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from stakeholder_net.records._grid import Cell
from stakeholder_net.records._headings import fold

__all__ = ["Section", "find_section"]

_TEAMS_SECTION = re.compile(r"^\d+ (?:partecipant[ei]|participants)")
_TEAMS_ANY = re.compile(r"^\d+ (?:riepilogo|summary|partecipant|attivita|in meeting activities|activities)")
# headings by which an export is known, whatever else it has
_KNOWN_BY: dict[str, tuple[frozenset[str], ...]] = {
    "zoom": (
        frozenset(("name original name",)),
        frozenset(("nome nome originale",)),
        frozenset(("join time", "leave time")),
    ),
    "teams": (
        frozenset(("full name", "user action")),
        frozenset(("nome completo", "azione utente")),
        frozenset(("name", "first join", "last leave")),
        frozenset(("nome", "primo accesso", "ultima uscita")),
    ),
}


TOP = 60  # rows in which the list of an export begins


class Section(NamedTuple):
    """The part of a sheet that holds the list.

    Parameters
    ----------
    shape : str
        ``teams``, ``zoom`` or empty for a sheet of an office.
    first, last : int
        First row in which headings may stand, and the row behind the last of the list, counted from 0.
    """

    shape: str
    first: int
    last: int


def find_section(cells: Sequence[Sequence[Cell]]) -> Section:
    """Find the list of participants in the export of a platform; a sheet of an office is one section.

    Teams writes numbered sections into one file, Zoom two rows about the meeting above the list; both change their
    headings from time to time and from language to language.
    """
    for number, row in enumerate(cells[:TOP]):
        folded = {fold(cell) for cell in row if isinstance(cell, str) and cell.strip()}
        first = fold(row[0]) if row and row[0] is not None else ""
        if _TEAMS_SECTION.match(first):
            end = _end_of_section(cells, number + 1)
            return Section("teams", number + 1, end)
        for shape, marks in _KNOWN_BY.items():
            if any(mark <= folded for mark in marks):
                return Section(shape, number, _end_of_section(cells, number))
    return Section("", 0, len(cells))


def _end_of_section(cells: Sequence[Sequence[Cell]], start: int) -> int:
    """Return the row in which the next numbered section begins."""
    for number in range(start, len(cells)):
        row = cells[number]
        if row and isinstance(row[0], str) and _TEAMS_ANY.match(fold(row[0])):
            return number
    return len(cells)
