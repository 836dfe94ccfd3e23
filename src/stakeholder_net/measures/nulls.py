"""What chance alone would bring about: corrections for many tests, and the maximum-entropy register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import sparse, special

from stakeholder_net._checks import check_option
from stakeholder_net.errors import OptionError

__all__ = ["adjust_p_values", "attendance_probabilities", "poisson_binomial"]

Adjustment = Literal["bh", "by", "holm"]

STEPS = 200
RESIDUAL = 1e-11
TOLERATED = 1e-8
SMALLEST = 1e-9


def adjust_p_values(p_values: object, *, method: Adjustment = "bh", family: int | None = None) -> np.ndarray:
    """How small are these p-values when one remembers how many were tried?

    Parameters
    ----------
    p_values : array_like of float, shape (n,)
        NaN where there was nothing to test; it stays NaN and does not count.
    method : {"bh", "by", "holm"}
        Benjamini-Hochberg (false discovery rate), Benjamini-Yekutieli (the same under any dependence), Holm (chance of
        any false discovery).
    family : int, optional
        How many tests belong to the family, when those with p = 1 were not even written down.

    Returns
    -------
    numpy.ndarray of float64, shape (n,)
        Adjusted p-values, at most 1.

    Raises
    ------
    OptionError
        When a p-value lies outside 0 to 1, or `family` is smaller than their number.

    References
    ----------
    Benjamini, Y., Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical Society
    B 57, 289-300. https://doi.org/10.1111/j.2517-6161.1995.tb02031.x
    Benjamini, Y., Yekutieli, D. (2001). The control of the false discovery rate in multiple testing under dependency.
    Annals of Statistics 29, 1165-1188. https://doi.org/10.1214/aos/1013699998
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6,
    65-70. https://www.jstor.org/stable/4615733

    Examples
    --------
    >>> adjust_p_values([0.01, 0.04, 0.03]).tolist()
    [0.03, 0.04, 0.04]
    """
    check_option("method", method, ("bh", "by", "holm"))
    given = np.asarray(p_values, dtype="float64")
    tested = np.flatnonzero(~np.isnan(given))
    values = given[tested]
    if len(values) and (values.min() < 0 or values.max() > 1 + 1e-9):
        raise OptionError("p_values must lie between 0 and 1.")
    size = len(values) if family is None else family
    if size < len(values):
        raise OptionError(f"family={family} is smaller than the number of p-values, {len(values)}.")
    order = np.argsort(values, kind="stable")
    place = np.arange(1, len(values) + 1)
    if method == "holm":
        adjusted = np.maximum.accumulate(values[order] * (size - place + 1))
    else:
        factor = size * (np.sum(1.0 / np.arange(1, size + 1)) if method == "by" else 1.0)
        adjusted = np.minimum.accumulate((values[order] * factor / place)[::-1])[::-1]
    out = np.full(given.shape, np.nan)
    out[tested[order]] = np.minimum(adjusted, 1.0)
    return out


def attendance_probabilities(seats: sparse.csr_array) -> np.ndarray:
    """How likely was each actor at each event, knowing only how often it came and how full the event was?

    The bipartite configuration model: of all tables that have the observed row and column sums on average, the one
    that assumes nothing else; p_ik = x_i y_k / (1 + x_i y_k). Full and empty rows and columns are certain and set aside
    first, repeatedly.

    Parameters
    ----------
    seats : scipy.sparse.csr_array, shape (n_actors, n_events)
        Who was where, 0/1.

    Returns
    -------
    numpy.ndarray of float64, shape (n_actors, n_events)
        Probabilities; row and column sums are those observed, within 1e-8.

    Raises
    ------
    OptionError
        When the model cannot be fitted to within 1e-8.

    References
    ----------
    Saracco, F., Di Clemente, R., Gabrielli, A., Squartini, T. (2015). Randomizing bipartite networks: the case of the
    World Trade Web. Scientific Reports 5, 10595. https://doi.org/10.1038/srep10595
    """
    by_degree, row_of = degree_probabilities(seats)
    return np.asarray(by_degree[row_of])


def degree_probabilities(seats: sparse.csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Return :func:`attendance_probabilities` of one row a number of events, and the row of every actor."""
    rows, columns = np.asarray(seats.sum(axis=1)), np.asarray(seats.sum(axis=0))
    # rows with equal sums have equal probabilities: it is enough to fit one of each
    degrees, row_of, row_times = np.unique(rows, return_inverse=True, return_counts=True)
    sizes, column_of, column_times = np.unique(columns, return_inverse=True, return_counts=True)
    fitted = _fit(Margins(degrees, row_times, sizes, column_times))
    worst = max(
        np.abs(fitted @ column_times - degrees).max(initial=0.0),
        np.abs(row_times @ fitted - sizes).max(initial=0.0),
    )
    if worst > TOLERATED:
        raise OptionError(
            f"The chance model of the register did not converge (residual {worst:.1g}).",
            "Use the hypergeometric test, which needs no model.",
        )
    return np.asarray(fitted[:, column_of]), row_of


