"""What a call has to choose between: every coalition that no other one beats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from stakeholder_net.errors import OptionError
from stakeholder_net.findings._frame import as_finding, check_language
from stakeholder_net.findings._program import OBJECTIVES, Choice, Program, objective_label, step, value_of
from stakeholder_net.findings._progress import progress_bar
from stakeholder_net.findings._reasons import coalition_row, conflict_rows
from stakeholder_net.findings._rules import Task, build_task, names_of
from stakeholder_net.findings._say import listed, number, phrase
from stakeholder_net.findings._solver import Outcome, Places
from stakeholder_net.findings.call import Call
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import Language

__all__ = ["coalition_front"]

Point = tuple[float, ...]

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "point": (
        "{values}. Nessun'altra coalizione fa meglio in un punto senza fare peggio in un altro. Partner: {names}.",
        "{values}. No other coalition does better in one point without doing worse in another. Partners: {names}.",
    ),
    "cut": (
        " L'elenco è stato interrotto: possono esservene altre.",
        " The list was cut short: there may be others.",
    ),
}
DEFAULT: Final = ("awards", "tied_pairs", "new_ties", "municipalities", "size")


def coalition_front(  # noqa: PLR0913 - each option is asked by itself
    net: StakeholderNetwork,
    call: Call,
    *,
    objectives: Sequence[str] = DEFAULT,
    n_max: int = 200,
    count: bool = False,
    seconds: float | None = 120.0,
    progress: bool = False,
    language: Language = "it",
) -> pd.DataFrame:
    """Between which coalitions does a call make us choose?

    All points that no coalition beats in every objective at once (the Pareto front), found exactly by
    epsilon-constraints: the first objective is maximised while the others are held above floors, and each answer
    divides the part of the space that is left.

    Parameters
    ----------
    net : StakeholderNetwork
        The candidates and their ties.
    call : Call
        What is asked.
    objectives : sequence of str
        Two or more of: ``awards`` (criteria met), ``trusted`` (few partners without a tie), ``size`` (few partners),
        ``tied_pairs`` (prior trust), ``new_ties`` (pairs that meet for the first time), ``municipalities`` (territorial
        balance), ``themes``, ``population`` (inhabitants of the municipalities); or a column of the actors, whose sum
        (a cost) is to be small.
    n_max : int
        Stop after so many points.
    count : bool
        Also count the coalitions that share each point.
    seconds : float or None
        Time for the whole search.
    progress : bool
        Whether to show how the search goes on.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row a point, with one coalition that reaches it, best in the first objective first; one column an
        objective, in its own units (partners without ties, partners and costs as they are: less is better there).
        ``n_coalitions`` is NaN unless counted. ``status`` is "optimal" when the front is complete, "feasible" when it
        was cut short; a call that cannot be kept gives the rules in conflict, as ``coalitions`` does.

    Raises
    ------
    OptionError
        When fewer than two objectives are given, or the call asks nothing.
    UnknownNameError
        When an objective is neither known nor a column of the actors.

    References
    ----------
    Klamroth, K., Lacour, R., Vanderpooten, D. (2015). On the representation of the search region in multi-objective
    optimization. European Journal of Operational Research 245(3), 767-778. https://doi.org/10.1016/j.ejor.2015.03.031

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": list("abc"), "name": ["Comune", "Coop", "Odv"],
    ...                          "kind": ["comune", "coop_sociale", "ets_odv"]}),
    ...     ties=pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["partnership"], "weight": [1.0]}))
    >>> call = Call(title="Prova", max_partners=2, required_kinds={"comune": 1})
    >>> coalition_front(net, call, objectives=("tied_pairs", "new_ties"))[["tied_pairs", "new_ties", "actors"]]
       tied_pairs  new_ties  actors
    0           1         0  (a, b)
    1           0         1  (a, c)
    """
    check_language(language)
    names = list(dict.fromkeys(objectives))
    if len(names) < 2:  # noqa: PLR2004 - a choice needs two sides
        raise OptionError("A front needs two objectives or more.", "For one, use coalitions(net, call).")
    task = build_task(net, call)
    search = _Search(task, names, seconds)
    if search.first is None:
        return conflict_rows(task, language)
    with progress_bar(progress, call.title) as watch:
        points = {}
        for point, places in search.points():
            points[point] = places
            if watch is not None:
                watch(len(points), len(search.zones))
            if len(points) >= n_max:
                break
    complete = not search.stopped and not search.zones
    rows = [
        _point_row(task, names, point, places, language, complete=complete, search=search if count else None)
        for point, places in sorted(points.items(), key=lambda item: tuple(-v for v in item[0]))
    ]
    return as_finding(rows, ["call", "status", "lead", "n", *names, "n_coalitions"])


class _Search:
    """Goes through the space of values zone by zone."""

    def __init__(self, task: Task, names: list[str], seconds: float | None) -> None:
        self.task, self.names = task, names
        self.program = Program(task, seconds=seconds)
        for name in names:
            self.program.gain(name)
        self.steps = [step(self.program.gain(name)) for name in names]
        self.known: list[tuple[Point, Point | None]] = []
        self.zones: list[Point] = []
        self.stopped = False
        self.found: dict[Point, Places] = {}
        self.first = self._solve((-np.inf,) * (len(names) - 1))

    def points(self) -> Iterator[tuple[Point, Places]]:
        """Yield each point of the front with one coalition, once."""
        self.zones = [(-np.inf,) * (len(self.names) - 1)]
        told: set[Point] = set()
        while self.zones and not self.stopped:
            zone = self.zones.pop()
            point = self._solve(zone)
            if point is None:
                continue
            self._divide(zone, point)
            if point not in told:
                told.add(point)
                yield point, self.found[point]

    def _divide(self, zone: Point, point: Point) -> None:
        """Put in the place of a zone those parts of it where something is better than at a point."""
        for place in range(len(zone)):
            part = list(zone)
            part[place] = point[place + 1] + self.steps[place + 1]
            if not any(all(w <= p for w, p in zip(other, part, strict=True)) for other in self.zones):
                self.zones = [o for o in self.zones if not all(p <= w for p, w in zip(part, o, strict=True))]
                self.zones.append(tuple(part))

    def _solve(self, zone: Point) -> Point | None:
        """Return the point with the greatest first objective in a zone, None when the zone is empty."""
        for larger, point in self.known:
            inside = point is None or all(p >= z - 1e-9 for p, z in zip(point[1:], zone, strict=True))
            if inside and all(a <= b for a, b in zip(larger, zone, strict=True)):
                return point
        point = self._lexicographic(zone)
        if not self.stopped:
            self.known.append((zone, point))
        return point

    def _lexicographic(self, zone: Point) -> Point | None:
        program = self.program.copy()
        for name, least in zip(self.names[1:], zone, strict=True):
            if np.isfinite(least):
                program.at_least(name, least)
        outcome: Outcome | None = None
        for name in self.names:
            answer = program.best(name, start=outcome)
            if answer.state == "infeasible":
                return None
            if answer.state != "optimal":
                self.stopped = True
                return None
            outcome = answer
            program.at_least(name, answer.value)
        if outcome is None:
            return None
        chosen = outcome.answers[program.chosen] > 0.5  # noqa: PLR2004 - yes is 1, no is 0
        point = tuple(value_of(self.task, name, chosen) for name in self.names)
        self.found.setdefault(point, np.flatnonzero(chosen))
        return point

    def count(self, point: Point) -> int:
        """Return how many coalitions reach exactly a point."""
        program = self.program.copy()
        for name, value in zip(self.names, point, strict=True):
            program.at_least(name, value)
        total = 0
        while True:
            answer = program.best(self.names[0])
            if answer.state != "optimal":
                return total
            total += 1
            program.differ(np.flatnonzero(answer.answers[program.chosen] > 0.5), 1)  # noqa: PLR2004


def _point_row(  # noqa: PLR0913 - what a row is made of
    task: Task,
    names: list[str],
    point: Point,
    places: Places,
    language: Language,
    *,
    complete: bool,
    search: _Search | None,
) -> dict[str, Any]:
    row = coalition_row(task, Choice(places, "optimal", 0.0, 0.0), 1, language)
    shown = {name: _shown(name, value) for name, value in zip(names, point, strict=True)}
    values = ", ".join(
        f"{objective_label(name, language)} {number(value, language)}" for name, value in shown.items()
    )
    partners = listed(names_of(task, task.ids.get_indexer(row["actors"])), language, shown=12)
    why = phrase(_SENTENCES, "point", language, values=values[:1].upper() + values[1:], names=partners)
    if not complete:
        why += phrase(_SENTENCES, "cut", language)
    return {
        "finding": "coalition_front", "actors": row["actors"], "score": point[0], "why": why,
        "evidence": row["evidence"], "call": task.call.title, "status": "optimal" if complete else "feasible",
        "lead": row["lead"], "n": row["n"], **shown,
        "n_coalitions": np.nan if search is None else search.count(point),
    }  # fmt: skip


def _shown(name: str, value: float) -> float:
    """Return a value in its own units: what counts against a coalition is told as it is."""
    more_is_better = name in OBJECTIVES and name not in ("trusted", "size")
    number_ = value if more_is_better else -value + 0.0
    return int(number_) if float(number_).is_integer() else number_
