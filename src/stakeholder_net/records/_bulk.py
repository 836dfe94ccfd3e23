"""A long plain list, read column by column: what each different cell says is worked out once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from stakeholder_net.records._cells import cell_text, scrub
from stakeholder_net.records._columns import Codes, Columns
from stakeholder_net.records._grid import Cell, Grid
from stakeholder_net.records._headings import fold
from stakeholder_net.records._layout import Layout, is_held, no_record, title_day
from stakeholder_net.records._prepare import Asked
from stakeholder_net.records._rows import WITH_BODIES, SheetRows, _Rows, held_rows
from stakeholder_net.records._values import status_code
from stakeholder_net.words import INVENTED, Column

__all__ = ["read_bulk"]

Places = npt.NDArray[np.int64]


class _NotPlainError(Exception):
    """Something in the sheet hangs on more than one cell: it is read row by row."""


def read_bulk(  # noqa: PLR0913 - as read_rows
    table: str, grid: Grid, layout: Layout, asked: Asked, *, file: str, sha256: str
) -> SheetRows | None:
    """Read the rows of a long text file; None where that must be done row by row.

    Raises
    ------
    InvalidTablesError
        When a required column, or a heading that the user named, is missing.
    """
    personal = any(column.personal for column in layout.places.values())
    mended = bool(asked.mending.of(sha256, grid.sheet))
    if not isinstance(grid.cells, Columns) or personal or mended or layout.section.shape or asked.where:
        return None
    if asked.key is not None:
        return None
    try:
        return _BulkRows(table, grid, layout, asked, file, sha256).read()
    except _NotPlainError:
        return None


class _Told:
    """The values of one column: a number a row, and the text behind each number."""

    def __init__(self, codes: Codes, texts: list[str]) -> None:
        self.codes, self.texts = codes, texts

    def each(self, answer: Callable[[str], object]) -> npt.NDArray[np.bool_]:
        """Return for each row whether the answer to its text is true."""
        return np.array([bool(answer(text)) for text in self.texts], dtype=bool)[self.codes]

    def series(self, usual: str | None, rows: Places | None = None) -> pd.Series:
        """Return the texts of some rows; what is usual where there is none."""
        filled = pd.Series([text or usual or pd.NA for text in self.texts], dtype="str")
        codes = self.codes if rows is None else self.codes[rows]
        return filled.take(codes).reset_index(drop=True)


class _BulkRows(_Rows):
    """One long sheet at work."""

    columns: Columns

    def _rows_of(self, grid: Grid) -> Sequence[list[Cell]]:
        cells = grid.cells
        if not isinstance(cells, Columns):
            raise _NotPlainError
        last = held_rows(cells)
        self.columns = Columns([codes[:last] for codes in cells.codes], cells.words)
        return self.columns

    def _mark(self) -> None:
        """Note which rows hold no record; lines that say a day of those below them are not plain."""
        columns, layout = self.columns, self.layout
        if title_day(layout, columns) is not None or self._day_columns() or self._waiting():
            raise _NotPlainError
        held = np.zeros(len(columns), dtype=np.int64)
        headings = np.ones(len(columns), dtype=bool)
        for place, words in enumerate(columns.words):
            there = [is_held(word) for word in words]
            heading = fold(layout.headings[place]) if place < len(layout.headings) else None
            same = [
                not is_there or fold(word) == heading for is_there, word in zip(there, words, strict=True)
            ]
            held += columns.where(place, there)
            headings &= columns.where(place, same)
        reasons = {int(n): "heading" for n in np.flatnonzero(headings & (held > 1))}
        few = {int(n): no_record(columns[int(n)], layout, ()) for n in np.flatnonzero(held == 1)}
        if "band" in few.values():
            raise _NotPlainError
        reasons |= {n: reason for n, reason in few.items() if reason}
        reasons |= dict.fromkeys(range(layout.header[-1] + 1), "title")
        reasons |= {int(n): "blank" for n in np.flatnonzero(held == 0)}
        reasons |= dict.fromkeys(layout.header, "heading")
        layout.skipped |= reasons

    def read(self) -> SheetRows:
        """Read what is left: one record a body and a row."""
        self.days = {}
        self.says_status = "status" in self.layout.names
        kept = self._kept_rows()
        told = self._told(kept)
        rows = kept
        if self.table in WITH_BODIES and "actor" in told:
            rows, told = self._with_bodies(kept, told)
        elif self.table == "attendance":
            self._settle_status(told, np.zeros(len(kept), dtype=bool))
        self.faults[self.begun :] = sorted(self.faults[self.begun :], key=lambda fault: fault.row or 0)
        self._tell_columns(kept.tolist())
        if "status" in told and not self.says_status and not told["status"].each(bool).any():
            del told["status"]
        names = dict.fromkeys((
            *(column.name for _, column in sorted(self.layout.places.items())),
            *(told if len(rows) else ()),
            *self.asked.constants,
        ))  # fmt: skip
        nothing = _Told(np.zeros(len(rows), dtype=np.int32), [""])
        frame = pd.DataFrame(
            {name: told.get(name, nothing).series(self.asked.constants.get(name)) for name in names},
            index=pd.RangeIndex(len(rows)),
        )
        said = self.says_status or "status" in self.asked.constants
        return SheetRows(frame, rows.tolist(), sorted(self.layout.skipped.items()), self.faults, None, said)

    def _waiting(self) -> bool:
        return any(fold(heading) in self.WAITING for heading in self.layout.headings)

    def _kept_rows(self) -> Places:
        """Sort out rows that do not fit the headings."""
        width = max(place for place, heading in enumerate(self.layout.headings) if fold(heading)) + 1
        there = np.ones(len(self.columns), dtype=bool)
        there[list(self.layout.skipped)] = False
        beyond = np.zeros(len(self.columns), dtype=bool)
        for place in range(width, len(self.columns.words)):
            beyond |= self.columns.where(place, [is_held(word) for word in self.columns.words[place]])
        for number in np.flatnonzero(there & beyond):
            self.tell("ragged_row", int(number), found=str(len(self.columns.words)), expected=str(width))
        self.begun = len(self.faults)
        return np.flatnonzero(there & ~beyond)

    def _told(self, kept: Places) -> dict[str, _Told]:
        """Return the values of each column."""
        told: dict[str, _Told] = {}
        for place, column in self.layout.places.items():
            codes = self.columns.codes[place][kept]
            found = [self._scrubbed(word, place, column) for word in self.columns.words[place]]
            for at in np.flatnonzero(np.array([had_code for _, had_code in found], dtype=bool)[codes]):
                self.tell("personal_code", int(kept[at]), place, severity="note")
            told[column.name] = _Told(codes, [text for text, _ in found])
        return told

    def _scrubbed(self, word: str, place: int, column: Column) -> tuple[str, bool]:
        text, had_code = scrub(cell_text(word, column.dtype))
        return self._as_hours(text, place, column), had_code

    def _with_bodies(self, kept: Places, told: dict[str, _Told]) -> tuple[Places, dict[str, _Told]]:
        """Return a row for each body that a row names; rows that name nobody are told."""
        actor = told["actor"]
        used = np.zeros(len(actor.texts), dtype=bool)
        used[actor.codes] = True
        parts = [
            self._parsed(text) if text and is_used else ()
            for text, is_used in zip(actor.texts, used, strict=True)
        ]
        blank = np.array([not text for text in actor.texts], dtype=bool)
        count = np.array([len(some) for some in parts], dtype=np.int64) + blank
        for lost in np.flatnonzero(count[actor.codes] == 0):
            self.tell("no_body", int(kept[lost]), self.actor_place)
        times = count[actor.codes]
        at = np.repeat(np.arange(len(kept)), times)
        nth = np.arange(len(at)) - np.repeat(np.cumsum(times) - times, times)
        begins = np.cumsum(count) - count
        orgs: list[str] = []
        sent: list[bool] = []
        for some, is_blank in zip(parts, blank, strict=True):
            orgs += [""] if is_blank else [part.org for part in some]
            sent += [False] if is_blank else [part.manner == "delegate" for part in some]
        body = (begins[actor.codes[at]] + nth).astype(np.int32)
        out = {name: _Told(value.codes[at], value.texts) for name, value in told.items()}
        out["actor"] = _Told(body, orgs)
        if self.table == "attendance":
            self._settle_status(out, np.array([*sent, False], dtype=bool)[body])
        return kept[at], out

    def _settle_status(self, told: dict[str, _Told], sent: npt.NDArray[np.bool_]) -> None:
        """Say of those who sent somebody in their stead that a delegate came."""
        status = told.get("status") or _Told(np.zeros(len(sent), dtype=np.int32), [""])
        came = status.each(lambda text: not self.says_status or status_code(text) in ("present", "remote"))
        if "role" in told:
            sent = sent | told["role"].each(lambda text: self.DELEGATED.search(fold(text)))
        texts = [*status.texts, "delegate"]
        codes = np.where(came & sent, len(texts) - 1, status.codes).astype(np.int32)
        told["status"] = _Told(codes, texts)

    def _invented(self, kept: Sequence[int]) -> int:
        """Return how many rows of the template stand in the sheet."""
        found = np.zeros(len(self.columns), dtype=bool)
        for place, words in enumerate(self.columns.words):
            found |= self.columns.where(place, [word in INVENTED for word in words])
        return int(found[np.asarray(kept, dtype=np.int64)].sum())
