"""Numbers, dates and lists as an Italian or an English reader writes them."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Sequence
from typing import Final, Literal

from stakeholder_net.words import Language

__all__ = ["Format", "clean", "listed", "show", "show_date", "show_number"]

Format = Literal["text", "int", "dec1", "dec2", "dec3", "share", "date"]

DECIMALS: Final[dict[str, int]] = {"int": 0, "dec1": 1, "dec2": 2, "dec3": 3, "share": 1}
UNDEFINED: Final[dict[str, str]] = {"it": "n.d.", "en": "n/a"}
MONTHS: Final[dict[str, tuple[str, ...]]] = {
    "it": (
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
NARROW_SPACE: Final = "\u00a0"  # keeps a number and its sign on one line


def clean(text: str) -> str:
    r"""Return text from a file without what no page can hold: control signs, and signs that turn the reading order.

    Examples
    --------
    >>> clean("Coop\x0b  Rossi\u202e & Figli")
    'Coop Rossi & Figli'
    """
    kept = "".join(
        " " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign
        for sign in text
        if unicodedata.category(sign) not in ("Cf", "Cs", "Cn", "Co") or sign == "\u00ad"
    )
    return re.sub(" +", " ", kept).strip()


def show_number(number: float, language: Language = "it", *, decimals: int = 0) -> str:
    """Return a number with the separators of a language.

    Parameters
    ----------
    number : float
        Any number; NaN is said to be undefined.
    language : {"it", "en"}
        Italian: full stop for thousands, comma for decimals.
    decimals : int
        Digits after the separator.

    Returns
    -------
    str
        The number as text.

    Examples
    --------
    >>> show_number(1234.5, decimals=1), show_number(1234.5, "en", decimals=1), show_number(float("nan"))
    ('1.234,5', '1,234.5', 'n.d.')
    """
    if not math.isfinite(number):
        return UNDEFINED[language]
    text = f"{number:,.{decimals}f}"
    if float(text.replace(",", "")) == 0:
        text = text.removeprefix("-")  # never "-0,0"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def show_date(date: dt.date, language: Language = "it") -> str:
    """Return a date in words, so that day and month cannot be taken for one another.

    Examples
    --------
    >>> show_date(dt.date(2021, 9, 1)), show_date(dt.date(2021, 9, 1), "en")
    ('1º settembre 2021', '1 September 2021')
    """
    ordinal = "º" if language == "it" and date.day == 1 else ""
    return f"{date.day}{ordinal} {MONTHS[language][date.month - 1]} {date.year}"


def show(value: object, form: Format, language: Language = "it") -> str:
    r"""Return one cell as text in the form of its column.

    Parameters
    ----------
    value : object
        Text, number, date or None.
    form : {"text", "int", "dec1", "dec2", "dec3", "share", "date"}
        Form of the column; ``share`` is a part of 1, shown in per cent.
    language : {"it", "en"}
        Language of the reader.

    Returns
    -------
    str
        What stands on the page; what is undefined is said to be so.

    Examples
    --------
    >>> show(0.1097, "share"), show(0.1097, "share", "en"), show(None, "int")
    ('11,0\xa0%', '11.0%', 'n.d.')
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return UNDEFINED[language]
    if isinstance(value, dt.date):
        return f"{value.day:02d}/{value.month:02d}/{value.year}"
    if isinstance(value, str) or form in ("text", "date"):
        return str(value)
    number = float(str(value))
    if form == "share":
        text = show_number(100 * number, language, decimals=1)
        return f"{text}{NARROW_SPACE}%" if language == "it" else f"{text}%"
    return show_number(number, language, decimals=DECIMALS[form])


def listed(names: Sequence[str], language: Language = "it", *, most: int = 8) -> str:
    """Return names as one phrase, the last joined with "and"; those beyond `most` are counted.

    Parameters
    ----------
    names : sequence of str
        Names in the order wanted.
    language : {"it", "en"}
        Language of the joining words.
    most : int
        How many names are written out.

    Returns
    -------
    str
        The phrase.

    Examples
    --------
    >>> listed(["A", "B", "C"]), listed(["A", "B", "C"], "en", most=2)
    ('A, B e C', 'A, B and 1 more')
    """
    shown = list(names[:most])
    left = len(names) - len(shown)
    and_ = "e" if language == "it" else "and"
    if left:
        others = {"it": "un altro" if left == 1 else f"altri {left}", "en": f"{left} more"}[language]
        return f"{', '.join(shown)} {and_} {others}"
    if len(shown) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {and_} {shown[-1]}"
