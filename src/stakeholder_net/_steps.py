"""Small steps of the walk: what the project says of a file, measures, who is missing, the account of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from stakeholder_net._config import FileEntry
from stakeholder_net.errors import Problem
from stakeholder_net.findings import (
    Call,
    absent_actors,
    action_plan,
    agenda,
    match_priorities,
    plan_actions,
    representation,
)
from stakeholder_net.layers import flatten
from stakeholder_net.measures import constraint, degree, pagerank, participation, strength
from stakeholder_net.measures._joint import JointBetweenness
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.report.build import default_stability
from stakeholder_net.words import INVENTED, Language

__all__ = [
    "LARGEST",
    "account",
    "agenda_of",
    "figures_of",
    "gaps_of",
    "invented_in",
    "marked",
    "measures_of",
    "plan_of",
    "quick_measures_of",
    "standing_of",
    "titled",
]

LARGEST = 20_000  # actors up to which paths between all, map and report are worth their hours and pages
MANY = 2_000  # actors from which other processors are worth waking
_LAYER_OF = {"attendance": "attendance", "collaborations": "partnership", "memberships": "membership"}


def measures_of(net: StakeholderNetwork, flat: StakeholderNetwork) -> pd.DataFrame:
    """Return the measures that a plan needs first, one row an actor."""
    # by way of the events: the same values, in a third of the time where there are thousands
    between = JointBetweenness(n_jobs=-1 if net.n_actors > MANY else None)(net)
    columns = [degree(flat), strength(flat), between, constraint(flat), participation(net)]
    table: pd.DataFrame = pd.concat(columns, axis=1)
    return table


def quick_measures_of(net: StakeholderNetwork) -> pd.DataFrame:
    """Return the actors with what a country's network can be asked in seconds: id, name, kind, then the measures."""
    flat = flatten(net)
    table: pd.DataFrame = net.actors[["name", "kind"]].join([degree(flat), strength(flat), pagerank(flat)])
    return table.reset_index()


def gaps_of(net: StakeholderNetwork, *, language: Language) -> dict[str, pd.DataFrame]:
    """Return who is missing by kind and by municipality, and by name; nothing where no register says who there is."""
    if not net.actors["registered"].any():
        return {}
    return {
        "kind": representation(net, by="kind", language=language),
        "municipality": representation(net, by="municipality", language=language),
        "actors": absent_actors(net, language=language),
    }


def standing_of(
    net: StakeholderNetwork, measures: pd.DataFrame, *, seed: int, language: Language
) -> pd.DataFrame | None:
    """Return who is surely and who perhaps among the first; None where there is no tie to rank by."""
    if not net.n_ties:
        return None
    known = measures["betweenness"]
    return default_stability(net, seed=seed, language=language, known=known, progress=net.n_actors > MANY)


def agenda_of(
    net: StakeholderNetwork, votes: pd.DataFrame | None, *, language: Language
) -> pd.DataFrame | None:
    """Return the agenda of themes; None where nobody was asked."""
    return (
        None if votes is None or votes.empty else agenda(net, match_priorities(net, votes), language=language)
    )


def plan_of(
    net: StakeholderNetwork,
    calls: Sequence[Call],
    votes: pd.DataFrame | None,
    *,
    max_load: int | None = None,
    language: Language,
) -> tuple[pd.DataFrame | None, pd.DataFrame | None]:
    """Return one plan for all calls, and its actions; None where there is no call."""
    if not calls:
        return None, None
    themes = None if votes is None or votes.empty else match_priorities(net, votes)
    plan = action_plan(net, calls, priorities=themes, max_load=max_load, language=language)
    return plan, plan_actions(net, plan, calls=calls, language=language)


def figures_of(net: StakeholderNetwork) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """Return measures and gaps of a network."""
    return measures_of(net, flatten(net)), gaps_of(net, language="it")


def account(counts: pd.DataFrame, problems: Iterable[Problem]) -> pd.DataFrame:
    """Return the account of rows with those that only the building could set aside."""
    later = pd.Series(
        [fault.file for fault in problems if fault.severity == "set_aside"], dtype="str"
    ).value_counts()
    moved = counts["file"].map(later).fillna(0).astype("int64")
    return counts.assign(accepted=counts["accepted"] - moved, set_aside=counts["set_aside"] + moved)


def marked(frame: pd.DataFrame, entry: FileEntry) -> pd.DataFrame:
    """Add what the project says of a whole file to its rows."""
    out = frame.copy(deep=False)
    out["bare_town"] = entry.bare_town is not None
    if entry.kind is not None:
        out["kind"] = entry.kind
    if entry.source is not None:
        out["source"] = entry.source
    if entry.layer is not None or entry.table in _LAYER_OF:
        out["layer"] = entry.layer or _LAYER_OF[entry.table]
    return out


def invented_in(problems: Iterable[Problem]) -> tuple[str, ...]:
    """Return the files in which invented rows of the template still stand."""
    return tuple(dict.fromkeys(fault.file for fault in problems if fault.code == "invented_rows"))


def titled(title: str, problems: Iterable[Problem]) -> str:
    """Return the title; while invented rows of the template are among the records it says so."""
    marks = " / ".join(words.partition(":")[0] for words in INVENTED)
    return f"{title} [{marks}]" if invented_in(problems) else title
