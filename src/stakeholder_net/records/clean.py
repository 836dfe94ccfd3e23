"""Rows of text to a table of values; a row with a fault is set aside, never lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from stakeholder_net._checks import nearest_hint, problem
from stakeholder_net._display import Shown
from stakeholder_net.errors import Problem
from stakeholder_net.records._repeats import join_repeats
from stakeholder_net.records._values import (
    kind_code,
    parse_number,
    parse_time,
    role_code,
    status_code,
    tax_code,
)
from stakeholder_net.records.dates import parse_date
from stakeholder_net.records.read import RawTable
from stakeholder_net.words import (
    ALIAS_KINDS,
    COUNTING_STATUSES,
    INTAKE_TABLES,
    KINDS,
    ROLES,
    STATUSES,
    Column,
)

__all__ = ["Cleaned", "clean"]


@dataclass(frozen=True)
class Cleaned(Shown):
    """One table of values and the account of its rows.

    Parameters
    ----------
    table : str
        What the rows are.
    frame : pandas.DataFrame
        Values: text, dates, numbers, codes of status, role and kind; ``source_file``, ``source_sheet``, ``source_row``
        say where each row stands.
    problems : tuple of Problem
        Rows set aside (``set_aside``) and things worth knowing (``note``).
    n_read, n_accepted, n_set_aside, n_skipped : int
        Rows of the file; the first is the sum of the others.
    file, sha256 : str
        The file, and the fingerprint of its bytes.
    personal : tuple of str
        Sorts of columns of persons that were dropped.
    persons : pandas.DataFrame or None
        Where a key was given: ``person`` (a pseudonym) and the row of ``frame`` in which its body stands
        (``source_file``, ``source_sheet``, ``source_row``), of those who came.
    """

    table: str
    frame: pd.DataFrame
    problems: tuple[Problem, ...]
    n_read: int
    n_accepted: int
    n_set_aside: int
    n_skipped: int
    file: str = ""
    sha256: str = ""
    personal: tuple[str, ...] = ()
    persons: pd.DataFrame | None = field(default=None, repr=False)


def clean(raw: RawTable, *, defaults: Mapping[str, str] | None = None) -> Cleaned:
    r"""Turn rows of text into values, and set aside every row that cannot be read without guessing.

    Parameters
    ----------
    raw : RawTable
        What :func:`read_table` gave.
    defaults : mapping of str to str, optional
        Column and the value that an empty cell stands for, for instance ``{"status": "announced"}`` for a list of
        people who signed up.

    Returns
    -------
    Cleaned
        Values, faults and counts. Rows that repeat one another are counted once and noted; of rows that contradict one
        another the one that says most stays (present, then remote, delegate, unknown, announced, absent).

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from stakeholder_net.records.read import read_table
    >>> file = pathlib.Path(tempfile.mkdtemp(), "presenze.csv")
    >>> _ = file.write_text("Ente;Incontro;Data;Presenza\nAvis;E01;3/9/21;sì\nAido;E01;oggi;sì\n", "utf-8")
    >>> cleaned = clean(read_table(file, "attendance"))
    >>> cleaned.frame[["actor", "event", "status"]].to_dict("records"), cleaned.n_set_aside
    ([{'actor': 'Avis', 'event': 'E01', 'status': 'present'}], 1)
    >>> print(cleaned.problems[0])
    presenze.csv, row 3, column 'Data': 'oggi' is not a date that can be read without guessing.
    Write it as 03/09/2021 or 2021-09-03 (day, month, year).
    """
    bench = _Bench(raw, dict(defaults or {}))
    for column in INTAKE_TABLES[raw.table]:
        if not column.personal:
            bench.convert(column)
    bench.work_out_hours()
    bench.check_spans()
    aside = {fault.row for fault in bench.faults if fault.severity == "set_aside"}
    rows = np.array(raw.rows, dtype="int64")
    good = ~np.isin(rows, [row for row in aside if row is not None])
    rows = rows[good]
    frame = bench.frame[good].drop(columns=["arrived", "left"], errors="ignore").reset_index(drop=True)
    frame = frame.assign(source_file=raw.file, source_sheet=raw.sheet, source_row=rows)
    frame = frame.astype({"source_file": "str", "source_sheet": "str"})
    people = None if raw.people is None else raw.people[good].reset_index(drop=True)
    if raw.pseudonyms is not None:
        frame = frame.assign(pseudonym=raw.pseudonyms[good].to_numpy())
    frame, repeats = join_repeats(frame, raw, people)
    persons = None if raw.pseudonyms is None else _persons(frame)
    frame = frame.drop(columns="pseudonym", errors="ignore")
    twice = {fault.row for fault in repeats if fault.severity == "set_aside"}
    told = dict.fromkeys(
        (*raw.problems, *bench.faults, *repeats)
    )  # a row of two bodies tells its faults once
    problems = sorted(told, key=lambda fault: fault.row or 0)
    n_aside = raw.n_set_aside + len(aside) + len(twice)
    n_accepted = len(np.setdiff1d(rows, list(twice)))
    if raw.n_read != n_accepted + n_aside + len(raw.skipped):
        raise AssertionError(
            f"{raw.file}: the account of its rows does not add up; this is a fault of the library."
        )
    return Cleaned(
        table=raw.table,
        frame=frame,
        problems=tuple(problems),
        n_read=raw.n_read,
        n_accepted=n_accepted,
        n_set_aside=n_aside,
        n_skipped=len(raw.skipped),
        file=raw.file,
        sha256=raw.sha256,
        personal=raw.personal,
        persons=persons,
    )


def _persons(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row a person and a row of the table."""
    rows = frame[["pseudonym", "source_file", "source_sheet", "source_row"]]
    each = rows.assign(person=rows["pseudonym"].str.split()).explode("person").dropna(subset="person")
    return each.drop(columns="pseudonym").drop_duplicates().reset_index(drop=True)


