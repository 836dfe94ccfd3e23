"""The map: one page that opens from a file, shows itself in a notebook, and asks for nothing."""

from __future__ import annotations

import base64
import hashlib
import html
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from stakeholder_net._checks import check_option
from stakeholder_net._files import write_text
from stakeholder_net.errors import OptionError
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.pictures.boundaries import read_boundaries
from stakeholder_net.pictures.layout import positions
from stakeholder_net.pictures.map_data import as_json, map_data
from stakeholder_net.pictures.page import page_html
from stakeholder_net.pictures.story import MapStep, default_story, story_data
from stakeholder_net.public import public_network
from stakeholder_net.words import LANGUAGES, Language

if TYPE_CHECKING:
    from stakeholder_net.pictures.pyvis_map import SafeNetwork

__all__ = ["NetworkMap", "network_map", "to_pyvis"]


@dataclass(frozen=True, slots=True)
class NetworkMap:
    """A map as one page.

    In a notebook it shows itself; where the notebook is not trusted, a picture stands in its place. ``save`` writes
    the file to hand on.

    Parameters
    ----------
    html : str
        The whole page.
    alt : str
        What is seen, in a sentence, for those who do not see it.
    picture : callable
        Makes the picture (PNG) for where pages are not run.
    """

    html: str = field(repr=False)
    alt: str
    picture: Callable[[], bytes] = field(repr=False, compare=False)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page to one file, in UTF-8 and in one step; a file of that name is replaced.

        The file holds the names of the organisations and the rows that it shows: whoever receives it can read them.

        Returns
        -------
        pathlib.Path
            Where it was written.

        Raises
        ------
        StakeholderNetError
            When the file cannot be written.
        """
        return write_text(path, self.html)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:  # noqa: ARG002
        png = base64.b64encode(self.picture()).decode()
        return {"text/html": _frame(self.html, self.alt, png), "image/png": png, "text/plain": self.alt}


def _frame(page: str, alt: str, png: str) -> str:
    """Return a picture that a trusted notebook replaces with the live map, in a frame that can reach nothing."""
    mark = hashlib.sha256(page.encode()).hexdigest()[:12]
    return (
        f'<div data-stakeholder-map="{mark}"><img alt="{html.escape(alt)}" style="max-width:100%" '
        f'src="data:image/png;base64,{png}"></div><script>(() => {{\n'
        f"const page = {as_json(page)};\n"
        f"for (const box of document.querySelectorAll('[data-stakeholder-map=\"{mark}\"]')) {{\n"
        "  if (box.querySelector('iframe')) continue;\n"
        "  const frame = document.createElement('iframe');\n"
        "  frame.setAttribute('sandbox', 'allow-scripts allow-downloads');\n"
        f"  frame.title = {as_json(alt)};\n"
        "  frame.style.cssText = 'width:100%;height:720px;border:1px solid #dcdfe4;border-radius:6px';\n"
        "  frame.srcdoc = page;\n"
        "  box.replaceChildren(frame);\n"
        "}\n})();</script>"
    )


def network_map(  # noqa: PLR0913 - options of one picture
    net: StakeholderNetwork,
    *,
    size: pd.Series | None = None,
    color: Literal["kind"] = "kind",
    language: Language = "it",
    title: str | Mapping[str, str] | None = None,
    seed: int = 0,
    engine: Literal["canvas", "pyvis"] = "canvas",
    edition: Literal["internal", "public"] = "internal",
    boundaries: str | os.PathLike[str] | None = None,
    ranks: pd.DataFrame | None = None,
    groups: pd.Series | None = None,
    story: Sequence[MapStep] = (),
) -> NetworkMap:
    """Return the interactive map of a network: who is there, with whom, in which layer, and on what evidence.

    Reads as: "these organisations sat at the same tables, share these projects, belong to these bodies". It does not
    read as: "who is not drawn near does not collaborate"; the records may simply not say.

    Parameters
    ----------
    net : StakeholderNetwork
        Any network; every tie of every layer is drawn.
    size : pandas.Series, optional
        A measure, indexed by actor id: the area of a mark follows it. Its name stands in the legend.
    color : {"kind"}
        What fill and shape tell.
    language : {"it", "en"}
        Language in which the page opens; it holds both.
    title : str or mapping of language to str, optional
        What is seen, in words; by default how many are tied, in how many layers, and how many never came.
    seed : int
        For the positions; the same seed gives the same page, byte for byte.
    engine : {"canvas", "pyvis"}
        What draws the same page: the canvas of this library, or vis.js through pyvis (a larger file, slower).
    edition : {"internal", "public"}
        The public edition holds no name of a person, nobody who never came and no row of the sources.
    boundaries : path, optional
        GeoJSON of the municipalities (WGS 84): with it the page, drawn on its own canvas, has a geographic view.
    ranks : pandas.DataFrame, optional
        What ``stability`` gives: who is surely and who only perhaps among the first is ringed, and each card says
        between which places an actor may stand.
    groups : pandas.Series, optional
        The group of each actor (``communities(net).membership``): areas behind the actors, and from 1,500 actors the
        marks with which the page opens; without it, municipalities are.
    story : sequence of MapStep
        Further steps of the walk that the page offers, after those that every network has: who was there, the layers,
        who has most ties, where, who is missing.

    Returns
    -------
    NetworkMap
        Shows itself in a notebook; ``save(path)`` writes the file.

    Raises
    ------
    OptionError
        When an option is not allowed.
    UnknownNameError
        When `size` names an actor that is not in the network.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b"], "name": ["Comune", "Coop"],
    ...                          "kind": ["comune", "coop_sociale"]}),
    ...     ties=pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["partnership"], "weight": [1.0]}))
    >>> network_map(net, language="en").alt
    '2 organisations, 1 tie in 1 layer'
    """
    check_option("engine", engine, ("canvas", "pyvis"))
    check_option("edition", edition, ("internal", "public"))
    if edition == "public":
        net = public_network(net)
        size = size if size is None else size[size.index.isin(net.actors.index)]
    data, places = _prepared(
        net, size=size, color=color, language=language, title=title, seed=seed, ranks=ranks, groups=groups
    )
    if boundaries is not None:
        data["geo"] = read_boundaries(boundaries, data["actors"]["town"])
    if engine == "canvas":
        data["story"] = story_data(net, [*default_story(net, data), *story])
        page = page_html(data, entry="main_canvas.js", title=data["title"][language], language=language)
    else:
        page = _pyvis(net, data, language).generate_html()
    return NetworkMap(html=page, alt=data["title"][language], picture=lambda: _png(net, places))


def to_pyvis(  # noqa: PLR0913 - options of one picture
    net: StakeholderNetwork,
    *,
    size: pd.Series | None = None,
    color: Literal["kind"] = "kind",
    language: Language = "it",
    title: str | Mapping[str, str] | None = None,
    seed: int = 0,
) -> SafeNetwork:
    """Return the network as a ``pyvis.network.Network``, to go on with what pyvis offers.

    It keeps every tie of every layer (pyvis alone keeps one of a pair), stands still (positions are computed here),
    and writes a page that is safe and works offline: texts are shown as texts, whatever they hold.

    Parameters
    ----------
    net : StakeholderNetwork
        Any network.
    size : pandas.Series, optional
        A measure, indexed by actor id.
    color : {"kind"}
        What fill and shape tell.
    language : {"it", "en"}
        Language of titles, and in which its page opens.
    title : str or mapping of language to str, optional
        What is seen, in words.
    seed : int
        For the positions.

    Returns
    -------
    pyvis.network.Network
        With ``show(path)`` and ``write_html(path)`` that write our page.

    Raises
    ------
    OptionError
        When an option is not allowed.
    UnknownNameError
        When `size` names an actor that is not in the network.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b"], "name": ["A", "B"], "kind": ["comune"] * 2}),
    ...     ties=pd.DataFrame({"source": ["a", "a"], "target": ["b", "b"], "layer": ["funding", "partnership"],
    ...                        "weight": [1.0, 2.0]}))
    >>> to_pyvis(net).num_edges()
    2
    """
    data, _ = _prepared(net, size=size, color=color, language=language, title=title, seed=seed)
    return _pyvis(net, data, language)


def _prepared(  # noqa: PLR0913 - the options of both pictures
    net: StakeholderNetwork,
    *,
    size: pd.Series | None,
    color: str,
    language: Language,
    title: str | Mapping[str, str] | None,
    seed: int,
    ranks: pd.DataFrame | None = None,
    groups: pd.Series | None = None,
) -> tuple[dict[str, Any], pd.DataFrame]:
    check_option("language", language, LANGUAGES)
    check_option("color", color, ("kind",))
    if isinstance(title, Mapping) and set(title) != set(LANGUAGES):
        raise OptionError(f"title has the languages {sorted(title)}.", "Give both: {'it': ..., 'en': ...}.")
    places = positions(net, seed=seed)
    return map_data(net, places, size=size, title=title, ranks=ranks, groups=groups), places


def _pyvis(net: StakeholderNetwork, data: dict[str, Any], language: Language) -> SafeNetwork:
    from stakeholder_net.pictures.pyvis_map import pyvis_network  # noqa: PLC0415 - pyvis loads IPython

    return pyvis_network(net, data, language)


def _png(net: StakeholderNetwork, places: pd.DataFrame) -> bytes:
    from stakeholder_net.pictures.figures import sociogram  # noqa: PLC0415 - matplotlib is slow to load

    return sociogram(net, places=places).png()
