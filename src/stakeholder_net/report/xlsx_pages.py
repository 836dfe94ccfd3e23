"""The report as a workbook: every table whole, with numbers as numbers, and a sheet that says how to read them."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format as CellFormat
from xlsxwriter.worksheet import Worksheet

from stakeholder_net.report import theme
from stakeholder_net.report._zip import normalised
from stakeholder_net.report.context import Cell, ReportContext, Table
from stakeholder_net.report.formats import show
from stakeholder_net.report.phrases import HEADINGS, SHEETS

__all__ = ["xlsx_bytes"]

NUMBER_FORMATS: Final = {
    "int": "#,##0",
    "dec1": "#,##0.0",
    "dec2": "#,##0.00",
    "dec3": "#,##0.000",
    "share": "0.0%",
    "date": "dd/mm/yyyy",
}
NO_DATE: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook has no time zone
LONGEST_NAME = 31  # of a sheet
LONGEST_TEXT = 32_767  # of a cell
CHARTED = 12
CHARTS: Final = {  # table: the column of names, and those that are drawn
    "kinds": ("kind", ("appear",)),
    "municipalities": ("municipality", ("appear",)),
    "gaps_kind": ("group", ("took_part", "expected")),
    "layers": ("layer", ("ties",)),
    "themes": ("theme", ("supporters",)),
    "changes_kind": ("kind", ("before", "after")),
}
ROOM = 4  # characters, for the button that sorts
SCALE = 6.5  # characters for one unit of the width of a column
FRONT = (28.0, 96.0)  # characters: what, and what is said about it


def xlsx_bytes(context: ReportContext) -> bytes:
    """Return the report as the bytes of a workbook; equal content gives equal bytes."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    workbook = xlsxwriter.Workbook(out, options)
    day = context.data_date
    workbook.set_properties(
        {
            "title": context.title,
            "subject": context.subtitle,
            "author": "",
            "comments": "",
            "created": NO_DATE if day is None else dt.datetime(day.year, day.month, day.day),  # noqa: DTZ001
        }
    )
    Book(workbook, context).write()
    workbook.close()
    return normalised(out.getvalue())


