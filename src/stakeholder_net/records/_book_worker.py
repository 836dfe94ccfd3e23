"""Open one workbook in a process of its own and say its values as JSON; started as a script, with little memory.

A spreadsheet that aborts the reader, fills the memory or never ends then takes this process with it and no other.
Nothing of the library is imported by its name: the process is to be there in a few hundredths of a second.
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


def read_book(path: Path, sheet: str | None, most: int) -> dict[str, Any]:
    """Return names, visible names and grids of a workbook, or ``fault`` with a word on what is wrong."""
    import python_calamine as calamine  # noqa: PLC0415 - after the limits

    place = Path(__file__).with_name("_extras.py")
    spec = spec_from_file_location("_extras", place)
    if spec is None or spec.loader is None:
        raise ImportError(str(place))
    extras_of = module_from_spec(spec)
    sys.modules["_extras"] = extras_of
    spec.loader.exec_module(extras_of)
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
                return {"fault": "too_large"}
            extras = extras_of.read_extras(path, name)
            grids.append(
                {
                    "name": name,
                    "cells": [
                        [_plain(cell) for cell in row] for row in page.to_python(skip_empty_area=False)
                    ],
                    "merged": list(page.merged_cell_ranges or extras.merged),
                    "hidden": sorted(extras.hidden),
                    "unsaved": sorted(extras.unsaved),
                    "spans": extras.merged,
                }
            )
    except calamine.PasswordError:
        return {"fault": "locked_file"}
    except MemoryError:
        return {"fault": "too_large"}
    except (calamine.CalamineError, zipfile.BadZipFile, zlib.error, SyntaxError) as error:
        return {"fault": "damaged_file", "detail": str(error)}
    except (ValueError, KeyError, OverflowError, OSError, NotImplementedError) as error:
        return {"fault": "damaged_file", "detail": type(error).__name__}
    return {"names": names, "visible": visible, "grids": grids}


if __name__ == "__main__":
    packages, megabytes, seconds, most, file, *named = sys.argv[1:]
    sys.path.append(packages)
    _limit(int(megabytes), int(seconds))
    said = json.dumps(read_book(Path(file), named[0] if named else None, int(most)))
    sys.stdout.write(said)
