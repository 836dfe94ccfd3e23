"""GML, in plain ASCII: other characters by their number, headings of letters, digits and ``_``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Final

from stakeholder_net.convert._graph import graph_of
from stakeholder_net.convert._plain import Attribute, clean, distinct, finite
from stakeholder_net.network import StakeholderNetwork

__all__ = ["gml"]

_OWN: Final = (
    "id",
    "label",
    "source",
    "target",
    "key",
    "graphics",
    "node",
    "edge",
    "graph",
    "directed",
    "multigraph",
)

# igraph knows these by name only
_NAMED: Final = {"&": "&amp;", '"': "&quot;"}


def _text(text: str) -> str:
    return (
        '"'
        + re.sub(r"[^ !#-%\'-~]", lambda found: _NAMED.get(found[0], f"&#{ord(found[0])};"), clean(text))
        + '"'
    )


def _value(value: Any) -> str:  # noqa: ANN401 - any plain value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float):
        digits, _, power = repr(value).partition("e")
        return (digits if "." in digits else f"{digits}.0") + (f"E{power}" if power else "")
    return str(int(value))


def _heading(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    word = re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_")
    return word if word[:1].isalpha() else f"x{word}"


def _columns(columns: Iterable[Attribute], what: str) -> list[Attribute]:
    plain = [column.without_lists() for column in columns]
    finite(plain, what, "GML")
    names = distinct([_heading(column.name) for column in plain], reserved=_OWN)
    return [Attribute(name, column.form, column.cells) for name, column in zip(names, plain, strict=True)]


def gml(net: StakeholderNetwork) -> bytes:
    """Return the network as GML; the label of a node is the actor's id, for readers want labels that differ."""
    return ("\n".join(_lines(net)) + "\n").encode("ascii")


def _lines(net: StakeholderNetwork) -> Iterator[str]:
    graph = graph_of(net, arcs=True)
    nodes, edges = _columns(graph.nodes, "actors"), _columns(graph.edges, "ties")
    yield "graph ["
    yield f"directed {int(graph.directed)}"
    if graph.several:
        yield "multigraph 1"
    for name, text in (("name", graph.name), ("source", graph.origin), ("layer_cards", graph.cards)):
        if text:
            yield f"{name} {_text(text)}"
    for row, actor in enumerate(graph.ids):
        yield f"node [ id {row} label {_text(actor)}{_values(nodes, row)} ]"
    layers = graph.edge_column("layer")
    for row, (source, target) in enumerate(zip(graph.source, graph.target, strict=True)):
        key = f" key {_text(str(layers[row]))}" if graph.several else ""
        yield f"edge [ source {source} target {target}{key}{_values(edges, row)} ]"
    yield "]"


def _values(columns: list[Attribute], row: int) -> str:
    return "".join(f" {c.name} {_value(c.cells[row])}" for c in columns if c.cells[row] is not None)
