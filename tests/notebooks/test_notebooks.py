"""Every notebook runs from the first cell to the last, and is stored as it is read: without outputs."""

from __future__ import annotations

import ast
import os
import shutil
from collections.abc import Callable
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


@pytest.fixture(scope="module")
def execute(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[nbformat.NotebookNode, Path]]:
    """Give the function that runs a notebook in a copy, once, and returns it with the folder of what it wrote."""
    done: dict[str, tuple[nbformat.NotebookNode, Path]] = {}

    def run(path: Path, project: str | None = str(ROOT)) -> tuple[nbformat.NotebookNode, Path]:
        name = f"{path.stem} {project}"
        if name not in done:
            folder = tmp_path_factory.mktemp(path.stem)
            done[name] = _run(path, folder, project), folder / "output"
        return done[name]

    return run


def _run(path: Path, folder: Path, project: str | None) -> nbformat.NotebookNode:
    notebook = read(Path(shutil.copy(path, folder)))
    tagged = (n for n, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", []))
    settings = f"project_folder = {project!r}\noutput_folder = {str(folder / 'output')!r}"
    notebook.cells.insert(1 + next(tagged), nbformat.v4.new_code_cell(settings))
    # the kernel is another program: it must find the package where these tests found it
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])}
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=600, record_timing=False, resources=resources).execute(env=env)
    return notebook


@pytest.mark.notebook
def test_runs_from_the_first_cell_to_the_last(path, execute) -> None:
    notebook, _ = execute(path)
    last = [cell for cell in notebook.cells if cell.cell_type == "code"][-1]
    assert "SHA-256" in "".join(output.get("text", "") for output in last.outputs)
    said = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in said if output.get("name") == "stderr"], (
        "a warning is no part of the story"
    )


@pytest.mark.notebook
def test_the_first_one_leaves_map_and_report(execute) -> None:
    _, folder = execute(ROOT / "notebooks" / "00_in_5_minutes.ipynb")
    made = {file.name: file.stat().st_size for file in folder.iterdir()}
    assert set(made) == {"map.html", "report.docx", "report.xlsx"}
    assert made["map.html"] > 50_000
    assert 'src="http' not in (folder / "map.html").read_text("utf-8")


@pytest.mark.notebook
def test_the_sixth_one_leaves_every_page(execute) -> None:
    _, folder = execute(ROOT / "notebooks" / "06_map_and_report.ipynb")
    endings = {
        "report.docx",
        "report.pdf",
        "report.xlsx",
        "report.html",
        "profile.pdf",
        "changes.docx",
        "report_public.pdf",
        "map.html",
        "map_pyvis.html",
    }
    assert {file.name for file in folder.iterdir()} == endings


@pytest.mark.notebook
def test_the_last_one_makes_a_folder_where_none_is_given(execute) -> None:
    notebook, _ = execute(ROOT / "notebooks" / "07_your_own_data.ipynb", None)
    assert "stakeholder.toml" in str([cell.outputs for cell in notebook.cells if cell.cell_type == "code"])
