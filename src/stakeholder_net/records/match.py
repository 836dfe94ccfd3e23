"""One identity for each organisation: codes, a person's word, equal names, names alike; each step leaves its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

import numpy as np
import pandas as pd

from stakeholder_net._display import Shown
from stakeholder_net.errors import OptionError, Problem, UnknownNameError
from stakeholder_net.records._cast import Cast, make_actors, mint
from stakeholder_net.records._codes import tax_code
from stakeholder_net.records._doubts import REVIEW_COLUMNS, district_slips, review_table, standing_places
from stakeholder_net.records._letters import public_name
from stakeholder_net.records._linking import AUTOMATIC, Linked, Tell, link_spellings
from stakeholder_net.records._reasons import RULES, reasons
from stakeholder_net.records._sharing import HERE, Sharing
from stakeholder_net.records._spellings import (
    MENTION_COLUMNS,
    REGISTER_COLUMNS,
    Aliases,
    Reader,
    Reading,
    Spelling,
    each_text,
    fault,
    known_towns,
    read_mentions,
    read_register,
    text_of,
    with_columns,
)
from stakeholder_net.records.decisions import TEXT, Settled, settle
from stakeholder_net.words import Language

__all__ = ["Identities", "resolve_events", "resolve_identities", "spellings_of"]

MOST_NEAR = 5  # names that a doubt lists
AUDIT_COLUMNS = ("mention", "name", "actor_id", "rule", "detail")


@dataclass(frozen=True)
class Identities(Shown):
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
    review : pandas.DataFrame
        Pairs of actors that may be one, the likest first, with the reasons: see ``write_review``.
    register_of : pandas.Series
        Actor of each row of the register.
    keys : pandas.DataFrame
        Which spelling (mention_key) is which actor: given back as ``known``, ids stay for ever.
    redirects : pandas.DataFrame
        Ids that were given up because two actors turned out to be one: old, new.
    stands : mapping of str to str
        Where each actor stands in the tables: file, sheet and row of the first few mentions.
    """

    # not the audit, nor the problems: both print what a cell held that names no body
    _shown: ClassVar = ("actors", "review")

    actors: pd.DataFrame
    actor_of: pd.Series
    audit: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    review: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(REVIEW_COLUMNS)))
    register_of: pd.Series = field(default_factory=lambda: pd.Series(dtype="str"), repr=False)
    keys: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    redirects: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    stands: Mapping[str, str] = field(default_factory=dict, repr=False)

    def explain(self, actor_id: str, *, language: Language = "it") -> str:
        """Tell how an actor came to be: every spelling, how often, by which rule, and what is still open.

        Parameters
        ----------
        actor_id : str
            From the column of that name in ``actors``.
        language : {"it", "en"}

        Raises
        ------
        UnknownNameError
            When there is no such actor.
        """
        chosen = self.actors[self.actors["actor_id"] == actor_id]
        if chosen.empty:
            message = f"There is no actor '{actor_id}'."
            raise UnknownNameError(message, "The ids stand in the column actor_id of .actors.")
        tongue = 0 if language == "it" else 1
        row = chosen.iloc[0]
        lines = [f"{row['name']} ({row['kind']}), {actor_id}"]
        rows = self.audit[self.audit["actor_id"] == actor_id]
        times = rows.groupby(["name", "rule", "detail"], sort=True).size().reset_index(name="times")
        for name, rule, detail, n in times.itertuples(index=False):
            lines.append(
                f"  '{public_name(name)}' x{n}: {RULES[rule][tongue]}" + (f" ({detail})" if detail else "")
            )
        if row["registered"]:
            lines.append(f"  {('nel registro', 'in the register')[tongue]}")
        if codes := text_of(row["codes"]):
            lines.append(f"  {('codici', 'codes')[tongue]}: {codes}")
        for pair in self.review[
            (self.review["one_id"] == actor_id) | (self.review["other_id"] == actor_id)
        ].to_dict("records"):
            name = pair["other_name"] if pair["one_id"] == actor_id else pair["one_name"]
            lines.append(f"  {('forse', 'perhaps')[tongue]} '{name}' ({pair['score']:.2f}): {pair['why']}")
        return "\n".join(lines)


