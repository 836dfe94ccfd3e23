"""Bundled records, each labelled real or synthetic on its face."""

from __future__ import annotations

import shutil
from pathlib import Path

from stakeholder_net.errors import StakeholderNetError

__all__ = ["notebook_files", "piceno"]

_PARTS = ("stakeholder.toml", "data/raw", "calls")


def _home() -> Path:
    """Return where the sample lies: inside an installed package, at the root of a source checkout."""
    packaged = Path(__file__).parent / "piceno"
    return packaged if packaged.is_dir() else Path(__file__).parents[3]


def notebook_files() -> list[Path]:
    """Where are the notebooks?

    Returns
    -------
    list of pathlib.Path
        Their files, in order, without outputs. They are for reading: copy them before you change them.

    Examples
    --------
    >>> [path.stem for path in notebook_files()][0]
    '00_in_5_minutes'
    """
    packaged = Path(__file__).parent / "notebooks"
    return sorted((packaged if packaged.is_dir() else _home() / "notebooks").glob("*.ipynb"))


def piceno(folder: str | Path) -> list[Path]:
    """Where can I try the library on real records?

    Copies the public record of the Ascoli Piceno area (2002 to 2026; real organisations, as the sources that
    ``data/raw`` names print them; no person) into a new folder, with its ``stakeholder.toml`` and example calls.

    Parameters
    ----------
    folder : str or pathlib.Path
        A folder that does not exist, or is empty.

    Returns
    -------
    list of pathlib.Path
        The files written.

    Raises
    ------
    StakeholderNetError
        When the folder holds something.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     names = {path.name for path in piceno(folder)}
    >>> "stakeholder.toml" in names
    True
    """
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise StakeholderNetError(
            f"{target}: this folder holds something already.", "Name a folder that is new or empty."
        )
    written = []
    for part in _PARTS:
        source = _home() / part
        files = [source] if source.is_file() else sorted(path for path in source.rglob("*") if path.is_file())
        for file in files:
            copy = target / file.relative_to(_home())
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
            written.append(copy)
    return written
