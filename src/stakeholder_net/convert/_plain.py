"""What a table holds, said in values that other programs know: flags, whole numbers, numbers, texts, lists of texts."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from stakeholder_net.errors import OptionError

__all__ = ["Attribute", "attributes", "check_ids", "clean", "distinct", "finite", "joined", "word"]

Form = Literal["boolean", "long", "double", "string", "list"]

# what no XML document may hold, and halves of characters that no encoding may hold
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LARGEST: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Attribute:
    """One column: its name, the one form that all its values have, and the values; None where a cell is empty."""

    name: str
    form: Form
    cells: list[Any]

    def without_lists(self, separator: str = "; ") -> Attribute:
        """Return the column with each list as one text."""
        if self.form != "list":
            return self
        texts = [None if value is None else separator.join(value) for value in self.cells]
        return Attribute(self.name, "string", texts)

    def cleaned(self) -> Attribute:
        """Return the column with the replacement character where a text has one that files cannot hold."""
        change: Callable[[Any], Any] = {
            "string": clean,
            "list": lambda value: [clean(part) for part in value],
        }.get(self.form, lambda value: value)
        values = [None if value is None else change(value) for value in self.cells]
        return Attribute(clean(self.name), self.form, values)


def clean(text: str) -> str:
    r"""Return a text with the replacement character for control characters and halves of characters.

    Examples
    --------
    >>> clean("vertical\x0btab") == "vertical\N{REPLACEMENT CHARACTER}tab"
    True
    """
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def word(value: Any) -> str:  # noqa: ANN401 - any plain value
    """Return a plain value as XML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else str(value)


def joined(value: Any) -> Any:  # noqa: ANN401 - any plain value
    """Return a plain value with a list as one text."""
    return "; ".join(value) if isinstance(value, list) else value


def attributes(frame: pd.DataFrame, what: str) -> list[Attribute]:
    """Return the columns of a table in plain values.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any table of a network.
    what : str
        Name of the table in messages.

    Returns
    -------
    list of Attribute
        One a column. Missing values and empty texts are None, dates are ISO texts, mappings are JSON.

    Raises
    ------
    OptionError
        When a cell holds something that is none of these.
    """
    return [_attribute(str(name), frame[name], what) for name in frame.columns]


def _attribute(name: str, column: pd.Series, what: str) -> Attribute:
    empty = column.isna().to_numpy()
    raw = [None if gap else value for value, gap in zip(column.tolist(), empty, strict=True)]
    if pd.api.types.is_bool_dtype(column.dtype):
        return Attribute(name, "boolean", raw)
    if pd.api.types.is_integer_dtype(column.dtype):
        return Attribute(name, "long", raw)
    if pd.api.types.is_float_dtype(column.dtype):
        return Attribute(name, "double", raw)
    return _of_one_form(name, [None if value is None else _plain(value, name, what) for value in raw])


def _plain(value: Any, name: str, what: str) -> Any:  # noqa: ANN401, PLR0911 - a cell may hold anything
    if isinstance(value, str):
        return str(value) or None
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value)
    if isinstance(value, dt.datetime):  # a Timestamp is one
        midnight = value.time() == dt.time(0) and value.tzinfo is None
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    if isinstance(value, (list, tuple, np.ndarray)):
        return [word(_plain(part, name, what)) for part in value]
    if isinstance(value, (set, frozenset)):
        return sorted(word(_plain(part, name, what)) for part in value)
    raise OptionError(
        f"{what}, column '{name}': a {type(value).__name__} cannot be exported.",
        "Cells may hold text, numbers, true or false, dates and lists of these.",
    )


def _of_one_form(name: str, values: list[Any]) -> Attribute:
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {str}:
        return Attribute(name, "string", values)
    if kinds == {list}:
        return Attribute(name, "list", values)
    if kinds == {bool}:
        return Attribute(name, "boolean", values)
    if kinds == {int} and all(abs(value) <= _LARGEST for value in values if value is not None):
        return Attribute(name, "long", values)
    if kinds <= {int, float}:
        return Attribute(name, "double", [None if value is None else float(value) for value in values])
    return Attribute(name, "string", [None if value is None else word(joined(value)) for value in values])


def finite(columns: Iterable[Attribute], what: str, program: str) -> None:
    """Refuse a column with an infinite number, for a program that cannot hold one.

    Raises
    ------
    OptionError
        When there is one.
    """
    for column in columns:
        if column.form == "double" and any(value is not None and np.isinf(value) for value in column.cells):
            raise OptionError(
                f"{what}, column '{column.name}': {program} cannot hold an infinite number.",
                "Replace it with a missing value or leave the column out.",
            )


def check_ids(ids: Iterable[str], what: str) -> None:
    """Refuse ids that would have to be changed to be written: changed, two of them might become one.

    Raises
    ------
    OptionError
        When an id has a control character.
    """
    for name in ids:
        if _UNWRITABLE.search(name):
            raise OptionError(
                f"The {what} {name!r} has a character that no file of another program can hold.",
                "Give it an id of letters and digits.",
            )


def distinct(names: Sequence[str], *, reserved: Iterable[str] = ()) -> list[str]:
    """Return names that differ without regard to case, none of them reserved; ``_`` is put behind where needed.

    Examples
    --------
    >>> distinct(["Label", "sector", "Sector"], reserved=["label"])
    ['Label_', 'sector', 'Sector_']
    """
    taken = {name.casefold() for name in reserved}
    out = []
    for name in names:
        free = name
        while free.casefold() in taken:
            free += "_"
        taken.add(free.casefold())
        out.append(free)
    return out
