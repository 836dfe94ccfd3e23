"""The shapes in which offices and platforms hold attendance; rows are told by hand from the files themselves."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import time
import zipfile

import pandas as pd
import pytest
import xlsxwriter

from stakeholder_net.records import clean, read_table

FIELDS = ["actor", "status", "date"]


def attendance(path, **options):
    raw = read_table(path, "attendance", constants={"event": "E01"}, **options)
    result = clean(raw)
    assert result.n_read == result.n_accepted + result.n_set_aside + result.n_skipped
    return raw, result


def facts(result, *columns):
    frame = result.frame.copy()
    if "date" in frame:
        frame["date"] = frame["date"].dt.strftime("%Y-%m-%d")
    return [tuple(row) for row in frame[list(columns or FIELDS)].itertuples(index=False)]


def codes(result, severity="set_aside"):
    return [(fault.code, fault.row) for fault in result.problems if fault.severity == severity]


@pytest.fixture(scope="module")
def files(shared):
    return shared / "data" / "identities" / "files"


SHEET = [
    ("Bottega del Terzo Settore", "present", "2021-09-03"),
    ("Comune di Ascoli Piceno - Servizi Sociali", "present", "2021-09-03"),
]
HIDDEN = [("Fond. Carisap", "present", "2021-09-03"), ("CSV Marche", "present", "2021-09-03")]
SECOND_DAY = [("AIPAS Marche", "absent", "2021-09-04")]


@pytest.mark.shared
@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_a_sheet_of_signatures_reads_the_same_in_every_form(files, form):
    raw, result = attendance(files / f"foglio_firme.{form}", hidden=True)
    # the XLSX was saved without the result of its formula: the row is set aside, not read as empty
    assert facts(result) == [*SHEET, *HIDDEN, *(SECOND_DAY if form != "xlsx" else [])]
    assert codes(result) == ([("formula_unsaved", 12)] if form == "xlsx" else [])
    assert result.frame["hours"].tolist()[:2] == [3.0, pytest.approx(2 + 50 / 60)]
    assert result.frame["persons"].tolist()[:2] == [1, 2]  # a merged cell: two people of one body
    assert [reason for _, reason in raw.skipped] == [
        "title", "title", "blank", "heading", "heading", "blank", "band", "total",
    ]  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_hidden_rows_and_sheets_are_told_and_not_read_unless_asked(files, form):
    raw, result = attendance(files / f"foglio_firme.{form}")
    assert facts(result)[:2] == SHEET
    assert not {"Fond. Carisap", "CSV Marche"} & set(result.frame["actor"])
    assert (9, "hidden") in raw.skipped
    assert {"hidden_rows", "hidden_sheet"} <= {fault.code for fault in result.problems}


LIST = [
    ("Società Operaia di Mutuo Soccorso", "present", "2021-09-03"),
    ("Caritas – Comunità", "absent", "2021-09-04"),
    ("Università delle Tre Età", "present", "2021-09-03"),
]


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    ["iscritti_cp1252.csv", "iscritti_utf8.csv", "iscritti_utf8bom.csv", "iscritti_utf16.txt", "sep.csv"],
)
def test_one_list_in_five_encodings_is_one_table(files, name):
    _, result = attendance(files / name)
    assert facts(result) == LIST
    assert result.frame["municipality"].tolist() == ["Ascoli Piceno", "Forlì", "Città Sant’Angelo"]
    assert codes(result) == []


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "expected", "aside"),
    [
        # the answer to "will you come?" is an announcement; the year comes from the time stamp of the form
        (
            "google_forms.csv",
            [
                ("Bottega del Terzo Settore", "announced", "2021-09-03"),
                ('Coop. Soc. "Il Faro", Offida', "absent", "2021-09-03"),
            ],
            [],
        ),
        ("eventbrite.csv", [("Bottega del Terzo Settore", "present", "2021-09-03")], [("missing_value", 3)]),
        ("teams.csv", [("Bottega", "remote", "2021-09-03")], [("no_body", 9)]),
        ("zoom.csv", [("BTS", "remote", "2021-09-03")], [("no_body", 6)]),
    ],
)  # fmt: skip
def test_what_platforms_export(files, name, expected, aside):
    _, result = attendance(files / name)
    assert facts(result) == expected
    assert codes(result) == aside


@pytest.mark.shared
def test_no_person_of_any_shape_leaves_the_reader(files):
    for path in sorted(files.iterdir()):
        raw, result = attendance(path, hidden=True)
        told = " ".join(
            [result.frame.to_csv(), raw.frame.to_csv(), *map(repr, raw.problems), *map(str, result.problems)]
        )
        for secret in (
            "Rossi",
            "Bianchi",
            "Verdi",
            "Neri",
            "Gallo",
            "D'Amico",
            "Niccol",
            "Mario",
            "Anna",
            "example.org",
        ):
            assert secret not in told, (path.name, secret)


# --- sheets made here ------------------------------------------------------------------------------------------------
def sheet(folder, rows, *, merged=(), formulas=None):
    path = folder / "foglio.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Foglio")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        for top, left, bottom, right, text in merged:
            page.merge_range(top, left, bottom, right, text)
        for (row, column), formula in (formulas or {}).items():
            page.write_formula(row, column, formula, None, "")
    return path


def test_a_cell_merged_downwards_fills_the_body_and_not_the_person(tmp_path):
    rows = [["Ente", "Cognome", "Ore"], ["", "Uno", ""], ["", "", 2], ["Aido", "Tre", 1]]
    path = sheet(tmp_path, rows, merged=[(1, 0, 2, 0, "Avis"), (1, 1, 2, 1, "Uno"), (1, 2, 2, 2, 3)])
    _, result = attendance(path)
    assert facts(result, "actor", "persons", "hours") == [("Avis", 1, 3.0), ("Aido", 1, 1.0)]


def test_bands_totals_and_numbered_blank_lines_are_no_records(tmp_path):
    rows = [
        ["Tavolo welfare, venerdì 3 settembre 2021"],
        ["N.", "Ente", "Firma"],
        [1, "Avis", "x"],
        ["POMERIGGIO"],
        [2, "Aido", "x"],
        ["SECONDA GIORNATA - sabato 4 settembre"],
        [3, "Avis", "x"],
        [4],
        ["TOTALE", "", 3],
        ["", "totale presenti", 3],
    ]
    raw, result = attendance(sheet(tmp_path, rows))
    assert facts(result) == [
        ("Avis", "present", "2021-09-03"),
        ("Aido", "present", "2021-09-03"),
        ("Avis", "present", "2021-09-04"),
    ]
    assert raw.skipped == (
        (1, "title"), (2, "heading"), (4, "band"), (6, "band"), (8, "blank"), (9, "total"), (10, "total"),
    )  # fmt: skip


def test_a_name_with_a_weekday_in_it_is_a_name(tmp_path):
    rows = [
        ["Ente", "Firma"],
        ["Gruppo del sabato", "x"],
        ["Centro Domenica", ""],
        ["SABATO 4 settembre 2021"],
        ["Avis", "x"],
    ]
    raw, result = attendance(sheet(tmp_path, rows))
    assert facts(result, "actor") == [("Gruppo del sabato",), ("Centro Domenica",), ("Avis",)]
    assert raw.skipped == ((1, "heading"), (4, "band"))
    path = tmp_path / "registro.csv"
    path.write_text("Denominazione;Comune\nDomenica Insieme;\nSessione aperta;\n", "utf-8")
    assert len(clean(read_table(path, "register")).frame) == 2


def test_headings_printed_on_every_page_are_no_records(tmp_path):
    rows = [
        ["Ente", "Comune", "Firma"],
        ["Avis", "Offida", "x"],
        ["ENTE", "Comune", "Firma"],
        ["Aido", "Offida", "x"],
    ]
    raw, result = attendance(sheet(tmp_path, rows))
    assert facts(result, "actor") == [("Avis",), ("Aido",)]
    assert (3, "heading") in raw.skipped


def test_a_day_in_the_title_of_a_list_of_several_meetings_is_nobodys(tmp_path):
    rows = [["Riunioni fino al 3 settembre 2021"], ["Evento", "Ente"], ["E1", "Avis"], ["E2", "Avis"]]
    result = clean(read_table(sheet(tmp_path, rows), "attendance"))
    assert "date" not in result.frame.columns


def test_a_date_of_printing_is_not_the_day_of_the_meeting(tmp_path):
    _, result = attendance(sheet(tmp_path, [["Aggiornato al 3/9/2021"], ["Ente", "Firma"], ["Avis", "x"]]))
    assert "date" not in result.frame.columns


def test_two_days_in_a_title_are_not_one(tmp_path):
    _, result = attendance(
        sheet(tmp_path, [["Laboratori del 3 e 4 settembre 2021"], ["Ente", "Firma"], ["Avis", "x"]])
    )
    assert "date" not in result.frame.columns


def test_a_column_a_day_becomes_a_row_a_day(tmp_path):
    rows = [
        ["Lab 2021"],
        ["Ente", "3 settembre 2021", "Firma 4/9/2021"],
        ["Avis", "x", ""],
        ["Aido", "x", "sì"],
        ["Auser", "", "no"],
    ]
    _, result = attendance(sheet(tmp_path, rows))
    assert facts(result) == [
        ("Avis", "present", "2021-09-03"),
        ("Aido", "present", "2021-09-03"),
        ("Aido", "present", "2021-09-04"),
        ("Auser", "absent", "2021-09-04"),
    ]
    assert result.n_accepted == 3


def test_a_mark_that_says_neither_yes_nor_no_is_set_aside_unseen(tmp_path):
    rows = [["Ente", "3 settembre 2021"], ["Avis", "Canarini Gialla"], ["Aido", "x"]]
    _, result = attendance(sheet(tmp_path, rows))
    assert codes(result) == [("unclear_mark", 2)]
    assert "Canarini" not in " ".join(map(repr, result.problems))


def test_a_signature_is_presence_and_an_empty_one_is_not(tmp_path):
    rows = [["Ente", "Firma"], ["Avis", "Canarini G."], ["Aido", ""], ["Auser", "assente"]]
    _, result = attendance(sheet(tmp_path, rows))
    assert facts(result, "actor", "status") == [("Avis", "present"), ("Aido", "unknown"), ("Auser", "absent")]
    assert "Canarini" not in result.frame.to_csv()


def test_a_formula_without_its_result_is_set_aside_and_one_with_it_is_read(tmp_path):
    path = sheet(tmp_path, [["Ente", "Ore"], ["Avis", ""], ["Aido", 1]], formulas={(1, 1): "=1+1"})
    copy = tmp_path / "copia.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename.endswith("sheet1.xml"):
                assert b"<v></v>" in data
                data = data.replace(b' t="str"><f>1+1</f><v></v>', b"><f>1+1</f>")
            new.writestr(item, data)
    _, result = attendance(copy)
    assert codes(result) == [("formula_unsaved", 2)]
    assert facts(result, "actor") == [("Aido",)]


def test_delegates_two_bodies_and_jobs_in_one_cell(tmp_path):
    rows = [
        ["Ente", "Ruolo"],
        ["Mario Rossi (delegato Croce Verde)", ""],
        ["Anna Bianchi per conto di Avis di Offida", ""],
        ["Coop. Sociale Alfa / Comune di Force", ""],
        ["Comune di Offida\nServizi Sociali", ""],
        ["Auser - Presidente", ""],
        ["Aido", "delegato"],
        ["cittadino", ""],
        ["Mario Rossi", ""],
        ["Sindaco di Rotella", ""],
    ]
    _, result = attendance(sheet(tmp_path, rows))
    assert facts(result, "actor", "status") == [
        ("Croce Verde", "delegate"),
        ("Avis di Offida", "delegate"),
        ("Coop. Sociale Alfa", "present"),
        ("Comune di Force", "present"),
        ("Comune di Offida - Servizi Sociali", "present"),
        ("Auser", "present"),
        ("Aido", "delegate"),
        ("Comune di Rotella", "present"),
    ]
    assert codes(result) == [("no_body", 8), ("no_body", 9)]
    assert all(fault.value == "" for fault in result.problems)
    assert result.n_accepted == 7


def test_who_writes_the_own_name_where_the_body_goes_is_no_actor(tmp_path):
    rows = [
        ["Ente", "Cognome", "Nome"],
        ["Ermenegilda Zanzottera", "Zanzottera", "Ermenegilda"],
        ["ZANZOTTERA  ERMENEGILDA", "Zanzottera", "Ermenegilda"],
        ["Croce Verde", "Verde", "Croce"],
        ["Bottega Zanzottera", "Zanzottera", "Ermenegilda"],
        ["Prometeo", "Prometeo", ""],
    ]
    _, result = attendance(sheet(tmp_path, rows))
    assert facts(result, "actor") == [("Croce Verde",), ("Bottega Zanzottera",), ("Prometeo",)]
    assert codes(result) == [("no_body", 2), ("no_body", 3)]
    assert "anzottera" not in " ".join(map(repr, result.problems))


def test_a_list_of_comuni_shares_its_first_word(tmp_path):
    path = tmp_path / "accordi.csv"
    path.write_text("Progetto;Ente;Ruolo\nP1;COMUNI DI: OFFIDA, FORCE e ROTELLA;partner\n", "utf-8")
    result = clean(read_table(path, "collaborations"))
    assert result.frame["actor"].tolist() == ["Comune di OFFIDA", "Comune di FORCE", "Comune di ROTELLA"]
    assert result.n_accepted == 1


def test_who_leaves_a_meeting_and_comes_back_is_one_head_and_all_its_hours(tmp_path):
    path = tmp_path / "zoom.csv"
    path.write_text(
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room\n"
        "Ada Canarini - AVIS,,03/09/2021 03:00:00 PM,03/09/2021 03:30:00 PM,30,Yes,No\n"
        "Ada Canarini - AVIS (Ada),,03/09/2021 03:40:00 PM,03/09/2021 04:40:00 PM,60,Yes,No\n"
        "Ugo Passeri - AVIS,,03/09/2021 03:40:00 PM,03/09/2021 03:50:00 PM,10,Yes,No\n"
        "Eva Merli - AIDO,,03/09/2021 03:40:00 PM,03/09/2021 03:50:00 PM,10,Yes,Yes\n",
        "utf-8",
    )
    raw, result = attendance(path)
    assert facts(result, "actor", "persons", "hours") == [("AVIS", 2, 1.5)]
    assert codes(result, "note") == []
    assert raw.skipped[-1] == (5, "waiting_room")


def test_letters_that_went_through_the_wrong_encoding_come_back(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("Ente;Note\nSocietÃ\u00a0 Cooperativa Il Dâ€™Angelo;x\nForl├¼ Insieme;y\n", "utf-8")
    _, result = attendance(path)
    assert result.frame["actor"].tolist() == ["Società Cooperativa Il D’Angelo", "Forlì Insieme"]


def test_a_sheet_of_five_hundred_rows_is_read_at_once(tmp_path):
    rows = [["Cognome", "Ente", "Data", "Presenza"]]
    rows += [[f"C{n}", f"Associazione {n} - Presidente", "3/9/2021", "sì"] for n in range(500)]
    path = sheet(tmp_path, rows)
    begun = time.process_time()
    _, result = attendance(path)
    assert time.process_time() - begun < 5
    assert result.n_accepted == 500
    assert result.frame["actor"].tolist()[-1] == "Associazione 499"


@pytest.mark.office
def test_what_libreoffice_saves_reads_the_same(tmp_path):
    rows = [
        ["Tavolo, venerdì 3 settembre 2021"],
        ["Ente", "Firma", "Entrata", "Uscita"],
        ["Avis", "x", dt.time(15, 30), dt.time(18, 0)],
        ["Società Operaia", "no", "", ""],
    ]
    path = sheet(tmp_path, rows)
    soffice = shutil.which("soffice")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for form in ("ods", "xls"):
        words = [soffice, profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path), str(path)]
        subprocess.run(words, check=True, capture_output=True, timeout=120)  # noqa: S603
        _, result = attendance(tmp_path / f"foglio.{form}")
        assert facts(result) == [
            ("Avis", "present", "2021-09-03"),
            ("Società Operaia", "absent", "2021-09-03"),
        ]
        assert result.frame["hours"].tolist()[0] == 2.5
        assert pd.isna(result.frame["hours"].tolist()[1])
