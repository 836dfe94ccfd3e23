"""What is said of a plan: coalitions, priorities, what each one does, who is outside and who can bring them in."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csgraph

from stakeholder_net.findings._conflict import smallest_conflict
from stakeholder_net.findings._frame import as_finding
from stakeholder_net.findings._plan_model import Plan
from stakeholder_net.findings._program import Choice
from stakeholder_net.findings._reasons import coalition_row, records_with
from stakeholder_net.findings._rules import Task, names_of
from stakeholder_net.findings._say import actor_label, kind_label, listed, number, phrase
from stakeholder_net.findings._solver import Outcome
from stakeholder_net.words import Language

__all__ = ["plan_rows"]

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "coalition": ("«{call}»: {why}", "“{call}”: {why}"),
    "infeasible": (
        "«{call}»: nessuna coalizione possibile; regole in conflitto: {rules}.",
        "“{call}”: no coalition is possible; rules in conflict: {rules}.",
    ),
    "no_room": (
        "«{call}»: nessuna coalizione senza superare i carichi ammessi degli enti già impegnati negli altri bandi.",
        "“{call}”: no coalition without passing the load of bodies that are busy with the other calls.",
    ),
    "covered": ("Priorità «{theme}»: coperta, con {names}.", "Priority “{theme}”: covered, by {names}."),
    "uncovered": (
        "Priorità «{theme}»: nessuna coalizione la copre; nella rete la portano: {names}.",
        "Priority “{theme}”: no coalition covers it; in the network it is held by: {names}.",
    ),
    "nobody": (
        "Priorità «{theme}»: nessun candidato la porta, va cercato fuori dalla rete.",
        "Priority “{theme}”: no candidate holds it, to be looked for outside the network.",
    ),
    "actor": (
        "{name} ({kind}): {roles}. Candidature: {load}{most}.",
        "{name} ({kind}): {roles}. Applications: {load}{most}.",
    ),
    "leads": ("guida «{call}»", "leads “{call}”"),
    "joins": ("partecipa a «{call}»", "joins “{call}”"),
    "most": (" su {n} ammesse", " of {n} allowed"),
    "direct": (
        "{name} ({kind}) resta fuori: conosce già {partner}, partner di «{call}», che può coinvolgerlo.",
        "{name} ({kind}) is left outside: it is already tied to {partner}, partner in “{call}”, who can bring it in.",
    ),
    "introduced": (
        "{name} ({kind}) resta fuori: {via} può presentarlo a {partner}, partner di «{call}».",
        "{name} ({kind}) is left outside: {via} can introduce it to {partner}, partner in “{call}”.",
    ),
    "far": (
        "{name} ({kind}) resta fuori: a {steps} passi da {partner}, partner di «{call}», attraverso {via}.",
        "{name} ({kind}) is left outside: {steps} steps from {partner}, partner in “{call}”, through {via}.",
    ),
    "alone": (
        (
            "{name} ({kind}) resta fuori e nessun legame lo collega ai partner: serve un invito diretto di {partner}, "
            "capofila di «{call}»."
        ),
        (
            "{name} ({kind}) is left outside and no tie joins it to the partners: it takes a direct invitation from "
            "{partner}, lead of “{call}”."
        ),
    ),
    "closed": (
        "{name} ({kind}) resta fuori: nessun bando aperto ammette enti come questo.",
        "{name} ({kind}) is left outside: no open call admits bodies like it.",
    ),
    "gap": (
        (
            " Piano dimostrato ottimo fino al criterio «{before}»; per «{stage}» il valore è {value} e non può "
            "superare {bound}."
        ),
        " Plan proved optimal up to “{before}”; for “{stage}” the value is {value} and cannot pass {bound}.",
    ),
}
_STAGES: Final[dict[str, tuple[str, str]]] = {
    "calls": ("bandi con una coalizione", "calls with a coalition"),
    "priorities": ("priorità coperte", "priorities covered"),
    "actors": ("enti coinvolti", "bodies involved"),
    "awards": ("criteri premiali coperti", "award criteria met"),
    "trusted": ("partner senza legami", "partners without ties"),
    "seats": ("posti occupati", "places taken"),
    "tied_pairs": ("coppie già legate", "pairs already tied"),
}
COLUMNS: Final = (
    "status", "call", "lead", "n", "theme", "actor_id", "load", "max_load", "steps", "via", "calls_answered",
    "priorities_covered", "actors_involved", "stage", "bound",
)  # fmt: skip


def plan_rows(plan: Plan, outcome: Outcome, stage: str, language: Language) -> pd.DataFrame:
    """Return the rows of a plan; `stage` is the criterion up to which it was not proved, empty when all were."""
    yes = outcome.answers > 0.5  # noqa: PLR2004 - yes is 1, no is 0
    seats = np.array([yes[chosen] for chosen in plan.chosen])
    answered = yes[plan.opened]
    covered = [theme for theme, members in plan.themes.items() if seats[:, members].any()]
    facts = {
        "calls_answered": int(answered.sum()), "priorities_covered": len(covered),
        "actors_involved": int(seats.any(axis=0).sum()), "stage": stage,
        "bound": outcome.bound if stage else np.nan,
    }  # fmt: skip
    doubt = ""
    if stage:
        order = list(_STAGES)
        before = order[max(order.index(stage) - 1, 0)]
        doubt = phrase(
            _SENTENCES, "gap", language, stage=phrase(_STAGES, stage, language),
            before=phrase(_STAGES, before, language), value=number(outcome.value, language, digits=0),
            bound=number(np.floor(outcome.bound + 1e-6), language, digits=0),
        )  # fmt: skip
    coalitions, leads = _coalition_rows(plan, seats, answered, doubt, language)
    rows = [
        *coalitions, *_priority_rows(plan, seats, language), *_actor_rows(plan, seats, leads, language),
        *_outside_rows(plan, seats, answered, leads, language),
    ]  # fmt: skip
    return as_finding([{"finding": "action_plan"} | row | facts for row in rows], COLUMNS)


def _coalition_rows(
    plan: Plan, seats: npt.NDArray[np.bool_], answered: npt.NDArray[np.bool_], doubt: str, language: Language
) -> tuple[list[dict[str, Any]], dict[int, int]]:
    """Return one row a call, and who leads which."""
    rows: list[dict[str, Any]] = []
    leads: dict[int, int] = {}
    for k, task in enumerate(plan.tasks):
        title = task.call.title
        if not answered[k]:
            conflict = smallest_conflict(task)
            rules = listed([rule.sentence(language) for rule in conflict], language, shown=12)
            why = phrase(
                _SENTENCES, "infeasible" if conflict else "no_room", language, call=title, rules=rules
            )
            rows.append({"status": "unanswered", "actors": (), "score": 0.0, "why": why, "call": title, "lead": "",
                         "evidence": "; ".join(rule.key for rule in conflict)})  # fmt: skip
            continue
        choice = Choice(np.flatnonzero(seats[k]), "optimal", 0.0, 0.0)
        row = coalition_row(task, choice, 1, language, led=Counter(leads.values()))
        leads[k] = int(task.ids.get_indexer(pd.Index([row["lead"]]))[0])
        why = row["why"].split(":", 1)[1].strip()
        rows.append({
            "status": "coalition", "actors": row["actors"], "score": row["score"], "call": title, "lead": row["lead"],
            "why": phrase(_SENTENCES, "coalition", language, call=title, why=why) + doubt, "n": row["n"],
            "evidence": row["evidence"],
        })  # fmt: skip
    return rows, leads


def _priority_rows(plan: Plan, seats: npt.NDArray[np.bool_], language: Language) -> list[dict[str, Any]]:
    task, rows = plan.tasks[0], []
    for theme, members in plan.themes.items():
        inside = members[seats[:, members].any(axis=0)]
        shown = inside if len(inside) else members
        key = "covered" if len(inside) else "uncovered" if len(members) else "nobody"
        why = phrase(_SENTENCES, key, language, theme=theme, names=listed(names_of(task, shown), language))
        rows.append({
            "status": "priority" if len(inside) else "priority_uncovered", "actors": tuple(task.ids[shown]),
            "score": float(len(inside)), "why": why, "evidence": "", "theme": theme, "n": len(members),
        })  # fmt: skip
    return rows


def _actor_rows(
    plan: Plan, seats: npt.NDArray[np.bool_], leads: dict[int, int], language: Language
) -> list[dict[str, Any]]:
    task, rows = plan.tasks[0], []
    kinds = task.actors["kind"]
    for place in np.flatnonzero(seats.any(axis=0)).tolist():
        roles = [
            phrase(
                _SENTENCES,
                "leads" if leads.get(k) == place else "joins",
                language,
                call=plan.tasks[k].call.title,
            )
            for k in np.flatnonzero(seats[:, place]).tolist()
        ]
        beside = np.flatnonzero(seats[seats[:, place]].any(axis=0))
        beside = beside[beside != place]
        most = plan.most[place]
        load = int(seats[:, place].sum())
        why = phrase(
            _SENTENCES, "actor", language, name=names_of(task, np.array([place]))[0], roles="; ".join(roles), load=load,
            kind=kind_label(str(kinds.iloc[place]), language),
            most=phrase(_SENTENCES, "most", language, n=int(most)) if np.isfinite(most) else "",
        )  # fmt: skip
        rows.append({
            "status": "actor", "actors": (task.ids[place],), "score": float(load), "why": why,
            "evidence": records_with(task.net, task.ids[place], task.ids[beside]), "n": len(beside),
            "actor_id": task.ids[place], "load": load, "max_load": most if np.isfinite(most) else np.nan,
        })  # fmt: skip
    return sorted(rows, key=lambda row: (-row["load"], row["actor_id"]))


def _outside_rows(
    plan: Plan,
    seats: npt.NDArray[np.bool_],
    answered: npt.NDArray[np.bool_],
    leads: dict[int, int],
    language: Language,
) -> list[dict[str, Any]]:
    """Say for each one that is left who could bring it into a coalition that admits it."""
    task = plan.tasks[0]
    admits = np.logical_and([_admits(each) for each in plan.tasks], answered[:, None])
    partners = np.flatnonzero(seats.any(axis=0))
    outside = np.flatnonzero(~seats.any(axis=0))
    if not len(partners):
        return []
    steps, before = csgraph.dijkstra(task.ties, directed=False, indices=partners, unweighted=True,
                                     return_predecessors=True)  # fmt: skip
    rows = []
    for place in outside.tolist():
        open_calls = np.flatnonzero(np.asarray(admits)[:, place])
        may = np.asarray(seats[open_calls].any(axis=0), dtype=bool)[partners]
        away = np.where(may, steps[:, place], np.inf)
        near = int(np.argmin(away))
        row = {"status": "outside", "actors": (task.ids[place],), "actor_id": task.ids[place]}
        if not len(open_calls):
            rows.append(row | _outside(task, place, "closed", np.inf, -1, "", [], language))
        elif np.isinf(away[near]):
            k = int(open_calls[0])
            rows.append(
                row | _outside(task, place, "alone", np.inf, leads[k], plan.tasks[k].call.title, [], language)
            )
        else:
            k = next(int(k) for k in open_calls if seats[k, partners[near]])
            via = _way(before[near], place, int(partners[near]))
            key = "direct" if not via else "introduced" if len(via) == 1 else "far"
            title = plan.tasks[k].call.title
            rows.append(
                row | _outside(task, place, key, float(away[near]), int(partners[near]), title, via, language)
            )
    return sorted(rows, key=lambda row: (row["steps"], row["actor_id"]))


def _admits(task: Task) -> npt.NDArray[np.bool_]:
    """Return which candidates no rule of the call shuts out."""
    admitted = np.ones(task.n, dtype=bool)
    for rule in task.rules:
        if rule.counts and rule.high == 0:
            admitted[rule.sets[0]] = False
    return admitted


def _way(before: npt.NDArray[np.int32], place: int, partner: int) -> list[int]:
    """Return who stands between an actor and a partner, the actor's own acquaintance first."""
    via = []
    while before[place] >= 0 and before[place] != partner:
        place = int(before[place])
        via.append(place)
    return via


def _outside(  # noqa: PLR0913, PLR0917 - what the row is made of
    task: Task,
    place: int,
    key: str,
    steps: float,
    partner: int,
    title: str,
    via: list[int],
    language: Language,
) -> dict[str, Any]:
    why = phrase(
        _SENTENCES, key, language, name=names_of(task, np.array([place]))[0], call=title,
        kind=kind_label(str(task.actors["kind"].iloc[place]), language), steps=number(steps, language, digits=0),
        partner=names_of(task, np.array([partner]))[0] if partner >= 0 else "",
        via=listed(actor_label(task.actors, task.ids[via]), language),
    )  # fmt: skip
    known = task.ids[[*via[:1], *([] if via or partner < 0 or np.isinf(steps) else [partner])]]
    return {"lead": task.ids[partner] if partner >= 0 else "", "n": len(known),
            "evidence": "; ".join(records_with(task.net, each, [task.ids[place]]) for each in known),
            "score": 0.0 if np.isinf(steps) else 1.0 / steps, "why": why, "call": title,
            "steps": steps, "via": tuple(task.ids[via])}  # fmt: skip
