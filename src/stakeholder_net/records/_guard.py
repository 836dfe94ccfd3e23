"""Look at a workbook before it is opened: some files are made to fill the memory, others are not what they say."""

from __future__ import annotations

import copy
import re
import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

from stakeholder_net._checks import problem
from stakeholder_net.errors import UnreadableFileError

__all__ = ["check_workbook"]

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 50_000, 500, 5_000_000
MAX_FILE, MAX_UNPACKED = 100_000_000, 200_000_000  # bytes
_CHUNK = 1 << 20
_OVERLAP = 512  # longer than any tag that is looked for, cut in two by a chunk

_CELL_AT = re.compile(rb'\br="([A-Z]{1,3})?([0-9]{1,7})"')
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ODS_TAG = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)\b([^>]*?)(/?)>")
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')


def check_workbook(path: Path, *, file: str) -> None:
    """Refuse a workbook that is not one, is locked, or would unfold to more than a sheet of people can hold.

    Raises
    ------
    UnreadableFileError
        With what was found and what to do.
    """
    form = path.suffix.lower().lstrip(".")
    if path.stat().st_size > MAX_FILE:
        raise _too_large(file, f"{path.stat().st_size // 1_000_000} MB")
    with path.open("rb") as stream:
        start = stream.read(1 << 16)
    if form == "xls":
        if not start.startswith(_OLE):
            raise _not_one(file, form, _kind_of(start))
        return
    if start.startswith(_OLE):
        if _ENCRYPTED in path.read_bytes():
            raise UnreadableFileError(problem("locked_file", file=file))
        raise _not_one(file, form, "XLS")
    try:
        with zipfile.ZipFile(path) as archive:
            _check_archive(archive, form, file)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ) as error:
        if start.startswith(b"PK"):
            raise UnreadableFileError(problem("damaged_file", file=file, detail=str(error))) from None
        raise _not_one(file, form, _kind_of(start)) from None


def _kind_of(start: bytes) -> str:
    """Name what a file is that is not what its ending says, in a word that both languages know."""
    for mark, kind in ((b"PK", "ZIP"), (b"%PDF", "PDF"), (b"{\\rtf", "RTF")):
        if start.startswith(mark):
            return kind
    if b"<html" in start.lower() or start.lstrip().startswith((b"<?xml", b"<table", b"<!DOCTYPE")):
        return "HTML/XML"
    return "CSV/TXT" if b"\x00" not in start and start else "?"


def _not_one(file: str, form: str, found: str) -> UnreadableFileError:
    return UnreadableFileError(problem("bad_file", file=file, expected=form.upper(), found=found))


def _too_large(file: str, found: str) -> UnreadableFileError:
    allowed = f"{MAX_ROWS:,} rows, {MAX_COLUMNS} columns, {MAX_CELLS:,} cells".replace(",", " ")
    return UnreadableFileError(problem("too_large", file=file, found=found, allowed=allowed))


def _check_archive(archive: zipfile.ZipFile, form: str, file: str) -> None:
    wanted = "content.xml" if form == "ods" else "xl/workbook.xml"
    if wanted not in archive.namelist():
        raise _not_one(file, form, "ZIP")
    if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
        raise _too_large(file, f"more than {MAX_UNPACKED // 1_000_000} MB unpacked")
    unpacked = 0
    for info in archive.infolist():
        if info.filename.endswith((".xml", ".rels")):
            unpacked = _check_part(archive, info, form, file, unpacked)


def _check_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, form: str, file: str, unpacked: int) -> int:
    """Read one part once, in pieces: no DOCTYPE, no cell beyond the limits; return the bytes unpacked so far."""
    info = copy.copy(info)
    info.file_size = 1 << 40  # what the archive says of its size may be a lie: count what comes out
    is_sheet = info.filename.startswith("xl/worksheets/")
    rows, columns, tail, pieces = 0, set[bytes](), b"", []
    order, parser = _Order(), expat.ParserCreate()
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            piece = tail + chunk
            unpacked += len(chunk)
            if unpacked > MAX_UNPACKED:
                raise _too_large(file, f"more than {MAX_UNPACKED // 1_000_000} MB unpacked")
            if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                raise _not_one(file, form, "XML + DOCTYPE")
            _check_form(parser, chunk, file)
            if is_sheet:
                found = _CELL_AT.findall(piece)
                order.check(found, starts_inside=b"<row" not in tail)
                columns.update({letters for letters, _ in found if letters})
                rows = max([rows, *(int(number) for _, number in found)])
            if form == "ods" and info.filename == "content.xml":
                pieces.append(chunk)
            tail = piece[-_OVERLAP:]
    _check_form(parser, b"", file, last=True)
    width = max(map(_column_number, columns), default=0)
    if rows > MAX_ROWS or width > MAX_COLUMNS or rows * width > MAX_CELLS:
        raise _too_large(file, f"a cell in row {rows}, column {width}")
    if order.fault:
        raise UnreadableFileError(problem("damaged_file", file=file, detail=order.fault))
    if pieces:
        _check_repeats(b"".join(pieces), file)
    return unpacked


def _check_form(parser: expat.XMLParserType, chunk: bytes, file: str, *, last: bool = False) -> None:
    """Refuse what is no XML: readers that are in a hurry skip what they do not know, and count the rest wrongly."""
    try:
        parser.Parse(chunk, last)
    except expat.ExpatError as error:
        raise UnreadableFileError(problem("damaged_file", file=file, detail=str(error))) from None


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
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_repeats(content: bytes, file: str) -> None:
    """Count the cells of an ODS that hold something, repeats unfolded.

    A normal ODS says one million repeated *empty* rows; only what holds something fills the memory.
    """
    rows = width = held_rows = held_width = repeat = 0
    row_holds = False
    for closing, tag, attributes, alone in _ODS_TAG.findall(content):
        times = _REPEATED.search(attributes)
        if tag == b"table":
            rows = held_rows = held_width = 0
        elif tag == b"table-row" and not closing:
            repeat, width, row_holds = int(times[1]) if times else 1, 0, False
        elif not closing and tag != b"table-row":
            width += int(times[1]) if times else 1
            if b"value" in attributes or not alone:
                row_holds, held_width = True, max(held_width, width)
        if tag == b"table-row" and (closing or alone):
            rows += repeat
            held_rows = rows if row_holds else held_rows
            if held_rows > MAX_ROWS or held_width > MAX_COLUMNS or held_rows * held_width > MAX_CELLS:
                raise _too_large(file, f"a cell in row {held_rows}, column {held_width}")
