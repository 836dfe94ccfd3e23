"""What is said of a coalition, and of a call that nobody can answer: reasons that can be checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csgraph

from stakeholder_net.findings._conflict import smallest_conflict
from stakeholder_net.findings._frame import as_finding
from stakeholder_net.findings._program import Choice, objective_label
from stakeholder_net.findings._rules import Rule, Task, names_of
from stakeholder_net.findings._say import listed, number, percent, phrase, sources_of
from stakeholder_net.findings._seen import last_seen, last_year
from stakeholder_net.findings._solver import Places
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import COUNTING_STATUSES, Language

__all__ = ["COLUMNS", "coalition_row", "common_records", "conflict_rows"]

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "head": (
        "Alternativa {rank}: {n} partner, capofila possibile {lead} (già in rapporto con {k} su {m}).",
        "Alternative {rank}: {n} partners, possible lead {lead} (already tied to {k} of {m}).",
    ),
    "covers": (" Copre {what}.", " Covers {what}."),
    "by": ("{what} (con {who})", "{what} (with {who})"),
    "lacks": (" Manca: {what}.", " Lacks: {what}."),
    "trust": (
        " {k} partner su {n} hanno già un legame con un altro partner; coppie già legate: {tied} su {pairs} ({share}).",
        " {k} of {n} partners have a tie with another partner already; tied pairs: {tied} of {pairs} ({share}).",
    ),
    "apart": (
        " I partner formano {parts} gruppi che non si conoscono fra loro: presentazioni necessarie: {few}.",
        " The partners form {parts} groups that do not know each other: {few} introductions are needed.",
    ),
    "stranger": (
        " Senza legami con gli altri: {names} (da presentare).",
        " Without a tie to the others: {names} (to be introduced).",
    ),
    "only_tie": (
        " {bridge} è l'unico legame di {names} con gli altri.",
        " {bridge} is the only tie of {names} to the others.",
    ),
    "old": (
        " Ultima traccia nei dati di chi non è in registro: {names}; verificare che operino ancora.",
        " Last on record, being in no register: {names}; check that they still exist.",
    ),
    "gap": (
        (
            " Migliore trovata nel tempo dato, non dimostrata ottima: per «{criterion}» il valore è {value} e "
            "non può superare {bound}."
        ),
        (
            " Best found in the time given, not proved optimal: for “{criterion}” the value is {value} and "
            "cannot pass {bound}."
        ),
    ),
    "conflict": (
        "Nessuna coalizione possibile per «{call}»: questa regola contraddice le altre elencate ({n}): {rule}{who}.",
        "No coalition is possible for “{call}”: this rule contradicts the others listed ({n}): {rule}{who}.",
    ),
    "conflict_alone": (
        "Nessuna coalizione possibile per «{call}»: nessuno fra i {m} candidati consente di rispettare: {rule}.",
        "No coalition is possible for “{call}”: nobody among the {m} candidates makes it possible to keep: {rule}.",
    ),
    "who": (" (candidati: {names})", " (candidates: {names})"),
    "no_candidate": (" (nessun candidato)", " (no candidate)"),
}
SENTENCES_OF_A_KIND: Final = 3
OLD: Final = 5  # years before the last record of the network
COLUMNS: Final = (
    "call",
    "alternative",
    "status",
    "lead",
    "n",
    "requirements",
    "awards",
    "awards_possible",
    "trusted",
    "tied_pairs",
    "pairs",
    "parts",
    "municipalities",
    "only_ties",
    "bound",
    "gap",
    "rule",
)


def coalition_row(
    task: Task, choice: Choice, rank: int, language: Language, *, led: Mapping[int, int] | None = None
) -> dict[str, Any]:
    """Return the row of a coalition; `led` says how many coalitions of a plan somebody leads already."""
    chosen = np.zeros(task.n, dtype=bool)
    chosen[choice.places] = True
    inside = (task.ties[choice.places][:, choice.places] > 0).toarray()
    degree = inside.sum(axis=1)
    lead = _lead(task, choice.places, degree, led or {})
    order = np.concatenate([[lead], choice.places[choice.places != lead]]).astype(np.int64)
    won = [award for award in task.awards if award.kept(chosen)]
    size, tied = len(choice.places), int(inside.sum()) // 2
    only = _only_ties(choice.places, inside)
    facts = {
        "call": task.call.title,
        "alternative": rank,
        "status": choice.state,
        "lead": task.ids[lead],
        "n": size,
        "requirements": len(task.rules),
        "awards": len(won),
        "awards_possible": len(task.awards),
        "trusted": int((degree > 0).sum()),
        "tied_pairs": tied,
        "pairs": size * (size - 1) // 2,
        "parts": int(csgraph.connected_components(inside, directed=False)[0]),
        "municipalities": _municipalities(task, choice.places),
        "only_ties": len(only),
        "bound": choice.bound,
        "gap": choice.gap,
        "rule": "",
    }
    lead_ties = int(degree[choice.places == lead][0])
    return {
        "finding": "coalitions",
        "actors": tuple(task.ids[order]),
        "score": float(len(task.rules) + len(won)),
        "why": _why(task, facts, choice, chosen, degree, lead_ties, only, language),
        "evidence": common_records(task.net, task.ids[choice.places]),
        **facts,
    }


def _lead(task: Task, places: Places, degree: npt.NDArray[np.int64], led: Mapping[int, int]) -> int:
    """Return the partner that may lead, leads least and is tied to most others; then to most actors; then the first."""
    may = np.isin(places, task.leads)
    busy = np.array([led.get(int(place), 0) for place in places])
    overall = np.diff(task.ties.indptr)[places]
    ranked = np.lexsort((np.arange(len(places)), -overall, -degree, busy, ~may))
    return int(places[ranked[0]])


def _municipalities(task: Task, places: Places) -> int:
    if "municipality" not in task.actors.columns:
        return 0
    values = task.actors["municipality"].iloc[places]
    return int(values[values.astype("str").str.strip() != ""].nunique())


def _only_ties(places: Places, inside: npt.NDArray[np.bool_]) -> list[tuple[int, list[int]]]:
    """Return each partner that alone ties others to the rest, with those others."""
    degree = inside.sum(axis=1)
    # two who know only each other are a group apart, not one hung on the other
    hung = np.flatnonzero((degree == 1) & (inside @ degree > 1))
    bridges: dict[int, list[int]] = {}
    for place in hung:
        bridges.setdefault(int(places[np.argmax(inside[place])]), []).append(int(places[place]))
    return sorted(bridges.items(), key=lambda each: (-len(each[1]), each[0]))


def _why(  # noqa: PLR0913, PLR0917 - what the sentence is made of
    task: Task,
    facts: dict[str, Any],
    choice: Choice,
    chosen: npt.NDArray[np.bool_],
    degree: npt.NDArray[np.int64],
    lead_ties: int,
    only: list[tuple[int, list[int]]],
    language: Language,
) -> str:
    def say(key: str, **parts: object) -> str:
        return phrase(_SENTENCES, key, language, **parts)

    def names(places: Sequence[int] | Places) -> str:
        return listed(names_of(task, np.asarray(places, dtype=np.int64)), language)

    def reached(rule: Rule) -> str:
        if not rule.key.startswith("any_"):
            return names(rule.met_by(chosen))
        values = task.members("themes" if rule.key == "any_themes" else "municipality")
        return listed([value for value, members in values.items() if chosen[members].any()], language)

    lead = names(task.ids.get_indexer(pd.Index([facts["lead"]])))
    text = say("head", rank=facts["alternative"], n=facts["n"], lead=lead, k=lead_ties, m=facts["n"] - 1)
    covered = [
        say("by", what=rule.sentence(language), who=reached(rule))
        for rule in [*task.rules, *task.awards]
        if rule.low > 0 and rule.key not in ("min_partners", "lead", "must_have") and rule.kept(chosen)
    ]
    if covered:
        text += say("covers", what="; ".join(covered))
    missed = [award.sentence(language) for award in task.awards if not award.kept(chosen)]
    if missed:
        text += say("lacks", what=listed(missed, language))
    text += _trust(task, facts, choice.places[degree == 0], only, language)
    text += _old(task, choice.places, language)
    if choice.state != "optimal":
        text += say("gap", value=number(choice.value, language), bound=number(choice.bound, language),
                    criterion=objective_label(choice.criterion, language))  # fmt: skip
    return text


def _old(task: Task, places: Places, language: Language) -> str:
    """Say who is known from old records only."""
    years = last_year(task.net)
    newest = last_seen(task.net).dt.year.max()
    chosen = years.reindex(task.ids[places])
    old = chosen[chosen < newest - OLD]
    if old.empty:
        return ""
    names = names_of(task, task.ids.get_indexer(old.index))
    told = [f"{name} ({year:.0f})" for name, year in zip(names, old, strict=True)]
    return phrase(_SENTENCES, "old", language, names=listed(told, language))


def _trust(
    task: Task,
    facts: Mapping[str, Any],
    strangers: Places,
    only: list[tuple[int, list[int]]],
    language: Language,
) -> str:
    """Say who knows whom."""

    def say(key: str, **parts: object) -> str:
        return phrase(_SENTENCES, key, language, **parts)

    def names(places: Sequence[int] | Places) -> str:
        return listed(names_of(task, np.asarray(places, dtype=np.int64)), language)

    share = facts["tied_pairs"] / facts["pairs"] if facts["pairs"] else np.nan
    text = say(
        "trust", k=facts["trusted"], n=facts["n"], tied=facts["tied_pairs"], pairs=facts["pairs"],
        share=percent(share, language),
    )  # fmt: skip
    if len(strangers):
        text += say("stranger", names=names(strangers))
    if facts["parts"] > 1:
        text += say("apart", parts=facts["parts"], few=facts["parts"] - 1)
    for bridge, hung in only[:SENTENCES_OF_A_KIND]:
        text += say("only_tie", bridge=names([bridge]), names=names(hung))
    return text


def common_records(net: StakeholderNetwork, actor_ids: pd.Index, *, shown: int = 8) -> str:
    """Return the events that two or more of some actors shared, in any layer, and the rows that say so."""
    rows = net.attendance
    rows = rows[rows["status"].isin(COUNTING_STATUSES) & rows["actor_id"].isin(actor_ids)]
    together = [(str(event), group) for event, group in rows.groupby("event_id") if len(group) > 1]
    together.sort(key=lambda each: (-len(each[1]), each[0]))
    names = net.events["name"]
    said = [
        f"{names[event]} ({len(group)}): {sources_of(group['source'])}" for event, group in together[:shown]
    ]
    if len(together) > shown:
        said.append(f"+{len(together) - shown}")
    ties = net.ties
    direct = ties[ties["source"].isin(actor_ids) & ties["target"].isin(actor_ids)]
    told = sources_of([*direct["evidence"], *direct["origin"]])
    return "; ".join([*said, *([told] if told else [])])


def records_with(net: StakeholderNetwork, actor_id: str, others: Iterable[str], *, shown: int = 12) -> str:
    """Return the rows that say of an actor and others that they know each other, in any layer."""
    known = set(others)
    rows = net.attendance[net.attendance["status"].isin(COUNTING_STATUSES)]
    mine = rows[rows["actor_id"] == actor_id]
    theirs = rows[rows["actor_id"].isin(known) & rows["event_id"].isin(mine["event_id"])]
    mine = mine[mine["event_id"].isin(theirs["event_id"])]
    ties = net.ties
    direct = ties[
        (ties["source"].eq(actor_id) & ties["target"].isin(known))
        | (ties["target"].eq(actor_id) & ties["source"].isin(known))
    ]
    return sources_of(
        [*mine["source"], *theirs["source"], *direct["evidence"], *direct["origin"]], shown=shown
    )


def conflict_rows(task: Task, language: Language) -> pd.DataFrame:
    """Return one row for each rule of the smallest set of rules in conflict."""
    conflict = smallest_conflict(task)
    rows = []
    for rule in conflict:
        members = rule.met_by(np.ones(task.n, dtype=bool))
        who = phrase(_SENTENCES, "no_candidate", language)
        if len(members):
            names = listed(names_of(task, members), language)
            who = (
                phrase(_SENTENCES, "who", language, names=names)
                if rule.counts and len(members) < task.n
                else ""
            )
        key = "conflict_alone" if len(conflict) == 1 else "conflict"
        why = phrase(
            _SENTENCES,
            key,
            language,
            call=task.call.title,
            n=len(conflict) - 1,
            m=task.n,
            rule=rule.sentence(language),
            who=who,
        )
        rows.append(
            {
                "finding": "coalitions",
                "actors": (),
                "score": np.nan,
                "why": why,
                "evidence": rule.key,
                "call": task.call.title,
                "status": "infeasible",
                "rule": rule.sentence(language),
                "lead": "",
            }
        )
    return as_finding(rows, COLUMNS)
