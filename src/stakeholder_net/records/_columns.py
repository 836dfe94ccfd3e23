"""A long text file as columns: each different cell once, each row a number a column."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv

from stakeholder_net.records._grid import Cell

__all__ = ["Columns", "read_columns"]

LONG = 1_000_000  # letters from which a file is worth it

Codes = npt.NDArray[np.int32]


class Columns(Sequence[list[Cell]]):
    """Rows of equal length, kept by column; asked for a row, it puts one together.

    Parameters
    ----------
    codes : list of array of int
        For each column and row the number of its cell.
    words : list of list of str
        For each column its different cells.
    """

    def __init__(self, codes: list[Codes], words: list[list[str]]) -> None:
        self.codes, self.words = codes, words

    def __len__(self) -> int:
        return len(self.codes[0])

    @overload
    def __getitem__(self, at: int) -> list[Cell]: ...
    @overload
    def __getitem__(self, at: slice) -> list[list[Cell]]: ...
    def __getitem__(self, at: int | slice) -> list[Cell] | list[list[Cell]]:
        if isinstance(at, slice):
            return [self[number] for number in range(len(self))[at]]
        return [words[codes[at]] for codes, words in zip(self.codes, self.words, strict=True)]

    def __iter__(self) -> Iterator[list[Cell]]:
        columns = [
            np.array(words, dtype=object)[codes].tolist()
            for codes, words in zip(self.codes, self.words, strict=True)
        ]
        return map(list, zip(*columns, strict=True))

    def where(self, place: int, answers: Sequence[bool]) -> npt.NDArray[np.bool_]:
        """Return for each row what was answered for the cell of one of its columns."""
        return np.asarray(answers, dtype=bool)[self.codes[place]]


def read_columns(text: str, delimiter: str, *, longest: int) -> Columns | None:
    r"""Read a long text as columns; None where only cell by cell is sure: quotes, rows of different length.

    Examples
    --------
    >>> line = "Croce Verde;E01\n"
    >>> made = read_columns(line * 100_000, ";", longest=100)
    >>> len(made), made[7], made.words
    (100000, ['Croce Verde', 'E01'], [['Croce Verde'], ['E01']])
    >>> read_columns('"Croce;Verde";E01\n' * 100_000, ";", longest=100) is None
    True
    """
    plain = not ('"' in text or "\0" in text) and text.count("\r") == text.count("\r\n")
    if len(text) < LONG or not plain:
        return None
    width = text.partition("\n")[0].count(delimiter) + 1
    names = [str(place) for place in range(width)]
    kind = pa.dictionary(pa.int32(), pa.string())
    try:
        table = csv.read_csv(
            io.BytesIO(text.encode()),
            read_options=csv.ReadOptions(column_names=names),
            parse_options=csv.ParseOptions(
                delimiter=delimiter, quote_char=False, double_quote=False, ignore_empty_lines=False
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, kind), strings_can_be_null=False, check_utf8=False
            ),
        )
    except (pa.ArrowInvalid, UnicodeEncodeError):
        return None
    codes, words = [], []
    for column in table.itercolumns():
        whole = column.combine_chunks()
        codes.append(np.asarray(whole.indices, dtype=np.int32))
        words.append(whole.dictionary.to_pylist())
    if any(len(word) > longest for some in words for word in some):
        return None
    return Columns(codes, words)
