"""To and from other programs: Gephi, yEd, Kumu, UCINET, Pajek, networkx. A value that a format cannot hold is said."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import networkx as nx
import pandas as pd

from stakeholder_net._checks import check_option, nearest_hint
from stakeholder_net._files import formula_safe_frame, write_bytes, write_text
from stakeholder_net.errors import OptionError
from stakeholder_net.network import StakeholderNetwork

__all__ = ["FORMATS", "from_networkx", "to_networkx", "write_graph"]

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
UCINET_LABEL = 18


def _cell(value: Any) -> Any:  # noqa: ANN401 - a cell may hold anything
    """Return a value that every format can hold; None where there is nothing to hold."""
    if isinstance(value, (list, tuple, set)):
        return "; ".join(str(_cell(part)) for part in value)
    if value is None or value is pd.NA or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, str):
        return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", value)
    return value.item() if hasattr(value, "item") else value


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows without their empty cells; a column of whole numbers with gaps stays whole."""
    rows = ({str(key): _cell(value) for key, value in row.items()} for row in frame.to_dict("records"))
    return [{key: value for key, value in row.items() if value is not None and value != ""} for row in rows]


def to_networkx(net: StakeholderNetwork) -> nx.Graph[Any]:
    """How do I take the network to networkx?

    Parameters
    ----------
    net : StakeholderNetwork
        Any network.

    Returns
    -------
    networkx.Graph, DiGraph, MultiGraph or MultiDiGraph
        One layer gives a simple graph, several a multigraph whose keys are the layers; directed where any layer is (an
        undirected tie of such a network is one arc, with ``directed=False`` on it). Nodes are actor ids; ``weight`` is
        the tie's weight as stored. Empty cells are left out, dates become text, lists are joined with ``;``.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": ["comune"] * 3}),
    ...     ties=pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["partnership"], "weight": [2.0]}))
    >>> graph = to_networkx(net)
    >>> graph.number_of_nodes(), graph["a"]["b"]["weight"]
    (3, 2.0)
    """
    directed = net.layers["directed"]
    kinds: dict[tuple[bool, bool], type[nx.Graph[Any]]] = {
        (False, False): nx.Graph,
        (False, True): nx.DiGraph,
        (True, False): nx.MultiGraph,
        (True, True): nx.MultiDiGraph,
    }
    several = len(net.layer_names) > 1
    graph = kinds[several, bool(directed.any())](name=net.name)
    actors = net.actors
    graph.add_nodes_from(
        (actor, {"label": row.get("name", actor), **row})
        for actor, row in zip(actors.index, _records(actors), strict=True)
    )
    for row in _records(net.ties):
        source, target, layer = row.pop("source"), row.pop("target"), row["layer"]
        row["directed"] = bool(directed[layer])
        if several:
            graph.add_edge(source, target, key=layer, **row)
        else:
            graph.add_edge(source, target, **row)
    return graph


def from_networkx(
    graph: nx.Graph[Any], *, layer: str = "ties", kind: str = "sconosciuto"
) -> StakeholderNetwork:
    """How do I bring a networkx graph here?

    Parameters
    ----------
    graph : networkx graph
        Of any of the four classes; it is not changed.
    layer : str
        Layer of edges that have no attribute ``layer``.
    kind : str
        Kind of nodes that have no attribute ``kind``.

    Returns
    -------
    StakeholderNetwork
        Node attributes become columns of the actors; parallel edges of one layer are added up.

    Raises
    ------
    InvalidTablesError
        When the graph has an edge from a node to itself, or a weight that is not above zero.

    Examples
    --------
    >>> import networkx as nx
    >>> from_networkx(nx.path_graph(["a", "b", "c"])).n_ties
    2
    """
    actors = pd.DataFrame(
        [
            {"actor_id": str(node), "name": str(data.get("name", data.get("label", node))),
             **{str(k): v for k, v in data.items() if k not in ("name", "label")}}
            for node, data in graph.nodes(data=True)
        ]
    )  # fmt: skip
    if actors.empty:
        actors = pd.DataFrame({"actor_id": pd.Series(dtype="str"), "name": pd.Series(dtype="str")})
    actors["kind"] = actors["kind"].fillna(kind) if "kind" in actors.columns else kind
    ties = pd.DataFrame(
        [
            (str(u), str(v), str(data.get("layer", layer)), data.get("weight", 1.0),
             bool(data.get("directed", graph.is_directed())))
            for u, v, data in graph.edges(data=True)
        ],
        columns=["source", "target", "layer", "weight", "directed"],
    )  # fmt: skip
    directed = ties.groupby("layer", sort=False)["directed"].any()
    turned = ~ties["layer"].map(directed).astype("bool") & (ties["source"] > ties["target"])
    ties["source"], ties["target"] = (
        ties["source"].mask(turned, ties["target"]),
        ties["target"].mask(turned, ties["source"]),
    )
    joined = ties.groupby(["source", "target", "layer"], sort=False)["weight"].sum().reset_index()
    cards = pd.DataFrame(
        {"layer": pd.Series(directed.index, dtype="str"), "directed": directed.to_numpy(dtype=bool)}
    )
    ties = joined.assign(**{name: joined[name].astype("str") for name in ("source", "target", "layer")})
    return StakeholderNetwork(actors=actors, ties=ties, layers=cards, name=str(graph.name or ""))


