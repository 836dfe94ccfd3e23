"""Shortest paths over sparse ties, many sources at a time and never a full table of distances."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from stakeholder_net.measures._ties import row_blocks

__all__ = ["distance_blocks", "lengths_of", "pair_dependencies", "thinned"]

EPSILON = 1e-10
"""Two paths whose lengths differ by less than this share of the length are equally short."""


NEAREST = 6
"""Among how many ties of each actor a way round a tie is sought."""


def lengths_of(strengths: sparse.csr_array) -> sparse.csr_array:
    """Return tie lengths: the stronger, the closer."""
    return sparse.csr_array(
        (1.0 / strengths.data, strengths.indices, strengths.indptr), shape=strengths.shape
    )


def thinned(lengths: sparse.csr_array) -> sparse.csr_array:
    """Return the ties without those that are longer than a way round them: these lie on no shortest path.

    The ways round are sought among the shortest few ties of every actor, so that this costs little. What is left
    has the same distances and the same shortest paths; in a projection it is a small part.
    """
    n, tied = lengths.shape[0], np.diff(lengths.indptr)
    if lengths.nnz <= NEAREST * n * 2 or lengths.data.min() == lengths.data.max():
        return lengths
    row = np.repeat(np.arange(n), tied)
    order = np.lexsort((lengths.data, row))
    place = np.empty(lengths.nnz, dtype="int64")
    place[order] = np.arange(lengths.nnz) - np.repeat(lengths.indptr[:-1], tied)
    few = place < NEAREST
    near = sparse.csr_array((lengths.data[few], (row[few], lengths.indices[few])), shape=lengths.shape)
    kept = np.ones(lengths.nnz, dtype=bool)
    for sources, distances in distance_blocks(near):
        cells = slice(lengths.indptr[sources[0]], lengths.indptr[sources[-1] + 1])
        way = distances[row[cells] - sources[0], lengths.indices[cells]]
        kept[cells] = lengths.data[cells] <= way * (1 + 2 * EPSILON)
    ends = np.concatenate([[0], np.cumsum(np.bincount(row[kept], minlength=n))])
    return sparse.csr_array((lengths.data[kept], lengths.indices[kept], ends), shape=lengths.shape)


def distance_blocks(lengths: sparse.csr_array) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield distances from some sources to all actors, block by block.

    Parameters
    ----------
    lengths : scipy.sparse.csr_array, shape (n, n)
        Tie lengths, all above zero.

    Yields
    ------
    sources : numpy.ndarray of int
        Rows of the block.
    distances : numpy.ndarray of float64, shape (len(sources), n)
        Infinite where there is no way.
    """
    n = lengths.shape[0]
    for rows in row_blocks(n, n):
        sources = np.arange(rows.start, rows.stop)
        yield sources, np.atleast_2d(csgraph.dijkstra(lengths, directed=True, indices=sources))


def pair_dependencies(
    lengths: sparse.csr_array, sources: np.ndarray | None = None, *, actors: int | None = None
) -> np.ndarray:
    """Return for every actor the sum over ordered pairs of the share of their shortest paths that pass it.

    Brandes' algorithm with sums over whole layers of paths in place of one actor after the other: the ties that lie on
    shortest paths from a source form a graph without cycles, on which counts of paths spread hop by hop.

    Parameters
    ----------
    lengths : scipy.sparse.csr_array, shape (n, n)
        Tie lengths, all above zero.
    sources : numpy.ndarray of int, optional
        Only pairs that begin at these, all of which have ties; every pair by default.
    actors : int, optional
        Only pairs that end at the first so many; those after them are no more than points on the way.

    References
    ----------
    Brandes, U. (2001). A faster algorithm for betweenness centrality. Journal of Mathematical Sociology 25, 163-177.
    https://doi.org/10.1080/0022250X.2001.9990249
    """
    tied = np.union1d(np.flatnonzero(np.diff(lengths.indptr)), lengths.indices)
    total = np.zeros(lengths.shape[0])
    # whoever has no ties lies on no path: in most registers they are many, and cells are actors times actors
    few = lengths if len(tied) == len(total) else sparse.csr_array(lengths[tied][:, tied])
    begins = np.arange(len(tied)) if sources is None else np.searchsorted(tied, sources)
    ends = np.ones(len(tied)) if actors is None else (tied < actors).astype("float64")
    if few.nnz and few.data.min() == few.data.max():
        into = sparse.csr_array(few.T)
        for rows in row_blocks(len(begins), 4 * len(tied)):
            total[tied] += _step_dependencies(few, into, begins[rows], ends)
        return total
    # looking for ways round all ties pays when most sources are to follow them
    few = thinned(few) if actors is None and len(begins) > len(tied) // 2 else few
    for rows in row_blocks(len(begins), 8 * max(few.nnz, 1)):
        total[tied] += _dependencies(few, begins[rows], ends)
    return total


