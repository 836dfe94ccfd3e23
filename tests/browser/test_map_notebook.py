"""The map where analysts look at it: JupyterLab trusted and not, a notebook turned into a page and moved, VS Code."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from tests.browser.test_map_pyvis import district

from stakeholder_net.pictures import network_map

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def shown() -> nbformat.NotebookNode:
    """Give a notebook whose one cell shows a map, as JupyterLab keeps it after the cell was run."""
    bundle = network_map(district())._repr_mimebundle_()
    cell = nbformat.v4.new_code_cell("the_map", execution_count=1)
    cell.outputs = [nbformat.v4.new_output("execute_result", bundle, execution_count=1)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return nbformat.v4.new_notebook(cells=[cell], metadata=kernel)


def test_a_notebook_turned_into_a_page_and_moved_still_shows_the_map(shown, browser, tmp_path) -> None:
    exporter = pytest.importorskip("nbconvert").HTMLExporter()
    made = tmp_path / "made" / "notebook.html"
    made.parent.mkdir()
    made.write_text(exporter.from_notebook_node(shown)[0], "utf-8")
    moved = tmp_path / "elsewhere" / "deep" / "renamed.html"
    moved.parent.mkdir(parents=True)
    shutil.move(made, moved)
    context = browser.new_context()
    context.route(
        lambda url: url.startswith("http"), lambda route: route.abort()
    )  # the exporter's own wishes
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(moved.as_uri(), wait_until="domcontentloaded")
    frame = page.frame_locator("iframe")
    frame.locator("#stage canvas").wait_for()
    assert "60 attori" in frame.locator("#caption").inner_text()
    frame.locator("#layer-0").uncheck()
    assert [fault for fault in faults if "map" in fault.lower()] == []
    context.close()


def test_as_vs_code_puts_it_into_its_view(shown, offline_page) -> None:
    """VS Code writes the text into an element and makes its scripts anew; it has no require.js and no server."""
    text = shown.cells[0].outputs[0].data["text/html"]
    outside = text.split("const page = ")[0] + text.split("\n")[-1]
    assert not re.search(r"require\s*\(|https?:|document\.write|window\.parent|src=\"(?!data:)", outside)
    offline_page.set_content("<div id='cell' style='width:1200px'></div>")
    offline_page.evaluate(
        """html => {
          const cell = document.getElementById("cell");
          cell.innerHTML = html;
          for (const old of cell.querySelectorAll("script")) {
            const fresh = document.createElement("script");
            fresh.textContent = old.textContent;
            old.replaceWith(fresh);
          }
        }""",
        text,
    )
    offline_page.frame_locator("iframe").locator("#stage canvas").wait_for()
    assert offline_page.locator("img").count() == 0


@pytest.fixture(scope="module")
def lab(shown, tmp_path_factory) -> Iterator[str]:
    """Give the address of a JupyterLab with two notebooks, of which it trusts one."""
    pytest.importorskip("jupyterlab")
    from nbformat.sign import NotebookNotary  # noqa: PLC0415 - reads its folder when made

    home = tmp_path_factory.mktemp("lab")
    work = home / "work"
    work.mkdir()
    places = {
        name: str(home / name) for name in ("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")
    }
    for place in places.values():
        Path(place).mkdir()
    nbformat.write(shown, work / "untrusted.ipynb")
    other = shown.copy()
    other.cells = [*shown.cells, nbformat.v4.new_markdown_cell("trusted")]
    nbformat.write(other, work / "trusted.ipynb")
    notary = NotebookNotary(data_dir=places["JUPYTER_DATA_DIR"])
    notary.sign(nbformat.read(work / "trusted.ipynb", 4))
    notary.store.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--IdentityProvider.token=",
        f"--notebook-dir={work}",
    ]
    words += [
        "--LabApp.expose_app_in_browser=False",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    log = (home / "log").open("wb")
    running = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-m", "jupyterlab", *words],
        env={**os.environ, **places, "HOME": str(home)},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            if running.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{address}/api/status", timeout=1)  # noqa: S310 - our own server
            except OSError:
                time.sleep(0.25)
            else:
                break
        assert running.poll() is None, (home / "log").read_text("utf-8", "replace")[-2000:]
        yield address
    finally:
        running.kill()  # it keeps nothing, and on a busy machine takes its time to say good-bye
        running.wait(60)
        log.close()


def notebook(browser: Any, address: str, name: str) -> Any:
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    workspace = name.partition(".")[0]  # in one workspace the tab of the other would come back
    page.goto(f"{address}/lab/workspaces/{workspace}/tree/{name}", timeout=90_000)
    page.locator(".jp-OutputArea-output").first.wait_for(timeout=90_000)
    return page


def test_jupyterlab_shows_the_live_map_of_a_trusted_notebook(lab, browser) -> None:
    page = notebook(browser, lab, "trusted.ipynb")
    frame = page.frame_locator(".jp-OutputArea-output iframe")
    frame.locator("#stage canvas").wait_for(timeout=30_000)
    assert "60 attori" in frame.locator("#caption").inner_text()
    frame.locator("#layer-0").uncheck()
    with page.expect_download() as told:
        frame.locator("#keep-svg").click()
    assert told.value.suggested_filename.endswith(".svg")
    page.close()


def test_jupyterlab_shows_the_picture_of_an_untrusted_notebook(lab, browser) -> None:
    page = notebook(browser, lab, "untrusted.ipynb")
    picture = page.locator(".jp-OutputArea-output img").first
    picture.wait_for(timeout=30_000)
    assert page.locator(".jp-OutputArea-output iframe").count() == 0
    assert "50 organizzazioni" in (picture.get_attribute("alt") or "")
    assert picture.evaluate("one => one.naturalWidth") > 600
    page.close()
