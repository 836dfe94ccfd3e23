"""Rows of a sheet as office programs write them: one expression proves their form and every cell's place.

A row that it does not know is no fault: it is looked at tag by tag, which takes five times as long.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

__all__ = ["Stretch", "proven_rows"]

# no letter that XML forbids; an entity by its name only
_LETTER = rb"[^<>&\x00-\x08\x0b\x0c\x0e-\x1f]*+"
_TEXT = _LETTER + rb"(?:&(?:amp|lt|gt|quot|apos);" + _LETTER + rb")*+"
_FORMULA = (
    rb'(?P<formula><f(?: aca="\w++")?+(?: t="shared")?+(?: ref="[A-Z0-9:]++")?+(?: si="\d++")?+'
    rb"(?:/>|>" + _TEXT + rb"</f>))"
)
_INLINE = rb'<is><t(?: xml:space="preserve")?+>' + _TEXT + rb"</t></is>"
# attributes in the one order that all programs keep, so that none can be there twice; the row's own number in each cell
_CELL = (
    rb'<c r="[A-Z]{1,3}+(?P=row)"(?: s="\d++")?+(?: t="[A-Za-z]++")?+ ?+'
    rb"(?:/>|>(?:" + _FORMULA + rb")?+(?:<v>" + _TEXT + rb"</v>|<v ?+/>|" + _INLINE + rb")?+</c>)"
)
_ROW = (
    rb'<row r="(?P<row>[1-9][0-9]{0,6}+)"(?: spans="[0-9: ]++")?+(?: s="\d++")?+(?: customFormat="\w++")?+'
    rb'(?: ht="[0-9.]++")?+(?:(?P<hidden> hidden="(?:1|true)")| hidden="(?:0|false)")?+(?: customHeight="\w++")?+'
    rb'(?: outlineLevel="\d++")?+(?: collapsed="\w++")?+(?: thickTop="\w++")?+(?: thickBot="\w++")?+'
    rb'(?: ph="\w++")?+(?: x14ac:dyDescent="[0-9.]++")?+ ?+(?:/>|>(?:' + _CELL + rb")*+</row>)"
)
_ROWS = re.compile(rb"(?:" + _ROW + rb")*+")
_NO_LETTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")  # well-formed UTF-8, and no letter of XML
_CELL_BEGINS, _ROW_BEGINS = (0x3C, 0x63, 0x20), (0x3C, 0x72, 0x6F)  # "<c ", "<ro"
_LONGEST_PLACE = 3, 7  # letters of a column, digits of a row


class Stretch(NamedTuple):
    """Rows that are proven.

    Parameters
    ----------
    end : int
        Where they end.
    rows, width : int
        Highest row and column that hold a cell or are named.
    last : bytes
        Number of the last row.
    tells_more : bool
        Whether a row is hidden or a cell has a formula.
    """

    end: int
    rows: int = 0
    width: int = 0
    last: bytes = b""
    tells_more: bool = False


def proven_rows(data: bytes, begin: int) -> Stretch:
    """Find how far a sheet goes on in rows as offices write them: well-formed XML, each cell in the row that it names.

    Parameters
    ----------
    data : bytes
        A piece of a sheet.
    begin : int
        Where a row may begin.

    Returns
    -------
    Stretch
        Its end is ``begin`` when there is no such row.

    Examples
    --------
    >>> proven_rows(b'<row r="7"><c r="A7"/><c r="AB7" t="s"><v>0</v></c></row><row r="8"><c r="A9"/></row>', 0)
    Stretch(end=57, rows=7, width=28, last=b'7', tells_more=False)
    """
    match = _ROWS.match(data, begin)
    if match is None or match.end() == begin:
        return Stretch(begin)
    found = data[begin : match.end()]
    if not found.isascii() and not _is_text(found):
        return Stretch(begin)
    bytes_ = np.frombuffer(found + bytes(16), dtype=np.uint8)  # zeros, so that looking ahead ends somewhere
    return Stretch(
        match.end(),
        _highest_row(bytes_),
        _widest(bytes_),
        match["row"],
        match["hidden"] is not None or match["formula"] is not None,
    )


def _is_text(found: bytes) -> bool:
    try:
        found.decode()
    except UnicodeDecodeError:
        return False
    return not any(letter in found for letter in _NO_LETTERS)


def _places(data: np.ndarray, mark: tuple[int, int, int], skipped: int) -> np.ndarray:
    first, second, third = mark
    found = (data[:-2] == first) & (data[1:-1] == second) & (data[2:] == third)
    return np.flatnonzero(found) + skipped


def _widest(data: np.ndarray) -> int:
    at = _places(data, _CELL_BEGINS, len(b'<c r="'))
    return _highest(data, at, range(ord("A"), ord("Z") + 1), worth=1, longest=_LONGEST_PLACE[0])


def _highest_row(data: np.ndarray) -> int:
    at = _places(data, _ROW_BEGINS, len(b'<row r="'))
    return _highest(data, at, range(ord("0"), ord("9") + 1), worth=0, longest=_LONGEST_PLACE[1])


def _highest(data: np.ndarray, at: np.ndarray, signs: range, *, worth: int, longest: int) -> int:
    """Return the highest number that begins at one of some places; the first of its signs is worth so much."""
    numbers = np.zeros(len(at), dtype=np.int64)
    inside = np.ones(len(at), dtype=bool)
    for place in range(longest):
        sign = data[at + place].astype(np.int64) - signs.start
        inside &= (sign >= 0) & (sign < len(signs))
        numbers = np.where(inside, numbers * len(signs) + sign + worth, numbers)
    return int(numbers.max(initial=0))
