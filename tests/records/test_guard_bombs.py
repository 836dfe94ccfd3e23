"""Small files that unfold, files that hide what they hold, text that is none: refused within 2 s and 200 MB."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zipfile

import pytest
import xlsxwriter

from stakeholder_net import UnreadableFileError
from stakeholder_net.records import read_table

SHEET, LINKS, BOOK = "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml"
TEXTS = "xl/sharedStrings.xml"
FAR = ((b'r="A2"', b'r="XFD1048576"'), (b'r="B2"', b'r="XFC1048576"'), (b'row r="2"', b'row r="1048576"'))
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are Linux's")


def far(data):
    for was, now in FAR:
        data = data.replace(was, now)
    return data


def put(before, text):
    return lambda data: data.replace(before, text + before)


@pytest.fixture
def book(tmp_path):
    """Give the function that makes a workbook with parts changed, moved or added."""

    def make(name, changes=None, moved=None, added=()):
        good, path = tmp_path / "good.xlsx", tmp_path / name
        with xlsxwriter.Workbook(good) as made:
            page = made.add_worksheet()
            page.write_row(0, 0, ["Ente", "Evento"])
            page.write_row(1, 0, ["Avis", "E1"])
        with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for part in old.namelist():
                data = (changes or {}).get(part, lambda data: data)(old.read(part))
                new.writestr((moved or {}).get(part, part), data)
            for part, data in added:
                new.writestr(part, data)
        return path

    return make


def elsewhere(part):
    """Move the sheet to where no reader's rules expect it: the links say where it is."""
    target = part.removeprefix("xl/").encode()
    change = {LINKS: lambda data: data.replace(b"worksheets/sheet1.xml", target), SHEET: far}
    return {"changes": change, "moved": {SHEET: part}}


def rows(count):
    """Write rows that all point at one text, of which the archive keeps some thousandths."""
    return b"".join(b'<row r="%d"><c r="A%d" t="s"><v>2</v></c></row>' % (n, n) for n in range(3, 3 + count))


def many(count):
    return put(b"</sheetData>", rows(count))


