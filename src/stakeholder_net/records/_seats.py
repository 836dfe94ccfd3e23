"""Who sat where: one row for a printed name and an event, over meetings, collaborations and memberships."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from stakeholder_net.records.match import Identities, resolve_events
from stakeholder_net.records.names import parse_name
from stakeholder_net.words import ROLES

__all__ = [
    "SEATS",
    "cells",
    "mentions_of",
    "name_key",
    "one_row_each",
    "seats_of",
    "source_text",
    "with_actors",
]

_STATUS_ORDER = {
    code: place
    for place, code in enumerate(("present", "remote", "delegate", "unknown", "announced", "absent"))
}
_ROLE_ORDER = {code: place for place, code in enumerate(ROLES)}
_MENTION = (
    "name",
    "municipality",
    "tax_code",
    "kind",
    "table",
    "where",
    "bare_town",
    "held_in",
    "source_file",
    "source_sheet",
    "source_row",
)


def cells(frame: pd.DataFrame, name: str, default: object = "") -> pd.Series:
    return (
        frame[name]
        if name in frame.columns
        else pd.Series([default] * len(frame), index=frame.index, dtype="object")
    )


def source_text(frame: pd.DataFrame) -> pd.Series:
    """Return where each row stands: file, sheet, row and, where the record names one, its source."""
    file, sheet = cells(frame, "source_file").fillna(""), cells(frame, "source_sheet").fillna("")
    row, named = cells(frame, "source_row").astype("str"), cells(frame, "source").fillna("")
    where = file.astype("str") + ("[" + sheet.astype("str") + "]").where(sheet != "", "")
    spot = (":" + row).where(~row.isin(("", "<NA>", "nan")) & row.notna(), "")
    said = (" (" + named.astype("str") + ")").where(named != "", "")
    return (where + spot + said).str.strip().astype("str")


SEATS = (  # table, column that names the event, layer
    ("attendance", "event", "attendance"),
    ("collaborations", "collaboration", "partnership"),
    ("memberships", "group", "membership"),
)


def seats_of(frames: Mapping[str, pd.DataFrame], aliases: pd.DataFrame | None) -> pd.DataFrame:
    """Return one row for a printed name and an event, over attendance, collaborations and memberships."""
    pieces = []
    held = _held_in(frames.get("events"))
    for table, column, layer in SEATS:
        frame = frames.get(table)
        if frame is None or frame.empty:
            continue
        printed = frame[column].astype("str")
        pieces.append(
            pd.DataFrame(
                {
                    "name": frame["actor"],
                    "table": table,
                    "layer": cells(frame, "layer", layer).fillna(layer),
                    "printed_event": printed,
                    "event_key": resolve_events(printed, aliases=aliases).to_numpy(),
                    "status": cells(frame, "status", "present").fillna("present"),
                    "role": cells(frame, "role", "").fillna(""),
                    "hours": cells(frame, "hours", None),
                    "persons": cells(frame, "persons", None),
                    "municipality": cells(frame, "municipality", None),
                    "tax_code": cells(frame, "tax_code", None),
                    "kind": cells(frame, "kind", None) if table == "attendance" else None,
                    "bare_town": cells(frame, "bare_town", default=False).astype("bool"),
                    "held_in": printed.map(held) if table == "attendance" else None,
                    "source": source_text(frame),
                    "source_file": cells(frame, "source_file"),
                    "source_sheet": cells(frame, "source_sheet"),
                    "source_row": cells(frame, "source_row", None),
                }
            )
        )
    columns = [
        "name",
        "table",
        "layer",
        "printed_event",
        "event_key",
        "status",
        "role",
        "hours",
        "persons",
        "source",
    ]
    if not pieces:
        return pd.DataFrame(columns=list(dict.fromkeys([*columns, *_MENTION])))
    return pd.concat(pieces, ignore_index=True)


def _held_in(events: pd.DataFrame | None) -> dict[str, str]:
    """Return where each event was held, as far as the table of events says."""
    if events is None or "place" not in events.columns:
        return {}
    said = events[events["place"].notna()]
    return dict(zip(said["event"].astype("str"), said["place"].astype("str"), strict=True))


def mentions_of(
    seats: pd.DataFrame, frames: Mapping[str, pd.DataFrame], aliases: pd.DataFrame | None
) -> pd.DataFrame:
    """Return every printed name once per row that prints it: seats, both ends of stated ties, bodies of groups."""
    pieces = [seats.assign(where=seats["printed_event"])[list(_MENTION)]]
    stated = frames.get("ties")
    if stated is not None:
        pieces += [
            pd.DataFrame(
                {
                    "name": stated[end],
                    "municipality": None,
                    "tax_code": None,
                    "kind": None,
                    "table": f"ties.{end}",
                    "where": cells(stated, "layer", "ties"),
                    "bare_town": False,
                    "held_in": None,
                    "source_file": cells(stated, "source_file"),
                    "source_sheet": cells(stated, "source_sheet"),
                    "source_row": cells(stated, "source_row", None),
                }
            )
            for end in ("source", "target")
        ]
    known = pd.concat([*(piece["name"] for piece in pieces), *_register_names(frames)], ignore_index=True)
    bodies = _bodies(seats, known, aliases)
    return pd.concat([*pieces, bodies], ignore_index=True)


def _register_names(frames: Mapping[str, pd.DataFrame]) -> list[pd.Series]:
    register = frames.get("register")
    return [] if register is None else [register["name"]]


def _bodies(seats: pd.DataFrame, known: pd.Series, aliases: pd.DataFrame | None) -> pd.DataFrame:
    """Return the groups that are themselves known actors: the district sits among its municipalities."""
    groups = seats.loc[seats["table"] == "memberships"].drop_duplicates("printed_event")
    if groups.empty:
        known = known.iloc[:0]
    said = dict(zip(aliases["spelling"], aliases["name"], strict=True)) if aliases is not None else {}
    keys = {name_key(said.get(name, name)) for name in known.dropna().unique()}
    is_known = [name_key(said.get(name, name)) in keys for name in groups["printed_event"]]
    bodies = groups[pd.Series(is_known, index=groups.index, dtype="bool")]
    return bodies.assign(
        name=bodies["printed_event"],
        table="memberships.body",
        where=bodies["printed_event"],
        municipality=None,
        tax_code=None,
        kind=None,
        bare_town=False,
        held_in=None,
    )[list(_MENTION)]


def name_key(name: object) -> tuple[object, ...]:
    parsed = parse_name(str(name))
    return (parsed.core, parsed.form, parsed.number)


def with_actors(seats: pd.DataFrame, mentions: pd.DataFrame, identities: Identities) -> pd.DataFrame:
    """Return the seats of resolved actors, the bodies of groups among them."""
    actor = identities.actor_of
    own = seats.assign(actor_id=actor.reindex(range(len(seats))).to_numpy())
    body = mentions["table"] == "memberships.body"
    groups = (
        seats[seats["table"] == "memberships"].drop_duplicates("printed_event").set_index("printed_event")
    )
    chairs = groups.loc[list(mentions.loc[body, "where"])].reset_index()
    chairs = chairs.assign(
        actor_id=actor[body[body].index].to_numpy(), role="body", status="present", hours=None, persons=None
    )
    joined = pd.concat([own, chairs], ignore_index=True) if len(chairs) else own
    joined = joined[joined["actor_id"].notna()]
    return joined.assign(event_id=_event_ids(joined))


def _event_ids(seats: pd.DataFrame) -> pd.Series:
    """Return ids of events: the code as printed; a short hash where a group has only a name."""
    used: dict[str, str] = {}
    ids = []
    columns = ["table", "layer", "event_key"]
    place = seats.groupby(columns, sort=False, dropna=False).ngroup().to_numpy()
    each = seats.iloc[np.unique(place, return_index=True)[1]]
    for table, layer, key in zip(*(each[column] for column in columns), strict=True):
        if table.startswith("memberships"):
            digest = hashlib.sha256(f"{layer}|{key}".encode()).digest()
            ids.append(f"g-{base64.b32encode(digest).decode().lower()[:8]}")
            continue
        code = key if used.setdefault(key, table) == table else f"{layer}:{key}"
        ids.append(code)
    return pd.Series(ids, dtype="str").take(place).set_axis(seats.index)


def one_row_each(seats: pd.DataFrame) -> pd.DataFrame:
    """Join the rows that say the same of one actor and one event: the strongest status, every source."""
    ranked = seats.assign(
        _status=seats["status"].map(_STATUS_ORDER),
        _role=seats["role"].map(_ROLE_ORDER).fillna(len(_ROLE_ORDER)),
        hours=pd.to_numeric(seats["hours"]),
        persons=pd.to_numeric(seats["persons"]),
    )
    groups = ranked.groupby(["actor_id", "event_id"], sort=False)
    by_role = (
        ranked.sort_values("_role", kind="stable")
        .groupby(["actor_id", "event_id"], sort=False)["role"]
        .first()
    )
    by_status = (
        ranked.sort_values("_status", kind="stable").groupby(["actor_id", "event_id"])["status"].first()
    )
    out = groups.agg(hours=("hours", "max"), persons=("persons", "max"))
    out["source"] = _joined_sources(ranked, groups.ngroup().to_numpy())
    out["status"], out["role"] = by_status, by_role
    return out.reset_index()[["actor_id", "event_id", "status", "role", "hours", "persons", "source"]]


def _joined_sources(seats: pd.DataFrame, group: npt.NDArray[np.integer]) -> npt.NDArray[np.object_]:
    """Return the sources of each group of rows, each once; most groups are a single row."""
    sources = seats["source"].to_numpy(dtype=object)
    out = np.full(int(group.max(initial=-1)) + 1, "", dtype=object)
    rows = np.bincount(group, minlength=len(out))
    alone = rows[group] == 1
    out[group[alone]] = sources[alone]
    several: dict[int, list[str]] = {}
    for at in np.flatnonzero(~alone):
        several.setdefault(int(group[at]), []).append(sources[at])
    for place, texts in several.items():
        out[place] = "; ".join(dict.fromkeys(text for text in texts if text))
    return out
