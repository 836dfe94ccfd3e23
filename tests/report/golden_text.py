"""The words of the pages as a reader meets them, in Word and in the PDF; run as a module it writes them anew.

``python -m tests.report.golden_text`` after a change of the words; then read what git shows.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pymupdf
from docx.table import Table
from docx.text.paragraph import Paragraph
from tests.report.example import whole

GOLDEN = Path(__file__).parent / "golden"
NAMES = [f"{kind}_{language}" for kind in ("docx", "pdf", "public") for language in ("it", "en")]


def docx_text(data: bytes) -> str:
    """Return the words of a Word document in the order of the page, one row of a table a line."""
    return "\n".join(_blocks(docx.Document(io.BytesIO(data)))) + "\n"


def _blocks(document: docx.document.Document) -> Iterator[str]:
    for element in document.element.body.iterchildren():
        if element.tag.endswith("}p"):
            yield from filter(None, [_paragraph(Paragraph(element, document))])
        elif element.tag.endswith("}tbl"):
            for row in Table(element, document).rows:
                yield " | ".join(cell.text for cell in row.cells)


def _paragraph(paragraph: Paragraph) -> str:
    said = [node.get("descr") for node in paragraph._p.iter() if node.tag.endswith("}docPr")]
    shown = "".join(
        "\t" if node.tag.endswith("}tab") else node.text or ""
        for node in paragraph._p.iter()
        if node.tag.endswith(("}t", "}tab")) and not node.getparent().tag.endswith("}tabs")
    )
    return "\n".join([shown, *(f"[{one}]" for one in said)]).strip()


def pdf_text(data: bytes) -> str:
    """Return the words of a PDF in the order of the page, without line ends that hang on the width of a letter."""
    with pymupdf.open(stream=data, filetype="pdf") as pages:
        blocks = [str(block[4]) for page in pages for block in page.get_text("blocks") if block[6] == 0]
    lines = [re.sub(r"\s+", " ", block).strip() for block in blocks]
    return "\n".join(line for line in lines if not re.search(r"(pag|p)\. \d+ (di|of) \d+$", line)) + "\n"


def text_of(name: str) -> str:
    """Return the words of one of the documents."""
    kind, language = name.split("_")
    report = whole(language, "public" if kind == "public" else "internal")
    return pdf_text(report.to_bytes(".pdf")) if kind == "pdf" else docx_text(report.to_bytes(".docx"))


if __name__ == "__main__":
    for each in NAMES:
        (GOLDEN / f"{each}.txt").write_text(text_of(each), "utf-8")
