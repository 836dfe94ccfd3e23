"""From clean tables to a network: who is who, what was one event, which ties the records state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from stakeholder_net._checks import nearest_hint, problem
from stakeholder_net._display import Shown
from stakeholder_net.errors import OptionError, Problem
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.records._seats import (
    SEATS,
    cells,
    mentions_of,
    name_key,
    one_row_each,
    seats_of,
    source_text,
    with_actors,
)
from stakeholder_net.records.decisions import standing
from stakeholder_net.records.match import Identities, resolve_events, resolve_identities
from stakeholder_net.words import LAYERS

__all__ = ["Assembled", "assemble", "build_network", "count_by_hand"]

WHO_IS_WHO = ("same", "different", "new", "code")


@dataclass(frozen=True)
class Assembled(Shown):
    """A network and the account of how it came to be.

    Parameters
    ----------
    network : StakeholderNetwork
        Actors, events, attendance and stated ties; nothing is projected yet.
    identities : Identities
        Which spelling became which actor, and by what rule.
    problems : tuple of Problem
        Rows that were set aside or joined, each with its place.
    merged_rows : int
        Rows that said the same of one actor and one event in another spelling or another sheet.
    places : pandas.DataFrame
        Where each seat at a meeting stands: ``source_file``, ``source_sheet``, ``source_row``, ``actor_id``,
        ``event_id``.
    """

    network: StakeholderNetwork
    identities: Identities
    problems: tuple[Problem, ...]
    merged_rows: int
    places: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)


def build_network(  # noqa: PLR0913 - one keyword a table
    *,
    attendance: pd.DataFrame | None = None,
    events: pd.DataFrame | None = None,
    collaborations: pd.DataFrame | None = None,
    memberships: pd.DataFrame | None = None,
    ties: pd.DataFrame | None = None,
    register: pd.DataFrame | None = None,
    aliases: pd.DataFrame | None = None,
    name: str = "",
    source: str = "",
) -> StakeholderNetwork:
    """Make a network from records that hold names, as offices keep them.

    Parameters
    ----------
    attendance : pandas.DataFrame, optional
        ``actor``, ``event`` and, where known, ``status``, ``role``, ``date``, ``hours``, ``persons``, ``municipality``.
    events : pandas.DataFrame, optional
        ``event``, ``name``, ``kind``, ``start``, ``end``, ``place``.
    collaborations : pandas.DataFrame, optional
        ``actor``, ``collaboration``, ``role``, ``name``, ``start``: one row a partner. A funder and a grantee of one
        collaboration are joined by a directed tie in the layer ``funding``.
    memberships : pandas.DataFrame, optional
        ``actor`` (the member), ``group``, ``kind``. A group that is itself a known actor sits in it as its body.
    ties : pandas.DataFrame, optional
        ``source``, ``target``, ``layer``, ``weight``, with names.
    register : pandas.DataFrame, optional
        Who there is: ``name``, ``kind``, ``municipality``, ``tax_code``, ``population``...
    aliases : pandas.DataFrame, optional
        ``spelling``, ``name``, ``what``, ``only_in``, ``reason``.
    name, source : str
        What the network is, and where it comes from.

    Returns
    -------
    StakeholderNetwork
        Layers ``attendance``, ``partnership``, ``membership`` as far as there are records of them, and the layers of
        stated ties. Call :func:`project` to derive ties from attendance.

    Raises
    ------
    OptionError
        When there is no table at all.

    See Also
    --------
    assemble : the same with the account of identities and of rows set aside.

    Examples
    --------
    >>> import pandas as pd
    >>> net = build_network(attendance=pd.DataFrame({
    ...     "actor": ["Comune di Folignano", "P.A.Ge.F.Ha.", "Pagefha"], "event": ["E1", "E1", "E2"]}))
    >>> net.n_actors, len(net.events), len(net.attendance)
    (2, 2, 3)
    """
    tables = {
        "attendance": attendance,
        "events": events,
        "collaborations": collaborations,
        "memberships": memberships,
        "ties": ties,
        "register": register,
        "aliases": aliases,
    }
    given = {table: frame for table, frame in tables.items() if frame is not None}
    return assemble(given, name=name, source=source).network


def assemble(  # noqa: PLR0913 - each keyword is one source of knowledge
    tables: Mapping[str, pd.DataFrame],
    *,
    name: str = "",
    source: str = "",
    kinds: Mapping[str, str] | None = None,
    decisions: pd.DataFrame | None = None,
    known: pd.DataFrame | None = None,
    automatic: bool = False,
    tell: Callable[[str], None] | None = None,
) -> Assembled:
    """Make a network from clean tables and keep the account of it.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        Clean tables by name, as :func:`build_network` takes them; columns ``source_file``, ``source_sheet`` and
        ``source_row`` are used where they are there.
    name, source : str
        What the network is, and where it comes from.
    kinds : mapping of str to str, optional
        Kinds that somebody stated by hand: a printed name and its kind.
    decisions : pandas.DataFrame, optional
        What people decided about identities.
    known : pandas.DataFrame, optional
        ``keys`` of the identities of an earlier run: its ids stay.
    automatic : bool
        Leave out what people said of who is who, in decisions and in the alias file; what names no actor stays out.
    tell : callable, optional
        Is told which step of the matching of names begins.

    Returns
    -------
    Assembled
        Network, identities, problems.

    Raises
    ------
    OptionError
        When none of the tables says who did what.
    """
    frames = {table: frame.reset_index(drop=True) for table, frame in tables.items()}
    if not {"attendance", "collaborations", "memberships", "ties", "register"} & set(frames):
        raise OptionError("There is no attendance, collaboration, membership, tie or register to build from.")
    aliases = frames.get("aliases")
    if automatic:
        aliases, decisions = without_people(aliases, decisions)
    seats = seats_of(frames, aliases)
    mentions = mentions_of(seats, frames, aliases)
    identities = resolve_identities(
        mentions,
        aliases=aliases,
        register=frames.get("register"),
        decisions=decisions,
        known=known,
        tell=tell,
    )
    seats = with_actors(seats, mentions, identities)
    events, event_faults = _events(frames, seats, aliases)
    seats = seats[seats["event_id"].isin(events["event_id"])]
    funding = _funding(seats)
    seated = seats[~seats["role"].isin(("funder", "grantee"))]
    attendance = one_row_each(seated)
    stated = _stated_ties(frames, mentions, identities)
    ties = pd.concat([funding, stated], ignore_index=True)
    events = events[events["event_id"].isin(set(attendance["event_id"])) | (events["layer"] == "attendance")]
    actors = _with_stated_kinds(identities.actors, mentions, identities, kinds or {})
    net = StakeholderNetwork(
        actors=actors,
        events=events,
        attendance=attendance,
        ties=ties,
        layers=_cards(events, ties),
        name=name,
        source=source,
    )
    met = seated[seated["table"] == "attendance"] if len(seated) else seated
    places = met.reindex(columns=["source_file", "source_sheet", "source_row", "actor_id", "event_id"])
    return Assembled(
        net,
        identities,
        (*identities.problems, *event_faults),
        len(seated) - len(attendance),
        places.reset_index(drop=True),
    )


def without_people(
    aliases: pd.DataFrame | None, decisions: pd.DataFrame | None
) -> tuple[pd.DataFrame | None, pd.DataFrame]:
    """Return aliases and decisions without those that say who is who; who is no actor stays none."""
    said = standing(decisions)
    if aliases is not None:
        aliases = aliases[cells(aliases, "what", "actor").fillna("actor") != "actor"]
    return aliases, said[~said["action"].isin(WHO_IS_WHO)]


def count_by_hand(aliases: pd.DataFrame | None, decisions: pd.DataFrame | None) -> int:
    """Return how many lines of the alias file and standing decisions say who is who."""
    kept, said = without_people(aliases, decisions)
    lines = 0 if aliases is None or kept is None else len(aliases) - len(kept)
    return lines + len(standing(decisions)) - len(said)


# --- what happened -------------------------------------------------------------------------------------------------
def _events(
    frames: Mapping[str, pd.DataFrame], seats: pd.DataFrame, aliases: pd.DataFrame | None
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the events of all layers, and the seats at events that nobody listed."""
    listed = frames.get("events")
    pieces, faults = [], []
    if listed is not None:
        keys = resolve_events(listed["event"].astype("str"), aliases=aliases)
        table = listed.assign(
            event_id=keys.to_numpy(), layer=cells(listed, "layer", "attendance").fillna("attendance")
        )
        table["kind"] = cells(table, "kind", "meeting").fillna("meeting")
        pieces.append(
            table.drop(columns=["event", "source_file", "source_sheet", "source_row"], errors="ignore")
        )
        strangers = seats[(seats["table"] == "attendance") & ~seats["event_id"].isin(table["event_id"])]
        faults = [_unknown_event(row, table["event_id"]) for row in strangers.to_dict("records")]
    else:
        pieces.append(_events_from_seats(frames.get("attendance"), seats, "attendance", "meeting"))
    pieces.append(_events_from_seats(frames.get("collaborations"), seats, "collaborations", "partnership"))
    pieces.append(_events_from_seats(frames.get("memberships"), seats, "memberships", "group"))
    events = pd.concat([piece for piece in pieces if len(piece)] or pieces[:1], ignore_index=True)
    return events.drop_duplicates("event_id"), faults


