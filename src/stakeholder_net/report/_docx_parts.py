"""What python-docx does not do by itself: fields, alt text, embedded fonts."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any, Final

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph

__all__ = ["add_field", "add_sequence", "describe", "embed_fonts", "set_widths", "side_border"]

FONT_TYPE: Final = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
FONT_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KEY_SPACE: Final = uuid.UUID("6f0f1a60-0a55-5d0e-9a4e-0b7e1d5f6c11")
OBFUSCATED: Final = 32  # bytes, ECMA-376 part 4, 2.8.1


def add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    """Add a field that Word keeps up to date, with what it shows until then."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {code} ")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields


def add_sequence(paragraph: Paragraph, label: str, number: int) -> None:
    """Add ``label number``, numbered by Word: an office that moves a table gets new numbers and a list of tables."""
    paragraph.add_run(f"{label}\u00a0").bold = True
    add_field(paragraph, f"SEQ {label} \\* ARABIC", str(number))


def side_border(paragraph: Paragraph, side: str, colour: str, *, size: int = 8, space: int = 4) -> None:
    """Draw a line along one side of a paragraph."""
    borders = OxmlElement("w:pBdr")
    line = OxmlElement(f"w:{side}")
    for name, value in {"val": "single", "sz": str(size), "space": str(space), "color": colour}.items():
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def set_widths(table: DocxTable, widths: list[float]) -> None:
    """Set the widths of the columns in centimetres, in the grid too: LibreOffice reads only the grid."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def describe(table: DocxTable, title: str, text: str) -> None:
    """Give a table a title and a description for those who listen to it."""
    properties = table._tbl.tblPr  # noqa: SLF001
    for tag, value in (("w:tblCaption", title), ("w:tblDescription", text)):
        element = OxmlElement(tag)
        element.set(qn("w:val"), value)
        properties.append(element)


# --- fonts ---------------------------------------------------------------------------------------------------------
def _obfuscated(data: bytes, key: uuid.UUID) -> bytes:
    mask = key.bytes[::-1] * (OBFUSCATED // 16)
    return bytes(a ^ b for a, b in zip(data[:OBFUSCATED], mask, strict=True)) + data[OBFUSCATED:]


def embed_fonts(document: Document, family: str, faces: dict[str, Path]) -> None:
    """Put a typeface into the document, so that it looks the same where the typeface is not installed.

    Parameters
    ----------
    document : docx.document.Document
        The document; its table of fonts is replaced.
    family : str
        Name of the typeface.
    faces : dict of str to pathlib.Path
        ``regular``, ``bold``, ``italic`` and their files. The licence of the typeface must allow embedding.
    """
    part = document.part
    table = next(rel.target_part for rel in part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.FONT_TABLE)
    lines = []
    for number, (face, path) in enumerate(sorted(faces.items()), start=1):
        data = path.read_bytes()
        key = uuid.uuid5(KEY_SPACE, f"{family} {face} {len(data)}")
        font = Part(
            PackURI(f"/word/fonts/font{number}.odttf"), FONT_TYPE, _obfuscated(data, key), part.package
        )
        relation = table.relate_to(font, FONT_RELATION)
        lines.append(
            (face, f'<w:embed{face.capitalize()} r:id="{relation}" w:fontKey="{{{str(key).upper()}}}"/>')
        )
    order = ("regular", "bold", "italic")
    embedded = "".join(line for face, line in sorted(lines, key=lambda pair: order.index(pair[0])))
    table._blob = (  # noqa: SLF001 - python-docx keeps the table of fonts as bytes
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{WORD}" xmlns:r="{RELATIONS}">'
        f'<w:font w:name="{family}"><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>'
        f"{embedded}</w:font></w:fonts>"
    ).encode()
    settings = document.settings.element
    if settings.find(qn("w:embedTrueTypeFonts")) is None:
        settings.insert(
            _after(
                settings,
                (
                    "w:writeProtection",
                    "w:view",
                    "w:zoom",
                    "w:removePersonalInformation",
                    "w:removeDateAndTime",
                    "w:doNotDisplayPageBoundaries",
                    "w:displayBackgroundShape",
                    "w:printPostScriptOverText",
                    "w:printFractionalCharacterWidth",
                    "w:printFormsData",
                ),
            ),
            OxmlElement("w:embedTrueTypeFonts"),
        )


def _after(parent: Any, tags: tuple[str, ...]) -> int:  # noqa: ANN401 - an lxml element
    """Return the place behind those children that the schema wants first."""
    names = {qn(tag) for tag in tags}
    return sum(child.tag in names for child in parent)
