"""Rows that were kept out, in a file that a clerk can open, mend and hand back."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from pathlib import Path

from stakeholder_net._checks import check_option
from stakeholder_net._files import formula_safe, write_bytes
from stakeholder_net.errors import Problem
from stakeholder_net.words import LANGUAGES, MESSAGES, Language

__all__ = ["write_set_aside"]

HEADINGS: dict[str, tuple[str, ...]] = {
    "it": ("file", "foglio", "riga", "colonna", "valore", "codice", "che cosa non va", "che cosa fare",
           "valore corretto", "impronta"),
    "en": ("file", "sheet", "row", "column", "value", "code", "what is wrong", "what to do",
           "fixed value", "fingerprint"),
}  # fmt: skip


def write_set_aside(
    problems: Iterable[Problem], path: str | os.PathLike[str], *, language: Language = "it"
) -> Path:
    """Write the cells that kept rows out, one line each, with an empty column for the right value.

    Parameters
    ----------
    problems : iterable of Problem
        Of any kind; those that set a row aside are written, in the order of file, sheet, row.
    path : path
        CSV to write: ``;`` and UTF-8 with its mark, as a double click in an Italian office opens it.
    language : {"it", "en"}
        Of headings and sentences.

    Returns
    -------
    pathlib.Path
        The file; it has its headings also when nothing was set aside.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from stakeholder_net._checks import problem
    >>> fault = problem("bad_date", file="fogli.xlsx", sheet="Lab", row=7, column="Data", value="oggi",
    ...                 severity="set_aside")
    >>> path = write_set_aside([fault], pathlib.Path(tempfile.mkdtemp(), "set_aside.csv"), language="en")
    >>> print(path.read_text("utf-8-sig").splitlines()[1])
    fogli.xlsx;Lab;7;Data;oggi;bad_date;'oggi' is not a date that can be read without guessing.;Write it as 03/09/2021
    or 2021-09-03 (day, month, year).;;
    """
    check_option("language", language, LANGUAGES)
    aside = [fault for fault in problems if fault.severity == "set_aside"]
    aside.sort(key=lambda fault: (fault.file, fault.sheet, fault.row or 0))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS[language])
    for fault in aside:
        row = (fault.file, fault.sheet, fault.row, fault.column, fault.value, fault.code,
               *_sentence(fault, language), "", fault.params.get("sha256", ""))  # fmt: skip
        writer.writerow([formula_safe("" if cell is None else str(cell)) for cell in row])
    return write_bytes(path, out.getvalue().encode("utf-8-sig"))


def _sentence(fault: Problem, language: Language) -> tuple[str, str]:
    """Return what is wrong and what to do, without the place."""
    if language == "en" or fault.code not in MESSAGES:
        return fault.message, fault.hint
    params = {"nearest": "", **fault.params}
    params["nearest"] = params["nearest"].replace(" Did you mean", " Forse si intendeva")
    message, hint = MESSAGES[fault.code][language]
    return message.format(**params), hint.format(**params).strip()