def _unknown_event(row: Mapping[object, object], known: Iterable[str]) -> Problem:
    number = row["source_row"]
    return problem(
        "unknown_event",
        table="attendance",
        file=str(row["source_file"]),
        sheet=str(row["source_sheet"]),
        row=None if pd.isna(number) else int(str(number)),  # type: ignore[call-overload]
        value=row["printed_event"],
        severity="set_aside",
        nearest=nearest_hint(row["printed_event"], known),
    )


def _events_from_seats(
    frame: pd.DataFrame | None, seats: pd.DataFrame, table: str, kind: str
) -> pd.DataFrame:
    """Return the events that a table names only in passing: its meetings, projects or groups."""
    rows = seats[seats["table"] == table]
    if frame is None or rows.empty:
        return pd.DataFrame(
            {
                "event_id": pd.Series(dtype="str"),
                "name": pd.Series(dtype="str"),
                "kind": pd.Series(dtype="str"),
                "layer": pd.Series(dtype="str"),
            }
        )
    # seats keep the order of their table, so that a printed event finds its first row
    column = next(name for this, name, _ in SEATS if this == table)
    facts = frame.drop_duplicates(column).set_index(frame[column].astype("str").drop_duplicates())
    first = rows.drop_duplicates("event_id")
    own = facts.loc[first["printed_event"]]
    title = (
        cells(own, "name", None)
        if table == "collaborations"
        else pd.Series(None, index=own.index, dtype="object")
    )
    begin = cells(own, "start" if "start" in own.columns else "date", None)
    stated_kind = cells(own, "kind", None) if table == "memberships" else pd.Series(kind, index=own.index)
    funded = rows["role"].isin(("funder", "grantee")).groupby(rows["event_id"]).all()
    kinds = [
        ("grant" if funded[event] else kind)
        if table != "memberships"
        else (said if isinstance(said, str) else kind)
        for event, said in zip(first["event_id"], stated_kind, strict=True)
    ]
    return pd.DataFrame(
        {
            "event_id": first["event_id"].to_numpy(),
            "name": title.where(title.notna(), first["printed_event"].to_numpy()).to_numpy(),
            "kind": kinds,
            "layer": first["layer"].to_numpy(),
            "start": pd.to_datetime(begin).to_numpy(),
            "end": pd.to_datetime(cells(own, "end", None)).to_numpy(),
        }
    )


