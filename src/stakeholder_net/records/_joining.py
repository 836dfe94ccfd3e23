"""Join spellings: those with one code, those with equal names that nothing speaks against."""

from __future__ import annotations

from itertools import combinations

from stakeholder_net.records._spellings import Spelling

__all__ = ["Groups", "compatible", "join_codes", "join_equal"]


class Groups:
    """Disjoint sets over 0..n-1."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, item: int) -> int:
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self.parent[second] = first


def compatible(one: Spelling, other: Spelling) -> bool:
    """Whether two spellings with one core may be one body: no word about form, town or code against it."""
    if one.code and other.code:
        return one.code == other.code
    if one.parsed.forms and other.parsed.forms and not one.parsed.forms & other.parsed.forms:
        return False
    here, there = one.places, other.places
    if here and there:
        return bool(here & there)
    # Without a town, Avis or Pro Loco may be any of them.
    return bool(here) == bool(there) or not (one.parsed.is_generic or other.parsed.is_generic)


def join_codes(spellings: list[Spelling], groups: Groups) -> set[int]:
    """Join spellings that bear one tax code, whatever their names; return those that were joined."""
    first: dict[str, int] = {}
    joined: set[int] = set()
    for n, spelling in enumerate(spellings):
        if spelling.code:
            other = first.setdefault(spelling.code, n)
            if other != n:
                groups.join(other, n)
                joined |= {other, n}
    return joined


def join_equal(spellings: list[Spelling], groups: Groups) -> dict[int, list[int]]:
    """Join spellings with an equal core; return for each that might be several bodies one spelling of each."""
    by_core: dict[str, list[int]] = {}
    for n, spelling in enumerate(spellings):
        by_core.setdefault(spelling.core_key, []).append(n)
    unclear: dict[int, list[int]] = {}
    for members in by_core.values():
        if len(members) > 1:
            _join_one_core(members, spellings, groups, unclear)
    return unclear


def _join_one_core(
    members: list[int], spellings: list[Spelling], groups: Groups, unclear: dict[int, list[int]]
) -> None:
    alike: dict[tuple[object, ...], list[int]] = {}
    for n in members:
        s = spellings[n]
        alike.setdefault((s.parsed.forms, s.places, s.code, s.parsed.is_generic), []).append(n)
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
        for n in same[1:]:
            groups.join(same[0], n)
        if same[0] in torn:
            unclear.update(dict.fromkeys(same, near[same[0]]))
        else:
            for other in near[same[0]]:
                if other not in torn:
                    groups.join(same[0], other)
