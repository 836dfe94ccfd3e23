"""Change sample files one byte at a time and read them: read rightly, or refused with one of our own errors.

    python -m benchmarks.mutants --count 2400 --output benchmarks/RESULTS-trust.md

Every file of data/raw is tried, workbooks twice: a byte of the file as it lies on the disk, and a byte of a part inside
(packed again, so that its checksum is right). With ../shared, sheets of signatures in ODS and XLS too. A mutant passes
when it is refused by a StakeholderNetError, or when no row that the byte does not belong to has another value than
before. Anything else - another exception, a row that vanished unsaid, a value changed elsewhere - is printed
and counts.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import re
import sys
import tempfile
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from stakeholder_net.errors import StakeholderNetError
from stakeholder_net.records import read_table
from stakeholder_net.records._grid import Cell
from stakeholder_net.records._workbook import read_workbook_grids
from stakeholder_net.records.read import RawTable

ROOT = Path(__file__).resolve().parents[1]
SHEETS = ROOT.parent / "shared" / "data" / "identities" / "files"
BEGIN, END = "<!-- mutants -->", "<!-- /mutants -->"


@dataclass(frozen=True)
class Mutant:
    """One file with one byte changed."""

    source: Path
    table: str
    part: str  # inside a workbook; empty: a byte of the file itself
    at: int
    byte: int


def samples() -> list[tuple[Path, str]]:
    """List the files of the project that hold records, and what each holds."""
    said = tomllib.loads((ROOT / "stakeholder.toml").read_text("utf-8"))["files"]
    found = [(ROOT / entry["path"], entry["table"]) for entry in said if entry["path"].startswith("data/raw")]
    found += [(SHEETS / f"foglio_firme.{form}", "attendance") for form in ("ods", "xls", "xlsx")]
    return [(path, table) for path, table in found if path.is_file()]


def mutants(count: int, *, seed: int = 7) -> Iterator[Mutant]:
    """Draw places and bytes, as many in each file."""
    draw = random.Random(seed)  # noqa: S311 - places to try, no secret
    places: list[tuple[Path, str, str, int]] = []
    for path, table in samples():
        places.append((path, table, "", path.stat().st_size))
        if path.suffix in (".xlsx", ".ods"):
            with zipfile.ZipFile(path) as archive:
                parts = [info for info in archive.infolist() if info.filename.endswith((".xml", ".rels"))]
            # what holds the cells is tried most
            parts.sort(key=lambda info: (not _holds_cells(info.filename), info.filename))
            places += [(path, table, info.filename, info.file_size) for info in parts[:3] if info.file_size]
    for number in range(count):
        path, table, part, size = places[number % len(places)]
        yield Mutant(path, table, part, draw.randrange(size), draw.randrange(256))


def _holds_cells(part: str) -> bool:
    return part == "content.xml" or part.endswith("sharedStrings.xml") or "worksheets/sheet" in part


def made(mutant: Mutant, folder: Path) -> tuple[Path, str, bytes]:
    """Write the mutant; return its path, the letters around the byte, and the bytes that were changed in."""
    path = folder / mutant.source.name
    whole = mutant.source.read_bytes()
    if not mutant.part:
        path.write_bytes(whole[: mutant.at] + bytes([mutant.byte]) + whole[mutant.at + 1 :])
        return path, "", whole
    with zipfile.ZipFile(mutant.source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        data = b""
        for info in old.infolist():
            held = old.read(info)
            if info.filename == mutant.part:
                data, held = held, held[: mutant.at] + bytes([mutant.byte]) + held[mutant.at + 1 :]
            new.writestr(info, held)
    return path, "", data


def _touched(mutant: Mutant, data: bytes) -> set[int]:
    """Return the rows that the byte belongs to, as the file counts them."""
    if mutant.source.suffix == ".csv":
        row = data[: mutant.at].count(b"\n") + 1
        return {row, row + 1} if data[mutant.at : mutant.at + 1] == b"\n" else {row}
    if "worksheets/sheet" in mutant.part or mutant.part == "content.xml":
        mark = b"<row " if "worksheets" in mutant.part else b"<table:table-row"
        numbers = re.findall(rb'<row r="(\d+)"', data[: mutant.at + 12]) if mark == b"<row " else []
        row = int(numbers[-1]) if numbers else data[: mutant.at + len(mark)].count(mark)
        return {row - 1, row, row + 1}
    return set()


def _by_row(raw: RawTable, columns: list[str]) -> dict[int, list[tuple[str, ...]]]:
    found: dict[int, list[tuple[str, ...]]] = {}
    plain = raw.frame[columns].astype("object").where(raw.frame[columns].notna(), "")
    for row, cells in zip(raw.rows, plain.itertuples(index=False, name=None), strict=True):
        found.setdefault(row, []).append(tuple(map(str, cells)))
    return found


def _said(source: Path) -> dict[str, str] | None:
    """Return what has to be said of a file: a sheet of signatures is of one meeting."""
    return {"event": "=E01"} if source.stem == "foglio_firme" else None


@cache
def _unchanged(source: Path, table: str) -> RawTable:
    return read_table(source, table, columns=_said(source))


def verdict(mutant: Mutant) -> tuple[str, str]:
    """Read one mutant; ``read``, ``refused``, ``harmed`` or ``crashed``, with a word on why."""
    said, before = _said(mutant.source), _unchanged(mutant.source, mutant.table)
    with tempfile.TemporaryDirectory() as folder:
        path, _, data = made(mutant, Path(folder))
        try:
            after = read_table(path, mutant.table, columns=said)
            if mutant.source.suffix != ".csv" and _only_one_text(mutant.source, path):
                return "read", ""
        except StakeholderNetError as error:
            return "refused", type(error).__name__
        except Exception as error:  # noqa: BLE001 - what comes is what is asked
            return "crashed", f"{type(error).__name__}: {error}"
    columns = [name for name in before.frame.columns if name in after.frame.columns]
    if len(columns) < len(before.frame.columns) and not set(after.dropped) - set(before.dropped):
        return "harmed", f"columns gone unsaid: {sorted(set(before.frame.columns) - set(columns))}"
    touched = _touched(mutant, data)
    old, new = _by_row(before, columns), _by_row(after, columns)
    told = {fault.row for fault in after.problems} | {row for row, _ in after.skipped}
    return _compared(old, new, touched, told, mutant, data)


def _compared(  # noqa: PLR0913, PLR0917 - two readings and what is known of the byte
    old: dict[int, list[tuple[str, ...]]],
    new: dict[int, list[tuple[str, ...]]],
    touched: set[int],
    told: set[int | None],
    mutant: Mutant,
    data: bytes,
) -> tuple[str, str]:
    spot = data[max(0, mutant.at - 20) : mutant.at + 20]
    what = f"{mutant.source.name} {mutant.part} at {mutant.at}: {spot!r} -> {bytes([mutant.byte])!r}"
    for shift in (0, 1, -1):  # a line end more or less moves the rows below by one
        first = min(touched, default=0)
        moved = {
            row + shift if row > first else row: cells for row, cells in old.items() if row not in touched
        }
        left = {
            row: cells
            for row, cells in moved.items()
            if new.get(row) != cells and (row in new or row not in told)
        }
        if not left:
            return "read", ""
    changed = [row for row, cells in old.items() if row not in touched and new.get(row) != cells]
    return "harmed", f"{what}: {len(changed)} other rows changed, {changed[:3]}"


def _cells(path: Path) -> dict[tuple[str, int, int], str]:
    found = {}
    for grid in read_workbook_grids(path, file=path.name):
        for row, cells in enumerate(grid.cells):
            for column, cell in enumerate(cells):
                if cell is not None and cell != "":
                    found[grid.sheet, row, column] = _number(cell)
    return found


@cache
def _cells_unchanged(path: Path) -> dict[tuple[str, int, int], str]:
    return _cells(path)


def _number(cell: Cell) -> str:
    """Return a cell as text, times as the number that the file holds: their form is a byte of its own."""
    if isinstance(cell, dt.datetime):
        return f"{(cell - dt.datetime(1899, 12, 30)) / dt.timedelta(1):.6f}"  # noqa: DTZ001 - as offices count
    if isinstance(cell, dt.time):
        return f"{(cell.hour * 3600 + cell.minute * 60 + cell.second) / 86400:.6f}"
    if isinstance(cell, dt.timedelta):
        return f"{cell / dt.timedelta(1):.6f}"
    return f"{cell:.6f}" if isinstance(cell, (int, float)) else str(cell)


def _only_one_text(source: Path, path: Path) -> bool:
    """Whether all that changed in a workbook is one value, which several cells may point to, or one cell's place."""
    old, new = _cells_unchanged(source), _cells(path)
    changes = {(old.get(at), new.get(at)) for at in old.keys() | new.keys() if old.get(at) != new.get(at)}
    if len(changes) <= 1:
        return True
    # XLS: the place of a cell is two bytes of its own; it is gone here and has come there
    return source.suffix == ".xls" and len(changes) == 2 and {(b, a) for a, b in changes} == changes  # noqa: PLR2004


