"""Some of the actors of a network with what lies among them, many times over: as ``keep``, by masks alone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from stakeholder_net.network import StakeholderNetwork

__all__ = ["Induced"]


class Induced:
    """A network of which some actors may be left out, again and again.

    Parameters
    ----------
    net : StakeholderNetwork
        Network that is taken apart; where each row's actor stands is looked up once, here.
    """

    def __init__(self, net: StakeholderNetwork) -> None:
        self.net = net
        place = net.actors.index
        columns = {"ties": ("source", "target"), "attendance": ("actor_id",), "presence": ("actor_id",)}
        self.tables = {name: getattr(net, name) for name in columns}
        self.places = {
            name: [place.get_indexer(pd.Index(self.tables[name][column])) for column in of]
            for name, of in columns.items()
        }

    def of(self, stay: np.ndarray) -> StakeholderNetwork:
        """Return the network of the actors where the mask `stay` holds, all in their present order."""
        parts = {}
        for name, places in self.places.items():
            rows = np.logical_and.reduce([stay[place] for place in places])
            parts[name] = self.tables[name].take(np.flatnonzero(rows)).reset_index(drop=True)
        return self.net._trusted(actors=self.net.actors[stay], **parts)  # noqa: SLF001 - a part keeps every promise
