"""Places of values in order: on arrays, for thousands of draws."""

from __future__ import annotations

import numpy as np

__all__ = ["DIGITS", "places"]

DIGITS = 10
"""Values that differ after so many digits only are equal."""


def places(values: np.ndarray, *, highest: bool) -> np.ndarray:
    """Return the place of each value in its row, equals sharing the best; NaN takes none."""
    if not values.size:
        return values.astype("float64")
    scale = np.nanmax(np.abs(values), axis=-1, initial=0.0, keepdims=True)
    rounded = np.round(values / np.where(scale > 0, scale, 1.0), DIGITS)
    key = -rounded if highest else rounded
    order = np.argsort(key, axis=-1)  # NaN comes last
    in_order = np.take_along_axis(key, order, axis=-1)
    first = np.ones(values.shape, dtype=bool)
    first[..., 1:] = in_order[..., 1:] != in_order[..., :-1]
    place = np.empty(values.shape)
    best = np.maximum.accumulate(np.where(first, np.arange(values.shape[-1]), 0), axis=-1)
    np.put_along_axis(place, order, best + 1.0, axis=-1)
    place[np.isnan(values)] = np.nan
    return place
