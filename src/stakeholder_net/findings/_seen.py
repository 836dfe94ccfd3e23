"""When an actor was last on record: who stands only in old records may be no more."""

from __future__ import annotations

import pandas as pd

from stakeholder_net.network import StakeholderNetwork

__all__ = ["last_seen", "last_year"]


def last_seen(net: StakeholderNetwork) -> pd.Series:
    """Return the last day on which each actor is on record, in any event or tie; NaT where no record has a day."""
    seats, days = net.attendance, _day(net.events, "end", "start")
    pieces = [pd.Series(days.reindex(seats["event_id"]).to_numpy(), index=seats["actor_id"].to_numpy())]
    ties = net.ties
    said = _day(ties, "until", "since").to_numpy()
    pieces += [pd.Series(said, index=ties[end].to_numpy()) for end in ("source", "target")]
    told = pd.to_datetime(pd.concat(pieces).dropna())
    return told.groupby(level=0).max().reindex(net.actors.index)


def _day(table: pd.DataFrame, *columns: str) -> pd.Series:
    """Return the first of some dates that a row has; the table may have none of them."""
    found = pd.Series(pd.NaT, index=table.index, dtype="datetime64[ns]")
    for column in columns:
        if column in table.columns:
            found = found.fillna(pd.to_datetime(table[column]).astype("datetime64[ns]"))
    return found


def last_year(net: StakeholderNetwork) -> pd.Series:
    """Return the year of the last record of each actor that no register lists; NaN elsewhere."""
    years: pd.Series = last_seen(net).dt.year.astype("float64")
    return years.mask(net.actors["registered"].astype("bool"))
