"""Where names stand in a list: the numbers on which arrays compute."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["codes_of"]


def codes_of(values: Iterable[str], known: Iterable[str]) -> np.ndarray:
    """Return where each value stands in a list.

    Parameters
    ----------
    values : pandas.Series, pandas.Index or iterable of str, length n
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


def _texts(values: Iterable[str]) -> pa.Array:
    series = values if isinstance(values, pd.Series | pd.Index) else pd.Series(list(values), dtype="str")
    array = pa.array(series.array, type=pa.large_string(), from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
