"""Exact choice among yes/no answers: a small builder of mixed-integer programmes over HiGHS."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

if TYPE_CHECKING:
    import highspy

__all__ = ["Model", "Outcome", "Watch"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
State = Literal["optimal", "feasible", "infeasible", "unknown"]
Watch = Callable[[float, float], None]
LOOK = 0.1  # seconds between two looks at the search
ROUND = 1e-5


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
    stopped : bool
        Whether Ctrl-C ended the search.
    """

    state: State
    answers: Floats
    value: float
    bound: float
    stopped: bool = False


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

    def minimise(
        self,
        cost: Floats,
        *,
        seconds: float | None = None,
        nodes: int | None = None,
        start: Floats | None = None,
        watch: Watch | None = None,
    ) -> Outcome:
        """Return the columns of least cost.

        Parameters
        ----------
        cost : array of float
            One per column; columns that come after its end cost nothing.
        seconds : float, optional
            When to stop with the best so far.
        nodes : int, optional
            After how many steps of the search to stop with the best so far: unlike time, the same on every machine.
        start : array of float, optional
            An answer known to keep all rows, for the first columns: the search begins there.
        watch : callable, optional
            Told the best value and the bound as the search goes on.
        """
        full = np.zeros(self.n_columns)
        full[: len(cost)] = cost
        solver = self._solver(full, seconds, nodes)
        if start is not None:
            known = np.arange(len(start), dtype=np.int32)
            solver.setSolution(len(start), known, np.asarray(start, dtype=np.float64))
        stopped = _run(solver, watch)
        return self._outcome(solver, full, stopped=stopped)

    def maximise(
        self,
        gain: Floats,
        *,
        seconds: float | None = None,
        nodes: int | None = None,
        start: Floats | None = None,
        watch: Watch | None = None,
    ) -> Outcome:
        """Return the columns of greatest gain; see ``minimise``."""
        turned = None if watch is None else (lambda value, bound: watch(-value, -bound))
        found = self.minimise(-gain, seconds=seconds, nodes=nodes, start=start, watch=turned)
        return replace(found, value=0.0 - found.value, bound=0.0 - found.bound)

    def _solver(self, cost: Floats, seconds: float | None, nodes: int | None) -> highspy.Highs:
        import highspy  # noqa: PLC0415 - only who asks for an optimum waits for it

        rows = self.matrix()
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.n_columns, self.n_rows
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = (
            cost,
            np.concatenate(self.lower),
            np.concatenate(self.upper),
        )
        nothing = np.empty(0)
        lp.row_lower_ = np.concatenate([nothing, *self._low])
        lp.row_upper_ = np.concatenate([nothing, *self._high])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = self.n_columns, self.n_rows
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = rows.indptr, rows.indices, rows.data
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(whole)] for whole in np.concatenate(self.whole)]
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        # one thread and a fixed seed: equal questions get equal answers
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 0),
            ("mip_rel_gap", 0.0),
        ):
            solver.setOptionValue(option, value)
        if seconds is not None:
            solver.setOptionValue("time_limit", max(seconds, 0.01))
        if nodes is not None:
            solver.setOptionValue("mip_max_nodes", nodes)
        solver.passModel(lp)
        return solver

    def _outcome(self, solver: highspy.Highs, cost: Floats, *, stopped: bool) -> Outcome:
        import highspy  # noqa: PLC0415

        status, info = solver.getModelStatus(), solver.getInfo()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Outcome("infeasible", np.empty(0), np.nan, np.nan)
        if info.primal_solution_status != highspy.kSolutionStatusFeasible:
            return Outcome("unknown", np.empty(0), np.nan, np.nan, stopped=stopped)
        whole = np.concatenate(self.whole)
        answers = np.array(solver.getSolution().col_value, dtype=np.float64)
        answers[whole] = np.round(answers[whole])
        value = snapped(float(cost @ answers))
        proved = status == highspy.HighsModelStatus.kOptimal
        bound = value if proved else snapped(float(info.mip_dual_bound))
        return Outcome("optimal" if proved else "feasible", answers, value, bound, stopped=stopped)


def _run(solver: highspy.Highs, watch: Watch | None) -> bool:
    """Solve; Ctrl-C asks for the best so far instead of losing it. Return whether it was asked.

    No thread: one that was interrupted made the solver abort the process at its end. The handler only notes the wish,
    and the solver, which asks all the time whether to go on, hears of it.
    """
    asked: list[int] = []
    told = time.monotonic()

    def look(event: highspy.HighsCallbackEvent) -> None:
        nonlocal told
        if watch is not None and time.monotonic() - told > LOOK:
            told = time.monotonic()
            watch(event.data_out.mip_primal_bound, event.data_out.mip_dual_bound)
        if asked:
            event.interrupt()

    def stop(event: highspy.HighsCallbackEvent) -> None:
        if asked:
            event.interrupt()

    solver.cbMipInterrupt += look  # the log's own event is silent when the log is
    solver.cbSimplexInterrupt += stop
    solver.cbIpmInterrupt += stop
    if threading.current_thread() is not threading.main_thread():
        solver.run()  # only the main thread hears of Ctrl-C
        return False
    before = signal.signal(signal.SIGINT, lambda number, _: asked.append(number))
    try:
        solver.run()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)
    return bool(asked)


def snapped(value: float) -> float:
    """Return a number without the solver's rounding dust (15.000000000000137 is 15)."""
    nearest = round(value) if np.isfinite(value) else value
    return float(nearest) + 0.0 if abs(value - nearest) < ROUND else value  # -0 is 0
