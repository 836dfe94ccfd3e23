"""The input networks of the reference tables."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from stakeholder_net import StakeholderNetwork

DIRECTED = ("hightech_advice", "hightech_friends", "hightech_reports", "coleman_fall", "coleman_spring")


def read(shared: Path, name: str) -> pd.DataFrame:
    """Return one input table."""
    return pd.read_csv(shared / "methods" / "inputs" / f"{name}.csv")


def nodes(shared: Path, name: str) -> pd.DataFrame:
    """Return the actors of an input network with their attributes, in the order of the reference tables."""
    if name.startswith("florentine"):
        table = read(shared, "florentine_nodes")
    elif name.startswith("hightech"):
        table = read(shared, "hightech_nodes")
    elif name.startswith("lazega"):
        table = read(shared, "lazega_nodes")
    elif name.startswith("emon"):
        table = read(shared, f"{name.removesuffix('_or')}_nodes")
    elif name == "karate":
        table = pd.DataFrame({"name": [str(i) for i in range(1, 35)]})
    elif name.startswith("coleman"):
        table = pd.DataFrame({"name": [f"S{i:02}" for i in range(1, 74)]})
    else:
        ties = read(shared, name)
        table = pd.DataFrame({"name": pd.unique(pd.concat([ties["source"], ties["target"]]))})
    table = table.rename(columns={"name": "actor_id"}).astype({"actor_id": "str"})
    return table.assign(name=table["actor_id"], kind="comune")


def network(shared: Path, name: str, *, either: bool = False, weighted: bool = True) -> StakeholderNetwork:
    """Return an input network of one layer, called ``x``; `either` makes a tie of an arc in either direction."""
    directed = (name in DIRECTED or name.startswith(("emon", "lazega"))) and not either
    ties = (
        read(shared, name)
        .rename(columns={"from": "source", "to": "target"})
        .astype({"source": "str", "target": "str"})
    )
    if "weight" not in ties.columns or not weighted:
        ties["weight"] = 1.0
    if either:
        low, high = np.minimum(ties["source"], ties["target"]), np.maximum(ties["source"], ties["target"])
        ties = pd.DataFrame({"source": low, "target": high, "weight": 1.0}).drop_duplicates()
    return StakeholderNetwork(
        actors=nodes(shared, name),
        ties=ties.assign(layer="x"),
        layers=pd.DataFrame({"layer": ["x"], "directed": [directed]}),
        name=name,
    )


def davis(shared: Path) -> StakeholderNetwork:
    """Return the eighteen women and fourteen events, with their dates."""
    seats = read(shared, "davis_incidence").set_index("name")
    dates = read(shared, "davis_events").set_index("event")["date"]
    return two_mode(seats, start=dates)


def two_mode(seats: pd.DataFrame, **columns: pd.Series) -> StakeholderNetwork:
    """Return a network with attendance from a table of actors by events; columns of the events by event."""
    names = [str(name) for name in seats.index]
    events = [str(event) for event in seats.columns]
    row, column = np.nonzero(seats.to_numpy())
    return StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": names, "name": names, "kind": "comune"}),
        events=pd.DataFrame({"event_id": events, "name": events, "kind": "table"}).assign(
            **{name: values.reindex(events).to_numpy() for name, values in columns.items()}
        ),
        attendance=pd.DataFrame(
            {
                "actor_id": [names[i] for i in row],
                "event_id": [events[k] for k in column],
                "status": "present",
            }
        ),
    )


def multilayer(shared: Path, name: str) -> StakeholderNetwork:
    """Return an input network of several layers; actors as the file of vertices has them."""
    ties = read(shared, f"{name}_multilayer")
    vertices = read(shared, f"{name}_vertices").astype("str")
    ties = ties[ties["from_layer"] == ties["to_layer"]]
    cards = ties.groupby("from_layer")["dir"].first().rename_axis("layer").rename("directed").reset_index()
    names = sorted(set(vertices["actor"]))
    return StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": names, "name": names, "kind": "comune"}),
        ties=pd.DataFrame(
            {
                "source": ties["from_actor"].astype("str"),
                "target": ties["to_actor"].astype("str"),
                "layer": ties["from_layer"],
                "weight": 1.0,
            }
        ),
        layers=cards,
        presence=vertices.rename(columns={"actor": "actor_id"})[["actor_id", "layer"]],
    )
