"""The shortest ways of the joined layers, by way of the events: no projection for each new weighing of the events.

A meeting of a hundred makes 4,950 ties. Where two actors met there and nowhere else, their tie is as long as the way
through a point that stands for the meeting, half a tie from each: a hundred links do for all of them. Pairs with more
in common keep a tie of their own, which is shorter. Distances and numbers of shortest ways stay the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

import numpy as np
from scipy import sparse

from stakeholder_net.layers import tie_strengths
from stakeholder_net.measures._ensemble import each
from stakeholder_net.measures._paths import pair_dependencies
from stakeholder_net.measures._register import Register
from stakeholder_net.measures._ties import ratio

__all__ = ["EventWays"]

WORTH: Final = 2
"""An event gets a point of its own when that saves so many times the links it needs."""
PART: Final = 500
"""Actors from which ways are followed in one piece of work for another process."""


class EventWays:
    """The ways between the actors of all layers joined, with each event held so many times.

    Parameters
    ----------
    register : Register
        Layers derived from events; the ties of other layers stay as they are. None of kind ``jaccard``, whose weights
        are no sums over events.
    """

    def __init__(self, register: Register) -> None:
        net, self.n = register.net, register.net.n_actors
        ties, (first, second) = net.ties, net._tie_ends()  # noqa: SLF001
        low, high = np.minimum(first, second).astype("int64"), np.maximum(first, second)
        keys, pair = np.unique(low * self.n + high, return_inverse=True)
        self.low, self.high = np.divmod(keys, self.n)
        still, blocks = np.ones(len(ties), dtype=bool), []
        self.sizes = register.sizes
        for name, made in register.parts.items():
            rows = (ties["layer"] == name).to_numpy()
            still &= ~rows
            cells = made.tocoo()
            blocks.append(
                sparse.csr_array(
                    (cells.data, (pair[rows][cells.row], cells.col)), shape=(len(keys), made.shape[1])
                )
            )
        self.base = np.bincount(pair[still], tie_strengths(net)[still], minlength=len(keys))
        parts = sparse.csr_array(sparse.hstack(blocks))
        parts.eliminate_zeros()
        seats = sparse.csc_array(sparse.hstack([made.seats for made in register.making.values()]))
        direct = self._place_points(parts, seats)
        self.low, self.high, self.base = self.low[direct], self.high[direct], self.base[direct]
        self.parts = sparse.csr_array(parts[direct])
        self.shared = sparse.csr_array((self.parts > 0).astype("float64"))

    def _place_points(self, parts: sparse.csr_array, seats: sparse.csc_array) -> np.ndarray:
        """Choose the events that get a point; return which pairs keep a tie of their own."""
        by_event = sparse.csc_array(parts)
        came, met = np.diff(seats.indptr), np.diff(by_event.indptr)
        some = met > 0
        starts = by_event.indptr[:-1][some]
        self.value, low = np.zeros(len(met)), np.zeros(len(met))
        if some.any():
            self.value[some] = np.maximum.reduceat(by_event.data, starts)
            low[some] = np.minimum.reduceat(by_event.data, starts)
        pairs = np.diff(parts.indptr)
        lone = (pairs == 1) & (self.base == 0)
        event = np.zeros(parts.shape[0], dtype="int64")
        event[lone] = parts.indices[parts.indptr[:-1][lone]]
        saved = np.bincount(event[lone], minlength=len(met))
        # all who were there are tied, and by the same weight: not so with roles or hours
        even = (met == came * (came - 1) // 2) & (low == self.value)
        self.has_point = even & (saved > WORTH * came)
        self.size = self.n + int(self.has_point.sum())
        there = seats.tocoo()
        kept = self.has_point[there.col]
        self.seat_actor, self.seat_event = there.row[kept].astype("int64"), there.col[kept]
        self.seat_point = self.n - 1 + np.cumsum(self.has_point)[self.seat_event]
        return np.asarray(~(lone & self.has_point[event]))

    def lengths(self, times: Mapping[str, np.ndarray]) -> sparse.csr_array:
        """Return the length of every link, actors first, then the events that have a point.

        Parameters
        ----------
        times : mapping of str to numpy.ndarray
            For each layer how often each of its events was held.
        """
        held = np.concatenate([times.get(name, np.ones(size)) for name, size in self.sizes.items()])
        strength, there = self.base + self.parts @ held, (held > 0).astype("float64")
        # what is left of a pair may be one event alone, whose point serves it already
        own = (self.base > 0) | (self.shared @ there > 1) | (self.shared @ (there * ~self.has_point) > 0)
        low, high, direct = self.low[own], self.high[own], 1.0 / strength[own]
        seated = held[self.seat_event] > 0
        actor, point = self.seat_actor[seated], self.seat_point[seated]
        half = 0.5 / (self.value * held)[self.seat_event[seated]]
        rows = np.concatenate([low, high, actor, point])
        columns = np.concatenate([high, low, point, actor])
        data = np.concatenate([direct, direct, half, half])
        return sparse.csr_array((data, (rows, columns)), shape=(self.size, self.size))

    def betweenness(
        self,
        times: Mapping[str, np.ndarray],
        *,
        sources: int | None = None,
        seed: int = 0,
        n_jobs: int | None = None,
    ) -> np.ndarray:
        """Return :func:`betweenness` of the joined layers, shape (n_actors,).

        Parameters
        ----------
        times : mapping of str to numpy.ndarray
            For each layer how often each of its events was held.
        sources : int, optional
            From how many actors, drawn at random, ways are followed; from all by default.
        seed : int
            Draws them.
        n_jobs : int, optional
            Processes that share them.

        References
        ----------
        Brandes, U., Pich, C. (2007). Centrality estimation in large networks. International Journal of Bifurcation and
        Chaos 17, 2303-2318. https://doi.org/10.1142/S0218127407018403
        """
        lengths = self.lengths(times)
        tied = np.flatnonzero(np.diff(lengths.indptr)[: self.n])
        drawn, share = tied, 1.0
        if sources is not None and sources < len(tied):
            drawn = np.sort(np.random.default_rng(seed).choice(tied, sources, replace=False))
            share = len(tied) / sources
        parts = [drawn] if n_jobs is None else np.array_split(drawn, -(-len(drawn) // PART))
        found = each(
            partial(pair_dependencies, lengths, actors=self.n),
            parts,
            n_jobs=n_jobs if len(parts) > 1 else 1,
            desc="betweenness",
            progress=n_jobs is not None,
        )
        values = np.sum(found, axis=0)[: self.n] * share
        return ratio(values, max((self.n - 1) * (self.n - 2), 0))
