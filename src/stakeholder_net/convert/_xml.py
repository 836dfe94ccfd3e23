"""GraphML and GEXF, written line by line: the writers at hand lose values or write files that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from stakeholder_net.convert._graph import Graph, graph_of
from stakeholder_net.convert._plain import Attribute, clean, distinct, finite, word
from stakeholder_net.network import StakeholderNetwork

__all__ = ["gexf", "graphml"]

_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_QUOTED: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)
# what Gephi calls its own columns
_GEPHI: Final = (
    "id",
    "label",
    "source",
    "target",
    "type",
    "weight",
    "kind",
    "interval",
    "timeset",
    "polygon",
)


def _text(value: Any) -> str:  # noqa: ANN401 - any plain value
    return word(value).translate(_ESCAPES)


def _quoted(value: Any) -> str:  # noqa: ANN401 - any plain value
    return word(value).translate(_QUOTED)


def _columns(
    columns: Iterable[Attribute], what: str, program: str, reserved: Iterable[str]
) -> list[Attribute]:
    plain = [column.without_lists().cleaned() for column in columns]
    finite(plain, what, program)
    names = distinct([column.name for column in plain], reserved=reserved)
    return [Attribute(name, column.form, column.cells) for name, column in zip(names, plain, strict=True)]


def _lines(parts: Iterator[str]) -> bytes:
    return ("\n".join(parts) + "\n").encode("utf-8")


def graphml(net: StakeholderNetwork) -> bytes:
    """Return the network as GraphML."""
    return _lines(_graphml(graph_of(net, arcs=True)))


def _graphml(graph: Graph) -> Iterator[str]:
    # readers keep the id of a node, and that of an edge, under the name id
    nodes = _columns(graph.nodes, "actors", "GraphML", ["id", "label"])
    edges = _columns(graph.edges, "ties", "GraphML", ["id"])
    nodes.insert(0, Attribute("label", "string", [clean(name) for name in graph.labels]))
    whole = {"name": graph.name, "source": graph.origin, "layer_cards": graph.cards}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for place, name in enumerate(whole):
        yield f'<key id="g{place}" for="graph" attr.name="{name}" attr.type="string"/>'
    for letter, owner, columns in (("n", "node", nodes), ("e", "edge", edges)):
        for place, column in enumerate(columns):
            name = _quoted(column.name)
            yield f'<key id="{letter}{place}" for="{owner}" attr.name="{name}" attr.type="{column.form}"/>'
    yield f'<graph id="G" edgedefault="{"directed" if graph.directed else "undirected"}">'
    for place, value in enumerate(whole.values()):
        if value:
            yield f'<data key="g{place}">{_text(clean(value))}</data>'
    for row, node in enumerate(graph.ids):
        yield f'<node id="{_quoted(node)}">{_data("n", nodes, row)}</node>'
    for row, (source, target) in enumerate(zip(graph.source, graph.target, strict=True)):
        ends = f'source="{_quoted(graph.ids[source])}" target="{_quoted(graph.ids[target])}"'
        yield f'<edge id="e{row}" {ends}>{_data("e", edges, row)}</edge>'
    yield "</graph>"
    yield "</graphml>"


def _data(letter: str, columns: list[Attribute], row: int) -> str:
    return "".join(
        f'<data key="{letter}{place}">{_text(column.cells[row])}</data>'
        for place, column in enumerate(columns)
        if column.cells[row] is not None
    )


def gexf(net: StakeholderNetwork) -> bytes:
    """Return the network as GEXF 1.2, the version that Gephi and its peers read without a loss.

    ``kind`` is read by Gephi in every version: without it, it would add up ties of different layers.
    """
    return _lines(_gexf(graph_of(net, arcs=True)))


def _gexf(graph: Graph) -> Iterator[str]:
    nodes = _columns(graph.nodes, "actors", "GEXF", _GEPHI)
    edges = _columns([c for c in graph.edges if c.name != "weight"], "ties", "GEXF", _GEPHI)
    layers = [clean(str(layer)) for layer in graph.edge_column("layer")]
    weights = graph.edge_column("weight")
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">'
    yield f"<meta><creator>stakeholder_net</creator><description>{_text(clean(graph.name))}</description></meta>"
    yield f'<graph mode="static" defaultedgetype="{"directed" if graph.directed else "undirected"}">'
    for owner, columns in (("node", nodes), ("edge", edges)):
        yield f'<attributes class="{owner}" mode="static">'
        for place, column in enumerate(columns):
            # a plain number: with any other id Gephi Lite shows the id instead of the title
            yield f'<attribute id="{place}" title="{_quoted(column.name)}" type="{column.form}"/>'
        yield "</attributes>"
    yield "<nodes>"
    for row, (node, label) in enumerate(zip(graph.ids, graph.labels, strict=True)):
        yield f'<node id="{_quoted(node)}" label="{_quoted(clean(label))}">{_values(nodes, row)}</node>'
    yield "</nodes>"
    yield "<edges>"
    for row, (source, target) in enumerate(zip(graph.source, graph.target, strict=True)):
        layer = _quoted(layers[row])
        yield (
            f'<edge id="{row}" source="{_quoted(graph.ids[source])}" target="{_quoted(graph.ids[target])}"'
            f' weight="{weights[row]!r}" label="{layer}" kind="{layer}">{_values(edges, row)}</edge>'
        )
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _values(columns: list[Attribute], row: int) -> str:
    values = "".join(
        f'<attvalue for="{place}" value="{_quoted(column.cells[row])}"/>'
        for place, column in enumerate(columns)
        if column.cells[row] is not None
    )
    return f"<attvalues>{values}</attvalues>" if values else ""