# --- files -----------------------------------------------------------------------------------------------------------
def _one_type_a_column(graph: nx.Graph[Any]) -> nx.Graph[Any]:
    """Let an attribute that is whole here and broken there be broken everywhere, as readers expect one type."""
    for view in (graph.nodes(data=True), graph.edges(data=True)):
        rows = [item[-1] for item in view]
        mixed = {key for row in rows for key, value in row.items() if type(value) is float}
        for row in rows:
            row.update({key: float(row[key]) for key in mixed & row.keys() if type(row[key]) is int})
    return graph


def _graphml(net: StakeholderNetwork) -> bytes:
    buffer = io.BytesIO()
    nx.write_graphml(_one_type_a_column(to_networkx(net)), buffer, named_key_ids=True)
    return buffer.getvalue()


def _gexf(net: StakeholderNetwork) -> bytes:
    buffer = io.BytesIO()
    nx.write_gexf(_one_type_a_column(to_networkx(net)), buffer, version="1.2draft")
    # the writer puts the day on which it ran; equal input shall give equal bytes
    return re.sub(rb' lastmodifieddate="[^"]*"', b' lastmodifieddate="2000-01-01"', buffer.getvalue())


def _sheets(net: StakeholderNetwork) -> dict[str, pd.DataFrame]:
    actors, ties = net.actors, net.ties
    names = _unique_names(actors["name"])
    directed = ties["layer"].map(net.layers["directed"]).astype("bool")
    elements = actors.assign(Label=names, Type=actors["kind"]).drop(columns=["name", "kind"])
    connections = pd.DataFrame(
        {
            "From": ties["source"].map(names),
            "To": ties["target"].map(names),
            "Type": ties["layer"].map(net.layers["label"]),
            "Direction": directed.map({True: "directed", False: "undirected"}),
            "Strength": ties["weight"],
        }
    )
    first = ["Label", "Type"]
    return {
        "Elements": elements[first + [name for name in elements.columns if name not in first]],
        "Connections": connections,
    }


def _unique_names(names: pd.Series) -> pd.Series:
    """Return names, with the id behind those that two actors share: Kumu joins elements of one label."""
    shared = names.duplicated(keep=False)
    return names.mask(shared, names + " [" + names.index.astype("str") + "]")


def _kumu(net: StakeholderNetwork) -> bytes:
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with pd.ExcelWriter(
        buffer, engine="xlsxwriter", date_format="yyyy-mm-dd", engine_kwargs={"options": options}
    ) as writer:
        writer.book.set_properties({"created": pd.Timestamp("2000-01-01").to_pydatetime()})
        for title, frame in _sheets(net).items():
            safe = formula_safe_frame(frame)
            safe.to_excel(writer, sheet_name=title, index=False)
    return buffer.getvalue()


def _ucinet(net: StakeholderNetwork) -> bytes:
    """Return a DL edge list of one layer: codes for labels, which UCINET cuts at 18 characters."""
    if len(net.layer_names) != 1:
        raise OptionError(
            f"A DL file holds one layer, this network has {len(net.layer_names)}.",
            "Export net.layer('attendance') or flatten(net).",
        )
    directed = bool(net.layers["directed"].iloc[0])
    number = {actor: place for place, actor in enumerate(net.actors.index, start=1)}
    codes = [f"A{place:04d}" for place in number.values()]
    lines = [f"DL n={net.n_actors}", "format = edgelist1", "labels:", *codes, "data:"]
    for tie in net.ties.itertuples():
        ends = (number[str(tie.source)], number[str(tie.target)])
        lines.append(f"{ends[0]} {ends[1]} {tie.weight!r}")
        if not directed:
            lines.append(f"{ends[1]} {ends[0]} {tie.weight!r}")
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


