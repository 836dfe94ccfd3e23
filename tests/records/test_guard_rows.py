"""Rows that one expression proves are looked at no less closely; and what cells unfold to is counted."""

from __future__ import annotations

import datetime as dt
import random
import zipfile

import pytest
import xlsxwriter

from stakeholder_net import UnreadableFileError
from stakeholder_net.records import _guard_parts
from stakeholder_net.records._guard import check_workbook
from stakeholder_net.records._guard_parts import Part
from stakeholder_net.records._guard_rows import proven_rows
from stakeholder_net.records._workbook import read_workbook_grids

SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    """Return a sheet with all that offices write: texts here and elsewhere, numbers, days, formulas, hidden rows."""
    path = tmp_path_factory.mktemp("sheet") / "foglio.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        for row in range(60):
            page.write_row(row, 0, [f"Società {row % 7} & figli", row * 1.5, row % 2 == 0])
            page.write_datetime(row, 3, dt.datetime(2021, 9, 3), day)  # noqa: DTZ001
            page.write_formula(row, 27, f"=A{row + 1}&B{row + 1}", value="x")
        page.set_row(5, None, None, {"hidden": True})
    with zipfile.ZipFile(path) as archive:
        return archive.read(SHEET)


def verdict(data, *, closely=False, cut=1 << 20):
    """Return what the guard says of a sheet: cells that it spans and whether there is more, or why it is refused."""
    part = Part("xlsx", "x.xlsx", SHEET)
    if closely:
        part._odd = _guard_parts._ODD_ROWS + 1
    try:
        for begin in range(0, len(data), cut):
            part.look(data[begin : begin + cut])
        return part.end(), part.tells_more
    except UnreadableFileError as error:
        return error.problem.code


def test_a_sheet_of_an_office_is_proven_whole(sheet):
    begin = sheet.index(b"<sheetData>") + len(b"<sheetData>")
    found = proven_rows(sheet, begin)
    assert sheet[found.end :].startswith(b"</sheetData>")
    assert (found.rows, found.width, found.last, found.tells_more) == (60, 28, b"60", True)
    for cut in (97, 1000, len(sheet)):
        assert verdict(sheet, cut=cut) == verdict(sheet, closely=True, cut=cut) == (60 * 28, True)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (b'<c r="A3"', b'<c r="A4"'),
        (b'<c r="A3"', b'<c r="A3" r="XFD9"'),
        (b'<c r="A3"', b'<c r="XFD3"'),
        (b'<c r="A3"', b'<c r="&#88;FD3"'),
        (b'<row r="3" ', b'<row r="3" r="4" '),
        (b'<row r="3" ', b'<row r="1048576" '),
        (b'<c r="A3" t="s"', b'<c r="A3" t="s" t="n"'),
        (b'<c r="A3" t="s"', b'<c r="A3" t="&#115;"'),
        (b'<c r="A3" t="s"><v>', b'<c r="A3" t="s"><v>\x01'),
        (b'<c r="A3" t="s"><v>', b'<c r="A3" t="s"><v>\xff'),
        (b'<c r="A3" t="s"><v>', b'<c r="A3" t="s"><v>\xef\xbf\xbf'),
        (b'<c r="A3" t="s"><v>', b'<c r="A3" t="s"><v>]]>'),
        (b'<c r="A3" t="s"><v>', b'<c r="A3" t="s"><v>&nbsp;'),
        (b'<c r="A3" t="s"><v>', b'<c r="A3" t="s"><w>'),
        (b"<sheetData>", b'<x a="<sheetData>'),
        (b"<sheetData>", b"<!-- <sheetData>"),
        (b"<sheetData>", b"<sheetData><!-- "),
        (b"<sheetData>", b"<?x <sheetData>"),
        (b'<row r="3" ', b'<!-- </row><row r="2"><c r="A2"><v>a--b</v></c></row> --><row r="3" '),
        (b"<sheetData>", b"<![CDATA[<sheetData>"),
        (b"</sheetData>", b""),
        (b"</sheetData>", b'<c r="A7"/></sheetData>'),
        (b"</sheetData>", b'</sheetData><x r="SG50001"/>'),
    ],
)
def test_what_the_slower_look_refuses_is_refused(sheet, was, now):
    changed = sheet.replace(was, now, 1)
    assert changed != sheet
    assert isinstance(verdict(changed, closely=True), str)
    for cut in (97, 1000, len(sheet)):
        assert verdict(changed, cut=cut) == verdict(changed, closely=True)


