"""One part of an archive that a reader would take for XML: nothing hidden in it, no cell beyond the limits."""

from __future__ import annotations

import re
from xml.parsers import expat

from stakeholder_net._checks import problem
from stakeholder_net.errors import UnreadableFileError
from stakeholder_net.records._guard_rows import proven_rows
from stakeholder_net.records._guard_texts import longest_item, pointers

__all__ = ["CHUNK", "MAX_CELLS", "MAX_COLUMNS", "MAX_ROWS", "Part", "no_workbook", "too_large"]

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 50_000, 500, 5_000_000
MAX_DEPTH = 10_000  # XML within XML; a reader keeps every tag that is open
CHUNK = 1 << 20
_OVERLAP = 512  # longer than any tag that is looked for, cut in two by a chunk
_ODD_ROWS = (
    100  # so many are looked at one by one; then the sheet is not one of those that are proven by rows
)

_CELL_AT = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})?([0-9]{1,7})["']""")
_CELL_HIDDEN = re.compile(rb"""\br\s*=\s*["'][^"'<]*&""")
_KIND_HIDDEN = re.compile(rb"""\bt\s*=\s*["'][^"'<]*&""")
_BEGIN, _END = b"<sheetData>", b"</row>"
_TELLS_MORE = (b"<f", b'hidden="1"', b'hidden="true"')


def too_large(file: str, found: str, allowed: str = "") -> UnreadableFileError:
    """Return the error that says what was found and what is allowed."""
    allowed = allowed or f"{MAX_ROWS:,} rows, {MAX_COLUMNS} columns, {MAX_CELLS:,} cells".replace(",", " ")
    return UnreadableFileError(problem("too_large", file=file, found=found, allowed=allowed))


def no_workbook(file: str, form: str, found: str) -> UnreadableFileError:
    """Return the error that says what a file is that is not what its ending says."""
    return UnreadableFileError(problem("bad_file", file=file, expected=form.upper(), found=found))


def _damaged(file: str, detail: str) -> UnreadableFileError:
    return UnreadableFileError(problem("damaged_file", file=file, detail=detail))