def resolve_identities(  # noqa: PLR0913 - each keyword is one source of knowledge
    mentions: pd.DataFrame,
    *,
    aliases: pd.DataFrame | None = None,
    register: pd.DataFrame | None = None,
    towns: Iterable[str] | None = None,
    decisions: pd.DataFrame | None = None,
    known: pd.DataFrame | None = None,
    accept: float = AUTOMATIC,
    language: Language = "it",
    tell: Tell | None = None,
    share: Sharing = HERE,
) -> Identities:
    """Which of these printed names are the same organisation?

    A person's decisions come first, then tax codes, then names that are equal once case, accents, dots, legal forms
    and small words are levelled and neither form, town nor number speaks against it, then names that are so much
    alike that in real lists 98 of 100 such pairs were one body. What is less sure goes to ``review``; what could be
    either of two bodies is joined to none and reported.

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
    known : pandas.DataFrame, optional
        ``keys`` of an earlier run: its ids stay.
    accept : float
        Score from which a machine joins by itself; above 1 only codes, decisions and equal names join.
    language : {"it", "en"}
        Language of the reasons.
    tell : callable, optional
        Is told which step begins.
    share : Sharing
        Who reads names, looks for candidates and weighs them: this process, or the machines of ``engines.link_names``.

    Returns
    -------
    Identities

    Notes
    -----
    A new actor's id comes from its shortest spelling, so it does not hang on the order of rows or files.

    Examples
    --------
    >>> import pandas as pd
    >>> who = resolve_identities(pd.DataFrame({"name": ["P.A.Ge.F.Ha.", "Coop. Sociale Pagefha", "Comune di Force"]}))
    >>> who.actor_of.nunique(), list(who.actors["kind"])
    (2, ['coop_sociale', 'comune'])
    """
    if not accept > 0:
        message = f"accept={accept!r} is not allowed; choose a number above 0, as a rule {AUTOMATIC}."
        raise OptionError(message)
    say = tell or (lambda _: None)
    settled = settle(decisions)
    say("spellings")
    cells = with_columns(mentions, MENTION_COLUMNS)
    listed = with_columns(register, REGISTER_COLUMNS)
    reader = Reader(known_towns(cells, listed, towns))
    for table in (cells, listed):
        reader.foresee(table, share)
    reading = read_mentions(cells, aliases, reader)
    rows = read_register(listed, reader)
    reading.number, rows = reader.settle_order(reading.number, rows)
    _obey(reading, cells, reader, settled)
    linked = link_spellings(reader.spellings, settled, accept=accept, tell=tell, share=share)
    say("actors")
    cast = mint(reader.spellings, linked.bodies, settled, known)
    actors = make_actors(cast, reading.number, reader.towns, listed, rows)
    audit, doubts = _make_audit(cast, cells, reading, linked, language)
    stands = standing_places(cells, reading.number, cast)
    held = _held(cells, reading, reader)
    review = review_table(cast, linked, stands, reading.number, held=held, language=language)
    slips = district_slips(cast, cells, reading.number, listed, rows, stands=stands, language=language)
    review = pd.concat([slips, review], ignore_index=True) if len(slips) else review
    return Identities(
        actors=actors,
        actor_of=audit["actor_id"],
        audit=audit,
        problems=(*reading.problems, *doubts),
        review=review,
        register_of=pd.Series(
            [cast.actor(n) for n in rows], index=listed.index, name="actor_id", dtype="str"
        ),
        keys=cast.keys,
        redirects=cast.redirects,
        stands=stands,
    )


def _held(cells: pd.DataFrame, reading: Reading, reader: Reader) -> dict[int, frozenset[str]]:
    """Return the towns in which the meetings were held where a spelling stands."""
    if cells["held_in"].isna().all():
        return {}
    places = cells["held_in"].map(text_of)
    town = {place: reader.held_in(place) for place in places.unique()}
    held: dict[int, set[str]] = {}
    for number, place in zip(reading.number, places, strict=True):
        if number >= 0 and town[place]:
            held.setdefault(number, set()).add(town[place])
    return {number: frozenset(towns) for number, towns in held.items()}


def spellings_of(
    mentions: pd.DataFrame, *, aliases: pd.DataFrame | None = None, towns: Iterable[str] | None = None
) -> tuple[list[Spelling], list[int]]:
    """Return the different spellings of some mentions, and the number of that of each mention (-1: set aside)."""
    cells = with_columns(mentions, MENTION_COLUMNS)
    reader = Reader(known_towns(cells, with_columns(None, REGISTER_COLUMNS), towns))
    reading = read_mentions(cells, aliases, reader)
    (numbers,) = reader.settle_order(reading.number)
    return reader.spellings, numbers


