"""What an older version left: its tables are refused with the command that makes them again; the rest stays."""

from __future__ import annotations

import csv
import json

import pytest

from stakeholder_net import StakeholderNetError, open_project
from stakeholder_net.cli import main
from stakeholder_net.records.decisions import append_decisions, new_decisions
from stakeholder_net.store import MANIFEST, SCHEMA_VERSION, read_network

SIGNED = {"decided_on": "2024-05-01", "decided_by": "Ufficio di piano", "tool_version": "0.0.1"}
ROWS = (
    "Ente;Incontro;Data\nAvis di Offida;E1;3/9/2021\nComune di Force;E1;3/9/2021\nCroce Verde;E1;3/9/2021\n"
    "Avis di Offida;E2;31/02/2021\n"
)
SETTINGS = 'title = "Prova"\n[[files]]\npath = "data/raw/a.csv"\ntable = "attendance"\n'


@pytest.fixture
def old(tmp_path):
    """A project whose tables were written by version 1 of the store, with a decision and a cell put right by hand."""
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (tmp_path / "data" / "raw" / "a.csv").write_text(ROWS, "utf-8")
    (tmp_path / "stakeholder.toml").write_text(SETTINGS, "utf-8")
    project = open_project(tmp_path)
    actors = project.build().identities.actors.set_index("name")["actor_id"]
    a, b = actors["Avis di Offida"], actors["Croce Verde"]
    said = {"action": "different", "a": a, "b": b, "a_name": "Avis di Offida", "b_name": "Croce Verde"}
    append_decisions(project.decisions_file, new_decisions([{**SIGNED, **said}]))
    main(["build", str(tmp_path)])
    with project.set_aside.open(encoding="utf-8-sig", newline="") as stream:
        (bad,) = rows = list(csv.DictReader(stream, delimiter=";"))
    assert bad["valore"] == "31/02/2021"
    bad["valore corretto"] = "28/02/2021"
    with project.set_aside.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(bad), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    main(["build", str(tmp_path)])
    manifest = project.processed / MANIFEST
    stated = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps(stated | {"schema_version": 1}), "utf-8")
    return project


def test_tables_of_an_older_version_are_refused_with_the_command_and_made_again(old, capsys):
    kept = {path: path.read_bytes() for path in (old.decisions_file, old.folder / old.config.identities)}
    with pytest.raises(StakeholderNetError, match="schema 1") as caught:
        read_network(old.processed)
    assert "stakeholder-net build" in caught.value.hint
    with pytest.raises(SystemExit) as stop:
        main(["report", "compare", str(old.processed), str(old.folder)])
    assert stop.value.code == 2
    assert "stakeholder-net build" in capsys.readouterr().err

    main(["build", str(old.folder)])
    assert read_network(old.processed).n_actors == 3
    assert json.loads((old.processed / MANIFEST).read_text("utf-8"))["schema_version"] == SCHEMA_VERSION > 1
    assert {path: path.read_bytes() for path in kept} == kept
    assert len(old.decisions()) == 1
    assert "31/02/2021" not in old.set_aside.read_text("utf-8-sig")
    assert (old.folder / "data" / "raw" / "a.csv").read_text("utf-8") == ROWS


def test_a_cell_put_right_by_hand_is_still_right_after_the_upgrade(old):
    main(["build", str(old.folder)])
    days = read_network(old.processed).events["start"]
    assert sorted(f"{day:%Y-%m-%d}" for day in days) == ["2021-02-28", "2021-09-03"]
