"""What a clerk writes into the file of rows set aside is replayed for ever, and only on the very same file."""

from __future__ import annotations

import csv
import io

import pytest
import xlsxwriter

from stakeholder_net import InvalidTablesError
from stakeholder_net.records import Mending, clean, keep_mending, read_mending, read_table, write_set_aside

TEXT = (
    "Ente;Evento;Data;Presenza\n"
    "Avis;E1;oggi;sì\n"  # row 2
    "Aido; Offida;E1;3/9/2021;sì\n"  # row 3
    ";E1;3/9/2021;sì\n"  # row 4
    "Mario Rossi;E1;3/9/2021;sì\n"  # row 5
    "Auser;E1;31/02/2021;forse\n"  # row 6: two faults
    "Acli;E1;3/9/2021;sì\n"
)
RIGHT = {
    (2, "Data"): "3/9/2021",
    (3, ""): "Aido, Offida;E1;3/9/2021;sì",
    (4, "Ente"): "=Coop+Alfa",
    (5, "Ente"): "scarta",
    (6, "Data"): "28/02/2021",
    (6, "Presenza"): "no",
}


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "presenze.csv"
    path.write_text(TEXT, "utf-8")
    return path


def read(path, mending=None):
    result = clean(read_table(path, "attendance", mending=mending))
    assert result.n_read == result.n_accepted + result.n_set_aside + result.n_skipped
    return result


def fill(path, right, *, encoding="utf-8-sig"):
    """Do what a clerk does: open the file, write the right values, save it."""
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))
    for row in rows[1:]:
        row[8] = right.get((int(row[2]), row[3]), "")
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return rows


@pytest.fixture(params=["it", "en"])
def mended(request, sheet, tmp_path):
    before = read(sheet)
    assert (before.n_accepted, before.n_set_aside) == (1, 5)
    aside = write_set_aside(before.problems, tmp_path / "set_aside.csv", language=request.param)
    fill(aside, RIGHT)
    return aside


def test_mended_rows_are_accepted_and_the_account_still_adds_up(sheet, mended):
    result = read(sheet, read_mending(mended))
    assert result.frame["actor"].tolist() == ["Avis", "Aido, Offida", "=Coop+Alfa", "Auser", "Acli"]
    assert (result.n_accepted, result.n_set_aside, result.n_skipped) == (5, 0, 2)
    assert result.frame["date"].dt.strftime("%d/%m/%Y").tolist()[0] == "03/09/2021"
    assert [(f.code, f.params["count"]) for f in result.problems] == [("mended", "6")]
    assert (5, "discarded") in read_table(sheet, "attendance", mending=read_mending(mended)).skipped


def test_what_is_mended_is_kept_for_ever_and_once(sheet, mended, tmp_path):
    kept = tmp_path / "mending.csv"
    assert keep_mending(mended, kept) == 6
    assert keep_mending(mended, kept) == 0
    first = kept.read_bytes()
    result = read(sheet, read_mending(kept))
    assert result.n_set_aside == 0
    # the next run has nothing to set aside: the kept file is not emptied by that
    write_set_aside(result.problems, mended)
    assert keep_mending(mended, kept) == 0
    assert kept.read_bytes() == first


def test_a_later_word_on_a_cell_wins_and_the_earlier_stays_in_the_file(sheet, mended, tmp_path):
    kept = tmp_path / "mending.csv"
    keep_mending(mended, kept)
    fill(mended, {**RIGHT, (2, "Data"): "4/9/2021"})
    assert keep_mending(mended, kept) == 1
    assert read(sheet, read_mending(kept)).frame["date"].dt.day.tolist()[0] == 4
    assert kept.read_text("utf-8-sig").count("presenze.csv") == 7


def test_another_version_of_the_file_is_another_file(sheet, mended):
    mending = read_mending(mended)
    sheet.write_text(TEXT + "Arci;E1;3/9/2021;sì\n", "utf-8")
    assert read(sheet, mending).n_set_aside == 5


def test_a_wrong_value_is_set_aside_again(sheet, mended):
    fill(mended, {(2, "Data"): "domani"})
    result = read(sheet, read_mending(mended))
    assert ("bad_date", 2, "domani") in [(f.code, f.row, f.value) for f in result.problems]


def test_a_person_who_says_that_it_is_a_body_is_believed(sheet, mended):
    fill(mended, {(5, "Ente"): "Marco Polo"})
    assert "Marco Polo" in read(sheet, read_mending(mended)).frame["actor"].tolist()


def test_a_spreadsheet_may_save_it_in_its_own_way(sheet, mended, tmp_path):
    rows = fill(mended, RIGHT, encoding="cp1252")
    assert read(sheet, read_mending(mended)).n_set_aside == 0
    path = tmp_path / "set_aside.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, [int(cell) if cell.isdecimal() else cell for cell in row])
    assert read(sheet, read_mending(path)).n_set_aside == 0


def test_a_fault_found_later_can_be_mended_too(sheet, tmp_path):
    """The builder knows the file and the row, not the bytes: the project lends it the fingerprint."""
    from stakeholder_net._checks import problem  # noqa: PLC0415

    before = read(sheet)
    fault = problem(
        "unknown_event", table="attendance", file="presenze.csv", row=7, value="E1", severity="set_aside"
    )
    aside = write_set_aside([fault], tmp_path / "a.csv", fingerprints={before.file: before.sha256})
    fill(aside, {(7, ""): "E9"})
    assert read(sheet, read_mending(aside)).frame["event"].tolist() == ["E9"]


def test_nothing_is_mended_by_a_file_that_is_not_there(tmp_path):
    assert read_mending(tmp_path / "manca.csv") == Mending()


def test_a_file_without_its_columns_is_refused(tmp_path):
    path = tmp_path / "set_aside.csv"
    path.write_text("file;riga\npresenze.csv;2\n", "utf-8")
    with pytest.raises(InvalidTablesError, match="fingerprint"):
        read_mending(path)


def test_no_cell_of_the_file_is_a_formula(mended, tmp_path):
    kept = tmp_path / "mending.csv"
    keep_mending(mended, kept)
    assert ";'=Coop+Alfa;" in kept.read_text("utf-8-sig")
    assert "=Coop+Alfa" in [fix.value for fix in read_mending(kept).fixes]
