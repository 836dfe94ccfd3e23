"""Rows that say the same twice, and rows that contradict one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from stakeholder_net._checks import problem
from stakeholder_net.errors import Problem
from stakeholder_net.records._headings import fold
from stakeholder_net.records.read import RawTable
from stakeholder_net.words import COUNTING_STATUSES, STATUSES

__all__ = ["join_repeats"]

# of two rows that say different things of one actor at one event, the one that says most counts
STATUS_ORDER = ("present", "remote", "delegate", "unknown", "announced", "absent")
# what makes two rows the same record; columns that a table does not have are left out
KEYS: dict[str, tuple[str, ...]] = {
    "attendance": ("event", "actor", "municipality", "tax_code", "date"),
    "events": ("event",),
    "collaborations": ("collaboration", "actor", "municipality", "tax_code", "role", "start"),
    "memberships": ("group", "actor", "municipality", "tax_code", "role", "start"),
    "register": ("name", "municipality", "tax_code"),
    "aliases": ("spelling", "only_in", "what"),
}


def join_repeats(
    frame: pd.DataFrame, raw: RawTable, people: pd.Series[int] | None
) -> tuple[pd.DataFrame, list[Problem]]:
    """Count a repeated row once; of rows that contradict one another keep the one that says most, and say so.

    Parameters
    ----------
    frame : pandas.DataFrame
        Clean rows with ``source_row``.
    raw : RawTable
        Where they come from.
    people : pandas.Series or None
        A number for each person, -1 where the cell is empty; heads of one body are counted in ``persons``.

    Returns
    -------
    frame, problems
        Rows that are left, and a note for each row that was joined to another. A second row for one event id that
        says something else, or a second meaning of one spelling, is set aside.
    """
    columns = [column for column in KEYS.get(raw.table, ()) if column in frame.columns]
    if not columns or frame.empty:
        return frame, []
    keys = pd.DataFrame({column: _folded(frame[column]) for column in columns})
    group = keys.groupby(columns, sort=False).ngroup().to_numpy()
    teller = _Teller(frame, raw, columns)
    if raw.table == "attendance":
        return _attendance(frame, group, people, teller), teller.faults
    first = _first_of(group)
    content = frame.drop(columns="source_row").astype("str").fillna("").to_numpy()
    again = [int(place) for place in np.flatnonzero(first != np.arange(len(frame)))]
    for place in again:
        other = int(first[place])
        if raw.table in ("events", "aliases") and (content[place] != content[other]).any():
            teller.tell("conflicting_rows", place, other, severity="set_aside", detail=teller.key)
        else:
            teller.tell("duplicate_row", place, other, key=teller.key)
    return frame.drop(index=again).reset_index(drop=True), teller.faults


def _folded(cells: pd.Series) -> np.ndarray:
    """Return a number for each cell, equal where the texts are once they are folded; each text is folded once."""
    codes, values = pd.factorize(cells)
    texts = [*map(fold, pd.Series(values).astype("str")), ""]  # the last is that of an empty cell
    return np.asarray(pd.factorize(np.array(texts, dtype=object))[0][codes])


def _first_of(group: np.ndarray) -> np.ndarray:
    """Return for each row the place of the first row of its group."""
    _, first, inverse = np.unique(group, return_index=True, return_inverse=True)
    return np.asarray(first[inverse])


def _attendance(
    frame: pd.DataFrame, group: np.ndarray, people: pd.Series[int] | None, teller: _Teller
) -> pd.DataFrame:
    """Join the rows of one body at one event; several persons of it are several heads, not a slip.

    What stays of a body is a row for each of its roles, with its strongest status, most hours and most persons.
    """
    status = frame["status"]
    person = pd.Series(-1, index=frame.index) if people is None else people
    rank = status.map({code: place for place, code in enumerate(STATUS_ORDER)})
    best = rank.groupby(group).transform("min")
    role = frame["role"].fillna("") if "role" in frame.columns else pd.Series("", index=frame.index)
    first_of_all = _first_of(
        pd.DataFrame({"group": group, "person": person}).groupby(["group", "person"]).ngroup().to_numpy()
    )
    first_same = _first_of(
        pd.DataFrame({"g": group, "p": person, "s": status, "r": role})
        .groupby(["g", "p", "s", "r"])
        .ngroup()
        .to_numpy()
    )
    rejoined = bool(teller.raw.shape)  # who left a video meeting and came back stands in it twice
    for place in np.flatnonzero((first_of_all != np.arange(len(frame))) & (not rejoined)):
        here, first, same = int(place), int(first_of_all[place]), int(first_same[place])
        if same != here:
            teller.tell("duplicate_row", here, same, key=teller.key)
        elif status.iloc[here] != status.iloc[first]:
            said = [STATUSES[status.iloc[spot]] for spot in (first, here)]
            teller.tell("conflicting_rows", here, first, detail=f"{said[0].it} / {said[1].it}")
    if people is not None and "persons" not in frame.columns:
        came = status.isin(COUNTING_STATUSES) & (person >= 0)
        heads = person[came].groupby(group[came]).nunique()
        frame = frame.assign(persons=heads.reindex(group).set_axis(frame.index).astype("Int64"))
    if "pseudonym" in frame.columns:
        came = status.isin(COUNTING_STATUSES)
        met = frame["pseudonym"][came].groupby(group[came]).agg(lambda texts: " ".join(sorted(set(texts))))
        frame = frame.assign(pseudonym=met.reindex(group).set_axis(frame.index).fillna(""))
    if rejoined and "hours" in frame.columns:
        frame = frame.assign(hours=frame["hours"].groupby([group, person]).transform("sum", min_count=1))
    for column in ("hours", "persons"):
        if column in frame.columns:
            frame = frame.assign(**{column: frame[column].groupby(group).transform("max")})
    strongest = frame[rank == best]
    return strongest[~pd.DataFrame({"g": group, "r": role})[rank == best].duplicated()].reset_index(drop=True)


class _Teller:
    """Says which row repeats or contradicts which."""

    def __init__(self, frame: pd.DataFrame, raw: RawTable, columns: Sequence[str]) -> None:
        self.frame, self.raw = frame, raw
        self.key = ", ".join(raw.headings.get(column, column) for column in columns)
        self.faults: list[Problem] = []

    def tell(self, code: str, place: int, first: int, *, severity: str = "note", **params: str) -> None:
        """Note that a row repeats or contradicts an earlier one."""
        rows = self.frame["source_row"]
        self.faults.append(
            problem(
                code,
                table=self.raw.table,
                file=self.raw.file,
                sheet=self.raw.sheet,
                row=int(rows.iloc[place]),
                severity=severity,
                first=str(rows.iloc[first]),
                sha256=self.raw.sha256,
                **params,
            )
        )
