"""The documentation builds without a warning, its code runs, and it is about everything that is public."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import stakeholder_net
from stakeholder_net.cli import main
from stakeholder_net.report.glossary import GLOSSARY, glossary_page

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
FENCE = re.compile(r"^```(\w*)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WITH_CODE = [page for page in PAGES if FENCE.search(page.read_text("utf-8"))]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    run = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)  # noqa: S603
    assert run.returncode == 0, run.stdout + run.stderr
    assert "WARNING" not in run.stdout + run.stderr
    return folder


def test_pages_ask_no_other_server_for_anything(site) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        asked = re.findall(r"<(?:script|img|iframe|source)[^>]+src=\"(https?:[^\"]+)\"", text)
        asked += re.findall(r"<link[^>]+href=\"(https?:[^\"]+)\"[^>]*rel=\"(?:stylesheet|preload)", text)
        assert asked == [], page
        assert "```" not in text, f"{page}: a block of code is printed as text"
        assert not re.search(r":(?:func|meth|attr|class):", text), page


def test_every_public_name_is_in_the_reference(site) -> None:
    pages = "".join(page.read_text("utf-8") for page in (site / "reference").rglob("index.html"))
    missing = [
        name for name in stakeholder_net.__all__ if not name.startswith("_") and f'.{name}"' not in pages
    ]
    assert missing == []


def test_every_page_is_in_the_contents() -> None:
    named = set(re.findall(r": ([\w/-]+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE))
    missing = {page.relative_to(ROOT / "docs").as_posix() for page in PAGES} - named
    assert not missing, "add a line to the nav of mkdocs.yml"


def test_glossary_is_that_of_the_report() -> None:
    assert (ROOT / "docs" / "glossary.md").read_text("utf-8") == glossary_page(), "run docs/make_pages.py"
    for word in GLOSSARY.values():
        assert word.means_it.endswith(".")
        assert word.means_en.endswith(".")


@pytest.mark.parametrize("page", WITH_CODE, ids=lambda page: page.relative_to(ROOT / "docs").as_posix())
def test_every_block_of_code_runs(page, tmp_path, monkeypatch) -> None:
    """Blocks run in the order of the page, in a new folder; a block with a title is a file."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": page.stem}
    for language, title, code in FENCE.findall(page.read_text("utf-8")):
        if title:
            target = tmp_path / title
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(code, encoding="utf-8")
        if language == "python":
            exec(compile(code, f"{page.name}", "exec"), names)  # noqa: S102 - our own pages
        elif language == "toml":
            tomllib.loads(code)
        elif language == "sh":
            run_commands(code)
        else:
            assert language == "csv", f"{page.name}: who runs a block of {language!r}?"


def run_commands(code: str) -> None:
    for line in code.strip().splitlines():
        program, *words = shlex.split(line, comments=True)
        if (program, *words[:1]) == ("python", "-c"):
            exec(compile(words[1], line, "exec"), {})  # noqa: S102 - our own pages
            continue
        assert program == "stakeholder-net", line
        try:
            main(words)
            code_of_exit: object = 0
        except SystemExit as stop:
            code_of_exit = stop.code
        # `check` tells by 1 that rows were set aside
        assert code_of_exit in ((0, 1) if words[0] == "check" else (0,)), line