def _obey(reading: Reading, cells: pd.DataFrame, reader: Reader, settled: Settled) -> None:
    """Set aside what a person said is no actor, read in its event what is meant there, and give codes to names."""
    at: dict[str, int] = {}
    for n, spelling in enumerate(reader.spellings):
        nodes = _nodes(spelling)
        for x in nodes:
            at.setdefault(x, n)
        code = next((settled.said["code"][x] for x in nodes if x in settled.said["code"]), "")
        if tax_code(code):
            reader.spellings[n] = replace(spelling, code=str(tax_code(code)))
    if not settled.here and not settled.nobody:
        return
    wheres = [text_of(where) for where in cells["where"]]
    for row, (n, where) in enumerate(zip(list(reading.number), wheres, strict=True)):
        if n < 0:
            continue
        nodes = _nodes(reader.spellings[n])
        meant = next((settled.here[x, where] for x in nodes if (x, where) in settled.here), None)
        gone = next((settled.nobody[x] for x in nodes if x in settled.nobody), None)
        if meant is not None and meant[0] in at:
            reading.number[row], reading.rule[row], reading.detail[row] = at[meant[0]], "decision", meant[1]
        elif gone is not None:
            reading.number[row], reading.rule[row], reading.detail[row] = -1, "not_an_actor", gone


def _nodes(spelling: Spelling) -> tuple[str, str]:
    """Return what a decision may call a spelling: its key, or its text wherever it stands."""
    return spelling.key, TEXT + spelling.parsed.text


def _make_audit(
    cast: Cast, cells: pd.DataFrame, reading: Reading, linked: Linked, language: Language
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return how each mention came to its actor, and the names that may be any of several."""
    number = np.array(reading.number, dtype=np.int64)
    # the last line is that of a mention that is no actor: -1
    table = np.full((len(cast.spellings) + 1, 3), "", dtype=object)
    table[-1, 0] = None
    doubts = []
    used, first = np.unique(number, return_index=True)
    for n, row in sorted(zip(used.tolist(), first.tolist(), strict=True), key=lambda pair: pair[1]):
        if n < 0:
            continue
        table[n] = (cast.actor(n), *_how(cast, linked, n, language))
        if table[n, 1] == "review":
            cell = cells.iloc[row].to_dict()
            near = ", ".join(_told_apart(cast, linked.unclear[n]))
            doubts.append(fault("ambiguous_name", cell, "note", value=cell["name"], candidates=near))
    said = np.array(reading.rule, dtype=object) != ""
    said |= number < 0
    audit = pd.DataFrame(
        {
            "mention": cells.index,
            "name": each_text(cells["name"]),
            "actor_id": table[number, 0],
            "rule": np.where(said, np.array(reading.rule, dtype=object), table[number, 1]),
            "detail": np.where(said, np.array(reading.detail, dtype=object), table[number, 2]),
        },
        index=cells.index,
    )
    return audit.astype(dict.fromkeys(AUDIT_COLUMNS[1:], "str")), doubts


def _how(cast: Cast, linked: Linked, number: int, language: Language) -> tuple[str, str]:
    """Return the rule by which a spelling came to its actor, and the reason in words."""
    others = sorted({s.name for s in cast.members(number)} - {cast.spellings[number].name})
    if number in linked.by_hand:
        return "decision", linked.by_hand[number]
    if number in linked.unclear and not others:
        return "review", " / ".join(_told_apart(cast, linked.unclear[number]))
    if number not in linked.bodies.rule or not others:
        return ("exact" if linked.bodies.rule.get(number) else "new"), ""
    rule, detail = linked.bodies.rule[number]
    if rule == "score":
        one, other, score = detail.split(",")
        pair: Mapping[str, object] = {}
        return rule, f"{score}; " + reasons(
            cast.spellings[int(one)], cast.spellings[int(other)], pair, language=language
        )
    return rule, f"= '{public_name(others[0])}'" if rule == "exact" else ""


def _told_apart(cast: Cast, numbers: Iterable[int]) -> list[str]:
    """Return the names of the first few spellings, namesakes with their town."""
    near = [(public_name(cast.spellings[m].name), cast.spellings[m].municipality) for m in numbers]
    names = [name for name, _ in near]
    return sorted({f"{n} ({town})" if town and names.count(n) > 1 else n for n, town in near})[:MOST_NEAR]


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
