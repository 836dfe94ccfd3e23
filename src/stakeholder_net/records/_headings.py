"""Which row holds the headings, and which heading is which column."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from stakeholder_net.words import INTAKE_TABLES, Column

__all__ = ["assign", "fold", "is_known", "score"]

# a sheet says the same few thousand names and places over and over
REMEMBERED = 1 << 14
# a question of a form is known by the words in it; with one of these it asks for a person
_ASKED: dict[str, tuple[str, ...]] = {
    "actor": ("ente", "organizzazione", "associazione", "denominazione", "ragione sociale", "organisation",
              "organization", "struttura di appartenenza"),
    "municipality": ("comune", "citta"),
    "tax_code": ("codice fiscale dell ente", "codice fiscale ente", "partita iva"),
    "event": (
        "qual[ei] (?:dei |degli )?(?:tavol[oi]|incontr[oi]|laborator\\w+|riunion[ei]|event[oi]|gruppo di lavoro)",
        "(?:scelta del|scegli il|scegliere il) (?:tavolo|laboratorio)", "tavolo (?:scelto|di interesse)",
        "which (?:meeting|table|workshop|event|group)",
    ),
}  # fmt: skip
_PERSONAL = re.compile(
    r"\b(?:cognome|nominativ\w*|referente|rappresentante|persona|mail|email|telefon\w*|cellulare|firma|ruolo|qualifica"
    r"|delegat\w+|surname|phone|contact|contatt\w+|your name|position|consens\w+|perche|motiv\w+|note|nato|nascita)\b"
)


def fold(text: object) -> str:
    """Return a heading or a word so that spellings of one thing are equal.

    Examples
    --------
    >>> fold("Città:") == fold("CITTA'") == fold(" citta "), fold("Ente / Organizzazione")
    (True, 'ente organizzazione')
    """
    return _folded(str(text))


@functools.lru_cache(maxsize=REMEMBERED)
def _folded(text: str) -> str:
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", plain).strip() or " ".join(plain.split())


@functools.cache
def _known(table: str) -> Mapping[str, tuple[str, ...]]:
    """Return, by column of a table, its folded names: the best first."""
    return {
        column.name: tuple(dict.fromkeys(map(fold, (column.name, *column.aliases, column.it, column.en))))
        for column in INTAKE_TABLES[table]
    }


def score(cells: Iterable[object], table: str, *, said: Mapping[str, str]) -> int:
    """Return how many columns a row of headings names."""
    names = {fold(heading) for heading in said.values()}
    folded = {fold(cell) for cell in cells if isinstance(cell, str) and cell.strip()}
    return len(folded & names) + sum(not folded.isdisjoint(spellings) for spellings in _known(table).values())


def is_known(cell: object, table: str) -> bool:
    """Return whether a cell is a heading of the table."""
    return isinstance(cell, str) and any(fold(cell) in spellings for spellings in _known(table).values())


def assign(headings: Sequence[str], table: str, *, said: Mapping[str, str]) -> dict[int, Column]:
    """Return which heading, by its place, is which column.

    What the user says comes first, then required columns, then the others in their order; a personal column takes every
    heading that fits it, another only the one that fits best.

    Parameters
    ----------
    headings : sequence of str
        As printed.
    table : str
        Table of the intake.
    said : mapping of str to str
        Column and the heading that the user gives it; headings that are not there are left to the caller.

    Returns
    -------
    dict of int to Column
        By place of the heading.
    """
    folded = [fold(heading) for heading in headings]
    known = _known(table)
    columns = {column.name: column for column in INTAKE_TABLES[table]}
    places: dict[int, Column] = {}
    for name, heading in said.items():
        if fold(heading) in folded:
            places[folded.index(fold(heading))] = columns.get(name, Column(name))
    if "name" in known and "kind" in known and _fits(known["kind"], folded, set(places)):
        # A list with kinds is of bodies of many sorts: a town beside them is where they are, not their name.
        known = {
            **known,
            "name": tuple(text for text in known["name"] if text not in known.get("municipality", ())),
        }
    taken = _match(
        [column for column in columns.values() if not column.personal and column.name not in said],
        {name: _fits(spellings, folded, set(places)) for name, spellings in known.items()},
    )
    places |= {place: columns[name] for place, name in taken.items()}
    places |= _asked(folded, columns, places)
    for column in columns.values():
        if column.personal:
            left = _fits(known[column.name], folded, set(places))
            places |= dict.fromkeys(left, column)
    return places


def _asked(
    folded: Sequence[str], columns: Mapping[str, Column], places: Mapping[int, Column]
) -> dict[int, Column]:
    """Return the questions of a form that ask for a column in a whole sentence."""
    have = {column.name for column in places.values()}
    found: dict[int, Column] = {}
    for name, words in _ASKED.items():
        if name not in columns or name in have:
            continue
        for place, heading in enumerate(folded):
            free = place not in places and place not in found and not _PERSONAL.search(heading)
            if free and any(re.search(rf"\b{word}\b", heading) for word in words):
                found[place] = columns[name]
                break
    return found


def _fits(spellings: Sequence[str], folded: Sequence[str], taken: set[int]) -> list[int]:
    """Return the places of the headings that fit, the best spelling first."""
    ranks = {spelling: rank for rank, spelling in enumerate(spellings)}
    fits = ((ranks[name], place) for place, name in enumerate(folded) if name in ranks)
    return [place for _, place in sorted(fits) if place not in taken]


def _match(columns: Sequence[Column], fits: Mapping[str, Sequence[int]]) -> dict[int, str]:
    """Give each column its best heading; one gives way where another would else have none."""
    taken: dict[int, str] = {}

    def seat(name: str, tried: set[int]) -> bool:
        for place in fits[name]:
            if place in tried:
                continue
            tried.add(place)
            if place not in taken or seat(taken[place], tried):
                taken[place] = name
                return True
        return False

    for column in sorted(columns, key=lambda column: not column.required):
        seat(column.name, set())
    return taken