def long(letters):
    return lambda data: data.replace(b"Avis", b"Avis " * (letters // 5))


BOMBS = {
    "moved": elsewhere("xl/other/s.xml"),
    "renamed": elsewhere("xl/other/s.dat"),
    "small letters": {"changes": {SHEET: lambda d: far(d).replace(b"XFD1048576", b"xfd1048576")}},
    "one quote": {"changes": {SHEET: lambda d: far(d).replace(b'="XFD1048576"', b" = 'XFD1048576'")}},
    "entity": {"changes": {SHEET: lambda d: far(d).replace(b'"XFD', b'"&#88;FD')}},
    "two bytes": {
        "changes": {SHEET: lambda d: far(d).decode().replace("UTF-8", "UTF-16").encode("utf-16")}
    },
    "hidden entity": {
        "changes": {
            SHEET: lambda d: (
                d.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "aa">]>', 1)
                .decode()
                .replace("UTF-8", "UTF-16")
                .encode("utf-16")
            )
        }
    },
    "texts": {"changes": {TEXTS: put(b"</sst>", b"<si><t/></si>" * 2_000_000)}},
    "styles": {"changes": {"xl/styles.xml": put(b"</cellXfs>", b'<xf numFmtId="0"/>' * 2_000_000)}},
    "picture": {"added": [("xl/media/image1.png", bytes(20_000_000))]},
    "sheets": {
        "changes": {
            BOOK: put(
                b"</sheets>", b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(2, 999))
            )
        }
    },
    "many far sheets": {
        "added": [
            (f"xl/worksheets/sheet{n}.xml", b'<x><sheetData><row r="49000"><c r="CV49000"/></row></sheetData></x>')
            for n in range(2, 9)
        ]
    },
    "parts": {"added": [(f"x{n:0100d}", b"") for n in range(9_000)]},
    "depth": {"changes": {SHEET: put(b"</worksheet>", b"<a>" * 500_000 + b"</a>" * 500_000)}},
    "a tag without end": {
        "changes": {SHEET: put(b"</worksheet>", b"<a " + b" ".join(b'a%d="1"' % n for n in range(300_000)) + b"/>")}
    },
    "a long text": {"changes": {TEXTS: lambda d: d.replace(b"Avis", b"Avis " * 10_000)}},
    "a text in many cells": {"changes": {TEXTS: long(1_000_000), SHEET: many(30_000)}},
    "a text that a cell may hold in many": {"changes": {TEXTS: long(32_000), SHEET: many(45_000)}},
    "a text in many cells of many sheets": {
        "changes": {TEXTS: long(32_000), SHEET: many(300)},
        "added": [
            (f"xl/worksheets/sheet{n}.xml", b"<x><sheetData>" + rows(300) + b"</sheetData></x>") for n in range(2, 9)
        ],
    },
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_what_unfolds_or_hides_is_refused(book, bomb):
    with pytest.raises(UnreadableFileError) as caught:
        read_table(book("x.xlsx", **BOMBS[bomb]), "attendance")
    assert caught.value.problem.code in {"too_large", "damaged_file"}
    assert "exit" not in str(caught.value)


@pytest.mark.parametrize(
    "harmless",
    [
        {"added": [("xl/embeddings/nested.zip", b"PK\x03\x04" + bytes(5_000))]},
        {"added": [("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Sub Auto_Open()")]},
        {"added": [("customXml/item1.xml", "<?xml version='1.0' encoding='utf-16'?><a/>".encode("utf-16"))]},
        {"changes": {SHEET: lambda d: d.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')}},
        {"changes": {SHEET: put(b"</worksheet>", b'<mergeCells><mergeCell ref="C1:XFD1048576"/></mergeCells>')}},
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["x.xlsx", "x.xlsm"])
def test_what_is_carried_along_is_neither_run_nor_opened(book, harmless, name):
    assert read_table(book(name, **harmless), "attendance").frame["actor"].tolist() == ["Avis"]


@pytest.mark.parametrize("target", [b"file:///etc/passwd", b"../../../../etc/passwd", b"//host/share/s.xml"])
def test_a_sheet_that_points_out_of_the_workbook_is_not_followed(book, target):
    path = book("x.xlsx", {LINKS: lambda data: data.replace(b"worksheets/sheet1.xml", target)})
    with pytest.raises(UnreadableFileError) as caught:
        read_table(path, "attendance")
    assert caught.value.problem.code == "damaged_file"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"Ente;Evento\n" + b"A" * 3_000_000, "too_large"),
        (b"Ente;Evento" + b";x" * 100_000 + b"\nAvis;E1\n", "too_large"),
        (b"Ente;Evento\nAvis;E1\n" + b"\n" * 5_100_000, "too_large"),
        (b"Ente;Evento\nAvis\x00;E1\n", "bad_file"),
        (bytes(3_000), "bad_file"),
        (b"PK\x03\x04" + bytes(3_000), "bad_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3_000), "bad_file"),
        (b"%PDF-1.7", "bad_file"),
        (b"<html><table><tr><td>Ente</td></tr></table></html>", "bad_file"),
        (b"Ente;Evento\n" + b"A" * 40_000 + b";E1\n", "open_quote"),
    ],
)  # fmt: skip
def test_text_that_is_none_or_that_nobody_wrote(tmp_path, data, code):
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError) as caught:
        read_table(path, "attendance")
    assert caught.value.problem.code == code


def test_text_in_two_bytes_a_letter_is_still_text(tmp_path):
    path = tmp_path / "x.csv"
    for letters in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        path.write_bytes("Ente;Evento\nSocietà <html>;E1\n".encode(letters))
        assert read_table(path, "attendance").frame["actor"].tolist() == ["Società <html>"]


def xls(path, cells):
    """Write the smallest XLS there is: one stream of records in the sectors of an OLE file."""

    def record(kind, data=b""):
        return struct.pack("<HH", kind, len(data)) + data

    def head(kind):
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x1000, 0x7CD, 0, 6))

    def book(at):
        sheet = struct.pack("<IBBBB", at, 0, 0, 1, 0) + b"F"
        return head(5) + record(0x42, struct.pack("<H", 1200)) + record(0x85, sheet) + record(0x0A)

    labels = [
        record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text)
        for row, column, text in cells
    ]
    stream = (book(len(book(0))) + head(0x10) + b"".join(labels) + record(0x0A)).ljust(4096, b"\x00")
    chain = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE, *[0xFFFFFFFF] * 118)

    def entry(name, kind, start, size, child):
        text = name.encode("utf-16-le") + b"\x00\x00"
        links = struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return text.ljust(64, b"\x00") + links + bytes(36) + struct.pack("<IQ", start, size)

    folder = entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + entry("Workbook", 2, 2, 4096, 0xFFFFFFFF)
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    places = struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    fats = struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    path.write_bytes(start + bytes(6) + places + fats + chain + folder.ljust(512, b"\x00") + stream)
    return path