class _Bench:
    """Where the columns of one table are worked on, one after the other."""

    def __init__(self, raw: RawTable, defaults: Mapping[str, str]) -> None:
        self.raw = raw
        self.defaults = defaults
        self.frame = raw.frame.copy()
        self.faults: list[Problem] = []

    def tell(
        self, code: str, place: int | None, column: str, *, severity: str = "set_aside", **params: str
    ) -> None:
        """Note a fault of one cell, or of a whole column."""
        self.faults.append(
            problem(
                code,
                table=self.raw.table,
                file=self.raw.file,
                sheet=self.raw.sheet,
                row=None if place is None else self.raw.rows[place],
                column=self.raw.headings.get(column, column),
                severity=severity,
                sha256=self.raw.sha256,
                **params,
            )
        )

    def convert(self, column: Column) -> None:
        """Turn the cells of one column into values."""
        if column.name == "status":
            self._status()
        if column.name not in self.frame.columns:
            return
        if column.name in self.defaults:
            self.frame[column.name] = self.frame[column.name].fillna(self.defaults[column.name])
        if column.required:
            for place in np.flatnonzero(self.frame[column.name].isna()):
                self.tell("missing_value", int(place), column.name)
        how = {"tax_code": self._tax_code, "role": self._role, "kind": self._kind, "what": self._what}.get(
            column.name
        )
        if column.dtype == "date":
            self._date(column.name)
        elif column.dtype in ("number", "integer"):
            self._number(column)
        elif how is not None:
            how()

    def _cells(self, name: str) -> list[tuple[int, str]]:
        """Return place and text of the cells that hold something."""
        texts = self.frame[name].to_numpy(dtype=object)
        return [(place, text) for place, text in enumerate(texts) if isinstance(text, str)]

    def _status(self) -> None:
        """Read the status; a sheet that has no such column lists those who came."""
        said = self.frame.get("status", pd.Series(pd.NA, index=self.frame.index, dtype="str"))
        blank = int(said.isna().sum()) if self.raw.says_status else 0
        if blank and "status" not in self.defaults:
            self.tell("blank_status", None, "status", severity="note", count=str(blank))
        usual = "unknown" if self.raw.says_status else "present"
        cells = said.fillna(self.defaults.get("status", usual))
        codes = {text: status_code(text) for text in cells.unique()}
        allowed = ", ".join(status.it for status in STATUSES.values())
        spellings = [word for status in STATUSES.values() for word in (status.it, status.en)]
        unread = [text for text, code in codes.items() if code is None]
        for place in np.flatnonzero(cells.isin(unread)):
            text = cells.iloc[place]
            hint = nearest_hint(text, spellings)
            self.tell("bad_choice", int(place), "status", value=text, allowed=allowed, nearest=hint)
        self.frame["status"] = cells.map(codes).astype("str")

    def _role(self) -> None:
        """Read roles; in a list of persons an unknown one is somebody's job, and is not kept."""
        codes = self.frame["role"].map(role_code, na_action="ignore")
        if self.raw.people is not None:
            codes = codes.where(codes.isin(list(ROLES)))
        self.frame["role"] = codes.astype("str")

    def work_out_hours(self) -> None:
        """Work out hours from arrival and departure, where there is no column of hours."""
        ends = [self.frame.get(name) for name in ("arrived", "left")]
        if any(end is None for end in ends) or "hours" in self.frame.columns:
            return
        read = [end.map(parse_time, na_action="ignore") for end in ends if end is not None]
        hours = pd.to_numeric(read[1], errors="coerce") - pd.to_numeric(read[0], errors="coerce")
        bad = sum(
            int((end.notna() & value.isna()).sum())
            for end, value in zip(ends, read, strict=True)
            if end is not None
        )
        if bad:
            self.tell("bad_time", None, "left", severity="note", count=str(bad))
        came = self.frame["status"].isin(COUNTING_STATUSES)
        self.frame["hours"] = hours.where((hours > 0) & came).astype("float64")

    def _date(self, name: str) -> None:
        """Read days; a span in the cell of the first day fills the last, where that has no cell of its own."""
        # each text is read once, however many cells hold it
        places, texts = pd.factorize(self.frame[name])
        spans = [parse_date(text) for text in texts]
        unread = np.array([*(span is None for span in spans), False], dtype=bool)
        for place in np.flatnonzero(unread[places]):
            self.tell("bad_date", int(place), name, value=texts[places[place]])

        def of_all(answers: Iterable[object]) -> pd.Series:
            return pd.Series([*answers, None], dtype="object")

        last = name in ("end", "until")
        days = _days(of_all(None if span is None else span.end if last else span.start for span in spans))
        self.frame[name] = days.to_numpy()[places]
        if name != "start":
            return
        index = self.frame.index
        precise = of_all(span and span.precision for span in spans)
        if set(precise.dropna()) - {"day"}:
            said = self.frame.get("precision", pd.Series(pd.NA, index=index, dtype="str"))
            self.frame["precision"] = said.fillna(
                pd.Series(precise.to_numpy()[places], dtype="str", index=index)
            )
        longer = of_all(
            span.end.isoformat()
            if span is not None and span.precision == "day" and span.end != span.start
            else None
            for span in spans
        )
        if longer.notna().any():
            ends = self.frame.get("end", pd.Series(pd.NA, index=index, dtype="str"))
            self.frame["end"] = ends.fillna(pd.Series(longer.to_numpy()[places], dtype="str", index=index))

    def check_spans(self) -> None:
        """Set aside what ended before it began."""
        for first, last in (("start", "end"), ("since", "until")):
            if {first, last} <= set(self.frame.columns):
                starts, ends = self.frame[first], self.frame[last]
                for place in np.flatnonzero(ends < starts):
                    begun, ended = (dates.iloc[place].strftime("%d/%m/%Y") for dates in (starts, ends))
                    self.tell("backward_span", int(place), last, value=ended, start=begun)

    def _number(self, column: Column) -> None:
        numbers: dict[int, float] = {}
        for place, text in self._cells(column.name):
            number = parse_number(text)
            if number is None or (column.dtype == "integer" and number != int(number)):
                self.tell("bad_number", place, column.name, value=text)
            else:
                numbers[place] = number
        read = pd.Series(numbers, dtype="float64").reindex(self.frame.index)
        self.frame[column.name] = read.astype("Int64") if column.dtype == "integer" else read

    def _tax_code(self) -> None:
        """Keep valid codes of bodies; a person's code is dropped without a trace, a wrong one is only told."""
        kept: dict[int, str] = {}
        for place, text in self._cells("tax_code"):
            code, what = tax_code(text)
            if code is not None:
                kept[place] = code
            if what == "recovered":
                self.tell("recovered_code", place, "tax_code", severity="note", value=text)
            elif what:
                said = "personal_code" if what == "personal" else "bad_tax_code"
                self.tell(said, place, "tax_code", severity="note")
        self.frame["tax_code"] = pd.Series(kept, dtype="str").reindex(self.frame.index)

    def _what(self) -> None:
        """Read what a spelling in the alias file stands for; an actor where nothing is said."""
        cells = self.frame["what"].fillna("actor")
        codes = {text: kind_code(text, of="alias") for text in cells.unique()}
        allowed = ", ".join(label for label, *_ in ALIAS_KINDS.values())
        for place, text in enumerate(cells):
            if codes[text] is None:
                self.tell("bad_choice", place, "what", value=text, allowed=allowed)
        self.frame["what"] = cells.map(codes).astype("str")

    def _kind(self) -> None:
        """Read kinds: of actors and events as codes, of groups and collaborations in the office's own words."""
        codes: dict[int, str] = {}
        of = "event" if self.raw.table == "events" else "kind"
        for place, text in self._cells("kind"):
            code = kind_code(text, of=of)
            if code is not None and self.raw.table not in ("memberships", "collaborations"):
                codes[place] = code
            elif self.raw.table in ("attendance", "register"):
                allowed = ", ".join(kind.it for kind in KINDS.values())
                hint = nearest_hint(text, (kind.it for kind in KINDS.values()))
                self.tell(
                    "unknown_kind", place, "kind", severity="note", value=text, allowed=allowed, nearest=hint
                )
            else:
                codes[place] = " ".join(text.lower().split())
        self.frame["kind"] = pd.Series(codes, dtype="str").reindex(self.frame.index)


def _days(days: pd.Series) -> pd.Series:
    return pd.to_datetime(days).astype("datetime64[us]")