def test_a_row_too_many_is_refused_where_it_stands_and_not_at_the_end_of_the_sheet():
    for quote in (b'"', b"'"):
        part = Part("xlsx", "x.xlsx", SHEET)
        with pytest.raises(UnreadableFileError, match="row 50001"):
            part.look(b'<worksheet><sheetData><row r="50001"><c r="A50001"/></row>'.replace(b'"', quote))


def test_both_looks_say_the_same_of_any_byte(sheet):
    draw, refused = random.Random(7), 0  # noqa: S311 - places to try, no secret
    for _ in range(600):
        at, byte = draw.randrange(len(sheet)), bytes([draw.choice(b'<>/"=& 09AZarct\x00\xc3')])
        changed = sheet[:at] + byte * draw.randrange(3) + sheet[at + 1 :]
        said = verdict(changed, cut=draw.choice((97, 1000, 1 << 20)))
        assert said == verdict(changed, closely=True), (at, byte, sheet[at - 20 : at + 20])
        refused += isinstance(said, str)
    assert 100 < refused < 600


def repeated(path, *, cells, letters, change=lambda sheet: sheet, texts=lambda texts: texts):
    """Write a workbook many cells of which hold one long text, kept once."""
    plain = path.with_name("plain.xlsx")
    with xlsxwriter.Workbook(plain) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Ente", "Evento"])
        for row in range(1, cells + 1):
            page.write_row(row, 0, ["TEXT", "E1"])
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            data = texts(data).replace(b"TEXT", b"Avis " * (letters // 5)) if name == TEXTS else data
            new.writestr(name, change(data) if name == SHEET else data)
    return path


@pytest.mark.parametrize(
    ("change", "texts"),
    [
        (lambda sheet: sheet, lambda texts: texts),
        (lambda sheet: sheet.replace(b't="s"', b"t='s'"), lambda texts: texts),
        (lambda sheet: sheet.replace(b"<v>2</v>", b"<v>+2</v>"), lambda texts: texts),
        (lambda sheet: sheet.replace(b"<v>2</v>", b"<v>1</v><v>2</v>"), lambda texts: texts),
        (lambda sheet: sheet.replace(b"<v>2</v>", b"<v><!-- -->2</v>"), lambda texts: texts),
        (lambda sheet: sheet, lambda texts: texts.replace(b"<si>", b"<si/><si></si><si>", 1)),
        (lambda sheet: sheet, lambda texts: texts.replace(b"<si>", b"<x:si>").replace(b"</si>", b"</x:si>")),
        (lambda sheet: sheet, lambda texts: texts.replace(b"<t>TEXT", b"<r><t>TEXT</t></r><r><t>TEXT</t></r><t>")),
    ],
)  # fmt: skip
def test_a_long_text_that_many_cells_point_at_is_counted_in_each(tmp_path, change, texts):
    path = repeated(tmp_path / "x.xlsx", cells=1_000, letters=30_000, change=change, texts=texts)
    with pytest.raises(UnreadableFileError, match="repeated to more than") as caught:
        check_workbook(path, file=path.name)
    assert caught.value.problem.code == "too_large"


def test_a_long_note_in_few_cells_among_many_is_an_ordinary_one(tmp_path):
    def few(sheet):  # the note in the first 100 rows only, the next text in all the others
        head, mark, rest = sheet.partition(b'<row r="102"')
        return head + mark + rest.replace(b"<v>2</v>", b"<v>3</v>")

    path = repeated(tmp_path / "x.xlsx", cells=5_000, letters=30_000, change=few)
    assert not check_workbook(path, file=path.name).tells_more
    cells = read_workbook_grids(path, file=path.name)[0].cells
    assert [len(cells), len(cells[100][0]), cells[101][0]] == [5_001, 29_999, "E1"]
