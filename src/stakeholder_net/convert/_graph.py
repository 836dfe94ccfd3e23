"""A network as nodes and edges: the one form from which every library and every file is filled."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import pandas as pd

from stakeholder_net._checks import unknown_name
from stakeholder_net.convert._plain import Attribute, attributes
from stakeholder_net.network import StakeholderNetwork

__all__ = ["Graph", "chosen", "graph_of", "present_without_tie"]


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes and edges with plain columns.

    ``source`` and ``target`` are places in ``ids``. ``edges`` begins with ``layer`` and ``weight``. ``cards`` is JSON:
    the layer cards, each with the actors that are present in the layer without a tie.
    """

    name: str
    origin: str
    directed: bool
    several: bool
    ids: list[str]
    nodes: list[Attribute]
    source: list[int]
    target: list[int]
    edges: list[Attribute]
    cards: str

    @property
    def labels(self) -> list[str]:
        """Names of the actors."""
        return next(column.cells for column in self.nodes if column.name == "name")

    def edge_column(self, name: str) -> list[object]:
        """Return the values of one column of the edges."""
        return next(column.cells for column in self.edges if column.name == name)


def chosen(net: StakeholderNetwork, layer: str | None) -> StakeholderNetwork:
    """Return the network with one layer only, where one is named."""
    if layer is None:
        return net
    if layer not in net.layer_names:
        raise unknown_name("layer", layer, net.layer_names)
    return net.layer(layer)


def graph_of(net: StakeholderNetwork, *, arcs: bool) -> Graph:
    """Return a network as nodes and edges.

    Parameters
    ----------
    net : StakeholderNetwork
        Any network; its events and attendance are left to the formats that have a place for them.
    arcs : bool
        Whether, in a network that mixes directed and undirected layers, an undirected tie becomes two arcs: for
        programs in which all edges of a graph are directed or none. Each is marked ``directed=False``.

    Returns
    -------
    Graph
    """
    ties, cards = net.ties, net.layers
    directed = ties["layer"].map(cards["directed"]).to_numpy(dtype=bool)
    both = bool(cards["directed"].any()) and not bool(cards["directed"].all())
    if both:
        ties["directed"] = directed
    if (cards["weight_means"] != "strength").any():
        ties["weight_means"] = ties["layer"].map(cards["weight_means"])
    place = net.actors.index
    source = place.get_indexer(pd.Index(ties["source"]))
    target = place.get_indexer(pd.Index(ties["target"]))
    if both and arcs:
        copies = np.where(directed, 1, 2)
        rows = np.repeat(np.arange(len(ties)), copies)
        turned = np.append(False, rows[1:] == rows[:-1])[: len(rows)]
        source, target = (
            np.where(turned, target[rows], source[rows]),
            np.where(turned, source[rows], target[rows]),
        )
        ties = ties.iloc[rows]
    first = ["layer", "weight"]
    rest = [name for name in ties.columns if name not in {"source", "target", *first}]
    return Graph(
        name=net.name,
        origin=net.source,
        directed=bool(cards["directed"].any()),
        several=len(net.layer_names) > 1,
        ids=list(place),
        nodes=attributes(net.actors, "actors"),
        source=source.tolist(),
        target=target.tolist(),
        edges=attributes(ties[first + rest], "ties"),
        cards=_cards(net),
    )


def present_without_tie(net: StakeholderNetwork) -> dict[str, list[str]]:
    """Return by layer the actors that are present in it without a tie, in the order of the actors."""
    ties, presence = net.ties, net.presence
    tied = pd.concat(
        [ties[[end, "layer"]].set_axis(["actor_id", "layer"], axis=1) for end in ("source", "target")]
    )
    alone = presence.merge(tied.drop_duplicates(), how="left", on=["actor_id", "layer"], indicator=True)
    alone = alone[alone["_merge"] == "left_only"]
    return {name: alone.loc[alone["layer"] == name, "actor_id"].tolist() for name in net.layer_names}


def _cards(net: StakeholderNetwork) -> str:
    present = present_without_tie(net)
    columns = attributes(net.layers.reset_index(), "layers")
    cards = []
    for row in range(len(net.layers)):
        card = {c.name: c.cells[row] for c in columns if c.cells[row] is not None}
        if present[str(card["layer"])]:
            card["present_without_tie"] = present[str(card["layer"])]
        cards.append(card)
    return json.dumps(cards, ensure_ascii=False, sort_keys=True)
