"""The chapters on what the organisations want, and on one plan that answers several calls."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from stakeholder_net.pictures.figures import Figure as Drawing
from stakeholder_net.pictures.figures import (
    coalition_cards,
    layer_overlap,
    observed_expected,
    priority_agenda,
    rank_intervals,
)
from stakeholder_net.report.context import Cell, Picture
from stakeholder_net.report.draft import Draft
from stakeholder_net.report.facts import Facts
from stakeholder_net.report.formats import clean, listed

__all__ = ["drawn_findings", "plan_chapter", "priority_chapter"]

PRINTED_THEMES = 15
PRINTED_PLAN = 20
PRINTED_OUTSIDE = 10
PRINTED_NAMES = 6
PRINTED_STEPS = 12
DRAWN_GROUPS = 10
DRAWN_ACTORS = 12
CM = 2.54  # in an inch


# --- pictures ------------------------------------------------------------------------------------------------------
def drawn_findings(
    facts: Facts,
    gaps: pd.DataFrame | None,
    stability: pd.DataFrame | None,
    coalitions: Sequence[pd.DataFrame],
    themes: pd.DataFrame | None,
) -> dict[str, Picture]:
    """Draw the findings that a report holds, by the key of the table that each belongs to."""
    net, language = facts.net, facts.language
    drawn: dict[str, Drawing] = {}
    if len(net.layer_names) > 1 and len(facts.flat.ties):
        drawn["overlap"] = layer_overlap(net, language=language)
    if gaps is not None and len(gaps):
        drawn["gaps"] = observed_expected(net, gaps, n_groups=DRAWN_GROUPS, language=language)
    if stability is not None and stability["standing"].isin(["surely_in", "perhaps_in"]).any():
        drawn["stability"] = rank_intervals(net, stability, n_actors=DRAWN_ACTORS, language=language)
    for number, found in enumerate(coalitions, start=1):
        if (
            len(found)
            and {"call", "status"} <= set(found.columns)
            and not found["status"].eq("infeasible").all()
        ):
            drawn[f"coalition_{number}"] = coalition_cards(net, found, language=language)
    if themes is not None and len(themes):
        drawn["themes"] = priority_agenda(net, themes, language=language)
    return {key: _picture(f"picture_{key}", one) for key, one in drawn.items()}


def _picture(key: str, drawn: Drawing) -> Picture:
    png, svg, width, height = drawn.bare()
    return Picture(key, clean(drawn.title), clean(drawn.alt), png, width * CM, height * CM, svg)


# --- priorities ----------------------------------------------------------------------------------------------------
def priority_chapter(draft: Draft, themes: pd.DataFrame | None, picture: Picture | None) -> None:
    """Say which themes are supported by most, and where the numbers do not part them."""
    if themes is None or themes.empty:
        return
    ordered = themes.sort_values(
        ["breadth", "support", "theme"], ascending=[False, False, True], kind="stable"
    )
    rows: dict[str, Sequence[Cell]] = {
        row["theme"]: (
            row["theme"],
            row["x"],
            row["n"],
            row["breadth"],
            row["low"],
            row["high"],
            row["kinds"],
        )
        for row in ordered.to_dict("records")
    }
    columns = [
        draft.column("theme", width=3.4),
        draft.column("supporters", "int"),
        draft.column("voted", "int"),
        draft.column("share", "share"),
        draft.column("low", "share"),
        draft.column("high", "share"),
        draft.column("kinds_of", "int", 1.1),
    ]
    table = draft.add_table("themes", columns, rows, printed=PRINTED_THEMES)
    first = table.keys[0]
    at = {name: draft.cell("themes", first, name) for name in ("supporters", "voted", "share", "low", "high")}
    said = [draft.say("priorities.first", at | {"theme": draft.name(first)}, n=at["voted"])]
    near = [
        str(row["theme"])
        for row in ordered.iloc[1:].to_dict("records")
        if row["high"] > ordered["low"].iloc[0]
    ]
    if near:
        said.append(draft.say("priorities.level", {"names": draft.names(near, most=5)}, n=at["voted"]))
    draft.paragraph(*said)
    draft.put_table("themes")
    if picture is not None:
        draft.put_picture(picture)
    draft.chapter("priorities")


# --- one plan for several calls ------------------------------------------------------------------------------------
def plan_chapter(
    draft: Draft, facts: Facts, plan: pd.DataFrame | None, actions: pd.DataFrame | None = None
) -> None:
    """Say who leads and who joins what, who is left outside and by whom it can be brought in."""
    if plan is None or plan.empty:
        return
    _plan_calls(draft, facts, plan[plan["status"].isin(["coalition", "unanswered"])])
    doing, outside = plan[plan["status"] == "actor"], plan[plan["status"] == "outside"]
    _plan_actors(draft, facts, plan, doing)
    calls, tasks = draft.rows("plan_calls"), draft.rows("plan_actors")
    answered = draft.where("plan_calls", "partners", "> 0")
    one_by_one = any(chapter.key == "coalitions" for chapter in draft.chapters)
    draft.paragraph(
        draft.say("plan.intro"),
        draft.say("plan.all", {"calls": calls, "answered": answered, "actors": tasks}, n=calls, n_of="calls"),
        *([draft.say("plan.differs")] if one_by_one else []),
    )
    stage = str(plan["stage"].iloc[0]) if "stage" in plan.columns and pd.notna(plan["stage"].iloc[0]) else ""
    if stage:
        draft.paragraph(draft.say("plan.not_proved", n=calls, n_of="calls"))
    if actions is None or actions.empty:
        draft.put_table("plan_calls")
    else:  # they say who leads and joins too, and what is to be done
        _plan_steps(draft, facts, actions)
    if draft.where("plan_actors", "load", "> 1").number:  # otherwise the actions have told it
        draft.put_table("plan_actors")
    if len(outside):
        _plan_outside(draft, facts, outside)
    draft.chapter("plan")


def _plan_steps(draft: Draft, facts: Facts, actions: pd.DataFrame) -> None:
    """Put the table as offices write it: who does what, with whom, by when, how it is known to be done."""
    names = facts.actors["name"]
    rows: dict[str, Sequence[Cell]] = {}
    for number, row in enumerate(actions.to_dict("records"), start=1):
        others = [str(names.get(one, one)) for one in row.get("actors", ()) if one != row["lead"]]
        rows[str(number)] = (
            row["action"],
            row["who"],
            listed(others, draft.language, most=PRINTED_NAMES) if others else row["with_whom"],
            row["by"],
            row["indicator"],
            "; ".join(others),
            row["n"],
            row["evidence"],
        )
    columns = [
        draft.column("action", width=3.7),
        draft.column("who", width=2.2),
        draft.column("with_whom", width=4.4),
        draft.column("by", width=1.6),
        draft.column("indicator", width=2.6),
        draft.column("all_of_them", width=4, printed=False),
        draft.column("n", "int", 0.8, printed=False),
        draft.column("evidence", width=4, printed=False),
    ]
    draft.add_table("plan_steps", columns, rows, printed=PRINTED_STEPS)
    draft.put_table("plan_steps")


def _plan_calls(draft: Draft, facts: Facts, calls: pd.DataFrame) -> None:
    names = facts.actors["name"]
    rows: dict[str, Sequence[Cell]] = {}
    for number, row in enumerate(calls.to_dict("records"), start=1):
        met = row["status"] == "coalition"
        lead = str(names.get(row["lead"], "")) if met else ""
        others = [str(names.get(one, one)) for one in row["actors"] if one != row["lead"]] if met else []
        rows[str(number)] = (
            row["call"],
            lead,
            "; ".join(others),
            len(row["actors"]) if met else 0,
            row["why"],
        )
    columns = [
        draft.column("call", width=3),
        draft.column("lead", width=2.2),
        draft.column("members", width=4.6),
        draft.column("partners", "int", 1.0),
        draft.column("why", width=4, printed=False),
    ]
    draft.add_table("plan_calls", columns, rows)


def _plan_actors(draft: Draft, facts: Facts, plan: pd.DataFrame, doing: pd.DataFrame) -> None:
    names = facts.actors["name"]
    met = plan[plan["status"] == "coalition"]
    leads: dict[Any, int] = met["lead"].value_counts().to_dict()
    rows: dict[str, Sequence[Cell]] = {
        str(row["actor_id"]): (
            names[row["actor_id"]],
            facts.actors["kind"][row["actor_id"]],
            leads.get(row["actor_id"], 0),
            int(row["load"]) - leads.get(row["actor_id"], 0),
            int(row["load"]),
        )
        for row in doing.sort_values(["load", "actor_id"], ascending=[False, True], kind="stable").to_dict(
            "records"
        )
    }
    columns = [
        draft.column("name", width=3.6),
        draft.column("kind", width=2.4),
        draft.column("leads", "int"),
        draft.column("joins", "int"),
        draft.column("load", "int"),
    ]
    draft.add_table("plan_actors", columns, rows, printed=PRINTED_PLAN)


def _plan_outside(draft: Draft, facts: Facts, outside: pd.DataFrame) -> None:
    names = facts.actors["name"]
    rows: dict[str, Sequence[Cell]] = {
        str(row["actor_id"]): (
            names[row["actor_id"]],
            facts.actors["kind"][row["actor_id"]],
            int(row["steps"]) if math.isfinite(row["steps"]) else None,
            str(names.get(row["lead"], "")),
            "; ".join(str(names.get(one, one)) for one in row["via"])
            if isinstance(row["via"], tuple)
            else "",
            row["why"],
        )
        for row in outside.to_dict("records")
    }
    columns = [
        draft.column("name", width=3.4),
        draft.column("kind", width=2.2),
        draft.column("steps", "int", 0.8),
        draft.column("nearest", width=3),
        draft.column("via", width=3, printed=any(row[4] for row in [*rows.values()][:PRINTED_OUTSIDE])),
        draft.column("why", width=4, printed=False),
    ]
    table = draft.add_table("plan_outside", columns, rows, printed=PRINTED_OUTSIDE)
    near = draft.where("plan_outside", "steps", "== 1")
    draft.heading("outside")
    total = draft.rows(table.key)
    if near.number:
        draft.paragraph(draft.say("plan.outside", {"outside": total, "near": near}, n=total))
    else:
        draft.paragraph(draft.say("plan.outside_far", {"outside": total}, key="plan.outside", n=total))
    draft.put_table("plan_outside")
