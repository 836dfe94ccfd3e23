"""Cells to values: what is read, what is set aside, what is counted once."""

from __future__ import annotations

import pandas as pd
import pytest

from stakeholder_net.records.clean import clean
from stakeholder_net.records.read import read_table
from stakeholder_net.records.set_aside import write_set_aside


def cleaned(folder, text, table="attendance", **options):
    path = folder / "presenze.csv"
    path.write_text(text, "utf-8")
    return clean(read_table(path, table), **options)


def codes(result, severity):
    return [(fault.code, fault.row) for fault in result.problems if fault.severity == severity]


def adds_up(result):
    return result.n_read == result.n_accepted + result.n_set_aside + result.n_skipped


def test_a_sheet_without_a_status_lists_those_who_came(tmp_path):
    assert cleaned(tmp_path, "Ente;Evento\nAvis;E1\n").frame["status"].tolist() == ["present"]


def test_statuses_as_offices_write_them(tmp_path):
    cells = [
        "SÌ",
        "x",
        "Annunciato",
        "assente giustificato",
        "da remoto",
        "per delega",
        "n.d.",
        "presente",
        "NO",
    ]
    rows = "".join(f"Ente {n};E1;{cell}\n" for n, cell in enumerate(cells))
    result = cleaned(tmp_path, "Ente;Evento;Presenza\n" + rows)
    assert result.frame["status"].tolist() == [
        "present", "present", "announced", "absent", "remote", "delegate", "unknown", "present", "absent",
    ]  # fmt: skip


def test_an_unknown_status_is_set_aside_with_the_allowed_ones(tmp_path):
    result = cleaned(tmp_path, "Ente;Evento;Presenza\nAvis;E1;forse\nAido;E1;sì\n")
    assert codes(result, "set_aside") == [("bad_choice", 2)]
    assert result.frame["actor"].tolist() == ["Aido"]
    assert "annunciato" in result.problems[0].message
    assert adds_up(result)


def test_an_empty_status_is_not_presence(tmp_path):
    result = cleaned(tmp_path, "Ente;Evento;Presenza\nAvis;E1;\nAido;E1;sì\n")
    assert result.frame["status"].tolist() == ["unknown", "present"]
    assert codes(result, "note") == [("blank_status", None)]


def test_a_list_of_sign_ups_says_announced(tmp_path):
    result = cleaned(tmp_path, "Ente;Evento\nAvis;E1\n", defaults={"status": "announced"})
    assert result.frame["status"].tolist() == ["announced"]


def test_required_cells_dates_and_numbers_that_are_none_are_set_aside_cell_by_cell(tmp_path):
    text = "Ente;Evento;Data;Ore\nAvis;E1;31/02/2021;tre\n;E1;03/09/2021;2\nAido;E1;03/09/2021;1,5\n"
    result = cleaned(tmp_path, text)
    assert codes(result, "set_aside") == [("bad_date", 2), ("bad_number", 2), ("missing_value", 3)]
    assert result.frame[["actor", "hours"]].to_dict("records") == [{"actor": "Aido", "hours": 1.5}]
    assert (result.n_read, result.n_accepted, result.n_set_aside, result.n_skipped) == (4, 1, 2, 1)


def test_a_repeated_row_counts_once_and_is_noted(tmp_path):
    result = cleaned(tmp_path, "Ente;Evento;Presenza\nAvis;E1;sì\n AVIS ;E1;presente\nAvis;E2;sì\n")
    assert result.frame["event"].tolist() == ["E1", "E2"]
    assert codes(result, "note") == [("duplicate_row", 3)]
    assert result.n_accepted == 3
    assert adds_up(result)


def test_of_two_rows_that_contradict_one_another_the_one_that_says_most_stays(tmp_path):
    result = cleaned(
        tmp_path, "Ente;Evento;Presenza\nAvis;E1;annunciato\nAvis;E1;sì\nAido;E1;no\nAido;E1;n.d.\n"
    )
    assert result.frame[["actor", "status"]].to_numpy().tolist() == [["Avis", "present"], ["Aido", "unknown"]]
    assert codes(result, "note") == [("conflicting_rows", 3), ("conflicting_rows", 5)]


