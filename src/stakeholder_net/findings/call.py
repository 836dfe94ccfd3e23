"""A funding call in its own words: what it asks of those who apply together."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from stakeholder_net._checks import nearest_hint, problem
from stakeholder_net._display import Shown
from stakeholder_net.errors import OptionError, Problem, UnknownNameError, UnreadableFileError
from stakeholder_net.words import KIND_GROUPS, KINDS

__all__ = ["Call", "kinds_of", "read_call", "read_calls"]

# Words that calls use and that join several groups of kinds.
FAMILIES: Final[dict[str, tuple[str, ...]]] = {
    "terzo_settore": ("associazione", "cooperativa", "fondazione"),
    "ente_pubblico_qualsiasi": ("comune", "ambito", "ente_pubblico", "sanita", "scuola_universita"),
}
_FAMILY_WORDS: Final = {
    "terzo settore": "terzo_settore",
    "ets": "terzo_settore",
    "enti del terzo settore": "terzo_settore",
    "ente del terzo settore": "terzo_settore",
    "third sector": "terzo_settore",
    "non profit": "terzo_settore",
    "pubblica amministrazione": "ente_pubblico_qualsiasi",
    "pubbliche amministrazioni": "ente_pubblico_qualsiasi",
    "ente pubblico qualsiasi": "ente_pubblico_qualsiasi",
    "any public body": "ente_pubblico_qualsiasi",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Shown):
    """A funding call: who may apply together, and what they must cover.

    Parameters
    ----------
    title : str
        Title.
    programme, reference : str
        Programme, and where the text of the call is to be found.
    example : bool
        Whether the call was made up to show how one is written.
    deadline : datetime.date or None
        Last day.
    amount : float or None
        Amount in euro.
    min_partners, max_partners : int, int or None
        How many may apply together, the lead among them.
    lead_kinds : tuple of str
        Kinds, groups of kinds or families ("terzo settore") that may lead; anybody when empty.
    required_kinds, max_kinds : mapping of str to int
        At least, at most so many partners of a kind; ``"associazione o cooperativa"`` joins two.
    allowed_kinds, excluded_kinds : tuple of str
        Kinds that may, or may not, take part.
    municipalities, themes, districts : tuple of str
        What must be covered by at least one partner each.
    seats : tuple of str
        Municipalities or districts in which every partner must have its seat; an actor whose municipality is not
        known stays out.
    min_municipalities, min_themes : int or None
        When not all need be covered: how many. Without a list: how many different ones.
    must_have, excluded : tuple of str
        Actors, by name or id.
    incompatible : tuple of tuple of str
        Actors of whom at most one may take part.
    seen_since : datetime.date or None
        Who is in no register must be on record on or after this day: old records name bodies that are no more. An
        actor without a dated record stays in.
    max_load : int or None
        In how many coalitions of a plan one actor may be; `loads` says it for single actors.
    limits : mapping of str to float
        Column of the actors (a cost, for instance) whose sum over the partners must not pass a
        number; an actor without a value stays out.
    award_kinds, award_municipalities, award_themes : tuple of str
        What earns points without being required.

    Raises
    ------
    OptionError
        When numbers contradict themselves or a word stands for no kind.

    Examples
    --------
    >>> Call(title="Prova", min_partners=3, required_kinds={"comune": 1, "terzo settore": 2}).min_partners
    3
    """

    title: str
    programme: str = ""
    reference: str = ""
    example: bool = False
    deadline: dt.date | None = None
    amount: float | None = None
    min_partners: int = 2
    max_partners: int | None = None
    lead_kinds: tuple[str, ...] = ()
    required_kinds: Mapping[str, int] = field(default_factory=dict, hash=False)
    max_kinds: Mapping[str, int] = field(default_factory=dict, hash=False)
    allowed_kinds: tuple[str, ...] = ()
    excluded_kinds: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    min_municipalities: int | None = None
    districts: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    min_themes: int | None = None
    must_have: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    incompatible: tuple[tuple[str, ...], ...] = ()
    seen_since: dt.date | None = None
    max_load: int | None = None
    loads: Mapping[str, int] = field(default_factory=dict, hash=False)
    limits: Mapping[str, float] = field(default_factory=dict, hash=False)
    award_kinds: tuple[str, ...] = ()
    award_municipalities: tuple[str, ...] = ()
    award_themes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.min_partners < 1:
            raise OptionError(f"min_partners={self.min_partners} must be at least 1.")
        if self.max_partners is not None and self.max_partners < self.min_partners:
            raise OptionError(
                f"max_partners={self.max_partners} is smaller than min_partners={self.min_partners}.",
                "Swap the two.",
            )
        for name in ("required_kinds", "max_kinds", "loads"):
            for word, count in getattr(self, name).items():
                if count < 0:
                    raise OptionError(f"{name}: {word} = {count} must not be negative.")
        listed = {"min_municipalities": self.municipalities, "min_themes": self.themes}
        for name, values in listed.items():
            least = getattr(self, name)
            if least is not None and (least < 0 or (values and least > len(values))):
                raise OptionError(
                    f"{name}={least} must lie between 0 and the {len(values)} that the call lists."
                )

    @property
    def asks_nothing(self) -> bool:
        """Whether the call has no requirement that could tell one coalition from another."""
        asked = (
            self.lead_kinds,
            self.required_kinds,
            self.max_kinds,
            self.allowed_kinds,
            self.excluded_kinds,
            self.municipalities,
            self.min_municipalities,
            self.districts,
            self.seats,
            self.themes,
            self.min_themes,
            self.must_have,
            self.excluded,
            self.incompatible,
            self.seen_since,
            self.limits,
            self.award_kinds,
            self.award_municipalities,
            self.award_themes,
            self.max_partners,
        )
        return not any(asked)


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return re.sub(r"[\s_\-]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def _kind_words() -> dict[str, frozenset[str]]:
    """Return every word for a kind and the kinds that it stands for; the wider meaning wins."""
    known = tuple(code for code in KINDS if code != "sconosciuto")
    words: dict[str, frozenset[str]] = {}
    for code in known:
        kind = KINDS[code]
        for word in (code, kind.it, kind.en, *kind.aliases):
            words.setdefault(_folded(word), frozenset({code}))
    for code, labels in KIND_GROUPS.items():
        group = frozenset(kind for kind in known if KINDS[kind].group == code)
        words |= {_folded(word): group for word in (code, *labels)}
    for word, family in _FAMILY_WORDS.items():
        words[_folded(word)] = frozenset(kind for kind in known if KINDS[kind].group in FAMILIES[family])
    return words


def kinds_of(word: str, *, known: Iterable[str] = ()) -> frozenset[str]:
    """Which kinds of actor does a word of a call stand for?

    Parameters
    ----------
    word : str
        A kind, a group of kinds, a family, by code or label, Italian or English; ``"a o b"`` and ``"a | b"`` join.
    known : iterable of str
        Further kinds that occur in a network.

    Raises
    ------
    UnknownNameError
        When the word stands for none; names the nearest.

    Examples
    --------
    >>> sorted(kinds_of("cooperative sociali")), len(kinds_of("terzo settore")) > 5
    (['coop_sociale'], True)
    """
    words = _kind_words()
    own = {_folded(kind): frozenset({kind}) for kind in known}
    found: frozenset[str] = frozenset()
    for part in re.split(r"\s*\|\s*|\s+(?:o|oppure|or)\s+", word.strip()):
        folded = _folded(part)
        match = own.get(folded, frozenset()) | words.get(folded, frozenset())
        if not match:
            raise UnknownNameError(
                f"'{part[:80]}' is not a kind of actor.",
                (nearest_hint(folded, [*words, *own]) or " Known: " + ", ".join(sorted(KINDS)) + ".").strip(),
            )
        found |= match
    return found


# --- the words of the file ------------------------------------------------------------------------------------------
_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "title": ("titolo",),
    "programme": ("programma", "fondo"),
    "reference": ("riferimento", "fonte", "source"),
    "example": ("esempio",),
    "deadline": ("scadenza",),
    "amount": ("importo", "dotazione"),
    "min_partners": ("minimo_partner", "partner_minimi"),
    "max_partners": ("massimo_partner", "partner_massimi"),
    "lead_kinds": ("capofila", "puo_guidare", "lead"),
    "required_kinds": ("tipi_richiesti", "tipi_obbligatori"),
    "max_kinds": ("tipi_massimi",),
    "allowed_kinds": ("tipi_ammessi",),
    "excluded_kinds": ("tipi_esclusi",),
    "municipalities": ("comuni", "comuni_da_coprire"),
    "min_municipalities": ("minimo_comuni", "comuni_minimi"),
    "districts": ("ambiti", "ambiti_da_coprire"),
    "seats": ("sede_in", "sedi"),
    "themes": ("temi", "competenze", "temi_da_coprire"),
    "min_themes": ("minimo_temi", "temi_minimi"),
    "must_have": ("enti_obbligatori", "deve_esserci"),
    "excluded": ("enti_esclusi",),
    "incompatible": ("incompatibili", "incompatibilita"),
    "seen_since": ("visti_dal", "attivi_dal", "active_since"),
    "max_load": ("carico_massimo",),
    "loads": ("carichi", "carico_per_ente"),
    "limits": ("limiti",),
    "award_kinds": ("tipi_premiati",),
    "award_municipalities": ("comuni_premiati",),
    "award_themes": ("temi_premiati",),
}
_BY_WORD: Final = {word: name for name, words in _KEYS.items() for word in (name, *words)}
_KIND_FIELDS: Final = (
    "lead_kinds", "required_kinds", "max_kinds", "allowed_kinds", "excluded_kinds", "award_kinds",
)  # fmt: skip


def read_call(path: str | Path) -> Call:
    """What does a call ask, in its own words?

    Parameters
    ----------
    path : str or path
        The file; keys in Italian (``minimo_partner``) or English (``min_partners``).

    Returns
    -------
    Call
        The call.

    Raises
    ------
    UnreadableFileError
        When the file does not exist or is not TOML.
    OptionError
        When a key or a word is not known (with the nearest one) or a value is not of the right sort; all faults at
        once.
    """
    file = Path(path)
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        others = sorted(other.name for other in file.parent.glob("*.toml")) if file.parent.is_dir() else []
        raise UnreadableFileError(
            problem(
                "missing_file",
                file=file.name,
                base=str(file.parent.name or "."),
                nearest=nearest_hint(file.name, others),
            )
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableFileError(
            problem(
                "bad_file", file=file.name, expected="TOML (UTF-8)", found=str(error).splitlines()[0][:120]
            )
        ) from error
    values, faults = _values(raw)
    if "title" not in values:
        values["title"] = file.stem
    if faults:
        more = f" (and {len(faults) - 1} more: {'; '.join(faults[1:6])})" if len(faults) > 1 else ""
        raise OptionError(f"{file.name}: {faults[0]}{more}")
    try:
        return Call(**values)
    except OptionError as error:
        raise OptionError(f"{file.name}: {error.message}", error.hint) from error


def read_calls(folder: str | Path) -> list[Call]:
    """Which calls are open? Read every ``*.toml`` of a folder, in the order of their names.

    Parameters
    ----------
    folder : str or path
        The folder.

    Raises
    ------
    UnreadableFileError
        When the folder does not exist, or a file cannot be read.
    """
    where = Path(folder)
    if not where.is_dir():
        fault: Problem = problem("missing_folder", file=where.name, name=where.name)
        raise UnreadableFileError(fault)
    return [read_call(file) for file in sorted(where.glob("*.toml")) if not file.name.startswith("modulo")]


def _values(raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the fields that a file sets, and every fault of it."""
    values: dict[str, Any] = {}
    faults: list[str] = []
    for key, given in raw.items():
        name = _BY_WORD.get(_folded(key).replace(" ", "_"))
        if name is None:
            faults.append(f"the key '{key[:80]}' is not known.{nearest_hint(key, _BY_WORD)}")
            continue
        try:
            values[name] = _READERS[name](given)
        except (TypeError, ValueError):
            faults.append(f"{key} = {str(given)[:60]!r} is not {_SORTS[name]}.")
            continue
        if name in _KIND_FIELDS:
            for word in values[name]:
                try:
                    kinds_of(word)
                except UnknownNameError as error:
                    faults.append(f"{key}: {error}")
    return values, faults


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise TypeError
    return given.strip()