def _dependencies(lengths: sparse.csr_array, sources: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return what :func:`pair_dependencies` does for some sources, all at once: arrays are actors times sources."""
    n, k = lengths.shape[0], len(sources)
    row = np.repeat(np.arange(n, dtype="int64"), np.diff(lengths.indptr))
    distance = np.ascontiguousarray(csgraph.dijkstra(lengths, directed=True, indices=sources).T)
    limit = distance * (1 + EPSILON)
    limit[~np.isfinite(limit)] = -1.0
    # whole rows are gathered: several times faster than single cells
    before = distance[row]
    shortest = before < distance[lengths.indices]
    before += lengths.data[:, None]
    shortest &= before <= limit[lengths.indices]
    arc, block = np.divmod(np.flatnonzero(shortest), k)
    start, end = row[arc] * k + block, lengths.indices[arc].astype("int64") * k + block
    places, origin = n * k, sources * k + np.arange(k)
    begin = np.zeros(places)
    begin[origin] = 1.0
    paths = _spread(sparse.csr_array((np.ones(len(arc)), (end, start)), shape=(places, places)), begin)
    share = sparse.csr_array((paths[start] / paths[end], (start, end)), shape=(places, places))
    counted = np.repeat(ends, k)
    passed = _spread(share, counted) - counted
    passed[origin] = 0.0
    return np.asarray(passed.reshape(n, k).sum(axis=1))


def _step_dependencies(
    ties: sparse.csr_array, into: sparse.csr_array, sources: np.ndarray, ends: np.ndarray
) -> np.ndarray:
    """Return what :func:`_dependencies` does where all ties are equally long: sources go out step by step together.

    Only actors that some source reaches in a step are looked at: `step` says in how many, -1 where not yet.
    """
    n, k = ties.shape[0], len(sources)
    step, paths = np.full((n, k), -1, dtype="int32"), np.zeros((n, k))
    step[sources, np.arange(k)], paths[sources, np.arange(k)] = 0, 1.0
    at, front = [sources], paths.copy()
    while True:
        rows = np.flatnonzero((step < 0).any(axis=1))
        came = _along(ties, into, at[-1], rows, front)
        new = (came > 0) & (step[rows] < 0)
        hit = new.any(axis=1)
        if not hit.any():
            break
        rows, came = rows[hit], np.where(new[hit], came[hit], 0.0)
        step[rows] = np.where(new[hit], len(at), step[rows])
        paths[rows] += came
        front = np.zeros((n, k))
        front[rows] = came
        at.append(rows)
    passed = np.zeros((n, k))
    for steps in range(len(at) - 1, 1, -1):
        rows, before = at[steps], at[steps - 1]
        share = np.zeros((n, k))
        share[rows] = (ends[rows, None] + passed[rows]) / np.where(step[rows] == steps, paths[rows], np.inf)
        back = _along(into, ties, rows, before, share)
        passed[before] += np.where(step[before] == steps - 1, back * paths[before], 0.0)
    return np.asarray(passed.sum(axis=1))


def _along(
    ties: sparse.csr_array, into: sparse.csr_array, start: np.ndarray, end: np.ndarray, values: np.ndarray
) -> np.ndarray:
    """Return what arrives at `end` of the values at `start`, from the side that has far fewer ties."""
    if 2 * np.diff(ties.indptr)[start].sum() < np.diff(into.indptr)[end].sum():
        return np.asarray((ties[start].T @ values[start])[end])
    return np.asarray(into[end] @ values)


def _spread(step: sparse.csr_array, begin: np.ndarray) -> np.ndarray:
    """Return ``begin`` and all that follows from it, step by step, along steps without cycles."""
    front = total = begin
    while front.any():
        front = step @ front
        total = total + front
    return total
