"""Folders of small tables: muxViz, which wants a file a layer, and the tables of the stocnet packages of R."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from stakeholder_net.convert._graph import graph_of
from stakeholder_net.convert._plain import clean, distinct
from stakeholder_net.convert._text import as_csv, codes, companions
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import COUNTING_STATUSES

__all__ = ["muxviz", "stocnet"]


def muxviz(net: StakeholderNetwork) -> dict[str, str]:
    """Return the files that muxViz opens: a configuration, nodes by number, the edges of each layer.

    Where any layer is directed, muxViz must be told so for all: undirected ties then stand in both directions.
    """
    graph = graph_of(net, arcs=True)
    rows = zip(
        graph.edge_column("layer"), graph.source, graph.target, graph.edge_column("weight"), strict=True
    )
    edges: dict[Any, list[str]] = {name: [] for name in net.layer_names}
    for layer, source, target, weight in rows:
        edges[layer].append(f"{source + 1} {target + 1} {weight!r}\n")
    labels = [clean(label).replace(";", ",").replace("\n", " ") for label in net.layers["label"]]
    files = {
        "config.txt": "".join(
            f"layer_{n}.edges;{label};nodes.txt\n" for n, label in enumerate(labels, start=1)
        ),
        "layers.txt": "layerID layerLabel\n"
        + "".join(f"{n} {'_'.join(label.split())}\n" for n, label in enumerate(labels, start=1)),
        "nodes.txt": "nodeID nodeLabel\n"
        + "".join(f"{n} {code}\n" for n, code in enumerate(codes(net), start=1)),
    }
    files |= {f"layer_{n}.edges": "".join(lines) for n, lines in enumerate(edges.values(), start=1)}
    return files | {f"{name}.csv": text for name, text in companions(net).items()}


def stocnet(net: StakeholderNetwork) -> dict[str, str]:
    """Return the tables of which ``manynet::make_stocnet`` makes a network.

    Nodes are actors and, of another mode, events; ties join their numbers. Who took part in an event is a tie of the
    event's layer; ties that were derived from it have a layer of their own, called ``... (derived)``.
    """
    actors, events = net.actors.reset_index(), net.events.reset_index()
    labels = distinct([*actors["name"], *events["name"]])
    modes = ["actor"] * len(actors) + ["event"] * len(events)
    both = pd.concat([actors, events.rename(columns={"layer": "event_layer"})], ignore_index=True)
    own = both.drop(columns="name")
    own.columns = pd.Index(distinct(list(own.columns), reserved=["label", "mode"]))
    nodes = pd.concat([pd.DataFrame({"label": labels, "mode": modes}, index=own.index), own], axis=1)
    ties = pd.concat([_one_mode(net), _two_mode(net)], ignore_index=True)
    cards = net.layers["directed"]
    layers = list(dict.fromkeys(ties["layer"]))
    info = {
        "name": net.name,
        "modes": list(dict.fromkeys(modes)),
        "layers": layers,
        "directed": [bool(cards.get(name, default=False)) for name in layers],
    }
    tables = {"nodes": nodes, "ties": ties, "attendance": net.attendance, "layers": net.layers.reset_index(),
              "presence": net.presence}  # fmt: skip
    texts = {f"{name}.csv": as_csv(frame, name) for name, frame in tables.items()}
    return texts | {"info.json": json.dumps(info, ensure_ascii=False, indent=1) + "\n"}


def _one_mode(net: StakeholderNetwork) -> pd.DataFrame:
    ties, place = net.ties, net.actors.index
    observed = set(net.events["layer"])
    layer = ties["layer"].map(lambda name: f"{name} (derived)" if name in observed else name).astype("str")
    ends = {
        "from": place.get_indexer(pd.Index(ties["source"])) + 1,
        "to": place.get_indexer(pd.Index(ties["target"])) + 1,
    }
    since = ties["since"] if "since" in ties.columns else _no_time(ties.index)
    rest = ties.drop(columns=["source", "target", "layer", "weight", "since"], errors="ignore")
    return pd.concat(
        [pd.DataFrame({**ends, "layer": layer, "weight": ties["weight"], "time": since}), rest], axis=1
    )


def _no_time(index: pd.Index) -> pd.Series:
    return pd.Series(pd.NaT, index=index, dtype="datetime64[us]")


def _two_mode(net: StakeholderNetwork) -> pd.DataFrame:
    rows = net.attendance[net.attendance["status"].isin(COUNTING_STATUSES)].reset_index(drop=True)
    events = net.events
    start = events["start"] if "start" in events.columns else _no_time(events.index)
    return pd.DataFrame(
        {
            "from": net.actors.index.get_indexer(pd.Index(rows["actor_id"])) + 1,
            "to": net.n_actors + events.index.get_indexer(pd.Index(rows["event_id"])) + 1,
            "layer": rows["event_id"].map(events["layer"]).astype("str"),
            "weight": 1.0,
            "time": start.reindex(pd.Index(rows["event_id"])).array,
            "status": rows["status"],
        }
    )
