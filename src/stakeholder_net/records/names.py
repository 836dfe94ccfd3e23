"""Read the name of an organisation as an Italian office writes it: core, legal form, number, town."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from stakeholder_net.records._forms import (
    ABBREVIATIONS,
    ACRONYMS,
    BRANCHES,
    COLLECTIVES,
    FORMS,
    KIND_RANK,
    NATIONAL_BODIES,
    NO_BODY,
    OFFICES,
    PLACE_PREFIXES,
    SAINTS,
    SECTION_WORDS,
    SMALL_WORDS,
    STOPWORDS,
)

__all__ = ["ParsedName", "Towns", "guess_kind", "normalise", "parse_name", "public_name"]

_APOSTROPHES = re.compile("['’‘`\u00b4\u02bc\u2032]")
_ORDINAL = re.compile(r"(?<=\d)\s*[°ºª^]")
_NUMBER_SIGN = re.compile(r"\bn\s*[°º.]\s*(?=\d)|\bnr\.?\s*(?=\d)", re.IGNORECASE)
_TIGHT_ACRONYM = re.compile(r"\b(?:[a-z]{1,2}\.){2,}(?:[a-z]{1,2}\b)?")
_LOOSE_ACRONYM = re.compile(r"\b(?:[a-z]\.\s+)+[a-z]\.")
_SPACED_ACRONYM = re.compile(r"\b(?:[a-z] ){2,}[a-z]\b")
_OTHER = re.compile(r"[^0-9a-z]+")
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
    (re.compile(r"(?:amm\w*(?: ne)? provinciale|provincia) (?:di |della )?(?P<rest>.+)"), "provincia"),
    (re.compile(r"(?:giunta )?(?:regione|reg) (?P<rest>.+)"), "regione"),
)
_UNIT_BREAK = re.compile(r"\s+[-–—]\s+|\s*[,;(]\s*")
_PARTNERSHIP = re.compile(
    r"\b(?P<form>s\.?\s?a\.?\s?s\.?|s\.?\s?n\.?\s?c\.?)\s+(?:di|of)\s.*$", re.IGNORECASE
)
_SOLE_TRADER = re.compile(
    r"\b(?:ditta individuale|impresa individuale|avv|dott|dr|ing|arch|geom|rag|libero professionista)\b"
)
_FORM_RE = re.compile(
    "|".join(rf"(?P<f{n}>\b(?:{form.pattern})(?:(?<= )|\b))" for n, form in enumerate(FORMS))
)
_COLLECTIVE_RE = re.compile("|".join(f"(?:{pattern})" for pattern in COLLECTIVES))
_WRITTEN_OUT = {"pro loco": ("pro", "loco"), "slow food": ("slow", "food")}


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def normalise(name: object) -> str:
    """Return one plain spelling for all the ways of typing the same letters.

    Case, accents, apostrophes, quotes, dots of acronyms and blanks are levelled; saints are written ``s``.
    No word is dropped.

    Parameters
    ----------
    name : object
        A name as printed; a missing value gives the empty text.

    Returns
    -------
    str
        Lower-case words of a-z and 0-9, parted by single blanks.

    Examples
    --------
    >>> normalise("P.A.Ge.F.Ha."), normalise("Pagefha")
    ('pagefha', 'pagefha')
    >>> normalise("Comunita` di SANT’EGIDIO – A. S. D.")
    'comunita di s egidio asd'
    """
    if not isinstance(name, str):
        return ""
    text = _ORDINAL.sub("", unicodedata.normalize("NFC", name))
    text = _fold(_NUMBER_SIGN.sub(" ", text))
    text = _APOSTROPHES.sub("'", text).replace("&", " e ")
    text = _TIGHT_ACRONYM.sub(lambda m: m.group().replace(".", "") + " ", text)
    text = _LOOSE_ACRONYM.sub(lambda m: re.sub(r"[.\s]", "", m.group()) + " ", text)
    text = _OTHER.sub(" ", text).strip()
    text = _SPACED_ACRONYM.sub(lambda m: m.group().replace(" ", ""), text)
    return " ".join("s" if word in SAINTS else word for word in text.split())


class Towns:
    """The towns that are known here, to be found inside a name.

    Parameters
    ----------
    names : iterable of str
        Town names in any case; the first printed form that is not all upper case is shown.

    Examples
    --------
    >>> towns = Towns(["ASCOLI PICENO", "Folignano"])
    >>> towns.named("ascoli piceno"), towns.short("Ascoli")
    ('Ascoli Piceno', 'Ascoli Piceno')
    """

    def __init__(self, names: Iterable[object] = ()) -> None:
        self._shown: dict[tuple[str, ...], str] = {}
        for name in names:
            words = tuple(normalise(name).split())
            if words and (words not in self._shown or self._shown[words].isupper()):
                self._shown[words] = (
                    title_case(str(name)) if str(name).isupper() else " ".join(str(name).split())
                )
        heads: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self._by_joined = {"".join(words): shown for words, shown in self._shown.items()}
        for words in self._shown:
            self._by_first.setdefault(words[0], []).append(words)
            for size in range(1, len(words)):
                head = words[:size]
                if len(head[-1]) > 1 and head[-1] not in STOPWORDS:
                    heads.setdefault(head, set()).add(words)
        for found in self._by_first.values():
            found.sort(key=len, reverse=True)
        # A head is a short name when one town only begins so and the head is no town itself.
        self._short = {
            head: next(iter(whole))
            for head, whole in heads.items()
            if len(whole) == 1 and head not in self._shown and len("".join(head)) > 4  # noqa: PLR2004 - 'Monte'
        }

    def __len__(self) -> int:
        return len(self._shown)

    def __iter__(self) -> Iterator[str]:
        return iter(self._shown.values())

    def named(self, name: object) -> str | None:
        """Return the town of exactly this name (blanks apart), or None."""
        return self._by_joined.get(normalise(name).replace(" ", ""))

    def short(self, name: object) -> str | None:
        """Return the only town whose name begins so, or None: Ascoli for Ascoli Piceno."""
        whole = self._short.get(tuple(normalise(name).split()))
        return self._shown[whole] if whole else None

    def find(self, words: list[str]) -> list[tuple[int, int, str]]:
        """Return (begin, end, town) for each town inside some words, left to right, the longest first."""
        found, at = [], 0
        while at < len(words):
            hit = next(
                (t for t in self._by_first.get(words[at], ()) if tuple(words[at : at + len(t)]) == t), None
            )
            if hit is None and (at == 0 or words[at - 1] not in PLACE_PREFIXES):
                for size in (3, 2, 1):
                    head = tuple(words[at : at + size])
                    if len(head) == size and head in self._short:
                        found.append((at, at + size, self._shown[self._short[head]]))
                        at += size - 1
                        break
            elif hit is not None:
                found.append((at, at + len(hit), self._shown[hit]))
                at += len(hit) - 1
            at += 1
        return found


NO_TOWNS = Towns()


@dataclass(frozen=True, slots=True)
class ParsedName:
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
    return ParsedName(text, core, frozenset({"ats"}), "ats", number, tuple(t for _, _, t in places))


def _parse_territory(text: str, head: str, unit: str, towns: Towns) -> ParsedName | None:
    """Return a municipality, province or region, or None."""
    found = _COMUNE.fullmatch(head)
    if found:
        rest = found.group("rest")
        town = towns.named(rest) or towns.short(rest)
        if town is None:
            inside = towns.find(rest.split())
            if inside and inside[0][0] == 0 and found.group("sure"):
                town, unit = inside[0][2], unit or " ".join(rest.split()[inside[0][1] :])
        if town is not None:
            return ParsedName(text, normalise(town), frozenset({"comune"}), "comune", None, (town,), unit)
        if found.group("sure"):
            return ParsedName(text, rest, frozenset({"comune"}), "comune", unit=unit)
    for pattern, form in _TERRITORY:
        found = pattern.fullmatch(head)
        if found:
            rest = " ".join(w for w in found.group("rest").split() if w not in STOPWORDS)
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


@lru_cache(maxsize=1)
def _national() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return for each first word the ways of writing out a national body, the longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for body, ways in NATIONAL_BODIES.items():
        for way in (body, *ways):
            words, _, _ = _strip_forms(normalise(way))
            table.setdefault(words[0], []).append((tuple(words), body))
    for found in table.values():
        found.sort(key=lambda row: (-len(row[0]), row))
    return table


def _strip_forms(text: str) -> tuple[list[str], frozenset[str], list[str]]:
    """Return the words without legal forms and small words, the families, and the kinds in their order."""
    families: set[str] = set()
    kinds: list[str] = []

    def drop(found: re.Match[str]) -> str:
        form = FORMS[int(str(found.lastgroup)[1:])]
        if form.family:
            families.add(form.family)
        if form.kind:
            kinds.append(form.kind)
        return found.group() if form.keep else " "

    words = _FORM_RE.sub(drop, text).split()
    core = [ABBREVIATIONS.get(w, w) for w in words if w not in STOPWORDS]
    return core or text.split(), frozenset(families), kinds


def _to_national(words: list[str]) -> tuple[list[str], bool]:
    """Replace written-out national bodies by their initials; tell whether nothing else is left."""
    table, out, at, bodies = _national(), [], 0, set()
    while at < len(words):
        hit = next(
            (row for row in table.get(words[at], ()) if tuple(words[at : at + len(row[0])]) == row[0]), None
        )
        if hit is None:
            out.append(words[at])
            at += 1
        else:
            if hit[1] not in bodies:
                out.extend(hit[1].split())
            bodies.add(hit[1])
            at += len(hit[0])
    if bodies:
        kept = [w for w in out if w not in SECTION_WORDS]
        return kept, " ".join(kept) in bodies
    return out, False


def _best_kind(kinds: list[str], families: frozenset[str]) -> str:
    """Return the most telling kind: a form outweighs a word of the name."""
    by_form = {"asd": "asd", "cooperativa": "coop_sociale", "fondazione": "fondazione", "scuola": "scuola",
               "parrocchia": "ente_religioso", "impresa": "impresa", "consorzio": "coop_sociale"}  # fmt: skip
    for family in ("asd", "cooperativa", "fondazione", "parrocchia", "scuola", "consorzio", "impresa"):
        if family in families:
            return "fondazione_bancaria" if "fondazione_bancaria" in kinds else by_form[family]
    return min(kinds, key=KIND_RANK.index) if kinds else "sconosciuto"


def _take_towns(words: list[str], towns: Towns) -> tuple[list[str], tuple[str, ...]]:
    """Take the towns out of some words, where they say where and not what."""
    found = towns.find(words)
    gone: set[int] = set()
    for begin, end, _ in found:
        linked = begin > 0 and words[begin - 1] in ("di", "a", "da", "ad", "del")
        if end == len(words) or end - begin > 1 or linked or words[end] == "e":
            gone.update(range(begin, end))
    rest = [w for n, w in enumerate(words) if n not in gone]
    if not any(w not in STOPWORDS for w in rest):
        return words, tuple(dict.fromkeys(t for _, _, t in found))
    return rest, tuple(dict.fromkeys(t for _, _, t in found))


def parse_name(name: object, *, towns: Towns | None = None) -> ParsedName:
    """Read what a name says: which body, of what legal form, where.

    Parameters
    ----------
    name : object
        A name as printed.
    towns : Towns, optional
        The towns that are known; without them no town is found in the text.

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
    if not any(c.isalpha() for c in text) or text in NO_BODY:
        return ParsedName(text, text, is_nobody=True)
    if _COLLECTIVE_RE.fullmatch(text):
        return ParsedName(text, text, is_collective=True)
    district = _parse_district(text, towns)
    if district is not None:
        return district
    name = _PARTNERSHIP.sub(lambda m: m["form"], str(name))
    head, unit, is_branch = _split_unit(name)
    place = _parse_territory(text, normalise(head), unit, towns)
    if place is not None:
        return place
    words, found = _take_towns(normalise(head if unit else name).split(), towns)
    core, families, kinds = _strip_forms(" ".join(words))
    core, is_national = _to_national(core)
    generic = is_national or not _strip_generic(core)
    if is_branch:
        core = [*core, *(w for w in unit.split() if w not in STOPWORDS)]
    return ParsedName(
        text, " ".join(core), families, _best_kind(kinds, families), None, found, unit, is_branch,
        generic and not is_branch, bool(_SOLE_TRADER.search(text)),
    )  # fmt: skip


