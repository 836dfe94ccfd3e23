"""How findings speak: numbers, shares and kinds in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from stakeholder_net.words import KIND_GROUPS, KINDS, Language

__all__ = [
    "actor_label",
    "kind_label",
    "listed",
    "number",
    "p_value",
    "percent",
    "phrase",
    "plural",
    "sources_of",
]

SHOWN = 6


def number(value: float, language: Language, *, digits: int = 2) -> str:
    """Return a number as the language writes it; a dash where it is undefined.

    Examples
    --------
    >>> number(0.4878, "it"), number(3.0, "it"), number(1234.5, "en", digits=1)
    ('0,49', '3', '1,234.5')
    """
    if not np.isfinite(value):
        return "n.d." if language == "it" else "n/a"
    text = f"{value:,.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) if language == "it" else text


def percent(share: float, language: Language) -> str:
    """Return a share in per cent.

    Examples
    --------
    >>> percent(0.254, "it"), percent(float("nan"), "en")
    ('25 %', 'n/a')
    """
    sign = (" %" if language == "it" else "%") if np.isfinite(share) else ""
    return number(100 * share, language, digits=0) + sign


def p_value(value: float, language: Language, *, name: str = "p") -> str:
    """Return ``p = 0.02`` or ``p < 0.001``.

    Examples
    --------
    >>> p_value(0.0184, "it"), p_value(0.00001, "en")
    ('p = 0,018', 'p < 0.001')
    """
    floor = f"< {number(0.001, language, digits=3)}"
    return f"{name} {floor if value < 0.001 else '= ' + number(value, language, digits=3)}"  # noqa: PLR2004


def listed(names: Iterable[str], language: Language, *, shown: int = SHOWN) -> str:
    """Return names in a row, the first few by name and the others by number.

    Examples
    --------
    >>> listed(["A", "B", "C"], "it"), listed("ABCDE", "en", shown=2)
    ('A, B e C', 'A, B and 3 more')
    """
    every = list(names)
    joint = " e " if language == "it" else " and "
    if len(every) > shown + 1:  # "and 1 more" is longer than its name
        rest = f"altri {len(every) - shown}" if language == "it" else f"{len(every) - shown} more"
        every = [*every[:shown], rest]
    return joint.join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else "".join(every)


def kind_label(code: str, language: Language) -> str:
    """Return the label of a kind or of a group of kinds; the code itself where it has none.

    Examples
    --------
    >>> kind_label("comune", "it"), kind_label("associazione", "en"), kind_label("mine", "it")
    ('Comune', 'Association', 'mine')
    """
    if code in KINDS:
        return KINDS[code].it if language == "it" else KINDS[code].en
    if code in KIND_GROUPS:
        return KIND_GROUPS[code][0 if language == "it" else 1]
    return code


def actor_label(actors: pd.DataFrame, actor_ids: Iterable[str]) -> list[str]:
    """Return the names of some actors, the id where a name is empty."""
    chosen = list(actor_ids)
    names = actors["name"].reindex(chosen)
    return [
        str(name) if isinstance(name, str) and name.strip() else actor
        for actor, name in zip(chosen, names, strict=True)
    ]


def phrase(sentences: Mapping[str, tuple[str, str]], key: str, language: Language, **parts: object) -> str:
    """Return one sentence of a room's list, filled in."""
    return sentences[key][0 if language == "it" else 1].format(**parts)


_NOUNS: Final[dict[str, tuple[tuple[str, str], tuple[str, str]]]] = {
    "times": (("volta", "volte"), ("time", "times")),
    "events": (("evento", "eventi"), ("event", "events")),
    "bodies_present": (("ente presente", "enti presenti"), ("body present", "bodies present")),
}


def plural(noun: str, count: float, language: Language) -> str:
    """Return a noun of the list in the number that the count asks for.

    Examples
    --------
    >>> plural("events", 1, "it"), plural("times", 3, "en")
    ('evento', 'times')
    """
    return _NOUNS[noun][0 if language == "it" else 1][0 if count == 1 else 1]


_PLACE: Final = re.compile(r"(?P<before>.*:)(?P<row>\d+)(?P<after>(?: \([^()]*\))?)")


def sources_of(rows: Iterable[str] | pd.Series, *, shown: int = 12) -> str:
    """Return where facts were read, each place once, neighbouring rows joined, shortened.

    Examples
    --------
    >>> sources_of(["b.csv:3", "a.csv:2", "b.csv:4 (S1)", "b.csv:3", "b.csv:5 (S1)", ""])
    'a.csv:2; b.csv:3; b.csv:4-5 (S1)'
    """
    by_place: dict[tuple[str, str], set[int]] = {}
    for text in {str(row) for row in rows if isinstance(row, str) and row}:
        for part in text.split("; "):
            found = _PLACE.fullmatch(part)
            key = (found["before"], found["after"]) if found else (part, "")
            by_place.setdefault(key, set()).update({int(found["row"])} if found else ())
    places = [f"{key[0]}{_runs(sorted(rows_))}{key[1]}" for key, rows_ in sorted(by_place.items())]
    more = f"; +{len(places) - shown}" if len(places) > shown else ""
    return "; ".join(places[:shown]) + more


def _runs(rows: Sequence[int]) -> str:
    """Return row numbers with neighbours joined: 2,4-6."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return ",".join(str(low) if low == high else f"{low}-{high}" for low, high in runs)
