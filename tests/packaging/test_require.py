"""A check that cannot be made is skipped and says why, or fails where it is demanded."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests._require import NEEDS, ROOT, VARIABLE

VARIABLES = {
    "browser": "STAKEHOLDER_NET_BROWSER",
    "office": "STAKEHOLDER_NET_OFFICE",
    "spark": "JAVA_HOME",
    "shared": "STAKEHOLDER_NET_SHARED",
}


@pytest.fixture
def marked(pytester, monkeypatch):
    """A folder of one test for each need, run with our plugin in a process of its own."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # only ours, and quicker
    monkeypatch.delenv(VARIABLE, raising=False)
    pytester.makeini(
        "[pytest]\nmarkers =\n    browser\n    office\n    spark\n    shared\naddopts = -p tests._require\n"
    )
    pytester.makepyfile(
        "import pytest\n"
        + "".join(f"@pytest.mark.{what}\ndef test_{what}(): pass\n" for what in NEEDS)
        + "def test_plain(): pass\n"
    )
    return lambda *words: pytester.runpytest_subprocess(*words, "-rs", "-p", "no:cacheprovider")


def hide(monkeypatch, *needs):
    for what in needs:
        monkeypatch.setenv(VARIABLES[what], str(Path("nowhere") / what))


@pytest.mark.parametrize("what", NEEDS)
def test_absent_thing_skips_with_reason(marked, monkeypatch, what):
    hide(monkeypatch, what)
    result = marked("-k", what)
    result.assert_outcomes(skipped=1, deselected=4)
    result.stdout.fnmatch_lines([f"*{NEEDS[what].missing}*"])


@pytest.mark.parametrize("what", NEEDS)
def test_absent_thing_fails_when_demanded(marked, monkeypatch, what):
    hide(monkeypatch, what)
    monkeypatch.setenv(VARIABLE, f" {what} ,")
    result = marked("-k", what)
    # pytest counts what fails before the test begins as an error: the run does not pass
    result.assert_outcomes(errors=1, deselected=4)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines([f"*{VARIABLE} demands it*"])


def test_present_thing_runs(marked, monkeypatch, tmp_path):
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("STAKEHOLDER_NET_SHARED", str(tmp_path))
    monkeypatch.setenv("STAKEHOLDER_NET_BROWSER", sys.executable)
    monkeypatch.setenv("STAKEHOLDER_NET_OFFICE", sys.executable)
    monkeypatch.setenv(VARIABLE, "browser,office,shared")
    marked("-k", "not spark").assert_outcomes(passed=4, deselected=1)


def test_demand_of_one_does_not_demand_another(marked, monkeypatch):
    hide(monkeypatch, *NEEDS)
    monkeypatch.setenv(VARIABLE, "office")
    result = marked()
    result.assert_outcomes(passed=1, skipped=3, errors=1)


def test_misspelt_demand_is_refused(marked, monkeypatch):
    monkeypatch.setenv(VARIABLE, "browsers")
    result = marked()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*names ?'browsers'?; known are ?'browser', 'office', 'shared', 'spark'?*"])


@pytest.mark.browser
def test_the_browser_starts_and_runs_scripts(offline_page, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<title>before</title><script>document.title = String(6 * 7)</script>", encoding="utf-8")
    offline_page.goto(page.as_uri())
    assert offline_page.title() == "42"


@pytest.mark.browser
def test_a_page_that_asks_for_an_address_is_told_apart(marked, pytester, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<img src='http://example.org/logo.png'>", encoding="utf-8")
    pytester.makepyfile(f"def test_map(offline_page): offline_page.goto({page.as_uri()!r})")
    result = marked()
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*a page that must open from a file asked for an address*"])


@pytest.mark.office
def test_the_office_program_makes_a_pdf(as_pdf, tmp_path):
    note = tmp_path / "nota.txt"
    note.write_text("Ambito territoriale sociale XXII", encoding="utf-8")
    assert as_pdf(note).read_bytes().startswith(b"%PDF-")


@pytest.mark.shared
def test_the_shared_folder_has_the_public_record(shared):
    assert (shared / "data" / "piceno_public_record").is_dir()
