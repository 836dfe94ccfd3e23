"""A call as a programme: its rules as rows, and everything that a coalition can be good at as something to maximise."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from stakeholder_net._checks import unknown_name
from stakeholder_net.errors import OptionError
from stakeholder_net.findings._frame import town_population
from stakeholder_net.findings._rules import Rule, Task
from stakeholder_net.findings._solver import Floats, Model, Outcome, Places, State, Watch
from stakeholder_net.words import Language

__all__ = [
    "LEXICOGRAPHIC",
    "Choice",
    "Objective",
    "Program",
    "best_choice",
    "objective_label",
    "step",
    "value_of",
]

Objective = Literal[
    "awards", "trusted", "size", "tied_pairs", "new_ties", "municipalities", "themes", "population"
]
OBJECTIVES: Final = (
    "awards",
    "trusted",
    "size",
    "tied_pairs",
    "new_ties",
    "municipalities",
    "themes",
    "population",
)
_LABELS: Final[dict[str, tuple[str, str]]] = {
    "awards": ("criteri premiali coperti", "award criteria met"),
    "trusted": ("partner senza legami", "partners without ties"),
    "size": ("partner", "partners"),
    "tied_pairs": ("coppie già legate", "pairs already tied"),
    "new_ties": ("coppie nuove", "new pairs"),
    "municipalities": ("comuni rappresentati", "municipalities represented"),
    "themes": ("temi coperti", "themes covered"),
    "population": ("abitanti dei comuni rappresentati", "inhabitants of the municipalities represented"),
}
LEXICOGRAPHIC: Final = ("awards", "trusted", "size", "tied_pairs")


@dataclass(frozen=True, slots=True)
class Choice:
    """One coalition and what the solver can say of it."""

    places: Places
    state: State
    value: float
    bound: float
    criterion: str = ""
    stopped: bool = False

    @property
    def gap(self) -> float:
        """How far it may be from the best, as a share of its value; 0 when it is proved."""
        return 0.0 if self.state == "optimal" else abs(self.bound - self.value) / max(1.0, abs(self.value))


class Program:
    """The model of a task: first the candidates, then the rules, then a block of columns for each objective asked."""

    def __init__(self, task: Task, *, order: Places | None = None, seconds: float | None = None) -> None:
        self.task, self.model = task, Model()
        # the order of the columns decides between equals
        self.chosen = np.empty(task.n, dtype=np.int64)
        self.chosen[np.arange(task.n) if order is None else order] = self.model.columns(task.n)
        for rule in task.rules:
            rule.at(self.chosen).add_to(self.model)
        self.deadline = None if seconds is None else time.monotonic() + seconds
        self._gains: dict[str, Floats] = {}
        self._pairs: Places | None = None
        self.most = task.call.max_partners  # the largest size known to be possible

    def copy(self) -> Program:
        """Return a programme that can be added to without changing this one."""
        other = object.__new__(Program)
        other.task, other.chosen, other.deadline = self.task, self.chosen, self.deadline
        other.model, other._gains = self.model.copy(), dict(self._gains)
        other._pairs, other.most = self._pairs, self.most
        return other

    @property
    def left(self) -> float | None:
        """Seconds that are left; None without a limit."""
        return None if self.deadline is None else max(self.deadline - time.monotonic(), 0.0)

    def differ(self, places: Places, distance: int) -> None:
        """Ask that the coalition differ from another in so many actors at least."""
        signs = np.ones(self.task.n)
        signs[places] = -1.0
        self.model.row(self.chosen, signs, low=distance - len(places))

    def gain(self, objective: str) -> Floats:
        """Return what is maximised for an objective; adds its columns when it is first asked.

        Raises
        ------
        UnknownNameError
            When there is no such objective and no such column of the actors.
        """
        if objective not in self._gains:
            if objective in OBJECTIVES:
                self._gains[objective] = getattr(self, f"_{objective}")()
            else:
                self._gains[objective] = -self._sum(objective)
        found = self._gains[objective]
        return np.concatenate([found, np.zeros(self.model.n_columns - len(found))])

    def prefer(self, objective: str, places: Places) -> None:
        """Make an objective of some candidates being chosen."""
        self._gains[objective] = self._row(self.chosen[places])

    def at_least(self, objective: str, value: float) -> None:
        """Ask that an objective reach a value."""
        gain = self.gain(objective)
        used = np.flatnonzero(gain)
        # half a step: no other value lies between, and the solver's tolerance cannot cut the answer off
        self.model.row(used, gain[used], low=value - step(gain) / 2)

    def best(self, objective: str, *, start: Outcome | None = None, watch: Watch | None = None) -> Outcome:
        """Return the answer with the greatest gain."""
        gain = self.gain(objective)
        known = None if start is None else start.answers
        found = self.model.maximise(gain, seconds=self.left, start=known, watch=watch)
        return replace(found, value=float(np.round(found.value)) + 0.0) if step(gain) == 1.0 else found

    # --- what a coalition can be good at ----------------------------------------------------------------------------
    def _row(self, columns: npt.ArrayLike, value: npt.ArrayLike = 1.0) -> Floats:
        gain = np.zeros(self.model.n_columns)
        gain[np.asarray(columns, dtype=np.int64)] = value
        return gain

    def _covered(self, sets: Sequence[Places], weights: npt.ArrayLike = 1.0) -> Floats:
        """Return the gain of covering sets, each by at least one partner."""
        if not sets:
            return np.zeros(self.model.n_columns)
        columns = self.model.columns(len(sets), whole=False)
        sizes = [len(members) for members in sets]
        row = np.concatenate([np.arange(len(sets)), np.repeat(np.arange(len(sets)), sizes)])
        column = np.concatenate([columns, *[self.chosen[members] for members in sets]])
        value = np.concatenate([np.ones(len(sets)), -np.ones(sum(sizes))])
        self.model.rows(row, column, value, high=0.0, count=len(sets))
        return self._row(columns, weights)

    def _awards(self) -> Floats:
        return self._covered([award.sets[0] for award in self.task.awards])

    def _trusted(self) -> Floats:
        """Return minus the strangers: chosen candidates none of whose neighbours is chosen."""
        n, (first, second) = self.task.n, self.task.pairs
        stranger = self.model.columns(n, whole=False)
        rows = np.concatenate([np.arange(n), np.arange(n), first, second])
        columns = np.concatenate([stranger, self.chosen, self.chosen[second], self.chosen[first]])
        values = np.concatenate([np.ones(n), -np.ones(n), np.ones(2 * len(first))])
        self.model.rows(rows, columns, values, low=0.0, count=n)
        return self._row(stranger, -1.0)

    def _size(self) -> Floats:
        return self._row(self.chosen, -1.0)

    def _pair_columns(self) -> Places:
        """Return one column for each tie among candidates: 1 only when both ends are chosen."""
        if self._pairs is None:
            first, second = (self.chosen[ends] for ends in self.task.pairs)
            count = len(first)
            self._pairs = self.model.columns(count, whole=False)
            rows = np.repeat(np.arange(2 * count), 2)
            ends = np.concatenate([first, second])
            columns = np.column_stack([np.tile(self._pairs, 2), ends]).ravel()
            self.model.rows(rows, columns, np.tile([1.0, -1.0], 2 * count), high=0.0, count=2 * count)
            self._bound_degrees(self._pairs)
        return self._pairs

    def _bound_degrees(self, pairs: Places) -> None:
        """Say that a partner has at most size - 1 tied partners: it follows, and makes proofs many times faster."""
        if self.most is None:
            return
        (first, second), n = self.task.pairs, self.task.n
        rows = np.concatenate([first, second, np.arange(n)])
        columns = np.concatenate([pairs, pairs, self.chosen])
        values = np.concatenate([np.ones(2 * len(pairs)), np.full(n, 1.0 - self.most)])
        self.model.rows(rows, columns, values, high=0.0, count=n)

    def _tied_pairs(self) -> Floats:
        return self._row(self._pair_columns())

    def _new_ties(self) -> Floats:
        """Return the pairs of partners that are not tied yet: all pairs, by size, less those that are tied."""
        pairs = self._pair_columns()
        first, second = (self.chosen[ends] for ends in self.task.pairs)
        count = len(first)
        rows = np.repeat(np.arange(count), 3)
        columns = np.column_stack([pairs, first, second]).ravel()
        self.model.rows(rows, columns, np.tile([-1.0, 1.0, 1.0], count), high=1.0, count=count)
        sizes = np.arange(self.task.n + 1)
        most = self.task.call.max_partners
        sizes = sizes if most is None else sizes[: most + 1]
        is_size = self.model.columns(len(sizes))
        self.model.row(is_size, low=1.0, high=1.0)
        self.model.row(
            np.concatenate([is_size, self.chosen]),
            np.concatenate([sizes.astype(np.float64), -np.ones(self.task.n)]),
            low=0.0, high=0.0,
        )  # fmt: skip
        return self._row(is_size, sizes * (sizes - 1) / 2) - self._row(pairs)

    def _municipalities(self) -> Floats:
        return self._covered(list(self.task.members("municipality").values()))

    def _themes(self) -> Floats:
        return self._covered(list(self.task.members("themes").values()))

    def _population(self) -> Floats:
        towns = self.task.members("municipality")
        people = town_population(self.task.actors).reindex(list(towns)).fillna(0.0)
        return self._covered(list(towns.values()), people.to_numpy(dtype=np.float64))

    def _sum(self, column: str) -> Floats:
        return self._row(self.chosen, _costs(self.task, column))


def step(gain: Floats) -> float:
    """Return by how much two values of an objective differ at least: 1 for whole numbers, else a ten-thousandth."""
    return 1.0 if np.all(np.abs(gain - np.round(gain)) < 1e-9) else 1e-4  # noqa: PLR2004 - rounding dust


def objective_label(name: str, language: Language) -> str:
    """Return what an objective is called; a column of the actors by its own name."""
    return _LABELS[name][0 if language == "it" else 1] if name in _LABELS else name


def _costs(task: Task, column: str) -> Floats:
    if column not in task.actors.columns:
        raise unknown_name("objective", column, [*OBJECTIVES, *task.actors.columns])
    return pd.to_numeric(task.actors[column], errors="coerce").fillna(0.0).to_numpy(dtype=np.float64)


def value_of(task: Task, objective: str, chosen: npt.NDArray[np.bool_]) -> float:
    """Return how good a coalition is at something, counted from the coalition itself; more is better.

    Parameters
    ----------
    task : Task
        The call and its candidates.
    objective : str
        A name of ``OBJECTIVES`` or a column of the actors, whose sum counts against the coalition.
    chosen : array of bool
        One per candidate.
    """
    places = np.flatnonzero(chosen)
    inside = task.ties[places][:, places] > 0
    degree = np.asarray(inside.sum(axis=1)).ravel()
    size, tied = len(places), int(degree.sum()) // 2
    if objective in ("municipalities", "themes", "population"):
        column = "themes" if objective == "themes" else "municipality"
        reached = [name for name, members in task.members(column).items() if chosen[members].any()]
        people = (
            town_population(task.actors).reindex(reached).fillna(0.0).sum()
            if objective == "population"
            else 0
        )
        return float(people if objective == "population" else len(reached))
    if objective == "kept":
        return float("nan")  # known to the search only
    values = {
        "awards": sum(award.kept(chosen) for award in task.awards), "trusted": -int((degree == 0).sum()),
        "size": -size, "tied_pairs": tied, "new_ties": size * (size - 1) // 2 - tied,
    }  # fmt: skip
    return float(values[objective]) if objective in values else -float(_costs(task, objective)[places].sum())


def best_choice(  # noqa: PLR0913 - each is one limit of the search
    task: Task,
    others: Sequence[Places] = (),
    *,
    distance: int = 1,
    seconds: float | None = None,
    order: Places | None = None,
    stages: Sequence[str] = LEXICOGRAPHIC,
    rules: Sequence[Rule] = (),
    keep: Places | None = None,
    watch: Watch | None = None,
) -> Choice | None:
    """Return the best coalition, stage by stage, that differs from some others; None when there is none.

    A stage that is stopped by time or by Ctrl-C leaves the best so far, and the stages after it are not begun.
    """
    program = Program(task, order=order, seconds=seconds)
    for places in others:
        program.differ(places, distance)
    for rule in rules:
        rule.at(program.chosen).add_to(program.model)
    if keep is not None:  # before all else, as many of these as can be
        stages = ("kept", *stages)
        program.prefer("kept", keep)
    outcome: Outcome | None = None
    criterion = ""
    for stage in stages:
        if outcome is not None and outcome.state == "feasible":
            break
        criterion = stage
        answer = program.best(stage, start=outcome, watch=watch)
        if answer.state == "infeasible" and outcome is None:
            return None
        if answer.state in ("infeasible", "unknown"):
            outcome = _unproved(program, outcome, stage, stopped=answer.stopped)
            break
        outcome = answer
        program.at_least(stage, answer.value)
        if stage == "size":
            program.most = round(-answer.value)
    if outcome is None:
        return None
    places = np.flatnonzero(outcome.answers[program.chosen] > 0.5)  # noqa: PLR2004 - yes is 1, no is 0
    bound = float(np.fmin(outcome.bound, _ceiling(program, criterion)))
    return Choice(places, outcome.state, outcome.value, bound, criterion, outcome.stopped)


def _unproved(program: Program, outcome: Outcome | None, stage: str, *, stopped: bool) -> Outcome:
    """Return the answer of the stage before, no longer called the best; stop when there is none."""
    if outcome is None:
        if stopped:
            raise KeyboardInterrupt
        raise OptionError(
            "No coalition was found in the time given, and none was proved impossible.",
            "Give more with seconds=.",
        )
    chosen = outcome.answers[program.chosen] > 0.5  # noqa: PLR2004
    value = value_of(program.task, stage, chosen)
    return Outcome("feasible", outcome.answers, value, np.inf, stopped=stopped)


def _ceiling(program: Program, stage: str) -> float:
    """Return what no coalition can beat, when the solver had no time to find a bound of its own."""
    most = program.task.n if program.most is None else program.most
    ceilings = {
        "awards": len(program.task.awards), "trusted": 0, "size": -program.task.call.min_partners,
        "tied_pairs": most * (most - 1) // 2,
    }  # fmt: skip
    return float(ceilings.get(stage, np.nan))
