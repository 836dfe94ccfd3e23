"""Intervals, tails and corrections for counts; vectorised, exact where an exact one exists."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from stakeholder_net._checks import check_option
from stakeholder_net.errors import OptionError

__all__ = [
    "Interval",
    "benjamini_hochberg",
    "hypergeometric_lower",
    "hypergeometric_two_sided",
    "share_interval",
]

Floats = npt.NDArray[np.float64]
Interval = Literal["wilson", "clopper_pearson", "wilson_corrected", "jeffreys", "agresti_coull", "mid_p"]
INTERVALS = ("wilson", "clopper_pearson", "wilson_corrected", "jeffreys", "agresti_coull", "mid_p")


def share_interval(
    x: npt.ArrayLike, n: npt.ArrayLike, *, method: Interval = "wilson", level: float = 0.95
) -> tuple[Floats, Floats]:
    """Between which shares does the true propensity lie, when x of n were seen?

    Reads as: "organisations of this kind come with a propensity between low and high". When the register is complete
    the share itself has no sampling error: the interval speaks of a propensity, not of the bodies that were counted.

    Parameters
    ----------
    x, n : array of int, same shape
        How many were present, out of how many.
    method : {"wilson", "clopper_pearson", "wilson_corrected", "jeffreys", "agresti_coull", "mid_p"}
        ``wilson`` is the default for pictures, ``clopper_pearson`` never covers less than `level`.
    level : float
        Confidence, between 0 and 1.

    Returns
    -------
    tuple of two arrays of float
        Low and high; NaN where n is 0.

    Raises
    ------
    OptionError
        When x is not between 0 and n, or `level` is not between 0 and 1.

    References
    ----------
    Brown, L. D., Cai, T. T., DasGupta, A. (2001). Interval estimation for a binomial proportion. Statistical
    Science 16(2), 101-133. https://doi.org/10.1214/ss/1009213286

    Examples
    --------
    >>> low, high = share_interval([4], [16])
    >>> float(low[0].round(3)), float(high[0].round(3))
    (0.102, 0.495)
    """
    check_option("method", method, INTERVALS)
    seen, total = np.broadcast_arrays(
        np.atleast_1d(np.asarray(x, float)), np.atleast_1d(np.asarray(n, float))
    )
    if not 0 < level < 1:
        raise OptionError(f"level={level} must lie between 0 and 1, for instance 0.95.")
    if bool(np.any((seen < 0) | (seen > total))):
        raise OptionError("x must lie between 0 and n.")
    with np.errstate(invalid="ignore", divide="ignore"):
        low, high = _INTERVAL[method](seen, total, 1 - level)
    return np.where(total > 0, low, np.nan), np.where(total > 0, high, np.nan)


def _clopper_pearson(x: Floats, n: Floats, alpha: float) -> tuple[Floats, Floats]:
    low = np.where(x > 0, special.betaincinv(np.maximum(x, 0.5), n - x + 1, alpha / 2), 0.0)
    high = np.where(x < n, special.betaincinv(x + 1, np.maximum(n - x, 0.5), 1 - alpha / 2), 1.0)
    return low, high


def _wilson(x: Floats, n: Floats, alpha: float) -> tuple[Floats, Floats]:
    z = special.ndtri(1 - alpha / 2)
    middle = (x + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * np.sqrt(x * (n - x) / n + z * z / 4)
    # at the ends the bound is the end itself, not a rounding error beside it
    return np.where(x > 0, middle - half, 0.0), np.where(x < n, middle + half, 1.0)


def _wilson_corrected(x: Floats, n: Floats, alpha: float) -> tuple[Floats, Floats]:
    z, p = special.ndtri(1 - alpha / 2), x / n
    q = 1 - p
    low = (2 * x + z * z - 1 - z * np.sqrt(z * z - 2 - 1 / n + 4 * p * (n * q + 1))) / (2 * (n + z * z))
    high = (2 * x + z * z + 1 + z * np.sqrt(z * z + 2 - 1 / n + 4 * p * (n * q - 1))) / (2 * (n + z * z))
    return np.where(x > 0, low, 0.0), np.where(x < n, high, 1.0)


def _jeffreys(x: Floats, n: Floats, alpha: float) -> tuple[Floats, Floats]:
    low = np.where(x > 0, special.betaincinv(x + 0.5, n - x + 0.5, alpha / 2), 0.0)
    high = np.where(x < n, special.betaincinv(x + 0.5, n - x + 0.5, 1 - alpha / 2), 1.0)
    return low, high


def _agresti_coull(x: Floats, n: Floats, alpha: float) -> tuple[Floats, Floats]:
    z = special.ndtri(1 - alpha / 2)
    middle = (x + z * z / 2) / (n + z * z)
    half = z * np.sqrt(middle * (1 - middle) / (n + z * z))
    return middle - half, middle + half


def _mid_p(x: Floats, n: Floats, alpha: float) -> tuple[Floats, Floats]:
    """Solve the two mid-P equations by bisection; each tail is monotone in the share."""

    def upper_tail(p: Floats) -> Floats:
        """P(X > x) + P(X = x) / 2."""
        more = np.where(x < n, special.betainc(x + 1, np.maximum(n - x, 1.0), p), 0.0)
        here = np.where(x > 0, special.betainc(np.maximum(x, 1.0), n - x + 1, p), 1.0) - more
        return np.asarray(more + here / 2, dtype=np.float64)

    def solve(target: float) -> Floats:
        below, above = np.zeros_like(x), np.ones_like(x)
        for _ in range(80):  # 2**-80: beyond the last bit
            middle = (below + above) / 2
            short = upper_tail(middle) < target
            below, above = np.where(short, middle, below), np.where(short, above, middle)
        return np.asarray((below + above) / 2, dtype=np.float64)

    return np.where(x > 0, solve(alpha / 2), 0.0), np.where(x < n, solve(1 - alpha / 2), 1.0)


_INTERVAL = {
    "wilson": _wilson,
    "clopper_pearson": _clopper_pearson,
    "wilson_corrected": _wilson_corrected,
    "jeffreys": _jeffreys,
    "agresti_coull": _agresti_coull,
    "mid_p": _mid_p,
}


def hypergeometric_lower(x: npt.ArrayLike, group: npt.ArrayLike, total: int, drawn: int) -> Floats:
    """Return P(X <= x) when `drawn` of `total` are present at random and `group` of them belong to a group.

    Examples
    --------
    >>> hypergeometric_lower([4], [16], 80, 41).round(4).tolist()
    [0.0184]
    """
    from scipy import stats  # noqa: PLC0415 - half a second that only this answer needs

    p = stats.hypergeom.cdf(np.asarray(x, float), total, np.asarray(group, float), drawn)
    return np.clip(np.atleast_1d(np.asarray(p, dtype=np.float64)), 0.0, 1.0)


def hypergeometric_two_sided(x: npt.ArrayLike, group: npt.ArrayLike, total: int, drawn: int) -> Floats:
    """Return the probability of all counts that are no likelier than x (Fisher's exact test, two-sided).

    Examples
    --------
    >>> hypergeometric_two_sided([4], [16], 80, 41).round(4).tolist()
    [0.0254]
    """
    from scipy import stats  # noqa: PLC0415 - half a second that only this answer needs

    seen, size = np.atleast_1d(np.asarray(x, float)), np.atleast_1d(np.asarray(group, float))
    every = np.arange(int(size.max(initial=0)) + 1)
    chance = np.asarray(stats.hypergeom.pmf(every[None, :], total, size[:, None], drawn), dtype=np.float64)
    limit = np.asarray(stats.hypergeom.pmf(seen, total, size, drawn), dtype=np.float64) * (1 + 1e-7)
    return np.asarray(np.minimum(1.0, np.where(chance <= limit[:, None], chance, 0.0).sum(axis=1)))


def benjamini_hochberg(p: npt.ArrayLike) -> Floats:
    """Return p-values corrected for a family (false discovery rate); NaN stays NaN and is not of the family.

    References
    ----------
    Benjamini, Y., Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical
    Society B 57(1), 289-300. https://doi.org/10.1111/j.2517-6161.1995.tb02031.x

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03, float("nan")]).round(3).tolist()
    [0.03, 0.04, 0.04, nan]
    """
    values = np.atleast_1d(np.asarray(p, dtype=np.float64))
    out = np.full_like(values, np.nan)
    known = np.flatnonzero(~np.isnan(values))
    if not len(known):
        return out
    order = known[np.argsort(values[known], kind="stable")[::-1]]
    ranks = np.arange(len(known), 0, -1)
    out[order] = np.minimum(1.0, np.minimum.accumulate(values[order] * len(known) / ranks))
    return out
