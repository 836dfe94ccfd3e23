"""JSON: HIF, the interchange format of hypergraphs, for the attendance."""

from __future__ import annotations

import json
from typing import Any

from stakeholder_net.convert._plain import attributes, check_ids, finite
from stakeholder_net.errors import OptionError
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import COUNTING_STATUSES

__all__ = ["as_json", "hif"]


def as_json(content: object) -> bytes:
    """Return JSON, one line a record where the content is a list of records."""
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
    return as_json(content)
