"""Every result that the library gives shows itself in a notebook; what files hold is escaped, paths stay out."""

from __future__ import annotations

import dataclasses
import inspect
from pathlib import Path

import pandas as pd
import pytest

import stakeholder_net
from stakeholder_net import findings, measures, open_project, pictures, projects, records, report
from stakeholder_net.findings import Call
from stakeholder_net.records import adopt_sheets, clean, new_project, read_table, resolve_identities
from stakeholder_net.records.build import Assembled
from stakeholder_net.sensitivity import IdentitySensitivity

HOSTILE = "<script>alert(1)</script>"
RESULTS = sorted(
    {Assembled, IdentitySensitivity}  # what methods of a project give
    | {
        found
        for room in (stakeholder_net, findings, measures, pictures, projects, records, report)
        for name in room.__all__
        if inspect.isclass(found := getattr(room, name)) and dataclasses.is_dataclass(found)
    }
    - {stakeholder_net.Problem},  # a line of text
    key=lambda found: found.__name__,
)


@pytest.mark.parametrize("result", RESULTS, ids=lambda found: found.__name__)
def test_it_shows_itself(result: type) -> None:
    assert hasattr(result, "_repr_html_") or hasattr(result, "_repr_mimebundle_")


def test_texts_of_files_are_escaped(tmp_path: Path) -> None:
    path = tmp_path / "presenze.csv"
    path.write_text(f"Ente;Evento;{HOSTILE}\nAvis {HOSTILE};{HOSTILE};x\n", "utf-8")
    raw = read_table(path, "attendance")
    who = resolve_identities(pd.DataFrame({"name": [f"Avis {HOSTILE}"]}))
    call = Call(title=HOSTILE, min_partners=1)
    for shown in (raw, clean(raw), who, call):
        page = shown._repr_html_()
        assert "<script" not in page
        assert "&lt;script" in page


def test_a_person_in_a_cell_and_the_folder_are_not_shown(tmp_path: Path) -> None:
    aliases = pd.DataFrame({"spelling": ["Zaira Quintiliani"], "name": [None], "what": ["not_an_actor"]})
    who = resolve_identities(pd.DataFrame({"name": ["Zaira Quintiliani", "Avis di Force"]}), aliases=aliases)
    assert "Zaira Quintiliani" in set(who.audit["name"])
    assert "Avis di Force" in who._repr_html_()
    assert "Quintiliani" not in who._repr_html_()
    new_project(tmp_path / "p")
    project = open_project(tmp_path / "p")
    assert "foglio_presenze.xlsx" in project._repr_html_()
    assert str(tmp_path) not in project._repr_html_()


def test_long_tables_are_cut_and_say_so(tmp_path: Path) -> None:
    path = tmp_path / "presenze.csv"
    path.write_text("Ente;Evento\n" + "".join(f"Ente {n};E1\n" for n in range(30)), "utf-8")
    page = clean(read_table(path, "attendance"))._repr_html_()
    assert "(30 ×" in page
    assert "… +22" in page
    (found,) = adopt_sheets(tmp_path / "q", [path])
    assert "presenze.csv" in found._repr_html_()
