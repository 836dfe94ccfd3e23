"""From the cells of tables to spellings: each way of printing a name, once, with its town and code."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from stakeholder_net._checks import problem
from stakeholder_net.errors import Problem
from stakeholder_net.records._codes import is_personal_code, tax_code
from stakeholder_net.records._sharing import Sharing
from stakeholder_net.records.names import ParsedName, Towns, normalise, parse_name

__all__ = [
    "Aliases",
    "Reader",
    "Spelling",
    "actor_id_of",
    "each_text",
    "known_towns",
    "mention_key",
    "read_mentions",
    "read_register",
]

MENTION_COLUMNS = ("name", "municipality", "tax_code", "kind", "table", "where", "bare_town", "held_in",
                   "source_file", "source_sheet", "source_row")  # fmt: skip
REGISTER_COLUMNS = ("name", "kind", "municipality", "tax_code", "ipa_code", "istat_code", "district", "population",
                    "themes", "source_file", "source_sheet", "source_row")  # fmt: skip
# Bodies of which the place is the name: a town column beside them says nothing more.
PLACED = frozenset({"comune", "provincia", "regione", "ats"})
SEPARATOR = "\x1f"
KEY_SIZE = 20  # hexadecimal figures: 80 bits
_OF_TOWN = re.compile(r"^\s*(?:comune|citt[aà]'?)\s+(?:di|del|della|d['’])\s*", re.IGNORECASE)
_COMUNE_OF = re.compile(r"comune\s+di\s+([^\W\d_]+(?:['’ -][^\W\d_]+){0,4})", re.IGNORECASE)


def text_of(value: object) -> str:
    """Return a cell as text; a missing value is the empty text."""
    missing = value is None or value is pd.NA or value != value  # noqa: PLR0124 - NaN is not itself
    return "" if missing else str(value).strip()


def each_text(cells: pd.Series) -> npt.NDArray[np.object_]:
    """Return the text of each cell; each different cell is looked at once."""
    codes, values = pd.factorize(cells)
    return np.array([*map(text_of, values), ""], dtype=object)[codes]


def mention_key(name: object, municipality: object = None, code: object = None) -> str:
    """Return the key under which a spelling meets the same decision in every file for ever.

    Examples
    --------
    >>> mention_key("P.A.Ge.F.Ha.") == mention_key("pagefha")
    True
    """
    parts = (normalise(name), _town_text(text_of(municipality)), tax_code(code) or "")
    return hashlib.sha256(SEPARATOR.join(parts).encode()).hexdigest()[:KEY_SIZE]


def actor_id_of(key: str, size: int = 8) -> str:
    """Return the opaque id that is minted from a mention key."""
    return "a-" + base64.b32encode(bytes.fromhex(key)).decode().lower()[:size]


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way of printing a name, with the town and code beside it.

    Parameters
    ----------
    name, municipality, code, kind : str
        As given; empty where nothing is.
    parsed : ParsedName
        What the name says.
    key : str
        Under which it meets the same decision for ever.
    registered, aliased : bool
        Whether it stands in the register; whether the alias file gave the name.
    inner_places : frozenset of str
        Towns in the name, blanks left out: a line break may stand inside them.
    places : frozenset of str
        Where the body may be; empty when that is not known or is its name.
    """

    name: str
    municipality: str
    code: str
    kind: str
    parsed: ParsedName
    key: str
    registered: bool = False
    aliased: bool = False
    inner_places: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    @property
    def core_key(self) -> str:
        """What equal names share; blanks do not count."""
        core = self.parsed.core.replace(" ", "")
        placed = next(iter(self.parsed.forms & PLACED), "")
        return f"{placed}:{core}"


