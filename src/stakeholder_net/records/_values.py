"""One column of text to one column of values; what cannot be read is told, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from stakeholder_net.records import _codes as codes
from stakeholder_net.records._codes import is_personal_code
from stakeholder_net.records._headings import fold
from stakeholder_net.words import ALIAS_KINDS, EVENT_KINDS, KINDS, ROLES, STATUSES

__all__ = ["kind_code", "parse_number", "parse_time", "role_code", "status_code", "tax_code"]

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:[.\u2019' ]\d{3})+|\d+)(?:,\d+)?|[+-]?\d+\.\d{1,2}|[+-]?\d+\.\d{4,}")
_MONEY = re.compile(r"^(?:€|eur|euro)\s*|\s*(?:€|eur|euro|ore|h)$", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})[:h] ?(\d{2})(?:m(?:in)?)?|(\d{1,2}) ?h(?: ?(\d{1,2}) ?m(?:in)?)?")
_TIME = re.compile(r"(?<![\d/.-])(\d{1,2})[:.,h](\d{2})(?:[:.]\d{2})?(?:\.\d+)? ?([ap]m)?$", re.IGNORECASE)
_SHORTEST = 7  # no code of a body begins with more than four zeros


def parse_number(text: str) -> float | None:
    """Read a number as Italians write it; None when it is not one.

    A point before three digits is a thousands mark, a comma the decimal one; ``3h 5m`` and ``3:05`` are hours.

    Examples
    --------
    >>> [parse_number(text) for text in ("1.250,50", "€ 300", "1,5", "2.5", "3h 30m", "circa 10")]
    [1250.5, 300.0, 1.5, 2.5, 3.5, None]
    """
    plain = _MONEY.sub("", " ".join(text.split())).strip()
    if match := _CLOCK.fullmatch(text.strip().lower()):
        return int(match[1] or match[3]) + int(match[2] or match[4] or 0) / 60
    if not _NUMBER.fullmatch(plain):
        return None
    if "," in plain or re.search(r"[. '\u2019]\d{3}(?!\d)", plain):
        plain = re.sub(r"[. '\u2019]", "", plain).replace(",", ".")
    return float(plain)


def parse_time(text: str) -> float | None:
    """Read a time of day, with or without a date before it, as hours since midnight.

    Examples
    --------
    >>> [parse_time(text) for text in ("15:30", "18,30", "15.40", "2021-09-04T09:30", "03/09/2021 03:29:00 PM", "sera")]
    [15.5, 18.5, 15.666666666666666, 9.5, 15.483333333333333, None]
    """
    match = _TIME.search(text.strip())
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2])
    half = (match[3] or "").lower()
    hour += 12 if half == "pm" and hour < 12 else -12 if half == "am" and hour == 12 else 0  # noqa: PLR2004 - noon
    return hour + minute / 60 if hour < 24 and minute < 60 else None  # noqa: PLR2004 - a day


@cache
def _spellings(words: str) -> Mapping[str, str]:
    """Return code by folded spelling."""
    listed: dict[str, Iterable[str]] = {}
    if words == "status":
        listed = {code: (code, s.it, s.en, *s.aliases) for code, s in STATUSES.items()}
    elif words == "role":
        listed = {code: (code, it, en, *aliases) for code, (it, en, aliases) in ROLES.items()}
    elif words == "kind":
        listed = {code: (code, kind.it, kind.en, *kind.aliases) for code, kind in KINDS.items()}
    elif words == "alias":
        listed = {code: (code, it, en, *aliases) for code, (it, en, aliases) in ALIAS_KINDS.items()}
    else:
        listed = {code: (code, *labels) for code, labels in EVENT_KINDS.items()}
    return {fold(spelling): code for code in reversed(listed) for spelling in listed[code]}


def status_code(text: str) -> str | None:
    """Return the status that a cell states; None when it states none that is known.

    Examples
    --------
    >>> status_code("SÌ"), status_code("Assente giustificato"), status_code("forse")
    ('present', 'absent', None)
    """
    return _spellings("status").get(fold(text))


def role_code(text: str) -> str:
    """Return the code of a role, or its own words in small letters.

    Examples
    --------
    >>> role_code("Capofila"), role_code("Presidente")
    ('lead', 'presidente')
    """
    return _spellings("role").get(fold(text), " ".join(text.lower().split()))


def kind_code(text: str, *, of: str = "kind") -> str | None:
    """Return the code of a kind of actor (``of="kind"``), event or alias; None when unknown.

    Examples
    --------
    >>> kind_code("Cooperativa sociale"), kind_code("tavolo", of="event"), kind_code("astronave")
    ('coop_sociale', 'table', None)
    """
    return _spellings(of).get(fold(text))


def tax_code(text: str) -> tuple[str | None, str]:
    """Return a tax code of a body and what happened to it: "", ``recovered``, ``personal`` or ``bad``.

    Eleven digits with a right check digit are kept; leading zeros that a spreadsheet ate are put back when the check
    digit is right with them. Sixteen characters are a natural person's and are never kept.

    Examples
    --------
    >>> tax_code("00229010442"), tax_code("229010442"), tax_code("RSSMRA80A01A462X")
    (('00229010442', ''), ('00229010442', 'recovered'), (None, 'personal'))
    """
    if is_personal_code(text):
        return None, "personal"
    plain = re.sub(r"[\W_]", "", text).upper().removeprefix("IT")
    code = codes.tax_code(plain) if len(plain) >= _SHORTEST else None
    if code is None:
        return None, "bad"
    return code, "" if code == plain else "recovered"
