"""A long list read by columns says what the same list says row by row."""

import pytest

from stakeholder_net.records import _columns
from stakeholder_net.records.clean import clean
from stakeholder_net.records.read import read_table

PLAIN = """Data;Incontro;Ente;Comune;Stato;Ruolo;Minuti
03/09/2021;E01;Croce Verde;Offida;presente;;90
;;;;;;
03/09/2021;E01;Avis / Aido;Offida;assente;;
Data;Incontro;Ente;Comune;Stato;Ruolo;Minuti
04/09/2021;E02;---;Offida;presente;;30
04/09/2021;E02;Mario Rossi (delegato Croce Verde);;presente;;30
04/09/2021;E02;Società Operaia;;forse;;x
oggi;E02;Pro Loco RSSMRA80A01H501U;;presente;;
;;Totale presenti;;;;
04/09/2021;;Pro Loco;;;;
04/09/2021;E02;;;presente;;
03/09/2021;E01;CROCE VERDE;Offida;assente;;10
03/09/2021;E01;Croce Verde;Offida;presente;;90

;;;;;;
"""
CASES = {
    "attendance": ("attendance", PLAIN.replace("\n\n", "\n")),
    "ends of lines": ("attendance", PLAIN.replace("\n\n", "\n").replace("\n", "\r\n")),
    "no status": ("attendance", "Incontro;Ente;Note\nE01;Avis;a\nE01;Aido, sede;\nE02;n.d.;b\n"),
    "nobody": ("attendance", "Incontro;Ente\nE01;-\n"),
    "nothing": ("attendance", "Incontro;Ente\n"),
    "more cells than headings": ("attendance", "Incontro;Ente;;\nE01;Avis;;\nE01;Aido;;x\n"),
    "title": ("attendance", "Elenco;;\n;;\nIncontro;Ente;Stato\nE01;Avis;sì\nE02;Aido;no\n"),
    "collaborations": (
        "collaborations",
        "Progetto;Ente;Ruolo;Inizio\nP1;Avis e Comune di Force;partner;2021\nP1;Aido;capofila;marzo 2020\n",
    ),
    "register": (
        "register",
        "Nome;Comune;Codice fiscale\nAvis;Offida;01234567897\nAido;Force;x\nAido;Force;\n",
    ),
    "events": ("events", "event;Nome;Data;Fine\nE01;Tavolo;3-4/9/2021;\nE02;Tavolo;5/9/2021;1/9/2021\n"),
    # read row by row: what a row says hangs on others, or on a person
    "day of a title": ("attendance", "Incontro del 3/9/2021;;\nIncontro;Ente;Data\nE01;Avis;\n"),
    "bands": ("attendance", "Incontro;Ente;Stato\n3 settembre 2021;;\nE01;Avis;sì\n"),
    "persons": ("attendance", "Incontro;Ente;Cognome\nE01;Avis;Rossi\nE01;Avis;Verdi\n"),
    "days": ("attendance", "Incontro;Ente;3/9/2021;4/9/2021\nE01;Avis;x;\nE01;Aido;x;x\n"),
    "quotes": ("attendance", 'Incontro;Ente\nE01;"Avis;Aido"\n'),
    "ragged": ("attendance", "Incontro;Ente\nE01;Avis;x\nE01\nE02;Aido\n"),
    "blank line": ("attendance", PLAIN),
}


def said(raw):
    """Return all that is said of a sheet."""
    made = clean(raw)
    return {
        "rows": raw.rows, "skipped": raw.skipped, "told": raw.problems, "n": raw.n_read, "says": raw.says_status,
        "dropped": raw.dropped, "text": raw.frame.to_csv(), "types": raw.frame.dtypes.to_dict(),
        "values": made.frame.to_csv(), "of": made.frame.dtypes.to_dict(), "problems": made.problems,
        "counts": (made.n_read, made.n_accepted, made.n_set_aside, made.n_skipped),
    }  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_columns_say_what_rows_say(case, tmp_path, monkeypatch):
    table, text = CASES[case]
    file = tmp_path / "elenco.csv"
    file.write_bytes(text.encode("cp1252"))
    by_row = said(read_table(file, table))
    monkeypatch.setattr(_columns, "LONG", 0)
    assert said(read_table(file, table)) == by_row


@pytest.mark.parametrize(
    "given", [{"constants": {"status": "presente"}}, {"where": {"Comune": "Offida"}}, {}]
)
def test_what_a_user_says_of_a_file_is_heard(given, tmp_path, monkeypatch):
    file = tmp_path / "elenco.csv"
    file.write_text("Incontro;Ente;Comune\nE01;Avis;Offida\nE02;Aido;Force\n", "utf-8")
    by_row = said(read_table(file, "attendance", **given))
    monkeypatch.setattr(_columns, "LONG", 0)
    assert said(read_table(file, "attendance", **given)) == by_row


def test_a_long_plain_file_is_read_by_columns(tmp_path, monkeypatch):
    """Else the comparison above would compare rows with rows."""
    monkeypatch.setattr("stakeholder_net.records._rows._Rows._records", None)
    monkeypatch.setattr(_columns, "LONG", 0)
    file = tmp_path / "elenco.csv"
    file.write_text(CASES["attendance"][1], "utf-8")
    assert len(read_table(file, "attendance").rows) == 10
