"""Open one workbook in a process of its own and say its values; started as a script, with little memory.

A spreadsheet that aborts the reader, fills the memory or never ends then takes this process with it and no other.
Nothing of the library is imported by its name: the process is to be there in a few hundredths of a second. It is
started while the guard still looks at the file, and opens it when it is told to: one line on its input.

What it says is one line of JSON and, behind it, the cells of all columns that hold nothing but text, between zeros.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import zipfile
import zlib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

__all__ = ["read_book"]


def _limit(megabytes: int, seconds: int) -> None:
    """Set the limits where the system has them (Windows has none; there the time-out of the caller is left)."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, megabytes << 20), (resource.RLIMIT_CPU, seconds)):
        hard = resource.getrlimit(kind)[1]
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (wanted, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # no picture of a memory that holds names


LONGEST = 32_767  # letters; no office program lets a person type more into a cell


def _plain(cell: object) -> object:
    """Return what JSON can hold; dates and times as ``[kind, text]``."""
    if isinstance(cell, str):
        if len(cell) > LONGEST:
            raise MemoryError
        return cell
    if isinstance(cell, dt.datetime):
        return ["datetime", cell.isoformat()]
    if isinstance(cell, dt.date):
        return ["date", cell.isoformat()]
    if isinstance(cell, dt.time):
        return ["time", cell.isoformat()]
    if isinstance(cell, dt.timedelta):
        return ["timedelta", [cell.days, cell.seconds, cell.microseconds]]
    return cell


def _said(column: tuple[object, ...], texts: list[str]) -> list[object] | None:
    """Return a column for JSON, or put it among the texts, which takes a third of the time."""
    if set(map(type, column)) == {str}:
        cells: Any = column
        if max(map(len, cells)) > LONGEST:
            raise MemoryError
        text = "\0".join(cells)
        if text.count("\0") == len(cells) - 1:
            texts.append(text)
            return None
    return [_plain(cell) for cell in column]


def _extras_module() -> Any:  # noqa: ANN401 - a module that is found by its place
    place = Path(__file__).with_name("_extras.py")
    spec = spec_from_file_location("_extras", place)
    if spec is None or spec.loader is None:
        raise ImportError(str(place))
    module = module_from_spec(spec)
    sys.modules["_extras"] = module
    spec.loader.exec_module(module)
    return module


def read_book(path: Path, sheet: str | None, most: int, *, tells_more: bool) -> tuple[dict[str, Any], str]:
    """Return names, visible names, grids and their texts of a workbook, or ``fault`` with a word on what is wrong."""
    import python_calamine as calamine  # noqa: PLC0415 - its place is not known before

    texts: list[str] = []
    try:
        book = calamine.load_workbook(path)
        sheets = [meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
        names = [meta.name for meta in sheets]
        visible = [meta.name for meta in sheets if meta.visible == calamine.SheetVisibleEnum.Visible]
        wanted = visible if sheet is None else [name for name in names if name == sheet]
        grids = []
        for name in wanted:
            page = book.get_sheet_by_name(name)
            if page.total_height * page.total_width > most:  # what no limit of memory stops on every system
                return {"fault": "too_large"}, ""
            rows = page.to_python(skip_empty_area=False)
            extras = _extras_module().read_extras(path, name) if tells_more else None
            spans = extras.merged if extras else []
            grids.append(
                {
                    "name": name,
                    "height": len(rows),
                    "columns": [_said(column, texts) for column in zip(*rows, strict=True)],
                    "merged": list(page.merged_cell_ranges or spans),
                    "hidden": sorted(extras.hidden) if extras else [],
                    "unsaved": sorted(extras.unsaved) if extras else [],
                    "spans": spans,
                }
            )
    except calamine.PasswordError:
        return {"fault": "locked_file"}, ""
    except MemoryError:
        return {"fault": "too_large"}, ""
    except (calamine.CalamineError, zipfile.BadZipFile, zlib.error, SyntaxError) as error:
        return {"fault": "damaged_file", "detail": str(error)}, ""
    except (ValueError, KeyError, OverflowError, OSError, NotImplementedError) as error:
        return {"fault": "damaged_file", "detail": type(error).__name__}, ""
    return {"names": names, "visible": visible, "grids": grids}, "\0".join(texts)


def _main(packages: str) -> None:
    sys.path.append(packages)
    import python_calamine  # noqa: F401, PLC0415 - while the guard looks at the file

    if not (line := sys.stdin.buffer.readline()):  # refused
        return
    asked = json.loads(line)
    _limit(asked["megabytes"], asked["seconds"])
    said, texts = read_book(
        Path(asked["path"]), asked["sheet"], asked["most"], tells_more=asked["tells_more"]
    )
    out = sys.stdout.buffer
    out.write(json.dumps(said).encode() + b"\n")
    out.write(texts.encode())
    out.flush()


if __name__ == "__main__":
    _main(sys.argv[1])