TABLE = [(0, 0, b"Ente"), (0, 1, b"Evento"), (1, 0, b"Avis"), (1, 1, b"E1")]


def test_an_xls_with_a_cell_at_its_end(tmp_path):
    assert read_table(xls(tmp_path / "x.xls", TABLE), "attendance").frame["actor"].tolist() == ["Avis"]
    with pytest.raises(UnreadableFileError) as caught:
        read_table(xls(tmp_path / "x.xls", [*TABLE, (65_535, 255, b"x")]), "attendance")
    assert caught.value.problem.code == "too_large"


CELL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
ODS_BOMBS = {  # rows below the headings, as XML
    "spaces": CELL.format("", '<text:s text:c="2000000000"/>'),
    "few spaces in many cells": CELL.format(
        ' table:number-columns-repeated="400"', '<text:s text:c="30000"/>'
    )
    * 5,
    "a text across": CELL.format(' table:number-columns-repeated="490"', "Avis " * 6_000) * 9,
    "a text down": f"""</table:table-row><table:table-row table:number-rows-repeated="49000">{
        CELL.format("", "Avis " * 6_000)
    }""",
    "a value down": f"""</table:table-row><table:table-row table:number-rows-repeated="49000">{
        CELL.format(f' office:string-value="{"Avis " * 6_000}"', "Avis")
    }""",
}


def ods(path, below):
    """Write an ODS with two headings and what is given below them."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    heads = CELL.format("", "Ente") + CELL.format("", "Evento")
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in (heads, below))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content{names}><office:body><office:spreadsheet>"
            f'<table:table table:name="F">{table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


READ = """
import json, resource, sys, time
from stakeholder_net.errors import UnreadableFileError
from stakeholder_net.records import read_table
found = {}
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sys.argv[1:]:
    begun = time.process_time()
    try:
        read_table(path, "attendance")
        said = "read"
    except UnreadableFileError as error:
        said = error.problem.code
    took = time.process_time() - begun
    found[path] = said if took < 2 else f"{said} after {took} s"
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
other = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([found, grown // 1024, other.ru_maxrss // 1024, other.ru_utime + other.ru_stime]))
"""


def read_elsewhere(paths):
    run = subprocess.run(  # noqa: S603 - our own Python
        [sys.executable, "-c", READ, *map(str, paths)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(run.stdout)


@LINUX
def test_none_takes_two_seconds_or_two_hundred_megabytes_of_either_process(book, tmp_path):
    bombs = [book(f"{name}.xlsx".replace(" ", "_"), **made) for name, made in BOMBS.items()]
    bombs += [ods(tmp_path / f"{name}.ods".replace(" ", "_"), below) for name, below in ODS_BOMBS.items()]
    bombs.append(xls(tmp_path / "far.xls", [*TABLE, (65_535, 255, b"x")]))
    found, grown, child, seconds = read_elsewhere(bombs)
    assert set(found.values()) <= {"too_large", "damaged_file"}, found
    assert grown < 200
    assert child < 200
    assert seconds < 2 * len(bombs)


@LINUX
def test_a_name_of_six_thousand_words_is_read_within_two_seconds(book):
    path = book("x.xlsx", {TEXTS: long(32_000), SHEET: many(100)})
    assert read_elsewhere([path])[0] == {str(path): "read"}
