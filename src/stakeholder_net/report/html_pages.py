"""The report as one HTML file: no script, no address, readable on paper and by those who listen."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Any

from stakeholder_net.report.context import ReportContext
from stakeholder_net.report.laid_out import laid_out

__all__ = ["html_bytes"]

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def html_bytes(context: ReportContext) -> bytes:
    """Return the report as the bytes of an HTML file; equal content gives equal bytes."""
    page = laid_out(context)
    style = files("stakeholder_net.report").joinpath("templates", "report.css").read_text("utf-8")
    kpis = "".join(
        f"<div><strong>{text(kpi['number'])}</strong><span>{text(kpi['label'])}</span></div>"
        for kpi in page["kpis"]
    )
    contents = "".join(
        f'<li><a href="#{text(chapter["key"])}">{text(chapter["title"])}</a></li>'
        for chapter in page["chapters"]
    )
    chapters = "".join(_chapter(context, page, chapter) for chapter in page["chapters"])
    return (
        f'<!DOCTYPE html>\n<html lang="{page["language"]}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{text(page["title"])}</title>'
        f"<style>{style}</style></head><body><header><p>{text(page['kicker'])}</p><h1>{text(page['title'])}</h1>"
        f'<p>{text(page["subtitle"])}</p></header><main><div class="kpis">{kpis}</div>'
        f"<nav><ol>{contents}</ol></nav>{chapters}</main><footer>{text(page['footer'])}</footer></body></html>\n"
    ).encode()


def text(value: object) -> str:
    """Return text that HTML takes for nothing but text."""
    return html.escape(str(value))


def _chapter(context: ReportContext, page: dict[str, Any], chapter: dict[str, Any]) -> str:
    writers: dict[str, Callable[[dict[str, Any]], str]] = {
        "paragraph": lambda piece: f"<p>{text(piece['text'])}</p>",
        "heading": lambda piece: f"<h3>{text(piece['text'])}</h3>",
        "bullets": lambda piece: _list(text(item) for item in piece["items"]),
        "terms": lambda piece: _list(
            f"<strong>{text(item['term'])}.</strong> {text(item['text'])}" for item in piece["items"]
        ),
        "provenance": lambda piece: f"<dl>{_pairs(piece['items'])}</dl>",
        "table": lambda piece: _table(piece, page["words"]["table"]),
        "picture": lambda piece: _picture(context, piece, page["words"]["picture"]),
    }
    blocks = "".join(writers[piece["kind"]](piece) for piece in chapter["blocks"])
    return f'<section id="{text(chapter["key"])}"><h2>{text(chapter["title"])}</h2>{blocks}</section>'


def _list(items: Any) -> str:  # noqa: ANN401 - any row of texts
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _pairs(items: Sequence[dict[str, str]]) -> str:
    return "".join(f"<dt>{text(item['term'])}</dt><dd>{text(item['text'])}</dd>" for item in items)


def _table(piece: dict[str, Any], word: str) -> str:
    kinds = ["n" if number else "t" for number in piece["numbers"]]
    head = "".join(
        f'<th scope="col" class="{kind}">{text(label)}</th>'
        for kind, label in zip(kinds, piece["head"], strict=True)
    )
    rows = "".join(f"<tr>{_cells(kinds, row)}</tr>" for row in piece["rows"])
    note = f'<p class="note">{text(piece["note"])}</p>' if piece["note"] else ""
    caption = f"<caption><strong>{text(word)} {piece['number']}.</strong> {text(piece['title'])}</caption>"
    table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="wide">{table}</div>{note}'


def _cells(kinds: Sequence[str], row: Sequence[str]) -> str:
    return "".join(f'<td class="{kind}">{text(cell)}</td>' for kind, cell in zip(kinds, row, strict=True))


def _picture(context: ReportContext, piece: dict[str, Any], word: str) -> str:
    data = base64.b64encode(context.pictures[piece["key"]].png).decode("ascii")
    return (
        f'<figure><img alt="{text(piece["alt"])}" src="data:image/png;base64,{data}">'
        f"<figcaption><strong>{text(word)} {piece['number']}.</strong> {text(piece['title'])}</figcaption></figure>"
    )
