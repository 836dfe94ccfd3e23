"""Who was where, for how long, and how long ago: attendance as sparse tables."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from stakeholder_net._checks import problem, unknown_name
from stakeholder_net._codes import codes_of
from stakeholder_net.errors import InvalidTablesError, StakeholderNetWarning
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import COUNTING_STATUSES, STATUSES

__all__ = ["decay_of", "event_dates", "hour_table", "incidence", "seat_shares", "two_mode_layers"]


def two_mode_layers(net: StakeholderNetwork) -> tuple[str, ...]:
    """Return the layers that have events, in the order of their cards.

    Parameters
    ----------
    net : StakeholderNetwork
        Any network.

    Returns
    -------
    tuple of str
        Names of the layers from which ties can be derived.
    """
    used = set(net.events["layer"])
    return tuple(name for name in net.layer_names if name in used)


def incidence(
    net: StakeholderNetwork, layer: str = "attendance", *, counts: Sequence[str] = COUNTING_STATUSES
) -> sparse.csr_array:
    """Return who was at which event, as a sparse 0/1 matrix.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with events in `layer`.
    layer : str
        A two-mode layer.
    counts : sequence of str
        Statuses that count as having taken part.

    Returns
    -------
    scipy.sparse.csr_array of float64, shape (n_actors, n_events of the layer)
        Rows in the order of ``net.actors``, columns in the order of the layer's events in ``net.events``.

    Raises
    ------
    UnknownNameError
        When the layer does not exist or has no events, or a status is unknown.
    """
    _, actor, event, shape = _placed(net, layer, counts)
    return sparse.csr_array((np.ones(len(actor)), (actor, event)), shape=shape)


def counted(
    net: StakeholderNetwork, layer: str, counts: Sequence[str]
) -> tuple[pd.DataFrame, tuple[int, int]]:
    """Return the attendance of a layer that counts, with the places of actor and event, and how many there are."""
    counting, actor, event, shape = _placed(net, layer, counts)
    attendance = net.attendance
    rows = attendance if counting.all() else attendance[counting]
    return rows.assign(actor=actor, event=event), shape


def _placed(
    net: StakeholderNetwork, layer: str, counts: Sequence[str]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, tuple[int, int]]:
    """Return which attendance counts, its places of actor and event, and how many there are."""
    if layer not in two_mode_layers(net):
        what = "layer with events" if layer in net.layer_names else "layer"
        raise unknown_name(what, layer, two_mode_layers(net))
    for status in counts:
        if status not in STATUSES:
            raise unknown_name("status", status, STATUSES)
    events = net.events
    columns = events.index[events["layer"] == layer]
    attendance = net.attendance
    event = codes_of(attendance["event_id"], columns)
    counting = attendance["status"].isin(counts).to_numpy(dtype="bool") & (event >= 0)
    actor = codes_of(attendance["actor_id"], net.actors.index)
    return counting, actor[counting], event[counting], (net.n_actors, len(columns))


def event_dates(net: StakeholderNetwork, layer: str) -> pd.DataFrame:
    """Return first and last day of the events of a layer; one stands for the other where only one is known."""
    events = net.events
    events = events[events["layer"] == layer]
    none = pd.Series(pd.NaT, index=events.index, dtype="datetime64[us]")
    start = events["start"] if "start" in events.columns else none
    end = events["end"] if "end" in events.columns else none
    return pd.DataFrame({"start": start.fillna(end), "end": end.fillna(start)})


def decay_of(net: StakeholderNetwork, layer: str, half_life: float, as_of: pd.Timestamp) -> np.ndarray:
    """Return what the events of a layer still count, or refuse those that are yet to come or have no date."""
    dates = event_dates(net, layer)
    place = net.events.index.get_indexer(dates.index)
    faults = [
        problem(
            "undated_event", table="events", row=int(place[row]), column="start", value=dates.index[int(row)]
        )
        for row in np.flatnonzero(dates["start"].isna().to_numpy())
    ]
    faults += [
        problem(
            "future_event",
            table="events",
            row=int(place[row]),
            column="start",
            value=f"{dates['start'].iloc[row]:%Y-%m-%d}",
            as_of=f"{as_of:%Y-%m-%d}",
        )
        for row in np.flatnonzero((dates["start"] > as_of).to_numpy())
    ]
    if faults:
        raise InvalidTablesError(faults)
    days = (as_of - dates["end"]).dt.days.clip(lower=0).to_numpy(dtype="float64")
    return np.asarray(np.exp2(-days / half_life))


def seat_shares(
    net: StakeholderNetwork, layer: str, counts: Sequence[str], roles: Mapping[str, float], *, hours: bool
) -> sparse.csr_array:
    """Return what each attendance counts: the weight of its role times the share of the event's hours."""
    rows, shape = counted(net, layer, counts)
    value = rows["role"].map(dict(roles)).fillna(1.0).to_numpy(dtype="float64")
    if hours:
        value = value * hour_shares(net, rows)
    return sparse.csr_array((value, (rows["actor"], rows["event"])), shape=shape)


def hour_shares(net: StakeholderNetwork, rows: pd.DataFrame) -> np.ndarray:
    here, longest = hours_of(net, rows)
    too_much, none = here > longest, here <= 0
    faults = [
        problem(
            "bad_hours",
            table="attendance",
            row=int(row),
            column="hours",
            value=here[row],
            most=f"{longest[row]:g}",
        )
        for row in rows.index[too_much | none]
    ]
    if faults:
        raise InvalidTablesError(faults)
    if missing := int(here.isna().sum()):
        warnings.warn(
            f"{missing} of {len(rows)} attendances have no hours and count as the full event.",
            StakeholderNetWarning,
            stacklevel=4,
        )
    return (here / longest).fillna(1.0).to_numpy(dtype="float64")


def hours_of(net: StakeholderNetwork, rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the hours of each attendance and those of its event: as its table says, else the longest attendance."""
    here = rows["hours"] if "hours" in rows.columns else pd.Series(np.nan, index=rows.index)
    longest = here.groupby(rows["event_id"]).transform("max")
    events = net.events
    if "hours" in events.columns:
        longest = pd.to_numeric(rows["event_id"].map(events["hours"])).astype("float64").fillna(longest)
    return here, longest


def hour_table(net: StakeholderNetwork, layer: str, counts: Sequence[str]) -> sparse.csr_array | None:
    """Return how many hours each actor spent at each event of a layer; None where no hours are known.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with events in `layer`.
    layer : str
        A two-mode layer.
    counts : sequence of str
        Statuses that count as having taken part.

    Returns
    -------
    scipy.sparse.csr_array of float64, shape (n_actors, n_events of the layer), or None
        Attendance without hours counts as the full event, 0 where that is not known either.
    """
    rows, shape = counted(net, layer, counts)
    here, longest = hours_of(net, rows)
    known = here.fillna(longest)
    if known.isna().all():
        return None
    return sparse.csr_array((known.fillna(0.0).to_numpy(), (rows["actor"], rows["event"])), shape=shape)
