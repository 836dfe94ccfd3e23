"""Workbooks: which sheet holds the table, and its cells."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import python_calamine as calamine

from stakeholder_net._checks import nearest_hint, problem
from stakeholder_net.errors import UnreadableFileError
from stakeholder_net.records._extras import Extras
from stakeholder_net.records._grid import Cell, Grid
from stakeholder_net.records._guard import MAX_CELLS, Passed, check_workbook

__all__ = ["read_workbook_grids"]

SECONDS = 120  # a sheet at the limits of the guard needs less than half
_OUT_OF_MEMORY = (b"MemoryError", b"memory allocation of")  # as Python and as Rust say it
_WORKER = Path(__file__).with_name("_book_worker.py")


def read_workbook_grids(path: Path, *, file: str, sheet: str | None = None) -> list[Grid]:
    """Read the sheets of a workbook, values only, in a process whose memory and time are limited.

    Parameters
    ----------
    path : pathlib.Path
        XLSX, XLSM, XLS or ODS.
    file : str
        Its name in messages.
    sheet : str, optional
        The one sheet to read, hidden or not; without it, all that are not hidden.

    Returns
    -------
    list of Grid
        In the order of the workbook.

    Raises
    ------
    UnreadableFileError
        When the file is not a workbook, is locked, is too large, or has no such sheet.
    """
    with _reader() as run:  # it starts while the guard looks
        passed = check_workbook(path, file=file)
        book, texts = _ask(run, path, file, sheet, passed)
    names, visible = book["names"], book["visible"]
    _check_sheet(sheet, names, file)
    hidden = tuple(name for name in names if name not in visible and name != sheet)
    return [_grid(path, said, texts, hidden) for said in book["grids"]]


@contextlib.contextmanager
def _reader() -> Iterator[subprocess.Popen[bytes]]:
    """Start the process that opens workbooks; it waits for a word and is gone at the end, whatever happens."""
    words = [sys.executable, "-I", "-S", str(_WORKER), str(Path(calamine.__file__).parents[1])]
    pipe = subprocess.PIPE
    # S603: our own Python and our own script
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe) as run:  # noqa: S603
        try:
            yield run
        finally:
            run.kill()


def _ask(
    run: subprocess.Popen[bytes], path: Path, file: str, sheet: str | None, passed: Passed
) -> tuple[dict[str, Any], Iterator[str]]:
    """Have the other process read; whatever becomes of it, this one goes on."""
    asked = {"path": str(path.resolve()), "sheet": sheet, "seconds": SECONDS, "most": MAX_CELLS}
    asked |= {"megabytes": passed.megabytes, "tells_more": passed.tells_more}
    try:
        out, errors = run.communicate(json.dumps(asked).encode() + b"\n", timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise UnreadableFileError(problem("damaged_file", file=file, detail=f"> {SECONDS} s")) from None
    first, _, rest = out.partition(b"\n")
    try:
        said: dict[str, Any] = json.loads(first if run.returncode == 0 else b"")
    except ValueError:  # it was ended, or gave up: what it printed may hold names, and is not shown
        if any(words in errors for words in _OUT_OF_MEMORY):
            raise _unfolds(file, passed.megabytes) from None
        detail = f"exit {run.returncode}"
        raise UnreadableFileError(problem("damaged_file", file=file, detail=detail)) from None
    if said.get("fault") == "too_large":
        raise _unfolds(file, passed.megabytes)
    if "fault" in said:
        raise UnreadableFileError(problem(said["fault"], file=file, detail=said.get("detail", "")))
    return said, iter(rest.decode().split("\0"))


def _unfolds(file: str, megabytes: int) -> UnreadableFileError:
    found, allowed = f"> {megabytes} MB", f"{megabytes} MB"
    return UnreadableFileError(problem("too_large", file=file, found=found, allowed=allowed))


def _cell(said: list[Any]) -> Cell:
    """Return what JSON has no word for; the other cells come as they are."""
    kind, value = said
    if kind == "timedelta":
        return dt.timedelta(*value)
    if kind == "time":
        return dt.time.fromisoformat(value)
    return dt.datetime.fromisoformat(value) if kind == "datetime" else dt.date.fromisoformat(value)


def _area(said: Any) -> tuple[tuple[int, int], tuple[int, int]]:  # noqa: ANN401 - what JSON holds
    (top, left), (bottom, right) = said
    return (top, left), (bottom, right)


def _column(said: list[Any] | None, texts: Iterator[str], height: int) -> list[Cell]:
    if said is None:
        return list(islice(texts, height))
    return [_cell(cell) if type(cell) is list else cell for cell in said]


def _grid(path: Path, said: dict[str, Any], texts: Iterator[str], hidden: tuple[str, ...]) -> Grid:
    columns = [_column(column, texts, said["height"]) for column in said["columns"]]
    extras = Extras(
        hidden=set(said["hidden"]),
        unsaved={(row, column) for row, column in said["unsaved"]},
        merged=[_area(area) for area in said["spans"]],
    )
    return Grid(
        cells=list(map(list, zip(*columns, strict=True))),
        form=path.suffix.lower().lstrip("."),
        sheet=said["name"],
        merged=tuple(_area(area) for area in said["merged"]),
        hidden=hidden,
        extras=extras,
    )


def _check_sheet(sheet: str | None, names: list[str], file: str) -> None:
    if sheet is not None and sheet not in names:
        hint = nearest_hint(sheet, names)
        raise UnreadableFileError(
            problem("missing_sheet", file=file, value=sheet, found=", ".join(names), nearest=hint)
        )
