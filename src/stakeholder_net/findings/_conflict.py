"""Why nobody can apply: the smallest set of rules that cannot be kept together."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from stakeholder_net.findings._rules import Rule, Task
from stakeholder_net.findings._solver import Model

__all__ = ["smallest_conflict"]


def _possible(task: Task, places: Iterable[int]) -> bool:
    """Return whether some choice of candidates keeps these rules."""
    model = Model()
    model.columns(task.n)
    for place in places:
        task.rules[place].add_to(model)
    return model.minimise(np.zeros(task.n)).state != "infeasible"


def _grown(task: Task, kept: set[int]) -> set[int]:
    """Return a largest-by-inclusion set of rules that can be kept and holds the given one."""
    grown = set(kept)
    for place in range(len(task.rules)):
        if place not in grown and _possible(task, grown | {place}):
            grown.add(place)
    return grown


def smallest_conflict(task: Task) -> list[Rule]:
    """Return the fewest rules that together admit no coalition; empty when all can be kept.

    Every conflict must meet the complement of every set of rules that can be kept. So: take the smallest set of rules
    that meets all complements known so far; if it cannot be kept it is the answer, otherwise it yields one more.

    References
    ----------
    Ignatiev, A., Previti, A., Liffiton, M., Marques-Silva, J. (2015). Smallest MUS extraction with minimal hitting set
    dualization. CP 2015, LNCS 9255, 173-182. https://doi.org/10.1007/978-3-319-23219-5_13
    """
    everything = set(range(len(task.rules)))
    if _possible(task, everything):
        return []
    complements: list[set[int]] = []
    while True:
        core = _smallest_meeting(complements, len(task.rules))
        if core and not _possible(task, core):
            return [task.rules[place] for place in sorted(core)]
        complements.append(everything - _grown(task, core))


def _smallest_meeting(sets: list[set[int]], count: int) -> set[int]:
    """Return the smallest set of places that meets every one of some sets."""
    if not sets:
        return set()
    model = Model()
    model.columns(count)
    for each in sets:
        model.row(sorted(each), low=1.0)
    found = model.minimise(np.ones(count))
    return {int(place) for place in np.flatnonzero(found.answers > 0.5)}  # noqa: PLR2004 - yes is 1, no is 0
