"""Counting the roles of Gould and Fernandez, and what chance would make of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import sparse

__all__ = ["ROLES", "actor_moments", "count_roles", "network_moments", "open_paths", "role_tensor"]

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")

MOST_PATHS = 2**19


def role_tensor(n_groups: int) -> np.ndarray:
    """Return which groups of source, broker and target make which role, shape (role, group, group, group)."""
    source, broker, target = np.ogrid[:n_groups, :n_groups, :n_groups]
    return np.stack(
        np.broadcast_arrays(
            (source == broker) & (broker == target),
            (source == target) & (source != broker),
            (source == broker) & (broker != target),
            (source != broker) & (broker == target),
            (source != broker) & (broker != target) & (source != target),
            np.ones((n_groups,) * 3, dtype=bool),  # every path counts in the total
        )
    )


def open_paths(arcs: sparse.csr_array) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Yield source, broker and target of every path of two arcs that no third arc closes, some at a time."""
    n = arcs.shape[0]
    cells = arcs.tocoo()
    keys = np.sort(cells.row.astype("int64") * n + cells.col)
    if not len(keys):
        return
    sources, brokers = cells.row, cells.col
    outgoing = np.diff(arcs.indptr)[brokers]
    share = np.cumsum(outgoing) // MOST_PATHS
    for block in range(int(share[-1]) + 1):
        here = np.flatnonzero((share == block) & (outgoing > 0))
        times = outgoing[here]
        starts = np.repeat(arcs.indptr[brokers[here]] - (np.cumsum(times) - times), times)
        target = arcs.indices[starts + np.arange(times.sum())]
        source, broker = np.repeat(sources[here], times), np.repeat(brokers[here], times)
        wanted = source.astype("int64") * n + target
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        is_open = (source != target) & (keys[at] != wanted)
        yield source[is_open], broker[is_open], target[is_open]


def count_roles(paths: tuple[np.ndarray, np.ndarray, np.ndarray], groups: np.ndarray) -> np.ndarray:
    """Return how often each actor plays each role, shape (role, n_actors)."""
    source, broker, target = (groups[end] for end in paths)
    first, second, outer = source == broker, broker == target, source == target
    masks = (first & second, outer & ~first, first & ~second, second & ~first, ~first & ~second & ~outer)
    counts = [np.bincount(paths[1][mask], minlength=len(groups)) for mask in masks]
    return np.stack([*counts, sum(counts)]).astype("float64")


def actor_moments(sizes: np.ndarray, density: float) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and sd of each role of an actor of each group, where every arc is there with the same chance.

    Parameters
    ----------
    sizes : numpy.ndarray of int, shape (n_groups,)
        Actors a group.
    density : float
        Chance of an arc.

    Returns
    -------
    tuple of numpy.ndarray of float64, shape (role, n_groups)
        Mean and standard deviation.
    """
    n_groups = len(sizes)
    allowed = role_tensor(n_groups).astype("float64")
    path = density**2 * (1 - density)
    together = (density * (1 - density)) ** 3  # covariance of two paths that share an arc
    mean, spread = np.zeros((len(ROLES), n_groups)), np.zeros((len(ROLES), n_groups))
    for group in range(n_groups):
        others = sizes - (np.arange(n_groups) == group)
        cells = allowed[:, :, group, :]  # role, group of source, group of target
        partners = others - np.eye(n_groups)  # of one source: targets left in each group
        targets = (cells * partners).sum(axis=2)
        sources = (cells * partners.T).sum(axis=1)
        pairs = (targets * others).sum(axis=1)
        shared = (others * targets * (targets - 1)).sum(axis=1) + (others * sources * (sources - 1)).sum(
            axis=1
        )
        mean[:, group] = pairs * path
        spread[:, group] = pairs * path * (1 - path) + shared * together
    return mean, np.sqrt(np.maximum(spread, 0.0))


# the arcs of the path i -> v -> k in which i -> k is missing, as positions of (i, v, k), and whether they are there
_ARCS = (((0, 1), True), ((1, 2), True), ((0, 2), False))
_ORDERS = ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0))


def network_moments(sizes: np.ndarray, density: float) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and sd of how often each role occurs in the network: the exact sum of all covariances.

    Parameters
    ----------
    sizes : numpy.ndarray of int, shape (n_groups,)
        Actors a group.
    density : float
        Chance of an arc.

    Returns
    -------
    tuple of numpy.ndarray of float64, shape (role,)
        Mean and standard deviation.
    """
    allowed = role_tensor(len(sizes)).astype("float64")
    same = np.eye(len(sizes))
    a, b, c = (
        sizes[:, None, None],
        sizes[None, :, None] - same[:, :, None],
        sizes - same[:, None] - same[None],
    )
    triples = a * b * c  # ordered triples of different actors by group; a group of one holds no second
    triples = np.maximum(triples, 0.0)
    path = density**2 * (1 - density)
    paths = (allowed * triples).sum(axis=(1, 2, 3))
    spread = paths * path * (1 - path)
    spread += _shared_arc(allowed, sizes, density) + _same_actors(allowed, triples, density)
    return paths * path, np.sqrt(np.maximum(spread, 0.0))


def _shared_arc(allowed: np.ndarray, sizes: np.ndarray, density: float) -> np.ndarray:
    """Return the covariances of paths over four actors that share one arc."""
    same = np.eye(len(sizes))
    arcs = np.maximum(sizes[:, None] * (sizes[None] - same), 0.0)
    third = sizes - same[:, None] - same[None]  # arc from, arc to, group of the third actor
    # by which arc of the path it is: as i -> v, v -> k or i -> k; axes: role, from, to, third
    as_arc = (allowed, np.moveaxis(allowed, 1, 3), np.swapaxes(allowed, 2, 3))
    q = density**2 * (1 - density)
    out = np.zeros(len(ROLES))
    for one, (_, is_there) in zip(as_arc, _ARCS, strict=True):
        for other, (_, is_there_too) in zip(as_arc, _ARCS, strict=True):
            if is_there != is_there_too:
                value = -(q**2)
            elif is_there:
                value = (density * (1 - density)) ** 3
            else:
                value = density**5 * (1 - density)
            pairs = (one * third).sum(axis=3) * (other * third).sum(axis=3) - (one * other * third).sum(
                axis=3
            )
            out += value * (arcs * pairs).sum(axis=(1, 2))
    return out


def _same_actors(allowed: np.ndarray, triples: np.ndarray, density: float) -> np.ndarray:
    """Return the covariances of different paths over the same three actors."""
    q = density**2 * (1 - density)
    out = np.zeros(len(ROLES))
    signs = dict(_ARCS)
    for order in _ORDERS[1:]:
        other = {(order[tail], order[head]): is_there for (tail, head), is_there in _ARCS}
        shared = set(signs) & set(other)
        if not shared:
            continue
        if any(signs[arc] != other[arc] for arc in shared):
            together = 0.0
        else:
            there = sum((signs | other).values())
            together = density**there * (1 - density) ** (len(signs | other) - there)
        # the second path takes the three actors in another order
        moved = np.transpose(allowed, (0, *(1 + order.index(axis) for axis in range(3))))
        out += (together - q**2) * (allowed * moved * triples).sum(axis=(1, 2, 3))
    return out
