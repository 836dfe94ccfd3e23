"""Exact mean and spread of what labels dealt out at random would give; permutation without permuting."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from stakeholder_net.measures._ties import ratio

__all__ = ["internal_moments", "matched_moments", "permuted_products"]


def _classes(ties: sparse.csr_array) -> np.ndarray:
    """Return sums of products of two cells, by how the two cells share actors.

    Cells (i, j) and (k, l): the same; turned round; one actor shared, as both senders, as both receivers, as sender and
    receiver (twice); none shared.
    """
    rows, columns = np.asarray(ties.sum(axis=1)), np.asarray(ties.sum(axis=0))
    same = float((ties.data**2).sum())
    turned = float(ties.multiply(ties.T).sum())
    sender = float((rows**2).sum()) - same
    receiver = float((columns**2).sum()) - same
    chain = float((rows * columns).sum()) - turned
    total = float(ties.sum()) ** 2
    return np.array(
        [same, turned, sender, receiver, 2 * chain, total - same - turned - sender - receiver - 2 * chain]
    )


def matched_moments(one: sparse.csr_array, other: sparse.csr_array) -> tuple[float, float]:
    """Return mean and sd of sum a_ij b_p(i)p(j) over all permutations p of the actors.

    Parameters
    ----------
    one, other : scipy.sparse.csr_array, shape (n, n)
        Ties without loops; an undirected layer has both directions.

    Returns
    -------
    tuple of float
        Mean and standard deviation, exact; NaN with fewer than two actors.

    References
    ----------
    Mantel, N. (1967). The detection of disease clustering and a generalized regression approach. Cancer Research 27,
    209-220.
    """
    n = one.shape[0]
    pairs = n * (n - 1)
    if not pairs:
        return np.nan, np.nan
    three, four = pairs * (n - 2), pairs * (n - 2) * (n - 3)
    ways = np.array([pairs, pairs, three, three, 2 * three, four], dtype="float64")
    mean = float(one.sum()) * float(other.sum()) / pairs
    square = float(np.nan_to_num(ratio(_classes(one) * _classes(other), ways)).sum())
    return mean, float(np.sqrt(max(square - mean**2, 0.0)))


def internal_moments(ties: sparse.csr_array, sizes: np.ndarray) -> tuple[float, float]:
    """Return mean and sd of the number of ties within groups, the groups being dealt out at random.

    Parameters
    ----------
    ties : scipy.sparse.csr_array, shape (n, n)
        Ties 0/1, both directions.
    sizes : numpy.ndarray of int, shape (n_groups,)
        Actors a group.

    Returns
    -------
    tuple of float
        Mean and standard deviation, exact; NaN with fewer than two actors.
    """
    n, g = int(sizes.sum()), sizes.astype("float64")
    if n < 2:  # noqa: PLR2004 - a tie needs two
        return np.nan, np.nan
    degree = np.asarray(ties.sum(axis=1))
    m, wedges = float(ties.sum()) / 2, float((degree * (degree - 1)).sum())
    two, three = g * (g - 1), g * (g - 1) * (g - 2)
    four = three * (g - 3)
    fall = np.cumprod(n - np.arange(4.0))
    both = (two.sum() ** 2 - (two**2).sum() + four.sum()) / fall[3] if n > 3 else 0.0  # noqa: PLR2004
    meet = three.sum() / fall[2] if n > 2 else 0.0  # noqa: PLR2004
    one = two.sum() / fall[1]
    variance = m * one + wedges * meet + (m * (m - 1) - wedges) * both - (m * one) ** 2
    return float(m * one), float(np.sqrt(max(variance, 0.0)))


def permuted_products(one: sparse.csr_array, other: sparse.csr_array, *, times: int, seed: int) -> np.ndarray:
    """Return sum a_ij b_p(i)p(j) for some random permutations p, shape (times,)."""
    rng = np.random.default_rng(seed)
    n = one.shape[0]
    few, many = (one, other) if one.nnz <= other.nnz else (other, one)
    cells, table = few.tocoo(), many.tocoo()
    keys = table.row.astype("int64") * n + table.col
    order = np.argsort(keys)
    keys, values = keys[order], table.data[order]
    out = np.zeros(times)
    if not len(keys):
        return out
    for time in range(times):
        place = rng.permutation(n)
        wanted = place[cells.row].astype("int64") * n + place[cells.col]
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        out[time] = (cells.data * np.where(keys[at] == wanted, values[at], 0.0)).sum()
    return out
