"""Before the rows of a sheet are read: are its columns there, and which cell does a merged area fill?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from stakeholder_net._checks import nearest_hint
from stakeholder_net.errors import InvalidTablesError, Problem
from stakeholder_net.records._extras import Area
from stakeholder_net.records._grid import Cell
from stakeholder_net.records._headings import fold
from stakeholder_net.records._layout import Layout
from stakeholder_net.records._mending import Mending
from stakeholder_net.records.persons import PersonKey
from stakeholder_net.words import INTAKE_TABLES

__all__ = ["Asked", "check_columns", "fill_merged", "put"]


@dataclass(frozen=True)
class Asked:
    """What the user says of a file.

    Parameters
    ----------
    columns, where, constants : mapping of str to str
        Column and heading; heading and value of the rows to keep; column and value of every row.
    hidden : bool
        Whether hidden rows are read.
    mending : Mending
        Cells that a person put right.
    key : PersonKey, optional
        Under which the persons of the sheet become pseudonyms; without it none is made.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    hidden: bool = False
    mending: Mending = field(default_factory=Mending)
    key: PersonKey | None = None


def check_columns(table: str, layout: Layout, asked: Asked, *, tell: Callable[..., Problem]) -> None:
    """Refuse a sheet without a required column, or without a heading that the user named.

    Raises
    ------
    InvalidTablesError
        With all that are missing.
    """
    headings = [heading for heading in layout.headings if heading]
    folded = {fold(heading) for heading in headings}
    named = [*asked.columns.items(), *((heading, heading) for heading in asked.where)]
    lost = [(name, heading) for name, heading in named if fold(heading) not in folded]
    have = layout.names | {name for name, _ in lost} | set(asked.constants)
    if layout.section.shape:
        have.add("actor")  # it stands in the name that people show
    lost += [
        (column.name, column.it or column.name)
        for column in INTAKE_TABLES[table]
        if column.required and column.name not in have
    ]
    if lost:
        raise InvalidTablesError(
            tell(
                "missing_event" if (table, name) == ("attendance", "event") else "missing_column",
                layout.header[0],
                None,
                "error",
                name=name,
                found=", ".join(headings),
                nearest=nearest_hint(heading, headings),
            )
            for name, heading in lost
        )


def fill_merged(cells: Sequence[list[Cell]], layout: Layout, merged: Sequence[Area]) -> None:
    """Write the value of a cell merged downwards into each of its rows: one body, several people.

    Persons and numbers are not filled: two people are not one, and three hours are not six.
    """
    for (top, left), (bottom, _) in merged:
        column = layout.places.get(left)
        if top <= layout.header[-1] or bottom == top or column is None or bottom >= len(cells):
            continue
        if not column.personal and column.dtype not in ("number", "integer"):
            for number in range(top + 1, bottom + 1):
                put(cells[number], left, cells[top][left])


def put(row: list[Cell], place: int, value: Cell) -> None:
    """Write a cell, also behind the end of a short row."""
    row.extend([None] * (place + 1 - len(row)))
    row[place] = value
