"""Fill an office's own Word document: where it says ``{{ tabella.enti }}``, the table comes.

What an office may write stands in :func:`pieces`: names in the language of the report, and the names in code.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import jinja2
import pandas as pd
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate

from stakeholder_net._checks import problem, unknown_name
from stakeholder_net.errors import OptionError, UnreadableFileError
from stakeholder_net.report._zip import normalised
from stakeholder_net.report.context import Block, Chapter, ReportContext
from stakeholder_net.report.docx_writer import Writer
from stakeholder_net.report.phrases import SHEETS

__all__ = ["filled_docx", "pieces"]

GROUPS: Final = {  # name in code: (Italian, English)
    "number": ("numero", "number"),
    "sentence": ("frase", "sentence"),
    "text": ("testo", "text"),
    "table": ("tabella", "table"),
    "picture": ("figura", "picture"),
    "chapter": ("capitolo", "chapter"),
}
WHOLE: Final = ("table", "picture", "chapter")  # what needs a paragraph of its own
MARK: Final = re.compile("\u2039(table|picture|chapter)/([^\u203a]+)\u203a")


def pieces(context: ReportContext) -> pd.DataFrame:
    """Return what can be put into an office's own document, and the words that call it.

    Parameters
    ----------
    context : ReportContext
        What the report says.

    Returns
    -------
    pandas.DataFrame
        ``placeholder``, ``kind`` and ``shows``, in the order of the report.
    """
    at = 0 if context.language == "it" else 1
    rows = [
        (f"{{{{ {GROUPS[group][at]}.{name} }}}}", GROUPS[group][at], shows)
        for group, name, _, shows in _offers(context)
    ]
    return pd.DataFrame(rows, columns=["placeholder", "kind", "shows"])


def _offers(context: ReportContext) -> Iterator[tuple[str, str, str, str]]:
    """Yield group, name for people, name in code and what is shown, in the order of the report."""
    at = 0 if context.language == "it" else 1
    for kpi in context.kpis:
        yield "number", spoken(kpi.label), kpi.figure.row or kpi.figure.how, kpi.figure.text
    for chapter in context.chapters:
        name = spoken(chapter.title)
        yield "chapter", name, chapter.key, chapter.title
        words = _words(context, chapter)
        if words:
            yield "text", name, chapter.key, words
        for block in chapter.blocks:
            for key in block.keys:
                if block.kind == "table":
                    title = SHEETS[key][at] if key in SHEETS else key
                    yield "table", spoken(title), key, context.tables[key].title
                elif block.kind == "picture":
                    yield "picture", key, key, context.pictures[key].title
                elif block.kind in ("paragraph", "bullets"):
                    yield "sentence", spoken(key), key, context.sentences[key].text


def spoken(text: str) -> str:
    """Return a name that can stand in a placeholder.

    Examples
    --------
    >>> spoken("Che cosa tiene insieme la città?")
    'che_cosa_tiene_insieme_la_citta'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def _words(context: ReportContext, chapter: Chapter) -> str:
    return " ".join(
        context.sentences[key].text
        for block in chapter.blocks
        if block.kind in ("paragraph", "bullets")
        for key in block.keys
    )


class _Group:
    """What stands behind the dot of a placeholder; an unknown name is refused with the nearest."""

    def __init__(self, what: str, values: Mapping[str, str]) -> None:
        self._what, self._values = what, values

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in self._values:
            raise unknown_name(f"placeholder {self._what}", name, self._values)
        return self._values[name]


def filled_docx(context: ReportContext, document: str | Path) -> bytes:
    """Return an office's document with its placeholders filled; its styles, header and footer stay its own.

    Parameters
    ----------
    context : ReportContext
        What the report says.
    document : path
        A ``.docx`` with placeholders as :func:`pieces` lists them, and ``{{ rapporto }}`` for the whole.

    Returns
    -------
    bytes
        The document; the same for the same input.

    Raises
    ------
    UnknownNameError
        When a placeholder is not known; the nearest is named.
    OptionError
        When a table, picture or chapter does not stand in a paragraph of its own, or the document has no placeholder.
    UnreadableFileError
        When the file is not there or no Word document.
    """
    template = _opened(Path(document))
    groups: dict[str, dict[str, str]] = {group: {} for group in GROUPS}
    for group, name, key, shows in _offers(context):
        value = f"\u2039{group}/{key}\u203a" if group in WHOLE else shows
        groups[group] |= {name: value, spoken(key): value}
    words: dict[str, object] = {
        name: _Group(name, groups[group]) for group, names in GROUPS.items() for name in names
    }
    words |= dict.fromkeys(("rapporto", "report"), "\u2039chapter/*\u203a")
    words |= {
        "titolo": context.title,
        "title": context.title,
        "sottotitolo": context.subtitle,
        "subtitle": context.subtitle,
    }
    used = template.get_undeclared_template_variables()
    if not used:
        raise OptionError(
            f"{document}: there is no placeholder in this document.",
            "Write for instance {{ tabella.enti }} where the table should come; .pieces lists them.",
        )
    for name in sorted(used - set(words)):
        raise unknown_name("placeholder", name, words)
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=True)
    template.render(words, environment, autoescape=True)
    opened: Document = template.docx
    _write_pieces(opened, context)
    for key, relation in list(opened.part.rels.items()):
        if relation.reltype.endswith(
            "stylesWithEffects"
        ):  # a second list of styles for Word 2007, now out of step
            del opened.part.rels[key]
    out = io.BytesIO()
    opened.save(out)
    return normalised(out.getvalue())


def _opened(path: Path) -> DocxTemplate:
    if not path.is_file():
        raise UnreadableFileError(problem("missing_file", file=str(path), base=str(path.parent)))
    try:
        template = DocxTemplate(path)
        template.init_docx()
    except Exception as error:
        raise UnreadableFileError(
            problem("bad_file", file=path.name, expected="Word (.docx)", found=type(error).__name__)
        ) from error
    return template


def _write_pieces(document: Document, context: ReportContext) -> None:
    chapters = {chapter.key: chapter for chapter in context.chapters}
    writer: Writer | None = None
    for element in list(document.element.body.iter(qn("w:p"))):
        paragraph = Paragraph(element, document._body)  # noqa: SLF001 - python-docx does not iterate into tables
        found = MARK.search(paragraph.text)
        if found is None:
            continue
        if paragraph.text.strip() != found.group(0):
            raise OptionError(
                f"A {found.group(1)} is asked for in the middle of a sentence: {paragraph.text[:80]!r}.",
                "Give tables, pictures and chapters a paragraph of their own.",
            )
        writer = Writer(document, context, paragraph) if writer is None else writer
        writer.mark = paragraph
        _put(writer, chapters, found.group(1), found.group(2))
        element.getparent().remove(element)


def _put(writer: Writer, chapters: Mapping[str, Chapter], kind: str, key: str) -> None:
    if key == "*":
        writer.chapters()
    elif kind == "chapter":
        writer.chapter(chapters[key], chapters[key].title, level=2)
    else:
        writer.blocks([Block("table" if kind == "table" else "picture", (key,))])
