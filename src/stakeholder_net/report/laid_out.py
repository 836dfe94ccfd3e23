"""The context laid out for pages: every block with its text, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stakeholder_net.report.context import Block, ReportContext, Table
from stakeholder_net.report.phrases import COVER

__all__ = ["laid_out", "stays_whole"]

WHOLE_ROWS = 12
WHOLE_LETTERS = 1500


def laid_out(context: ReportContext) -> dict[str, Any]:
    """Return the report as the pages show it: texts only, tables cut to what is printed.

    Parameters
    ----------
    context : ReportContext
        What the report says.

    Returns
    -------
    dict
        Cover, ``kpis``, and ``chapters`` with their ``blocks``; plain data, fit for JSON.
    """
    at = 0 if context.language == "it" else 1
    count = {"table": 0, "picture": 0}
    chapters = []
    for chapter in context.chapters:
        blocks = [piece for block in chapter.blocks for piece in _block(context, block, count)]
        chapters.append({"key": chapter.key, "title": chapter.title, "blocks": blocks})
    return {
        "language": context.language,
        "title": context.title,
        "subtitle": context.subtitle,
        "kicker": context.kicker,
        "footer": context.footer,
        "page": COVER["page"][at],
        "of": COVER["of"][at],
        "words": {kind: COVER[kind][at] for kind in ("table", "picture")},
        "date": context.data_date.isoformat() if context.data_date else "",
        "kpis": [{"number": kpi.figure.text, "label": kpi.label} for kpi in context.kpis],
        "chapters": chapters,
    }


def stays_whole(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether a table is so small that no page should part it."""
    letters = sum(len(cell) for row in rows for cell in row)
    return len(rows) <= WHOLE_ROWS and letters <= WHOLE_LETTERS


def _block(context: ReportContext, block: Block, count: dict[str, int]) -> list[dict[str, Any]]:
    """Return a block as one or more pieces; tables and pictures are numbered as they come."""
    if block.kind == "paragraph":
        return [{"kind": "paragraph", "text": " ".join(context.sentences[key].text for key in block.keys)}]
    if block.kind == "bullets":
        return [{"kind": "bullets", "items": [context.sentences[key].text for key in block.keys]}]
    if block.kind == "terms":
        items = [{"term": context.terms[key][0], "text": context.terms[key][1]} for key in block.keys]
        return [{"kind": "terms", "items": items}]
    if block.kind == "provenance":
        lines = [{"term": label, "text": value} for label, value in context.provenance]
        return [{"kind": "provenance", "items": lines}]
    if block.kind == "heading":
        return [{"kind": "heading", "text": context.headings[key]} for key in block.keys]
    pieces = []
    for key in block.keys:
        count[block.kind] += 1
        piece = _table(context, context.tables[key]) if block.kind == "table" else _picture(context, key)
        pieces.append({"kind": block.kind, "key": key, "number": count[block.kind], **piece})
    return pieces


def _table(context: ReportContext, table: Table) -> dict[str, Any]:
    columns, rows = table.on_page(context.language)
    return {
        "title": table.title,
        "note": table.page_note,
        "head": [column.label for column in columns],
        "numbers": [column.form not in ("text", "date") for column in columns],
        "widths": [column.width for column in columns],
        "rows": rows,
        "whole": stays_whole(rows),
    }


def _picture(context: ReportContext, key: str) -> dict[str, Any]:
    picture = context.pictures[key]
    return {
        "title": picture.title,
        "alt": picture.alt,
        "width": picture.width,
        "file": f"{key}.{'svg' if picture.svg else 'png'}",
    }
