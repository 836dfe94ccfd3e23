"""From bodies to actors: an id minted once, the name that is shown, kind, town, codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from stakeholder_net.records._forms import KIND_RANK
from stakeholder_net.records._joining import Bodies
from stakeholder_net.records._letters import normalise, public_name
from stakeholder_net.records._spellings import PLACED, Spelling, actor_id_of, text_of
from stakeholder_net.records._towns import Towns
from stakeholder_net.records.decisions import KEY_COLUMNS, TEXT, Settled

__all__ = ["ACTOR_COLUMNS", "Cast", "make_actors", "mint"]

UNKNOWN: Final = "sconosciuto"
ACTOR_COLUMNS: Final = (
    "actor_id", "name", "kind", "municipality", "codes", "registered", "person_like", "district", "population",
    "themes", "parent_id",
)  # fmt: skip


@dataclass
class Cast:
    """Spellings, the bodies into which they were joined, and the id of each."""

    spellings: Sequence[Spelling]
    bodies: Bodies
    ids: dict[int, str]
    keys: pd.DataFrame
    redirects: pd.DataFrame
    settled: Settled = field(default_factory=Settled)

    def actor(self, number: int) -> str:
        """Return the actor of a spelling."""
        return self.ids[self.bodies.find(number)]

    def members(self, number: int) -> list[Spelling]:
        """Return the spellings of the body of a spelling."""
        return [self.spellings[n] for n in self.bodies.members(number)]


def mint(spellings: Sequence[Spelling], bodies: Bodies, settled: Settled, known: pd.DataFrame | None) -> Cast:
    """Give each body an id: the one it has, or a new one from its shortest spelling.

    An id stays with the spelling for which it was minted. Of two bodies that became one the older id stays and
    the other is redirected to it.
    """
    roots = {n: bodies.find(n) for n in range(len(spellings))}
    old = pd.DataFrame(columns=list(KEY_COLUMNS), dtype="str") if known is None else known[list(KEY_COLUMNS)]
    at: dict[str, int] = {}
    for n, root in roots.items():
        at.setdefault(spellings[n].key, root)
    ids: dict[int, str] = {}
    redirects: list[tuple[str, str]] = []
    settled_ids: set[str] = set()
    for key, actor_id in zip(old["mention_key"], old["actor_id"], strict=True):
        if actor_id in settled_ids or key not in at:
            continue
        settled_ids.add(actor_id)
        if ids.setdefault(at[key], actor_id) != actor_id:
            redirects.append((actor_id, ids[at[key]]))
    taken = set(old["actor_id"])
    founders = {
        root: min(
            (len(s.parsed.text), s.parsed.text, s.key) for s in (spellings[n] for n in bodies.members(root))
        )[2]
        for root in sorted(set(roots.values()))
        if root not in ids
    }
    for root, key in sorted(founders.items(), key=lambda item: (item[1], item[0])):
        size = 8
        while actor_id_of(key, size) in taken and size < len(key):
            size += 4
        ids[root] = actor_id_of(key, size)
        serial = 2
        while ids[root] in taken:
            ids[root] = f"{actor_id_of(key, size)}-{serial}"
            serial += 1
        taken.add(ids[root])
    have = set(old["mention_key"])
    fresh = sorted(
        {(len(s.parsed.text), s.parsed.text, s.key, ids[roots[n]]) for n, s in enumerate(spellings)}
    )
    rows: dict[str, str] = {}
    for _, _, key, actor_id in fresh:
        if key not in have:
            rows.setdefault(key, actor_id)
    keys = pd.concat(
        [old, pd.DataFrame(list(rows.items()), columns=list(KEY_COLUMNS), dtype="str")], ignore_index=True
    )
    return Cast(
        spellings, bodies, ids, keys, pd.DataFrame(redirects, columns=["old", "new"], dtype="str"), settled
    )


def _said(cast: Cast, action: str, spellings: Sequence[Spelling]) -> str:
    """Return what a person last said of a body, or nothing."""
    values = cast.settled.said[action]
    found = [values[x] for s in spellings for x in (s.key, TEXT + s.parsed.text) if x in values]
    return found[-1] if found else ""


def _show(cast: Cast, spellings: Sequence[Spelling], printed: Mapping[str, int]) -> str:
    """Return the name under which an actor is shown: a person's, the alias file's, else the fullest printed form.

    Of forms with as many words the one that is printed most often is shown: a slip is rarer than the name.
    """
    said = _said(cast, "rename", spellings)
    if said:
        return public_name(said)

    def rank(s: Spelling) -> tuple[bool, bool, bool, int, int, int, str]:
        words, times = len(s.parsed.text.split()), printed.get(s.name, 0)
        return (not s.aliased, s.registered, s.name.isupper(), -words, -times, -len(s.name), s.name)

    best = min(spellings, key=rank)
    if best.parsed.forms == {"comune"} and best.parsed.towns:
        return f"Comune di {best.parsed.towns[0]}"
    unit_free = [s for s in spellings if not s.parsed.unit or s.parsed.is_branch]
    return public_name(min(unit_free or spellings, key=rank).name)


def _kind(cast: Cast, spellings: Sequence[Spelling]) -> str:
    """Return the kind of an actor: said by a person, the register, a table, else by the names."""
    decided = _said(cast, "kind", spellings)
    if decided:
        return decided
    for given in ([s.kind for s in spellings if s.registered], [s.kind for s in spellings]):
        said = [k for k in given if k and k != UNKNOWN]
        if said:
            return max(sorted(set(said)), key=said.count)
    guessed = [s.parsed.kind for s in spellings if s.parsed.kind in KIND_RANK]
    placed = [s.parsed.kind for s in spellings if s.parsed.forms & PLACED]
    return placed[0] if placed else min(guessed, key=KIND_RANK.index, default=UNKNOWN)


def _municipality(spellings: Sequence[Spelling], towns: Towns) -> str | None:
    """Return where an actor is: said by the register, else in its name, else beside it."""
    for given in (
        [s.municipality for s in spellings if s.registered],
        [s.parsed.towns[0] for s in spellings if s.parsed.towns],
        [s.municipality for s in spellings],
    ):
        said = [t for t in given if t]
        if said:
            best = max(sorted(set(said)), key=said.count)
            return towns.named(best) or public_name(best)
    return None


Entries = Sequence[Mapping[Hashable, object]]


def _codes(spellings: Sequence[Spelling], known: Entries) -> str | None:
    """Return every public code of an actor, such as ``cf:00152230413; istat:041001``."""
    found = {f"cf:{s.code}" for s in spellings if s.code}
    for prefix, column in (("ipa", "ipa_code"), ("istat", "istat_code")):
        found |= {f"{prefix}:{text_of(entry[column])}" for entry in known if text_of(entry[column])}
    return "; ".join(sorted(found)) or None


def _first(known: Entries, column: str) -> object:
    """Return the first value that is there, or None."""
    return next((entry[column] for entry in known if text_of(entry[column])), None)


def make_actors(
    cast: Cast, numbers: Sequence[int], towns: Towns, register: pd.DataFrame, listed: Sequence[int]
) -> pd.DataFrame:
    """Return one row an actor, those of the mentions first, then those of the register."""
    rows_of: dict[str, list[int]] = {}
    for row, n in enumerate(listed):
        rows_of.setdefault(cast.actor(n), []).append(row)
    entries = register.to_dict("records")
    by_core = {s.core_key: cast.actor(n) for n, s in enumerate(cast.spellings) if not s.parsed.is_branch}
    used = dict.fromkeys(n for n in (*numbers, *listed) if n >= 0)
    members: dict[str, list[Spelling]] = {}
    for n in used:
        members.setdefault(cast.actor(n), []).append(cast.spellings[n])
    printed: Counter[str] = Counter()
    for n, times in Counter(numbers).items():
        if n >= 0:
            printed[cast.spellings[n].name] += times
    rows = []
    for actor_id, spellings in members.items():
        known = [entries[row] for row in rows_of.get(actor_id, ())]
        branch = next((s for s in spellings if s.parsed.is_branch), None)
        parent = by_core.get(branch.parsed.head_core) if branch is not None else None
        if parent is None and _kind(cast, spellings) == "consulta":  # an organ of its municipality
            parent = by_core.get(
                "comune:" + normalise(_municipality(spellings, towns) or "").replace(" ", "")
            )
        rows.append(
            {
                "actor_id": actor_id,
                "name": _show(cast, spellings, printed),
                "kind": _kind(cast, spellings),
                "municipality": _municipality(spellings, towns),
                "codes": _codes(spellings, known),
                "registered": actor_id in rows_of,
                "person_like": all(s.parsed.is_person_like for s in spellings),
                "parent_id": parent,
                **{column: _first(known, column) for column in ("district", "population", "themes")},
            }
        )
    actors = pd.DataFrame(rows, columns=list(ACTOR_COLUMNS))
    flags = ["registered", "person_like"]
    texts = [c for c in ACTOR_COLUMNS if c not in (*flags, "population")]
    actors["population"] = pd.to_numeric(actors["population"], errors="coerce").astype("Int64")
    return actors.astype(dict.fromkeys(texts, "str") | dict.fromkeys(flags, "bool"))
