"""Files made to fill the memory, and files that are not what they say: refused at once, with one message."""

from __future__ import annotations

import time
import tracemalloc
import zipfile

import pytest
import xlsxwriter

from stakeholder_net import UnreadableFileError
from stakeholder_net._checks import say
from stakeholder_net.records import read_table

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "buono.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Ente", "Evento"])
        page.write_row(1, 0, ["Avis", "E1"])
    return path


def changed(path, member, change, *, name="cattivo.xlsx"):
    """Return a copy of a workbook with one part changed."""
    copy = path.parent / name
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item)
            new.writestr(item.filename, change(data) if item.filename == member else data)
    return copy


def refused(path, code):
    begun = time.process_time()
    with pytest.raises(UnreadableFileError) as caught:
        read_table(path, "attendance")
    assert time.process_time() - begun < 2
    fault = caught.value.problem
    assert (fault.code, fault.file) == (code, path.name)
    assert say(fault, "it") != say(fault, "en")
    tracemalloc.start()
    with pytest.raises(UnreadableFileError):
        read_table(path, "attendance")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200_000_000


def test_a_cell_at_the_end_of_the_world(good):
    path = changed(
        good, SHEET, lambda data: data.replace(b'r="A2"', b'r="XFD1048576"').replace(b'r="2"', b'r="1048576"')
    )
    refused(path, "too_large")


def test_a_small_file_that_unfolds_to_a_large_one(good):
    path = changed(
        good, SHEET, lambda data: data.replace(b"</sheetData>", b"</sheetData>" + b" " * 210_000_000)
    )
    assert path.stat().st_size < 1_000_000
    refused(path, "too_large")


def test_an_archive_that_lies_about_the_size_of_a_part(good):
    path = changed(good, SHEET, lambda data: data + b" " * 210_000_000)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(SHEET).file_size
    at = data.find(size.to_bytes(4, "little"), data.rfind(b"PK\x01\x02"[:2]) - 4_000)
    while at >= 0:
        data[at : at + 4] = (500).to_bytes(4, "little")
        at = data.find(size.to_bytes(4, "little"))
    path.write_bytes(bytes(data))
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo(SHEET).file_size == 500
    refused(path, "too_large")


def test_an_entity_that_multiplies(good):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    path = changed(good, SHEET, lambda data: data.replace(b"?>", b"?>" + bomb, 1))
    refused(path, "bad_file")


def ods(path, rows):
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="F">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def cell(text, times=1):
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{times}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


HEAD = f"<table:table-row>{cell('Ente')}{cell('Evento')}</table:table-row>"
ROW = f"<table:table-row>{cell('Avis')}{cell('E1')}</table:table-row>"


def test_an_ods_that_repeats_a_row_a_million_times(tmp_path):
    full = f'<table:table-row table:number-rows-repeated="1000000">{cell("Avis", 1000)}</table:table-row>'
    refused(ods(tmp_path / "bomba.ods", HEAD + full), "too_large")


def test_an_ods_with_one_row_that_is_repeated_too_often(tmp_path):
    full = f'<table:table-row table:number-rows-repeated="60000">{cell("Avis")}</table:table-row>'
    refused(ods(tmp_path / "lungo.ods", HEAD + full), "too_large")


def test_an_ods_that_ends_in_a_million_empty_rows_is_an_ordinary_one(tmp_path):
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    end = f'<table:table-row table:number-rows-repeated="1048562">{empty}</table:table-row>'
    raw = read_table(ods(tmp_path / "foglio.ods", HEAD + ROW + end), "attendance")
    assert raw.frame["actor"].tolist() == ["Avis"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xlsx", b"Ente;Evento\nAvis;E1\n", "bad_file"),
        ("a.xlsx", b"%PDF-1.7 ...", "bad_file"),
        ("a.xlsx", b"<html><table></table></html>", "bad_file"),
        ("a.xls", b"<html><table></table></html>", "bad_file"),
        ("a.xlsx", OLE, "bad_file"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "locked_file"),
        ("a.xls", OLE, "damaged_file"),
        ("a.xlsx", b"PK\x03\x04 cut off", "damaged_file"),
        ("a.ods", b"", "empty_file"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_says(tmp_path, name, data, code):
    path = tmp_path / name
    path.write_bytes(data)
    refused(path, code)


def test_a_zip_archive_that_is_no_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("lettera.txt", "x")
    refused(path, "bad_file")


def test_a_workbook_cut_off_in_the_middle(good):
    path = good.parent / "rotto.xlsx"
    path.write_bytes(good.read_bytes()[:-200])
    refused(path, "damaged_file")


def test_a_part_whose_bytes_are_not_its_own(good):
    path = changed(good, SHEET, lambda data: data)
    data = bytearray(path.read_bytes())
    at = data.find(b"sheet1.xml") + len(b"sheet1.xml") + 20
    data[at] ^= 0xFF
    path.write_bytes(bytes(data))
    refused(path, "damaged_file")


def test_an_open_quote_that_would_swallow_the_rest_of_the_file(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('Ente;Evento\nAvis;E1\n"Aido;E1\nAuser;E1\n', "utf-8")
    with pytest.raises(UnreadableFileError) as caught:
        read_table(path, "attendance")
    assert (caught.value.problem.code, caught.value.problem.row) == ("open_quote", 3)
