"""The report as a Word document: native headings, tables and captions that an office can go on working with."""

from __future__ import annotations

import datetime as dt
import io
from typing import Final
from xml.sax.saxutils import escape

import jinja2
from docx.document import Document
from docx.oxml.ns import qn
from docxtpl import DocxTemplate

from stakeholder_net.report import theme
from stakeholder_net.report._docx_parts import embed_fonts
from stakeholder_net.report._zip import normalised
from stakeholder_net.report.context import ReportContext
from stakeholder_net.report.docx_template import default_template
from stakeholder_net.report.docx_writer import Writer
from stakeholder_net.report.phrases import COVER

__all__ = ["docx_bytes"]

NO_DATE: Final = dt.date(2000, 1, 1)
LOCALES: Final = {"it": "it-IT", "en": "en-GB"}
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
            "of_word": COVER["of"][0 if context.language == "it" else 1],
            "kpi_numbers": "\t".join(kpi.figure.text for kpi in context.kpis),
            "kpi_labels": "\t".join(kpi.label for kpi in context.kpis),
            "report": REPORT_HERE,
        },
        environment,
        autoescape=True,
    )
    document: Document = template.docx
    mark = next(paragraph for paragraph in document.paragraphs if paragraph.text == REPORT_HERE)
    Writer(document, context, mark).chapters()
    mark._p.getparent().remove(mark._p)  # noqa: SLF001 - python-docx cannot take a paragraph away
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
