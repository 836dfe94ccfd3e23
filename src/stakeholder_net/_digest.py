"""What a table is, in one number: the same content gives the same, on every machine."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["digest_table"]


class _Digest(Protocol):
    def update(self, data: bytes, /) -> None: ...


def digest_table(digest: _Digest, frame: pd.DataFrame) -> None:
    """Add a table to a hash, column by column in the order of their names; the order of the rows counts.

    Numbers and dates go in as eight bytes, little end first (7 and 7.0 are one number), texts as their lengths
    and UTF-8; cells of any other kind as CSV.
    """
    for name in sorted(frame.columns, key=str):
        values = frame[name]
        digest.update(f"\x1f{name}\x1f{len(values)}\x1f".encode())
        digest.update(_bytes(values))


def _bytes(values: pd.Series) -> bytes:
    kind = values.dtype.kind
    if isinstance(values.dtype, pd.StringDtype):
        return _text(values)
    if kind in "iuf":
        return _number(values)
    if kind == "b" and isinstance(values.dtype, np.dtype):
        return b"b" + values.to_numpy().tobytes()
    if isinstance(values.dtype, np.dtype) and kind == "M":
        return b"M" + values.to_numpy().astype("datetime64[us]").astype("<i8").tobytes()
    return (
        b"c"
        + values.to_csv(
            index=False, header=False, date_format="%Y-%m-%dT%H:%M:%S", lineterminator="\n"
        ).encode()
    )


def _number(values: pd.Series) -> bytes:
    """Whole numbers, with or without missing ones, are the same numbers in any type; zero has no sign."""
    if values.dtype.kind in "iu" and len(values) and not values.hasnans and values.abs().max() > _EXACT:
        return b"i" + values.to_numpy(dtype="<i8").tobytes()
    number = values.to_numpy(dtype="<f8", na_value=np.nan) + 0.0
    return b"n" + np.where(np.isnan(number), np.nan, number).tobytes()


# up to here every whole number is a float64
_EXACT = 2**53


def _text(values: pd.Series) -> bytes:
    array = pa.array(values.array, type=pa.large_string(), from_pandas=True)
    array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    lengths: np.ndarray = pc.fill_null(pc.binary_length(array), -1).to_numpy(zero_copy_only=False)
    whole = "".join(values.fillna("").tolist()) if array.null_count else None
    text = whole.encode() if whole is not None else _joined(array)
    return b"".join([b"t", lengths.astype("<i8").tobytes(), text])


def _joined(array: pa.LargeStringArray) -> bytes:
    """Return all texts one behind the other; the array may be a slice of a longer one."""
    if not len(array):
        return b""
    _, offsets, data = array.buffers()
    ends = np.frombuffer(offsets, dtype="<i8")[array.offset : array.offset + len(array) + 1]
    return memoryview(data)[int(ends[0]) : int(ends[-1])].tobytes() if data is not None else b""
