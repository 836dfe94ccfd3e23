"""Actors and events together, without projecting: who takes part in what."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from stakeholder_net.layers import incidence
from stakeholder_net.measures._frames import figure_table
from stakeholder_net.measures._paths import distance_blocks, pair_dependencies
from stakeholder_net.measures._ties import ratio, row_blocks, without_diagonal
from stakeholder_net.measures.attendance import events_layer
from stakeholder_net.measures.spectral import leading_vector
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import COUNTING_STATUSES

__all__ = ["two_mode_centrality", "two_mode_summary"]

AnySparse = sparse.csr_array | sparse.csc_array | sparse.coo_array


def two_mode_centrality(
    net: StakeholderNetwork, layer: str | None = None, *, counts: Sequence[str] = COUNTING_STATUSES
) -> pd.DataFrame:
    """Which actors tie events together, and which events tie actors together?

    Shares are of what is possible where actors meet events only; one-mode formulas would be wrong here.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with events.
    layer : str, optional
        The layer with events; needed when there are several.
    counts : sequence of str
        Statuses that count as having taken part.

    Returns
    -------
    pandas.DataFrame
        One row an actor, then one an event: ``mode`` ("actor" or "event"), ``id``, ``degree``, ``degree_share`` (of the
        events, of the actors), ``closeness`` (share of the greatest possible; NaN where somebody cannot be reached),
        ``betweenness`` (pairs of actors or events, each once), ``betweenness_share`` (of the greatest possible),
        ``singular`` (dominant singular vector, of length 1 in each mode) and ``eigenvector`` (the same with a greatest
        value of 1 over both modes); the last two are NaN outside the largest connected part.

    Raises
    ------
    AmbiguousLayersError
        When several layers have events and none is named.
    OptionError
        When the network has no events.

    References
    ----------
    Borgatti, S. P., Everett, M. G. (1997). Network analysis of 2-mode data. Social Networks 19, 243-269.
    https://doi.org/10.1016/S0378-8733(96)00301-2
    Faust, K. (1997). Centrality in affiliation networks. Social Networks 19, 157-191.
    https://doi.org/10.1016/S0378-8733(96)00300-0
    """
    name = events_layer(net, layer, "two_mode_centrality")
    seats = incidence(net, name, counts=counts)
    n, m = seats.shape
    both = _joined(seats)
    events = net.events.index[net.events["layer"] == name]
    modes = np.repeat([0, 1], [n, m])
    own, other = np.where(modes == 0, n, m), np.where(modes == 0, m, n)
    degree = np.asarray(both.sum(axis=1))
    between = pair_dependencies(both) / 2
    vector = _dominant(both)
    lengths = np.sqrt(np.bincount(modes, weights=np.nan_to_num(vector) ** 2, minlength=2))
    return pd.DataFrame(
        {
            "mode": np.where(modes == 0, "actor", "event"),
            "id": [*net.actors.index, *events],
            "degree": degree,
            "degree_share": ratio(degree, other),
            "closeness": ratio(other + 2 * (own - 1), _farness(both)),
            "betweenness": between,
            "betweenness_share": ratio(between, _most_between(own, other)),
            "singular": ratio(vector, lengths[modes]),
            "eigenvector": vector,
        }
    ).astype({"mode": "str", "id": "str"})


def two_mode_summary(
    net: StakeholderNetwork, layer: str | None = None, *, counts: Sequence[str] = COUNTING_STATUSES
) -> pd.DataFrame:
    """Do the same actors meet again and again, beyond sitting at one full table?

    Clustering of projected ties is high as soon as events are large. These two are not fooled: ``two_mode_four_cycles``
    asks how often two actors who share an event share another; ``two_mode_clustering`` how often two actors who each
    share an event with a third share one of their own that is neither.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with events.
    layer : str, optional
        The layer with events; needed when there are several.
    counts : sequence of str
        Statuses that count as having taken part.

    Returns
    -------
    pandas.DataFrame
        Index ``figure``; columns ``label_it``, ``label_en``, ``value``, ``status``: ``attendances``,
        ``two_mode_density``, ``four_cycles``, ``three_paths``, ``two_mode_four_cycles`` (4 four_cycles / three_paths),
        ``four_paths``, ``closed_four_paths``, ``two_mode_clustering`` (their ratio).

    Raises
    ------
    AmbiguousLayersError
        When several layers have events and none is named.
    OptionError
        When the network has no events.

    References
    ----------
    Robins, G., Alexander, M. (2004). Small worlds among interlocking directors. Computational and Mathematical
    Organization Theory 10, 69-94. https://doi.org/10.1023/B:CMOT.0000032580.12184.c0
    Opsahl, T. (2013). Triadic closure in two-mode networks: redefining the global and local clustering coefficients.
    Social Networks 35, 159-167. https://doi.org/10.1016/j.socnet.2011.07.001
    """
    seats = incidence(net, events_layer(net, layer, "two_mode_summary"), counts=counts)
    n, m = seats.shape
    came, size = np.asarray(seats.sum(axis=1)), np.asarray(seats.sum(axis=0))
    met = without_diagonal(sparse.csr_array(seats @ seats.T))
    cycles = float((met.data * (met.data - 1)).sum()) / 4  # each pair of actors stands twice
    edges = seats.tocoo()
    paths = float(((came[edges.row] - 1) * (size[edges.col] - 1)).sum())
    four, closed = _four_paths(seats, met)
    return figure_table(
        {
            "attendances": seats.nnz,
            "two_mode_density": float(ratio(seats.nnz, n * m)),
            "four_cycles": cycles,
            "three_paths": paths,
            "two_mode_four_cycles": float(ratio(4 * cycles, paths)),
            "four_paths": four,
            "closed_four_paths": closed,
            "two_mode_clustering": float(ratio(closed, four)),
        },
        {
            "two_mode_four_cycles": "no two actors share an event",
            "two_mode_clustering": "no chain of three actors",
        },
    )


def _joined(seats: sparse.csr_array) -> sparse.csr_array:
    """Return actors and events as one network, the events after the actors."""
    n, m = seats.shape
    cells = seats.tocoo()
    row, column = np.concatenate([cells.row, cells.col + n]), np.concatenate([cells.col + n, cells.row])
    return sparse.csr_array((np.ones(2 * cells.nnz), (row, column)), shape=(n + m, n + m))


def _farness(both: sparse.csr_array) -> np.ndarray:
    far = np.zeros(both.shape[0])
    for sources, distances in distance_blocks(both):
        total = distances.sum(axis=1)
        far[sources] = np.where(np.isfinite(total), total, np.nan)
    return far


def _most_between(own: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return the greatest betweenness that one of `own` can have among `other` (Borgatti and Everett 1997)."""
    s, t = np.divmod(own - 1, np.maximum(other, 1))
    most = (other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2
    return np.asarray(np.where(other > 0, most, 0.0))


def _dominant(both: sparse.csr_array) -> np.ndarray:
    """Return the leading eigenvector of the largest connected part."""
    values = np.full(both.shape[0], np.nan)
    _, component = csgraph.connected_components(both, directed=False)
    sizes = np.bincount(component, minlength=1)
    if sizes.max() > 1 and (sizes == sizes.max()).sum() == 1:
        inside = np.flatnonzero(component == sizes.argmax())
        part = both[inside][:, inside]
        values[inside] = leading_vector(len(inside), lambda x: part @ x)
    return values


def _four_paths(seats: sparse.csr_array, met: sparse.csr_array) -> tuple[float, float]:
    """Return the chains actor-event-actor-event-actor over different ones, and those that a further event closes.

    For a pair (a, c) of ends and each middle actor b, the chains are C_ab C_cb less the events that all three share. A
    chain over events e and f is closed when a and c share one that is neither: always when they share three or more;
    with one or two shared events the chains that use up just those are left open.
    """
    size = np.asarray(seats.sum(axis=0))
    row_sum = np.asarray(met.sum(axis=1))
    all_chains = float((row_sum**2).sum() - (met.data**2).sum()) / 2
    all_chains -= float((size * (size - 1) * (size - 2)).sum()) / 2
    upper = sparse.triu(met, k=1, format="coo")
    first, second, shared = upper.row, upper.col, upper.data
    through = _at(met, met, first, second) - _at(seats * (size - 2), seats.T, first, second)
    open_chains = _open_with_one(seats, met, first[shared == 1], second[shared == 1], size)
    open_chains += _open_with_two(seats, first[shared == 2], second[shared == 2], size)  # noqa: PLR2004
    return all_chains, float(through.sum()) - open_chains


def _open_with_one(
    seats: sparse.csr_array, met: sparse.csr_array, first: np.ndarray, second: np.ndarray, size: np.ndarray
) -> float:
    """Return the chains of pairs with one shared event that use that event."""
    event = np.rint(_at(seats * np.arange(len(size)), seats.T, first, second)).astype("int64")
    # over the middle actors at that event: chains that leave or reach them by it
    ways = _cells(met @ seats, first, event) + _cells(met @ seats, second, event)
    return float((ways - 2 - 2 * (size[event] - 2)).sum())


def _open_with_two(seats: sparse.csr_array, first: np.ndarray, second: np.ndarray, size: np.ndarray) -> float:
    """Return the chains of pairs with two shared events that use both."""
    place = np.arange(len(size), dtype="float64")
    total = _at(seats * place, seats.T, first, second)
    squares = _at(seats * place**2, seats.T, first, second)
    half = np.sqrt(np.maximum(2 * squares - total**2, 0.0))
    one = np.rint((total - half) / 2).astype("int64")
    other = np.rint((total + half) / 2).astype("int64")
    together = _cells(sparse.csr_array(seats.T @ seats), one, other)
    return float((2 * (together - 2)).sum())


def _at(left: AnySparse, right: AnySparse, row: np.ndarray, column: np.ndarray) -> np.ndarray:
    """Return cells of a product, some rows of it at a time."""
    first, second = sparse.csr_array(left), sparse.csr_array(right)
    out = np.zeros(len(row))
    for rows in row_blocks(first.shape[0], second.shape[1]):
        here = np.flatnonzero((row >= rows.start) & (row < rows.stop))
        if len(here):
            out[here] = _cells(sparse.csr_array(first[rows] @ second), row[here] - rows.start, column[here])
    return out


def _cells(matrix: sparse.csr_array, row: np.ndarray, column: np.ndarray) -> np.ndarray:
    return np.asarray(sparse.csr_array(matrix)[row, column]).ravel() if len(row) else np.zeros(0)
