"""Who compares which reference table: a comparator gives our values, the driver in ``test_manifest.py`` compares them.

A comparator is a function in a file ``compare_*.py`` of this folder::

    @compares("C04_burt_*", key=["name"], not_compared={"degree_x": "why this column is not ours"})
    def burt(table: Table) -> pd.DataFrame:
        net = network(table.shared, "karate")
        return pd.DataFrame({"name": ..., "constraint": ...})

It returns one row a row of the table, found by the key, and one column for every column of the table that is not for
comparison only. Where a column is Monte Carlo, it returns ``Ours(frame, within={"p": allowed})``, the allowed
difference as one number or one a row of *its* frame (five standard errors, of theirs and ours together).
"""

from __future__ import annotations

import fnmatch
import importlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

# Shown in a table so that a reader sees what others print; never to be matched (METHODS.md).
COMPARISON_ONLY = ("*_WRONG", "*_DO_NOT_*", "*_rna", "*sna*", "*igraph*", "cpnet_*", "*_mc")
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Table:
    """One reference table and its line of the manifest."""

    id: str
    manifest: Mapping[str, str]
    shared: Path

    @property
    def frame(self) -> pd.DataFrame:
        """The table itself; a blank is NaN, which means undefined."""
        return pd.read_csv(
            self.shared / "methods" / "reference" / self.manifest["file"], keep_default_na=True
        )

    @property
    def tolerance(self) -> float:
        """The first number of the manifest's tolerance; 1e-9 where it says "exact"."""
        found = re.search(r"\d+(\.\d+)?e-\d+", self.manifest["tolerance"])
        return float(found.group()) if found else 1e-9

    def input(self, name: str) -> pd.DataFrame:
        """Return one input table by its name without ending."""
        return pd.read_csv(self.shared / "methods" / "inputs" / f"{name}.csv")


@dataclass(frozen=True)
class Ours:
    """Our values of a table, and how far those of a Monte Carlo column may lie from theirs."""

    frame: pd.DataFrame
    within: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Comparator:
    """A function that gives our values, and what it does not give and why."""

    function: Callable[[Table], pd.DataFrame | Ours]
    patterns: tuple[str, ...]
    key: tuple[str, ...]
    not_compared: Mapping[str, str]


COMPARATORS: list[Comparator] = []


def compares(
    *patterns: str, key: Sequence[str], not_compared: Mapping[str, str] | None = None
) -> Callable[[Callable[[Table], pd.DataFrame | Ours]], Callable[[Table], pd.DataFrame | Ours]]:
    """Register a comparator for the tables whose id fits one of the patterns."""

    def register(function: Callable[[Table], pd.DataFrame | Ours]) -> Callable[[Table], pd.DataFrame | Ours]:
        COMPARATORS.append(Comparator(function, patterns, tuple(key), dict(not_compared or {})))
        return function

    return register


def load() -> None:
    """Import every ``compare_*.py`` of this folder, once."""
    for file in sorted(HERE.glob("compare_*.py")):
        importlib.import_module(f"tests.reference.{file.stem}")


def comparator_of(table_id: str) -> Comparator | None:
    """Return the comparator of a table; two for one table are a mistake."""
    found = [
        one for one in COMPARATORS if any(fnmatch.fnmatchcase(table_id, pattern) for pattern in one.patterns)
    ]
    assert len(found) <= 1, f"{table_id} has {len(found)} comparators"
    return found[0] if found else None


def compared_columns(table: Table, comparator: Comparator, within: Mapping[str, object]) -> list[str]:
    """Return the columns of a table that must be reproduced."""
    skipped = (*COMPARISON_ONLY, *comparator.not_compared)
    return [
        column
        for column in table.frame.columns
        if column not in comparator.key
        and (column in within or not any(fnmatch.fnmatchcase(column, pattern) for pattern in skipped))
    ]


def check(table: Table, comparator: Comparator) -> None:
    """Compare our values with theirs, cell by cell; fail with the first cells that differ."""
    given = comparator.function(table)
    ours = given if isinstance(given, Ours) else Ours(given)
    key = list(comparator.key)
    theirs = table.frame.astype(dict.fromkeys(key, "str"))
    mine = ours.frame.copy()
    extra = {f"{name} allowed": value for name, value in ours.within.items()}
    mine = mine.assign(**extra).astype(dict.fromkeys(key, "str"))
    assert not mine.duplicated(key).any(), f"{table.id}: our key is not unique"
    joined = theirs[key].merge(mine, on=key, how="outer", indicator=True)
    assert (joined["_merge"] == "both").all(), (
        f"{table.id}: rows differ\n{joined[joined['_merge'] != 'both'][key]}"
    )
    mine = mine.set_index(key).loc[theirs.set_index(key).index]
    columns = compared_columns(table, comparator, ours.within)
    assert columns, f"{table.id}: nothing is compared"
    missing = [column for column in columns if column not in mine.columns]
    assert not missing, f"{table.id}: we give no {missing}"
    for column in columns:
        if pd.api.types.is_numeric_dtype(theirs[column]):
            allowed = (
                mine[f"{column} allowed"].to_numpy(dtype="float64")
                if column in ours.within
                else table.tolerance * np.maximum(1.0, theirs[column].abs().to_numpy(dtype="float64"))
            )
            _compare(table.id, column, mine[column], theirs[column], allowed)
        else:
            texts = mine[column].astype("str").to_numpy() == theirs[column].astype("str").to_numpy()
            assert texts.all(), f"{table.id}, {column}: {mine[column][~texts]} for {theirs[column][~texts]}"


def _compare(table_id: str, column: str, mine: pd.Series, theirs: pd.Series, allowed: np.ndarray) -> None:
    ours, reference = mine.to_numpy(dtype="float64"), theirs.to_numpy(dtype="float64")
    with np.errstate(invalid="ignore"):
        far = np.abs(ours - reference) > allowed
    wrong = far | (np.isnan(ours) != np.isnan(reference))
    shown = [f"{mine.index[i]}: {ours[i]!r} for {reference[i]!r}" for i in np.flatnonzero(wrong)[:5]]
    assert not wrong.any(), f"{table_id}, {column}: {wrong.sum()} of {len(wrong)} differ: " + "; ".join(shown)
