"""Tables for people and spreadsheets: a folder of CSV, and the workbook that Kumu imports."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
from typing import Any, Final

import pandas as pd
import xlsxwriter

from stakeholder_net.convert._plain import Attribute, attributes, distinct, finite
from stakeholder_net.convert._text import as_csv
from stakeholder_net.errors import OptionError
from stakeholder_net.network import StakeholderNetwork

__all__ = ["csv_tables", "kumu"]

# what a cell and a sheet of XLSX hold; xlsxwriter leaves out in silence what goes beyond
_CELL_TEXT, _SHEET_ROWS, _WHOLE = 32_767, 1_048_576, 2**53
_KUMU: Final = ("id", "label", "type", "from", "to", "direction", "layer")


def csv_tables(net: StakeholderNetwork) -> dict[str, str]:
    """Return every table of the network as CSV; nodes and edges with the headings that Gephi and others look for."""
    ties = net.ties
    directed = ties["layer"].map(net.layers["directed"]).astype("bool")
    nodes = net.actors.reset_index().rename(columns={"actor_id": "Id", "name": "Label"})
    heads = {"source": "Source", "target": "Target", "weight": "Weight"}
    edges = ties.rename(columns=heads)
    edges.insert(2, "Type", directed.map({True: "Directed", False: "Undirected"}))
    frames = {"nodes": nodes, "edges": edges, "events": net.events.reset_index(), "attendance": net.attendance,
              "layers": net.layers.reset_index(), "presence": net.presence}  # fmt: skip
    return {f"{name}.csv": as_csv(frame, name) for name, frame in frames.items()}


def kumu(net: StakeholderNetwork) -> bytes:
    """Return the workbook that Kumu imports: Elements and Connections, told apart by ids.

    With ids, two actors of one name stay two, and importing again brings up to date instead of doubling.
    """
    for actor in net.actors.index:
        if "|" in actor:
            raise OptionError(
                f"Kumu would read the actor id '{actor}' as several: | separates elements.",
                "Give the actor an id without |.",
            )
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001 - the same bytes everywhere
        bold = book.add_format({"bold": True})
        for title, columns in (("Elements", _elements(net)), ("Connections", _connections(net))):
            _fill(book.add_worksheet(title), title, columns, bold)
    return buffer.getvalue()


def _elements(net: StakeholderNetwork) -> list[Attribute]:
    actors = net.actors.reset_index()
    first = {"actor_id": "ID", "name": "Label", "kind": "Type"}
    return _headed(actors[[*first, *(name for name in actors.columns if name not in first)]], first, "actors")


def _connections(net: StakeholderNetwork) -> list[Attribute]:
    ties, cards = net.ties, net.layers
    directed = ties["layer"].map(cards["directed"]).astype("bool")
    keys = zip(ties["layer"], ties["source"], ties["target"], strict=True)
    ids = [hashlib.sha256(json.dumps(key).encode()).hexdigest()[:16] for key in keys]
    frame = pd.DataFrame({
        "id": ids, "source": ties["source"], "target": ties["target"], "type": ties["layer"].map(cards["label"]),
        "direction": directed.map({True: "directed", False: "undirected"}), "weight": ties["weight"],
        "layer": ties["layer"],
    })  # fmt: skip
    first = {"id": "ID", "source": "From", "target": "To", "type": "Type", "direction": "Direction",
             "weight": "Strength", "layer": "Layer"}  # fmt: skip
    if (cards["weight_means"] != "strength").any():
        frame["weight_means"] = ties["layer"].map(cards["weight_means"])
    rest = ties.drop(columns=["source", "target", "layer", "weight"])
    return _headed(pd.concat([frame, rest], axis=1), first, "ties")


def _headed(frame: pd.DataFrame, first: dict[str, str], what: str) -> list[Attribute]:
    """Return plain columns, the first ones with Kumu's headings and the others with headings that are not those."""
    columns = [column.without_lists("|").cleaned() for column in attributes(frame, what)]
    finite(columns, what, "Kumu")
    others = distinct([column.name for column in columns[len(first) :]], reserved=[*_KUMU, "strength"])
    names = [*first.values(), *others]
    return [Attribute(name, column.form, column.cells) for name, column in zip(names, columns, strict=True)]


def _fill(sheet: Any, title: str, columns: list[Attribute], bold: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
    if len(columns[0].cells) >= _SHEET_ROWS:
        raise OptionError(f"A sheet of a workbook holds {_SHEET_ROWS - 1} rows.", "Export to csv or graphml.")
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, bold)
        for row, value in enumerate(column.cells, start=1):
            if value is None:
                continue
            if column.form == "boolean":
                sheet.write_boolean(row, place, value)
            elif column.form != "string" and abs(value) <= _WHOLE:
                sheet.write_number(row, place, value)
            elif len(str(value)) > _CELL_TEXT:
                raise OptionError(
                    f"{title}, row {row + 1}, column '{column.name}': a cell holds {_CELL_TEXT} characters, "
                    f"not {len(str(value))}.",
                    "Shorten the text or export to csv.",
                )
            else:
                sheet.write_string(row, place, str(value))
