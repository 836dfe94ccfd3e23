"""The report as a Word document: native headings, tables and captions that an office can go on working with."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any, Final
from xml.sax.saxutils import escape

import jinja2
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate

from stakeholder_net.report import theme
from stakeholder_net.report._docx_parts import add_sequence, describe, embed_fonts, set_widths
from stakeholder_net.report._zip import normalised
from stakeholder_net.report.context import Picture, ReportContext, Table, TableColumn
from stakeholder_net.report.docx_template import default_template
from stakeholder_net.report.phrases import COVER

__all__ = ["docx_bytes"]

NO_DATE: Final = dt.date(2000, 1, 1)
LOCALES: Final = {"it": "it-IT", "en": "en-GB"}
KEPT_TOGETHER: Final = 3  # rows of a table that never stand alone at the foot of a page
UNIT_CM: Final = 1.75  # width of a column of width 1, where the page has room
REPORT_HERE: Final = "\u2039report\u203a"


def docx_bytes(context: ReportContext) -> bytes:
    """Return the report as the bytes of a Word document; equal content gives equal bytes."""
    template = DocxTemplate(io.BytesIO(default_template()))
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=True)
    template.render(
        {
            "kicker": context.kicker,
            "title": context.title,
            "subtitle": context.subtitle,
            "footer": context.footer,
            "page_word": COVER["page"][0 if context.language == "it" else 1],
            "kpi_numbers": "\t".join(kpi.figure.text for kpi in context.kpis),
            "kpi_labels": "\t".join(kpi.label for kpi in context.kpis),
            "report": REPORT_HERE,
        },
        environment,
        autoescape=True,
    )
    document: Document = template.docx
    Pages(document, context).write()
    _language(document, context)
    embed_fonts(document, theme.FONT, theme.font_files())
    out = io.BytesIO()
    document.save(out)
    return normalised(out.getvalue(), {"docProps/core.xml": _core_properties(context)})


def _language(document: Document, context: ReportContext) -> None:
    """Say in which language the text is, for spelling and for those who listen to it."""
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), LOCALES[context.language])


def _core_properties(context: ReportContext) -> bytes:
    """Return title, language and date of the document.

    docxcompose, which docxtpl brings along, makes python-docx write some of them twice: so ours replace them.
    The date is that of the data: a document that told when it was made would never be the same twice.
    """
    day = (context.data_date or NO_DATE).isoformat()
    date = "".join(
        f'<dcterms:{what} xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:{what}>'
        for what in ("created", "modified")
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_xml(context.title)}</dc:title><dc:subject>{_xml(context.subtitle)}</dc:subject>"
        f"<dc:language>{LOCALES[context.language]}</dc:language>{date}</cp:coreProperties>"
    ).encode()


def _xml(text: str) -> str:
    return escape("".join(sign for sign in text if sign.isprintable()))


class Pages:
    """Write the chapters of a context into a document, where the mark stands.

    Parameters
    ----------
    document : docx.document.Document
        Document that holds the mark.
    context : ReportContext
        What to write.
    """

    def __init__(self, document: Document, context: ReportContext) -> None:
        self.document = document
        self.context = context
        self.at = 0 if context.language == "it" else 1
        self.counts = {"table": 0, "picture": 0}
        self.mark = next(paragraph for paragraph in document.paragraphs if paragraph.text == REPORT_HERE)

    def write(self) -> None:
        """Write every chapter, then take the mark away."""
        writers: dict[str, Callable[[str], object]] = {
            "heading": lambda key: self._text(self.context.headings[key], "Heading 2"),
            "bullets": lambda key: self._text(self.context.sentences[key].text, "List Bullet"),
            "table": lambda key: self._table(self.context.tables[key]),
            "picture": lambda key: self._picture(self.context.pictures[key]),
            "terms": self._term,
        }
        for number, chapter in enumerate(self.context.chapters, start=1):
            self._text(f"{number}\u2002{chapter.title}", "Heading 1")
            for block in chapter.blocks:
                if block.kind == "provenance":
                    self._provenance()
                if block.kind == "paragraph":
                    self._text(" ".join(self.context.sentences[key].text for key in block.keys), "Normal")
                    continue
                for key in block.keys:
                    writers[block.kind](key)
        self.mark._p.getparent().remove(self.mark._p)  # noqa: SLF001

    def _text(self, text: str, style: str) -> Paragraph:
        return self.mark.insert_paragraph_before(text, style)

    def _term(self, key: str) -> None:
        term, text = self.context.terms[key]
        paragraph = self._text("", "List Bullet")
        paragraph.add_run(f"{term}. ").bold = True
        paragraph.add_run(text)

    def _caption(self, kind: str, title: str) -> None:
        self.counts[kind] += 1
        paragraph = self._text("", "Caption")
        add_sequence(paragraph, COVER[kind][self.at], self.counts[kind])
        paragraph.add_run(f". {title}")

    # --- tables -------------------------------------------------------------------------------------------------
    def _table(self, table: Table) -> None:
        self._caption("table", table.title)
        columns, shown = table.on_page(self.context.language)
        grid = self.document.add_table(rows=len(shown) + 1, cols=len(columns))
        self.mark._p.addprevious(grid._tbl)  # noqa: SLF001
        grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        unit = min(UNIT_CM, theme.TEXT_WIDTH_CM / sum(column.width for column in columns))
        set_widths(grid, [unit * column.width for column in columns])
        describe(grid, table.title, table.note or table.title)
        _frame(grid)
        lines = [[column.label for column in columns], *shown]
        for number, (line, row) in enumerate(zip(lines, grid.rows, strict=True)):
            style = "Table text" if number else "Table head"
            for text, cell, column in zip(line, row.cells, columns, strict=True):
                _fill(cell.paragraphs[0], text, self.document.styles[style], column)
                cell.paragraphs[0].paragraph_format.keep_with_next = (
                    number < KEPT_TOGETHER or number >= len(shown) - 1 or None
                )
            _row(row._tr, head=number == 0)  # noqa: SLF001
        if table.note:
            self._text(table.note, "Table note")
        else:
            self._text("", "Table note")

    def _picture(self, picture: Picture) -> None:
        paragraph = self._text("", "Normal")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        wide = min(picture.width, theme.TEXT_WIDTH_CM)
        shape = paragraph.add_run().add_picture(io.BytesIO(picture.png), width=Cm(wide))
        properties = shape._inline.docPr  # noqa: SLF001
        properties.set("descr", picture.alt)
        properties.set("title", picture.title)
        properties.set("name", picture.key)
        self._caption("picture", picture.title)

    def _provenance(self) -> None:
        for label, value in self.context.provenance:
            paragraph = self._text("", "Table text")
            paragraph.paragraph_format.space_after = Cm(0.08)
            paragraph.paragraph_format.keep_with_next = True
            paragraph.add_run(f"{label}: ").bold = True
            paragraph.add_run(value)


def _fill(paragraph: Paragraph, text: str, style: Any, column: TableColumn) -> None:  # noqa: ANN401 - python-docx
    paragraph.style = style
    paragraph.add_run(text)
    if column.form not in ("text", "date"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _row(row: Any, *, head: bool) -> None:  # noqa: ANN401 - an lxml element
    """Keep a row on one page; repeat the heading on each."""
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def _frame(table: DocxTable) -> None:
    """Draw a line under the heading and a thin one under each row."""
    properties = table._tbl.tblPr  # noqa: SLF001
    borders = OxmlElement("w:tblBorders")
    for side, size in (("top", 0), ("bottom", 6), ("insideH", 4)):
        line = OxmlElement(f"w:{side}")
        for name, value in {
            "val": "single" if size else "nil",
            "sz": str(size),
            "space": "0",
            "color": theme.RULE,
        }.items():
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 30), ("left", 55), ("bottom", 30), ("right", 55)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(width))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    layout = properties.find(qn("w:tblLayout"))
    look = properties.find(qn("w:tblLook"))
    anchor = look if look is not None else properties.find(qn("w:tblCaption"))
    place = list(properties).index(layout) if layout is not None else list(properties).index(anchor)
    properties.insert(place, borders)
    properties.insert(list(properties).index(layout) + 1 if layout is not None else place + 1, margins)
    for cell in table.rows[0].cells:
        edges = OxmlElement("w:tcBorders")
        line = OxmlElement("w:bottom")
        for name, value in {"val": "single", "sz": "10", "space": "0", "color": theme.BLUE}.items():
            line.set(qn(f"w:{name}"), value)
        edges.append(line)
        cell._tc.get_or_add_tcPr().append(edges)  # noqa: SLF001
