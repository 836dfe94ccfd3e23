"""Where names stand in a list: the numbers on which arrays compute."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

RUN: Final = 4
SAMPLE: Final = 1000
__all__ = ["Texts", "codes_of", "repeated"]


def codes_of(values: Iterable[str], known: Iterable[str]) -> np.ndarray:
    """Return where each value stands in a list.

    Parameters
    ----------
    said : pandas.Series, pandas.Index or iterable of str, length n
        What is looked up.
    known : pandas.Series, pandas.Index or iterable of str
        The list; of a name that stands in it twice the first place counts.

    Returns
    -------
    numpy.ndarray of int64, shape (n,)
        Places from 0; -1 for what is not there.

    Examples
    --------
    >>> codes_of(["b", "x", "a"], ["a", "b"]).tolist()
    [1, -1, 0]
    """
    places = pc.index_in(_texts(values), value_set=_texts(known))
    return np.asarray(pc.fill_null(places, -1).to_numpy(zero_copy_only=False), dtype="int64")


@dataclass(frozen=True, slots=True)
class Texts:
    """A long column that says few things: what it says, each once, so that each is looked at once.

    Parameters
    ----------
    column : pandas.Series of str
        The column.
    said : pandas.Series of str
        What it says.
    numbers : numpy.ndarray of int, shape (n_rows,)
        Which of them each row says; an empty cell has the number beyond the last.
    """

    column: pd.Series
    said: pd.Series
    numbers: np.ndarray

    @classmethod
    def of(cls, column: pd.Series) -> Texts:
        """Look through a column once."""
        text = column if isinstance(column.dtype, pd.StringDtype) else column.astype("str")
        array = _arrow(text)
        if not len(array):  # old pyarrow does not join empty pieces
            array = pa.array([], type=pa.large_string())
        chunks = array.chunks if isinstance(array, pa.ChunkedArray) else [array]
        runs = _runs(chunks) if _in_runs(chunks[0]) else None
        found = _whole(array.dictionary_encode()) if runs is None else runs[0].dictionary_encode()
        indices = pc.fill_null(found.indices, len(found.dictionary)) if found.null_count else found.indices
        numbers = indices.to_numpy() if runs is None else np.repeat(indices.to_numpy(), runs[1])
        return cls(text, pd.Series(pd.array(found.dictionary, dtype="str")), numbers)

    def stripped(self) -> Texts:
        """Return the same without blanks about the words."""
        said = self.said.str.strip()
        if said.equals(self.said):
            return Texts(self.column.astype("str"), said, self.numbers)
        whole = pd.Series(said.array.take(self.numbers), index=self.column.index, name=self.column.name)
        return Texts(whole, said, self.numbers)

    def places(self, known: Iterable[str]) -> np.ndarray:
        """Return :func:`codes_of` the column."""
        if not len(self.said):
            return np.full(len(self.numbers), -1, dtype="int32")
        return np.append(codes_of(self.said, known), -1).astype("int32").take(self.numbers)

    def rows(self, wanted: np.ndarray) -> np.ndarray:
        """Return the rows that say one of the wanted values."""
        return np.flatnonzero(np.append(wanted, False).take(self.numbers)) if wanted.any() else np.arange(0)

    def empty_rows(self) -> np.ndarray:
        """Return the rows that say nothing."""
        blank = (self.said.str.strip() == "").to_numpy()
        if not (blank.any() or self.column.hasnans):
            return np.arange(0)
        return np.flatnonzero(np.append(blank, True).take(self.numbers))


def _runs(chunks: Sequence[pa.Array]) -> tuple[pa.Array, np.ndarray]:
    """Return the words of a column without those that only repeat the one before, and how often each stands there."""
    heads = [_heads(chunk) for chunk in chunks]
    words = pa.concat_arrays([chunk.take(pa.array(head)) for chunk, head in zip(chunks, heads, strict=True)])
    many = [np.diff(head, append=len(chunk)) for chunk, head in zip(chunks, heads, strict=True)]
    return words, np.concatenate(many)


def _in_runs(chunk: pa.Array) -> bool:
    """Return whether a column begins like one that is sorted: then comparing neighbours is quicker than hashing all."""
    return RUN * len(_heads(chunk.slice(0, SAMPLE))) < min(len(chunk), SAMPLE)


def _heads(chunk: pa.Array) -> np.ndarray:
    """Return where a word stands that is not the one before."""
    if not len(chunk):
        return np.arange(0)
    same = pc.fill_null(pc.equal(chunk.slice(1), chunk.slice(0, len(chunk) - 1)), fill_value=False)
    return np.flatnonzero(np.append(True, ~same.to_numpy(zero_copy_only=False)))


def repeated(word: str, times: int) -> pd.Series:
    """Return a column that says the same in every row."""
    raw = word.encode()
    ends, letters = pa.py_buffer(np.arange(times + 1) * len(raw)), pa.py_buffer(raw * times)
    return pd.Series(pd.array(pa.LargeStringArray.from_buffers(times, ends, letters), dtype="str"))


def _arrow(series: pd.Series | pd.Index) -> pa.Array | pa.ChunkedArray:
    return pa.array(series.array, type=pa.large_string(), from_pandas=True)


def _whole(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _texts(values: Iterable[str]) -> pa.Array:
    series = values if isinstance(values, pd.Series | pd.Index) else pd.Series(list(values), dtype="str")
    return _whole(_arrow(series))
