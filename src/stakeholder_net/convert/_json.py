"""JSON: HIF, the interchange format of hypergraphs, for the attendance; CX2, that of Cytoscape, for the ties."""

from __future__ import annotations

import json
from typing import Any, Final

from stakeholder_net.convert._graph import graph_of
from stakeholder_net.convert._plain import Attribute, attributes, check_ids, distinct, finite
from stakeholder_net.errors import OptionError
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import COUNTING_STATUSES

__all__ = ["cx2", "hif"]


# what Cytoscape calls its own columns
_CYTOSCAPE: Final = (
    "suid",
    "shared name",
    "shared interaction",
    "selected",
    "id",
    "source",
    "target",
    "interaction",
)


def _as_json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode("utf-8")


def _records(frame: Any, what: str, keys: dict[str, str]) -> list[dict[str, Any]]:  # noqa: ANN401 - a table
    """Return rows as HIF wants them: the ids outside, everything else under ``attrs``."""
    columns = [column.cleaned() for column in attributes(frame, what)]
    finite(columns, what, "JSON")
    rows: list[dict[str, Any]] = [{} for _ in range(len(frame))]
    for column in columns:
        for row, value in zip(rows, column.cells, strict=True):
            if column.name in keys:
                row[keys[column.name]] = value
            elif value is not None:
                row.setdefault("attrs", {})[column.name] = value
    return rows


def hif(net: StakeholderNetwork) -> bytes:
    """Return the attendance as a hypergraph: a node an actor, an edge an event.

    Who was announced or absent is no incidence; those rows stand under ``metadata.not_counted``.
    """
    if not len(net.events):
        raise OptionError(
            "HIF holds attendance, and this network has no events.", "Choose another format for its ties."
        )
    check_ids(net.events.index, "event id")
    attendance = net.attendance
    counted = attendance["status"].isin(COUNTING_STATUSES)
    ends = {"actor_id": "node", "event_id": "edge"}
    content: dict[str, Any] = {
        "network-type": "undirected",
        "metadata": {
            "name": net.name,
            "source": net.source,
            "not_counted": _records(attendance[~counted], "attendance", ends),
        },
        "nodes": _records(net.actors.reset_index(), "actors", {"actor_id": "node"}),
        "edges": _records(net.events.reset_index(), "events", {"event_id": "edge"}),
        "incidences": _records(attendance[counted], "attendance", ends),
    }
    return _as_json(content)


def cx2(net: StakeholderNetwork) -> bytes:
    """Return actors and ties as CX2; ``interaction``, by which Cytoscape tells ties apart, is the layer.

    Cytoscape draws every edge from source to target: the column ``directed`` says which of them mean it.
    """
    graph = graph_of(net, arcs=False)
    nodes = [Attribute("actor_id", "string", list(graph.ids)), *_declared(graph.nodes, "actors")]
    edges = _declared(graph.edges, "ties")
    edges.insert(0, Attribute("interaction", "string", list(graph.edge_column("layer"))))
    whole = {"name": graph.name, "source": graph.origin, "layer_cards": graph.cards}
    declarations = {
        "networkAttributes": {name: {"d": "string"} for name in whole},
        "nodes": {column.name: {"d": _cx2_type(column)} for column in nodes},
        "edges": {column.name: {"d": _cx2_type(column)} for column in edges},
    }
    aspects: dict[str, list[Any]] = {
        "attributeDeclarations": [declarations],
        "networkAttributes": [whole],
        "nodes": [{"id": row, "v": _row(nodes, row)} for row in range(len(graph.ids))],
        "edges": [
            {"id": row, "s": source, "t": target, "v": _row(edges, row)}
            for row, (source, target) in enumerate(zip(graph.source, graph.target, strict=True))
        ],
    }
    counts = [{"name": name, "elementCount": len(content)} for name, content in aspects.items()]
    content: list[dict[str, Any]] = [{"CXVersion": "2.0", "hasFragments": False}, {"metaData": counts}]
    content += [{name: aspect} for name, aspect in aspects.items()]
    return _as_json([*content, {"status": [{"error": "", "success": True}]}])


def _declared(columns: list[Attribute], what: str) -> list[Attribute]:
    plain = [column.cleaned() for column in columns]
    finite(plain, what, "CX2")
    names = distinct([column.name for column in plain], reserved=[*_CYTOSCAPE, "actor_id"])
    return [Attribute(name, column.form, column.cells) for name, column in zip(names, plain, strict=True)]


def _cx2_type(column: Attribute) -> str:
    return "list_of_string" if column.form == "list" else column.form


def _row(columns: list[Attribute], row: int) -> dict[str, Any]:
    return {column.name: column.cells[row] for column in columns if column.cells[row] is not None}
