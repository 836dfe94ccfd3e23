"""Many small networks at once: who reaches whom, as rows of bits."""

from __future__ import annotations

import numpy as np
from scipy import sparse

__all__ = ["ball_counts", "balls", "words"]

WORD = 64


def words(n: int) -> int:
    """Return how many 64-bit words hold one bit an actor."""
    return -(-n // WORD)


def _own_bits(n: int) -> np.ndarray:
    """Return for every actor the row of bits in which only its own is set, shape (n, words)."""
    bits = np.zeros((n, words(n)), dtype=np.uint64)
    actor = np.arange(n)
    bits[actor, actor // WORD] = np.left_shift(np.uint64(1), (actor % WORD).astype(np.uint64))
    return bits


def balls(ties: sparse.csr_array, steps: int) -> np.ndarray:
    """Return for every actor whom it reaches in at most so many steps, itself too, as bits, shape (n, words)."""
    n = ties.shape[0]
    reached = _own_bits(n)
    arcs = ties.tocoo()
    for _ in range(steps):
        wider = reached.copy()
        np.bitwise_or.at(wider, arcs.row, reached[arcs.col])
        if np.array_equal(wider, reached):
            break
        reached = wider
    return reached


def ball_counts(ties: sparse.csr_array, gone: np.ndarray) -> np.ndarray:
    """Count the pairs that can reach each other within so many steps, after some actors have left.

    Parameters
    ----------
    ties : scipy.sparse.csr_array, shape (n, n)
        Symmetric ties.
    gone : numpy.ndarray of int, shape (n_sets, size)
        Actors that leave, one row a set.

    Returns
    -------
    numpy.ndarray of int64, shape (n_sets, most steps + 1)
        Ordered pairs, each actor with itself included, within 0, 1, 2... steps; the last column holds all that reach
        each other at all.
    """
    n = ties.shape[0]
    sets = len(gone)
    here = np.full((n, sets), ~np.uint64(0))
    here[gone.T, np.arange(sets)] = 0
    # one row an actor, one column a word, one layer a set: whole rows are joined at a time
    reached = _own_bits(n)[:, :, None] & here[:, None, :]
    counts = [np.full(sets, n - gone.shape[1], dtype="int64")]
    while True:
        wider = reached.copy()
        for actor in range(n):
            for partner in ties.indices[ties.indptr[actor] : ties.indptr[actor + 1]]:
                wider[actor] |= reached[partner]
            wider[actor] &= here[actor]
        total = np.bitwise_count(wider).sum(axis=(0, 1), dtype="int64")
        if np.array_equal(total, counts[-1]):
            break
        counts.append(total)
        reached = wider
    return np.column_stack(counts)
