"""A pyvis network that is safe to open and to hand on. Loaded only when asked for: pyvis brings half a notebook."""

from __future__ import annotations

import json
import os
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pyvis.edge import Edge
from pyvis.network import Network
from pyvis.node import Node

from stakeholder_net._checks import unknown_name
from stakeholder_net._files import slug, write_text
from stakeholder_net.errors import OptionError
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.pictures.map_data import Json
from stakeholder_net.pictures.page import page_html
from stakeholder_net.pictures.style import GROUP_STYLES, INK, group_of
from stakeholder_net.words import Language

__all__ = ["SafeNetwork", "pyvis_network"]

_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]{1,60}")
_OPTIONS: Json = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "dragNodes": False, "keyboard": False, "multiselect": False},
    "nodes": {"font": {"face": "Titillium Web, Segoe UI, Roboto, DejaVu Sans, sans-serif"}},
    "edges": {"smooth": False, "selectionWidth": 0, "hoverWidth": 0},
}


class SafeNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """A ``pyvis.network.Network`` with the page of this library, and without the traps of its own.

    Everything that analysts know works: ``nodes``, ``edges``, ``add_node``, ``set_options``, ``show``. The page is
    written whole, in UTF-8, asks for nothing, and shows titles and labels as text and never as HTML.
    """

    def __init__(self, data: Json, language: Language) -> None:
        # directed: otherwise pyvis drops the second tie of a pair without a word; arrows are set tie by tie
        super().__init__(height="100%", width="100%", directed=True, cdn_resources="in_line")
        self.options = json.loads(json.dumps(_OPTIONS))
        self._data = data
        self._language: Language = language

    def add_node(
        self,
        n_id: Any,  # noqa: ANN401 - pyvis' own signature
        label: Any = None,  # noqa: ANN401
        shape: str = "dot",
        color: Any = "#97c2fc",  # noqa: ANN401 - a name or, as in vis.js, one for each part
        **options: Any,  # noqa: ANN401
    ) -> None:
        """Add a node; ids of numpy are taken, an id given twice is refused."""
        key = n_id.item() if isinstance(n_id, np.generic) else n_id
        if not isinstance(key, str | int) or isinstance(key, bool):
            raise OptionError(
                f"n_id={n_id!r} is neither text nor a whole number.", "Give for instance str(n_id)."
            )
        if key in self.node_map:
            raise OptionError(f"There is already a node with n_id={key!r}.", "Give each node its own id.")
        node = Node(key, shape, label=str(label) if label else str(key), color=color, **options)
        self.nodes.append(node.options)
        self.node_ids.append(key)
        self.node_map[key] = node.options

    def add_edge(self, source: Any, to: Any, **options: Any) -> None:  # noqa: ANN401 - pyvis' own signature
        """Add an edge; a second one between the same two nodes is one more edge."""
        for key in (source, to):
            if key not in self.node_map:
                raise unknown_name("node", key, map(str, self.node_ids))
        self.edges.append(Edge(source, to, directed=True, **options).options)

    def set_options(self, options: str) -> None:
        """Set the options of vis.js from JSON (or ``var options = {...}``), spaces and all."""
        text = options[options.index("{") : options.rindex("}") + 1] if "{" in options else options
        try:
            self.options = json.loads(text)
        except ValueError as error:
            raise OptionError(
                "The options are not JSON.", "Write names and texts in double quotes."
            ) from error

    def toggle_physics(self, status: bool) -> None:  # noqa: FBT001 - pyvis' own signature
        """Let the nodes move by themselves, or not (as they come: they do not)."""
        self.options.setdefault("physics", {})["enabled"] = bool(status)

    def from_nx(self, nx_graph: Any, *_: Any, **__: Any) -> None:  # noqa: ANN401 - pyvis' own signature
        """Refuse: pyvis takes the weights out of the caller's graph and keeps one tie of a pair."""
        raise OptionError(
            f"from_nx would change your {type(nx_graph).__name__} and drop ties.",
            "Use stakeholder_net.from_networkx(graph) and to_pyvis(net).",
        )

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002 - pyvis' own signature
        """Return the page, whole: it works from a file, without a network."""
        vis = {"keys": self._data["keys"], "nodes": self.nodes, "edges": self.edges, "options": self.options}
        library = files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
        self.html = page_html(
            {**self._data, "vis": vis},
            entry="main_pyvis.js",
            title=self._data["title"][self._language],
            language=self._language,
            libraries=[library.read_text(encoding="utf-8")],
        )
        return str(self.html)

    def write_html(self, name: str | os.PathLike[str], *_: Any, **__: Any) -> Path:  # noqa: ANN401 - pyvis' own signature
        """Write the page in one step; a file of that name is replaced."""
        return write_text(name, self.generate_html())

    save_graph = write_html
    show = write_html


