"""Workbooks: which sheet holds the table, and its cells."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import python_calamine as calamine

from stakeholder_net._checks import nearest_hint, problem
from stakeholder_net.errors import UnreadableFileError
from stakeholder_net.records._extras import Extras
from stakeholder_net.records._grid import Cell, Grid
from stakeholder_net.records._guard import MAX_CELLS, check_workbook

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
    book = _ask(path, file, sheet, megabytes=check_workbook(path, file=file))
    names, visible = book["names"], book["visible"]
    _check_sheet(sheet, names, file)
    hidden = tuple(name for name in names if name not in visible and name != sheet)
    return [_grid(path, said, hidden) for said in book["grids"]]


def _ask(path: Path, file: str, sheet: str | None, *, megabytes: int) -> dict[str, Any]:
    """Have the other process read; whatever becomes of it, this one goes on."""
    packages = str(Path(calamine.__file__).parents[1])
    limits = [str(megabytes), str(SECONDS), str(MAX_CELLS)]
    words = [sys.executable, "-I", str(_WORKER), packages, *limits, str(path.resolve())]
    words += [] if sheet is None else [sheet]
    try:
        # S603: our own Python and our own script; the path is one word and no shell sees it
        run = subprocess.run(words, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise UnreadableFileError(problem("damaged_file", file=file, detail=f"> {SECONDS} s")) from None
    try:
        said: dict[str, Any] = json.loads(run.stdout)
    except ValueError:  # it was ended, or gave up: what it printed may hold names, and is not shown
        if any(words in run.stderr for words in _OUT_OF_MEMORY):
            raise _unfolds(file, megabytes) from None
        detail = f"exit {run.returncode}"
        raise UnreadableFileError(problem("damaged_file", file=file, detail=detail)) from None
    if said.get("fault") == "too_large":
        raise _unfolds(file, megabytes)
    if "fault" in said:
        raise UnreadableFileError(problem(said["fault"], file=file, detail=said.get("detail", "")))
    return said


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


def _grid(path: Path, said: dict[str, Any], hidden: tuple[str, ...]) -> Grid:
    extras = Extras(
        hidden=set(said["hidden"]),
        unsaved={(row, column) for row, column in said["unsaved"]},
        merged=[_area(area) for area in said["spans"]],
    )
    return Grid(
        cells=[[_cell(cell) if type(cell) is list else cell for cell in row] for row in said["cells"]],
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
