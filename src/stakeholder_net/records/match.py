"""One identity for each organisation: codes, aliases, equal names; each step leaves its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from stakeholder_net.errors import OptionError, Problem, UnknownNameError
from stakeholder_net.records._forms import KIND_RANK
from stakeholder_net.records._joining import Groups, join_codes, join_equal
from stakeholder_net.records._spellings import (
    MENTION_COLUMNS,
    PLACED,
    REGISTER_COLUMNS,
    Aliases,
    Reader,
    Reading,
    Spelling,
    actor_id_of,
    fault,
    known_towns,
    read_mentions,
    read_register,
    text_of,
    with_columns,
)
from stakeholder_net.records.names import Towns, public_name

__all__ = ["Identities", "resolve_events", "resolve_identities"]

ACTOR_COLUMNS = ("actor_id", "name", "kind", "municipality", "codes", "registered", "person_like", "district",
                 "population", "themes")  # fmt: skip
UNKNOWN = "sconosciuto"
AUDIT_COLUMNS = ("mention", "name", "actor_id", "rule", "detail")


@dataclass(frozen=True)
class Identities:
    """Who is who, and why.

    Attributes
    ----------
    actors : pandas.DataFrame
        One row an actor, in order of first appearance, then those known from the register only.
    actor_of : pandas.Series
        Actor of each mention; missing where the mention is set aside or names no actor.
    audit : pandas.DataFrame
        For each mention: printed name, actor, rule (code, exact, alias, decision, score, new, not_an_actor,
        review) and detail.
    problems : tuple of Problem
        What a person should look at.
    """

    actors: pd.DataFrame
    actor_of: pd.Series
    audit: pd.DataFrame
    problems: tuple[Problem, ...] = ()

    def explain(self, actor_id: str) -> str:
        """Tell how an actor came to be: every spelling, how often, and by which rule it was joined.

        Raises
        ------
        UnknownNameError
            When there is no such actor.
        """
        chosen = self.actors[self.actors["actor_id"] == actor_id]
        if chosen.empty:
            message = f"There is no actor '{actor_id}'."
            raise UnknownNameError(message, "The ids stand in the column actor_id of .actors.")
        row = chosen.iloc[0]
        lines = [f"{row['name']} ({row['kind']}), {actor_id}"]
        rows = self.audit[self.audit["actor_id"] == actor_id]
        times = rows.groupby(["name", "rule", "detail"], sort=True).size().reset_index(name="times")
        for name, rule, detail, n in times.itertuples(index=False):
            lines.append(f"  '{name}' x{n}: {rule}" + (f" ({detail})" if detail else ""))
        if row["registered"]:
            lines.append(f"  in the register{': ' + row['codes'] if text_of(row['codes']) else ''}")
        return "\n".join(lines)


def resolve_identities(
    mentions: pd.DataFrame,
    *,
    aliases: pd.DataFrame | None = None,
    register: pd.DataFrame | None = None,
    towns: Iterable[str] | None = None,
    decisions: pd.DataFrame | None = None,
) -> Identities:
    """Which of these printed names are the same organisation?

    Tax codes come first, then the alias file, then names that are equal once case, accents, dots, legal forms
    and small words are levelled and neither form, town nor number speaks against it. What could be either of
    two bodies is joined to none and reported.

    Parameters
    ----------
    mentions : pandas.DataFrame
        One row a printed name: ``name``; and, where known, municipality, tax_code, kind, table, where (event or
        project), bare_town (a bare town name means its Comune), source_file, source_sheet, source_row.
    aliases : pandas.DataFrame, optional
        spelling, name, what (actor, event, not_an_actor), only_in, reason.
    register : pandas.DataFrame, optional
        Bodies that are known: name, kind, municipality, tax_code, ipa_code, istat_code, district, population, themes.
    towns : iterable of str, optional
        Further known town names.
    decisions : pandas.DataFrame, optional
        What people decided, see ``read_decisions``.

    Returns
    -------
    Identities

    Notes
    -----
    An actor's id comes from its shortest spelling, so it does not hang on the order of rows or files.

    Examples
    --------
    >>> import pandas as pd
    >>> who = resolve_identities(pd.DataFrame({"name": ["P.A.Ge.F.Ha.", "Coop. Sociale Pagefha", "Comune di Force"]}))
    >>> who.actor_of.nunique(), list(who.actors["kind"])
    (2, ['coop_sociale', 'comune'])
    """
    if decisions is not None and len(decisions):
        message = "Decisions are not read yet."
        raise OptionError(message, "Use the alias file.")
    cells = with_columns(mentions, MENTION_COLUMNS)
    listed = with_columns(register, REGISTER_COLUMNS)
    reader = Reader(known_towns(cells, listed, towns))
    reading = read_mentions(cells, aliases, reader)
    listed_numbers = read_register(listed, reader)
    spellings = reader.spellings
    groups = Groups(len(spellings))
    by_code = join_codes(spellings, groups)
    unclear = join_equal(spellings, groups)
    cast = _Cast(spellings, groups, _mint(spellings, groups))
    actors = _make_actors(cast, reading, reader.towns, listed, listed_numbers)
    audit, doubts = _make_audit(cast, cells, reading, by_code, unclear)
    return Identities(actors, audit["actor_id"], audit, (*reading.problems, *doubts))


@dataclass(frozen=True, slots=True)
class _Cast:
    """Spellings, how they were joined, and the id of each group."""

    spellings: list[Spelling]
    groups: Groups
    ids: dict[int, str]

    def actor(self, number: int) -> str:
        """Return the actor of a spelling."""
        return self.ids[self.groups.find(number)]


def _mint(spellings: list[Spelling], groups: Groups) -> dict[int, str]:
    """Give each group an id from its shortest spelling; a clash of two ids lengthens the later one."""
    members: dict[int, list[int]] = {}
    for n in range(len(spellings)):
        members.setdefault(groups.find(n), []).append(n)
    ids: dict[int, str] = {}
    taken: set[str] = set()
    founders = {
        root: min((len(spellings[n].parsed.text), spellings[n].parsed.text, spellings[n].key) for n in group)[
            2
        ]
        for root, group in members.items()
    }
    for root, key in sorted(founders.items(), key=lambda item: item[1]):
        size = 8
        while actor_id_of(key, size) in taken:
            size += 4
        ids[root] = actor_id_of(key, size)
        taken.add(ids[root])
    return ids


def _show(spellings: list[Spelling]) -> str:
    """Return the name under which an actor is shown: the alias file's, else the fullest printed form."""

    def rank(s: Spelling) -> tuple[bool, bool, bool, int, str]:
        return (not s.aliased, s.registered, s.name.isupper(), -len(s.name), s.name)

    best = min(spellings, key=rank)
    if best.parsed.forms == {"comune"} and best.parsed.towns:
        return f"Comune di {best.parsed.towns[0]}"
    unit_free = [s for s in spellings if not s.parsed.unit or s.parsed.is_branch]
    return public_name(min(unit_free or spellings, key=rank).name)


