"""The chapters on what is not there, and on what could be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from stakeholder_net.findings import unseen_actors
from stakeholder_net.layers import two_mode_layers
from stakeholder_net.report.context import Cell, Figure, Picture
from stakeholder_net.report.draft import Draft
from stakeholder_net.report.facts import Facts
from stakeholder_net.report.formats import Format

__all__ = ["coalition_chapter", "link_chapter", "missing"]

PRINTED_ABSENT = 15
PRINTED_LINKS = 10
PRINTED_GROUPS = 10
SUPPORTED = 0.05
COUNTED = ("n", "awards", "tied_pairs", "pairs")


# --- who is missing ------------------------------------------------------------------------------------------------
def missing(
    draft: Draft,
    facts: Facts,
    gaps: Mapping[str, pd.DataFrame],
    absent: pd.DataFrame | None,
    drawn: Mapping[str, Picture],
) -> None:
    """Compare the register with those who came."""
    if not facts.net.n_actors:
        return
    if not gaps:
        draft.paragraph(draft.say("missing.no_register"))
        draft.chapter("missing")
        return
    for place, (by, frame) in enumerate(gaps.items()):
        key = _gap_table(draft, by, frame)
        said = [_overall(draft, key)] if place == 0 else []
        draft.paragraph(*said, *_supported(draft, key, by))
        draft.put_table(key)
        if place == 0 and "gaps" in drawn:
            draft.put_picture(drawn["gaps"])
    draft.paragraph(draft.say("missing.caution"))
    if absent is not None and len(absent):
        _absent_table(draft, facts, absent)
    _unseen(draft, facts)
    draft.chapter("missing")


def _gap_table(draft: Draft, by: str, frame: pd.DataFrame) -> str:
    key = f"gaps_{by}"
    columns = [
        draft.column("group", width=3, label=draft.column(by).label),
        draft.column("registered", "int"),
        draft.column("took_part", "int"),
        draft.column("share", "share"),
        draft.column("low", "share"),
        draft.column("high", "share"),
        draft.column("expected", "dec1"),
        draft.column("p_adjusted", "dec3", 1.2),
    ]
    rows: dict[str, Sequence[Cell]] = {
        str(row[by]): (
            row["group"],
            row["registered"],
            row["present"],
            row["share"],
            row["low"],
            row["high"],
            row["expected"],
            row["p_adjusted"],
        )
        for row in frame.to_dict("records")
        if row["registered"] > 0
    }
    draft.add_table(
        key, columns, rows, phrase="gaps", printed=PRINTED_GROUPS, by=draft.column(by).label.lower()
    )
    return key


def _overall(draft: Draft, key: str) -> str:
    registered, took = draft.total(key, "registered"), draft.total(key, "took_part")
    figures = {"registered": registered, "took": took, "share": draft.share(took, registered)}
    return draft.say("missing.all", figures, n=registered)


def _supported(draft: Draft, key: str, by: str) -> list[str]:
    """Say which groups came less than chance explains; say so when there is none."""
    frame = draft.tables[key].frame()
    low = frame[(frame["p_adjusted"] < SUPPORTED) & (frame["share"] < 1)]
    if low.empty:
        word = draft.name(draft.column(by).label.lower())
        return [
            draft.say(
                "missing.no_difference",
                {"by": word},
                key=f"missing.no_difference.{by}",
                n=draft.total(key, "registered"),
            )
        ]
    said = []
    for group in low.index:
        at: dict[str, Figure] = {
            name: draft.cell(key, str(group), name)
            for name in ("registered", "took_part", "low", "high", "expected", "p_adjusted")
        }
        at["group"] = draft.name(str(frame.loc[group, "group"]))
        said.append(draft.say("missing.group", at, key=f"missing.group.{by}.{group}", n=at["registered"]))
    return said


def _absent_table(draft: Draft, facts: Facts, absent: pd.DataFrame) -> None:
    shown = absent[absent["status"] != "not_in_register"]
    people = facts.actors.reindex(shown["actor_id"])
    order = {status: place for place, status in enumerate(dict.fromkeys(shown["status"]))}
    ends = facts.flat.ties[["source", "target"]].to_numpy().ravel()
    partners = pd.Series(ends, dtype="str").value_counts().reindex(people.index, fill_value=0)
    # first whom an invitation has reached already, then who has partners through whom it can
    shown = shown.iloc[
        np.lexsort(
            [
                people["name"].to_numpy(),
                people["kind"].to_numpy(),
                -partners.to_numpy(),
                shown["status"].map(order).to_numpy(),
            ]
        )
    ]
    columns = [
        draft.column("name", width=3.1),
        draft.column("kind", width=1.9),
        draft.column("municipality", width=1.7),
        draft.column("degree", "int", 0.8),
        draft.column("absence", width=3.2),
    ]
    rows: dict[str, Sequence[Cell]] = {}
    for row in shown.to_dict("records"):
        actor = facts.actors.loc[row["actor_id"]]
        rows[str(row["actor_id"])] = (
            actor["name"],
            actor["kind"],
            actor["municipality"],
            int(partners[row["actor_id"]]),
            draft.word(row["status"]),
        )
    if not rows:
        return
    draft.add_table("absent", columns, rows, printed=PRINTED_ABSENT)
    figures = {"absent": draft.rows("absent"), "tied": draft.where("absent", "degree", "> 0")}
    draft.heading("absent")
    draft.paragraph(draft.say("missing.absent", figures, n=figures["absent"]))
    draft.put_table("absent")


def _unseen(draft: Draft, facts: Facts) -> None:
    """Estimate how many there are whom nobody has seen yet; only where the data allow it."""
    if "attendance" not in two_mode_layers(facts.net):
        return
    found = unseen_actors(facts.net, language=draft.language)
    if found.empty or not found["unseen"].iloc[0] >= 1:  # also when it is undefined
        return
    row = found.iloc[0]
    forms: dict[str, Format] = {
        "n_events": "int",
        "seen": "int",
        "once": "int",
        "twice": "int",
        "chao2": "int",
        "chao2_low": "int",
        "chao2_high": "int",
        "coverage": "share",
    }
    values = {key: row["n" if key == "n_events" else key] for key in forms}
    draft.add_table(
        "unseen",
        [draft.column(key, form, 1.3) for key, form in forms.items()],
        {"all": list(values.values())},
    )
    said = ("n_events", "seen", "once", "chao2", "chao2_low", "chao2_high")
    at = {key: draft.cell("unseen", "all", key) for key in said}
    draft.heading("unseen")
    draft.paragraph(draft.say("missing.unseen", at, n=at["n_events"], n_of="events"))
    draft.put_table("unseen")


# --- possible ties -------------------------------------------------------------------------------------------------
def link_chapter(draft: Draft, facts: Facts, links: pd.DataFrame) -> None:
    """Name the pairs without a tie that have most partners in common."""
    if links.empty:
        return
    names = facts.actors["name"]
    rows: dict[str, Sequence[Cell]] = {
        f"{row['source']} {row['target']}": (
            names[row["source"]],
            names[row["target"]],
            row["common_neighbours"],
            row["score"],
        )
        for row in links.to_dict("records")
    }
    columns = [
        draft.column("first", width=3.8),
        draft.column("second", width=3.8),
        draft.column("common", "int", 1.2),
        draft.column("score", "dec2", 1.2),
    ]
    table = draft.add_table("links", columns, rows, printed=PRINTED_LINKS)
    figures = {
        "first": draft.name(str(table.rows[0][0])),
        "second": draft.name(str(table.rows[0][1])),
        "common": draft.cell("links", table.keys[0], "common"),
    }
    said = [draft.say("links.intro")]
    if len(links) < 2 or links["score"].iloc[0] > links["score"].iloc[1]:  # noqa: PLR2004 - no first among equals
        said.append(draft.say("links.first", figures, n=figures["common"]))
    draft.paragraph(*said)
    draft.put_table("links")
    draft.chapter("links")


# --- coalitions ----------------------------------------------------------------------------------------------------
def coalition_chapter(
    draft: Draft, facts: Facts, coalitions: Mapping[str, pd.DataFrame], drawn: Mapping[str, Picture]
) -> None:
    """Put the proposed coalitions of each call, with their reasons; where there is none, the rules that forbid it."""
    if not coalitions:
        return
    draft.paragraph(draft.say("coalitions.intro"))
    for number, (call, frame) in enumerate(coalitions.items(), start=1):
        draft.heading("call", key=f"call_{number}", call=call)
        title = {"call": draft.name(call)}
        if frame.empty or ("status" in frame.columns and frame["status"].eq("infeasible").all()):
            draft.paragraph(draft.say("coalitions.none", title, key=f"coalitions.none.{number}"))
            draft.put_table(_conflict_table(draft, number, call, frame))
        else:
            key = _coalition_table(draft, facts, number, call, frame)
            found = title | {"count": draft.rows(key)}
            draft.paragraph(draft.say("coalitions.found", found, key=f"coalitions.found.{number}"))
            draft.put_table(key)
            if key in drawn:
                draft.put_picture(drawn[key])
            draft.paragraph(_reason(draft, key))
    draft.chapter("coalitions")


def _coalition_table(draft: Draft, facts: Facts, number: int, call: str, frame: pd.DataFrame) -> str:
    key = f"coalition_{number}"
    whole = bool((frame["score"].dropna() % 1 == 0).all())
    counted = [name for name in COUNTED if name in frame.columns]
    columns = [
        draft.column("rank", "int", 0.5),
        draft.column("members", width=5),
        *(draft.column(name, "int", 0.95) for name in counted),
        draft.column("score", "int" if whole else "dec2", 1.1),
        draft.column("why", width=4.4, printed=False),
    ]
    rows: dict[str, Sequence[Cell]] = {}
    for place, row in enumerate(frame.to_dict("records"), start=1):
        lead = row.get("lead")
        names = [
            f"{name} ({draft.word('lead')})" if actor == lead else name
            for actor, name in zip(row["actors"], _names(facts, row["actors"]), strict=True)
        ]
        rows[str(place)] = (
            place,
            "; ".join(names),
            *(row[name] for name in counted),
            row["score"],
            row["why"],
        )
    draft.add_table(key, columns, rows, phrase="coalition", call=call)
    return key


def _reason(draft: Draft, key: str) -> str:
    """Give the reason of the first alternative, in the words of the finding; those of all are in the table."""
    why = str(draft.tables[key].frame()["why"].iloc[0])
    return draft.say("coalitions.why", {"why": draft.name(why)}, key=f"coalitions.why.{key}")


def _conflict_table(draft: Draft, number: int, call: str, frame: pd.DataFrame) -> str:
    key = f"coalition_{number}"
    rows: dict[str, Sequence[Cell]] = {
        str(place): (place, row["why"]) for place, row in enumerate(frame.to_dict("records"), start=1)
    }
    draft.add_table(
        key,
        [draft.column("rank", "int", 0.5), draft.column("rule", width=9)],
        rows,
        phrase="conflict",
        call=call,
    )
    return key


def _names(facts: Facts, actors: Iterable[str]) -> list[str]:
    return [str(facts.actors["name"].get(actor, actor)) for actor in actors]