class Book:
    """Write the sheets of one report.

    Parameters
    ----------
    workbook : xlsxwriter.Workbook
        Empty workbook.
    context : ReportContext
        What to write.
    """

    def __init__(self, workbook: Any, context: ReportContext) -> None:  # noqa: ANN401 - ships no types
        self.workbook = workbook
        self.context = context
        self.at = 0 if context.language == "it" else 1
        self.names: list[str] = []
        base = {"font_name": "Calibri", "font_size": 10, "font_color": f"#{theme.INK}", "valign": "top"}
        self.forms: dict[str, CellFormat] = {
            "text": workbook.add_format(base | {"text_wrap": True}),
            "undefined": workbook.add_format(base | {"align": "right", "font_color": f"#{theme.GREY}"}),
            "title": workbook.add_format(
                base | {"font_size": 16, "bold": True, "font_color": f"#{theme.BLUE}"}
            ),
            "note": workbook.add_format(base | {"font_color": f"#{theme.GREY}"}),
            "strong": workbook.add_format(base | {"bold": True, "text_wrap": True}),
            "kpi": workbook.add_format(
                base | {"font_size": 16, "bold": True, "font_color": f"#{theme.BLUE}", "align": "left"}
            ),
            "kpi_label": workbook.add_format(base | {"valign": "vcenter"}),
            "head": workbook.add_format(
                base
                | {
                    "bold": True,
                    "font_color": "#FFFFFF",
                    "bg_color": f"#{theme.BLUE}",
                    "text_wrap": True,
                    "valign": "vcenter",
                }
            ),
        }
        self.forms["head_number"] = workbook.add_format(
            base
            | {
                "bold": True,
                "font_color": "#FFFFFF",
                "bg_color": f"#{theme.BLUE}",
                "text_wrap": True,
                "valign": "vcenter",
                "align": "right",
            }
        )
        for name, code in NUMBER_FORMATS.items():
            left = {"align": "left"} if name == "date" else {}
            self.forms[name] = workbook.add_format(base | {"num_format": code} | left)

    def write(self) -> None:
        """Write the first sheet, one sheet a table, the definitions and the provenance."""
        front = self._sheet(SHEETS["front"][self.at])
        for key in self._order():
            self._table(self.context.tables[key])
        self._terms()
        self._provenance()
        self._front(front)

    def _order(self) -> list[str]:
        placed = [
            key
            for chapter in self.context.chapters
            for block in chapter.blocks
            if block.kind == "table"
            for key in block.keys
        ]
        first = [key for key in ("brief",) if key in self.context.tables]
        return list(
            dict.fromkeys([*first, *placed, *self.context.tables])
        )  # those that no page shows come last

    def _sheet(self, title: str) -> Worksheet:
        """Add a sheet under a name that a workbook takes: short, once, without the signs that are not allowed."""
        plain = re.sub(r"[\[\]:*?/\\']", " ", title).strip() or "-"
        name, number = plain[:LONGEST_NAME].strip(), 2
        while name.casefold() in [other.casefold() for other in self.names]:
            tail = f" {number}"
            name, number = f"{plain[: LONGEST_NAME - len(tail)].strip()}{tail}", number + 1
        self.names.append(name)
        sheet = self.workbook.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_row(0, 24)
        return sheet

    def _table(self, table: Table) -> None:
        short = SHEETS.get(table.key)
        sheet = self._sheet(short[self.at] if short else table.title)
        last = len(table.columns) - 1
        if any(column.width > 2 for column in table.columns):  # noqa: PLR2004 - wide text reads better across
            sheet.set_landscape()
        sheet.write_string(0, 0, table.title, self.forms["title"])
        sheet.write_string(1, 0, table.note, self.forms["note"])
        widths = [
            max(9.5, SCALE * column.width + 4, _longest_word(column.label) + ROOM) for column in table.columns
        ]
        for place, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(
                3, place, column.label, self.forms["head" if column.form == "text" else "head_number"]
            )
        sheet.set_row(3, height([column.label for column in table.columns], widths))
        for number, row in enumerate(table.rows, start=4):
            for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
                self._cell(sheet, number, place, cell, column.form)
            sheet.set_row(number, height(row, widths))
        sheet.freeze_panes(4, 2 if table.columns[0].form == "int" and last else 1)
        sheet.repeat_rows(3)
        if table.rows:
            self._as_table(sheet, table)
        if table.key in CHARTS:
            label, values = CHARTS[table.key]
            self._bars(sheet, sheet.name, table, label=label, values=values, at=(5 + len(table.rows), 0))

    def _as_table(self, sheet: Worksheet, table: Table) -> None:
        """Make the cells a table of the workbook: it can be sorted, filtered and named in a formula."""
        headers: list[str] = []
        for column in table.columns:
            name, number = column.label, 2
            while name.casefold() in [other.casefold() for other in headers]:
                name, number = f"{column.label} {number}", number + 1
            headers.append(name)
        forms = ["head" if column.form == "text" else "head_number" for column in table.columns]
        columns = [
            {"header": header, "header_format": self.forms[form]}
            for header, form in zip(headers, forms, strict=True)
        ]
        where = (3, 0, 3 + len(table.rows), len(table.columns) - 1)
        sheet.add_table(
            *where, {"columns": columns, "style": "Table Style Light 1", "name": _name_of(table.key)}
        )

    def _cell(self, sheet: Worksheet, row: int, place: int, cell: Cell, form: str) -> None:
        if cell is None or (isinstance(cell, float) and cell != cell):  # noqa: PLR0124 - NaN
            sheet.write_string(row, place, show(None, "int", self.context.language), self.forms["undefined"])
        elif isinstance(cell, str):
            sheet.write_string(row, place, cell[:LONGEST_TEXT], self.forms["text"])
        elif isinstance(cell, dt.date):
            sheet.write_datetime(row, place, dt.datetime(cell.year, cell.month, cell.day), self.forms["date"])  # noqa: DTZ001
        else:
            sheet.write_number(row, place, cell, self.forms["int" if form == "text" else form])

    def _front(self, sheet: Worksheet) -> None:
        context = self.context
        sheet.set_landscape()
        sheet.set_column(0, 0, FRONT[0])
        sheet.set_column(1, 1, FRONT[1])
        sheet.write_string(0, 0, context.title, self.forms["title"])
        sheet.write_string(1, 0, context.subtitle, self.forms["note"])
        row = 3
        for kpi in context.kpis:
            sheet.set_row(row, 22)
            sheet.write_string(row, 0, kpi.figure.text, self.forms["kpi"])
            sheet.write_string(row, 1, kpi.label, self.forms["kpi_label"])
            row += 1
        for chapter in context.chapters:
            said = [
                context.sentences[key].text
                for block in chapter.blocks
                if block.kind in ("paragraph", "bullets")
                for key in block.keys
                if not key.startswith("coalitions.why")  # they stand whole in the table of the call
            ]
            if chapter.key == "method" or not said:
                continue
            row += 1
            sheet.write_string(row, 0, chapter.title, self.forms["strong"])
            for text in said:
                sheet.write_string(row, 1, text, self.forms["text"])
                sheet.set_row(row, height([chapter.title, text], list(FRONT)))
                row += 1
        if "actors" in context.tables:
            target = self.names[1 + self._order().index("actors")]
            title = f"{self._label('actors', 'betweenness')}: {HEADINGS['hold'][self.at].lower()}"
            self._bars(
                sheet,
                target,
                context.tables["actors"],
                label="name",
                values=("betweenness",),
                at=(row + 1, 0),
                title=title,
            )

    def _label(self, table: str, column: str) -> str:
        return next((one.label for one in self.context.tables[table].columns if one.key == column), "")

    def _bars(  # noqa: PLR0913 - what is drawn, and where
        self,
        sheet: Worksheet,
        target: str,
        table: Table,
        *,
        label: str,
        values: tuple[str, ...],
        at: tuple[int, int],
        title: str = "",
    ) -> None:
        """Draw the first rows of a table as bars, which the office can change."""
        keys = [column.key for column in table.columns]
        if not {label, *values} <= set(keys):
            return
        places = [keys.index(value) for value in values]
        held = [
            any(isinstance(row[place], int | float) and row[place] for place in places) for row in table.rows
        ]
        n_rows = min(CHARTED, max((number for number, one in enumerate(held, start=1) if one), default=0))
        if not n_rows:
            return
        chart = self.workbook.add_chart({"type": "bar"})
        for place, colour in zip(places, (theme.ACCENT, theme.RULE), strict=False):
            column = table.columns[place]
            chart.add_series(
                {
                    "name": column.label,
                    "categories": [target, 4, keys.index(label), 3 + n_rows, keys.index(label)],
                    "values": [target, 4, place, 3 + n_rows, place],
                    "fill": {"color": f"#{colour}"},
                    "gap": 60,
                    "data_labels": {"value": True, "num_format": NUMBER_FORMATS[column.form]},
                }
            )
        chart.set_title({"name": title or table.title, "name_font": {"size": 12, "color": f"#{theme.BLUE}"}})
        chart.set_legend({"none": True} if len(places) == 1 else {"position": "bottom"})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        chart.set_size({"width": 760, "height": 90 + (14 + 12 * len(places)) * n_rows})
        sheet.insert_chart(*at, chart, {"description": title or table.title, "object_position": 2})

    def _terms(self) -> None:
        if self.context.terms:
            self._pairs(SHEETS["terms"][self.at], SHEETS["terms"][self.at], self.context.terms.values())

    def _provenance(self) -> None:
        self._pairs(SHEETS["provenance"][self.at], HEADINGS["provenance"][self.at], self.context.provenance)

    def _pairs(self, name: str, title: str, pairs: Iterable[tuple[str, str]]) -> None:
        """Write a sheet of words and what is said about them."""
        sheet = self._sheet(name)
        sheet.set_column(0, 0, FRONT[0])
        sheet.set_column(1, 1, FRONT[1])
        sheet.write_string(0, 0, title, self.forms["title"])
        for row, (term, text) in enumerate(pairs, start=2):
            sheet.write_string(row, 0, term, self.forms["strong"])
            sheet.write_string(row, 1, text[:LONGEST_TEXT], self.forms["text"])
            sheet.set_row(row, height([term, text], list(FRONT)))


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=0)


def _name_of(key: str) -> str:
    """Return the name of a table in the workbook: letters, digits and underscores, never that of a cell."""
    return f"t_{re.sub(r'[^0-9A-Za-z_]', '_', key)}"


def height(cells: Sequence[Cell], widths: Sequence[float]) -> float:
    """Return how high a row must be, in points; LibreOffice does not find out by itself."""
    texts = [(cell, width) for cell, width in zip(cells, widths, strict=True) if isinstance(cell, str)]
    lines = max((math.ceil(len(text) / width) for text, width in texts), default=1)
    return min(409.0, 15.0 + 13.5 * (max(1, lines) - 1))  # higher than 409 no row can be