def pyvis_network(net: StakeholderNetwork, data: Json, language: Language) -> SafeNetwork:
    """Return actors and ties as a pyvis network, placed and coloured.

    Parameters
    ----------
    net : StakeholderNetwork
        What is shown.
    data : dict
        From :func:`stakeholder_net.pictures.map_data.map_data`.
    language : {"it", "en"}
        Language in which its page opens.
    """
    keys = _keys(net.actors.index)
    graph = SafeNetwork({**data, "keys": keys}, language)
    actors, radii = data["actors"], _radii(data)
    for place, (key, kind) in enumerate(zip(keys, net.actors["kind"], strict=True)):
        look = GROUP_STYLES[group_of(kind)]
        words = (actors["name"][place], data["kinds"][actors["kind"][place]][language], actors["town"][place])
        graph.add_node(
            key,
            label=_text(actors["name"][place]),
            title=_text(" · ".join(word for word in words if word)),
            shape=look.vis_shape,
            color={"background": look.fill, "border": INK},
            borderWidth=1,
            size=radii[place],
            x=actors["x"][place],
            y=actors["y"][place],
            physics=False,
        )
    _add_ties(graph, data, keys, language)
    if (
        graph.num_edges() != net.n_ties or graph.num_nodes() != net.n_actors
    ):  # pragma: no cover - a promise kept
        raise AssertionError("pyvis lost a node or a tie")
    return graph


def _add_ties(graph: SafeNetwork, data: Json, keys: list[str], language: Language) -> None:
    ties = pd.DataFrame({name: data["ties"][name] for name in ("source", "target", "layer", "weight")})
    ties["strength"] = data["ties"].get("strength", data["ties"]["weight"])
    low, high = ties[["source", "target"]].min(axis=1), ties[["source", "target"]].max(axis=1)
    pair = ties.groupby([low, high])["layer"]
    bend = (pair.cumcount() - (pair.transform("size") - 1) / 2) * np.where(
        ties["source"] < ties["target"], 1, -1
    )
    width = 0.8 + 3.2 * np.sqrt(ties["strength"] / ties.groupby("layer")["strength"].transform("max"))
    columns = (ties[name].tolist() for name in ("source", "target", "layer", "weight"))
    rows = zip(*columns, bend.tolist(), width.tolist(), strict=True)
    for place, (source, target, layer_place, weight, curve, wide) in enumerate(rows):
        layer = data["layers"][layer_place]
        graph.edges.append(
            Edge(
                keys[source],
                keys[target],
                directed=True,
                id=f"t{place}",
                arrows="to" if layer["directed"] else "",
                width=round(wide, 2),
                color={"color": layer["light"], "opacity": 0.5, "inherit": False},
                dashes=layer["dash"] or False,
                smooth={
                    "enabled": bool(curve),
                    "type": "curvedCW" if curve > 0 else "curvedCCW",
                    "roundness": round(0.14 * abs(curve), 3),
                },
                title=_text(f"{layer[language]} · {weight:g}"),
            ).options
        )


def _keys(ids: pd.Index) -> list[str]:
    """Return one key an actor, fit for any attribute of a page; plain ids stay as they are."""
    keys = [actor if _PLAIN_KEY.fullmatch(actor) else slug(actor) for actor in ids]
    if len(set(keys)) < len(keys):
        keys = [f"actor-{place}" for place in range(len(keys))]
    return keys


def _text(value: object) -> str:
    """Return plain text in which pyvis finds no link (it takes every title with those four letters for HTML)."""
    plain = " ".join(str(value).split()).replace("<", "\u2039").replace(">", "\u203a")
    return re.sub("(?i)(hr)(ef)", "\\1\u200b\\2", plain)


def _radii(data: Json) -> list[float]:
    sizes = data["actors"].get("size")
    if sizes is None:
        return [11.0] * len(data["actors"]["name"])
    top = max([value for value in sizes if value is not None], default=0.0) or 1.0
    return [6.0 if value is None else round(6 + 13 * (max(0.0, value) / top) ** 0.5, 2) for value in sizes]
