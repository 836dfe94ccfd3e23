"""Check one table against the words of the house; say faults in the reader's language."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np
import pandas as pd

from stakeholder_net._codes import Texts
from stakeholder_net.errors import OptionError, Problem, UnknownNameError
from stakeholder_net.words import MESSAGES, Column, Language

__all__ = ["check_option", "check_table", "nearest", "nearest_hint", "problem", "say", "unknown_name"]

T = TypeVar("T", bound=str)

VALUE_SHOWN = 80


def shown(value: object) -> str:
    """Return a value in quotes, shortened, fit for one line of a message."""
    text = " ".join(str(value).split())
    return f"'{text[:VALUE_SHOWN]}…'" if len(text) > VALUE_SHOWN else f"'{text}'"


def problem(  # noqa: PLR0913 - one keyword a part of the place
    code: str,
    *,
    table: str = "",
    file: str = "",
    sheet: str = "",
    row: int | None = None,
    column: str = "",
    value: object = None,
    severity: str = "error",
    **params: str,
) -> Problem:
    """Make a Problem from its code; the English sentence is filled in, others on demand.

    Examples
    --------
    >>> print(problem("bad_date", table="events", row=4, column="Data", value="31/02/2021"))
    table 'events', row 4, column 'Data': '31/02/2021' is not a date that can be read without guessing. \
Write it as 03/09/2021 or 2021-09-03 (day, month, year).
    """
    raw = "" if value is None else str(value)
    filled = {"nearest": "", **params}
    if value is not None:
        filled["value"], filled["raw"] = shown(value), shown(value)[1:-1]
    message, hint = MESSAGES[code]["en"]
    return Problem(
        code=code,
        message=message.format(**filled),
        hint=hint.format(**filled).strip(),
        table=table,
        file=file,
        sheet=sheet,
        row=row,
        column=column,
        value=raw[:VALUE_SHOWN],
        severity=severity,
        params=filled,
    )


_PLACE = {"it": ("tabella", "foglio", "riga", "colonna"), "en": ("table", "sheet", "row", "column")}


def say(fault: Problem, language: Language = "en") -> str:
    """Return the whole sentence about a fault in one language.

    Examples
    --------
    >>> say(problem("missing_value", file="fogli.xlsx", sheet="Lab", row=3, column="Ente"), "it")
    "fogli.xlsx, foglio 'Lab', riga 3, colonna 'Ente': la cella è vuota, ma un valore è obbligatorio. \
Compilare la cella."
    """
    if language == "en" or fault.code not in MESSAGES:
        return str(fault)
    table, sheet, row, column = _PLACE[language]
    parts = [fault.file] if fault.file else ([f"{table} '{fault.table}'"] if fault.table else [])
    if fault.sheet:
        parts.append(f"{sheet} '{fault.sheet}'")
    if fault.row is not None:
        parts.append(f"{row} {fault.row}")
    if fault.column:
        parts.append(f"{column} '{fault.column}'")
    message, hint = MESSAGES[fault.code][language]
    translated = dict(fault.params)
    translated["nearest"] = translated["nearest"].replace(" Did you mean", " Forse si intendeva")
    text = f"{message.format(**translated)} {hint.format(**translated)}".strip()
    return f"{', '.join(parts)}: {text}" if parts else text


def nearest(word: object, options: Iterable[str]) -> str | None:
    """Return the option that looks most like a word, or None when none does.

    Examples
    --------
    >>> nearest("partnreship", ["attendance", "partnership"])
    'partnership'
    """
    by_folded = {option.casefold(): option for option in options}
    found = difflib.get_close_matches(str(word).casefold(), list(by_folded), n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def nearest_hint(word: object, options: Iterable[str]) -> str:
    """Return `` Did you mean 'x'?`` or an empty string."""
    match = nearest(word, options)
    return f" Did you mean '{match}'?" if match else ""


def check_option(name: str, value: T, allowed: Sequence[T]) -> T:
    """Return an option's value, or refuse it with the allowed ones.

    Raises
    ------
    OptionError
        When the value is not among the allowed ones.
    """
    if value not in allowed:
        message = f"{name}={value!r} is not allowed; choose one of: {', '.join(allowed)}."
        raise OptionError(message, nearest_hint(value, allowed).strip())
    return value


def unknown_name(what: str, name: object, known: Iterable[str]) -> UnknownNameError:
    """Return the error for a name that is not known, with the nearest one and the list."""
    options = list(known)
    listed = ", ".join(options[:20]) + (", ..." if len(options) > 20 else "")  # noqa: PLR2004
    return UnknownNameError(
        f"There is no {what} {shown(name)}; known: {listed or '(none)'}.", nearest_hint(name, options).strip()
    )


def check_table(
    frame: pd.DataFrame, table: str, columns: Sequence[Column], texts: Mapping[str, Texts]
) -> list[Problem]:
    """Return the faults of one table of the network against its declared columns.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table, with its key as columns and not as index.
    table : str
        Its name in messages.
    columns : sequence of Column
        The declared columns; others are let pass.
    texts : mapping of str to Texts
        Long columns, looked through before.

    Returns
    -------
    list of Problem
        Missing columns, empty required cells, numbers that are none, in that order.
    """
    faults = []
    found = ", ".join(map(str, frame.columns)) or "(none)"
    for column in columns:
        if column.name not in frame.columns:
            if column.required:
                faults.append(
                    problem(
                        "missing_column",
                        table=table,
                        name=column.name,
                        found=found,
                        nearest=nearest_hint(column.name, map(str, frame.columns)),
                    )
                )
            continue
        values = frame[column.name]
        if column.required:
            empty = texts[column.name].empty_rows() if column.name in texts else _empty_rows(values)
            faults += [
                problem("missing_value", table=table, row=int(row), column=column.name) for row in empty
            ]
        if column.dtype in ("number", "integer"):
            bad = pd.to_numeric(values, errors="coerce").isna() & values.notna()
            faults += [
                problem("bad_number", table=table, row=int(row), column=column.name, value=values.iloc[row])
                for row in np.flatnonzero(bad.to_numpy())
            ]
        if column.dtype == "date":
            dates = pd.to_datetime(values, errors="coerce", format="ISO8601")
            bad = dates.isna() & values.notna()
            faults += [
                problem("bad_date", table=table, row=int(row), column=column.name, value=values.iloc[row])
                for row in np.flatnonzero(bad.to_numpy())
            ]
    return faults


def _empty_rows(values: pd.Series) -> np.ndarray:
    empty = values.isna()
    if not pd.api.types.is_numeric_dtype(values.dtype) and values.dtype.kind != "M":
        empty |= values.astype("str").str.strip() == ""
    return np.flatnonzero(empty.to_numpy())
