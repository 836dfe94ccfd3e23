"""The model of a plan: for every call the candidates, whether it is answered, and what is looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from stakeholder_net.findings._rules import Task
from stakeholder_net.findings._solver import Floats, Model, Places

__all__ = ["Plan"]


@dataclass(slots=True)
class Plan:
    """The model of a plan: for every call the candidates and whether it is answered."""

    tasks: list[Task]
    themes: dict[str, Places]
    most: Floats
    max_size: int
    model: Model = field(default_factory=Model)
    chosen: list[Places] = field(default_factory=list)
    opened: Places = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    def build(self) -> None:
        """Add candidates, calls, rules and loads."""
        n = self.tasks[0].n
        self.opened = self.model.columns(len(self.tasks))
        for task, opened in zip(self.tasks, self.opened, strict=True):
            chosen = self.model.columns(n)
            self.chosen.append(chosen)
            for rule in task.rules:
                rule.at(chosen).add_to(self.model, opened=int(opened))
            self.model.row([*chosen, opened], [*np.ones(n), -float(self.size_of(task))], high=0.0)
        seats = np.array(self.chosen)
        capped = np.flatnonzero(np.isfinite(self.most))
        rows = np.repeat(np.arange(len(capped)), len(self.tasks))
        self.model.rows(rows, seats[:, capped].T.ravel(), 1.0, high=self.most[capped], count=len(capped))

    def gains(self) -> dict[str, Floats]:
        """Return what is maximised, the most important first."""
        seats = np.array(self.chosen)
        n = seats.shape[1]
        parts: dict[str, tuple[Places, float]] = {"calls": (self.opened, 1.0)}
        themes = [seats[:, members].ravel() for members in self.themes.values()]
        parts["priorities"] = (self._covered(themes), 1.0)
        parts["actors"] = (self._covered(list(seats.T)), 1.0)
        awards = [chosen[award.sets[0]] for task, chosen in zip(self.tasks, self.chosen, strict=True)
                  for award in task.awards]  # fmt: skip
        parts["awards"] = (self._covered(awards), 1.0)
        parts["trusted"] = (self._strangers(n), -1.0)
        parts["seats"] = (seats.ravel(), -1.0)
        parts["tied_pairs"] = (self._pairs(n), 1.0)
        return {name: self._gain(*part) for name, part in parts.items()}

    def _strangers(self, n: int) -> Places:
        """Return one column a seat: 1 when its holder is tied to nobody else of the coalition."""
        strangers = self.model.columns(len(self.chosen) * n, whole=False)
        first, second = self.tasks[0].pairs
        for k, chosen in enumerate(self.chosen):
            here = strangers[k * n : (k + 1) * n]
            rows = np.concatenate([np.arange(n), np.arange(n), first, second])
            columns = np.concatenate([here, chosen, chosen[second], chosen[first]])
            values = np.concatenate([np.ones(n), -np.ones(n), np.ones(2 * len(first))])
            self.model.rows(rows, columns, values, low=0.0, count=n)
        return strangers

    def _pairs(self, n: int) -> Places:
        """Return one column a tie and call: 1 only when both its ends are chosen."""
        first, second = self.tasks[0].pairs
        count, every = len(first), []
        for task, chosen in zip(self.tasks, self.chosen, strict=True):
            both = self.model.columns(count, whole=False)
            rows = np.repeat(np.arange(2 * count), 2)
            ends = np.concatenate([chosen[first], chosen[second]])
            columns = np.column_stack([np.tile(both, 2), ends]).ravel()
            self.model.rows(rows, columns, np.tile([1.0, -1.0], 2 * count), high=0.0, count=2 * count)
            # follows from the others, and makes bounds much tighter
            rows = np.concatenate([first, second, np.arange(n)])
            values = np.concatenate([np.ones(2 * count), np.full(n, 1.0 - self.size_of(task))])
            self.model.rows(rows, np.concatenate([both, both, chosen]), values, high=0.0, count=n)
            every.append(both)
        return np.concatenate(every)

    def size_of(self, task: Task) -> int:
        """Return the largest coalition for a call."""
        return task.call.max_partners or max(self.max_size, task.call.min_partners)

    def _covered(self, sets: Sequence[Places]) -> Places:
        columns = self.model.columns(len(sets), whole=False)
        sizes = [len(members) for members in sets]
        if sets:
            row = np.concatenate([np.arange(len(sets)), np.repeat(np.arange(len(sets)), sizes)])
            column = np.concatenate([columns, *sets])
            value = np.concatenate([np.ones(len(sets)), -np.ones(sum(sizes))])
            self.model.rows(row, column, value, high=0.0, count=len(sets))
        return columns

    def _gain(self, columns: Places, value: float) -> Floats:
        gain = np.zeros(self.model.n_columns)
        gain[columns] = value
        return gain
