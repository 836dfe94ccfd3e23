"""The score card: points for and against, learned once from real names; reading it needs no other library."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stakeholder_net.records._corpus import Floats

__all__ = ["SOURCE", "Card", "conditions_met", "score_card"]

SOURCE: Final = (
    "Learned by benchmarks/train_scorecard.py from 8,129 spellings of 6,524 bodies of Emilia-Romagna in the "
    "5 per mille lists of 2014, 2017, 2019 and 2020 (Agenzia delle Entrate), with and without their towns."
)
LEARNED_ON: Final = 8125  # spellings; among fewer a namesake elsewhere is rarer
MOST_PRIOR: Final = 2.0  # what a small set of names may add at most to a pair without a town
_ATOM = re.compile(r"(\w+)(>=|=)(\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Card:
    """Conditions on the evidence and the points that each gives.

    Parameters
    ----------
    conditions : tuple of str
        Such as ``"shared>=0.7"`` or ``"form=4&shared>=0.5"``.
    points : array of float
        Log-odds that each adds.
    start : float
        Log-odds before anything is known.
    """

    conditions: tuple[str, ...]
    points: Floats
    start: float

    def scores(self, evidence: pd.DataFrame, *, names: int) -> Floats:
        """Return for each pair, from 0 to 1, how likely it is one body.

        Parameters
        ----------
        evidence : pandas.DataFrame
            From ``evidence``.
        names : int
            Spellings among which the pairs were found.
        """
        odds = np.full(len(evidence), self.start)
        columns = {name: evidence[name].to_numpy() for name in evidence.columns}
        for condition, points in zip(self.conditions, self.points, strict=True):
            odds += points * conditions_met(columns, condition)
        prior = min(max(0.5 * np.log(LEARNED_ON / max(names, 1)), 0.0), MOST_PRIOR)
        odds += prior * (columns["town"] == 1)
        return np.asarray(1 / (1 + np.exp(-odds)))


def conditions_met(columns: Mapping[str, npt.NDArray[np.generic]], condition: str) -> npt.NDArray[np.bool_]:
    """Return where a condition holds.

    Examples
    --------
    >>> import numpy as np
    >>> conditions_met({"form": np.array([1, 4]), "shared": np.array([0.9, 0.9])}, "form=4&shared>=0.5").tolist()
    [False, True]
    """
    met: npt.NDArray[np.bool_] = np.ones(len(next(iter(columns.values()))), dtype=bool)
    for atom in condition.split("&"):
        parts = _ATOM.fullmatch(atom)
        if parts is None:
            message = f"score card: {atom!r} is no condition"
            raise ValueError(message)
        name, sign, value = parts.groups()
        figures = columns[name].astype(np.float64)
        met &= figures >= float(value) if sign == ">=" else figures == float(value)
    return met


def read_card(rows: Sequence[Mapping[str, str]]) -> Card:
    """Return the card of a table with the columns condition and points; the empty condition is the start."""
    start = sum(float(row["points"]) for row in rows if not row["condition"])
    kept = [row for row in rows if row["condition"]]
    return Card(
        tuple(row["condition"] for row in kept), np.array([float(row["points"]) for row in kept]), start
    )


@lru_cache(maxsize=1)
def score_card() -> Card:
    """Return the card that comes with the library."""
    text = (files("stakeholder_net.records") / "data" / "scorecard.csv").read_text(encoding="utf-8")
    return read_card(list(csv.DictReader(text.splitlines())))
