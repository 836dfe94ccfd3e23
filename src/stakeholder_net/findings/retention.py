"""Who is new, who comes back, who stopped coming."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from stakeholder_net.findings._frame import as_finding, check_language, need
from stakeholder_net.findings._say import actor_label, listed, percent, phrase, sources_of
from stakeholder_net.layers import incidence
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import COUNTING_STATUSES, Language

__all__ = ["attendance_histories", "retention"]

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "first": (
        "{name}: {n} presenti, tutti nuovi (primo evento).",
        "{name}: {n} present, all new (first event).",
    ),
    "later": (
        (
            "{name}: {n} presenti, di cui nuovi {new}, già visti {back}; dei presenti al precedente "
            "({before}) torna il {share}."
        ),
        (
            "{name}: {n} present, {new} new and {back} seen before; of those at the event before ({before}) "
            "{share} came back."
        ),
    ),
    "after_none": (
        "{name}: {n} presenti, di cui nuovi {new}, già visti {back}.",
        "{name}: {n} present, {new} new and {back} seen before.",
    ),
    "empty": ("{name}: nessun presente.", "{name}: nobody present."),
    "gone": (" Ultima presenza per {k}: {names}.", " Last seen here: {k} ({names})."),
    "once": (
        "{name}: una sola presenza ({first}), poi {missed} eventi senza tornare.",
        "{name}: came once ({first}), then missed {missed} events.",
    ),
    "lapsed": (
        "{name}: {times} presenze, l'ultima a {last}; da allora {missed} eventi senza tornare.",
        "{name}: came {times} times, last at {last}; has missed {missed} events since.",
    ),
    "new": ("{name}: nuovo, visto per la prima volta a {first}.", "{name}: new, first seen at {first}."),
    "returning": (
        "{name}: {times} presenze, l'ultima a {last}.",
        "{name}: came {times} times, last at {last}.",
    ),
}


def _timeline(net: StakeholderNetwork, layer: str) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the dated events of a layer in order of time, and who was at each (actors x events)."""
    events = net.events
    events = events[events["layer"] == layer]
    seats = incidence(net, layer).toarray() > 0
    start = events["start"] if "start" in events.columns else pd.Series(pd.NaT, index=events.index)
    dated = start.notna().to_numpy()
    need(
        bool(dated.any()),
        f"No event of the layer '{layer}' has a date.",
        "Fill in the column 'start' (data).",
    )
    order = np.flatnonzero(dated)[np.argsort(start[dated].to_numpy(), kind="stable")]
    return events.iloc[order], seats[:, order]


def retention(
    net: StakeholderNetwork, *, layer: str = "attendance", language: Language = "it"
) -> pd.DataFrame:
    """Do those who come once come back, event by event?

    Reads as: "of the nine at the first table one came to the second". The last events are censored: who was last seen
    there may yet return.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with dated events; events without a date are left out and counted in ``.attrs["undated"]``.
    layer : str
        The layer with events.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row a dated event, in order of time. ``new`` never seen before, ``returning`` seen before,
        ``lapsed`` seen before and not here, ``retention`` the share of the previous event that is here again,
        ``jaccard`` with the previous event (both NaN where the previous event had nobody, and at the first),
        ``last_seen`` actors whose last presence this is. ``actors`` are the new ones; ``score`` is their number.

    Raises
    ------
    OptionError
        When no event has a date.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": list("ab"), "name": list("AB"), "kind": "ets_odv"}),
    ...     events=pd.DataFrame({"event_id": ["E1", "E2"], "name": ["Uno", "Due"], "kind": "table",
    ...                          "start": ["2021-09-03", "2021-10-01"]}),
    ...     attendance=pd.DataFrame({"actor_id": list("aab"), "event_id": ["E1", "E2", "E2"], "status": "present"}))
    >>> retention(net)[["event_id", "new", "returning", "retention"]]
      event_id  new  returning  retention
    0       E1    1          0        NaN
    1       E2    1          1        1.0
    """
    check_language(language)
    events, seats = _timeline(net, layer)
    actors, ids = net.actors, net.actors.index
    before = np.cumsum(seats, axis=1) - seats > 0
    after = np.cumsum(seats[:, ::-1], axis=1)[:, ::-1] - seats > 0
    sources = _sources_by_event(net)
    rows: list[dict[str, Any]] = []
    for place, (event, name) in enumerate(zip(events.index, events["name"], strict=True)):
        here, seen = seats[:, place], before[:, place]
        previous = seats[:, place - 1] if place else np.zeros(len(ids), dtype=bool)
        kept, either = int((here & previous).sum()), int((here | previous).sum())
        new, gone = ids[here & ~seen], ids[here & ~after[:, place]]
        last = place == len(events) - 1
        facts = {
            "event_id": event, "start": events["start"].iloc[place], "n": int(here.sum()), "new": len(new),
            "returning": int((here & seen).sum()), "lapsed": int((~here & seen).sum()),
            "retention": kept / previous.sum() if previous.any() else np.nan,
            "jaccard": kept / either if place and either else np.nan, "last_seen": len(gone),
        }  # fmt: skip
        key = (
            "empty"
            if not here.any()
            else "first"
            if not place
            else "later"
            if previous.any()
            else "after_none"
        )
        why = phrase(
            _SENTENCES, key, language, name=name, n=facts["n"], new=len(new), back=facts["returning"],
            before=int(previous.sum()), share=percent(facts["retention"], language),
        )  # fmt: skip
        if len(gone) and not last:
            names = listed(actor_label(actors, gone), language)
            why += phrase(_SENTENCES, "gone", language, k=len(gone), names=names)
        rows.append({
            "finding": "retention", "actors": tuple(new), "score": float(len(new)), "why": why,
            "evidence": sources_of(sources.get(event, ())), **facts,
        })  # fmt: skip
    columns = ["event_id", "start", "n", "new", "returning", "lapsed", "retention", "jaccard", "last_seen"]
    out = as_finding(rows, columns)
    out.attrs["undated"] = int((net.events["layer"] == layer).sum()) - len(events)
    return out