# --- what the records state ------------------------------------------------------------------------------------------
def _funding(seats: pd.DataFrame) -> pd.DataFrame:
    """Return a tie from each funder to each grantee of one collaboration; the weight is the number of grants."""
    gave = seats[seats["role"] == "funder"][["event_id", "actor_id", "source"]]
    got = seats[seats["role"] == "grantee"][["event_id", "actor_id", "source"]]
    pairs = gave.merge(got, on="event_id", suffixes=("_gave", "_got"))
    pairs = pairs[pairs["actor_id_gave"] != pairs["actor_id_got"]].drop_duplicates(
        ["event_id", "actor_id_gave", "actor_id_got"]
    )
    ties = pairs.groupby(["actor_id_gave", "actor_id_got"], sort=False, as_index=False).agg(
        weight=("event_id", "size"), evidence=("event_id", "; ".join), origin=("source_got", "; ".join)
    )
    ties = ties.rename(columns={"actor_id_gave": "source", "actor_id_got": "target"})
    return ties.assign(layer="funding", weight=ties["weight"].astype("float64"))


def _stated_ties(
    frames: Mapping[str, pd.DataFrame], mentions: pd.DataFrame, identities: Identities
) -> pd.DataFrame:
    stated = frames.get("ties")
    empty = pd.DataFrame(
        {
            "source": pd.Series(dtype="str"),
            "target": pd.Series(dtype="str"),
            "layer": pd.Series(dtype="str"),
            "weight": pd.Series(dtype="float64"),
        }
    )
    if stated is None or stated.empty:
        return empty
    ends = {
        end: identities.actor_of[mentions.index[mentions["table"] == f"ties.{end}"]].to_numpy()
        for end in ("source", "target")
    }
    ties = pd.DataFrame(
        {
            **ends,
            "layer": cells(stated, "layer", "ties").fillna("ties").to_numpy(),
            "weight": pd.to_numeric(cells(stated, "weight", 1.0)).fillna(1.0).to_numpy(),
            "since": pd.to_datetime(cells(stated, "since", None)).to_numpy(),
            "until": pd.to_datetime(cells(stated, "until", None)).to_numpy(),
            "evidence": cells(stated, "evidence").fillna("").to_numpy(),
            "origin": source_text(stated).to_numpy(),
        }
    ).dropna(subset=["source", "target"])
    ties = ties[ties["source"] != ties["target"]]
    return ties.groupby(["source", "target", "layer"], sort=False, as_index=False).agg(
        {"weight": "sum", "since": "min", "until": "max", "evidence": "; ".join, "origin": "; ".join}
    )


