"""Places of values in order: on arrays, for thousands of draws."""

from __future__ import annotations

import numpy as np

__all__ = ["DIGITS", "places"]

DIGITS = 10
"""Values that differ after so many digits only are equal."""


def places(values: np.ndarray, *, highest: bool) -> np.ndarray:
    """Return the place of each value, equals sharing the best; NaN takes none."""
    scale = float(np.nanmax(np.abs(values), initial=0.0))
    rounded = np.round(values / scale if scale > 0 else values, DIGITS)
    order = -rounded if highest else rounded
    undefined = np.isnan(order)
    place = np.searchsorted(np.sort(order[~undefined]), order, side="left") + 1.0
    place[undefined] = np.nan
    return np.asarray(place)
