"""UCINET and Pajek: texts of numbers, with tables beside them that hold what they cannot."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from stakeholder_net._files import formula_safe
from stakeholder_net.convert._plain import attributes, clean, distinct, word
from stakeholder_net.errors import OptionError
from stakeholder_net.network import StakeholderNetwork

__all__ = ["codes", "companions", "pajek", "pajek_partition", "ucinet"]


def codes(net: StakeholderNetwork) -> list[str]:
    """Return A001, A002...: UCINET cuts names at 18 characters and writes them in capitals."""
    width = max(3, len(str(net.n_actors)))
    return [f"A{place:0{width}d}" for place in range(1, net.n_actors + 1)]


def _numbered(net: StakeholderNetwork, ties: pd.DataFrame) -> Iterable[tuple[int, int, float]]:
    place = net.actors.index
    source = place.get_indexer(pd.Index(ties["source"])) + 1
    target = place.get_indexer(pd.Index(ties["target"])) + 1
    return zip(source.tolist(), target.tolist(), ties["weight"].tolist(), strict=True)


def ucinet(net: StakeholderNetwork) -> bytes:
    """Return one layer as a DL edge list; an undirected tie stands in both directions."""
    if not net.n_actors:
        raise OptionError("UCINET cannot hold a network without actors.", "Choose another format.")
    directed = bool(net.layers["directed"].any())
    lines = [f"DL n={net.n_actors}", "format = edgelist1", "labels:", *codes(net), "data:"]
    for source, target, weight in _numbered(net, net.ties):
        lines.append(f"{source} {target} {weight!r}")
        if not directed:
            lines.append(f"{target} {source} {weight!r}")
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


def _ascii(text: str) -> str:
    """Return a text as Pajek reads it in a file of plain ASCII: other characters by their number."""
    shown = " ".join(clean(text).replace('"', "'").split())
    shown = re.sub(r"&(?=#\d)", "&#38;", shown)
    return "".join(letter if letter.isascii() else f"&#{ord(letter)};" for letter in shown)


def pajek(net: StakeholderNetwork) -> bytes:
    """Return all layers, each a relation of the Pajek network."""
    lines = [f"*Vertices {net.n_actors}"]
    lines += [f'{place} "{_ascii(name)}"' for place, name in enumerate(net.actors["name"], start=1)]
    ties, several = net.ties, len(net.layer_names) > 1
    for number, layer in enumerate(net.layer_names, start=1):
        relation = f' :{number} "{_ascii(layer)}"' if several else ""
        lines.append(f"*{'Arcs' if net.layers.loc[layer, 'directed'] else 'Edges'}{relation}")
        lines += [
            f"{source} {target} {weight!r}"
            for source, target, weight in _numbered(net, ties[ties["layer"] == layer])
        ]
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


def pajek_partition(net: StakeholderNetwork) -> bytes:
    """Return the kind of every actor as a Pajek partition: 1 is the most frequent; the table beside tells which."""
    number = {kind: place for place, kind in enumerate(net.kinds, start=1)}
    lines = [f"*Vertices {net.n_actors}", *(str(number[kind]) for kind in net.actors["kind"])]
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


def companions(net: StakeholderNetwork) -> dict[str, str]:
    """Return the tables, as CSV, that lie beside a file of numbers: who is who, the ties and the layers in full."""
    code = dict(zip(net.actors.index, codes(net), strict=True))
    number = {kind: place for place, kind in enumerate(net.kinds, start=1)}
    actors = net.actors.reset_index()
    actors.insert(0, "code", list(code.values()))
    actors.insert(1, "number", np.arange(1, len(actors) + 1))
    actors["kind_number"] = actors["kind"].map(number)
    ties = net.ties
    ties.insert(0, "source_code", ties["source"].map(code))
    ties.insert(1, "target_code", ties["target"].map(code))
    frames = {"actors": actors, "ties": ties, "layers": net.layers.reset_index(), "presence": net.presence}
    return {name: as_csv(frame, name) for name, frame in frames.items()}


def as_csv(frame: pd.DataFrame, what: str) -> str:
    """Return a table as CSV that a spreadsheet may open: no cell is a formula, lists are texts, dates are ISO."""
    columns = [column.without_lists().cleaned() for column in attributes(frame, what)]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([_cell(name) for name in distinct([column.name for column in columns])])
    writer.writerows(zip(*([_cell(cell) for cell in column.cells] for column in columns), strict=True))
    return buffer.getvalue()


def _cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula; a lone carriage return would end the row."""
    if isinstance(value, str):
        return str(formula_safe(re.sub(r"\r\n?", "\n", value)))
    return "" if value is None else word(value)