@dataclass(frozen=True, slots=True)
class Margins:
    """Row and column sums of a table by classes, and how many rows and columns are in each class."""

    left: np.ndarray
    row_times: np.ndarray
    top: np.ndarray
    column_times: np.ndarray


def _fit(given: Margins) -> np.ndarray:
    """Return probabilities for classes of rows and of columns."""
    out = np.zeros((len(given.left), len(given.top)))
    left, top = given.left.astype("float64"), given.top.astype("float64")
    row_on, column_on = np.ones(len(left), dtype=bool), np.ones(len(top), dtype=bool)
    while True:
        n_rows, n_columns = given.row_times[row_on].sum(), given.column_times[column_on].sum()
        full, empty = row_on & (left >= n_columns), row_on & (left <= 0)
        if (full | empty).any():
            out[np.ix_(full & ~empty, column_on)] = 1.0
            top = top - (given.row_times * (full & ~empty)).sum()
            row_on &= ~(full | empty)
            continue
        full, empty = column_on & (top >= n_rows), column_on & (top <= 0)
        if not (full | empty).any():
            break
        out[np.ix_(row_on, full & ~empty)] = 1.0
        left = left - (given.column_times * (full & ~empty)).sum()
        column_on &= ~(full | empty)
    if row_on.any() and column_on.any():
        part = Margins(left[row_on], given.row_times[row_on], top[column_on], given.column_times[column_on])
        out[np.ix_(row_on, column_on)] = _newton(part)
    return out


def _newton(margins: Margins) -> np.ndarray:
    """Maximise the likelihood of the margins over one parameter a class, by damped Newton steps."""
    times = margins.row_times[:, None] * margins.column_times
    sums = np.concatenate([margins.left * margins.row_times, margins.top * margins.column_times])
    n_rows = len(margins.left)
    ends = sums / np.concatenate([margins.row_times, margins.column_times])
    point = np.log(ends) - np.log(sums[:n_rows].sum()) / 2

    def likelihood(at: np.ndarray) -> float:
        return float(sums @ at - (times * np.logaddexp(0, at[:n_rows, None] + at[n_rows:])).sum())

    for _ in range(STEPS):
        chance = special.expit(point[:n_rows, None] + point[n_rows:])
        mass = times * chance
        gradient = sums - np.concatenate([mass.sum(axis=1), mass.sum(axis=0)])
        if np.abs(gradient * ends / sums).max() < RESIDUAL:
            break
        spread = mass * (1 - chance)
        hessian = np.block([[np.diag(spread.sum(axis=1)), spread], [spread.T, np.diag(spread.sum(axis=0))]])
        # adding a constant to all rows and taking it from all columns changes nothing: least squares picks one
        step = np.linalg.lstsq(hessian, gradient, rcond=None)[0]
        size, before, promised = 1.0, likelihood(point), float(gradient @ step)
        while size > SMALLEST and likelihood(point + size * step) < before + 1e-4 * size * promised - 1e-9:
            size /= 2
        point = point + size * step
    return np.asarray(special.expit(point[:n_rows, None] + point[n_rows:]))


def poisson_binomial(chances: np.ndarray, *, most: int | None = None) -> np.ndarray:
    """Return the exact distribution of a sum of independent yes/no events, by convolution.

    Parameters
    ----------
    chances : numpy.ndarray of float64, shape (n, m)
        One row of m probabilities a sum.
    most : int, optional
        From which sum on nothing needs to be told apart, at least 1; m by default.

    Returns
    -------
    numpy.ndarray of float64, shape (n, most + 1)
        Probability of 0, 1, ... and, in the last column, of `most` or more. Nothing is ever subtracted, so that the
        smallest probability is as exact as the others.
    """
    n, m = chances.shape
    last = m if most is None else min(most, m)
    mass = np.zeros((last + 1, n))
    mass[0] = 1.0
    for k, p in enumerate(np.ascontiguousarray(chances.T)):
        top = min(k + 1, last)
        gone = mass[:top] * p
        mass[:top] *= 1 - p
        mass[1 : top + 1] += gone
    return np.ascontiguousarray(mass.T)
