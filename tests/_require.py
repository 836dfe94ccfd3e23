"""What a test needs from the machine: a browser, an office program, Spark, the folder ``shared`` beside the project.

Mark a test ``browser``, ``office``, ``spark`` or ``shared``: where the thing is not there the test is skipped and says
what is missing. Where the environment variable ``STAKEHOLDER_NET_REQUIRE`` names it (``browser,office``), as it does in
CI, the same test fails instead, so that no check is lost unseen.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = "STAKEHOLDER_NET_REQUIRE"


@dataclass(frozen=True)
class Need:
    """One thing that a test may need: how it is found and what to say where it is not."""

    find: Callable[[], Path | None]
    missing: str


def _program(variable: str, names: list[str], places: list[str]) -> Path | None:
    """Find a program: where the variable says, on the path, or where its installer puts it."""
    if variable in os.environ:
        said = Path(os.environ[variable])
        return said if said.is_file() else None
    found = next(filter(None, map(shutil.which, names)), None)
    if found:
        return Path(found)
    return next((place for place in map(Path, places) if place.is_file()), None)


def _browser() -> Path | None:
    return _program(
        "STAKEHOLDER_NET_BROWSER",
        ["chromium", "chromium-browser", "google-chrome", "chrome", "msedge"],
        [
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "C:/Program Files/Google/Chrome/Application/chrome.exe",
            "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
        ],
    )


def _office() -> Path | None:
    return _program(
        "STAKEHOLDER_NET_OFFICE",
        ["soffice", "libreoffice"],
        [
            "/Applications/LibreOffice.app/Contents/MacOS/soffice",
            "C:/Program Files/LibreOffice/program/soffice.exe",
        ],
    )


def _spark() -> Path | None:
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home, "bin"))) if home else shutil.which("java")
    return Path(java) if java and find_spec("pyspark") else None


def _shared() -> Path | None:
    folder = Path(os.environ.get("STAKEHOLDER_NET_SHARED", ROOT.parent / "shared"))
    return folder if (folder / "data").is_dir() else None


NEEDS = {
    "browser": Need(_browser, "no Chromium, Chrome or Edge was found; STAKEHOLDER_NET_BROWSER can name one"),
    "office": Need(_office, "no LibreOffice was found; STAKEHOLDER_NET_OFFICE can name its soffice"),
    "spark": Need(_spark, "pyspark (extra: spark) or the Java on which it runs was not found"),
    "shared": Need(
        _shared, "there is no folder shared beside the project; STAKEHOLDER_NET_SHARED can name one"
    ),
}


def demanded() -> set[str]:
    """Read what must be there from the environment."""
    named = {word.strip() for word in os.environ.get(VARIABLE, "").split(",")} - {""}
    if unknown := named - set(NEEDS):
        raise pytest.UsageError(f"{VARIABLE} names {sorted(unknown)}; known are {sorted(NEEDS)}.")
    return named


def require(what: str) -> Path:
    """Return where `what` is; skip the test where it is not, fail it where it must be."""
    need = NEEDS[what]
    if found := need.find():
        return found
    if what in demanded():
        pytest.fail(f"{need.missing}; {VARIABLE} demands it.", pytrace=False)
    pytest.skip(f"{need.missing}.")


def pytest_configure() -> None:
    """Refuse a misspelt demand at once: it would demand nothing."""
    demanded()


def pytest_report_header() -> list[str]:
    """Say at the top of a run what is there."""
    return [f"{what}: {need.find() or 'not found'}" for what, need in NEEDS.items()]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Look for what a test's markers say that it needs."""
    for marker in item.iter_markers():
        if marker.name in NEEDS:
            require(marker.name)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder ``shared`` beside the project."""
    return require("shared")


def launch_options() -> dict[str, Any]:
    """Give the words with which playwright starts the browser that is there."""
    quiet = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
    ]
    # Chromium refuses its own sandbox to root, and root is who runs in a container.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {"executable_path": require("browser"), "args": quiet, "chromium_sandbox": not is_root}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Give a headless browser. One a module: playwright's open loop would be in the way of notebooks elsewhere."""
    options = launch_options()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - no other test should wait for it

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(**options)
        yield running
        running.close()


@pytest.fixture
def offline_page(browser: Any) -> Iterator[Any]:
    """Give a page without a network; a test that opens a file on it fails if that file asks for an address."""
    asked = []
    context = browser.new_context()

    def refuse(route: Any) -> None:
        asked.append(route.request.url)
        route.abort()

    context.route(lambda url: url.startswith(("http:", "https:", "ws:", "wss:")), refuse)
    yield context.new_page()
    context.close()
    assert asked == [], "a page that must open from a file asked for an address"


@pytest.fixture
def as_pdf(tmp_path: Path) -> Callable[[Path], Path]:
    """Give the function that has LibreOffice turn a document into a PDF."""
    soffice = require("office")

    def convert(document: Path) -> Path:
        folder = tmp_path / "pdf"
        # A profile of its own: two LibreOffice that share one wait for each other.
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        words = [
            str(soffice),
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(document),
        ]
        run = subprocess.run(words, capture_output=True, text=True, timeout=180, check=False)  # noqa: S603
        made = folder / f"{document.stem}.pdf"
        assert made.is_file(), f"LibreOffice made no PDF of {document.name}: {run.stdout}{run.stderr}"
        return made

    return convert
