"""One cell as text: what a person sees in it, without what a spreadsheet adds."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from typing import TypeGuard

from stakeholder_net.records._grid import Cell
from stakeholder_net.records.dates import serial_date

__all__ = ["cell_text"]

# control characters, and marks that turn the direction of writing: never part of a name
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_BLANKS = re.compile(r"[^\S\n]+")
_ADDED = re.compile(r"\n?\bPicture\b$")  # what an ODS says of an image that lies on the cell
_EMPTY = frozenset(
    ("", "#N/D", "#N/A", "#RIF!", "#REF!", "#VALORE!", "#VALUE!", "#NOME?", "#NAME?", "#DIV/0!")
)


def cell_text(value: Cell, dtype: str = "text") -> str:
    r"""Return a cell as text, in the form that its column is read in afterwards.

    Parameters
    ----------
    value : Cell
        As the file holds it.
    dtype : str
        How the column is read; a number in a column of dates is a day of the spreadsheet's calendar.

    Returns
    -------
    str
        Empty for an empty cell.

    Examples
    --------
    >>> cell_text(44442.0, "date"), cell_text(44442.0), cell_text(2020.0, "date"), cell_text(1.125, "number")
    ('2021-09-03', '44442', '2020', '1,125')
    >>> cell_text("  Croce\u00a0Verde ")
    'Croce Verde'
    """
    if value is None or isinstance(value, str):
        return _tidy(value or "")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, dtype)
    if isinstance(value, dt.timedelta):
        return _number(value.total_seconds() / 3600, dtype)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(timespec="minutes")
    return _number(_hours(value), dtype) if _is_duration(value, dtype) else value.isoformat()


def _is_duration(value: dt.date | dt.time, dtype: str) -> TypeGuard[dt.time]:
    return isinstance(value, dt.time) and dtype in ("number", "integer")


def _hours(time: dt.time) -> float:
    return time.hour + time.minute / 60 + time.second / 3600


def _tidy(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = _BLANKS.sub(" ", _UNSEEN.sub("", text))
    text = _ADDED.sub("", "\n".join(filter(None, map(str.strip, text.split("\n")))))
    return "" if text.upper() in _EMPTY else text


def _number(value: float, dtype: str) -> str:
    if not math.isfinite(value):
        return ""
    if dtype == "date" and (day := serial_date(value)):
        return day.isoformat()
    if value == int(value) and abs(value) < 1e15:  # noqa: PLR2004 - beyond, a float is no longer exact
        return str(int(value))
    return repr(round(value, 10)).replace(".", ",")