def _texts(given: object) -> tuple[str, ...]:
    if isinstance(given, str):
        return (_text(given),)
    if not isinstance(given, list):
        raise TypeError
    return tuple(_text(item) for item in given)


def _whole(given: object) -> int:
    if not isinstance(given, int) or isinstance(given, bool):
        raise TypeError
    return given


def _real(given: object) -> float:
    if not isinstance(given, int | float) or isinstance(given, bool):
        raise TypeError
    return float(given)


def _flag(given: object) -> bool:
    if not isinstance(given, bool):
        raise TypeError
    return given


def _day(given: object) -> dt.date:
    if isinstance(given, dt.datetime):
        return given.date()
    if isinstance(given, dt.date):
        return given
    return dt.date.fromisoformat(_text(given))


def _counts(given: object) -> dict[str, int]:
    if isinstance(given, list | str):  # a plain list of kinds asks for one of each
        return dict.fromkeys(_texts(given), 1)
    if not isinstance(given, dict):
        raise TypeError
    return {_text(word): _whole(count) for word, count in given.items()}


def _reals(given: object) -> dict[str, float]:
    if not isinstance(given, dict):
        raise TypeError
    return {_text(word): _real(count) for word, count in given.items()}


def _sets(given: object) -> tuple[tuple[str, ...], ...]:
    if not isinstance(given, list):
        raise TypeError
    return tuple(_texts(item) for item in given)


_SORT_READERS: Final = {
    "text": (_text, "a text"),
    "texts": (_texts, "a list of texts"),
    "whole": (_whole, "a whole number"),
    "real": (_real, "a number"),
    "flag": (_flag, "true or false"),
    "day": (_day, "a date such as 2027-03-31"),
    "counts": (_counts, "a table of words and whole numbers"),
    "reals": (_reals, "a table of words and numbers"),
    "sets": (_sets, "a list of lists of names"),
}
_SORT_OF: Final = {
    "str": "text",
    "bool": "flag",
    "dt.date | None": "day",
    "float | None": "real",
    "int": "whole",
    "int | None": "whole",
    "tuple[str, ...]": "texts",
    "Mapping[str, int]": "counts",
    "Mapping[str, float]": "reals",
    "tuple[tuple[str, ...], ...]": "sets",
}
_READERS: Final = {each.name: _SORT_READERS[_SORT_OF[str(each.type)]][0] for each in fields(Call)}
_SORTS: Final = {each.name: _SORT_READERS[_SORT_OF[str(each.type)]][1] for each in fields(Call)}
