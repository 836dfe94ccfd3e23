"""A project from sheets that an office already has: which table is in which sheet, told from its headings."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stakeholder_net._checks import check_option, problem
from stakeholder_net._display import Shown
from stakeholder_net._files import leads_out, write_bytes, write_text
from stakeholder_net.errors import Problem, UnreadableFileError
from stakeholder_net.records._grid import Grid
from stakeholder_net.records._headings import fold
from stakeholder_net.records._layout import Layout, find_layout
from stakeholder_net.records.read import FORMS, read_grids
from stakeholder_net.words import INTAKE_TABLES, LANGUAGES, Language

__all__ = ["Adopted", "adopt_sheets", "recognise"]

# Of equally fitting tables the one that comes first.
ORDER: Final = (
    "attendance", "collaborations", "memberships", "events", "priorities", "register", "ties", "aliases",
)  # fmt: skip
# A list of bodies without a column of the event is of one meeting when it says who came, when or for how long.
SAYS_MEETING: Final = frozenset(
    ("status", "arrived", "left", "hours", "persons", "person", "signature", "date")
)
EVENT: Final = "event"
# What the name of a file, of a sheet, or a line above the headings says of its rows.
MEETING: Final = re.compile(
    r"\b(?:tavol[oi]|incontr[oi]|riunion[ei]|assemble[ae]|laborator\w+|sedut[ae]|presenz[ae]|firm[ae]|verbal[ei]"
    r"|partecipanti|workshop|meetings?|attendance|signatures|sign in)\b"
)
PARTNERS: Final = re.compile(
    r"\b(?:partenariat\w+|progett[oi]|convenzion[ei]|accord[oi]|protocoll[oi]|partners?|partnerships?|projects?"
    r"|agreements?)\b"
)
SIGNED_UP: Final = re.compile(r"\b(?:iscri\w+|prenota\w+|pre ?adesion\w+|registrations?|sign ?ups?)\b")
ANNOUNCED: Final = ("status", "iscritto")
# Sheets name persons: they and what is made of them stay out of a repository until somebody wants them in.
IGNORED: Final = "data/raw/\ndata/processed/\noutput/\n"

HEAD: Final[dict[Language, str]] = {
    "it": "# Che cosa è ciascun foglio, riconosciuto dalle intestazioni: controllare, poi  stakeholder-net check\n"
    '# Una colonna non riconosciuta si dice così:  columns = { actor = "Chi ha firmato" }\n'
    '# Un valore uguale per tutte le righe così:   columns = { event = "= LAB1" }\n',
    "en": "# What each sheet is, told from its headings: look it over, then  stakeholder-net check\n"
    '# A column that was not known is told so:      columns = { actor = "Who signed" }\n'
    '# A value that is the same in every row so:    columns = { event = "= LAB1" }\n',
}
TITLE: Final[dict[Language, str]] = {
    "it": "Il nostro territorio: chi lavora con chi",
    "en": "Our territory: who works with whom",
}
UNKNOWN: Final[dict[Language, str]] = {
    "it": "# Non riconosciuto: {name}. Se serve, dire che tabella è ({tables}):",
    "en": "# Not known: {name}. If it is needed, say which table it is ({tables}):",
}
CALLS: Final[dict[Language, str]] = {
    "it": '# calls = ["calls/*.toml"]  # bandi: copiare calls/modulo/bando.toml in calls/ e compilarlo',
    "en": '# calls = ["calls/*.toml"]  # calls for funding: copy calls/modulo/bando.toml into calls/ and fill it in',
}
ONLY_ANNOUNCED: Final[dict[Language, str]] = {
    "it": "# Elenco di iscritti: chi è annunciato non conta come presente. Se dice chi è venuto, togliere status.",
    "en": "# A list of those who signed up: announced is not present. If it says who came, take status away.",
}


@dataclass(frozen=True)
class Adopted(Shown):
    """What one sheet was taken for.

    Parameters
    ----------
    file : str
        Its name in ``data/raw``.
    sheet : str
        Name of the sheet; empty for text.
    table : str
        Table of the intake; empty where none fits.
    headings : tuple of str
        The headings that were known, those of persons left out.
    constants : tuple of (str, str)
        Column and the value of all rows: a sheet of one meeting is called like its file.
    problem : Problem, optional
        Why the file could not be read; it is not copied then.
    """

    file: str
    sheet: str = ""
    table: str = ""
    headings: tuple[str, ...] = ()
    constants: tuple[tuple[str, str], ...] = ()
    problem: Problem | None = None


def recognise(grid: Grid, *, name: str, alone: bool = True) -> Adopted:
    """Which table does this sheet hold?

    Parameters
    ----------
    grid : Grid
        The sheet.
    name : str
        Of its file.
    alone : bool
        Whether the file has no other sheet; else the meeting is called like both.

    Returns
    -------
    Adopted
        The table of which it has every required column and of which it names most columns; of two that are equal, the
        one that stands first in the order attendance, collaborations, memberships, events, priorities, register...
        A list of those who signed up, as its name says, holds announcements. A list of partners without a column of the
        project stays unknown: its rows are neither seats at a table nor a register.
    """
    best = Adopted(name, grid.sheet)
    most = 0
    for table in ORDER:
        layout = find_layout(grid.cells, table, said={}, merged=grid.merged)
        if layout is None:
            continue
        told = _told(grid, layout, name)
        called = Path(name).stem if alone else f"{Path(name).stem} {grid.sheet}"
        constants = _missing_event(layout, table, called)
        if constants is None or ((constants or table == "register") and _of_partners(told)):
            continue
        known = {place: column for place, column in layout.places.items() if layout.headings[place]}
        points = len({column.name for column in known.values()}) - len(
            () if MEETING.search(told) else constants
        )
        if points > most:
            shown = tuple(layout.headings[place] for place, column in known.items() if not column.personal)
            if table == "attendance" and "status" not in layout.names and SIGNED_UP.search(told):
                constants = (*constants, ANNOUNCED)
            best, most = Adopted(name, grid.sheet, table, shown, constants), points
    return best


def _told(grid: Grid, layout: Layout, name: str) -> str:
    """Return the name of the file, that of the sheet and the lines above the headings, folded."""
    above = [str(cell) for row in grid.cells[: layout.header[0]] for cell in row if isinstance(cell, str)]
    return fold(" ".join([Path(name).stem, grid.sheet, *above]))


def _of_partners(told: str) -> bool:
    return PARTNERS.search(told) is not None and MEETING.search(told) is None


def _missing_event(layout: Layout, table: str, called: str) -> tuple[tuple[str, str], ...] | None:
    """Return what every row of the sheet has; None where a required column is not there."""
    have = layout.names | ({"actor"} if layout.section.shape else set())
    lost = {column.name for column in INTAKE_TABLES[table] if column.required} - have
    if not lost:
        return ()
    if (
        table == "attendance"
        and lost == {EVENT}
        and (have & SAYS_MEETING or layout.section.shape or layout.days)
    ):
        return ((EVENT, " ".join(called.split())),)
    return None


def adopt_sheets(
    folder: str | os.PathLike[str], sheets: Sequence[str | os.PathLike[str]], *, language: Language = "it"
) -> tuple[Adopted, ...]:
    r"""Make a project folder of sheets that exist: they are copied, and each is told from its headings.

    Parameters
    ----------
    folder : path
        A folder that does not exist yet, or is empty.
    sheets : sequence of path
        Files, or folders of files (XLSX, XLS, ODS, CSV, TXT), folders in them too; they are read and copied, never
        written to.
    language : {"it", "en"}
        Of the project and of the remarks in ``stakeholder.toml``.

    Returns
    -------
    tuple of Adopted
        One for each sheet with something in it, those that no table fits among them, then one for each file of a folder
        that is no sheet.

    Raises
    ------
    UnreadableFileError
        When the folder holds something already, a file is not there, or none of them holds a sheet.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> at = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (at / "tavolo 3 settembre.csv").write_text("Ente;Firma\nAvis di Force;x\n")
    >>> [(sheet.table, dict(sheet.constants)) for sheet in adopt_sheets(at / "p", [at / "tavolo 3 settembre.csv"])]
    [('attendance', {'event': 'tavolo 3 settembre'})]
    """
    check_option("language", language, LANGUAGES)
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UnreadableFileError(problem("folder_in_use", file=target.as_posix()))
    files, left = _files(sheets)
    found: list[Adopted] = []
    for name, path in files.items():
        if any(Path(given).is_dir() and leads_out(given, path) for given in sheets):
            found.append(Adopted(name, problem=problem("link_outside", file=path.name)))
            continue
        try:
            grids = [grid for grid in read_grids(path, file=path.name) if grid.cells]
        except UnreadableFileError as error:
            found.append(Adopted(name, problem=error.problem))
        else:
            found += [recognise(grid, name=name, alone=len(grids) == 1) for grid in grids]
    faults = [sheet.problem for sheet in found if sheet.problem is not None]
    if not any(sheet.table for sheet in found):
        expected = "; ".join(column.it for column in INTAKE_TABLES["attendance"] if column.required)
        told = problem("no_table", file=", ".join(files), expected=expected)
        raise UnreadableFileError(faults[0] if faults else told)
    found += left
    for name in dict.fromkeys(sheet.file for sheet in found if sheet.problem is None):
        write_bytes(target / "data" / "raw" / name, files[name].read_bytes())
    write_text(target / "stakeholder.toml", _toml(found, language))
    write_text(target / ".gitignore", IGNORED)
    return tuple(found)


def _files(sheets: Sequence[str | os.PathLike[str]]) -> tuple[dict[str, Path], list[Adopted]]:
    """Return the files by the name that each gets, a second of one name numbered, and those that are no sheets."""
    paths, left = [], []
    for given in map(Path, sheets):
        for path in _inside(given) if given.is_dir() else [given]:
            ending = path.suffix.lower().lstrip(".")
            if given.is_dir() and ending not in FORMS:
                fault = problem(
                    "bad_format", file=path.name, found=path.suffix, expected=", ".join(FORMS).upper()
                )
                left.append(Adopted(path.name, problem=fault))
            else:
                paths.append(path)
    out: dict[str, Path] = {}
    for path in paths:
        if not path.is_file():
            raise UnreadableFileError(problem("missing_file", file=path.name, base=".", nearest=""))
        name, number = path.name, 1
        while name in out:
            number += 1
            name = f"{path.stem}-{number}{path.suffix}"
        out[name] = path
    if not out:
        raise UnreadableFileError(problem("no_sheets", file=", ".join(Path(s).name for s in sheets)))
    return out, left


def _inside(folder: Path) -> Iterator[Path]:
    """Return the files of a folder and of the folders in it; hidden ones and locks of office programs are none."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in sorted(files) if not name.startswith((".", "~$")))


def _toml(found: Sequence[Adopted], language: Language) -> str:
    """Return the file that says what each sheet is."""
    lines = [HEAD[language], f"title = {_quoted(TITLE[language])}", f'language = "{language}"', "seed = 7"]
    lines.append(CALLS[language])
    for sheet in (sheet for sheet in found if sheet.problem is None):
        lines.append("")
        body = ["[[files]]", f"path = {_quoted(f'data/raw/{sheet.file}')}"]
        if sheet.sheet:
            body.append(f"sheet = {_quoted(sheet.sheet)}")
        if sheet.table:
            body.append(f'table = "{sheet.table}"')
        else:
            named = _quoted(f"{sheet.file} {sheet.sheet}".strip())
            lines.append(UNKNOWN[language].format(name=named, tables=", ".join(ORDER)))
            body = [f"# {line}" for line in [*body, 'table = "..."']]
        if ANNOUNCED in sheet.constants:
            lines.append(ONLY_ANNOUNCED[language])
        if sheet.constants:
            told = ", ".join(f"{column} = {_quoted(f'= {value}')}" for column, value in sheet.constants)
            body.append(f"columns = {{ {told} }}")
        lines += body
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return a text as TOML writes it: its escapes are those of JSON, but for the one character DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
