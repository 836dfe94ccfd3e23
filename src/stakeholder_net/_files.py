"""Write files whole or not at all, and never let a cell become a formula."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from stakeholder_net.errors import StakeholderNetError

__all__ = [
    "finish_writing",
    "formula_safe",
    "formula_safe_frame",
    "leads_out",
    "sha256_of",
    "slug",
    "write_bytes",
    "write_text",
    "write_together",
]

STAGED, PENDING = ".new.", ".pending.json"

# a spreadsheet takes a cell that begins so for a formula (OWASP ASVS 1.2.10); full-width forms count too
_FORMULA = re.compile("^[\\s\u00a0]*[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\x00]")
_PLAIN_NUMBER = re.compile(r"^[+-]?\d[\d ./-]*(,\d+)?$")
_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"com{n}" for n in range(1, 10)),
    *(f"lpt{n}" for n in range(1, 10)),
}


def formula_safe(value: Any) -> Any:  # noqa: ANN401 - a cell may hold anything
    """Return a cell that no spreadsheet takes for a formula; numbers and telephone numbers stay as they are.

    Examples
    --------
    >>> formula_safe("=HYPERLINK(1)"), formula_safe("+39 0736 298"), formula_safe("Croce Verde"), formula_safe(-2.5)
    ("'=HYPERLINK(1)", '+39 0736 298', 'Croce Verde', -2.5)
    """
    if isinstance(value, str) and _FORMULA.match(value) and not _PLAIN_NUMBER.match(value):
        return f"'{value}"
    return value


def formula_safe_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose text cells and headings are safe to open in a spreadsheet."""
    out = frame.copy(deep=False)
    for column in out.columns:
        if pd.api.types.is_string_dtype(out[column].dtype) or out[column].dtype == object:
            out[column] = out[column].map(formula_safe)
    return out.rename(columns=formula_safe)


def write_bytes(path: str | os.PathLike[str], data: bytes, *, mode: int = 0o644) -> Path:
    """Write a file in one step: whoever looks sees the former file or the new one, never half of it.

    `mode` says who may read it, where the system knows such a thing.

    Raises
    ------
    StakeholderNetError
        When the folder cannot be written to or the disk is full; the former file is left as it was.
    """
    target = Path(path)
    temporary = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(
            prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent
        )
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
    except OSError as error:
        if temporary:
            with contextlib.suppress(FileNotFoundError):
                Path(temporary).unlink()
        raise StakeholderNetError(
            f"{target}: cannot be written ({error.strerror or error}).",
            "Check that the folder exists and may be written to, that the file is not open in another program and "
            "that the disk has room; nothing was changed.",
        ) from error
    return target


def write_text(path: str | os.PathLike[str], text: str) -> Path:
    r"""Write a text file in UTF-8 with ``\\n`` line ends, in one step."""
    return write_bytes(path, text.encode("utf-8"))


def write_together(folder: str | os.PathLike[str], contents: Mapping[str, bytes]) -> list[Path]:
    """Write files that belong together: after a stop at any moment, all are the former ones or all are the new.

    They are laid beside the former files, a list of them is made, and only then each takes its place; a list that is
    found at the next start or reading says that the rest has still to be done.

    Raises
    ------
    StakeholderNetError
        When the folder cannot be written to or the disk is full; the former files are left as they were.
    """
    base = Path(folder)
    finish_writing(base)
    try:
        for name, data in contents.items():
            write_bytes(base / f"{STAGED}{name}", data)
        write_text(base / PENDING, json.dumps(sorted(contents)))
    except StakeholderNetError:
        for name in contents:
            with contextlib.suppress(OSError):
                (base / f"{STAGED}{name}").unlink()
        raise
    finish_writing(base)
    return [base / name for name in contents]


def finish_writing(folder: str | os.PathLike[str]) -> bool:
    """Finish what a stopped run had begun to put into place; return whether there was something to do.

    Raises
    ------
    StakeholderNetError
        When the folder cannot be written to.
    """
    base = Path(folder)
    pending = base / PENDING
    try:
        if not pending.is_file():
            return False
        names = [name for name in json.loads(pending.read_text("utf-8")) if Path(name).name == name]
        for name in names:
            with contextlib.suppress(FileNotFoundError):  # it has taken its place already
                (base / f"{STAGED}{name}").replace(base / name)
        pending.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise StakeholderNetError(
            f"{pending}: a run was stopped while it wrote, and what is left cannot be finished ({error}).",
            "Check that the folder may be written to, or rebuild it with: stakeholder-net build",
        ) from error
    return True


def leads_out(folder: str | os.PathLike[str], path: str | os.PathLike[str]) -> bool:
    """Whether a path that seems to lie in a folder is, by a link, a file elsewhere.

    A path that says itself that it lies elsewhere was chosen by whoever wrote it, and does not count.
    """
    base, named = (
        Path(os.path.normpath(Path(folder).absolute())),
        Path(os.path.normpath(Path(path).absolute())),
    )
    return named.is_relative_to(base) and not Path(path).resolve().is_relative_to(Path(folder).resolve())


def sha256_of(path: str | os.PathLike[str]) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def slug(text: str, *, length: int = 40) -> str:
    """Return a file name made from any text: ASCII, no path parts, different for different texts.

    Examples
    --------
    >>> slug("Comune di Forlì") == slug("Comune di Forli"), slug("../..").startswith("x-")
    (False, True)
    """
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:length].strip("-") or "x"
    stem = f"{stem}-x" if stem in _RESERVED else stem
    return f"{stem}-{hashlib.sha256(text.encode()).hexdigest()[:6]}"
