"""Many small networks at once: who reaches whom, as rows of bits."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

__all__ = ["ball_counts", "balls", "hop_counts", "words"]

WORD = 64
WIDE = 2**23
"""Words of bits that are held at once: 64 MB."""


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


def hop_counts(
    ties: sparse.csr_array, seats: sparse.csr_array | None = None, *, sure: bool = False
) -> list[np.ndarray]:
    """Count for every actor whom it reaches in 0, 1, 2... steps and no fewer.

    Parameters
    ----------
    ties : scipy.sparse.csr_array, shape (n, n)
        Who is tied to whom, along direction.
    seats : scipy.sparse.csr_array, shape (n, n_events), optional
        Events from which the ties may come. Where exactly those who shared one are tied, steps go by way of the
        events, which are far fewer than the ties; where not, they are left aside.
    sure : bool
        Whether that is known already.

    Returns
    -------
    list of numpy.ndarray of int64, shape (n,)
        One array a number of steps, up to the longest way there is.
    """
    n = ties.shape[0]
    hops = [ties]
    if seats is not None and seats.nnz < ties.nnz and (sure or _ties_of(ties, seats)):
        hops = [sparse.csr_array(seats.T), sparse.csr_array(seats)]
    counts = [np.ones(n, dtype="int64")]
    piece = csgraph.connected_components(ties, directed=False)[1]
    # bits are those who are reached: some of them at a time, so that memory follows the actors and not their square
    width = max(1, WIDE // max(n, 1))
    for start in range(0, words(n), width):
        bits = np.arange(start * WORD, min((start + width) * WORD, n))
        reached = np.zeros((n, min(width, words(n) - start)), dtype=np.uint64)
        reached[bits, bits // WORD - start] = np.left_shift(np.uint64(1), (bits % WORD).astype(np.uint64))
        before, steps = np.bitwise_count(reached).sum(axis=1, dtype="int64"), 0
        most = np.bincount(piece[bits], minlength=n)[piece]
        # whoever reaches its whole piece is done
        while len(rows := np.flatnonzero(before < most)):
            reached[rows] |= _joined(hops, rows, reached)
            now, steps = np.bitwise_count(reached[rows]).sum(axis=1, dtype="int64"), steps + 1
            if np.array_equal(now, before[rows]):
                break
            if steps == len(counts):
                counts.append(np.zeros(n, dtype="int64"))
            counts[steps][rows] += now - before[rows]
            before[rows] = now
    return counts


def _joined(hops: list[sparse.csr_array], rows: np.ndarray, bits: np.ndarray) -> np.ndarray:
    """Return for some rows of the last hop the bits of all that the hops lead to, the first hop last."""
    hop = sparse.csr_array(hops[-1][rows])
    if hops[:-1]:
        via = np.unique(hop.indices)
        there = np.zeros((hop.shape[1], bits.shape[1]), dtype=np.uint64)
        there[via] = _joined(hops[:-1], via, bits)
        bits = there
    many = np.diff(hop.indptr)
    order = np.argsort(-many, kind="stable")
    out, falling = np.zeros((len(rows), bits.shape[1]), dtype=np.uint64), -many[order]
    # the n-th of every row at once, rows with most first: three times faster than numpy's sums over stretches
    for place in range(int(many.max(initial=0))):
        first = order[: np.searchsorted(falling, -place)]
        out[: len(first)] |= bits[hop.indices[hop.indptr[first] + place]]
    joined = np.empty_like(out)
    joined[order] = out
    return joined


def _ties_of(ties: sparse.csr_array, seats: sparse.csr_array) -> bool:
    """Return whether exactly those are tied who shared an event: as many, and the same."""
    row = np.repeat(np.arange(ties.shape[0]), np.diff(ties.indptr))
    rows, hit = max(1, WIDE // max(1, seats.shape[0])), 0
    for start in range(0, seats.shape[0], rows):
        met = sparse.csr_array(seats[start : start + rows] @ seats.T)
        met.data[:] = 1.0
        cells = slice(ties.indptr[start], ties.indptr[min(start + rows, ties.shape[0])])
        there = sparse.csr_array(
            (np.ones(cells.stop - cells.start), (row[cells] - start, ties.indices[cells])), shape=met.shape
        )
        if (there > met).nnz:
            return False
        hit += met.nnz - int((met.diagonal(start) > 0).sum())
    return hit == ties.nnz


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
