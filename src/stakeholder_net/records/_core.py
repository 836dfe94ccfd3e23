"""What is left of a name without its legal form, its small words and its section: the core by which it is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from stakeholder_net.records._forms import (
    ABBREVIATIONS,
    FORM_WORDS,
    FORMS,
    KIND_RANK,
    LEVELS,
    MANY_LEVELS,
    NATIONAL_BODIES,
    SECTION_WORDS,
    STOPWORDS,
)
from stakeholder_net.records._slips import Mender
from stakeholder_net.records._weights import is_known_word

__all__ = ["Core", "core_of", "is_bare", "mend_forms", "strip_forms"]

# The border stands before all of them: it is looked for once a letter, not once a form.
_FORM_RE = re.compile(
    r"\b(?:" + "|".join(rf"(?P<f{n}>(?:{form.pattern})(?:(?<= )|\b))" for n, form in enumerate(FORMS)) + ")"
)
_BY_FORM = {
    "asd": "asd",
    "cooperativa": "coop_sociale",
    "fondazione": "fondazione",
    "parrocchia": "ente_religioso",
    "scuola": "scuola",
    "consorzio": "coop_sociale",
    "impresa": "impresa",
}
GLUED = "onlus"
COMPANY_WORDS = frozenset(("societa", "soc"))
CONSULTA_WORDS = frozenset(("comunale", "comune"))
SHORTEST_ACRONYM, LONGEST_ACRONYM = 3, 9
START = 3  # letters by which the ways of writing a national body are found
SHORTEST_JOINED = 7  # letters of a broken word that is put together


@dataclass(frozen=True, slots=True)
class Core:
    """The core of a name and what was taken off it."""

    words: tuple[str, ...]
    kind: str
    level: str
    acronyms: tuple[str, ...]
    is_generic: bool


@lru_cache(maxsize=1)
def _mender() -> Mender:
    return Mender(FORM_WORDS)


def mend_forms(words: list[str]) -> list[str]:
    """Return words with slips in those of legal forms put right, and such words joined that a line break parted.

    Examples
    --------
    >>> mend_forms(["cooperat", "iva", "socilae", "defloyd", "meridianaonlus"])
    ['cooperativa', 'sociale', 'defloyd', 'meridiana', 'onlus']
    """
    out: list[str] = []
    for word in _parted(words):
        whole = out[-1] + word if out else ""
        if len(whole) >= SHORTEST_JOINED and whole in FORM_WORDS:
            out[-1] = whole
        else:
            out.append(word if is_known_word(word) else _mender().mend(word) or word)
    return out


def _parted(words: list[str]) -> Iterator[str]:
    """Yield words, a form that runs into the word before it on its own."""
    for word in words:
        stem = word.removesuffix(GLUED)
        if stem != word and len(stem) > SHORTEST_ACRONYM and is_known_word(stem):
            yield from (stem, GLUED)
        else:
            yield word


class _Way(NamedTuple):
    """One way of writing a national body out: beginnings of words that must stand, and that may."""

    must: frozenset[str]
    may: tuple[str, ...]
    body: str


@lru_cache(maxsize=1)
def _national() -> tuple[dict[str, str], dict[str, list[_Way]]]:
    """Return names of one word, and by their first letters the ways of writing the others out, longest first."""
    single: dict[str, str] = {}
    ways: dict[str, list[_Way]] = {}
    for body, written in NATIONAL_BODIES.items():
        for way in (body, *written):
            must, _, may = way.partition(" / ")
            if " " in must or may:
                starts = frozenset(must.split())
                ways.setdefault(max(starts, key=lambda start: (len(start), start))[:START], []).append(
                    _Way(starts, tuple(may.split()), body)
                )
            else:
                single[must] = body
    return single, ways


def _to_national(words: list[str]) -> tuple[list[str], str | None]:
    """Replace a national body, however written, by its short name; return that too."""
    single, ways = _national()
    body = next((single[word] for word in words if word in single), None)
    near = [way for start in {w[:START] for w in words} for way in ways.get(start, ())]
    for way in sorted(near, key=lambda way: (-len(way.must), -len(way.may), way.body)):
        if body is not None and way.body != body:
            continue
        taken = {next((w for w in words if w.startswith(start)), "") for start in way.must}
        if "" not in taken and len(taken) == len(way.must):
            rest = [
                w for w in words if w not in taken and single.get(w) != way.body and not w.startswith(way.may)
            ]
            return [*way.body.split(), *rest], way.body
    if body is None:
        return words, None
    return [*body.split(), *(w for w in words if single.get(w) != body)], body


def _own_acronyms(words: list[str]) -> list[str]:
    """Return the words that are the initials of the other words of the same name."""
    every = "".join(word[0] for word in words)
    plain = "".join(word[0] for word in words if word not in STOPWORDS)
    found, at = [], 0
    for n, word in enumerate(words):
        own = word not in STOPWORDS
        if SHORTEST_ACRONYM <= len(word) <= LONGEST_ACRONYM and (
            word in every[:n] + every[n + 1 :] or word in plain[:at] + plain[at + own :]
        ):
            found.append(word)
        at += own
    return found


def _best_kind(kinds: list[str], families: frozenset[str]) -> str:
    """Return the most telling kind: a form outweighs a word of the name."""
    for family, kind in _BY_FORM.items():
        if family in families:
            return "fondazione_bancaria" if "fondazione_bancaria" in kinds else kind
    return min(kinds, key=KIND_RANK.index) if kinds else "sconosciuto"


def strip_forms(words: list[str]) -> tuple[list[str], frozenset[str], list[str]]:
    """Return the words without legal forms, the families of forms, and the kinds to which the words point.

    Examples
    --------
    >>> strip_forms("cooperativa sociale il melograno onlus".split())[0]
    ['il', 'melograno']
    """
    families: set[str] = set()
    kinds: list[str] = []

    def drop(found: re.Match[str]) -> str:
        form = FORMS[int(str(found.lastgroup)[1:])]
        if form.family:
            families.add(form.family)
        if form.kind:
            kinds.append(form.kind)
        return found.group() if form.keep else " "

    rest = _FORM_RE.sub(drop, " ".join(words)).split()
    if "cooperativa" in families:  # the other half of its form, when the name stands between them
        rest = [w for w in rest if w not in COMPANY_WORDS]
    return rest, frozenset(families), kinds


def is_bare(words: list[str]) -> bool:
    """Return whether some words only say what sort of body it is, not which.

    Examples
    --------
    >>> is_bare(["pro", "loco"]), is_bare(["calcio"]), is_bare(["melograno"])
    (True, True, False)
    """
    rest = _FORM_RE.sub(" ", " ".join(words)).split()
    return not [w for w in rest if w not in SECTION_WORDS and w not in LEVELS and w not in STOPWORDS]


def telling(words: list[str]) -> list[str]:
    """Return the words that are not small ones; a letter at the end, or before "di", is no article but one of a row.

    Examples
    --------
    >>> telling("la casa di e".split()), telling("scuola a di force".split()), telling("casa d aste".split())
    (['casa', 'e'], ['scuola', 'a', 'force'], ['casa', 'aste'])
    """
    behind = [*words[1:], ""][: len(words)]
    return [
        word
        for n, (word, then) in enumerate(zip(words, behind, strict=True))
        if word not in STOPWORDS
        or (n > 0 and len(word) == 1 and (not then or (then == "di" and word not in "eio")))
    ]


def core_of(words: list[str], forms: frozenset[str], kinds: list[str], whole: list[str]) -> Core:
    """Take small words, own initials and section words off a name that has lost its forms and towns.

    Parameters
    ----------
    words : list of str
        What is left of the name.
    forms : frozenset of str
        Families of legal forms that were found.
    kinds : list of str
        Kinds to which its words point.
    whole : list of str
        All words of the name.

    Examples
    --------
    >>> core_of("volontari italiani sangue comunale".split(), frozenset(), [], []).words
    ('avis',)
    """
    acronyms = _own_acronyms(whole)
    kept = [part for w in telling(words) for part in ABBREVIATIONS.get(w, w).split()]
    level = next((LEVELS[w] for w in kept if w in LEVELS), "")
    core, body = _to_national(kept)
    if body is not None:
        gone = SECTION_WORDS if body in MANY_LEVELS else SECTION_WORDS | LEVELS.keys()
        core = [w for w in core if w not in gone] or core
    else:
        core = [w for w in core if w not in acronyms] or core
        if "consulta" in core:  # which of a town's is told by its theme
            core = [w for w in core if w not in CONSULTA_WORDS] or core
    core = core or telling(whole) or whole
    generic = " ".join(core) == body or is_bare(core)
    return Core(tuple(core), _best_kind(kinds, forms), level, tuple(acronyms), generic)
