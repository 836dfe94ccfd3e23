"""A project from sheets that exist: tables are told from headings, files are copied and left as they are."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest
import xlsxwriter

from stakeholder_net import UnreadableFileError, open_project
from stakeholder_net.records import adopt_sheets

SHEETS = {
    "presenze.csv": ("Evento;Ente;Presenza\nL1;Avis di Force;sì\nL1;Comune di Force;sì\n", "attendance"),
    "firme 3 settembre.csv": ("Ente;Nome e cognome;Firma\nAvis di Force;A B;x\n", "attendance"),
    "incontri.csv": ("Codice;Titolo;Data;Luogo\nL1;Primo;03/09/2021;Force\n", "events"),
    "partner.csv": (
        "Progetto;Ente;Ruolo\nP1;Avis di Force;capofila\nP1;Comune di Force;partner\n",
        "collaborations",
    ),
    "consulta.csv": ("Consulta;Membro;Ruolo\nConsulta welfare;Avis di Force;membro\n", "memberships"),
    "elenco.csv": ("Denominazione;Codice fiscale;Comune\nAvis di Force;;Force\n", "register"),
    "voti.csv": ("Ente;Priorità;Punteggio\nAvis di Force;casa;3\n", "priorities"),
    "nomi.csv": ("Grafia;Nome\nAVIS Force;Avis di Force\n", "aliases"),
}


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    folder = tmp_path / "fogli"
    folder.mkdir()
    for name, (text, _) in SHEETS.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def sums(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_every_table_is_told_from_its_headings(sheets: Path, tmp_path: Path) -> None:
    found = adopt_sheets(tmp_path / "p", [sheets])
    assert {sheet.file: sheet.table for sheet in found} == {
        name: table for name, (_, table) in SHEETS.items()
    }
    (signed,) = [sheet for sheet in found if sheet.constants]
    assert (signed.file, signed.constants) == ("firme 3 settembre.csv", (("event", "firme 3 settembre"),))
    assert signed.headings == ("Ente",)  # what names persons is not even told


def test_the_project_is_read_without_a_fault_and_runs(sheets: Path, tmp_path: Path) -> None:
    before = sums(sheets)
    adopt_sheets(tmp_path / "p", [sheets])
    project = open_project(tmp_path / "p")
    records = project.read()
    assert records.counts.groupby("table")["accepted"].sum()["attendance"] == 3
    assert not [fault for fault in records.problems if fault.severity == "error"]
    net = project.build(records).network
    assert {"Avis di Force", "Comune di Force"} <= set(net.actors["name"])
    assert sums(sheets) == before == sums(tmp_path / "p" / "data" / "raw")


@pytest.mark.shared
def test_every_shape_of_the_benchmark_is_known(shared: Path, tmp_path: Path) -> None:
    found = adopt_sheets(tmp_path / "p", [shared / "data" / "identities" / "files"])
    assert {sheet.table for sheet in found} == {"attendance"}
    assert len(found) == 12
    assert open_project(tmp_path / "p").read().counts["accepted"].gt(0).all()


def test_what_is_not_known_is_told_and_what_harms_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "ricette.csv").write_text("Farina;Uova\n3;2\n", "utf-8")
    (tmp_path / "rotto.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (tmp_path / 'p "x".csv').write_text(SHEETS["partner.csv"][0], "utf-8")
    found = {
        sheet.file: sheet
        for sheet in adopt_sheets(
            tmp_path / "p", [tmp_path / 'p "x".csv', tmp_path / "ricette.csv", tmp_path / "rotto.xlsx"]
        )
    }
    assert found['p "x".csv'].table == "collaborations"
    assert found["ricette.csv"].table == ""
    assert found["rotto.xlsx"].problem is not None
    text = (tmp_path / "p" / "stakeholder.toml").read_text("utf-8")
    assert [entry["path"] for entry in tomllib.loads(text)["files"]] == ['data/raw/p "x".csv']
    assert '"ricette.csv"' in text
    assert not (tmp_path / "p" / "data" / "raw" / "rotto.xlsx").exists()
    assert open_project(tmp_path / "p").read().counts["accepted"].sum() == 2


def test_two_sheets_of_one_book_and_two_files_of_one_name(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        with xlsxwriter.Workbook(tmp_path / folder / "tavoli.xlsx") as book:
            for name in ("Lunedì", "Martedì"):
                page = book.add_worksheet(name)
                page.write_row(0, 0, ["Ente", "Firma"])
                page.write_row(1, 0, ["Avis di Force", "x"])
    found = adopt_sheets(tmp_path / "p", [tmp_path / "a", tmp_path / "b"])
    assert [dict(sheet.constants)["event"] for sheet in found] == [
        "tavoli Lunedì", "tavoli Martedì", "tavoli-2 Lunedì", "tavoli-2 Martedì",
    ]  # fmt: skip
    assert open_project(tmp_path / "p").build().network.n_actors == 1


@pytest.mark.parametrize("given", ["nothing", "recipes", "in_use"])
def test_refusals_say_what_to_do(tmp_path: Path, given: str) -> None:
    (tmp_path / "vuota").mkdir()
    (tmp_path / "ricette.csv").write_text("Farina;Uova\n3;2\n", "utf-8")
    asked = {
        "nothing": (tmp_path / "p", [tmp_path / "vuota"], "no sheet"),
        "recipes": (tmp_path / "p", [tmp_path / "ricette.csv"], "ricette.csv"),
        "in_use": (tmp_path, [tmp_path / "ricette.csv"], "holds something already"),
    }
    folder, sheets, said = asked[given]
    with pytest.raises(UnreadableFileError, match=said):
        adopt_sheets(folder, sheets)
    assert not (tmp_path / "p").exists()


# An office's folder as it is: the first trial of a new user made one meeting of three, and seats of a list of partners.
OFFICE = {
    "Iscrizione tavoli (Risposte).csv": (
        "Informazioni cronologiche,Nome e cognome,Ente che rappresenta,Comune,A quale tavolo partecipa?,Data\n"
        "12/05/2025 9.31.02,A B,Avis di Force,Force,Tavolo Anziani,15/05/2025\n"
        "10/06/2025 9.31.02,A B,Avis di Force,Force,Tavolo Disabilità,12/06/2025\n"
    ),
    "elenco partenariati.csv": (
        "Titolo progetto;Ruolo;Denominazione ente;Anno avvio;Importo finanziato;Referente\n"
        "Nonni in rete;capofila;Avis di Force;2024;€ 15.500,50;A B\n"
        "Nonni in rete;partner;Comune di Force;2024;;\n"
        "Dopo di noi;partner;Comune di Force;2023;;\n"
    ),
    "tavolo povertà.csv": "Tavolo povertà - 20 settembre 2025;;\nOrganizzazione;Nominativo;Note\nAvis di Force;A B;\n",
    "registro.csv": "Denominazione;Sezione;Referente\nAuser Force;Associazioni di promozione sociale;A B\n",
}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "fogli" / "2025").mkdir(parents=True)
    for number, (name, text) in enumerate(OFFICE.items()):
        (tmp_path / "fogli" / ("2025" if number else "") / name).write_text(text, "utf-8")
    (tmp_path / "fogli" / "verbale.docx").write_bytes(b"PK")
    (tmp_path / "fogli" / "~$verbale.docx").write_bytes(b"PK")
    return tmp_path / "fogli"


def test_a_folder_of_an_office_is_told_apart(office: Path, tmp_path: Path) -> None:
    found = {sheet.file: sheet for sheet in adopt_sheets(tmp_path / "p", [office])}
    assert {name: sheet.table for name, sheet in found.items()} == {
        "Iscrizione tavoli (Risposte).csv": "attendance",
        "elenco partenariati.csv": "collaborations",
        "tavolo povertà.csv": "attendance",
        "registro.csv": "register",
        "verbale.docx": "",
    }
    assert found["Iscrizione tavoli (Risposte).csv"].constants == (("status", "iscritto"),)
    assert found["tavolo povertà.csv"].constants == (("event", "tavolo povertà"),)
    fault = found["verbale.docx"].problem
    assert fault is not None
    assert fault.code == "bad_format"
    project = open_project(tmp_path / "p")
    records = project.read()
    assert records.counts["set_aside"].sum() == 0
    attendance, partners = records.tables["attendance"], records.tables["collaborations"]
    assert dict(zip(attendance["event"], attendance["status"], strict=True)) == {
        "Tavolo Anziani": "announced",
        "Tavolo Disabilità": "announced",
        "tavolo povertà": "present",
    }
    assert partners["collaboration"].tolist() == ["Nonni in rete", "Nonni in rete", "Dopo di noi"]
    assert partners["amount"].max() == pytest.approx(15500.50)
    assert records.tables["register"]["kind"].tolist() == ["ets_aps"]


def test_partners_without_their_project_are_neither_a_meeting_nor_a_register(tmp_path: Path) -> None:
    (tmp_path / "partner.csv").write_text("Ente;Ruolo;Referente\nAvis di Force;capofila;A B\n", "utf-8")
    (tmp_path / "firme.csv").write_text("Ente;Firma\nAvis di Force;x\n", "utf-8")
    found = {
        s.file: s.table
        for s in adopt_sheets(tmp_path / "p", [tmp_path / "partner.csv", tmp_path / "firme.csv"])
    }
    assert found == {"partner.csv": "", "firme.csv": "attendance"}