def _strip_generic(core: list[str]) -> list[str]:
    """Return the words of a core that are not themselves a sort of body."""
    rest = _FORM_RE.sub(" ", " ".join(core)).split()
    return [w for w in rest if w not in SECTION_WORDS]


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


def _capital(word: str) -> str:
    """Return a word with capitals after a dash or an apostrophe; an article before the apostrophe stays small."""
    raised = re.sub(r"(^|['’\-\"“‘(/.])(\w)", lambda m: m[1] + m[2].upper(), word)
    return re.sub(r"^([DL]|Dell|Nell|All)(?=['’])", lambda m: m[1].lower(), raised)


def title_case(name: str) -> str:
    """Return a name printed in capitals as a person would write it; initials stay.

    Examples
    --------
    >>> title_case("PRIMAVERA COOPERATIVA SOCIALE"), title_case("AVIS COMUNALE DI FERMO ODV")
    ('Primavera Cooperativa Sociale', 'AVIS Comunale di Fermo ODV')
    """
    out = []
    for n, word in enumerate(name.split()):
        folded = _fold(word)
        plain = folded.strip("'\"().,-")
        if n and plain in SMALL_WORDS:
            out.append(folded)
        elif plain in NATIONAL_BODIES or plain in ACRONYMS or "." in word.strip("."):
            out.append(word)
        else:
            out.append(_capital(word.lower()))
    return " ".join(out)


def public_name(name: str) -> str:
    """Return a name fit to be shown: capitals softened, the partners of a small firm left out.

    Examples
    --------
    >>> public_name("Vetri SAS di Mario Rossi & C.")
    'Vetri SAS'
    """
    text = _PARTNERSHIP.sub(lambda m: m["form"], " ".join(name.split()))
    if text.isupper() and " " in text:
        text = title_case(text)
    return text[:1].upper() + text[1:]