def _pajek(net: StakeholderNetwork) -> bytes:
    number = {actor: place for place, actor in enumerate(net.actors.index, start=1)}
    names = [" ".join(str(_cell(name)).replace('"', "'").split()) for name in net.actors["name"]]
    lines = [f"*Vertices {net.n_actors}"]
    lines += [f'{place} "{name}"' for place, name in enumerate(names, start=1)]
    for index, layer in enumerate(net.layer_names, start=1):
        ties = net.ties[net.ties["layer"] == layer]
        lines.append(f'*{"Arcs" if net.layers.loc[layer, "directed"] else "Edges"} :{index} "{layer}"')
        lines += [f"{number[str(t.source)]} {number[str(t.target)]} {t.weight!r}" for t in ties.itertuples()]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8")


def _csv_folder(net: StakeholderNetwork, folder: Path) -> list[Path]:
    tables = {"actors": net.actors.reset_index(), "ties": net.ties, "events": net.events.reset_index(),
              "attendance": net.attendance, "layers": net.layers.reset_index()}  # fmt: skip
    return [
        write_text(
            folder / f"{name}.csv",
            formula_safe_frame(frame).to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n"),
        )
        for name, frame in tables.items()
    ]


def _legend(net: StakeholderNetwork) -> str:
    codes = [f"A{place:04d}" for place in range(1, net.n_actors + 1)]
    frame = pd.DataFrame({"code": codes, "actor_id": net.actors.index, "name": net.actors["name"].to_numpy(),
                          "kind": net.actors["kind"].to_numpy()})  # fmt: skip
    return str(formula_safe_frame(frame).to_csv(index=False, lineterminator="\n"))


FORMATS: Final[Mapping[str, tuple[str, str]]] = {
    "csv": ("una cartella di tabelle CSV", "a folder of CSV tables"),
    "gexf": ("GEXF, per Gephi", "GEXF, for Gephi"),
    "graphml": ("GraphML, per yEd, Cytoscape, igraph", "GraphML, for yEd, Cytoscape, igraph"),
    "kumu": ("cartella di lavoro XLSX, per Kumu", "XLSX workbook, for Kumu"),
    "pajek": ("Pajek NET, tutti i livelli", "Pajek NET, all layers"),
    "ucinet": ("UCINET DL, un livello, con la legenda", "UCINET DL, one layer, with its legend"),
}
_WRITERS: Final[Mapping[str, Callable[[StakeholderNetwork], bytes]]] = {
    "gexf": _gexf,
    "graphml": _graphml,
    "kumu": _kumu,
    "pajek": _pajek,
    "ucinet": _ucinet,
}
_SUFFIXES: Final = {
    ".gexf": "gexf",
    ".graphml": "graphml",
    ".xlsx": "kumu",
    ".net": "pajek",
    ".dl": "ucinet",
    "": "csv",
}


def write_graph(net: StakeholderNetwork, path: str | Path, *, format: str | None = None) -> list[Path]:  # noqa: A002
    """How do I open the network in another program?

    Parameters
    ----------
    net : StakeholderNetwork
        Any network; ``ucinet`` takes one layer.
    path : str or pathlib.Path
        File to write; a folder for ``csv``.
    format : str, optional
        One of ``FORMATS``; by default what the ending of `path` says.

    Returns
    -------
    list of pathlib.Path
        The files written; ``ucinet`` adds a legend of its codes.

    Raises
    ------
    OptionError
        When the format is unknown, cannot be told from the ending, or cannot hold several layers.

    Examples
    --------
    >>> import tempfile, pandas as pd
    >>> net = StakeholderNetwork(actors=pd.DataFrame({"actor_id": ["a"], "name": ["A"], "kind": ["comune"]}))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_graph(net, f"{folder}/net.graphml")]
    ['net.graphml']
    """
    target = Path(path)
    if format is None:
        if target.suffix.lower() not in _SUFFIXES:
            raise OptionError(
                f"{target.name}: no format has this ending; known: {', '.join(filter(None, _SUFFIXES))}.",
                nearest_hint(target.suffix, _SUFFIXES).strip() or "Say format=.",
            )
        format = _SUFFIXES[target.suffix.lower()]  # noqa: A001
    check_option("format", format, tuple(FORMATS))
    if format == "csv":
        return _csv_folder(net, target)
    written = [write_bytes(target, _WRITERS[format](net))]
    if format == "ucinet":
        written.append(write_text(target.with_name(f"{target.stem}_legend.csv"), _legend(net)))
    return written
