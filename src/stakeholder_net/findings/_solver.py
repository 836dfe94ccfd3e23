"""Exact choice among yes/no answers: a small builder of mixed-integer programmes over HiGHS."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

__all__ = ["Model", "Outcome"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
State = Literal["optimal", "feasible", "infeasible", "unknown"]
ROUND = 1e-6


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the solver found.

    Parameters
    ----------
    state : {"optimal", "feasible", "infeasible", "unknown"}
        ``feasible``: stopped before the proof, the best so far stands; ``unknown``: stopped before any answer.
    answers : array of float
        One per column; yes/no columns are exactly 0 or 1. Empty when there is no answer.
    value, bound : float
        The objective of the answer, and what no answer can beat.
    """

    state: State
    answers: Floats
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """How far the answer may be from the best, as a share of its value; 0 when it is proved."""
        if self.state == "optimal":
            return 0.0
        if not np.isfinite(self.bound) or not np.isfinite(self.value):
            return float("nan")
        return abs(self.value - self.bound) / max(1.0, abs(self.value))


@dataclass(slots=True)
class Model:
    """Columns (yes/no or between bounds), rows (linear, between bounds), one objective at a time."""

    lower: list[Floats] = field(default_factory=list)
    upper: list[Floats] = field(default_factory=list)
    whole: list[npt.NDArray[np.bool_]] = field(default_factory=list)
    n_columns: int = 0
    n_rows: int = 0
    _row: list[Places] = field(default_factory=list)
    _column: list[Places] = field(default_factory=list)
    _value: list[Floats] = field(default_factory=list)
    _low: list[Floats] = field(default_factory=list)
    _high: list[Floats] = field(default_factory=list)

    def copy(self) -> Model:
        """Return a model that can be added to without changing this one."""
        return Model(
            [*self.lower],
            [*self.upper],
            [*self.whole],
            self.n_columns,
            self.n_rows,
            [*self._row],
            [*self._column],
            [*self._value],
            [*self._low],
            [*self._high],
        )

    def columns(self, count: int, *, whole: bool = True, upper: float = 1.0) -> Places:
        """Add columns between 0 and `upper`; return their places."""
        self.lower.append(np.zeros(count))
        self.upper.append(np.full(count, upper))
        self.whole.append(np.full(count, whole))
        self.n_columns += count
        return np.arange(self.n_columns - count, self.n_columns)

    def rows(  # noqa: PLR0913 - a row has ends
        self,
        row: npt.ArrayLike,
        column: npt.ArrayLike,
        value: npt.ArrayLike,
        *,
        low: npt.ArrayLike = -np.inf,
        high: npt.ArrayLike = np.inf,
        count: int | None = None,
    ) -> None:
        """Add rows ``low <= sum of value * column <= high``; `row` counts from 0 within this call."""
        place = np.atleast_1d(np.asarray(row, dtype=np.int64))
        added = count if count is not None else (int(place.max()) + 1 if len(place) else 0)
        self._row.append(place + self.n_rows)
        self._column.append(np.atleast_1d(np.asarray(column, dtype=np.int64)))
        self._value.append(np.broadcast_to(np.asarray(value, dtype=np.float64), place.shape))
        self._low.append(np.broadcast_to(np.asarray(low, dtype=np.float64), (added,)))
        self._high.append(np.broadcast_to(np.asarray(high, dtype=np.float64), (added,)))
        self.n_rows += added

    def row(
        self, column: npt.ArrayLike, value: npt.ArrayLike = 1.0, *, low: float = -np.inf, high: float = np.inf
    ) -> None:
        """Add one row."""
        place = np.atleast_1d(np.asarray(column, dtype=np.int64))
        self.rows(np.zeros(len(place), dtype=np.int64), place, value, low=[low], high=[high], count=1)

    def matrix(self) -> sparse.csr_array:
        """Return the rows as one sparse matrix."""
        if not self._row:
            return sparse.csr_array((0, self.n_columns))
        return sparse.csr_array(
            (np.concatenate(self._value), (np.concatenate(self._row), np.concatenate(self._column))),
            shape=(self.n_rows, self.n_columns),
        )

    def minimise(self, cost: Floats, *, seconds: float | None = None) -> Outcome:
        """Return the columns of least cost."""
        from scipy import optimize  # noqa: PLC0415 - only who asks for an optimum waits for it

        full = np.zeros(self.n_columns)
        full[: len(cost)] = cost
        whole = np.concatenate(self.whole)
        found = optimize.milp(
            full,
            integrality=whole.astype(int),
            bounds=optimize.Bounds(np.concatenate(self.lower), np.concatenate(self.upper)),
            constraints=[]
            if not self.n_rows
            else [
                optimize.LinearConstraint(
                    self.matrix(), np.concatenate(self._low), np.concatenate(self._high)
                )
            ],
            options={"mip_rel_gap": 0.0, "time_limit": 1e9 if seconds is None else max(seconds, 0.01)},
        )
        if found.status == 2:  # noqa: PLR2004 - scipy's word for infeasible
            return Outcome("infeasible", np.empty(0), np.nan, np.nan)
        answers = np.atleast_1d(np.asarray(found.x, dtype=np.float64))  # NaN when there is none
        if np.isnan(answers).any():
            return Outcome("unknown", np.empty(0), np.nan, np.nan)
        answers[whole] = np.round(answers[whole])
        bound = float(np.asarray(found.mip_dual_bound, dtype=np.float64))
        state: State = "optimal" if found.status == 0 else "feasible"
        return Outcome(state, answers, snapped(float(full @ answers)), snapped(bound))

    def maximise(self, gain: Floats, *, seconds: float | None = None) -> Outcome:
        """Return the columns of greatest gain."""
        found = self.minimise(-gain, seconds=seconds)
        return Outcome(found.state, found.answers, -found.value, -found.bound)


def snapped(value: float) -> float:
    """Return a number without the solver's rounding dust (15.000000000000137 is 15)."""
    nearest = round(value) if np.isfinite(value) else value
    return float(nearest) if abs(value - nearest) < ROUND else value