def _tried(mutant: Mutant) -> tuple[str, str, str]:
    return (mutant.source.suffix.lstrip(".") + (" part" if mutant.part else ""), *verdict(mutant))


def table(results: list[tuple[str, str, str]], count: int) -> str:
    """Return the table of the results in Markdown."""
    frame = pd.DataFrame(results, columns=["what", "verdict", "why"])
    counts = pd.crosstab(frame["what"], frame["verdict"])
    counts = counts.reindex(columns=["read", "refused", "harmed", "crashed"], fill_value=0)
    lines = [
        "| byte changed in | read rightly | refused | silent change | traceback |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {what} | " + " | ".join(map(str, row)) + " |"
        for what, row in zip(counts.index, counts.to_numpy(), strict=True)
    ]
    lines.append("| **all** | " + " | ".join(map(str, counts.sum().to_numpy())) + " |")
    return "\n".join([f"{count} mutants, seed 7: one byte changed in each.", "", *lines])


def main() -> None:
    """Try them all and write the table between its marks."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=2400)
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args()
    with ProcessPoolExecutor(2) as pool:
        results = list(pool.map(_tried, mutants(asked.count), chunksize=20))
    print(table(results, asked.count))
    wrong = Counter((what, how, why) for what, how, why in results if how in ("harmed", "crashed"))
    for (what, how, why), times in wrong.most_common():
        print(f"{times} x {what}, {how}: {why}", file=sys.stderr)
    if asked.output:
        replace_between(asked.output, BEGIN, END, table(results, asked.count))
    sys.exit(bool(wrong))


def replace_between(path: Path, begin: str, end: str, text: str) -> None:
    """Put a text between two marks of a file; other tables of the file stay."""
    whole = path.read_text("utf-8") if path.is_file() else f"# What was tried to break it\n\n{begin}\n{end}\n"
    if begin not in whole:
        whole += f"\n{begin}\n{end}\n"
    head, _, rest = whole.partition(begin)
    path.write_text(f"{head}{begin}\n{text}\n{end}{rest.partition(end)[2]}", "utf-8")


if __name__ == "__main__":
    main()
