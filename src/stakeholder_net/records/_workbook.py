"""Workbooks: which sheet holds the table, and its cells."""

from __future__ import annotations

from pathlib import Path

import python_calamine as calamine

from stakeholder_net._checks import nearest_hint, problem
from stakeholder_net.errors import UnreadableFileError
from stakeholder_net.records._extras import read_extras
from stakeholder_net.records._grid import Cell, Grid
from stakeholder_net.records._guard import check_workbook

__all__ = ["read_workbook_grids"]


def read_workbook_grids(path: Path, *, file: str, sheet: str | None = None) -> list[Grid]:
    """Read the sheets of a workbook, values only.

    Parameters
    ----------
    path : pathlib.Path
        XLSX, XLSM, XLS or ODS.
    file : str
        Its name in messages.
    sheet : str, optional
        The one sheet to read, hidden or not; without it, all that are not hidden.

    Returns
    -------
    list of Grid
        In the order of the workbook.

    Raises
    ------
    UnreadableFileError
        When the file is not a workbook, is locked, is too large, or has no such sheet.
    """
    check_workbook(path, file=file)
    try:
        book = calamine.load_workbook(path)
        metadata = [meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
        names = [meta.name for meta in metadata]
        visible = [meta.name for meta in metadata if meta.visible == calamine.SheetVisibleEnum.Visible]
        _check_sheet(sheet, names, file)
        wanted = [sheet] if sheet is not None else visible
        hidden = tuple(name for name in names if name not in visible and name != sheet)
        return [_grid(path, book.get_sheet_by_name(name), name, hidden) for name in wanted]
    except calamine.PasswordError:
        fault = problem("locked_file", file=file)
    except calamine.CalamineError as error:
        fault = problem("damaged_file", file=file, detail=str(error))
    except UnreadableFileError:
        raise
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the Rust side gave up: not an Exception in Python
            raise
        fault = problem("damaged_file", file=file, detail="?")
    raise UnreadableFileError(fault)


def _grid(path: Path, sheet: calamine.CalamineSheet, name: str, hidden: tuple[str, ...]) -> Grid:
    extras = read_extras(path, name)
    return Grid(
        cells=[list[Cell](row) for row in sheet.to_python(skip_empty_area=False)],
        form=path.suffix.lower().lstrip("."),
        sheet=name,
        merged=tuple(sheet.merged_cell_ranges or extras.merged),
        hidden=hidden,
        extras=extras,
    )


def _check_sheet(sheet: str | None, names: list[str], file: str) -> None:
    if sheet is not None and sheet not in names:
        hint = nearest_hint(sheet, names)
        raise UnreadableFileError(
            problem("missing_sheet", file=file, value=sheet, found=", ".join(names), nearest=hint)
        )
