"""Tax codes of bodies: right form, right check digit, and never a person's."""

from __future__ import annotations

import re

__all__ = ["is_personal_code", "tax_code"]

_PERSONAL = re.compile(r"[A-Z]{6}[0-9A-Z]{2}[A-Z][0-9A-Z]{2}[A-Z][0-9A-Z]{3}[A-Z]")
LENGTH = 11


def _digits(value: object) -> str:
    text = re.sub(r"[\s.\-/]", "", str(value)).upper()
    return re.sub(r"^IT(?=\d)|(?<=\d)\.0$", "", text)


def is_personal_code(value: object) -> bool:
    """Return whether a code is a natural person's, which must never be kept.

    Examples
    --------
    >>> is_personal_code("RSSMRA80A01H501U"), is_personal_code("80003150424")
    (True, False)
    """
    return isinstance(value, str) and bool(_PERSONAL.fullmatch(_digits(value)))


def tax_code(value: object) -> str | None:
    """Return the eleven figures of a body's tax code, or None when the check digit is wrong.

    A spreadsheet eats leading noughts: they are put back, and the check digit tells whether that was right.

    Examples
    --------
    >>> tax_code("152230413"), tax_code("00152230413"), tax_code("00152230414")
    ('00152230413', '00152230413', None)
    """
    if value is None or value != value:  # noqa: PLR0124 - the cheapest test for a missing number
        return None
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else _digits(value)
    if not text.isdigit() or len(text) > LENGTH or not int(text):
        return None
    text = text.zfill(LENGTH)
    figures = [int(c) for c in text]
    doubled = [d * 2 - 9 * (d > 4) for d in figures[1::2]]  # noqa: PLR2004 - Luhn's rule
    return text if (sum(figures[0::2]) + sum(doubled)) % 10 == 0 else None
