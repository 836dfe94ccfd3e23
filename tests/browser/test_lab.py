"""``stakeholder-net lab`` as an analyst uses it: the command is given, a notebook is opened and run in the browser."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from stakeholder_net.samples import piceno

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def territory(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("of_an_analyst") / "territory"
    piceno(folder)
    return folder


@pytest.fixture(scope="module")
def address(territory, tmp_path_factory) -> Iterator[str]:
    """Give the command and wait for the address that JupyterLab prints, as a person would."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    places = {
        name: str(home / name) for name in ("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")
    }
    words = ["lab", str(territory), "--language", "en", "--no-browser", "--allow-root", f"--port={port}"]
    log = home / "log"
    with log.open("wb") as told:
        running = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "stakeholder_net", *words],
            env={**os.environ, **places, "HOME": str(home), "IPYTHONDIR": str(home / "ipython")},
            stdout=told,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield _printed_address(running, log)
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(120)


def _printed_address(running: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(360):
        said = log.read_text("utf-8", "replace")
        if found := re.search(r"http://(?:127\.0\.0\.1|localhost):\d+/lab\?token=\w+", said):
            return found[0]
        if running.poll() is not None:
            break
        time.sleep(0.25)
    pytest.fail(f"JupyterLab printed no address: {log.read_text('utf-8', 'replace')[-2000:]}")


def test_the_first_notebook_runs_in_jupyterlab_and_shows_the_live_map(address, territory, browser) -> None:
    asked: list[str] = []
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address.replace("/lab?", "/lab/tree/00_in_5_minutes.ipynb?"), timeout=90_000)
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=90_000)
    page.get_by_text("| Idle").first.wait_for(
        timeout=90_000
    )  # before its kernel is there, cells are run in vain
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.get_by_text("Fingerprint of the data").first.wait_for(timeout=120_000)
    assert page.get_by_text("official Jupyter news").count() == 0
    # JupyterLab takes what is out of sight out of the page: go up until the map comes
    page.locator(".jp-Notebook").first.hover()
    for _ in range(60):
        if page.locator(".jp-OutputArea-output iframe").count():
            break
        page.mouse.wheel(0, -300)
        page.wait_for_timeout(200)
    frame = page.frame_locator(".jp-OutputArea-output iframe")
    frame.locator("#stage canvas").first.wait_for(timeout=30_000)
    assert re.search(r"\d+ actors", frame.locator("#caption").inner_text())
    assert page.locator(".jp-OutputArea-output[data-mime-type*='stderr']").count() == 0
    server = address.split("/lab?")[0]
    strangers = [url for url in asked if not url.startswith((server, "data:", "blob:", "about:"))]
    assert strangers == [], "JupyterLab asked another server"
    page.close()
    assert (territory / "notebooks" / "00_in_5_minutes.ipynb").is_file()
