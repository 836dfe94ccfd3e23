"""The chapters on what the data can and cannot say, and on how everything was made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from stakeholder_net.report.context import Cell, Figure
from stakeholder_net.report.draft import Draft
from stakeholder_net.report.facts import Facts, day_of, layer_label
from stakeholder_net.report.formats import show_date
from stakeholder_net.report.glossary import GLOSSARY
from stakeholder_net.report.phrases import WORDS
from stakeholder_net.words import STATUSES

__all__ = ["limits", "method"]

PRINTED_EVENTS = 60
INTAKE = ("file", "table", "read", "accepted", "set_aside", "skipped")


def limits(draft: Draft, facts: Facts, records: pd.DataFrame | None) -> None:
    """Count what was not used, and say what follows for the reader."""
    events = draft.cell("brief", "events", "number")
    if events.number:
        _event_table(draft, facts)
    said = [draft.say("limits.lists")]
    if events.number:
        said.append(draft.say("limits.few", {"events": events}, n=events, n_of="events"))
        said += _dates(draft, facts, events)
    unknown = facts.net.layers.index[facts.net.layers["weight_means"] != "strength"]
    if len(unknown):
        labels = [layer_label(facts.net, layer, draft.language) for layer in unknown]
        said.append(draft.say("limits.unknown_weight", {"layers": draft.names(labels)}))
    said += _statuses(draft, facts)
    if records is not None and len(records):
        said += _intake(draft, records)
    if "priorities" not in [chapter.key for chapter in draft.chapters]:
        said.append(draft.say("limits.no_priorities"))
    draft.bullets(*said)
    for key in ("statuses", "records"):
        if key in draft.tables:
            draft.put_table(key)
    if events.number:
        draft.put_table("events")
    draft.chapter("limits")


def _dates(draft: Draft, facts: Facts, events: Figure) -> list[str]:
    said = []
    if facts.undated:
        undated = draft.cell("brief", "undated", "number")
        said.append(
            draft.say("limits.undated", {"undated": undated, "events": events}, n=events, n_of="events")
        )
    if facts.period:
        first, last = (_day(draft, facts, day) for day in facts.period)
        said.append(draft.say("limits.period", {"first": first, "last": last}))
    return said


def _day(draft: Draft, facts: Facts, date: dt.date) -> Figure:
    """Return a day in words, bound to the event that began or ended on it."""
    day = day_of(pd.Timestamp(date))
    text = show_date(day, draft.language) if isinstance(day, dt.date) else str(day)
    column = "start" if (facts.events["start"].dt.date == date).any() else "end"
    event = facts.events.index[facts.events[column].dt.date == date][0]
    return draft.told(text, "events", str(event), "date" if column == "start" else "end")


def _statuses(draft: Draft, facts: Facts) -> list[str]:
    counts = facts.net.attendance["status"].value_counts()
    found = [status for status in STATUSES if status in counts.index]
    if not found:
        return []
    place = 0 if draft.language == "it" else 1
    rows: dict[str, Sequence[Cell]] = {
        status: (
            (STATUSES[status].it, STATUSES[status].en)[place],
            draft.word("yes" if STATUSES[status].counts else "no"),
            int(counts[status]),
        )
        for status in found
    }
    columns = [
        draft.column("status", width=2.5),
        draft.column("counts", width=2),
        draft.column("rows", "int"),
    ]
    draft.add_table("statuses", columns, rows)
    left = [draft.cell("statuses", status, "rows") for status in found if not STATUSES[status].counts]
    if not left:
        return []
    return [
        draft.say(
            "limits.announced", {"rows": draft.added(left)}, n=draft.total("statuses", "rows"), n_of="rows"
        )
    ]


def _intake(draft: Draft, records: pd.DataFrame) -> list[str]:
    known = [name for name in INTAKE if name in records.columns]
    widths = {"file": 3.0, "table": 1.8}
    columns = [
        draft.column(name, "text" if name in widths else "int", widths.get(name, 1.0)) for name in known
    ]
    rows: dict[str, Sequence[Cell]] = {
        str(place): tuple(
            draft.word(f"table_{row[name]}")
            if name == "table" and f"table_{row[name]}" in WORDS
            else row[name]
            for name in known
        )
        for place, row in enumerate(records.to_dict("records"))
    }
    draft.add_table("records", columns, rows)
    if not {"read", "set_aside"} <= set(known):
        return []
    read, aside = draft.total("records", "read"), draft.total("records", "set_aside")
    return (
        [draft.say("limits.set_aside", {"read": read, "aside": aside}, n=read, n_of="rows")]
        if aside.number
        else []
    )


def _event_table(draft: Draft, facts: Facts) -> None:
    order = facts.events.assign(missing=facts.events["start"].isna()).sort_values(
        ["missing", "start"], kind="stable"
    )
    columns = [
        draft.column("date", "date", 1.3),
        draft.column("event", width=4.1),
        draft.column("kind", width=1.9),
        draft.column("layer", width=2.2),
        draft.column("came", "int"),
        draft.column("announced", "int", 1.1),
        draft.column("end", "date", 1.3, printed=False),
    ]
    rows: dict[str, Sequence[Cell]] = {}
    for event, row in order.iterrows():
        day = day_of(row["start"]) or draft.word("undated")
        rows[str(event)] = (
            day,
            row["name"],
            row["kind"],
            layer_label(facts.net, row["layer"], draft.language),
            row["came"],
            row["announced"],
            day_of(row["end"]) or "",
        )
    draft.add_table("events", columns, rows, printed=PRINTED_EVENTS)


# --- method --------------------------------------------------------------------------------------------------------
def method(draft: Draft, facts: Facts) -> None:
    """State boundary, ties, presence, layers, missing data and time."""
    seats = ["presence"] if len(facts.events) else []
    parts = ["boundary", "ties", *seats, "strength", "layers", "missing", "time"]
    for part in parts:
        draft.paragraph(draft.say(f"method.{part}"))
    draft.heading("words")
    draft.define(GLOSSARY)
    draft.chapter("method")
