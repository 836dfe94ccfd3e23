"""The commands for parts of the report and for the notebooks, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import nbformat
import pytest
from tests.cli.test_cli import _run

from stakeholder_net import _notebooks
from stakeholder_net.samples import notebook_files, piceno


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("pieces") / "piceno"
    piceno(home)
    return home


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw no events anew and plan nothing: these tests are about the commands."""
    monkeypatch.setattr("stakeholder_net.projects.plan_of", lambda _net, *_, **__: (None, None))
    monkeypatch.setattr("stakeholder_net.projects.standing_of", lambda _net, *_, **__: None)


def test_a_report_for_the_public_has_a_name_of_its_own(folder, capsys) -> None:
    assert _run("report", folder, "--format", "html", "--edition", "public") == 0
    page = (folder / "output" / "report_public.html").read_text("utf-8")
    assert "Edizione pubblica" in page
    assert "Coalizioni possibili" not in page
    assert "report_public.html" in capsys.readouterr().out


def test_an_offices_own_document_is_filled(folder, tmp_path) -> None:
    plan = docx.Document()
    plan.add_paragraph("Sono stati considerati {{ numero.enti }} enti.")
    plan.save(str(tmp_path / "piano.docx"))
    assert _run("report", "fill", tmp_path / "piano.docx", folder, "--output", tmp_path / "fatto.docx") == 0
    words = "\n".join(one.text for one in docx.Document(str(tmp_path / "fatto.docx")).paragraphs)
    assert "Sono stati considerati " in words
    assert "{{" not in words
    wrong = docx.Document()
    wrong.add_paragraph("{{ numero.entii }}")
    wrong.save(str(tmp_path / "wrong.docx"))
    assert _run("report", "fill", tmp_path / "wrong.docx", folder, "--output", tmp_path / "no.docx") == 2
    assert not (tmp_path / "no.docx").exists()


def test_one_organisation_on_one_page(folder, tmp_path, capsys) -> None:
    page = tmp_path / "one.html"
    assert _run("report", "profile", "Fondazione Carisap", folder, "--output", page) == 0
    assert "Fondazione Carisap" in page.read_text("utf-8")
    assert _run("report", "profile", "Fondazione Carisapp", folder, "--output", page) == 2
    assert "Fondazione Carisap" in capsys.readouterr().err


def test_a_former_plan_is_compared_with_this_one(folder, tmp_path) -> None:
    assert _run("build", folder) == 0
    page = tmp_path / "changes.html"
    assert _run("report", "compare", folder / "data" / "processed", folder, "--output", page) == 0
    assert "Che cosa è cambiato" in page.read_text("utf-8")


def test_notebooks_are_copied_with_the_folder_in_their_first_cell(folder, capsys) -> None:
    assert _run("notebooks", "copy", folder, "--language", "en") == 0
    copies = sorted((folder / "notebooks").glob("*.ipynb"))
    assert [one.name for one in copies] == [one.name for one in notebook_files()]
    for copy in copies:
        first = next(cell for cell in nbformat.read(copy, as_version=4).cells if cell.cell_type == "code")
        assert 'project_folder = ".."' in first.source
        assert 'language = "en"' in first.source
        assert "output_folder = None" in first.source
    copies[0].write_text("mine", encoding="utf-8")
    capsys.readouterr()
    assert _run("notebooks", "copy", folder) == 0
    assert copies[0].read_text("utf-8") == "mine"
    assert "scritto" not in capsys.readouterr().out


@pytest.mark.notebook
def test_one_notebook_runs_on_the_folder_and_is_kept_with_its_outputs(folder) -> None:
    assert _run("notebooks", "run", folder, "--only", "02") == 0
    kept = folder / "output" / "notebooks" / "02_layers.ipynb"
    cells = json.loads(kept.read_text("utf-8"))["cells"]
    assert any(cell.get("outputs") for cell in cells)
    assert str(folder) not in kept.read_text("utf-8")


def test_a_notebook_that_does_not_exist_is_refused_with_the_nearest(folder, capsys) -> None:
    assert _run("notebooks", "run", folder, "--only", "02_layer") == 2
    assert "02_layers" in capsys.readouterr().err


def test_without_the_lab_part_its_name_is_told(folder, monkeypatch, capsys) -> None:
    monkeypatch.setattr(_notebooks, "find_spec", lambda _: None)
    for words in (("lab", folder), ("notebooks", "run", folder)):
        assert _run(*words) == 2
        assert "lab" in capsys.readouterr().err
