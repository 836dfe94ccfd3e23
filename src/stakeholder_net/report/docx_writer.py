"""Write blocks of a report into a Word document: native headings, lists, tables, captions and pictures."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from itertools import zip_longest
from typing import Any, Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph

from stakeholder_net.report import theme
from stakeholder_net.report._docx_parts import add_sequence, describe, set_widths
from stakeholder_net.report.context import Block, Chapter, Picture, ReportContext, Table, TableColumn
from stakeholder_net.report.laid_out import stays_whole
from stakeholder_net.report.phrases import COVER

__all__ = ["Writer"]

KEPT_TOGETHER: Final = 2  # rows of a table that never stand alone at the foot of a page
UNIT_CM: Final = 1.75  # width of a column of width 1, where the page has room
SIZES: Final = {
    "Caption": 9.0,
    "Table text": 8.5,
    "Table head": 8.5,
    "Table note": 8.0,
}  # in an office's own document


class Writer:
    """Write what a context holds into a document, before a paragraph that marks the place.

    Parameters
    ----------
    document : docx.document.Document
        The document; of its styles those of the same name are used, and plain ones are made where it has none.
    context : ReportContext
        What to write.
    mark : docx.text.paragraph.Paragraph
        What is written goes before it.
    """

    def __init__(self, document: Document, context: ReportContext, mark: Paragraph) -> None:
        self.document = document
        self.context = context
        self.mark = mark
        self.at = 0 if context.language == "it" else 1
        self.counts = {"table": 0, "picture": 0}

    def chapters(self) -> None:
        """Write every chapter, numbered."""
        for number, chapter in enumerate(self.context.chapters, start=1):
            self.chapter(chapter, f"{number}\u2002{chapter.title}")

    def chapter(self, chapter: Chapter, title: str, *, level: int = 1) -> None:
        """Write one chapter under a heading of some level."""
        self._text(title, f"Heading {level}")
        self.blocks(chapter.blocks, level=level)

    def blocks(self, blocks: Iterable[Block], *, level: int = 1) -> None:
        """Write some blocks; their headings stand one level below the chapter's."""
        writers: dict[str, Callable[[str], object]] = {
            "heading": lambda key: self._text(self.context.headings[key], f"Heading {level + 1}"),
            "bullets": lambda key: self._text(self.context.sentences[key].text, "List Bullet"),
            "table": lambda key: self._table(self.context.tables[key]),
            "picture": lambda key: self._picture(self.context.pictures[key]),
            "terms": self._term,
        }
        listed = list(blocks)
        for block, following in zip_longest(listed, listed[1:]):
            if block.kind == "provenance":
                self._provenance()
            elif block.kind == "paragraph":
                text = " ".join(self.context.sentences[key].text for key in block.keys)
                paragraph = self._text(text, "Normal")
                if following is not None and following.kind == "table":
                    paragraph.paragraph_format.keep_with_next = True
            else:
                for key in block.keys:
                    writers[block.kind](key)

    def _style(self, name: str) -> Any:  # noqa: ANN401 - python-docx
        """Return a style by name; make a plain one where the document has none."""
        styles = self.document.styles
        if name in [style.name for style in styles]:
            return styles[name]
        style: Any = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"] if "Normal" in [one.name for one in styles] else None
        if name in SIZES:
            style.font.size = Pt(SIZES[name])
            style.paragraph_format.space_after = Pt(2)
        style.font.bold = name.startswith(("Heading", "Table head")) or None
        return style

    def _text(self, text: str, style: str) -> Paragraph:
        return self.mark.insert_paragraph_before(text, self._style(style))

    def _term(self, key: str) -> None:
        term, text = self.context.terms[key]
        paragraph = self._text("", "List Bullet")
        paragraph.add_run(f"{term}. ").bold = True
        paragraph.add_run(text)

    def _caption(self, kind: str, title: str) -> Paragraph:
        self.counts[kind] += 1
        paragraph = self._text("", "Caption")
        add_sequence(paragraph, COVER[kind][self.at], self.counts[kind])
        paragraph.add_run(f". {title}")
        return paragraph

    # --- tables -------------------------------------------------------------------------------------------------
    def _table(self, table: Table) -> None:
        # said here too: an office's own style of captions need not say it
        self._caption("table", table.title).paragraph_format.keep_with_next = True
        columns, shown = table.on_page(self.context.language)
        grid = self.document.add_table(rows=len(shown) + 1, cols=len(columns))
        self.mark._p.addprevious(grid._tbl)  # noqa: SLF001
        grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        unit = min(UNIT_CM, theme.TEXT_WIDTH_CM / sum(column.width for column in columns))
        set_widths(grid, [unit * column.width for column in columns])
        describe(grid, table.title, table.page_note or table.title)
        _frame(grid)
        kept = len(shown) if stays_whole(shown) else KEPT_TOGETHER
        lines = [[column.label for column in columns], *shown]
        for number, (line, row) in enumerate(zip(lines, grid.rows, strict=True)):
            style = "Table text" if number else "Table head"
            for text, cell, column in zip(line, row.cells, columns, strict=True):
                _fill(cell.paragraphs[0], text, self._style(style), column)
                cell.paragraphs[0].paragraph_format.keep_with_next = (
                    number < kept or number == len(shown) or None
                )
            _row(row._tr, head=number == 0)  # noqa: SLF001
        self._text(table.page_note, "Table note")

    def _picture(self, picture: Picture) -> None:
        paragraph = self._text("", "Normal")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        paragraph.paragraph_format.keep_with_next = True
        wide = min(picture.width, theme.TEXT_WIDTH_CM)
        shape = paragraph.add_run().add_picture(io.BytesIO(picture.png), width=Cm(wide))
        properties = shape._inline.docPr  # noqa: SLF001
        properties.set("descr", picture.alt)
        properties.set("title", picture.title)
        properties.set("name", picture.key)
        self._caption("picture", picture.title).paragraph_format.keep_with_next = False

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
