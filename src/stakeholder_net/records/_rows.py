"""One sheet on its way from cells to rows of text: persons stay behind, every row is accounted for."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from stakeholder_net._checks import problem
from stakeholder_net.errors import Problem
from stakeholder_net.records._cells import cell_text, scrub
from stakeholder_net.records._columns import Columns
from stakeholder_net.records._grid import Cell, Grid
from stakeholder_net.records._headings import fold
from stakeholder_net.records._layout import Layout, held, mark_rows
from stakeholder_net.records._mending import DISCARDED, Fix
from stakeholder_net.records._prepare import Asked, check_columns, fill_merged, put
from stakeholder_net.records._values import status_code
from stakeholder_net.records.cells import Part, parse_cell, parse_display_name
from stakeholder_net.records.dates import find_date, parse_date
from stakeholder_net.records.names import guess_kind
from stakeholder_net.records.persons import email_in
from stakeholder_net.words import COUNTING_STATUSES, INTAKE_TABLES, INVENTED, Column

__all__ = ["WITH_BODIES", "SheetRows", "held_rows", "read_rows"]

_PLANNED = re.compile(
    r"^(?:parteciper\w+|sara[io]?|verra\w*|interverr\w+|will you|conferm\w+|adesione|ci sara\w*)\b"
)
_STAMP = re.compile(
    r"^(?:informazioni cronologiche|timestamp|ora di (?:inizio|completamento)|start time|data di invio)"
)
WITH_BODIES = ("attendance", "collaborations", "memberships", "priorities")
_COUNTERS = frozenset(
    ("", "n", "nr", "num", "numero", "n ord", "progr", "prog", "progressivo", "id", "#", "n°", "no")
)
_YES = frozenset(("yes", "si", "true", "vero"))


@dataclass
class SheetRows:
    """Rows of text, and the account of the sheet.

    Parameters
    ----------
    frame : pandas.DataFrame
        Text cells under the names of the columns.
    rows : list of int
        Row of the file, from 0, for each row of ``frame``.
    skipped : list of (int, str)
        Rows that hold no record, and why.
    faults : list of Problem
        What was set aside or is worth knowing.
    people : list of str
        A key for each row's person, empty where there is none; it must not leave the reader.
    says_status : bool
        Whether the sheet says who was there and who was not; else it lists those who came.
    pseudonyms : list of str or None
        For each row's person, where a key was given; they may leave the reader.
    """

    frame: pd.DataFrame
    rows: list[int]
    skipped: list[tuple[int, str]]
    faults: list[Problem]
    people: list[str] | None
    says_status: bool
    pseudonyms: list[str] | None = None


def read_rows(  # noqa: PLR0913 - what is read, where it stands, how it is asked for
    table: str, grid: Grid, layout: Layout, asked: Asked, *, file: str, sha256: str
) -> SheetRows:
    """Read the rows of one sheet.

    Raises
    ------
    InvalidTablesError
        When a required column, or a heading that the user named, is missing.
    """
    return _Rows(table, grid, layout, asked, file, sha256).read()


class _Rows:
    """One sheet at work."""

    WAITING = ("in waiting room", "in sala d attesa")
    DELEGATED = re.compile(r"\b(?:delegat[oa]|delega|sostituto|sostituta)\b")

    def __init__(  # noqa: PLR0913, PLR0917 - see read_rows
        self, table: str, grid: Grid, layout: Layout, asked: Asked, file: str, sha256: str
    ) -> None:
        self.table, self.grid, self.layout, self.asked = table, grid, layout, asked
        self.file, self.sha256 = file, sha256
        self.cells = self._rows_of(grid)
        self.unsaved = set(grid.extras.unsaved)
        self.faults: list[Problem] = []
        self.actors: dict[int, str] = {}
        self.by_hand: set[tuple[int, int]] = set()
        self.parsed: dict[str, tuple[Part, ...]] = {}
        self.actor_place = self._place("", "actor")
        check_columns(table, layout, asked, tell=self._problem)
        fill_merged(self.cells, layout, grid.merged)
        mended = self._mend(asked.mending.of(sha256, grid.sheet))
        if mended:
            self.tell("mended", severity="note", count=str(mended))
        self._mark()

    # --- before the rows ---------------------------------------------------------------------------------------------
    def tell(
        self,
        code: str,
        row: int | None = None,
        place: int | None = None,
        *,
        severity: str = "set_aside",
        **params: str,
    ) -> None:
        """Note a fault of the sheet, of a row or of a cell."""
        self.faults.append(self._problem(code, row, place, severity, **params))

    def _rows_of(self, grid: Grid) -> Sequence[list[Cell]]:
        """Return the rows down to the last that holds something, to be mended here."""
        return [list(row) for row in grid.cells[: held_rows(grid.cells)]]

    def _mark(self) -> None:
        """Note which rows hold no record."""
        hidden = () if self.asked.hidden else self.grid.extras.hidden
        mark_rows(self.layout, self.cells, hidden=hidden, merged=self.grid.merged)

    def _problem(
        self, code: str, row: int | None, place: int | None, severity: str, **params: str
    ) -> Problem:
        return problem(
            code,
            table=self.table,
            file=self.file,
            sheet=self.grid.sheet,
            row=None if row is None else row + 1,
            column="" if place is None else self.layout.headings[place],
            severity=severity,
            sha256=self.sha256,
            **params,
        )

    def _mend(self, fixes: Sequence[Fix]) -> int:
        """Put in what a person wrote in the file of rows set aside; return how many cells that was."""
        main = next(column.name for column in INTAKE_TABLES[self.table] if column.required)
        mended = 0
        for fix in fixes:
            number = fix.row - 1
            if not 0 <= number < len(self.cells):
                continue
            mended += 1
            place = self._place(fix.column, "event" if fix.code == "unknown_event" else main)
            if fold(fix.value) in DISCARDED:
                self.layout.skipped[number] = "discarded"
            elif fix.code == "ragged_row":
                self.cells[number][:] = list(
                    next(csv.reader([fix.value], delimiter=self.grid.delimiter or ";"))
                )
            elif place is None:
                self.actors[number] = fix.value
            else:
                put(self.cells[number], place, fix.value)
                self.unsaved.discard((number, place))
                self.by_hand.add((number, place))
        return mended

    def _place(self, heading: str, name: str) -> int | None:
        folded = [fold(text) for text in self.layout.headings]
        if heading and fold(heading) in folded:
            return folded.index(fold(heading))
        return next((place for place, column in self.layout.places.items() if column.name == name), None)

    # --- the rows ----------------------------------------------------------------------------------------------------
    def read(self) -> SheetRows:
        """Read what is left: one record a body, a day and a row."""
        kept = self._kept()
        persons = [place for place, column in sorted(self.layout.places.items()) if column.name == "person"]
        self.days = self._day_columns()
        event = self._place("", "event")
        # the day of a title is that of its meeting, not of the several that a list may hold
        self.is_one_event = event is None or len({self._text(number, event) for number in kept}) == 1
        self.says_status = bool(
            self.days or self.layout.section.shape or {"status", "signature"} & self.layout.names
        )
        records: list[dict[str, str]] = []
        rows: list[int] = []
        people: list[str] = []
        pseudonyms: list[str] = []
        for number in kept:
            found = self._records(number, persons)
            records += found
            rows += [number] * len(found)
            person = self._person(number, persons)
            people += [person] * len(found)
            pseudonyms += [self._pseudonym(number, person)] * len(found)
        self._tell_columns(kept)
        if not any(record.get("status") for record in records) and not self.says_status:
            records = [{k: v for k, v in record.items() if k != "status"} for record in records]
        names = list(dict.fromkeys([
            *(column.name for _, column in sorted(self.layout.places.items()) if not column.personal),
            *(name for record in records for name in record),
            *self.asked.constants,
        ]))  # fmt: skip
        frame = pd.DataFrame(index=pd.RangeIndex(len(records)))
        for name in names:
            texts = [record.get(name) or self.asked.constants.get(name) or pd.NA for record in records]
            frame[name] = pd.Series(texts, dtype="str", index=frame.index)
        return SheetRows(
            frame,
            rows,
            sorted(self.layout.skipped.items()),
            self.faults,
            people if persons else None,
            self.says_status or "status" in self.asked.constants,
            pseudonyms if self.asked.key is not None and self.table == "attendance" else None,
        )

    def _kept(self) -> list[int]:
        """Sort out rows that do not fit the headings, that were not asked for, or that nobody can read."""
        folded = [fold(heading) for heading in self.layout.headings]
        wanted = {folded.index(fold(heading)): fold(value) for heading, value in self.asked.where.items()}
        waiting = [place for place, heading in enumerate(folded) if heading in self.WAITING]
        width = max(place for place, heading in enumerate(folded) if heading) + 1
        kept = []
        skipped = self.layout.skipped
        hidden = sum(reason == "hidden" for reason in skipped.values())
        if hidden:
            self.tell("hidden_rows", severity="note", count=str(hidden))
        for number, row in enumerate(self.cells):
            if number in skipped:
                continue
            if self.grid.delimiter and (len(row) < width or held(row[width:])):
                self.tell("ragged_row", number, found=str(len(row)), expected=str(width))
            elif any(fold(self._text(number, place)) != value for place, value in wanted.items()):
                skipped[number] = "filtered"
            elif any(fold(self._text(number, place)) in _YES for place in waiting):
                skipped[number] = "waiting_room"
            elif not self._has_unsaved(number):
                kept.append(number)
        return kept

    def _has_unsaved(self, number: int) -> bool:
        """Set a row aside when a cell that counts is a formula without its result."""
        found = False
        for row, place in sorted(self.unsaved):
            column = self.layout.places.get(place)
            if row == number and column is not None and not column.personal:
                self.tell("formula_unsaved", number, place)
                found = True
        return found

    def _text(self, number: int, place: int, dtype: str = "text") -> str:
        row = self.cells[number]
        return cell_text(row[place], dtype) if place < len(row) else ""

    def _person(self, number: int, persons: Sequence[int]) -> str:
        """Return a key by which heads of this sheet are counted."""
        text = " ".join(self._text(number, place) for place in persons)
        if self.layout.section.shape == "zoom":
            text = re.sub(r"\s*\([^()]*\)\s*$", "", text)
        return " ".join(sorted(fold(text).split())) if text.strip() else ""

    def _pseudonym(self, number: int, person: str) -> str:
        if self.asked.key is None:
            return ""
        contacts = (place for place, column in sorted(self.layout.places.items()) if column.name == "contact")
        return self.asked.key.pseudonym(person, email_in(self._text(number, place) for place in contacts))

    def _records(self, number: int, persons: Sequence[int]) -> list[dict[str, str]]:
        """Return one record for each body that a row names, and for each day on which it is marked."""
        record = {
            column.name: self._value(number, place, column)
            for place, column in self.layout.places.items()
            # what a platform calls a role is what somebody may do in the meeting
            if not column.personal and not (self.layout.section.shape and column.name == "role")
        }
        bodies = self._bodies(number, record, persons)
        if bodies is None:
            return []
        if self.table != "attendance":
            return [{**record, "actor": part.org} if part else record for part in bodies]
        days = self._statuses(number, record)
        if days is None:
            return []
        out = []
        for part in bodies:
            for day, status in days:
                one = {**record, **({"actor": part.org} if part else {}), "status": status}
                if day and not one.get("date") and self.is_one_event:
                    one["date"] = day.isoformat()
                came = status_code(status) in ("present", "remote") or not self.says_status
                if came and self._is_delegated(part, record):
                    one["status"] = "delegate"
                out.append(one)
        return out

    def _is_delegated(self, part: Part | None, record: Mapping[str, str]) -> bool:
        said = fold(record.get("role", ""))
        return (part is not None and part.manner == "delegate") or bool(self.DELEGATED.search(said))

    def _value(self, number: int, place: int, column: Column) -> str:
        """Return a cell as text, without a person's tax code; minutes as hours."""
        text, had_code = scrub(self._text(number, place, column.dtype))
        if had_code:
            self.tell("personal_code", number, place, severity="note")
        return self._as_hours(text, place, column)

    def _as_hours(self, text: str, place: int, column: Column) -> str:
        if column.name == "hours" and "minut" in fold(self.layout.headings[place]) and text.isdecimal():
            return str(round(int(text) / 60, 4)).replace(".", ",")
        return text

    def _bodies(
        self, number: int, record: Mapping[str, str], persons: Sequence[int]
    ) -> list[Part] | list[None] | None:
        """Return the bodies of a row; None when the row is set aside because it names a person or nobody."""
        shape = self.layout.section.shape
        place = self.actor_place
        if self.table not in WITH_BODIES:
            return [None]
        if number in self.actors:
            return list(parse_cell(self.actors[number])) or [Part(self.actors[number])]
        text = record.get("actor", "")
        if text and (number, place) in self.by_hand:
            parts = list(self._parsed(text)) or [Part(text)]
        elif text:
            parts = [part for part in self._parsed(text) if not self._is_the_person(number, part, persons)]
        elif shape and "actor" not in self.asked.constants:
            parts = [
                part for spot in persons for part in parse_display_name(self._text(number, spot), shape=shape)
            ]
        else:
            return [None]
        if not parts:
            self.tell("no_body", number, place)
            return None
        return parts

    def _is_the_person(self, number: int, part: Part, persons: Sequence[int]) -> bool:
        """Tell whether somebody wrote their own name where the body goes: the row's person, and no word of a body."""
        words = sorted(fold(part.org).split())
        is_same = len(words) > 1 and " ".join(words) == self._person(number, persons)
        return is_same and guess_kind(part.org) == "sconosciuto"

    def _parsed(self, text: str) -> tuple[Part, ...]:
        """Parse a cell once, however often it stands in the sheet."""
        if text not in self.parsed:
            self.parsed[text] = parse_cell(text)
        return self.parsed[text]

    def _statuses(self, number: int, record: Mapping[str, str]) -> list[tuple[dt.date | None, str]] | None:
        """Return the days on which a row is marked, and how; None when a mark cannot be read."""
        day = self.layout.days.get(number)
        if record.get("status") or "status" in self.layout.names:
            return [(day, record.get("status", ""))]
        if self.days:
            return self._marks(number)
        shape = self.layout.section.shape
        if shape:
            when = parse_date(record.get("arrived", ""))
            return [(when.start if when else day, "remote")]
        signed = [place for place, column in self.layout.places.items() if column.name == "signature"]
        if not signed:
            return [(day, "")]
        text = next(filter(None, (self._text(number, place) for place in signed)), "")
        # whatever else stands there is a signature: it is never shown
        return [(day, (status_code(text) or "present") if text else "")]

    def _marks(self, number: int) -> list[tuple[dt.date | None, str]] | None:
        out = []
        for place, (day, planned) in self.days.items():
            text = self._text(number, place)
            if not text:
                continue
            code = status_code(text)
            if code is None:
                self.tell("unclear_mark", number, place)
                return None
            out.append((day, "announced" if planned and code in COUNTING_STATUSES else code))
        return out or [(None, "")]

    def _day_columns(self) -> dict[int, tuple[dt.date | None, bool]]:
        """Return the columns that ask about one day each, and whether they ask beforehand."""
        if self.table != "attendance" or "status" in self.layout.names:
            return {}
        year = self.layout.year or self._stamped_year()
        found = {}
        for place, heading in enumerate(self.layout.headings):
            planned = bool(_PLANNED.match(fold(heading)))
            day = find_date(heading, year=year) if heading else None
            if (planned or day is not None) and place not in self.layout.places:
                found[place] = (day, planned)
        return found

    def _stamped_year(self) -> int | None:
        """Return the year in which a form was filled in: a question about a day leaves it out."""
        for place, heading in enumerate(self.layout.headings):
            if _STAMP.match(fold(heading)):
                spans = (
                    parse_date(self._text(number, place))
                    for number in range(self.layout.header[-1] + 1, len(self.cells))
                )
                return next((span.start.year for span in spans if span), None)
        return None

    def _tell_columns(self, kept: Sequence[int]) -> None:
        """Name the columns that were not read, except those of persons, which never are."""
        if not kept and not self.faults:
            self.tell("no_rows", severity="note")
        invented = self._invented(kept)
        if invented:
            self.tell("invented_rows", severity="note", count=str(invented))
        used = {*self.layout.places, *self.days}
        unknown = [
            heading
            for place, heading in enumerate(self.layout.headings)
            if place not in used and fold(heading) not in _COUNTERS
        ]
        if unknown and not self.layout.section.shape:
            self.tell("columns_dropped", severity="note", names=", ".join(dict.fromkeys(unknown)))

    def _invented(self, kept: Sequence[int]) -> int:
        return sum(any(cell in INVENTED for cell in self.cells[number]) for number in kept)


def held_rows(cells: Sequence[Sequence[Cell]]) -> int:
    """Return the number of rows down to the last that holds something."""
    if isinstance(cells, Columns):
        return next((n + 1 for n in range(len(cells) - 1, -1, -1) if held(cells[n])), 0)
    return max((number for number, row in enumerate(cells) if held(row)), default=-1) + 1
