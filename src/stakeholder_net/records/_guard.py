"""Look at a file before it is opened: some are made to fill the memory, others are not what they say."""

from __future__ import annotations

import copy
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from stakeholder_net._checks import problem
from stakeholder_net.errors import UnreadableFileError
from stakeholder_net.records._guard_parts import (
    CHUNK,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Part,
    no_workbook,
    too_large,
)
from stakeholder_net.records._guard_texts import Texts, unfolded_ods

__all__ = ["MAX_CELLS", "Passed", "check_text", "check_width", "check_workbook"]

MAX_SHEETS = 250
MAX_FILE, MAX_UNPACKED = 100_000_000, 200_000_000  # bytes
MAX_TEXT, MAX_LINES = 500_000_000, 5_000_000
MAX_RATIO, SMALL = (
    200,
    10_000_000,
)  # sheets shrink to a twentieth or so; what shrinks to a thousandth is made to
MAX_REPEATED, FEW_REPEATED = (
    50,
    20_000_000,
)  # bytes of text in cells for a byte of the file, and always allowed
MAX_DIRECTORY = 1_000_000  # bytes of the list of what is in an archive: 10,000 parts
MEGABYTES = 2_000
# memory of the reader: for any sheet; for a byte of it, a cell of it, a letter that a cell points at
_LEAST_MEGABYTES, _A_BYTE, _A_CELL, _A_LETTER = 180, 40, 100, 8