def _kind(spellings: list[Spelling]) -> str:
    """Return the kind of an actor: said by the register, else by a table, else by the names."""
    for given in ([s.kind for s in spellings if s.registered], [s.kind for s in spellings]):
        said = [k for k in given if k and k != UNKNOWN]
        if said:
            return max(sorted(set(said)), key=said.count)
    guessed = [s.parsed.kind for s in spellings if s.parsed.kind in KIND_RANK]
    placed = [s.parsed.kind for s in spellings if s.parsed.forms & PLACED]
    return placed[0] if placed else min(guessed, key=KIND_RANK.index, default=UNKNOWN)


def _municipality(spellings: list[Spelling], towns: Towns) -> str | None:
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


def _make_actors(
    cast: _Cast, reading: Reading, towns: Towns, register: pd.DataFrame, listed: list[int]
) -> pd.DataFrame:
    """Return one row an actor, those of the mentions first."""
    members: dict[str, list[Spelling]] = {}
    for n in dict.fromkeys([*(n for n in reading.number if n >= 0), *listed]):
        members.setdefault(cast.actor(n), []).append(cast.spellings[n])
    rows_of: dict[str, list[int]] = {}
    for row, n in enumerate(listed):
        rows_of.setdefault(cast.actor(n), []).append(row)
    rows = []
    for actor_id, spellings in members.items():
        known = register.iloc[rows_of.get(actor_id, [])]
        rows.append(
            {
                "actor_id": actor_id,
                "name": _show(spellings),
                "kind": _kind(spellings),
                "municipality": _municipality(spellings, towns),
                "codes": _codes(spellings, known),
                "registered": actor_id in rows_of,
                "person_like": all(s.parsed.is_person_like for s in spellings),
                **{column: _first(known[column]) for column in ("district", "population", "themes")},
            }
        )
    actors = pd.DataFrame(rows, columns=list(ACTOR_COLUMNS))
    texts = ["actor_id", "name", "kind", "municipality", "codes", "district", "themes"]
    actors["population"] = pd.to_numeric(actors["population"], errors="coerce").astype("Int64")
    return actors.astype(dict.fromkeys(texts, "str") | dict.fromkeys(["registered", "person_like"], "bool"))