def places_of(parsed: ParsedName, municipality: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the towns in a name, and those in it or beside it."""
    if parsed.forms & PLACED:
        return frozenset(), frozenset()
    beside = solid(municipality)
    inside = frozenset(solid(t) for t in parsed.towns)
    return inside, inside if inside and parsed.is_generic else inside | ({beside} - {""})


@lru_cache(maxsize=20_000)
def _town_text(town: str) -> str:
    return normalise(town)


@lru_cache(maxsize=20_000)
def solid(town: str) -> str:
    """Return a town's name without blanks, marks and case."""
    return normalise(town).replace(" ", "")


def fault(
    code: str, row: Mapping[Hashable, object], severity: str, *, value: object = None, **params: str
) -> Problem:
    """Return the Problem of a mention, with the place from which it came."""
    number = text_of(row["source_row"])
    return problem(
        code,
        table=text_of(row["table"]),
        file=text_of(row["source_file"]),
        sheet=text_of(row["source_sheet"]),
        row=int(float(number)) if number else None,
        value=value,
        severity=severity,
        **params,
    )


class Aliases:
    """What the alias file says about a spelling in a place."""

    def __init__(self, aliases: pd.DataFrame | None, what: tuple[str, ...]) -> None:
        self.by_text: dict[tuple[str, str], tuple[str, str, str]] = {}
        self.in_places = False
        if aliases is None:
            return
        for row in aliases.to_dict("records"):
            sort = text_of(row.get("what")) or "actor"
            if sort not in what:
                continue
            for where in text_of(row.get("only_in")).replace(";", ",").split(","):
                key = (normalise(row["spelling"]), where.strip())
                self.in_places |= bool(key[1])
                self.by_text[key] = (sort, text_of(row.get("name")), text_of(row.get("reason")))

    def look_up(self, name: str, where: str) -> tuple[str, str, str] | None:
        """Return (what, name, reason), or None; an alias of an alias is followed."""
        seen: set[str] = set()
        found: tuple[str, str, str] | None = None
        text = normalise(name)
        while text and text not in seen:
            seen.add(text)
            hit = self.by_text.get((text, where)) or self.by_text.get((text, ""))
            if hit is None:
                return found
            found, text = hit, normalise(hit[1])
            if hit[0] == "not_an_actor":
                return found
        return found


def with_columns(frame: pd.DataFrame | None, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return a copy that has these columns, missing ones empty."""
    out = pd.DataFrame(columns=list(columns), dtype="object") if frame is None else frame.copy()
    for column in columns:
        if column not in out.columns:
            out[column] = pd.NA
    return out


def known_towns(mentions: pd.DataFrame, register: pd.DataFrame, towns: Iterable[str] | None = None) -> Towns:
    """Gather the towns: those given, of the register, beside the mentions; else those whose Comune is mentioned."""
    names: list[object] = [] if towns is None else list(towns)
    names += [_OF_TOWN.sub("", str(name)) for name in register.loc[register["kind"] == "comune", "name"]]
    for table in (register, mentions):
        names += list(table["municipality"].dropna().unique())
    return Towns(names or _named_comuni(mentions["name"]))


def _named_comuni(names: pd.Series) -> list[str]:
    """Return the towns whose Comune is named; a short form of another's name is left out."""
    found = {
        hit[1].strip() for name in names.dropna().unique() if (hit := _COMUNE_OF.fullmatch(str(name).strip()))
    }
    plain = {town: normalise(town) for town in found}
    return sorted(t for t in found if not any(other.startswith(plain[t] + " ") for other in plain.values()))


def _parse_all(towns: Towns, names: list[tuple[str, str]]) -> list[ParsedName]:
    return [parse_name(name, towns=towns, municipality=municipality) for name, municipality in names]


class Reader:
    """Turn cells into spellings, each once."""

    def __init__(self, towns: Towns) -> None:
        self.towns = towns
        self.spellings: list[Spelling] = []
        self._parsed: dict[tuple[str, str], ParsedName] = {}
        self.number_of: dict[tuple[str, str, str, bool], int] = {}

    def parse(self, name: str, municipality: str = "") -> ParsedName:
        """Return what a name says; each is read once."""
        key = (name, municipality)
        if key not in self._parsed:
            self._parsed[key] = parse_name(name, towns=self.towns, municipality=municipality)
        return self._parsed[key]

    def foresee(self, cells: pd.DataFrame, share: Sharing) -> None:
        """Read the names of some cells beforehand, shared out: most of the time goes here."""
        if share.parts == 1:
            return
        wanted = dict.fromkeys(
            zip(cells["name"].map(text_of), cells["municipality"].map(text_of), strict=True)
        )
        names = list(wanted)
        size = max(1, -(-len(names) // share.parts))
        parts = [names[begin : begin + size] for begin in range(0, len(names), size)]
        for part, parsed in zip(parts, share.run(_parse_all, self.towns, parts), strict=True):
            self._parsed.update(zip(part, parsed, strict=True))

    def town_of(self, name: str) -> str | None:
        """Return the town when a name is nothing but a town's."""
        return self.towns.named(name) or self.towns.short(name)

    def held_in(self, place: str) -> str:
        """Return the town in which a place of meeting lies, or nothing: Sala consiliare, Folignano."""
        return next((found.town for found in self.towns.find(normalise(place).split()) if found.sure), "")

    def add(  # noqa: PLR0913 - one argument a column
        self, name: str, municipality: str, code: str, kind: str, *, registered: bool, aliased: bool
    ) -> int:
        """Return the number of a spelling, new or known."""
        key = (name, municipality, code, registered)
        if key not in self.number_of:
            parsed = self.parse(name, municipality)
            if parsed.forms == {"comune"} and not parsed.core and municipality:
                name = f"Comune di {self.towns.named(municipality) or municipality}"
                parsed = self.parse(name, municipality)
            self.number_of[key] = len(self.spellings)
            self.spellings.append(
                Spelling(
                    name,
                    municipality,
                    code,
                    kind,
                    parsed,
                    mention_key(name, municipality, code),
                    registered,
                    aliased,
                    *places_of(parsed, municipality),
                )
            )
        return self.number_of[key]

    def settle_order(self, *numbers: list[int]) -> tuple[list[int], ...]:
        """Put the spellings in an order that does not hang on that of the rows; return numbers as they are then.

        Where two candidates are equally near, the one that comes first wins: it must be the same in every file.
        """
        order = sorted(
            range(len(self.spellings)),
            key=lambda n: (
                (s := self.spellings[n]).key,
                s.name,
                s.municipality,
                s.code,
                s.kind,
                s.registered,
                s.aliased,
            ),
        )
        place = {old: new for new, old in enumerate(order)} | {-1: -1}
        self.spellings = [self.spellings[n] for n in order]
        self.number_of = {key: place[n] for key, n in self.number_of.items()}
        return tuple([place[n] for n in some] for some in numbers)


@dataclass
class Reading:
    """What became of each mention before any joining."""

    number: list[int]
    rule: list[str]
    detail: list[str]
    problems: list[Problem]


def read_register(register: pd.DataFrame, reader: Reader, *, registered: bool = True) -> list[int]:
    """Turn each row of the register into a spelling; a bare town name of kind comune or seated there is a Comune."""
    numbers = []
    for row in register.to_dict("records"):
        name, kind = text_of(row["name"]), text_of(row["kind"])
        # National lists print a Comune by its town alone.
        bare = kind == "comune" or (not kind and solid(name) == solid(text_of(row["municipality"])) != "")
        town = reader.town_of(name) if bare else None
        code, _ = _read_code(row)
        name = f"Comune di {town}" if town is not None else name
        numbers.append(
            reader.add(name, text_of(row["municipality"]), code, kind, registered=registered, aliased=False)
        )
    return numbers


def read_mentions(mentions: pd.DataFrame, aliases: pd.DataFrame | None, reader: Reader) -> Reading:
    """Turn each mention into a spelling, or set it aside with its reason."""
    known = Aliases(aliases, ("actor", "not_an_actor"))
    columns = ["name", "municipality", "tax_code", "kind", "bare_town", "held_in"]
    columns += ["where"] if known.in_places else []
    # rows that print the same are read once; those with a fault tell it each in its place
    group = mentions.groupby(columns, sort=False, dropna=False).ngroup().to_numpy()
    rows = mentions.take(np.unique(group, return_index=True)[1]).to_dict("records")
    read = [_read_mention(row, known, reader) for row in rows]
    faulty = np.array([bool(faults) for *_, faults in read], dtype=bool)
    problems: list[Problem] = []
    for row in mentions[faulty[group]].to_dict("records"):
        problems += _read_mention(row, known, reader)[3]
    numbers, rules, details = (
        np.array([*(one[k] for one in read), None], dtype=object)[group].tolist() for k in range(3)
    )
    return Reading(numbers, rules, details, problems)


def _read_mention(
    row: dict[Hashable, object], known: Aliases, reader: Reader
) -> tuple[int, str, str, list[Problem]]:
    """Return the number of a mention's spelling, its rule, the detail, and what is wrong with it."""
    name = text_of(row["name"])
    code, faults = _read_code(row)
    hit = known.look_up(name, text_of(row["where"]))
    if hit is not None and hit[0] == "not_an_actor":
        return -1, "not_an_actor", hit[2], [*faults, fault("not_an_actor", row, "set_aside", value=name)]
    shown = hit[1] if hit is not None and hit[1] else name
    shown, reason, more = _settle(shown, row, reader)
    if reason:
        return -1, reason, "", [*faults, *more]
    number = reader.add(
        shown,
        text_of(row["municipality"]),
        code,
        text_of(row["kind"]),
        registered=False,
        aliased=hit is not None,
    )
    return number, "" if hit is None else "alias", "" if hit is None else hit[2], [*faults, *more]


def _read_code(row: dict[Hashable, object]) -> tuple[str, list[Problem]]:
    """Return a valid tax code of a body or nothing; a person's code is dropped without a word of it."""
    given = text_of(row["tax_code"])
    if not given or is_personal_code(given):
        return "", []
    code = tax_code(given)
    if code is None:
        return "", [fault("bad_tax_code", row, "note", value=given)]
    return code, []


def _settle(name: str, row: dict[Hashable, object], reader: Reader) -> tuple[str, str, list[Problem]]:
    """Return the name to be read, the rule by which the row is set aside (or nothing), and the problems."""
    town = reader.town_of(name)
    if town is not None:
        if row["bare_town"] is True or row["bare_town"] == 1 or text_of(row["kind"]) == "comune":
            return f"Comune di {town}", "", []
        return name, "review", [fault("bare_town", row, "set_aside", value=name)]
    parsed = reader.parse(name, text_of(row["municipality"]))
    if parsed.is_nobody:
        return name, "not_an_actor", [fault("no_body", row, "set_aside")]
    if parsed.is_collective:
        return name, "not_an_actor", [fault("many_bodies", row, "set_aside", value=name)]
    if parsed.forms == {"comune"} and not parsed.core and not text_of(row["municipality"]):
        town = reader.held_in(text_of(row["held_in"]))
        code, told = ("which_town_held", {"town": town}) if town else ("which_town", {})
        return name, "review", [fault(code, row, "set_aside", value=name, **told)]
    return name, "", []