class Part:
    """Looks at a part piece by piece.

    Rows that are written as offices write them are proven by one expression and kept from the slower look, which is
    neutral for it: they stand between two rows, outside of comments, and close whatever they open.

    Parameters
    ----------
    form, file : str
        Ending of the file, and its name in messages.
    name : str
        Of the part.
    """

    def __init__(self, form: str, file: str, name: str) -> None:
        self.form, self.file = form, file
        self._keeps_texts = name.lower().endswith("sharedstrings.xml")
        self.is_sheet = self.tells_more = False
        self.longest = self.pointing = 0
        self._rows, self._width = 0, 0
        self._tail, self._depth, self._item = b"", 0, 0
        self._former, self._held, self._odd = b"", b"", 0
        self._has_rows = False
        self._order, self._parser = _Order(), expat.ParserCreate()

    def look(self, chunk: bytes) -> None:
        """Look at the next piece.

        Raises
        ------
        UnreadableFileError
            When it hides or unfolds to more than a sheet of people holds.
        """
        rest = self._prove(self._held + chunk)
        if rest:
            self._look_closely(rest)
        self._check_places()
        if self.is_sheet:
            self.pointing += pointers(chunk, self._former)
            self._former = chunk[-2:]
        if self._keeps_texts or not self.is_sheet:
            longest, self._item = longest_item(chunk, self._item)
            self.longest = max(self.longest, longest)

    def end(self) -> int:
        """Return how many cells the sheet spans, 0 for what is none.

        Raises
        ------
        UnreadableFileError
            When a cell is too far out or in the wrong row, or the XML does not end.
        """
        if self._held:
            self._look_closely(self._held)
        self._parse(b"", last=True)
        self._check_places()
        if self._order.fault:
            raise _damaged(self.file, self._order.fault)
        return self._rows * self._width

    def _prove(self, piece: bytes) -> bytes:
        """Take away the rows that are proven, keep one that is cut off; return what is to be looked at closely now."""
        self._held, at = b"", 0
        if not self._has_rows and self._odd <= _ODD_ROWS:
            begin = piece.find(_BEGIN)
            if begin < 0:
                return piece
            at = begin + len(_BEGIN)
            self._look_closely(piece[:at])
            self._has_rows = True
        while self._has_rows and self._odd <= _ODD_ROWS:
            found = proven_rows(piece, at)
            if found.end > at:
                at, self._order.row, self._tail = found.end, found.last, b""
                self._rows, self._width = max(self._rows, found.rows), max(self._width, found.width)
                self.tells_more = self.tells_more or found.tells_more
            end = piece.find(_END, at)
            if end < 0:
                if len(piece) - at < CHUNK and b"</sheetData" not in piece[at : at + 20]:
                    self._held = piece[at:]
                    return b""
                self._odd = _ODD_ROWS + 1
                break
            end += len(_END)
            self._look_closely(piece[at:end])
            self._odd += 1
            at = end
        return piece[at:]

    def _look_closely(self, chunk: bytes) -> None:
        piece = self._tail + chunk
        self._check_hidden(chunk, piece)
        self._parse(chunk)
        self.is_sheet = self.is_sheet or b"sheetData" in piece
        if b"<!" in piece or b"<?" in piece[2:]:
            self._odd = _ODD_ROWS + 1  # in a comment nothing is proven
        if self.is_sheet:
            if b"&#" in piece and _KIND_HIDDEN.search(piece):
                raise _damaged(self.file, "t=&#")
            self.tells_more = self.tells_more or any(mark in piece for mark in _TELLS_MORE)
            found = _CELL_AT.findall(piece)
            self._order.check(found, starts_inside=b"<row" not in self._tail)
            letters = {letters for letters, _ in found if letters}
            self._width = max([self._width, *map(_column_number, letters)])
            self._rows = max([self._rows, *(int(number) for _, number in found)])
        self._tail = piece[-_OVERLAP:]

    def _check_places(self) -> None:
        if self._rows > MAX_ROWS or self._width > MAX_COLUMNS or self._rows * self._width > MAX_CELLS:
            raise too_large(self.file, f"a cell in row {self._rows}, column {self._width}")

    def _check_hidden(self, chunk: bytes, piece: bytes) -> None:
        """Refuse what hides from the looks that follow, and more open tags than a reader can keep."""
        if (
            b"\x00" in chunk
        ):  # two bytes a letter: allowed, written by no office program, and blind to every look
            raise _damaged(self.file, "UTF-16")
        if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
            raise no_workbook(self.file, self.form, "XML + DOCTYPE")
        if b"&#" in piece and _CELL_HIDDEN.search(piece):
            raise _damaged(self.file, "r=&#")
        if len(chunk) >= CHUNK and b"<" not in chunk:
            raise too_large(self.file, "a text of more than 1 MB")
        closed = chunk.count(b"</")
        opened = chunk.count(b"<") - closed - chunk.count(b"<?") - chunk.count(b"<!")
        self._depth += opened - closed - chunk.count(b"/>")
        if self._depth > MAX_DEPTH:
            raise too_large(self.file, f"more than {MAX_DEPTH} tags within each other")

    def _parse(self, chunk: bytes, *, last: bool = False) -> None:
        """Refuse what is no XML: readers that are in a hurry skip what they do not know, and count the rest wrongly."""
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise _damaged(self.file, str(error)) from None


class _Order:
    """A cell must stand in the row that it names: else it would be written over another one."""

    def __init__(self) -> None:
        self.row, self.fault = b"", ""

    def check(self, found: list[tuple[bytes, bytes]], *, starts_inside: bool) -> None:
        row = self.row if starts_inside else b""
        for letters, number in found:
            if not letters:
                row = number
            elif row and number != row:
                self.fault = self.fault or f"{(letters + number).decode()} in row {row.decode()}"
        self.row = row or self.row


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