def _first(column: pd.Series) -> object:
    """Return the first value that is there, or None."""
    there = column.dropna()
    return None if there.empty else there.iloc[0]


def _codes(spellings: list[Spelling], known: pd.DataFrame) -> str | None:
    """Return every public code of an actor, such as ``cf:00152230413; istat:041001``."""
    found = {f"cf:{s.code}" for s in spellings if s.code}
    for prefix, column in (("ipa", "ipa_code"), ("istat", "istat_code")):
        found |= {f"{prefix}:{text_of(value)}" for value in known[column] if text_of(value)}
    return "; ".join(sorted(found)) or None


def _make_audit(
    cast: _Cast, cells: pd.DataFrame, reading: Reading, by_code: set[int], unclear: dict[int, list[int]]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return how each mention came to its actor, and the names that may be any of several."""
    texts: dict[str, set[str]] = {}
    for n, spelling in enumerate(cast.spellings):
        texts.setdefault(cast.actor(n), set()).add(spelling.name)
    rows, doubts, told = [], [], set()
    for cell, number, said, why in zip(
        cells.to_dict("records"), reading.number, reading.rule, reading.detail, strict=True
    ):
        actor_id, rule, detail = None, said, why
        if number >= 0:
            actor_id = cast.actor(number)
            if number in unclear:
                candidates = ", ".join(sorted({cast.spellings[m].name for m in unclear[number]})[:5])
                rule, detail = rule or "review", detail or f"may be any of: {candidates}"
                if number not in told:
                    told.add(number)
                    doubts.append(
                        fault("ambiguous_name", cell, "note", value=cell["name"], candidates=candidates)
                    )
            elif not rule:
                others = sorted(texts[actor_id] - {cast.spellings[number].name})
                rule = "code" if number in by_code else "exact" if others else "new"
                detail = f"as '{others[0]}'" if others else ""
        rows.append((text_of(cell["name"]), actor_id, rule, detail))
    audit = pd.DataFrame(rows, columns=list(AUDIT_COLUMNS[1:]), index=cells.index)
    audit = audit.astype(dict.fromkeys(AUDIT_COLUMNS[1:], "str"))
    audit.insert(0, "mention", cells.index)
    return audit, doubts


def resolve_events(events: pd.Series, *, aliases: pd.DataFrame | None = None) -> pd.Series:
    """Which of these event or project codes and titles are the same event?

    Parameters
    ----------
    events : pandas.Series of str
        Codes or titles as printed.
    aliases : pandas.DataFrame, optional
        The alias file; rows with ``what`` event say which spelling stands for which name.

    Returns
    -------
    pandas.Series of str
        The canonical code or title, with the index given.

    Examples
    --------
    >>> import pandas as pd
    >>> aliases = pd.DataFrame({"spelling": ["P01b"], "name": ["P01"], "what": ["event"]})
    >>> list(resolve_events(pd.Series(["P01", "P01b"]), aliases=aliases))
    ['P01', 'P01']
    """
    known = Aliases(aliases, ("event",))
    canonical = {}
    for event in events.dropna().unique():
        hit = known.look_up(str(event), "")
        canonical[event] = hit[1] if hit is not None and hit[1] else str(event)
    return events.map(canonical)
