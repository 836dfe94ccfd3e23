"""Every notebook runs from the first cell to the last, and is stored as it is read: without outputs."""

from __future__ import annotations

import ast
import os
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_CELLS = 15


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_there_are_notebooks() -> None:
    assert "00_in_5_minutes" in [path.stem for path in NOTEBOOKS]


def test_is_stored_without_outputs(path) -> None:
    notebook = read(path)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert cell["id"]
        assert set(cell.metadata) <= {"tags"}
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
    assert set(notebook.metadata) == {"kernelspec", "language_info"}


def test_begins_with_the_question_and_defines_nothing(path) -> None:
    notebook = read(path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert notebook.cells[0].cell_type == "markdown"
    assert "?" in notebook.cells[0].source
    assert code[0].metadata.get("tags") == ["parameters"]
    assert len(code) <= MOST_CELLS
    for cell in code:
        defined = [
            node
            for node in ast.walk(ast.parse(cell.source))
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)
        ]
        assert not defined, cell.source


@pytest.mark.notebook
def test_runs_from_the_first_cell_to_the_last(path, tmp_path) -> None:
    copy = tmp_path / "notebooks" / path.name
    copy.parent.mkdir()
    shutil.copy(path, copy)
    notebook = read(copy)
    place = 1 + next(
        n for n, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])
    )
    settings = f"project_folder = {str(ROOT)!r}\noutput_folder = {str(tmp_path / 'output')!r}"
    notebook.cells.insert(place, nbformat.v4.new_code_cell(settings))
    # the kernel is another program: it must find the package where these tests found it
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])}
    client = NotebookClient(
        notebook, timeout=300, record_timing=False, resources={"metadata": {"path": copy.parent}}
    )
    client.execute(env=env)
    last = [cell for cell in notebook.cells if cell.cell_type == "code"][-1]
    assert "SHA-256" in "".join(output.get("text", "") for output in last.outputs)


@pytest.mark.notebook
def test_the_first_one_leaves_map_and_report(tmp_path) -> None:
    test_runs_from_the_first_cell_to_the_last(ROOT / "notebooks" / "00_in_5_minutes.ipynb", tmp_path)
    made = {file.name: file.stat().st_size for file in (tmp_path / "output").iterdir()}
    assert set(made) == {"map.html", "report.docx", "report.xlsx"}
    assert made["map.html"] > 50_000
    page = (tmp_path / "output" / "map.html").read_text("utf-8")
    assert 'src="http' not in page
