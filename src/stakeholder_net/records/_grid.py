"""The cells of one sheet, whatever file they came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from stakeholder_net.records._extras import Area, Extras

__all__ = ["Cell", "Grid"]

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None


@dataclass(frozen=True)
class Grid:
    """One sheet as it stands in the file.

    Parameters
    ----------
    cells : sequence of list of Cell
        Every row from the first of the file on; rows may differ in length. A long text file comes as ``Columns``.
    form : str
        Ending of the file, without the dot.
    sheet : str
        Name of the sheet; empty for text.
    encoding, delimiter : str
        How the text was read; empty for workbooks.
    merged : tuple
        Merged areas, each ``((top, left), (bottom, right))``, counted from 0.
    hidden : tuple of str
        Sheets that were not read because the office hid them.
    extras : Extras
        Hidden rows, formulas without their result.
    """

    cells: Sequence[list[Cell]]
    form: str
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    merged: tuple[Area, ...] = ()
    hidden: tuple[str, ...] = ()
    extras: Extras = field(default_factory=Extras)
