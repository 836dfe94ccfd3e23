"""One cell as text: what a person sees in it, without what a spreadsheet adds."""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
import unicodedata
from typing import TypeGuard

from stakeholder_net.records._grid import Cell
from stakeholder_net.records._headings import REMEMBERED
from stakeholder_net.records.dates import serial_date

__all__ = ["cell_text", "scrub"]

# control characters, and marks that turn the direction of writing: never part of a name
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_PERSON_CODE = re.compile(
    r"\b[A-Z]{6}[ ]?[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[ ]?[A-Z][0-9LMNP-V]{3}[A-Z]\b", re.IGNORECASE
)
_BLANKS = re.compile(r"[^\S\n]+")
# letters that went through the wrong encoding once: UTF-8 read as Windows, or as the DOS of old
_LETTERS = [*map(chr, range(0xA0, 0x100)), *"’‘“”–—…€"]
_MANGLED = re.compile("[ÃÂâ├┬][\\S\u00a0 ]|â€|ÔÇ")


_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)  # of cp1252; programs pass them through


def _wrong(letter: str, code: str) -> str:
    """Return what a letter of UTF-8 looks like when it is read as another encoding."""
    data = letter.encode("utf-8")
    return "".join(chr(byte) if byte in _UNDEFINED else bytes([byte]).decode(code) for byte in data)


_REPAIR = {_wrong(letter, code): letter for code in ("cp1252", "cp850", "cp437") for letter in _LETTERS}
_REPAIR |= {bad.replace("\u00a0", " "): letter for bad, letter in _REPAIR.items() if "\u00a0" in bad}
_BAD = re.compile("|".join(map(re.escape, sorted(_REPAIR, key=len, reverse=True))))


def unmangle(text: str) -> str:
    """Put back letters that an encoding turned into others, also twice over.

    Examples
    --------
    >>> unmangle("SocietÃ\u00a0 Cooperativa, Forl├¼, Dâ€™Angelo"), unmangle("Perché no")
    ('Società Cooperativa, Forlì, D’Angelo', 'Perché no')
    """
    for _ in range(2):
        text = _BAD.sub(lambda match: _REPAIR[match[0]], text)
    return text


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


@functools.lru_cache(maxsize=REMEMBERED)
def scrub(text: str) -> tuple[str, bool]:
    """Take a natural person's tax code out of a text, and say whether there was one.

    Examples
    --------
    >>> scrub("Rossi Mario RSSMRA80A01H501U"), scrub("Croce Verde")
    (('Rossi Mario', True), ('Croce Verde', False))
    """
    clean = _PERSON_CODE.sub("", text)
    return (text, False) if clean == text else (" ".join(clean.split()), True)


@functools.lru_cache(maxsize=REMEMBERED)
def _tidy(text: str) -> str:
    text = unmangle(text) if _MANGLED.search(text) else text
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = _BLANKS.sub(" ", _UNSEEN.sub("", text))
    text = _ADDED.sub("", "\n".join(filter(None, map(str.strip, text.split("\n")))))
    return "" if text.upper() in _EMPTY else text


def _number(value: float, dtype: str) -> str:
    if not math.isfinite(value):
        return ""
    if dtype == "time" and 0 <= value < 1:  # a time without its format is a part of a day
        minutes = round(value * 24 * 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if dtype == "date" and (day := serial_date(value)):
        return day.isoformat()
    if value == int(value) and abs(value) < 1e15:  # noqa: PLR2004 - beyond, a float is no longer exact
        return str(int(value))
    return repr(round(value, 10)).replace(".", ",")
