"""Files to rows of text, each with its place: the reader drops persons and says what it left out."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from stakeholder_net._checks import check_option, nearest_hint, problem
from stakeholder_net._files import sha256_of
from stakeholder_net.errors import InvalidTablesError, Problem, UnreadableFileError
from stakeholder_net.records._cells import cell_text
from stakeholder_net.records._grid import Cell, Grid
from stakeholder_net.records._headings import assign, find_header, fold
from stakeholder_net.records._text import read_text_grid
from stakeholder_net.records._workbook import read_workbook_grids
from stakeholder_net.words import INTAKE_TABLES, Column

__all__ = ["FORMS", "RawTable", "read_table"]

TEXT_FORMS = ("csv", "txt", "tsv")
BOOK_FORMS = ("xlsx", "xlsm", "xls", "ods")
FORMS = (*TEXT_FORMS, *BOOK_FORMS)
CLIMBS = 2  # a file beside the project is told by its path, one far away by its name


@dataclass(frozen=True)
class RawTable:
    """Rows of one sheet as text, and the account of every row of the file.

    Parameters
    ----------
    table : str
        What the rows are, one of ``words.INTAKE_TABLES``.
    file, sheet : str
        Where they stand.
    form, encoding, delimiter : str
        How they were read; the last two are empty for workbooks.
    frame : pandas.DataFrame
        Text cells, NA where empty; columns under the names of ``words``. Columns that may name a person, and columns
        that nobody declared, are not in it.
    headings : mapping of str to str
        Column and its heading as printed.
    rows : tuple of int
        Row of the file for each row of ``frame``, counted from 1 as a person counts.
    skipped : tuple of (int, str)
        Rows that hold no record, and why: ``title``, ``heading``, ``blank``, ``filtered``...
    problems : tuple of Problem
        Rows set aside and notes.
    dropped : tuple of str
        Headings that were not read.
    people : pandas.Series or None
        A number for each person of the sheet, good for counting heads in it and for nothing else.
    sha256 : str
        Of the file.
    n_read : int
        Rows of the file down to the last that holds something: records, rows kept out and rows that hold no record.
    """

    table: str
    file: str
    sheet: str
    form: str
    encoding: str
    delimiter: str
    frame: pd.DataFrame
    headings: Mapping[str, str]
    rows: tuple[int, ...]
    skipped: tuple[tuple[int, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    dropped: tuple[str, ...] = ()
    people: pd.Series[int] | None = field(default=None, repr=False)
    sha256: str = ""
    n_read: int = 0

    @property
    def n_set_aside(self) -> int:
        """Rows that the reader itself kept out."""
        return len({fault.row for fault in self.problems if fault.severity == "set_aside"})


def read_table(  # noqa: PLR0913 - each is a thing that a user may have to say of a file
    path: str | os.PathLike[str],
    table: str,
    *,
    base: str | os.PathLike[str] | None = None,
    columns: Mapping[str, str] | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    where: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
) -> RawTable:
    r"""Read one table of records from a CSV, XLSX, XLS or ODS file.

    Encoding, separator, sheet, heading row and the meaning of columns are found out where they are not said. Columns
    that may name a person and columns that nobody declared never leave the reader.

    Parameters
    ----------
    path : path
        The file.
    table : str
        What it holds: attendance, events, collaborations, memberships, register, aliases, ties or priorities.
    base : path, optional
        Folder from which ``path`` is told in messages and sources.
    columns : mapping of str to str, optional
        Column and the heading under which the file has it; guessed where not said.
    sheet : str, optional
        Sheet of a workbook; the first visible one with a table otherwise.
    encoding, delimiter : str, optional
        Of a text file.
    where : mapping of str to str, optional
        Heading and value: other rows are skipped.
    constants : mapping of str to str, optional
        Column and the value that every row of the file has where its own cell is empty.

    Returns
    -------
    RawTable
        Rows of text with their places.

    Raises
    ------
    UnreadableFileError
        When the file is not there, is empty, is not what its name says, or holds no table.
    InvalidTablesError
        When a required column, or one that the user named, is missing.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp(), "presenze.csv")
    >>> _ = file.write_bytes("Ente;Incontro;Cognome\nSocietà Operaia;E01;Rossi\n".encode("cp1252"))
    >>> raw = read_table(file, "attendance")
    >>> raw.frame.to_dict("records"), raw.encoding, raw.delimiter, raw.rows
    ([{'actor': 'Società Operaia', 'event': 'E01'}], 'cp1252', ';', (2,))
    """
    check_option("table", table, tuple(INTAKE_TABLES))
    path = Path(path)
    file = _label(path, base)
    _check_file(path, file, base)
    said = dict(columns or {})
    if path.suffix.lower().lstrip(".") in TEXT_FORMS:
        grids = [read_text_grid(path, file=file, encoding=encoding, delimiter=delimiter)]
    else:
        grids = read_workbook_grids(path, file=file, sheet=sheet)
    grid, header, notes = _choose(grids, table, file, said)
    sha256 = sha256_of(path)
    return _Reader(table, file, grid, header, said, dict(where or {}), dict(constants or {}), sha256).read(
        notes
    )


def _label(path: Path, base: str | os.PathLike[str] | None) -> str:
    """Return how a file is called in messages: from the project's folder, never a path of one machine."""
    if base is None:
        return path.as_posix() if not path.is_absolute() else path.name
    try:
        told = Path(os.path.relpath(path, base))
    except ValueError:  # another drive
        return path.name
    return told.as_posix() if told.parts.count("..") <= CLIMBS else path.name


