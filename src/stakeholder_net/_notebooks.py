"""The notebooks on a folder of one's own: copied beside the records, or run from the first cell to the last."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from stakeholder_net import samples
from stakeholder_net._checks import unknown_name
from stakeholder_net._files import write_text
from stakeholder_net.errors import MissingExtraError, StakeholderNetError
from stakeholder_net.samples import notebook_files
from stakeholder_net.words import Language

__all__ = ["copy_notebooks", "open_lab", "run_notebooks"]

SECONDS = 1200  # for one cell
# Of a page only its own scripts stay; those of nbconvert fetch others. No name of a file stands unescaped in either.
SCRIPT = re.compile(r"(<script\b.*?</script>)", re.DOTALL)
FOREIGN = re.compile(r"https?://(?:cdnjs|unpkg|cdn)\.")
WHOLE_WORDS = (
    "<style>.jp-OutputArea-output pre { word-break: normal !important; overflow-wrap: anywhere }</style>"
)
# A kernel of this very machine warns at each start that what it says is not encrypted.
QUIET_KERNEL = "--IPKernelApp.log_level=ERROR"
# JupyterLab would ask its makers for newer versions, and the user whether it may ask them for news.
QUIET_LAB = ("--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate")


def _chosen(only: Sequence[str]) -> list[Path]:
    files = notebook_files()
    chosen = []
    for name in only:
        found = [file for file in files if file.stem == name or file.stem.split("_")[0] == name]
        if not found:
            raise unknown_name("notebook", name, [file.stem for file in files])
        chosen += found
    return chosen or files


def _for_project(file: Path, project: str, output: str | None, language: Language) -> dict[str, Any]:
    """Return a notebook whose first cell names the project."""
    notebook: dict[str, Any] = json.loads(file.read_text("utf-8"))
    values = {"project_folder": project, "output_folder": output, "language": language}
    for cell in notebook["cells"]:
        if "parameters" in cell["metadata"].get("tags", ()):
            lines = "".join(cell["source"]).splitlines()
            cell["source"] = "\n".join(_stated(line, values) for line in lines)
    return notebook


def _stated(line: str, values: dict[str, Any]) -> str:
    found = re.match(r"(\w+) = (?:None|\"[^\"]*\")(.*)", line)
    return (
        f"{found[1]} = {json.dumps(values[found[1]])}{found[2]}".replace("= null", "= None")
        if found
        else line
    )


def copy_notebooks(folder: str | Path, *, language: Language = "it") -> list[Path]:
    """Copy the notebooks into ``FOLDER/notebooks``, with the folder named in their first cell; keep what is there.

    Parameters
    ----------
    folder : str or pathlib.Path
        The folder of ``stakeholder.toml``.
    language : {"it", "en"}
        Language of what they make.

    Returns
    -------
    list of pathlib.Path
        The files written; those that were there are left as they are.
    """
    written = []
    for file in notebook_files():
        target = Path(folder) / "notebooks" / file.name
        if not target.exists():
            notebook = _for_project(file, "..", None, language)
            written.append(write_text(target, json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"))
    return written


def run_notebooks(
    folder: str | Path,
    *,
    only: Sequence[str] = (),
    language: Language = "it",
    progress: Callable[[str], None] | None = None,
) -> Iterator[Path]:
    """Run the notebooks on a folder and keep them, with what they showed, in ``FOLDER/output/notebooks``.

    Parameters
    ----------
    folder : str or pathlib.Path
        The folder of ``stakeholder.toml``.
    only : sequence of str
        Names of notebooks or their numbers (``"04"``); all by default.
    language : {"it", "en"}
        Language of what they make.
    progress : callable, optional
        Called with the name of each notebook before it runs.

    Yields
    ------
    pathlib.Path
        Each file written: the notebook, and the same as a page where nbconvert is installed.

    Raises
    ------
    UnknownNameError
        When there is no such notebook.
    MissingExtraError
        When the optional part ``lab`` is not installed.
    StakeholderNetError
        When a cell stops; its name and reason are told.
    """
    files = _chosen(only)
    if find_spec("nbclient") is None or find_spec("ipykernel") is None:
        raise MissingExtraError("Running notebooks", "lab")
    home = Path(folder).resolve()
    for file in files:
        if progress is not None:
            progress(file.stem)
        notebook = _executed(_for_project(file, ".", "output/notebooks", language), home, file.stem)
        target = home / "output" / "notebooks" / file.name
        yield write_text(target, json.dumps(notebook, ensure_ascii=False, indent=1) + "\n")
        if find_spec("nbconvert") is not None:
            yield _page(target)


def open_lab(folder: Path, words: Sequence[str], *, language: Language) -> int:
    """Open the notebooks of a folder in JupyterLab and stay until it is closed; return what it ended with.

    Raises
    ------
    MissingExtraError
        JupyterLab is not installed.
    """
    if find_spec("jupyterlab") is None:
        raise MissingExtraError("JupyterLab", "lab")
    copy_notebooks(folder, language=language)
    place = ("--notebook-dir", str(folder.resolve() / "notebooks"))
    command = (sys.executable, "-m", "jupyterlab", *QUIET_LAB, *place, *words)
    paths = [str(Path(samples.__file__).parent / "lab"), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    quiet = {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths))}
    return subprocess.call(command, env=quiet)  # noqa: S603 - our own Python; each word of the user stays one word


def _executed(content: dict[str, Any], home: Path, name: str) -> dict[str, Any]:
    import nbformat  # noqa: PLC0415 - an optional part
    from nbclient import NotebookClient  # noqa: PLC0415 - an optional part
    from nbclient.exceptions import CellExecutionError  # noqa: PLC0415 - an optional part

    notebook = nbformat.reads(json.dumps(content), as_version=4)  # type: ignore[no-untyped-call]
    # the kernel is another program: it must find this very package
    paths = [str(Path(__file__).resolve().parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        record_timing=False,
        resources={"metadata": {"path": str(home)}},
        extra_arguments=[QUIET_KERNEL],
    )
    try:
        client.execute(env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)})
    except CellExecutionError as error:
        raise StakeholderNetError(
            f"The notebook {name} stopped: {error.ename}: {error.evalue}",
            "Put right what it says (stakeholder-net check lists faults of the records) and run it again.",
        ) from error
    done: dict[str, Any] = json.loads(nbformat.writes(notebook))  # type: ignore[no-untyped-call]
    return done


def _page(notebook: Path) -> Path:
    """Write a notebook as a page that asks no server: the scripts for formulas and widgets, of others, are left out."""
    from nbconvert import HTMLExporter  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - optional

    exporter = HTMLExporter()  # type: ignore[no-untyped-call,unused-ignore]
    body, _ = exporter.from_filename(str(notebook))
    parts = [
        part for part in SCRIPT.split(body) if not FOREIGN.search(part) or not part.startswith("<script")
    ]
    return write_text(
        notebook.with_suffix(".html"), "".join(parts).replace("</head>", f"{WHOLE_WORDS}</head>", 1)
    )
