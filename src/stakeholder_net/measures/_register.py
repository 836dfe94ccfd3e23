"""A network whose events may be weighed anew: left out, or drawn more than once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from stakeholder_net._projection import making_of, tie_contributions
from stakeholder_net.errors import OptionError
from stakeholder_net.layers import two_mode_layers
from stakeholder_net.measures._ties import ratio
from stakeholder_net.network import StakeholderNetwork

__all__ = ["Register"]


class Register:
    """The layers of a network that were derived from events, ready to be weighed with other events.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with derived ties.
    layer : str, optional
        Only this layer.
    """

    def __init__(self, net: StakeholderNetwork, layer: str | None = None) -> None:
        derived = [name for name in two_mode_layers(net) if (net.ties["layer"] == name).any()]
        names = derived if layer is None else [layer]
        if not names:
            raise OptionError(
                "This network has no ties derived from events.", "Derive them with project(net)."
            )
        self.net = net
        self.making = {name: making_of(net, name) for name in names}
        self.ties = net.ties
        self.rows = {name: (self.ties["layer"] == name).to_numpy() for name in names}
        self.sizes = {name: made.seats.shape[1] for name, made in self.making.items()}

    @cached_property
    def parts(self) -> dict[str, sparse.csr_array]:
        """What each event adds to each tie; refused where the ties are not those that the events make."""
        return {name: tie_contributions(self.net, name, made) for name, made in self.making.items()}

    @property
    def events(self) -> list[tuple[str, int, int]]:
        """Layer, place in the layer and number of actors of every event."""
        return [
            (name, event, int(size))
            for name, made in self.making.items()
            for event, size in enumerate(np.asarray(made.seats.sum(axis=0)))
        ]

    def all_but(self, name: str, event: int) -> np.ndarray:
        """Return how often each event counts when one is left out."""
        times = np.ones(self.sizes[name])
        times[event] = 0.0
        return times

    def weights(self, times: Mapping[str, np.ndarray]) -> np.ndarray:
        """Return the weight that every tie would have had each event been held so many times; 0 where none."""
        ties, place = self.ties, self.net.actors.index
        weight = ties["weight"].to_numpy(copy=True)
        for name, count in times.items():
            rows, total = self.rows[name], self.parts[name] @ count
            if self.making[name].weight == "jaccard":
                came = self.making[name].seats @ count
                first = place.get_indexer(pd.Index(ties["source"][rows]))
                second = place.get_indexer(pd.Index(ties["target"][rows]))
                total = np.nan_to_num(ratio(total, came[first] + came[second] - total))
            weight[rows] = total
        return weight

    def with_multiplicities(self, times: Mapping[str, np.ndarray]) -> StakeholderNetwork:
        """Return the network as it would be had each event been held so many times."""
        weight = self.weights(times)
        kept = weight > 0
        ties = self.ties.assign(weight=weight)[kept].reset_index(drop=True)
        # a part of checked ties with weights above zero keeps every promise; checking anew would take most of the time
        return self.net._trusted(ties=ties)  # noqa: SLF001
