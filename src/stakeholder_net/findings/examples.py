"""Calls that show how one is written, and the form to write one's own."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from stakeholder_net._files import write_text
from stakeholder_net.errors import OptionError
from stakeholder_net.findings.call import Call, read_call

__all__ = ["example_calls", "write_call_form"]

FOLDER: Final = "example_calls"
FORM: Final = "bando.toml"


def example_calls() -> list[Call]:
    """Which calls come with the library, to try it and to copy from?

    Returns
    -------
    list of Call
        Calls that were made up after the families of the PNRR and of the European funds 2021-2027; each says of itself
        that it is an example.

    Examples
    --------
    >>> all(call.example for call in example_calls())
    True
    """
    folder = files("stakeholder_net.findings") / FOLDER
    names = sorted(
        entry.name for entry in folder.iterdir() if entry.name.endswith(".toml") and entry.name != FORM
    )
    found = []
    for name in names:
        with as_file(folder / name) as path:
            found.append(read_call(path))
    return found


def write_call_form(path: str | Path) -> Path:
    """How is a call written? Put a form with every key, explained in Italian and English, into a file.

    Parameters
    ----------
    path : str or path
        The file to be written, for instance ``calls/mio_bando.toml``.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    OptionError
        When the file exists already, or its folder does not.
    """
    target = Path(path)
    if target.exists():
        raise OptionError(f"{target.name} exists already.", "Give another name; nothing was overwritten.")
    if not target.parent.is_dir():
        raise OptionError(
            f"The folder '{target.parent.name}' does not exist.", "Make it, or give another path."
        )
    form = (files("stakeholder_net.findings") / FOLDER / FORM).read_text(encoding="utf-8")
    return write_text(target, form)
