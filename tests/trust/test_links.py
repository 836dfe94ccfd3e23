"""A folder that came from elsewhere may hold links: what is written as a file of the project is one."""

from __future__ import annotations

import os

import pytest

from stakeholder_net import UnreadableFileError, open_project
from stakeholder_net._checks import say
from stakeholder_net.records import read_table
from stakeholder_net.records.adopt import adopt_sheets

ROWS = "Ente;Incontro\nAvis di Offida;E1\nComune di Force;E1\n"
SETTINGS = 'title = "Prova"\n[[files]]\npath = "{path}"\ntable = "attendance"\n'
pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need a right that few have on Windows")


@pytest.fixture
def place(tmp_path):
    (tmp_path / "secret.csv").write_text(ROWS, "utf-8")
    (tmp_path / "p" / "data" / "raw").mkdir(parents=True)
    (tmp_path / "p" / "stakeholder.toml").write_text(SETTINGS.format(path="data/raw/a.csv"), "utf-8")
    return tmp_path / "p"


@pytest.mark.parametrize("through", ["file", "folder", "two links"])
def test_a_link_that_leads_out_of_the_project_is_refused(place, through):
    raw = place / "data" / "raw"
    outside = place.parent / "secret.csv"
    if through == "folder":
        raw.rmdir()
        (place.parent / "elsewhere").mkdir()
        (place.parent / "elsewhere" / "a.csv").write_text(ROWS, "utf-8")
        raw.symlink_to(place.parent / "elsewhere")
    elif through == "file":
        (raw / "a.csv").symlink_to("../../../secret.csv")
    else:
        (raw / "b.csv").symlink_to(outside)
        (raw / "a.csv").symlink_to("b.csv")
    with pytest.raises(UnreadableFileError) as caught:
        open_project(place).read()
    assert caught.value.problem.code == "link_outside"
    assert "Avis" not in say(caught.value.problem, "it")
    assert "data/raw/a.csv" in say(caught.value.problem, "it")


def test_a_link_inside_and_a_path_outside_that_is_said_are_read(place):
    (place / "data" / "altro.csv").write_text(ROWS, "utf-8")
    (place / "data" / "raw" / "a.csv").symlink_to("../altro.csv")
    assert len(open_project(place).read().tables["attendance"]) == 2
    (place / "stakeholder.toml").write_text(SETTINGS.format(path="../secret.csv"), "utf-8")
    assert len(open_project(place).read().tables["attendance"]) == 2


def test_a_project_that_is_itself_reached_by_a_link_is_read(place):
    (place / "data" / "raw" / "a.csv").write_text(ROWS, "utf-8")
    (place.parent / "door").symlink_to(place)
    assert len(open_project(place.parent / "door").read().tables["attendance"]) == 2
    assert len(read_table(place.parent / "door" / "data" / "raw" / "a.csv", "attendance").frame) == 2


def test_links_that_run_in_a_circle_or_nowhere_are_missing_files(place):
    (place / "data" / "raw" / "a.csv").symlink_to("a.csv")
    with pytest.raises(UnreadableFileError) as caught:
        open_project(place).read()
    assert caught.value.problem.code == "missing_file"


def test_a_call_and_a_folder_of_sheets_with_such_a_link(place, tmp_path):
    (place / "calls").mkdir()
    (place / "calls" / "x.toml").symlink_to(tmp_path / "secret.csv")
    settings = place / "stakeholder.toml"
    settings.write_text('calls = ["calls/*.toml"]\n' + settings.read_text("utf-8"), "utf-8")
    with pytest.raises(UnreadableFileError, match=r"calls/x\.toml"):
        open_project(place).calls()
    (tmp_path / "sheets").mkdir()
    (tmp_path / "sheets" / "a.csv").write_text(ROWS, "utf-8")
    (tmp_path / "sheets" / "b.csv").symlink_to(tmp_path / "secret.csv")
    found = {sheet.file: sheet for sheet in adopt_sheets(tmp_path / "new", [tmp_path / "sheets"])}
    assert found["b.csv"].problem.code == "link_outside"
    assert [path.name for path in (tmp_path / "new" / "data" / "raw").iterdir()] == ["a.csv"]