def _cards(events: pd.DataFrame, ties: pd.DataFrame) -> pd.DataFrame:
    used = list(dict.fromkeys([*events["layer"], *ties["layer"]]))
    order = [*LAYERS, *used]
    names = sorted(used, key=order.index)
    return pd.DataFrame(
        {
            "layer": pd.Series(names, dtype="str"),
            "directed": [name == "funding" for name in names],
            "label": [LAYERS.get(name, (name, name))[0] for name in names],
            "unit": ["grants" if name == "funding" else "" for name in names],
        }
    )


def _with_stated_kinds(
    actors: pd.DataFrame, mentions: pd.DataFrame, identities: Identities, kinds: Mapping[str, str]
) -> pd.DataFrame:
    """Let a kind that somebody stated by hand replace the one guessed from the name."""
    if not kinds:
        return actors
    by_key = {name_key(name): kind for name, kind in kinds.items()}
    stated = pd.Series(
        [by_key.get(name_key(name)) for name in mentions["name"]], index=mentions.index, dtype="object"
    )
    per_actor = stated[stated.notna()].groupby(identities.actor_of).first()
    said = actors["actor_id"].map(per_actor)
    own = actors["name"].map(lambda name: by_key.get(name_key(name)))
    return actors.assign(kind=own.where(own.notna(), said).where(own.notna() | said.notna(), actors["kind"]))
