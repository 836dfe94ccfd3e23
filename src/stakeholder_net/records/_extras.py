"""What the values of a workbook do not tell: hidden rows, merged areas of an ODS, formulas whose result is missing."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

__all__ = ["Area", "Extras", "read_extras"]

Area = tuple[tuple[int, int], tuple[int, int]]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_WORTH_A_LOOK = (b"<f", b'hidden="1"', b'hidden="true"')
_WORTH_A_LOOK_ODS = (b"-spanned=", b"table:visibility=", b"table:formula=")


@dataclass
class Extras:
    """About one sheet; rows and columns are counted from 0.

    Parameters
    ----------
    hidden : set of int
        Rows that are hidden by hand or by a filter.
    unsaved : set of (int, int)
        Cells with a formula whose result was not saved: they look empty and are not.
    merged : list of Area
        Merged areas, where the values come without them (ODS).
    """

    hidden: set[int] = field(default_factory=set)
    unsaved: set[tuple[int, int]] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)


def read_extras(path: Path, sheet: str) -> Extras:
    """Read what the values do not tell of one sheet; the file has passed the guard.

    Parameters
    ----------
    path : pathlib.Path
        XLSX, XLSM or ODS; of other forms nothing is known.
    sheet : str
        Name of the sheet.

    Returns
    -------
    Extras
        Empty where there is nothing to tell.
    """
    form = path.suffix.lower()
    if form not in (".xlsx", ".xlsm", ".ods"):
        return Extras()
    with zipfile.ZipFile(path) as archive:
        return _of_ods(archive, sheet) if form == ".ods" else _of_xlsx(archive, sheet)


def _of_xlsx(archive: zipfile.ZipFile, sheet: str) -> Extras:
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - the guard refuses entities
    links = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id"): str(link.get("Target")) for link in links.iter(f"{_PACKAGE}Relationship")}
    part = next(
        (targets.get(tag.get(f"{_REL}id")) for tag in book.iter(f"{_MAIN}sheet") if tag.get("name") == sheet),
        None,
    )
    name = f"xl/{part}" if part and not part.startswith("/") else (part or "").lstrip("/")
    extras = Extras()
    if name not in archive.namelist():
        return extras
    content = archive.read(name)
    if not any(mark in content for mark in _WORTH_A_LOOK):
        return extras
    at = -1
    for row in ET.fromstring(content).iter(f"{_MAIN}row"):  # noqa: S314
        at = int(row.get("r", at + 2)) - 1
        if row.get("hidden") in ("1", "true"):
            extras.hidden.add(at)
        for place, cell in enumerate(row.iter(f"{_MAIN}c")):
            value = cell.find(f"{_MAIN}v")
            is_bare = value is None or not value.text
            if is_bare and cell.find(f"{_MAIN}f") is not None and cell.get("t") != "str":
                extras.unsaved.add((at, _column(cell.get("r", ""), place)))
    return extras


def _column(reference: str, place: int) -> int:
    """Return the column of ``BC12``; a cell without its reference stands behind the one before."""
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number - 1 if number else place


def _of_ods(archive: zipfile.ZipFile, sheet: str) -> Extras:
    content = archive.read("content.xml")
    extras = Extras()
    if not any(mark in content for mark in _WORTH_A_LOOK_ODS):
        return extras
    tables = ET.fromstring(content).iter(f"{_TABLE}table")  # noqa: S314
    table = next((tag for tag in tables if tag.get(f"{_TABLE}name") == sheet), None)
    at = 0
    for row in _rows(table):
        times = int(row.get(f"{_TABLE}number-rows-repeated", 1))
        if row.get(f"{_TABLE}visibility") in ("collapse", "filter") and times < 1_000:  # noqa: PLR2004 - the rest is empty
            extras.hidden.update(range(at, at + times))
        _look_at_cells(row, at, extras)
        at += times
    return extras


def _rows(table: ET.Element | None) -> Iterator[ET.Element]:
    return iter(()) if table is None else table.iter(f"{_TABLE}table-row")


def _look_at_cells(row: ET.Element, at: int, extras: Extras) -> None:
    place = 0
    for cell in row:
        if not cell.tag.endswith("table-cell"):
            continue
        down = int(cell.get(f"{_TABLE}number-rows-spanned", 1))
        right = int(cell.get(f"{_TABLE}number-columns-spanned", 1))
        if down > 1 or right > 1:
            extras.merged.append(((at, place), (at + down - 1, place + right - 1)))
        if cell.get(f"{_TABLE}formula") and not cell.get(f"{_OFFICE}value-type"):
            extras.unsaved.add((at, place))
        place += int(cell.get(f"{_TABLE}number-columns-repeated", 1))
