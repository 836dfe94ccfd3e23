"""The Word file into which a report is written: styles, cover, foot of the page and one place for the chapters.

An office can save it, give it its own look and its own chapters, and hand it back.
"""

from __future__ import annotations

import io
from typing import Final

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.parfmt import CT_PPr
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from stakeholder_net.report import theme
from stakeholder_net.report._docx_parts import add_field, side_border
from stakeholder_net.report._zip import normalised

__all__ = ["MARK", "default_template"]

MARK: Final = "{{ report }}"  # where the chapters go
BAND_PT: Final = 10  # room around the words of the cover
KEPT_STYLES: Final = (
    "Normal",
    "Header",
    "Footer",
    "Heading 1",
    "Heading 2",
    "Heading 3",
    "Title",
    "Subtitle",
    "List Bullet",
    "Caption",
    "Default Paragraph Font",
    "Normal Table",
    "No List",
    "Strong",
    "Table Grid",
)


def default_template() -> bytes:
    """Return the Word file of the house as bytes, the same every time."""
    document = docx.Document()
    _tidy(document)
    _page(document)
    _styles(document)
    _cover(document)
    document.add_paragraph(MARK)
    _foot(document)
    out = io.BytesIO()
    document.save(out)
    return normalised(out.getvalue())


def _tidy(document: Document) -> None:
    """Leave out what python-docx brings along and nobody needs: styles for old Word, a hundred table styles."""
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith(("stylesWithEffects", "customXml", "webSettings")):
            del document.part.rels[key]
    styles = document.styles.element
    kept = set(KEPT_STYLES)
    linked = {f"{name} Char" for name in kept}
    for style in list(document.styles):
        if style.name not in kept | linked:
            styles.remove(style.element)


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(size) for size in theme.PAGE_CM)
    section.left_margin = section.right_margin = Cm(theme.MARGIN_CM)
    section.top_margin, section.bottom_margin = Cm(2.0), Cm(2.0)
    section.footer_distance = Cm(1.0)


def _style(  # noqa: PLR0913 - one keyword a property
    document: Document,
    name: str,
    *,
    size: float,
    bold: bool = False,
    colour: str = theme.INK,
    before: float = 0,
    after: float = 0,
    line: float = 1.0,
    keep: bool = False,
) -> ParagraphStyle:
    styles = document.styles
    style = (
        styles[name]
        if name in [one.name for one in styles]
        else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    if not isinstance(style, ParagraphStyle):
        raise TypeError(name)
    style.font.name, style.font.size, style.font.bold, style.font.italic = theme.FONT, Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    properties = style.element.get_or_add_rPr()
    for tag in ("w:spacing", "w:kern"):  # the stretched letters of the old default
        for element in properties.findall(qn(tag)):
            properties.remove(element)
    fonts = properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        if "Theme" in attribute or "theme" in attribute:
            del fonts.attrib[attribute]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), theme.FONT)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing, form.keep_with_next = (
        Pt(before),
        Pt(after),
        line,
        keep,
    )
    return style


def _styles(document: Document) -> None:
    _style(document, "Normal", size=10, after=5, line=1.0)
    _style(document, "Title", size=24, bold=True, colour="FFFFFF", before=2, after=2)
    _style(document, "Subtitle", size=10.5, colour="FFFFFF", after=12)
    _style(document, "Kicker", size=9, colour="FFFFFF", before=0, after=0)
    _style(document, "Kpi number", size=19, bold=True, colour=theme.BLUE, before=12, keep=True)
    _style(document, "Kpi label", size=8.5, colour=theme.GREY, after=8)
    _style(document, "Heading 1", size=16, bold=True, colour=theme.BLUE, before=20, after=5, keep=True)
    _style(document, "Heading 2", size=12, bold=True, colour=theme.BLUE, before=12, after=3, keep=True)
    _style(document, "Heading 3", size=10.5, bold=True, colour=theme.BLUE, before=8, after=2, keep=True)
    _style(document, "Caption", size=8.5, colour=theme.GREY, before=8, after=3, keep=True)
    _style(document, "Table text", size=8.5, line=0.95)
    _style(document, "Table head", size=8, line=0.95, bold=True, colour=theme.BLUE, keep=True)
    _style(document, "Table note", size=8, colour=theme.GREY, before=3, after=8)
    _style(document, "List Bullet", size=10, after=3, line=1.0)
    for name in ("Header", "Footer"):
        properties = _style(document, name, size=8, colour=theme.GREY).element.get_or_add_pPr()
        for stops in properties.findall(qn("w:tabs")):  # those of an American letter
            properties.remove(stops)
    for name in ("Kicker", "Title", "Subtitle"):
        style = document.styles[name]
        properties = style.element.get_or_add_pPr()
        for border in properties.findall(qn("w:pBdr")):
            properties.remove(border)
        _pad(properties)
        shading = OxmlElement("w:shd")
        for attribute, value in (("val", "clear"), ("color", "auto"), ("fill", theme.BLUE)):
            shading.set(qn(f"w:{attribute}"), value)
        properties.insert_element_before(shading, *_BEHIND_SHADING)


def _pad(properties: CT_PPr) -> None:
    """Draw a border in the colour of the band: it makes room around the words, and the band ends with the text."""
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in {"val": "single", "sz": "4", "space": str(BAND_PT), "color": theme.BLUE}.items():
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties.insert_element_before(borders, "w:shd", *_BEHIND_SHADING)


_BEHIND_SHADING: Final = (
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:kinsoku",
    "w:wordWrap",
    "w:overflowPunct",
    "w:topLinePunct",
    "w:autoSpaceDE",
    "w:autoSpaceDN",
    "w:bidi",
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:textboxTightWrap",
    "w:outlineLvl",
    "w:divId",
    "w:cnfStyle",
    "w:rPr",
    "w:sectPr",
    "w:pPrChange",
)


def _cover(document: Document) -> None:
    for style, text in (("Kicker", "{{ kicker }}"), ("Title", "{{ title }}"), ("Subtitle", "{{ subtitle }}")):
        paragraph = document.add_paragraph(text, style)
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(BAND_PT)
    for style, mark in (("Kpi number", "{{ kpi_numbers }}"), ("Kpi label", "{{ kpi_labels }}")):
        paragraph = document.add_paragraph(mark, style)
        for stop in range(1, 5):
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(stop * theme.TEXT_WIDTH_CM / 5))


def _foot(document: Document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.text = "{{ footer }}\t{{ page_word }} "
    paragraph.style = document.styles["Footer"]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Cm(theme.TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
    add_field(paragraph, "PAGE", "1")
    paragraph.add_run(" {{ of_word }} ")
    add_field(paragraph, "NUMPAGES", "1")
    side_border(paragraph, "top", theme.RULE, size=4, space=6)
