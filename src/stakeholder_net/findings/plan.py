"""One plan for several calls: who leads and joins what, what it covers, who is left outside, how to bring them in."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import pandas as pd

from stakeholder_net.errors import OptionError
from stakeholder_net.findings._frame import check_language, need
from stakeholder_net.findings._plan_model import Plan
from stakeholder_net.findings._plan_rows import plan_rows
from stakeholder_net.findings._progress import progress_bar
from stakeholder_net.findings._rules import Task, build_task
from stakeholder_net.findings._solver import Floats, Outcome, Places, Watch
from stakeholder_net.findings.call import Call
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import Language

__all__ = ["action_plan"]


def action_plan(  # noqa: PLR0913 - each option is asked by itself
    net: StakeholderNetwork,
    calls: Sequence[Call],
    *,
    priorities: pd.DataFrame | Sequence[str] | None = None,
    max_load: int | None = None,
    max_size: int = 12,
    effort: int | None = 1,
    seconds: float | None = 120.0,
    progress: bool = False,
    language: Language = "it",
) -> pd.DataFrame:
    """Who leads and who joins what, so that one plan answers all calls and involves as many as it can?

    Exact, in this order: most calls answered, most priorities covered, most actors in at least one coalition, most
    award criteria, fewest partners without a prior tie in their coalition, fewest places taken. Last, as many pairs of
    partners already tied as `effort` finds: there the proof would take too long, and the row says how far it is.

    Parameters
    ----------
    net : StakeholderNetwork
        The candidates are its actors of known kind; their ties, in any layer, are the prior trust.
    calls : sequence of Call
        One or more; their ``max_load`` and ``loads`` say in how many coalitions an actor may be.
    priorities : pandas.DataFrame or sequence of str, optional
        Themes to be covered: as ``match_priorities`` gives them (who supports a theme holds it), or names of themes
        that actors hold.
    max_load : int, optional
        In how many coalitions one actor may be, where the calls do not say less.
    max_size : int
        Largest coalition for calls that set no maximum.
    effort : int or None
        Steps of search for the pairs already tied; more may find more, and takes longer. None searches to the proof.
    seconds : float or None
        Time; when it ends before the proof, or after Ctrl-C, the best plan so far is given and said to be so.
    progress : bool
        Whether to show the best value, the bound and the gap while the search goes on.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        Rows of several kinds, by ``status``: ``coalition`` (one a call that is answered; ``actors`` begins with the
        lead), ``unanswered`` (a call that nobody can answer, with the rules in conflict, or for which no load is left),
        ``priority`` and ``priority_uncovered``, ``actor`` (what each one leads and joins, its load), ``outside`` (who
        remains outside, nearest first, ``via`` whom it can be brought in and ``steps`` to the nearest partner).
        ``calls_answered``, ``priorities_covered`` and ``actors_involved`` stand in every row; ``stage`` and ``bound``
        are filled where the plan is not proved the best.

    Raises
    ------
    OptionError
        When there is no call, a call asks nothing, or no candidate is left.
    UnknownNameError
        When a call names a kind, an actor or a column that the network does not know.

    Examples
    --------
    >>> net = StakeholderNetwork(actors=pd.DataFrame({"actor_id": list("abc"), "name": ["Comune", "Coop", "Odv"],
    ...                                               "kind": ["comune", "coop_sociale", "ets_odv"]}))
    >>> calls = [Call(title="Uno", max_partners=2, required_kinds={"comune": 1}),
    ...          Call(title="Due", max_partners=2, required_kinds={"comune": 1})]
    >>> plan = action_plan(net, calls)
    >>> plan[plan["status"] == "coalition"][["call", "actors", "actors_involved"]]
      call  actors  actors_involved
    0  Uno  (a, b)                3
    1  Due  (c, a)                3
    """
    check_language(language)
    need(len(calls) > 0, "A plan needs one call or more.", "Read some with read_calls('calls').")
    titles = [call.title for call in calls]
    need(
        len(set(titles)) == len(titles),
        "Two calls have the same title.",
        'Give each its own: titolo = "...".',
    )
    tasks = [build_task(net, call) for call in calls]
    plan = Plan(tasks, _held_themes(tasks[0], priorities), _loads(tasks, max_load), max_size)
    plan.build()
    with progress_bar(progress, f"{len(calls)} calls") as watch:
        outcome, stage = _best(plan, seconds, effort, watch)
    return plan_rows(plan, outcome, stage, language)


def _held_themes(task: Task, priorities: pd.DataFrame | Sequence[str] | None) -> dict[str, Places]:
    """Return for each priority the places of the candidates that hold it."""
    if priorities is None:
        return {}
    if isinstance(priorities, pd.DataFrame):
        wanted = priorities[priorities["support"] > 0]
        themes = sorted(set(wanted["theme"]))
        held = {
            theme: task.ids.get_indexer(pd.Index(wanted["actor_id"][wanted["theme"] == theme]))
            for theme in themes
        }
        own = {theme: task.themes.get(theme, np.empty(0, np.int64)) for theme in themes}
        return {theme: np.union1d(places[places >= 0], own[theme]) for theme, places in held.items()}
    folded = {name.casefold(): places for name, places in task.themes.items()}
    return {theme: folded.get(theme.casefold(), np.empty(0, np.int64)) for theme in dict.fromkeys(priorities)}


def _loads(tasks: list[Task], max_load: int | None) -> Floats:
    """Return in how many coalitions each candidate may be."""
    caps = [call.max_load for call in (task.call for task in tasks) if call.max_load is not None]
    caps += [] if max_load is None else [max_load]
    most = np.full(tasks[0].n, float(min(caps)) if caps else np.inf)
    for task in tasks:
        for name, load in task.call.loads.items():
            place = task.place_of(name)
            most[place] = min(most[place], load)
    return most


def _best(plan: Plan, seconds: float | None, effort: int | None, watch: Watch | None) -> tuple[Outcome, str]:
    """Return the best plan, stage by stage, and the stage that was not proved (empty when all were)."""
    deadline = None if seconds is None else time.monotonic() + seconds
    outcome: Outcome | None = None
    for stage, gain in plan.gains().items():
        left = None if deadline is None else max(deadline - time.monotonic(), 0.0)
        full = np.concatenate([gain, np.zeros(plan.model.n_columns - len(gain))])
        start = None if outcome is None else outcome.answers
        nodes = effort if stage == "tied_pairs" else None
        answer = plan.model.maximise(full, seconds=left, nodes=nodes, start=start, watch=watch)
        if answer.state in ("infeasible", "unknown"):
            if outcome is None:
                raise OptionError("No plan was found in the time given.", "Give more with seconds=.")
            return outcome, stage
        outcome = answer
        if answer.state != "optimal":
            return outcome, stage
        plan.model.row(np.flatnonzero(gain), gain[gain != 0], low=answer.value - 0.5)
    if outcome is None:
        raise OptionError("A plan has nothing to look for.")
    return outcome, ""