_SHEET = re.compile(rb"<(?:\w+:)?(?:sheet|table:table)[\s/>]")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ODS_TAG = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)\b([^>]*?)(/?)>")
_TARGET = re.compile(rb"""\bTarget\s*=\s*["']([^"']+)["']""")
_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["'](\d+)["']""")


def check_text(path: Path, *, file: str, named: bool) -> None:
    """Refuse a text file that is none, or whose lines no sheet has: too long, or too many.

    Parameters
    ----------
    path : pathlib.Path
    file : str
        Its name in messages.
    named : bool
        Whether the user said in which letters it is written: then zeros among them are not looked at.

    Raises
    ------
    UnreadableFileError
        With what was found and what to do.
    """
    size, lines = path.stat().st_size, 0
    if size > MAX_TEXT:
        raise too_large(file, f"{size // 1_000_000} MB", f"{MAX_TEXT // 1_000_000} MB")
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            first = not lines
            lines += max(chunk.count(b"\n"), chunk.count(b"\r"))
            if first and (found := _no_text(chunk, named=named)):
                raise no_workbook(file, "csv", found)
            if lines > MAX_LINES:
                raise too_large(file, f"> {MAX_LINES} lines", f"{MAX_LINES} lines")
            if len(chunk) == CHUNK and b"\n" not in chunk and b"\r" not in chunk:
                raise too_large(file, "a line of more than 1 MB", f"{MAX_COLUMNS} columns")


def _no_text(start: bytes, *, named: bool) -> str:
    """Name what a file is that calls itself text; in UTF-16 without a mark, zeros stand at every other place."""
    for mark, kind in ((_OLE, "XLS"), (b"PK\x03\x04", "ZIP"), (b"%PDF", "PDF"), (b"{\\rtf", "RTF")):
        if start.startswith(mark):
            return kind
    if start[:200].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        return "HTML/XML"
    if named or b"\x00" not in start or start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return ""
    few, many = sorted((start[::2].count(0), start[1::2].count(0)))
    return "?" if few * 20 > many or many * 5 < len(start) else ""


def check_width(rows: Iterable[Sequence[object]], *, file: str) -> None:
    """Refuse a text file with more columns than a sheet of people has.

    Raises
    ------
    UnreadableFileError
        With what was found and what to do.
    """
    width = max(map(len, rows), default=0)
    if width > MAX_COLUMNS:
        raise too_large(file, f"{width} columns", f"{MAX_COLUMNS} columns")


def check_workbook(path: Path, *, file: str) -> Passed:
    """Refuse a workbook that is not one, is locked, or would unfold to more than a sheet of people can hold.

    Returns
    -------
    Passed
        How much memory reading it may take, and whether there is more to it than values.

    Raises
    ------
    UnreadableFileError
        With what was found and what to do.
    """
    form = path.suffix.lower().lstrip(".")
    if path.stat().st_size > MAX_FILE:
        raise too_large(file, f"{path.stat().st_size // 1_000_000} MB")
    with path.open("rb") as stream:
        start = stream.read(1 << 16)
    if form == "xls":
        if not start.startswith(_OLE):
            raise no_workbook(file, form, _kind_of(start))
        return Passed(_megabytes(_Count(unpacked=path.stat().st_size)))
    if start.startswith(_OLE):
        if _ENCRYPTED in path.read_bytes():
            raise UnreadableFileError(problem("locked_file", file=file))
        raise no_workbook(file, form, "XLS")
    try:
        _check_directory(path, file)
        with zipfile.ZipFile(path) as archive:
            return _check_archive(archive, form, file, path.stat().st_size)
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
        raise no_workbook(file, form, _kind_of(start)) from None


def _kind_of(start: bytes) -> str:
    """Name what a file is that is not what its ending says, in a word that both languages know."""
    for mark, kind in ((b"PK", "ZIP"), (b"%PDF", "PDF"), (b"{\\rtf", "RTF")):
        if start.startswith(mark):
            return kind
    if b"<html" in start.lower() or start.lstrip().startswith((b"<?xml", b"<table", b"<!DOCTYPE")):
        return "HTML/XML"
    return "CSV/TXT" if b"\x00" not in start and start else "?"


def _megabytes(count: _Count) -> int:
    found = count.unpacked * _A_BYTE + count.cells * _A_CELL + count.letters * _A_LETTER
    return min(MEGABYTES, _LEAST_MEGABYTES + found // 1_000_000)


def _check_directory(path: Path, file: str) -> None:
    """Refuse an archive whose list of parts alone takes seconds to read."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - (1 << 17)))
        end = stream.read()
    size = 0
    for mark, at, width in ((b"PK\x05\x06", 12, 4), (b"PK\x06\x06", 40, 8)):
        place = end.rfind(mark)
        said = int.from_bytes(end[place + at : place + at + width], "little") if place >= 0 else 0
        size = said if width > 4 or said < 0xFFFFFFFF else 0  # noqa: PLR2004 - then the longer form says it
        if size > MAX_DIRECTORY:
            raise too_large(file, f"an archive whose list of parts takes {size // 1000} kB", "10 000 parts")


class Passed(NamedTuple):
    """What the guard found of a workbook that may be read.

    Parameters
    ----------
    megabytes : int
        Memory that reading it may take: what unfolds behind the guard's back is stopped there.
    tells_more : bool, default True
        Whether a sheet may have hidden rows, merged areas or formulas: then it is looked at for them.
    """

    megabytes: int
    tells_more: bool = True


@dataclass
class _Count:
    """What was found in an archive so far."""

    unpacked: int = 0
    cells: int = 0
    letters: int = 0
    sheets: int = 0
    tells_more: bool = False
    texts: Texts = field(default_factory=Texts)


def _check_archive(archive: zipfile.ZipFile, form: str, file: str, size: int) -> Passed:
    wanted = "content.xml" if form == "ods" else "xl/workbook.xml"
    if wanted not in archive.namelist():
        raise no_workbook(file, form, "ZIP")
    if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
        raise too_large(file, f"more than {MAX_UNPACKED // 1_000_000} MB unpacked")
    count, opened, most = _Count(), _opened(archive), _most_letters(size)
    for info in archive.infolist():
        whole = _check_part(archive, info, form, file, count, is_xml=_is_xml(info.filename, opened))
        if info.filename == wanted:
            count.sheets += len(_SHEET.findall(whole))
            count.cells += _check_repeats(whole, file) if form == "ods" else 0
            count.letters += unfolded_ods(whole, count.cells, most) if form == "ods" else 0
    if count.sheets > MAX_SHEETS:
        raise too_large(file, f"{count.sheets} sheets", f"{MAX_SHEETS} sheets")
    if count.cells > MAX_CELLS:
        raise too_large(file, f"sheets of {count.cells} cells in all")
    count.letters += count.texts.unfolded(archive, most)
    if count.letters > most:
        raise _repeats(file, count.letters, most)
    return Passed(_megabytes(count), tells_more=count.tells_more or form == "ods")


def _most_letters(size: int) -> int:
    return min(MAX_UNPACKED, max(FEW_REPEATED, MAX_REPEATED * size))


def _repeats(file: str, letters: int, most: int) -> UnreadableFileError:
    found = f"texts that are repeated to more than {min(letters, 10**12) // 1_000_000} MB"
    return too_large(file, found, f"{most // 1_000_000} MB")


def _check_part(  # noqa: PLR0913 - where, what, and what was found before
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, form: str, file: str, count: _Count, *, is_xml: bool
) -> bytes:
    """Read one part once, in pieces; what the archive says of its size may be a lie: what comes out is counted too."""
    said = info.file_size
    info = copy.copy(info)
    info.file_size = 1 << 40
    part, size = Part(form, file, info.filename), 0
    is_kept = info.filename == ("content.xml" if form == "ods" else "xl/workbook.xml")
    whole: list[bytes] = []
    with archive.open(info) as stream:
        while chunk := stream.read(CHUNK):
            is_xml = is_xml and (size > 0 or not chunk.startswith(_OLE))  # macros: not run, not even read
            size, count.unpacked = size + len(chunk), count.unpacked + len(chunk)
            if count.unpacked > MAX_UNPACKED:
                raise too_large(file, f"more than {MAX_UNPACKED // 1_000_000} MB unpacked")
            if max(size, said) > max(SMALL, MAX_RATIO * info.compress_size):
                found = f"{info.compress_size // 1000} kB that unfold to {max(size, said) // 1000} kB"
                raise too_large(file, found)
            if is_xml:
                part.look(chunk)
            if is_kept:
                whole.append(chunk)
    if is_xml:
        count.cells += part.end()
        count.tells_more = count.tells_more or part.tells_more
        count.texts.add(info, part.pointing, part.longest)
    return b"".join(whole)


def _opened(archive: zipfile.ZipFile) -> set[str]:
    """Return the parts that the workbook names as its own, as readers look for them: capitals make no difference."""
    links = "xl/_rels/workbook.xml.rels"
    if links not in archive.namelist():
        return set()
    with archive.open(links) as stream:
        named = (target.decode("utf-8", "replace").lower() for target in _TARGET.findall(stream.read(CHUNK)))
        return {name.lstrip("/") if name.startswith(("/", "xl/")) else f"xl/{name}" for name in named}


def _is_xml(name: str, opened: set[str]) -> bool:
    """Whether a reader would take a part for XML; what a user's own program keeps in customXml it leaves alone."""
    name = name.lower()
    return (name.endswith((".xml", ".rels")) and not name.startswith("customxml/")) or name in opened


def _check_repeats(content: bytes, file: str) -> int:
    """Count the cells of an ODS that hold something, repeats unfolded; refuse a sheet with too many.

    A normal ODS says one million repeated *empty* rows; only what holds something fills the memory.
    """
    rows = width = held_rows = held_width = repeat = former = 0
    row_holds = False
    for closing, tag, attributes, alone in _ODS_TAG.findall(content):
        times = _REPEATED.search(attributes)
        if tag == b"table":
            former += held_rows * held_width
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
                raise too_large(file, f"a cell in row {held_rows}, column {held_width}")
    return former + held_rows * held_width
