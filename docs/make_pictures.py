"""Make the pictures that the README shows, from the outputs of the present version.

python docs/make_pictures.py        after `stakeholder-net run .`; needs Chromium, LibreOffice and pdftoppm
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
OUTPUT, PICTURES = ROOT / "output", ROOT / "docs" / "img"
REPORT_PAGE = 1


def _program(*names: str) -> str:
    for name in names:
        if found := shutil.which(name):
            return found
    sys.exit(f"None of these programs is installed: {', '.join(names)}.")


def _map() -> None:
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=_program("chromium", "chromium-browser", "google-chrome"),
            args=[*as_root, "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto((OUTPUT / "map.html").as_uri())
        page.wait_for_timeout(1500)
        page.screenshot(path=PICTURES / "map.png")
        browser.close()


def _report() -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [_program("soffice"), "--headless", "--convert-to", "pdf", "--outdir", folder, OUTPUT / "report.docx"],
            check=True, capture_output=True, env={**os.environ, "HOME": folder},
        )  # fmt: skip
        page = str(REPORT_PAGE)
        subprocess.run(
            [_program("pdftoppm"), "-r", "80", "-f", page, "-l", page, "-singlefile", "-png",
             Path(folder) / "report.pdf", PICTURES / "report"],
            check=True,
        )  # fmt: skip


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    _map()
    _report()
