"""What a report says, as plain data: the pages are made from this and from nothing else."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from stakeholder_net.report.formats import Format, show
from stakeholder_net.words import Language

__all__ = [
    "Block",
    "Cell",
    "Chapter",
    "Figure",
    "Kpi",
    "Picture",
    "ReportContext",
    "Sentence",
    "Table",
    "TableColumn",
]

Cell = str | int | float | dt.date | None
How = Literal["cell", "sum", "rows", "where", "where_text", "ratio", "added", "name", "list"]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table.

    Parameters
    ----------
    key : str
        Name in code.
    label : str
        Heading on the page.
    form : {"text", "int", "dec1", "dec2", "dec3", "share", "date"}
        How its cells are shown; all but text stand to the right.
    width : float
        Width relative to the other columns.
    printed : bool
        Whether the pages show it; the workbook always does.
    """

    key: str
    label: str
    form: Format = "text"
    width: float = 1.0
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the report, with its numbers as numbers.

    Parameters
    ----------
    key : str
        Name in code.
    title : str
        Caption.
    columns : tuple of TableColumn
        Columns in order.
    keys : tuple of str
        Name of each row, unique.
    rows : tuple of tuple
        Cells: text, number, date or None where undefined.
    note : str
        Line under the table.
    printed : int or None
        How many rows the pages show; the workbook always shows all.
    cut : str
        What the pages say where they do not show all.
    """

    key: str
    title: str
    columns: tuple[TableColumn, ...]
    keys: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    printed: int | None = None
    cut: str = ""

    @property
    def page_note(self) -> str:
        """Line under the table on a page, which may not show every row."""
        return f"{self.note} {self.cut}".strip()

    def frame(self) -> pd.DataFrame:
        """Return the table with its raw numbers, rows and columns named by their keys."""
        return pd.DataFrame(
            list(self.rows), index=list(self.keys), columns=[column.key for column in self.columns]
        )

    def on_page(self, language: Language) -> tuple[list[TableColumn], list[list[str]]]:
        """Return the columns and the cells as text that the pages show."""
        places = [place for place, column in enumerate(self.columns) if column.printed]
        columns = [self.columns[place] for place in places]
        rows = self.rows if self.printed is None else self.rows[: self.printed]
        return columns, [
            [show(row[place], self.columns[place].form, language) for place in places] for row in rows
        ]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a sentence, bound to the table from which it comes.

    Parameters
    ----------
    text : str
        As it stands in the sentence.
    number : float or None
        The number; None for a name.
    how : {"cell", "sum", "rows", "where", "where_text", "ratio", "added", "name", "list"}
        A cell; the sum of a column; the number of rows; those for which `test` holds of the column, or is its text; one
        figure over another; the sum of some cells; a name; several figures in a row.
    table, row, column : str
        Where it is read.
    test : str
        For ``where``: a comparison such as ``"== 0"``.
    parts : tuple of Figure
        For ``ratio``: what is divided by what; for ``added``: what is added; for ``list``: what stands in it.
    """

    text: str
    number: float | None = None
    how: How = "name"
    table: str = ""
    row: str = ""
    column: str = ""
    test: str = ""
    parts: tuple[Figure, ...] = ()

    def __format__(self, spec: str) -> str:
        """Return the text; ``one|many`` adds the noun that agrees with the number."""
        if not spec:
            return self.text
        one, _, many = spec.partition("|")
        return f"{self.text} {one if self.number == 1 else many}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with the numbers that it states.

    Parameters
    ----------
    key : str
        Name in code.
    text : str
        As it stands on the page.
    figures : dict of str to Figure
        Every number and name in it.
    n : int or None
        On how many cases it rests; None where it states no finding.
    n_of : str
        What is counted in `n`.
    """

    key: str
    text: str
    figures: dict[str, Figure]
    n: int | None = None
    n_of: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture, with the words for those who do not see it.

    Parameters
    ----------
    key, title, alt : str
        Name in code, caption, alternative text.
    png : bytes
        The picture for the pages.
    width, height : float
        Size in centimetres.
    svg : str
        The picture for the screen and for print, where there is one.
    """

    key: str
    title: str
    alt: str
    png: bytes
    width: float
    height: float
    svg: str = ""


@dataclass(frozen=True, slots=True)
class Kpi:
    """One of the few numbers at the head of the report."""

    label: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a chapter: what it is, and the keys of what stands in it."""

    kind: Literal["heading", "paragraph", "bullets", "table", "picture", "terms", "provenance"]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ReportContext:
    """Everything that a report says.

    Parameters
    ----------
    language : {"it", "en"}
        Language of every text in it.
    edition : {"internal", "public"}
        For whom it is.
    title, subtitle, kicker, footer : str
        Cover and foot of the page.
    kpis : tuple of Kpi
        The few numbers at the head.
    chapters : tuple of Chapter
        In order; their blocks name what follows.
    sentences, tables, pictures, headings, terms : dict
        By key; `terms` are words with their explanation.
    provenance : tuple of (str, str)
        What the report was made from: label and value.
    data_date : datetime.date or None
        Last day of which the data tell.
    """

    language: Language
    edition: Literal["internal", "public"]
    title: str
    subtitle: str
    kicker: str
    footer: str
    kpis: tuple[Kpi, ...]
    chapters: tuple[Chapter, ...]
    sentences: dict[str, Sentence]
    tables: dict[str, Table]
    pictures: dict[str, Picture]
    headings: dict[str, str]
    terms: dict[str, tuple[str, str]]
    provenance: tuple[tuple[str, str], ...]
    data_date: dt.date | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the whole as plain data that JSON can hold: NaN becomes null, a picture its size and hash."""
        plain: dict[str, Any] = {key: _plain(value) for key, value in dataclasses.asdict(self).items()}
        for key, picture in self.pictures.items():
            plain["pictures"][key]["svg"] = _plain(picture.svg.encode())
        return plain

    def to_json(self) -> str:
        """Return the whole as JSON, the same text for the same content."""
        return (
            json.dumps(self.to_dict(), ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"
        )

    def text(self) -> str:
        """Return the words of the report without its tables, one sentence a line."""
        lines = [f"# {self.title}", self.subtitle, ""]
        lines += [f"{kpi.label}: {kpi.figure.text}" for kpi in self.kpis]
        for number, chapter in enumerate(self.chapters, start=1):
            lines += ["", f"## {number} {chapter.title}", *self.chapter_lines(chapter)]
        return "\n".join(lines) + "\n"

    def chapter_lines(self, chapter: Chapter) -> list[str]:
        """Return the words of one chapter, one sentence a line."""
        return [line for block in chapter.blocks for line in self._lines(block)]

    def _lines(self, block: Block) -> list[str]:
        if block.kind in ("paragraph", "bullets"):
            return [
                f"{'- ' if block.kind == 'bullets' else ''}{self.sentences[key].text}" for key in block.keys
            ]
        if block.kind == "terms":
            return [f"- {self.terms[key][0]}: {self.terms[key][1]}" for key in block.keys]
        if block.kind == "heading":
            return [f"### {self.headings[key]}" for key in block.keys]
        if block.kind == "provenance":
            return [f"{label}: {value}" for label, value in self.provenance]
        titles = self.tables if block.kind == "table" else self.pictures
        return [f"[{block.kind}: {titles[key].title}]" for key in block.keys]


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, dt.date):
        return value.isoformat()
    return None if isinstance(value, float) and not math.isfinite(value) else value
