"""What the measures share: ties as sparse matrices, values as Series of the actors."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy import sparse

from stakeholder_net._checks import unknown_name
from stakeholder_net.layers import adjacency
from stakeholder_net.network import StakeholderNetwork

__all__ = [
    "actor_series",
    "groups_of",
    "is_directed",
    "layer_patterns",
    "pattern",
    "presence_grid",
    "ratio",
    "row_blocks",
    "symmetric",
    "without_diagonal",
]

BLOCK_CELLS = 2**21
"""Cells of the largest dense block that a measure may hold: about 16 MB of float64."""


def actor_series(net: StakeholderNetwork, values: object, name: str) -> pd.Series:
    """Return one float64 value an actor, in the order of ``net.actors``."""
    return pd.Series(np.asarray(values, dtype="float64"), index=net.actors.index, name=name)


def ratio(top: object, bottom: object) -> np.ndarray:
    """Return ``top / bottom``, NaN where the bottom is 0: undefined is not zero."""
    over, under = np.broadcast_arrays(np.asarray(top, dtype="float64"), np.asarray(bottom, dtype="float64"))
    out = np.full(over.shape, np.nan)
    np.divide(over, under, out=out, where=under != 0)
    return out


def is_directed(net: StakeholderNetwork) -> bool:
    """Return whether the only layer of a network is directed."""
    return bool(net.layers["directed"].any())


def pattern(matrix: sparse.csr_array) -> sparse.csr_array:
    """Return the matrix with 1 in place of every value."""
    return sparse.csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)


def symmetric(net: StakeholderNetwork, measure: str, *, weighted: bool = True) -> sparse.csr_array:
    """Return the ties with both directions added up; those of an undirected layer as they are."""
    matrix = adjacency(net, weighted=weighted, measure=measure)
    return sparse.csr_array(matrix + matrix.T) if is_directed(net) else matrix


def layer_patterns(net: StakeholderNetwork) -> dict[str, sparse.csr_array]:
    """Return for every layer who is tied to whom, 0/1 and in both directions."""
    return {
        name: pattern(symmetric(net.layer(name), "layer_patterns", weighted=False))
        for name in net.layer_names
    }


def presence_grid(net: StakeholderNetwork) -> np.ndarray:
    """Return who belongs to which layer.

    Returns
    -------
    numpy.ndarray of bool, shape (n_actors, n_layers)
        In the order of ``net.actors`` and ``net.layer_names``.
    """
    presence = net.presence
    grid = np.zeros((net.n_actors, len(net.layer_names)), dtype=bool)
    column = pd.Index(net.layer_names).get_indexer(pd.Index(presence["layer"]))
    grid[net.actors.index.get_indexer(pd.Index(presence["actor_id"])), column] = True
    return grid


def groups_of(net: StakeholderNetwork, by: str) -> tuple[np.ndarray, pd.Index]:
    """Return the group of every actor as a number, and the names of the groups in sorted order.

    Actors without a value form a group of their own, named by the empty string.

    Raises
    ------
    UnknownNameError
        When the actors have no such column.
    """
    actors = net.actors
    if by not in actors.columns:
        raise unknown_name("column of the actors", by, map(str, actors.columns))
    names = actors[by].astype("str").fillna("")
    codes, labels = pd.factorize(names, sort=True)
    return codes, pd.Index(labels, name=by)


def row_blocks(n_rows: int, cells_a_row: int) -> Iterator[slice]:
    """Yield slices of rows, each with at most about ``BLOCK_CELLS`` cells."""
    step = max(1, BLOCK_CELLS // max(1, cells_a_row))
    for start in range(0, n_rows, step):
        yield slice(start, min(start + step, n_rows))


def without_diagonal(matrix: sparse.csr_array) -> sparse.csr_array:
    """Return the matrix with nothing on its diagonal, and no stored zeros."""
    cells = matrix.tocoo()
    kept = (cells.row != cells.col) & (cells.data != 0)
    return sparse.csr_array((cells.data[kept], (cells.row[kept], cells.col[kept])), shape=matrix.shape)
