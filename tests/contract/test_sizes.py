"""Laws of size: where a file or a function grows past them, it is time to look for the seam."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tests.contract.found import SOURCE

LONGEST_FILE, LONGEST_FUNCTION = 450, 60
# longer by right, up to how many lines, and why
LONG_FILES = {
    "words.py": (1000, "tables of words, no logic"),
    "report/phrases.py": (1100, "the report's sentences in two languages, no logic"),
    "cli.py": (830, "one thin command a library function"),
    "projects.py": (730, "one file says how stages follow one another"),
}
FILES = sorted(SOURCE.rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    limit, _ = LONG_FILES.get(_name(path), (LONGEST_FILE, ""))
    assert len(path.read_text("utf-8").splitlines()) <= limit


def test_exceptions_are_of_files_that_exist() -> None:
    assert LONG_FILES.keys() <= set(map(_name, FILES))


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_functions_do_one_thing(path: Path) -> None:
    long = {}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        body = node.body[1:] if ast.get_docstring(node) is not None else node.body
        if body and (lines := (body[-1].end_lineno or 0) - body[0].lineno + 1) > LONGEST_FUNCTION:
            long[node.name] = lines
    assert long == {}
