"""Files to rows of text, each with its place: the reader drops persons and says what it left out."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from stakeholder_net._checks import check_option, nearest_hint, problem
from stakeholder_net._display import Shown
from stakeholder_net._files import leads_out, sha256_of
from stakeholder_net.errors import Problem, UnreadableFileError
from stakeholder_net.records._bulk import read_bulk
from stakeholder_net.records._grid import Grid
from stakeholder_net.records._layout import Layout, find_layout, held
from stakeholder_net.records._mending import Mending
from stakeholder_net.records._prepare import Asked
from stakeholder_net.records._rows import held_rows, read_rows
from stakeholder_net.records._text import read_text_grid
from stakeholder_net.records._workbook import read_workbook_grids
from stakeholder_net.records.persons import PersonKey
from stakeholder_net.words import INTAKE_TABLES

__all__ = ["FORMS", "RawTable", "read_table"]

TEXT_FORMS = ("csv", "txt", "tsv")
BOOK_FORMS = ("xlsx", "xlsm", "xls", "ods")
FORMS = (*TEXT_FORMS, *BOOK_FORMS)
CLIMBS = 2  # a file beside the project is told by its path, one far away by its name


@dataclass(frozen=True)
class RawTable(Shown):
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
        Row of the file for each row of ``frame``, counted from 1; twice where a row names two bodies.
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
    shape : str
        Platform that exported the list (``teams``, ``zoom``); empty for a sheet of an office.
    says_status : bool
        Whether the sheet says who was there and who was not; else it lists those who came.
    personal : tuple of str
        Sorts of columns of persons that the sheet has: ``person``, ``contact``, ``signature``.
    pseudonyms : pandas.Series or None
        For each row's person, where a key was given.
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
    shape: str = ""
    says_status: bool = True
    personal: tuple[str, ...] = ()
    pseudonyms: pd.Series | None = field(default=None, repr=False)

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
    hidden: bool = False,
    mending: Mending | None = None,
    key: PersonKey | None = None,
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
        Column and the heading under which the file has it, guessed where not said; behind an equals sign, what every
        row has: a sheet of one meeting has no column for it, ``{"event": "=E01"}`` says which it is.
    sheet : str, optional
        Sheet of a workbook; the first visible one with a table otherwise.
    encoding, delimiter : str, optional
        Of a text file.
    where : mapping of str to str, optional
        Heading and value: other rows are skipped.
    constants : mapping of str to str, optional
        Column and the value that every row of the file has where its own cell is empty.
    hidden : bool, default False
        Whether rows that the office hid, or filtered out, are read.
    mending : Mending, optional
        Cells that a person put right, see :func:`read_mending`.
    key : PersonKey, optional
        Under which the persons of an attendance sheet become pseudonyms; without it they are dropped and nothing of
        them is kept.

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
    given = dict(columns or {})
    said = {name: heading for name, heading in given.items() if not heading.startswith("=")}
    always = {name: text.removeprefix("=").strip() for name, text in given.items() if name not in said}
    grids = read_grids(path, file=file, sheet=sheet, encoding=encoding, delimiter=delimiter)
    grid, layout, notes = _choose(grids, table, file, said)
    sha256 = sha256_of(path)
    asked = Asked(said, dict(where or {}), {**always, **(constants or {})}, hidden, mending or Mending(), key)
    found = read_bulk(table, grid, layout, asked, file=file, sha256=sha256)
    if found is None:
        found = read_rows(table, grid, layout, asked, file=file, sha256=sha256)
    personal = {place for place, column in layout.places.items() if column.personal}
    people = None if found.people is None else pd.Series(found.people, dtype="str")
    return RawTable(
        table=table,
        file=file,
        sheet=grid.sheet,
        form=grid.form,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        frame=found.frame,
        headings={c.name: layout.headings[place] for place, c in layout.places.items() if not c.personal},
        rows=tuple(number + 1 for number in found.rows),
        skipped=tuple((number + 1, reason) for number, reason in found.skipped),
        problems=(*notes, *found.faults),
        dropped=tuple(
            heading
            for place, heading in enumerate(layout.headings)
            if heading and (place not in layout.places or place in personal)
        ),
        people=None
        if people is None
        else pd.Series(pd.factorize(people.where(people != ""))[0], dtype="int64"),
        sha256=sha256,
        n_read=held_rows(grid.cells),
        shape=layout.section.shape,
        says_status=found.says_status,
        personal=tuple(sorted({c.name for c in layout.places.values() if c.personal})),
        pseudonyms=None if found.pseudonyms is None else pd.Series(found.pseudonyms, dtype="str"),
    )


def read_grids(
    path: Path,
    *,
    file: str,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> list[Grid]:
    """Return the cells of every sheet that may be read.

    Raises
    ------
    UnreadableFileError
        When the file is not what its name says, or may do harm.
    """
    if path.suffix.lower().lstrip(".") in TEXT_FORMS:
        return [read_text_grid(path, file=file, encoding=encoding, delimiter=delimiter)]
    return read_workbook_grids(path, file=file, sheet=sheet)


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
    if base is not None and leads_out(base, path):
        raise UnreadableFileError(problem("link_outside", file=file))
    form = path.suffix.lower().lstrip(".")
    if form not in FORMS:
        raise UnreadableFileError(
            problem("bad_format", file=file, found=path.suffix, expected=", ".join(FORMS).upper())
        )
    if path.stat().st_size == 0:
        raise UnreadableFileError(problem("empty_file", file=file))


def _choose(
    grids: Sequence[Grid], table: str, file: str, said: Mapping[str, str]
) -> tuple[Grid, Layout, list[Problem]]:
    """Return the first sheet with a table, its layout, and notes about sheets that were not read."""
    notes = [
        problem("hidden_sheet", table=table, file=file, sheet=name, severity="note")
        for name in (grids[0].hidden if grids else ())
    ]
    found = [
        (grid, layout)
        for grid in grids
        if (layout := find_layout(grid.cells, table, said=said, merged=grid.merged)) is not None
    ]
    if not found:
        code = "no_table" if any(held(row) for grid in grids for row in grid.cells) else "empty_file"
        needed = [column for column in INTAKE_TABLES[table] if column.required]
        expected = "; ".join(f"{column.it}, {', '.join(column.aliases[:3])}" for column in needed)
        sheet = grids[0].sheet if len(grids) == 1 else ""
        raise UnreadableFileError(problem(code, table=table, file=file, sheet=sheet, expected=expected))
    whole = [(grid, layout) for grid, layout in found if layout.has(table)]
    notes += [
        problem("sheet_not_read", table=table, file=file, sheet=grid.sheet, severity="note")
        for grid, _ in whole[1:]
    ]
    return *(whole or found)[0], notes