def test_two_roles_of_one_body_are_two_rows(tmp_path):
    result = cleaned(tmp_path, "Ente;Evento;Ruolo\nAvis;E1;organizzatore\nAvis;E1;Relatore\n")
    assert result.frame["role"].tolist() == ["organiser", "speaker"]
    assert result.problems == ()


def test_several_persons_of_one_body_are_heads_and_no_slip(tmp_path):
    text = (
        "Nominativo;Ente;Evento;Presenza\nRossi Anna;Avis;E1;sì\nVerdi Ugo;Avis;E1;sì\n"
        "Anna Rossi;Avis;E1;sì\nNeri Ada;Avis;E1;no\nBlu Eva;Aido;E1;no\n"
    )
    result = cleaned(tmp_path, text)
    assert result.frame[["actor", "status"]].to_numpy().tolist() == [["Avis", "present"], ["Aido", "absent"]]
    assert result.frame["persons"].tolist()[0] == 2
    assert pd.isna(result.frame["persons"].tolist()[1])
    assert codes(result, "note") == [("duplicate_row", 4)]


def test_dates_of_events_spans_years_and_gaps(tmp_path):
    text = "Codice;Titolo;Data\nE1;Lab;2021-09-03/2021-09-04\nE2;Tavolo;\nE3;Rete;2020\n"
    result = cleaned(tmp_path, text, "events")
    frame = result.frame
    assert frame["start"].dt.strftime("%Y-%m-%d").tolist()[::2] == ["2021-09-03", "2020-01-01"]
    assert frame["end"].dt.strftime("%Y-%m-%d").tolist()[0] == "2021-09-04"
    assert frame["end"].isna().tolist() == [False, True, True]
    assert frame["precision"].tolist()[0] == "day"
    assert frame["precision"].tolist()[2] == "year"


def test_one_event_code_for_two_things_is_set_aside(tmp_path):
    result = cleaned(tmp_path, "Codice;Titolo\nE1;Lab\nE1;Tavolo\nE2;Rete\nE2;Rete\n", "events")
    assert result.frame["name"].tolist() == ["Lab", "Rete"]
    assert codes(result, "set_aside") == [("conflicting_rows", 3)]
    assert codes(result, "note") == [("duplicate_row", 5)]
    assert adds_up(result)


def test_codes_and_their_titles_are_told_apart(tmp_path):
    text = "project_id,project,name_as_printed,role\nP1,Rete,Avis,capofila\n"
    frame = cleaned(tmp_path, text, "collaborations").frame
    assert frame[["collaboration", "name", "actor", "role"]].to_numpy().tolist() == [
        ["P1", "Rete", "Avis", "lead"]
    ]


def test_the_kind_of_an_actor_is_a_code_and_an_unknown_one_is_noted(tmp_path):
    result = cleaned(tmp_path, "Denominazione;Tipo\nA;Cooperativa sociale\nB;astronave\n", "register")
    assert result.frame["kind"].tolist()[0] == "coop_sociale"
    assert pd.isna(result.frame["kind"].tolist()[1])
    assert codes(result, "note") == [("unknown_kind", 3)]


@pytest.mark.parametrize("language", ["it", "en"])
def test_what_is_set_aside_can_be_opened_by_a_spreadsheet_without_harm(tmp_path, language):
    result = cleaned(
        tmp_path, 'Ente;Evento;Data\nAvis;E1;"=HYPERLINK(""x"")"\nAido;E1;\uff1d1+1\nAuser;E1;3/9/21\n'
    )
    path = write_set_aside(result.problems, tmp_path / "set_aside.csv", language=language)
    lines = path.read_text("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[1].startswith('presenze.csv;;2;Data;"\'=HYPERLINK(""x"")";bad_date;')
    assert lines[2].startswith("presenze.csv;;3;Data;'\uff1d1+1;bad_date;")
    assert ("non è una data" in lines[2]) is (language == "it")