def _check_file(path: Path, file: str, base: str | os.PathLike[str] | None) -> None:
    if not path.parent.is_dir():
        folder = Path(file).parent.as_posix()
        raise UnreadableFileError(problem("missing_folder", file=folder, name=Path(folder).name))
    if not path.is_file():
        hint = nearest_hint(path.name, sorted(entry.name for entry in path.parent.iterdir()))
        raise UnreadableFileError(problem("missing_file", file=file, base=str(base or "."), nearest=hint))
    form = path.suffix.lower().lstrip(".")
    if form not in FORMS:
        raise UnreadableFileError(
            problem("bad_format", file=file, found=path.suffix, expected=", ".join(FORMS).upper())
        )
    if path.stat().st_size == 0:
        raise UnreadableFileError(problem("empty_file", file=file))


def _choose(
    grids: Sequence[Grid], table: str, file: str, said: Mapping[str, str]
) -> tuple[Grid, int, list[Problem]]:
    """Return the first sheet with a table, its heading row, and notes about sheets that were not read."""
    notes = [
        problem("hidden_sheet", table=table, file=file, sheet=name, severity="note")
        for name in (grids[0].hidden if grids else ())
    ]
    found = [(grid, header) for grid in grids if (header := _header(grid, table, said)) is not None]
    if not found:
        code = "no_table" if any(_held(row) for grid in grids for row in grid.cells) else "empty_file"
        needed = [column for column in INTAKE_TABLES[table] if column.required]
        expected = "; ".join(f"{column.it}, {', '.join(column.aliases[:3])}" for column in needed)
        sheet = grids[0].sheet if len(grids) == 1 else ""
        raise UnreadableFileError(problem(code, table=table, file=file, sheet=sheet, expected=expected))
    whole = [(grid, header) for grid, header in found if _is_whole(grid, header, table, said)]
    notes += [
        problem("sheet_not_read", table=table, file=file, sheet=grid.sheet, severity="note")
        for grid, _ in whole[1:]
    ]
    return *(whole or found)[0], notes


def _header(grid: Grid, table: str, said: Mapping[str, str]) -> int | None:
    return find_header(grid.cells, table, said=said)


def _is_whole(grid: Grid, header: int, table: str, said: Mapping[str, str]) -> bool:
    """Whether a sheet has the required columns: then it is a table that somebody may miss."""
    names = {column.name for column in assign(_headings(grid.cells[header]), table, said=said).values()}
    return all(column.name in names for column in INTAKE_TABLES[table] if column.required)


def _held(row: Sequence[Cell]) -> bool:
    return any(cell not in ("", None) and str(cell).strip() for cell in row)


def _headings(row: Sequence[Cell]) -> list[str]:
    return [" ".join(cell_text(cell).split()) for cell in row]


