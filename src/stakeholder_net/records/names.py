"""Read the name of an organisation as an Italian office writes it: core, legal form, number, town."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from stakeholder_net._display import Shown
from stakeholder_net.records._core import Core, core_of, is_bare, mend_forms, strip_forms
from stakeholder_net.records._forms import (
    BRANCHES,
    COLLECTIVES,
    MUNICIPAL_BRANCHES,
    NO_BODY,
    OFFICES,
    SECTIONS,
    STOPWORDS,
    UNIVERSITIES,
    UNIVERSITY_PARTS,
)
from stakeholder_net.records._letters import PARTNERSHIP, normalise, public_name, title_case
from stakeholder_net.records._towns import NO_TOWNS, Found, Towns

__all__ = [
    "ParsedName",
    "Towns",
    "guess_kind",
    "names_nobody",
    "normalise",
    "parse_name",
    "public_name",
    "title_case",
]

AT_PLACE = frozenset(("di", "a", "da", "ad", "del"))
PLAIN_LINKS = frozenset(("di", "a", "ad", "da"))  # no article: a place has none
TOWN_WORDS = frozenset(("citta", "comune", "provincia", "prov"))
PROVINCE_WORDS = frozenset(("provincia", "prov"))
_ROMAN = re.compile(r"(?=[ivxl])(xl|l?x{0,3})(ix|iv|v?i{0,3})")
_AMBITO = re.compile(
    r"(?P<long>\bambit[oi] (?:territorial[ei] )?social[ei]\b|\bambito(?: territoriale)?\b)|\ba ?t ?s ?(?=\d|\b)"
)
_SCOPO = re.compile(r"\bassociazione temporanea di (?:scopo|impres[ae])\b|\bati\b|\brti\b")
_COMUNE = re.compile(
    r"(?:il |la )?(?:(?P<sure>comune|municipio|amm\w*(?: ne)? comunale)|(?P<maybe>citta|com|comunale))\b ?"
    r"(?:di |del |della |d )?(?P<rest>.*)"
)
_TERRITORY = (
    (re.compile(r"(?:amm\w*(?: ne)? prov\w*|provincia|prov) (?:di |della )?(?P<rest>.+)"), "provincia"),
    (re.compile(r"(?:giunta )?(?:regione|reg|r) (?P<rest>.+)"), "regione"),
)
_PROVINCE = re.compile(r"\(\s*[A-Z]{2}\s*\)")
_UNIT_BREAK = re.compile(r"\s+[-–—]\s+|\s*[,;(]\s*")
_SOLE_TRADER = re.compile(
    r"\b(?:ditta individuale|impresa individuale|avv|dott|dr|ing|arch|geom|rag|libero professionista)\b"
)
_SHORTENED = re.compile(
    r"[\s,;:(-]*\b(?:(?:in|con) forma abbreviata|siglabile|abbreviabile in)\b[\s:]*", re.IGNORECASE
)
_COLLECTIVE_RE = re.compile("|".join(f"(?:{pattern})" for pattern in COLLECTIVES))


@dataclass(frozen=True, slots=True)
class ParsedName(Shown):
    """What a name says.

    Parameters
    ----------
    text : str
        The whole name, normalised.
    core : str
        What is left without legal form, small words and town: two spellings of one body share it.
    forms : frozenset of str
        Families of legal forms that are named (association, cooperative, foundation, ...); empty when none is.
    kind : str
        Kind of actor to which the name points, ``"sconosciuto"`` when it gives no cue.
    number : int or None
        Number of a social-services district, from Roman or Arabic figures.
    towns : tuple of str
        Known towns in the name, in their order.
    unit : str
        Office or branch behind the name, normalised.
    is_branch : bool
        Whether the unit may act for itself (a school of a university), unlike an office.
    is_generic : bool
        Whether the core is borne by many bodies and only the town tells them apart (Pro Loco, Avis).
    is_person_like : bool
        Whether it is one person's business.
    is_nobody : bool
        Whether it names a person or nothing at all.
    is_collective : bool
        Whether it names many bodies in one word.
    level : str
        Level at which a section stands (comunale, provinciale, regionale, nazionale), where it is said.
    acronyms : tuple of str
        Initials that the name itself spells out.
    head_core : str
        What the spellings of the body share of which this is a branch: form of a place, colon, core without blanks.
    is_part : bool
        Whether it is a branch, or a school or department of a university, however that is written.
    """

    text: str
    core: str
    forms: frozenset[str] = frozenset()
    kind: str = "sconosciuto"
    number: int | None = None
    towns: tuple[str, ...] = ()
    unit: str = ""
    is_branch: bool = False
    is_generic: bool = False
    is_person_like: bool = False
    is_nobody: bool = False
    is_collective: bool = False
    level: str = ""
    acronyms: tuple[str, ...] = ()
    head_core: str = ""
    is_part: bool = False

    @property
    def form(self) -> str:
        """Family of the legal form; several are joined by a plus."""
        return "+".join(sorted(self.forms))

    @property
    def municipality_hint(self) -> str | None:
        """First town in the name, or None."""
        return self.towns[0] if self.towns else None


def _roman(word: str) -> int | None:
    if not _ROMAN.fullmatch(word):
        return None
    values = {"i": 1, "v": 5, "x": 10, "l": 50}
    total = 0
    for here, after in zip(word, [*word[1:], ""], strict=True):
        value = values[here]
        total += -value if after and values[after] > value else value
    return total


def _district_number(words: list[str]) -> int | None:
    for word in words:
        if word.isdigit() and len(word) <= 2:  # noqa: PLR2004 - a year is no number of a district
            return int(word)
        number = _roman(word)
        if number:
            return number
    return None


def _parse_district(text: str, towns: Towns) -> ParsedName | None:
    """Return a social-services district, or None: a temporary association is none, whatever its initials."""
    found = _AMBITO.search(text)
    if found is None or _SCOPO.search(text) or found.start() > len("comune capofila "):
        return None
    rest = re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", " ", text[found.end() :]).split()
    number = _district_number(rest)
    places = towns.find(rest)
    words = [w for w in rest if w not in STOPWORDS and not w.isdigit() and _roman(w) is None]
    if number is None and not places and not found.group("long"):
        return None  # initials alone may be anything
    if number is None and not words:
        return None
    core = f"ats {number}" if number is not None else "ats " + " ".join(words)
    return ParsedName(text, core, frozenset({"ats"}), "ats", number, tuple(t.town for t in places))


def _parse_territory(text: str, head: str, unit: str, towns: Towns) -> ParsedName | None:
    """Return a municipality, province or region, or None."""
    found = _COMUNE.fullmatch(head)
    if found:
        rest = found.group("rest")
        town = towns.named(rest) or towns.short(rest)
        if town is None:
            inside = towns.find(rest.split())
            if inside and inside[0].begin == 0 and found.group("sure"):
                town, unit = inside[0].town, unit or " ".join(rest.split()[inside[0].end :])
        if town is not None:
            return ParsedName(text, normalise(town), frozenset({"comune"}), "comune", None, (town,), unit)
        if found.group("sure"):
            return ParsedName(text, rest, frozenset({"comune"}), "comune", unit=unit)
    for pattern, form in _TERRITORY:
        found = pattern.fullmatch(head)
        if found:
            town = towns.named(found.group("rest")) or towns.short(found.group("rest"))
            rest = " ".join(
                w for w in (normalise(town) if town else found.group("rest")).split() if w not in STOPWORDS
            )
            return ParsedName(text, rest, frozenset({form}), form, unit=unit)
    return None


def _split_unit(name: str) -> tuple[str, str, bool]:
    """Return the name before an office or branch, the unit, and whether it is a branch."""
    parts = _UNIT_BREAK.split(name)
    for n, part in enumerate(parts[1:], start=1):
        words = normalise(part)
        if words.startswith(OFFICES):
            return " - ".join(parts[:n]), " ".join(normalise(p) for p in parts[n:]), False
        if words.startswith(BRANCHES):
            return " - ".join(parts[:n]), " ".join(normalise(p) for p in parts[n:]), True
    return name, "", False


def _full_name(name: str) -> str:
    """Return a name without the short one that it gives itself behind; that one where nothing else tells the body."""
    found = _SHORTENED.search(name)
    if found is None:
        return name
    head, tail = name[: found.start()], name[found.end() :]
    return tail if is_bare(mend_forms(normalise(head).split())) and tail.strip() else head


def _municipal_branch(place: ParsedName, towns: Towns) -> ParsedName:
    """Return a council, library or museum of a municipality as a body of its own, of that town."""
    own = parse_name(place.unit, towns=towns)
    words = tuple(w for w in own.core.split() if w not in TOWN_WORDS)
    return replace(
        own,
        text=place.text,
        core=" ".join(words) or own.core,
        towns=tuple(dict.fromkeys((*own.towns, *place.towns))),
        unit=place.unit,
        is_branch=True,
        head_core="comune:" + place.core.replace(" ", ""),
        is_part=True,
    )


def _take_towns(words: list[str], found: list[Found]) -> list[str]:
    """Take the towns out of some words, where they say where and not what."""
    gone: set[int] = set()
    for at in found:
        linked = at.begin > 0 and words[at.begin - 1] in AT_PLACE
        last = all(w in STOPWORDS for w in words[at.end :])
        if last or at.end - at.begin > 1 or linked or words[at.end] == "e":
            gone.update(range(at.begin, at.end))
            if linked and at.begin > 1 and words[at.begin - 2] in TOWN_WORDS:
                gone.update((at.begin - 2, at.begin - 1))
    rest = [w for n, w in enumerate(words) if n not in gone]
    every = {n for at in found for n in range(at.begin, at.end)}
    others = [w for n, w in enumerate(words) if n not in every]
    if found and is_bare(others) and any(w not in STOPWORDS for w in others):
        return others
    return rest if any(w not in STOPWORDS for w in rest) else words


def _without_province(words: list[str], found: list[Found]) -> list[Found]:
    """Leave out the town after which a province is called, where another town is named as well."""
    towns = [at for at in found if not (at.begin > 1 and words[at.begin - 2] in PROVINCE_WORDS)]
    return towns or found


def _is_meant(at: Found, words: list[str], core: Core, municipality: str) -> bool:
    """Whether a town that is written short or with a slip is meant, and not a word that only looks like one."""
    if municipality:
        return normalise(at.town) == normalise(municipality)
    called = at.begin > 0 and words[at.begin - 1] in PLAIN_LINKS and at.end == len(words)
    return called or core.is_generic


@dataclass(frozen=True, slots=True)
class _Reading:
    """A name that has lost its forms and towns."""

    core: Core
    forms: frozenset[str]
    found: list[Found]


def _read(plain: list[str], towns: Towns, municipality: str) -> _Reading:
    """Take forms and towns off a name; a town that is not surely one only where it is meant."""
    mended = towns.mended(plain)
    words, forms, kinds = strip_forms(mended)
    written = set(plain)
    found = [
        at._replace(sure=at.sure and written.issuperset(words[at.begin : at.end])) for at in towns.find(words)
    ]
    core = core_of(_take_towns(words, _without_province(words, found)), forms, kinds, mended)
    if not all(at.sure or _is_meant(at, words, core, municipality) for at in found):
        words, forms, kinds = strip_forms(plain)
        found = [at for at in towns.find(words) if at.sure]
        core = core_of(_take_towns(words, _without_province(words, found)), forms, kinds, plain)
    return _Reading(core, forms, _without_province(words, found))


def _says_nobody(text: str) -> bool:
    return not any(c.isalpha() for c in text) or text in NO_BODY


def names_nobody(name: object) -> bool:
    """Return whether a name is a dash, *nobody* or the like: what ``parse_name(name).is_nobody`` says, at once.

    Examples
    --------
    >>> names_nobody("---"), names_nobody("Croce Verde")
    (True, False)
    """
    return _says_nobody(normalise(name))


def parse_name(name: object, *, towns: Towns | None = None, municipality: str = "") -> ParsedName:
    """Read what a name says: which body, of what legal form, where.

    Parameters
    ----------
    name : object
        A name as printed.
    towns : Towns, optional
        The towns that are known; without them no town is found in the text.
    municipality : str
        Town beside the name, if any: it tells whether a town written short or with a slip is meant.

    Returns
    -------
    ParsedName

    Examples
    --------
    >>> parse_name("Cooperativa Sociale P.A.Ge.F.Ha. onlus").core
    'pagefha'
    >>> [parse_name(n).core for n in ("Ambito territoriale sociale XXII del Piceno", "Ats22", "Ambito Sociale 22")]
    ['ats 22', 'ats 22', 'ats 22']
    >>> anffas = parse_name("associazione Anffas Onlus di Grottammare", towns=Towns(["Grottammare"]))
    >>> anffas.core, anffas.municipality_hint, anffas.is_generic
    ('anffas', 'Grottammare', True)
    """
    towns = NO_TOWNS if towns is None else towns
    text = normalise(name)
    if _says_nobody(text):
        return ParsedName(text, text, is_nobody=True)
    if _COLLECTIVE_RE.fullmatch(text):
        return ParsedName(text, text, is_collective=True)
    district = _parse_district(text, towns)
    if district is not None:
        return district
    whole = _full_name(PARTNERSHIP.sub(lambda m: m["form"], _PROVINCE.sub(" ", str(name))))
    head, unit, is_branch = _split_unit(whole)
    plain = mend_forms(normalise(head).split())
    place = _parse_territory(text, " ".join(towns.mended(plain)), unit, towns)
    if place is not None:
        return _municipal_branch(place, towns) if place.unit.startswith(MUNICIPAL_BRANCHES) else place
    read = _read(plain, towns, municipality)
    if is_branch and read.core.is_generic and unit.startswith(SECTIONS):
        is_branch, read = False, _read(mend_forms(normalise(whole).split()), towns, municipality)
    core = read.core
    branch = tuple(w for w in unit.split() if w not in STOPWORDS) if is_branch else ()
    found = [*read.found, *(towns.find(unit.split()) if is_branch else ())]
    words = {*core.words, *branch}
    return ParsedName(
        text=text,
        core=" ".join((*core.words, *branch)),
        forms=read.forms,
        kind=core.kind,
        towns=tuple(dict.fromkeys(at.town for at in found)),
        unit=unit,
        is_branch=is_branch,
        is_generic=core.is_generic and not is_branch,
        is_person_like=bool(_SOLE_TRADER.search(text)),
        level=core.level,
        acronyms=core.acronyms,
        head_core=":" + "".join(core.words) if is_branch else "",
        is_part=is_branch or bool(words & UNIVERSITIES and words & UNIVERSITY_PARTS),
    )


def guess_kind(name: object) -> str:
    """Which kind of body does this name speak of?

    Returns
    -------
    str
        Code of ``words.KINDS``; ``"sconosciuto"`` when the name gives no cue.

    Examples
    --------
    >>> guess_kind("IC Folignano"), guess_kind("Comune di Ascoli"), guess_kind("Defloyd")
    ('scuola', 'comune', 'sconosciuto')
    """
    return parse_name(name).kind
