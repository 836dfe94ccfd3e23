"""Rows that were kept out, in a file that a clerk can open, mend and hand back; what is mended stays mended."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from stakeholder_net._checks import check_option, problem
from stakeholder_net._files import formula_safe, write_bytes
from stakeholder_net.errors import InvalidTablesError, Problem, UnreadableFileError
from stakeholder_net.records._cells import cell_text
from stakeholder_net.records._grid import Cell
from stakeholder_net.records._headings import fold
from stakeholder_net.records._layout import held
from stakeholder_net.records._mending import Fix, Mending
from stakeholder_net.records._text import read_text_grid
from stakeholder_net.records._workbook import read_workbook_grids
from stakeholder_net.words import LANGUAGES, MESSAGES, Language

__all__ = ["Mending", "keep_mending", "problem_table", "read_mending", "write_set_aside"]

HEADINGS: dict[str, tuple[str, ...]] = {
    "it": ("file", "foglio", "riga", "colonna", "valore", "codice", "che cosa non va", "che cosa fare",
           "valore corretto", "impronta"),
    "en": ("file", "sheet", "row", "column", "value", "code", "what is wrong", "what to do",
           "fixed value", "fingerprint"),
}  # fmt: skip
_KEPT = ("file", "sheet", "row", "column", "code", "fixed value", "fingerprint")
_MARK = "sha256:"  # a spreadsheet takes bare figures and an `e` for a number
_GUARDED = re.compile("^'(?=\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r])")


def write_set_aside(
    problems: Iterable[Problem],
    path: str | os.PathLike[str],
    *,
    language: Language = "it",
    fingerprints: Mapping[str, str] | None = None,
) -> Path:
    """Write the cells that kept rows out, one line each, with an empty column for the right value.

    Parameters
    ----------
    problems : iterable of Problem
        Of any kind; those that set a row aside are written, in the order of file, sheet, row.
    path : path
        CSV to write: ``;`` and UTF-8 with its mark, as a double click in an Italian office opens it.
    language : {"it", "en"}
        Of headings and sentences.
    fingerprints : mapping of str to str, optional
        SHA-256 by file, for faults that were found after the file was read.

    Returns
    -------
    pathlib.Path
        The file; it has its headings also when nothing was set aside.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from stakeholder_net._checks import problem
    >>> fault = problem("bad_date", file="fogli.xlsx", sheet="Lab", row=7, column="Data", value="oggi",
    ...                 severity="set_aside")
    >>> path = write_set_aside([fault], pathlib.Path(tempfile.mkdtemp(), "set_aside.csv"), language="en")
    >>> print(path.read_text("utf-8-sig").splitlines()[1])
    fogli.xlsx;Lab;7;Data;oggi;bad_date;'oggi' is not a date that can be read without guessing.;Write it as 03/09/2021
    or 2021-09-03 (day, month, year).;;
    """
    check_option("language", language, LANGUAGES)
    aside = [fault for fault in problems if fault.severity == "set_aside"]
    aside.sort(key=lambda fault: (fault.file, fault.sheet, fault.row or 0))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS[language])
    for fault in aside:
        sha256 = fault.params.get("sha256") or (fingerprints or {}).get(fault.file, "")
        row = (fault.file, fault.sheet, fault.row, fault.column, fault.value, fault.code,
               *_sentence(fault, language), "", f"{_MARK}{sha256}" if sha256 else "")  # fmt: skip
        writer.writerow([formula_safe("" if cell is None else str(cell)) for cell in row])
    return write_bytes(path, out.getvalue().encode("utf-8-sig"))


def problem_table(problems: Iterable[Problem], *, language: Language = "it") -> pd.DataFrame:
    """List what is wrong with the files, and what is to be done.

    Parameters
    ----------
    problems : iterable of Problem
        Of any kind, for instance those of what was read and built.
    language : {"it", "en"}
        Of headings and sentences.

    Returns
    -------
    pandas.DataFrame
        One row a problem, in the words of :func:`write_set_aside`: file, sheet, row, column, code, what is wrong, and
        what to do.

    Examples
    --------
    >>> from stakeholder_net._checks import problem
    >>> fault = problem("missing_value", file="fogli.xlsx", sheet="Lab", row=7, column="Ente")
    >>> problem_table([fault]).iloc[0].to_dict()["che cosa fare"]
    'Compilare la cella.'
    """
    check_option("language", language, LANGUAGES)
    rows = [
        (fault.file, fault.sheet, fault.row, fault.column, fault.code, *_sentence(fault, language))
        for fault in problems
    ]
    headings = [name for name in HEADINGS[language][:-2] if name not in {"valore", "value"}]
    table = pd.DataFrame(rows, columns=headings)
    return table.astype({headings[2]: "Int64"})


def _sentence(fault: Problem, language: Language) -> tuple[str, str]:
    """Return what is wrong and what to do, without the place."""
    if language == "en" or fault.code not in MESSAGES:
        return fault.message, fault.hint
    params = {"nearest": "", **fault.params}
    params["nearest"] = params["nearest"].replace(" Did you mean", " Forse si intendeva")
    message, hint = MESSAGES[fault.code][language]
    return message.format(**params), hint.format(**params).strip()


def read_mending(path: str | os.PathLike[str]) -> Mending:
    """Read what a person put right: a file of rows set aside with its last column filled in, or the kept ones.

    Parameters
    ----------
    path : path
        The file, as written or as a spreadsheet saved it (CSV, XLSX, ODS); a file that does not exist mends nothing.

    Returns
    -------
    Mending
        To be given to :func:`read_table`; the last word on each cell counts.

    Raises
    ------
    UnreadableFileError, InvalidTablesError
        When the file cannot be read, or lacks one of its columns.
    """
    path = Path(path)
    return Mending.latest(_fixes(path) if path.exists() else ())


def keep_mending(set_aside: str | os.PathLike[str], kept: str | os.PathLike[str]) -> int:
    """Add what a person wrote into the file of rows set aside to the file that is replayed for ever.

    Nothing is ever taken out of the kept file: a later line on the same cell wins over an earlier one.

    Parameters
    ----------
    set_aside : path
        File of rows set aside, with right values filled in; the word *scarta* leaves a row out for good.
    kept : path
        CSV of all that was ever put right; made when it is not there.

    Returns
    -------
    int
        How many cells were added.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> keep_mending(folder / "set_aside.csv", folder / "mending.csv")
    0
    """
    source, target = Path(set_aside), Path(kept)
    if not source.exists():
        return 0
    former = list(_fixes(target)) if target.exists() else []
    known = {fix.key: fix.value for fix in Mending.latest(former).fixes}
    new = [fix for fix in Mending.latest(_fixes(source)).fixes if known.get(fix.key) != fix.value]
    if not new:
        return 0
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_KEPT)
    for fix in (*former, *new):
        row = (fix.file, fix.sheet, str(fix.row), fix.column, fix.code, fix.value, f"{_MARK}{fix.sha256}")
        writer.writerow([formula_safe(cell) for cell in row])
    write_bytes(target, out.getvalue().encode("utf-8-sig"))
    return len(new)


def _fixes(path: Path) -> Iterator[Fix]:
    """Return the lines with a right value, in the order of the file."""
    rows = _cells(path)
    header = next((number for number, row in enumerate(rows) if held(row)), None)
    if header is None:
        raise UnreadableFileError(problem("empty_file", file=path.name))
    places = _places(rows[header], path.name)
    for row in rows[header + 1 :]:
        cells = {
            name: _GUARDED.sub("", cell_text(row[at])) if at < len(row) else "" for name, at in places.items()
        }
        sha256 = cells["fingerprint"].removeprefix(_MARK)
        if cells["fixed value"] and sha256 and cells["row"].isdecimal():
            yield Fix(
                sha256,
                cells["sheet"],
                int(cells["row"]),
                cells["column"],
                cells["code"],
                cells["fixed value"],
                cells["file"],
            )


def _cells(path: Path) -> Sequence[list[Cell]]:
    if path.suffix.lower() in (".csv", ".txt"):
        return read_text_grid(path, file=path.name).cells
    return read_workbook_grids(path, file=path.name)[0].cells


def _places(header: Sequence[Cell], file: str) -> dict[str, int]:
    """Return where each column stands, in either language."""
    folded = [fold(cell) for cell in header]
    places: dict[str, int] = {}
    for spellings in zip(*HEADINGS.values(), strict=True):
        at = next((folded.index(spelling) for spelling in map(fold, spellings) if spelling in folded), None)
        if at is not None:
            places[spellings[list(HEADINGS).index("en")]] = at
    lost = [name for name in _KEPT if name not in places]
    if lost:
        found = ", ".join(filter(None, map(str, header)))
        raise InvalidTablesError(
            problem("missing_column", file=file, row=1, name=name, found=found) for name in lost
        )
    return places
