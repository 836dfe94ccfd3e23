"""Join spellings into bodies, a person's word first; what speaks against a join stops it, whatever the order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from stakeholder_net.records._spellings import Spelling

__all__ = ["Bodies", "compatible", "equal_names"]


def compatible(one: Spelling, other: Spelling) -> bool:
    """Whether two spellings with one core may be one body: no word about form, town or code against it."""
    # Without a town, Avis or Pro Loco may be any of them.
    return _agree(one, other) and not is_section(one, other)


def is_section(one: Spelling, other: Spelling) -> bool:
    """Whether one is the name of all sections of a body, and the other that of a section."""
    generic = one.parsed.is_generic or other.parsed.is_generic
    return generic and bool(one.places) != bool(other.places) and not (one.code and other.code)


def _agree(one: Spelling, other: Spelling) -> bool:
    if one.code and other.code:
        return one.code == other.code
    if one.parsed.forms and other.parsed.forms and not one.parsed.forms & other.parsed.forms:
        return False
    if one.inner_places and other.inner_places and not one.inner_places & other.inner_places:
        return False
    return not (one.places and other.places) or bool(one.places & other.places)


def equal_names(spellings: Sequence[Spelling]) -> tuple[list[tuple[int, int]], dict[int, list[int]]]:
    """Return the pairs with an equal core that may be one body, and the spellings that may be either of two.

    Returns
    -------
    pairs : list of (int, int)
        Enough pairs to join all that belong together.
    unclear : dict of int to list of int
        For each spelling that might be several bodies, a spelling of each.
    """
    by_core: dict[str, list[int]] = {}
    for n, spelling in enumerate(spellings):
        by_core.setdefault(spelling.core_key, []).append(n)
    pairs: list[tuple[int, int]] = []
    unclear: dict[int, list[int]] = {}
    for members in by_core.values():
        if len(members) > 1:
            pairs += _pairs_of_one_core(members, spellings, unclear)
    return sorted(pairs), unclear


def _pairs_of_one_core(
    members: list[int], spellings: Sequence[Spelling], unclear: dict[int, list[int]]
) -> Iterator[tuple[int, int]]:
    alike: dict[tuple[object, ...], list[int]] = {}
    for n in members:
        s = spellings[n]
        alike.setdefault((s.parsed.forms, s.places, s.inner_places, s.code, s.parsed.is_generic), []).append(
            n
        )
    firsts = [same[0] for same in alike.values()]
    at: dict[str, list[int]] = {}
    for n in firsts:
        for place in spellings[n].places or ("",):
            at.setdefault(place, []).append(n)
    near: dict[int, list[int]] = {}
    for n in firsts:
        places = spellings[n].places
        others = firsts if not places else [m for place in (*sorted(places), "") for m in at.get(place, ())]
        near[n] = [m for m in dict.fromkeys(others) if m != n and compatible(spellings[n], spellings[m])]
    torn = {
        n
        for n in firsts
        if any(not compatible(spellings[a], spellings[b]) for a, b in combinations(near[n], 2))
    }
    for same in alike.values():
        first = same[0]
        yield from ((first, n) for n in same[1:])
        if first not in torn:
            yield from ((first, n) for n in near[first] if n > first and n not in torn)
        either = [*(near[first] if first in torn else ()), *_sections(first, firsts, spellings)]
        if either:
            unclear.update(dict.fromkeys(same, either))


def _sections(first: int, others: list[int], spellings: Sequence[Spelling]) -> list[int]:
    """Return the sections, each in its town, that a name without a town may mean."""
    one = spellings[first]
    if one.places:
        return []
    return [n for n in others if is_section(one, spellings[n]) and _agree(one, spellings[n])]


@dataclass
class _Body:
    """What is known of one body so far."""

    members: list[int]
    codes: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    foes: set[int] = field(default_factory=set)


class Bodies:
    """Spellings joined into bodies.

    Parameters
    ----------
    spellings : sequence of Spelling
    foes : iterable of (int, int)
        Pairs that a person said are different.
    alone : iterable of int
        Spellings that a person said are like no other; only a person's word joins them.
    """

    def __init__(
        self, spellings: Sequence[Spelling], foes: Iterable[tuple[int, int]] = (), alone: Iterable[int] = ()
    ) -> None:
        self.parent = list(range(len(spellings)))
        self.bodies = [
            _Body([n], frozenset((s.code,)) - {""}, s.parsed.forms, s.places) for n, s in enumerate(spellings)
        ]
        for one, other in foes:
            self.bodies[one].foes.add(other)
            self.bodies[other].foes.add(one)
        self.alone = frozenset(alone)
        self.rule: dict[int, tuple[str, str]] = {}

    def find(self, item: int) -> int:
        """Return the spelling that stands for a body."""
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def members(self, item: int) -> list[int]:
        """Return all spellings of a body."""
        return self.bodies[self.find(item)].members

    def against(self, one: int, other: int, *, sure: bool = False) -> str:
        """Return what speaks against joining two bodies, or nothing; a sure join minds only a person's word."""
        first, second = self.bodies[self.find(one)], self.bodies[self.find(other)]
        if first.foes & set(second.members):
            return "different"
        if sure:
            return ""
        if self.alone and self.alone & {*first.members, *second.members}:
            return "alone"
        for fact, here, there in (
            ("code", first.codes, second.codes),
            ("form", first.forms, second.forms),
            ("town", first.places, second.places),
        ):
            if here and there and not here & there:
                return fact
        return ""

    def join(self, one: int, other: int, rule: str, detail: str = "", *, sure: bool = False) -> bool:
        """Join two bodies by a rule unless something speaks against it; return whether they are one now."""
        top, low = sorted((self.find(one), self.find(other)))
        if top != low:
            if self.against(one, other, sure=sure):
                return False
            first, second = self.bodies[top], self.bodies[low]
            self.parent[low] = top
            first.members += second.members
            first.codes |= second.codes
            first.forms |= second.forms
            first.places |= second.places
            first.foes |= second.foes
        self.rule.setdefault(one, (rule, detail))
        self.rule.setdefault(other, (rule, detail))
        return True
