"""One figure a row: its value, its labels, and why it is undefined where it is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from stakeholder_net.measures._figures import FIGURES

__all__ = ["figure_table"]


def figure_table(values: Mapping[str, float], status: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return figures as a table.

    Parameters
    ----------
    values : mapping of str to float
        Figure to value; NaN where undefined.
    status : mapping of str to str, optional
        Why a figure is undefined.

    Returns
    -------
    pandas.DataFrame
        Index ``figure``; columns ``label_it``, ``label_en``, ``value`` and ``status``: empty, or why it is undefined.
    """
    why = dict(status or {})
    numbers = np.array([float(value) for value in values.values()], dtype="float64")
    return pd.DataFrame(
        {
            "label_it": [FIGURES[name][0] for name in values],
            "label_en": [FIGURES[name][1] for name in values],
            "value": numbers,
            "status": [
                why.get(name, "not defined here") if np.isnan(value) else ""
                for name, value in zip(values, numbers, strict=True)
            ],
        },
        index=pd.Index(list(values), name="figure"),
    ).astype({"label_it": "str", "label_en": "str", "status": "str"})