def _sources_by_event(net: StakeholderNetwork) -> dict[str, tuple[str, ...]]:
    rows = net.attendance
    rows = rows[rows["status"].isin(COUNTING_STATUSES)]
    return {str(event): tuple(group) for event, group in rows.groupby("event_id")["source"]}


def attendance_histories(
    net: StakeholderNetwork, *, layer: str = "attendance", away: int = 2, language: Language = "it"
) -> pd.DataFrame:
    """Who came once, who stopped coming, who is new and who keeps coming?

    Parameters
    ----------
    net : StakeholderNetwork
        Network with dated events.
    layer : str
        The layer with events.
    away : int
        How many events in a row, up to the last one, make an absence.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row an actor that ever came, those to call back first. ``status``: ``lapsed`` (came more than once, then
        missed the last `away` events or more), ``once`` (came once, then missed as many), ``new`` (first seen in the
        last `away` events), ``returning``. ``score``: presences lost, that is times it came if it is away, else 0.
        Who came only lately may yet return: it is never called lapsed.

    Raises
    ------
    OptionError
        When no event has a date or `away` is below 1.
    """
    check_language(language)
    need(away >= 1, f"away={away} must be at least 1.")
    events, seats = _timeline(net, layer)
    came = seats.any(axis=1)
    first, last = seats.argmax(axis=1), seats.shape[1] - 1 - seats[:, ::-1].argmax(axis=1)
    times, missed = seats.sum(axis=1), seats.shape[1] - 1 - last
    status = np.select(
        [~came, (missed >= away) & (times == 1), missed >= away, (seats.shape[1] - first <= away) & (first > 0)],
        ["", "once", "lapsed", "new"], "returning",
    )  # fmt: skip
    names, starts, where = list(events["name"]), list(events.index), _sources_by_actor(net, events.index)
    label = actor_label(net.actors, net.actors.index)
    rows: list[dict[str, Any]] = []
    for place in np.flatnonzero(came):
        actor, state = str(net.actors.index[int(place)]), str(status[place])
        why = phrase(
            _SENTENCES, state, language, name=label[place], times=times[place], missed=missed[place],
            first=names[first[place]], last=names[last[place]],
        )  # fmt: skip
        rows.append({
            "finding": "attendance_histories", "actors": (actor,),
            "score": float(times[place]) if state in ("once", "lapsed") else 0.0, "why": why,
            "evidence": sources_of(where.get(actor, ())), "actor_id": actor, "status": state, "n": len(events),
            "times": int(times[place]), "missed": int(missed[place]), "first": str(starts[first[place]]),
            "last": str(starts[last[place]]),
        })  # fmt: skip
    order = {"lapsed": 0, "once": 1, "new": 2, "returning": 3}
    rows.sort(key=lambda row: (order[row["status"]], -row["score"], row["actor_id"]))
    return as_finding(rows, ["status", "actor_id", "n", "times", "missed", "first", "last"])


def _sources_by_actor(net: StakeholderNetwork, events: pd.Index) -> dict[str, tuple[str, ...]]:
    rows = net.attendance
    rows = rows[rows["status"].isin(COUNTING_STATUSES) & rows["event_id"].isin(events)]
    return {str(actor): tuple(group) for actor, group in rows.groupby("actor_id")["source"]}
