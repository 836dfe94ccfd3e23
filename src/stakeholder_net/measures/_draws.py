"""Strength and PageRank for many weighings of the events at once: products with the attendance, not with the ties.

Where the ties are those that the events make, what an actor hands to its partners goes by way of the events that it
attended, less what would come back to itself. Attendances are far fewer than ties, and one product serves all draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from stakeholder_net._meetings import meetings
from stakeholder_net._projection import Making
from stakeholder_net.measures._register import Register
from stakeholder_net.measures._ties import is_directed
from stakeholder_net.measures.degree import strength
from stakeholder_net.measures.spectral import pagerank, resting
from stakeholder_net.measures.tables import Measure
from stakeholder_net.network import StakeholderNetwork

__all__ = ["AllDraws"]


class AllDraws:
    """Strength or PageRank of the only layer of a network, with its events held so many times.

    Parameters
    ----------
    function : callable
        :func:`strength` or :func:`pagerank`.
    layer : str
        The layer.
    making : Making
        Of what its ties were made.
    """

    def __init__(self, function: Measure, layer: str, making: Making) -> None:
        self.function, self.layer, self.making = function, layer, making
        shares = making.shares
        company = np.asarray(shares.sum(axis=0)).take(shares.indices) - shares.data
        self.back = sparse.csr_array(shares.T)
        self.with_others, self.with_itself = (
            sparse.csr_array((shares.data * other, shares.indices, shares.indptr), shape=shares.shape)
            for other in (company, shares.data)
        )

    @classmethod
    def over(cls, function: Measure, register: Register) -> AllDraws | None:
        """Return what gives the values of all draws; None where the measure or the ties are others."""
        net, ((layer, made), *_) = register.net, list(register.making.items())
        plain = (
            len(net.layers) == 1 and not is_directed(net) and (net.layers["weight_means"] == "strength").all()
        )
        if not plain or (function is not strength and function is not pagerank) or made.weight == "jaccard":
            return None
        draws = cls(function, layer, made)
        return draws if draws.make(net) else None

    def make(self, net: StakeholderNetwork) -> bool:
        """Return whether the events make exactly the ties of a network, which stand in the order of their ends."""
        seats, shares, value, _ = self.making
        met, ends = meetings(seats, shares, value), net._tie_ends()  # noqa: SLF001
        kept = met.weight > 0
        return all(
            np.array_equal(made[kept], end) for made, end in zip((met.first, met.second), ends, strict=True)
        ) and np.allclose(met.weight[kept], net.ties["weight"].to_numpy(), rtol=1e-9, atol=0.0)

    def __call__(self, weighings: Sequence[Mapping[str, np.ndarray]]) -> np.ndarray:
        """Return the values, shape (n_weighings, n_actors)."""
        once = np.ones(len(self.making.value))
        worth = self.making.value[:, None] * np.column_stack(
            [times.get(self.layer, once) for times in weighings]
        )
        given = self.with_others @ worth
        if self.function is strength:
            return np.ascontiguousarray(given.T)
        itself, shares = self.with_itself @ worth, self.making.shares
        values = resting(lambda x: shares @ (worth * (self.back @ x)) - itself * x, given)
        return np.ascontiguousarray(values.T)
