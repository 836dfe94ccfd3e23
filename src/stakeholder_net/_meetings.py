"""Who met whom, how often and what for: the product of the attendance with itself, without its lower half."""

from __future__ import annotations

import itertools
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from scipy import sparse

__all__ = ["Meetings", "meetings"]

# meetings of one block: a few megabytes, which the caches nearly hold
_BLOCK: Final = 1 << 16
_BITS: Final = 63


class Meetings(NamedTuple):
    """Pairs of actors that met, row by row in actor order, as a sparse matrix has them.

    A country has twenty million such pairs, so that each is kept in as few bytes as it needs.
    """

    starts: np.ndarray
    second: np.ndarray
    shared: np.ndarray
    weight: np.ndarray

    @property
    def first(self) -> np.ndarray:
        """The place of the first of each pair; `second` holds that of the other."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=self.second.dtype), np.diff(self.starts))


def meetings(seats: sparse.csr_array, shares: sparse.csr_array, value: np.ndarray) -> Meetings:
    """Return who met whom, how often, and the sum over shared events of both shares and the event's value.

    Parameters
    ----------
    seats : scipy.sparse.csr_array, shape (n_actors, n_events)
        1 where an actor was.
    shares : scipy.sparse.csr_array, shape (n_actors, n_events)
        What an attendance counts; `seats` itself where each counts 1.
    value : numpy.ndarray, shape (n_events,)
        What an event is worth.

    Notes
    -----
    Each meeting of two actors is one whole number made of both and the event; sorted, those of one pair lie side by
    side. A block of actors at a time, so that memory follows the ties and not the meetings.
    """
    lists = _Lists.of(seats, shares, value)
    size = np.diff(lists.starts).astype("int64")
    total = int((size * (size - 1) // 2).sum())
    at_most = np.concatenate([[0], np.cumsum(seats @ np.maximum(size - 1, 0))])
    cuts = np.searchsorted(at_most, np.arange(_BLOCK, at_most[-1], _BLOCK))
    # a number must hold the row in its block, the other actor and the event
    most = 1 << max(0, _BITS - lists.actor_bits - lists.event_bits)
    cuts = np.unique([0, *cuts.tolist(), *range(0, seats.shape[0], most), seats.shape[0]])
    often = int(np.diff(seats.indptr).max(initial=0))
    made = (
        np.empty(total, dtype="int32"),
        np.empty(total, dtype=np.min_scalar_type(often)),
        np.empty(total, dtype="float64"),
    )
    tied = [np.zeros(1, dtype="int64")]
    at = 0
    spans = list(itertools.pairwise(cuts.tolist()))
    # numpy lets other threads work; what comes back is in order whoever was first
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for partners, *part in (pool.map if len(spans) > 1 else map)(lists.meetings, spans):
            tied.append(partners)
            here = slice(at, at + len(part[0]))
            at = here.stop
            for whole, piece in zip(made, part, strict=True):
                whole[here] = piece
    for whole in made:
        whole.resize(at, refcheck=False)
    return Meetings(np.cumsum(np.concatenate(tied)), *made)


@dataclass(frozen=True, slots=True)
class _Lists:
    """Who sits behind whom on the list of each event, the lists one behind the other."""

    seats: sparse.csr_array
    starts: np.ndarray
    actors: np.ndarray
    next_seat: np.ndarray
    shares: tuple[np.ndarray, np.ndarray] | None
    value: np.ndarray

    @classmethod
    def of(cls, seats: sparse.csr_array, shares: sparse.csr_array, value: np.ndarray) -> _Lists:
        place = np.arange(seats.nnz, dtype="int32")
        lists = sparse.csr_array((place, seats.indices, seats.indptr), shape=seats.shape).tocsc()
        following = np.empty_like(place)
        place += 1
        following[lists.data] = place
        both = None if shares is seats else (shares.data, shares.data.take(lists.data))
        return cls(seats, lists.indptr, lists.indices, following, both, value)

    @property
    def actor_bits(self) -> int:
        return max(self.seats.shape[0] - 1, 0).bit_length()

    @property
    def event_bits(self) -> int:
        return max(self.seats.shape[1] - 1, 0).bit_length()

    def others(self, some: slice) -> np.ndarray:
        """Return how many follow behind each of some seats."""
        return np.asarray(self.starts.take(self.seats.indices[some] + 1) - self.next_seat[some])

    def meetings(self, span: tuple[int, int]) -> tuple[np.ndarray, ...]:
        """Return of some actors the number of partners, and of each pair the partner, events shared and weight."""
        begin, end = self.seats.indptr[list(span)]
        some, bits = slice(begin, end), self.actor_bits + self.event_bits
        event, others = self.seats.indices[some], self.others(slice(begin, end))
        row = np.arange(span[1] - span[0], dtype="int64")
        own = np.repeat(row << bits, np.diff(self.seats.indptr[span[0] : span[1] + 1])) | event
        met = np.repeat(own, others)
        skipped = np.cumsum(others, dtype="int64") - others
        seat = np.repeat(self.next_seat[some] - skipped, others) + np.arange(len(met))
        met |= self.actors.take(seat).astype("int64") << self.event_bits
        if self.shares is None:
            met.sort()
            worth = self.value.take(met & ((1 << self.event_bits) - 1))
        else:
            order = np.argsort(met)
            worth = self.value.take(np.repeat(event, others)) * np.repeat(self.shares[0][some], others)
            worth = (worth * self.shares[1].take(seat)).take(order)
            met = met.take(order)
        met >>= self.event_bits
        firsts = np.flatnonzero(np.concatenate([np.ones(len(met[:1]), dtype="bool"), met[1:] != met[:-1]]))
        pair = met.take(firsts)
        partners = np.diff(np.searchsorted(pair, np.arange(len(row) + 1, dtype="int64") << self.actor_bits))
        weight = np.add.reduceat(worth, firsts) if len(firsts) else worth
        pair &= (1 << self.actor_bits) - 1
        return partners, pair.astype("int32"), np.diff(firsts, append=len(met)).astype("int32"), weight