@dataclass(frozen=True)
class _Reader:
    """One sheet on its way from cells to a table."""

    table: str
    file: str
    grid: Grid
    header: int
    said: dict[str, str]
    where: dict[str, str]
    constants: dict[str, str]
    sha256: str

    def read(self, notes: Sequence[Problem]) -> RawTable:
        headings = _headings(self.grid.cells[self.header])
        places = assign(headings, self.table, said=self.said)
        self._check_columns(headings, places)
        kept, skipped, faults = self._rows(headings)
        taken = {place: column for place, column in places.items() if not column.personal}
        frame = self._frame(kept, taken)
        dropped = tuple(heading for place, heading in enumerate(headings) if heading and place not in taken)
        if not kept and not faults:
            faults.append(self._problem("no_rows", severity="note"))
        unknown = [heading for place, heading in enumerate(headings) if heading and place not in places]
        if unknown:  # a column of persons is dropped as a matter of course, any other is told
            faults.append(self._problem("columns_dropped", severity="note", names=", ".join(unknown)))
        return RawTable(
            table=self.table,
            file=self.file,
            sheet=self.grid.sheet,
            form=self.grid.form,
            encoding=self.grid.encoding,
            delimiter=self.grid.delimiter,
            frame=frame,
            headings={column.name: headings[place] for place, column in taken.items()},
            rows=tuple(number + 1 for number in kept),
            skipped=tuple((number + 1, reason) for number, reason in skipped),
            problems=(*notes, *faults),
            dropped=dropped,
            people=self._people(kept, places),
            sha256=self.sha256,
            n_read=max(number for number, row in enumerate(self.grid.cells) if _held(row)) + 1,
        )

    def _problem(
        self, code: str, *, row: int | None = None, severity: str = "error", **params: str
    ) -> Problem:
        return problem(
            code,
            table=self.table,
            file=self.file,
            sheet=self.grid.sheet,
            row=None if row is None else row + 1,
            severity=severity,
            sha256=self.sha256,
            **params,
        )

    def _check_columns(self, headings: Sequence[str], places: Mapping[int, Column]) -> None:
        """Refuse a sheet without a required column, or without a heading that the user named."""
        found = ", ".join(filter(None, headings))
        folded = {fold(heading) for heading in headings}
        named = [*self.said.items(), *((heading, heading) for heading in self.where)]
        lost = [(name, heading) for name, heading in named if fold(heading) not in folded]
        have = {column.name for column in places.values()} | {name for name, _ in lost} | set(self.constants)
        lost += [
            (column.name, column.it or column.name)
            for column in INTAKE_TABLES[self.table]
            if column.required and column.name not in have
        ]
        if lost:
            raise InvalidTablesError(
                self._problem(
                    "missing_column",
                    row=self.header,
                    name=name,
                    found=found,
                    nearest=nearest_hint(heading, filter(None, headings)),
                )
                for name, heading in lost
            )

    def _rows(self, headings: Sequence[str]) -> tuple[list[int], list[tuple[int, str]], list[Problem]]:
        """Sort the rows of the file: records, rows that hold none, and rows that do not fit the headings."""
        kept, faults = list[int](), list[Problem]()
        above = enumerate(self.grid.cells[: self.header])
        skipped = [(number, "title" if _held(row) else "blank") for number, row in above]
        skipped.append((self.header, "heading"))
        width = max(place for place, heading in enumerate(headings) if heading) + 1
        folded = [fold(heading) for heading in headings]
        wanted = {folded.index(fold(heading)): fold(value) for heading, value in self.where.items()}
        last = max(number for number, row in enumerate(self.grid.cells) if _held(row))
        for number in range(self.header + 1, last + 1):
            row = self.grid.cells[number]
            if not _held(row):
                skipped.append((number, "blank"))
            elif self.grid.delimiter and not _fits(row, width):
                faults.append(
                    self._problem(
                        "ragged_row",
                        row=number,
                        severity="set_aside",
                        found=str(len(row)),
                        expected=str(width),
                    )
                )
            elif any(fold(cell_text(row[place])) != value for place, value in wanted.items()):
                skipped.append((number, "filtered"))
            else:
                kept.append(number)
        return kept, skipped, faults

    def _frame(self, kept: Sequence[int], places: Mapping[int, Column]) -> pd.DataFrame:
        """Return text cells under the names of the columns, constants where a cell is empty."""
        out = pd.DataFrame(index=pd.RangeIndex(len(kept)))
        for place, column in sorted(places.items()):
            rows = (self.grid.cells[number] for number in kept)
            texts = [cell_text(row[place] if place < len(row) else None, column.dtype) for row in rows]
            out[column.name] = pd.Series([text or pd.NA for text in texts], dtype="str", index=out.index)
        for name, value in self.constants.items():
            own = out[name] if name in out.columns else pd.Series(pd.NA, index=out.index, dtype="str")
            out[name] = own.fillna(value)
        return out

    def _people(self, kept: Sequence[int], places: Mapping[int, Column]) -> pd.Series[int] | None:
        """Give each person of the sheet a number, so that heads can be counted without their names."""
        names = [place for place, column in sorted(places.items()) if column.name == "person"]
        if not names:
            return None
        rows = [self.grid.cells[number] for number in kept]
        keys = [
            " ".join(sorted(fold(" ".join(cell_text(row[p]) for p in names if p < len(row))).split()))
            for row in rows
        ]
        codes, _ = pd.factorize(pd.Series([key or pd.NA for key in keys], dtype="str"))
        return pd.Series(codes, dtype="int64")


def _fits(row: Sequence[Cell], width: int) -> bool:
    """Whether a row of text has a cell for each heading and nothing beyond the last."""
    return len(row) >= width and not _held(row[width:])
