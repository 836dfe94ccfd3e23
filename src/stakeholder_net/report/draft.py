"""The draft of a report: tables first, then sentences whose numbers are read from the tables."""

from __future__ import annotations

import datetime as dt
import math
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from string import Formatter
from typing import Final

from stakeholder_net.measures import catalogue
from stakeholder_net.report.context import (
    Block,
    Cell,
    Chapter,
    Figure,
    Kpi,
    Picture,
    Sentence,
    Table,
    TableColumn,
)
from stakeholder_net.report.formats import Format, clean, listed, show
from stakeholder_net.report.glossary import GLOSSARY
from stakeholder_net.report.phrases import COLUMNS, HEADINGS, KPIS, SENTENCES, TABLES, TERM, WORDS
from stakeholder_net.words import Language

__all__ = ["Draft"]

CUT: Final = 1.3  # a table that is hardly longer than the page allows is shown whole
COMPARE: Final[dict[str, Callable[[float, float], bool]]] = {
    "==": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
}


class Draft:
    """Tables, sentences and chapters of one report while it is written.

    A sentence cannot hold a number that is in no table: its figures are made by :meth:`cell`, :meth:`total`,
    :meth:`rows`, :meth:`where` and :meth:`share`, all of which read a table.

    Parameters
    ----------
    language : {"it", "en"}
        Language of every text.
    """

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._at = 0 if language == "it" else 1
        self.tables: dict[str, Table] = {}
        self.sentences: dict[str, Sentence] = {}
        self.pictures: dict[str, Picture] = {}
        self.headings: dict[str, str] = {}
        self.terms: dict[str, tuple[str, str]] = {}
        self.kpis: list[Kpi] = []
        self.chapters: list[Chapter] = []
        self._blocks: list[Block] = []

    # --- tables -------------------------------------------------------------------------------------------------
    def column(
        self,
        key: str,
        form: Format = "text",
        width: float = 1.0,
        *,
        label: str | None = None,
        printed: bool = True,
    ) -> TableColumn:
        """Return a column with the label that the phrases have for it."""
        return TableColumn(key, COLUMNS[key][self._at] if label is None else label, form, width, printed)

    def add_table(
        self,
        key: str,
        columns: Sequence[TableColumn],
        rows: Mapping[str, Sequence[Cell]],
        *,
        phrase: str | None = None,
        printed: int | None = None,
        **words: str,
    ) -> Table:
        """Add a table; its caption and note come from the phrases and may be filled with words."""
        title, note = TABLES[phrase or key][self._at]
        short = printed if printed is not None and CUT * printed < len(rows) else None
        fill = {**words, "printed": str(short or len(rows)), "rows": str(len(rows))}
        cut = TABLES["_cut"][self._at][0].format(**fill) if short is not None else ""
        table = Table(
            key,
            clean(title.format(**fill)),
            tuple(columns),
            tuple(rows),
            tuple(tuple(_cell(c) for c in row) for row in rows.values()),
            note.format(**fill),
            short,
            cut,
        )
        self.tables[key] = table
        return table

    # --- figures ------------------------------------------------------------------------------------------------
    def _place(self, table: str, column: str) -> int:
        return [one.key for one in self.tables[table].columns].index(column)

    def _column(self, table: str, column: str) -> list[Cell]:
        place = self._place(table, column)
        return [row[place] for row in self.tables[table].rows]

    def cell(self, table: str, row: str, column: str) -> Figure:
        """Return one cell."""
        place = self._place(table, column)
        value = self.tables[table].rows[self.tables[table].keys.index(row)][place]
        form = self.tables[table].columns[place].form
        number = float(value) if isinstance(value, int | float) else None
        return Figure(show(value, form, self.language), number, "cell", table, row, column)

    def total(self, table: str, column: str) -> Figure:
        """Return the sum of a column."""
        number = sum(float(value) for value in self._column(table, column) if isinstance(value, int | float))
        form = self.tables[table].columns[self._place(table, column)].form
        return Figure(show(number, form, self.language), number, "sum", table, column=column)

    def rows(self, table: str) -> Figure:
        """Return the number of rows."""
        number = len(self.tables[table].rows)
        return Figure(show(number, "int", self.language), float(number), "rows", table)

    def where(self, table: str, column: str, test: str) -> Figure:
        """Return the number of rows for which a comparison such as ``"> 0"`` holds; undefined cells never do."""
        sign, limit = test.split()
        found = sum(
            COMPARE[sign](float(value), float(limit))
            for value in self._column(table, column)
            if isinstance(value, int | float) and not math.isnan(value)
        )
        return Figure(
            show(found, "int", self.language), float(found), "where", table, column=column, test=test
        )

    def where_text(self, table: str, column: str, text: str) -> Figure:
        """Return the number of rows whose cell is this text."""
        found = self._column(table, column).count(text)
        return Figure(
            show(found, "int", self.language), float(found), "where_text", table, column=column, test=text
        )

    def share(self, part: Figure, whole: Figure) -> Figure:
        """Return one figure over another, in per cent; undefined when the whole is nothing."""
        number = part.number / whole.number if part.number is not None and whole.number else math.nan
        return Figure(show(number, "share", self.language), number, "ratio", parts=(part, whole))

    def added(self, figures: Sequence[Figure]) -> Figure:
        """Return the sum of some cells."""
        number = sum(figure.number or 0.0 for figure in figures)
        return Figure(show(number, "int", self.language), number, "added", parts=tuple(figures))

    def name(self, text: str) -> Figure:
        """Return a name."""
        return Figure(clean(text))

    def names(self, texts: Sequence[str], *, most: int = 8) -> Figure:
        """Return names as one phrase."""
        parts = tuple(self.name(text) for text in texts)
        return Figure(
            listed([part.text for part in parts], self.language, most=most), how="list", parts=parts
        )

    def counted(self, counts: Mapping[str, Figure]) -> Figure:
        """Return names with the number of each as one phrase."""
        parts = tuple(part for name, count in counts.items() for part in (self.name(name), count))
        text = "; ".join(
            f"{name.text} {count.text}" for name, count in zip(parts[::2], parts[1::2], strict=True)
        )
        return Figure(text, how="list", parts=parts)

    def told(self, text: str, table: str, row: str, column: str) -> Figure:
        """Return one cell in other words than the table has."""
        return Figure(clean(text), None, "cell", table, row, column)

    # --- words --------------------------------------------------------------------------------------------------
    def say(
        self,
        phrase: str,
        figures: Mapping[str, Figure] | None = None,
        *,
        key: str | None = None,
        n: Figure | None = None,
        n_of: str = "actors",
    ) -> str:
        """Write a sentence and return its key; `n` is the number of cases on which it rests."""
        name, template = key or phrase, SENTENCES[phrase][self._at]
        asked = {field for _, field, _, _ in Formatter().parse(template) if field}
        held = {field: figure for field, figure in (figures or {}).items() if field in asked}
        count = None if n is None or n.number is None else int(n.number)
        text = template.format(**held)
        self.sentences[name] = Sentence(
            name, text, held, count, "" if count is None else WORDS[n_of][self._at]
        )
        return name

    def word(self, key: str) -> str:
        """Return a word in the language of the report."""
        return WORDS[key][self._at]

    def add_kpi(self, phrase: str, figure: Figure) -> None:
        """Add one of the few numbers at the head."""
        self.kpis.append(Kpi(KPIS[phrase][self._at], figure))

    def paragraph(self, *keys: str) -> None:
        """Put sentences into one paragraph."""
        if keys:
            self._blocks.append(Block("paragraph", keys))

    def bullets(self, *keys: str) -> None:
        """Put sentences into a list."""
        if keys:
            self._blocks.append(Block("bullets", keys))

    def heading(self, phrase: str, *, key: str | None = None, **words: str) -> None:
        """Put a heading of the second level."""
        name = key or phrase
        self.headings[name] = clean(HEADINGS[phrase][self._at].format(**words))
        self._blocks.append(Block("heading", (name,)))

    def put_table(self, key: str) -> None:
        """Put a table that was added."""
        self._blocks.append(Block("table", (key,)))

    def put_picture(self, picture: Picture) -> None:
        """Add a picture and put it."""
        self.pictures[picture.key] = picture
        self._blocks.append(Block("picture", (picture.key,)))

    def explain(self, measures: Iterable[str]) -> None:
        """Put the measures in words, as their catalogue has them."""
        entries = catalogue()
        known = [measure for measure in measures if measure in entries.index]
        for measure in known:
            entry = {
                name: str(entries.loc[measure, f"{name}_{self.language}"])
                for name in ("label", "question", "say", "do_not_say")
            }
            label = COLUMNS[measure][self._at] if measure in COLUMNS else entry["label"]
            self.terms[measure] = (label[:1].upper() + label[1:], TERM[self._at].format(**entry))
        if known:
            self._blocks.append(Block("terms", tuple(known)))

    def define(self, keys: Iterable[str]) -> None:
        """Put words of the glossary."""
        chosen = tuple(f"word_{key}" for key in keys)
        for key in chosen:
            word = GLOSSARY[key.removeprefix("word_")]
            term, text = (word.it, word.means_it) if self.language == "it" else (word.en, word.means_en)
            self.terms[key] = (term[:1].upper() + term[1:], text)
        self._blocks.append(Block("terms", chosen))

    def put_provenance(self) -> None:
        """Put the lines that say from what everything was made."""
        self._blocks.append(Block("provenance", ()))

    def chapter(self, key: str) -> None:
        """Close the chapter whose blocks were put since the last one."""
        if self._blocks:
            self.chapters.append(Chapter(key, HEADINGS[key][self._at], tuple(self._blocks)))
        self._blocks = []


def _cell(value: object) -> Cell:
    """Return a cell without the types of numpy; what is missing is None."""
    if value is None or value is not value or str(value) in ("<NA>", "NaT"):  # noqa: PLR0124 - NaN is not itself
        return None
    item = getattr(value, "item", None)
    plain = item() if callable(item) else value
    if hasattr(plain, "to_pydatetime"):
        plain = plain.to_pydatetime().date()
    if isinstance(plain, int | float | dt.date):
        return plain
    return clean(str(plain))
