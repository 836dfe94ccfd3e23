"""One file in: its letters, its separator, its heading row, its columns, and the account of its rows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from stakeholder_net import InvalidTablesError, UnreadableFileError
from stakeholder_net._checks import say
from stakeholder_net.records.clean import clean
from stakeholder_net.records.read import read_table

ROWS = "Ente;Evento;Presenza\r\nSocietà Operaia;E01;sì\r\nCaritas – Comunità;E01;no\r\n"


def write(folder: Path, text: str, *, name: str = "presenze.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def book(folder: Path, sheets: dict[str, list[list[object]]], *, hidden: tuple[str, ...] = ()) -> Path:
    path = folder / "presenze.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name in hidden:
                sheet.hide()
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_letters_separators_and_line_ends_make_no_difference(tmp_path, encoding, delimiter, newline):
    text = ROWS.replace(";", delimiter).replace("\r\n", newline)
    raw = read_table(write(tmp_path, text, encoding=encoding), "attendance")
    assert raw.frame["actor"].tolist() == ["Società Operaia", "Caritas – Comunità"]
    assert raw.rows == (2, 3)
    assert raw.delimiter == delimiter


def test_the_line_that_excel_writes_for_itself_is_no_heading(tmp_path):
    raw = read_table(write(tmp_path, "sep=;\r\n" + ROWS), "attendance")
    assert raw.rows == (3, 4)
    assert raw.skipped == ((1, "title"), (2, "heading"))


def test_a_comma_inside_names_does_not_win_over_the_real_separator(tmp_path):
    text = "Ente;Evento\nAvis, sezione di Offida, Castignano;E01\nAido, Offida, Ripatransone;E01\n"
    raw = read_table(write(tmp_path, text), "attendance")
    assert raw.frame["actor"].tolist() == [
        "Avis, sezione di Offida, Castignano",
        "Aido, Offida, Ripatransone",
    ]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda folder: folder / "manca.csv", "missing_file"),
        (lambda folder: folder / "nessuna" / "manca.csv", "missing_folder"),
        (lambda folder: write(folder, ""), "empty_file"),
        (lambda folder: write(folder, "\r\n;;\r\n"), "empty_file"),
        (lambda folder: write(folder, "uno;due\r\n1;2\r\n"), "no_table"),
        (lambda folder: write(folder, 'Ente;Evento\r\n"Avis;E01\r\nAido;E01\r\n'), "open_quote"),
        (lambda folder: write(folder, ROWS, name="presenze.pdf"), "bad_format"),
        (lambda folder: write(folder, ROWS, name="presenze.xlsx"), "bad_file"),
        (lambda folder: write(folder, ROWS, name="presenze.xls"), "bad_file"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_gets_one_message_in_both_languages(tmp_path, make, code):
    with pytest.raises(UnreadableFileError) as caught:
        read_table(make(tmp_path), "attendance", base=tmp_path)
    assert caught.value.problem.code == code
    assert str(tmp_path) not in caught.value.problem.where
    assert say(caught.value.problem, "it") != say(caught.value.problem, "en")


def test_a_byte_that_no_encoding_knows_is_told_with_its_row(tmp_path):
    path = tmp_path / "presenze.csv"
    path.write_bytes(b"Ente;Evento\r\nSociet\xe0;E01\r\nX\x81;E01\r\n")
    with pytest.raises(UnreadableFileError) as caught:
        read_table(path, "attendance")
    fault = caught.value.problem
    assert (fault.code, fault.row, fault.value) == ("bad_encoding", 3, "0x81")


def test_an_encoding_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(UnreadableFileError, match="there is no encoding 'utf8mb4'"):
        read_table(write(tmp_path, ROWS), "attendance", encoding="utf8mb4")


def test_a_missing_file_is_told_with_the_nearest_name(tmp_path):
    write(tmp_path, ROWS)
    with pytest.raises(UnreadableFileError, match=r"Did you mean 'presenze\.csv'"):
        read_table(tmp_path / "presenza.csv", "attendance")


def test_missing_columns_are_told_together_with_what_was_found(tmp_path):
    with pytest.raises(InvalidTablesError) as caught:
        read_table(write(tmp_path, "Fonte;Presenza\r\nS1;sì\r\n"), "attendance")
    assert [fault.params["name"] for fault in caught.value.problems] == ["actor", "event"]
    assert "Fonte, Presenza" in say(caught.value.problems[0], "it")


def test_a_heading_that_the_user_named_must_be_there(tmp_path):
    with pytest.raises(InvalidTablesError, match="Did you mean 'Ente'"):
        read_table(write(tmp_path, ROWS), "attendance", columns={"actor": "Enti"})


def test_the_user_says_which_column_is_which(tmp_path):
    path = write(tmp_path, "Ente;Chi ha firmato;Incontro\nComune;Avis;E01\n")
    raw = read_table(path, "attendance", columns={"actor": "chi ha firmato"})
    assert raw.frame["actor"].tolist() == ["Avis"]
    assert raw.headings["actor"] == "Chi ha firmato"
    assert raw.dropped == ("Ente",)


def test_a_tax_code_of_a_person_that_stands_in_a_cell_is_taken_out(tmp_path):
    path = tmp_path / "presenze.csv"
    path.write_text("Ente;Evento\nPro Loco RSSMRA80A01H501U;E01\nAvis rssmra80a01 h501u;E01\n", "utf-8")
    raw = read_table(path, "attendance")
    assert raw.frame["actor"].tolist() == ["Pro Loco", "Avis"]
    assert [(fault.code, fault.row) for fault in raw.problems] == [("personal_code", 2), ("personal_code", 3)]
    assert "rssmra" not in f"{raw!r}{raw.problems}{raw.frame.to_csv()}".lower()


def test_persons_and_undeclared_columns_never_leave_the_reader(tmp_path):
    text = (
        "Cognome;Nome;Ente;Evento;E-mail;Note personali;Codice fiscale\n"
        "Canarini;Gialla;Avis;E01;gialla@example.org;celiaca;CNRGLL80A41A462X\n"
    )
    cleaned = clean(read_table(write(tmp_path, text), "attendance"))
    told = " ".join([cleaned.frame.to_csv(), *map(repr, cleaned.problems), *map(str, cleaned.problems)])
    for secret in ("Canarini", "Gialla", "gialla@", "celiaca", "CNRGLL80A41A462X"):
        assert secret not in told
    assert cleaned.n_accepted == 1
    assert "personal_code" in [fault.code for fault in cleaned.problems]


def test_titles_above_the_table_and_blank_rows_are_accounted_for(tmp_path):
    path = book(
        tmp_path,
        {"Foglio1": [
            ["COMUNE DI OFFIDA"], [], ["Ente", "Evento", "Data"], ["Avis", "E01", 44442], [],
            ["Aido", "E01", dt.date(2021, 9, 4)],
        ]},
    )  # fmt: skip
    cleaned = clean(read_table(path, "attendance"))
    assert (cleaned.n_read, cleaned.n_accepted, cleaned.n_set_aside, cleaned.n_skipped) == (6, 2, 0, 4)
    assert cleaned.frame["source_row"].tolist() == [4, 6]
    assert cleaned.frame["source_sheet"].tolist() == ["Foglio1", "Foglio1"]
    assert cleaned.frame["date"].dt.strftime("%Y-%m-%d").tolist() == ["2021-09-03", "2021-09-04"]


def test_the_sheet_with_the_table_is_found_and_others_are_told(tmp_path):
    rows = [["Ente", "Evento"], ["Avis", "E01"]]
    path = book(
        tmp_path,
        {"Istruzioni": [["Come si compila"]], "A": rows, "B": rows, "segreto": rows},
        hidden=("segreto",),
    )
    raw = read_table(path, "attendance")
    assert raw.sheet == "A"
    assert {(fault.code, fault.sheet) for fault in raw.problems} == {
        ("sheet_not_read", "B"),
        ("hidden_sheet", "segreto"),
    }
    assert read_table(path, "attendance", sheet="segreto").sheet == "segreto"
    with pytest.raises(UnreadableFileError, match="the sheets are: Istruzioni, A, B, segreto"):
        read_table(path, "attendance", sheet="C")


def test_codes_stay_text_and_whole_numbers_have_no_tail(tmp_path):
    path = book(tmp_path, {"R": [["Denominazione", "Codice fiscale", "Codice ISTAT", "Abitanti"],
                                 ["Comune di Prova", "00229010442", "044007", 45000],
                                 ["Comune di Altro", 229010442, "NA", 1000.0]]})  # fmt: skip
    cleaned = clean(read_table(path, "register"))
    assert cleaned.frame["tax_code"].tolist() == ["00229010442", "00229010442"]
    assert cleaned.frame["istat_code"].tolist() == ["044007", "NA"]
    assert cleaned.frame["population"].tolist() == [45000, 1000]
    assert [fault.code for fault in cleaned.problems] == ["recovered_code"]


def test_rows_can_be_chosen_by_a_heading_and_given_a_constant(tmp_path):
    path = write(tmp_path, "comune;sigla\nOffida;AP\nFermo;FM\n")
    raw = read_table(path, "register", where={"sigla": "AP"}, constants={"kind": "comune"})
    assert raw.frame[["name", "kind"]].to_dict("records") == [{"name": "Offida", "kind": "comune"}]
    assert (3, "filtered") in raw.skipped


def test_a_sheet_of_one_meeting_is_told_which_it_is(tmp_path):
    path = write(tmp_path, "Ente;Comune\nAvis;Offida\nAido;Force\n")
    with pytest.raises(InvalidTablesError, match=r'columns = \{ event = "=E01" \}'):
        read_table(path, "attendance")
    result = clean(read_table(path, "attendance", columns={"event": "=E01", "status": "= iscritto"}))
    assert result.frame[["event", "status"]].drop_duplicates().to_numpy().tolist() == [["E01", "announced"]]


def test_a_ragged_row_is_set_aside_and_the_others_stay(tmp_path):
    cleaned = clean(
        read_table(write(tmp_path, "Ente;Evento\nAvis;E01\nAido; Offida;E01\nAuser\n"), "attendance")
    )
    assert [(fault.code, fault.row, fault.severity) for fault in cleaned.problems] == [
        ("ragged_row", 3, "set_aside"),
        ("ragged_row", 4, "set_aside"),
    ]
    assert (cleaned.n_read, cleaned.n_accepted, cleaned.n_set_aside, cleaned.n_skipped) == (4, 1, 2, 1)


def test_a_code_that_a_spreadsheet_robbed_of_its_zeros_gets_them_back_and_is_flagged(tmp_path):
    """T10: 00229010442 typed into a cell of numbers is 229010442; only a right check digit brings the zeros back."""
    rows = [
        ["Denominazione", "Codice fiscale"],
        ["Comune di Ascoli Piceno", 229010442],
        ["Comune di Prova", 229010443],  # no such check digit
        ["Comune di Altrove", "00229010442"],
    ]
    cleaned = clean(read_table(book(tmp_path, {"Registro": rows}), "register"))
    assert cleaned.frame["tax_code"].fillna("").tolist() == ["00229010442", "", "00229010442"]
    assert [(fault.row, fault.code, fault.severity) for fault in cleaned.problems] == [
        (2, "recovered_code", "note"),
        (3, "bad_tax_code", "note"),
    ]
