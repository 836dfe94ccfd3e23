"""Files for other programs: Gephi, yEd, Kumu, UCINET, Pajek, hypergraph libraries."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stakeholder_net._checks import check_option, nearest_hint
from stakeholder_net._files import slug, write_bytes, write_text
from stakeholder_net.convert import _folders, _gml, _json, _sheets, _text, _xml
from stakeholder_net.convert._plain import check_ids
from stakeholder_net.errors import OptionError
from stakeholder_net.network import StakeholderNetwork

__all__ = ["FORMATS", "write_graph"]


@dataclass(frozen=True, slots=True)
class _Format:
    """How a format is written: one file, or a folder of texts; what lies beside it; how many layers it holds."""

    ending: str
    it: str
    en: str
    file: Callable[[StakeholderNetwork], bytes] | None = None
    folder: Callable[[StakeholderNetwork], dict[str, str]] | None = None
    one_layer: bool = False
    companions: bool = False


_FORMATS: Final[Mapping[str, _Format]] = {
    "csv": _Format("", "una cartella di tabelle CSV, con tutto", "a folder of CSV tables, with everything",
                   folder=_sheets.csv_tables),
    "cx2": _Format(".cx2", "CX2, per Cytoscape", "CX2, for Cytoscape", file=_json.cx2),
    "gexf": _Format(".gexf", "GEXF 1.2, per Gephi", "GEXF 1.2, for Gephi", file=_xml.gexf),
    "gml": _Format(".gml", "GML, per igraph, networkx e altri", "GML, for igraph, networkx and others", file=_gml.gml),
    "graphml": _Format(".graphml", "GraphML, per yEd, Cytoscape, igraph", "GraphML, for yEd, Cytoscape, igraph",
                       file=_xml.graphml),
    "hif": _Format(".hif.json", "HIF, le presenze come ipergrafo", "HIF, attendance as a hypergraph", file=_json.hif),
    "kumu": _Format(".xlsx", "cartella di lavoro XLSX, per Kumu", "XLSX workbook, for Kumu", file=_sheets.kumu),
    "muxviz": _Format("", "una cartella per muxViz", "a folder for muxViz", folder=_folders.muxviz),
    "pajek": _Format(".net", "Pajek NET, tutti i livelli, con partizione e legenda",
                     "Pajek NET, all layers, with partition and legend", file=_text.pajek, companions=True),
    "stocnet": _Format("", "una cartella per i pacchetti stocnet di R (manynet)",
                       "a folder for the stocnet packages of R (manynet)", folder=_folders.stocnet),
    "ucinet": _Format(".dl", "UCINET DL, un file per livello, con la legenda",
                      "UCINET DL, one file a layer, with its legend", file=_text.ucinet, one_layer=True,
                      companions=True),
}  # fmt: skip
FORMATS: Final[Mapping[str, tuple[str, str]]] = {name: (form.it, form.en) for name, form in _FORMATS.items()}
_PLAIN_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def write_graph(
    net: StakeholderNetwork,
    path: str | Path,
    *,
    format: str | None = None,  # noqa: A002 - the word that pandas and networkx have for it
    by_layer: bool = False,
) -> list[Path]:
    """How do I open the network in another program?

    Empty cells are left out; dates are written as 2021-09-03; lists as texts joined with ``;`` (``|`` in Kumu, lists
    in HIF); characters that no file can hold as the replacement character. A value that a format cannot hold
    (an infinite number, a text that is too long, an id with a control character) is refused with its place.

    Parameters
    ----------
    net : StakeholderNetwork
        Any network.
    path : str or pathlib.Path
        File to write; a folder for ``csv``, ``muxviz`` and ``stocnet``.
    format : {"csv", "cx2", "gexf", "gml", "graphml", "hif", "kumu", "muxviz", "pajek", "stocnet", "ucinet"}, optional
        By default what the ending of `path` says. ``csv`` and ``stocnet`` hold every table. ``cx2``, ``gexf``,
        ``gml``, ``graphml`` and ``kumu`` hold actors and ties with all their columns, ``hif`` actors, events and
        attendance. ``muxviz``, ``pajek`` and ``ucinet`` hold names and weights; tables with the codes and all other
        columns lie beside.
    by_layer : bool
        One file a layer, its name behind the file's; always so for ``ucinet``, which holds no more than one.

    Returns
    -------
    list of pathlib.Path
        The files written.

    Raises
    ------
    OptionError
        When the format is unknown, cannot be told from the ending, or cannot hold a value.
    StakeholderNetError
        When a file cannot be written; the former one is left as it was.

    Examples
    --------
    >>> import tempfile, pandas as pd
    >>> net = StakeholderNetwork(actors=pd.DataFrame({"actor_id": ["a"], "name": ["A"], "kind": ["comune"]}))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_graph(net, f"{folder}/net.graphml")]
    ['net.graphml']
    """
    target = Path(path)
    name = _told_by(target) if format is None else check_option("format", format, tuple(FORMATS))
    form = _FORMATS[name]
    check_ids(net.actors.index, "actor id")
    check_ids(net.layer_names, "layer")
    split = (by_layer or form.one_layer) and len(net.layer_names) > 1
    if form.folder is not None:
        folders = _by_layer(net, target, "") if split else {target: net}
        return [
            write_text(folder / name, text)
            for folder, part in folders.items()
            for name, text in form.folder(part).items()
        ]
    files = _by_layer(net, target, form.ending) if split else {target: net}
    # every part is made before the first is written: a refusal leaves nothing half done
    contents = {file: form.file(part) for file, part in files.items() if form.file is not None}
    stem = _stem(target, form.ending)
    beside = {target.with_name(f"{stem}_{table}.csv"): text for table, text in
              (_text.companions(net) if form.companions else {}).items()}  # fmt: skip
    written = [write_bytes(file, content) for file, content in contents.items()]
    if name == "pajek":
        written.append(write_bytes(target.with_name(f"{stem}_kind.clu"), _text.pajek_partition(net)))
    return written + [write_text(file, text) for file, text in beside.items()]


def _told_by(path: Path) -> str:
    """Return the format that the ending of a file says."""
    lower = path.name.lower()
    endings = {form.ending: name for name, form in _FORMATS.items() if form.ending}
    for ending, name in endings.items():
        if lower.endswith(ending):
            return name
    if not path.suffix:
        return "csv"
    raise OptionError(
        f"{path.name}: no format has this ending; known: {', '.join(sorted(endings))}, and a folder for csv.",
        nearest_hint(path.suffix, endings).strip() or "Say format=.",
    )


def _stem(path: Path, ending: str) -> str:
    return path.name[: -len(ending)] if ending and path.name.lower().endswith(ending) else path.name


def _by_layer(net: StakeholderNetwork, path: Path, ending: str) -> dict[Path, StakeholderNetwork]:
    """Return a file name and a network of one layer for every layer."""
    stem = _stem(path, ending)
    folded = [name.casefold() for name in net.layer_names]
    out = {}
    for name in net.layer_names:
        plain = _PLAIN_NAME.fullmatch(name) is not None and folded.count(name.casefold()) == 1
        out[path.with_name(f"{stem}_{name if plain else slug(name)}{ending}")] = net.layer(name)
    return out
