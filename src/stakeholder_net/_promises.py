"""The promises of a network: its tables in their one form, or every fault of every table at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from stakeholder_net._checks import check_table, nearest_hint, problem
from stakeholder_net.errors import InvalidTablesError, OptionError, Problem
from stakeholder_net.words import CORE_TABLES, COUNTING_STATUSES, LAYERS, STATUSES, WEIGHT_MEANINGS, Column

__all__ = ["KEYS", "places", "promise", "sorted_by"]

KEYS = {"actors": "actor_id", "events": "event_id", "layers": "layer"}
_DEFAULTS: dict[str, dict[str, object]] = {
    "actors": {"registered": False},
    "events": {"layer": "attendance"},
    "attendance": {"role": "", "source": ""},
    "ties": {"evidence": "", "origin": ""},
    "layers": {"label": "", "kind": "", "unit": "", "derived_from": "", "weight_means": "strength"},
    "presence": {},
}


def promise(given: Mapping[str, pd.DataFrame | None]) -> dict[str, pd.DataFrame]:
    """Return the tables in their one form, or raise with every fault of every table."""
    frames = {table: _plain(frame, CORE_TABLES[table], table) for table, frame in given.items()}
    faults = [
        fault for table, frame in frames.items() for fault in check_table(frame, table, CORE_TABLES[table])
    ]
    if faults:
        raise InvalidTablesError(faults)
    frames = {table: _typed(frame, table) for table, frame in frames.items()}
    frames["layers"] = _all_cards(frames)
    faults = [*_unique_ids(frames), *_references(frames), *_closed_lists(frames), *_weights(frames)]
    if faults:
        raise InvalidTablesError(faults)
    frames["ties"] = _ordered_ties(frames)
    faults = _one_row_each(frames)
    if faults:
        raise InvalidTablesError(faults)
    frames["presence"] = _all_presence(frames)
    position = places(frames["actors"]["actor_id"])
    event_position = places(frames["events"]["event_id"])
    frames["attendance"] = sorted_by(frames["attendance"], event_id=event_position, actor_id=position)
    layer_position = places(frames["layers"]["layer"])
    frames["ties"] = sorted_by(frames["ties"], layer=layer_position, source=position, target=position)
    frames["presence"] = sorted_by(frames["presence"], layer=layer_position, actor_id=position)
    return {
        table: frame.set_index(KEYS[table]) if table in KEYS else frame for table, frame in frames.items()
    }


def _plain(frame: pd.DataFrame | None, columns: tuple[Column, ...], table: str) -> pd.DataFrame:
    if frame is None:
        return pd.DataFrame({column.name: pd.Series(dtype="str") for column in columns if column.required})
    if not isinstance(frame, pd.DataFrame):
        raise OptionError(f"{table}= must be a pandas DataFrame, not {type(frame).__name__}.")
    key = KEYS.get(table)
    plain = frame.reset_index() if key and key not in frame.columns and frame.index.name == key else frame
    return plain.reset_index(drop=True)


def _typed(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    out, columns, defaults = frame.copy(), CORE_TABLES[table], _DEFAULTS[table]
    for column in columns:
        default = defaults.get(column.name)
        if column.name not in out.columns:
            if default is None:
                continue
            out[column.name] = pd.Series([default] * len(out), dtype="object")
        out[column.name] = _cast(out[column.name], column.dtype, default)
    known = [column.name for column in columns if column.name in out.columns]
    return out[known + [name for name in out.columns if name not in known]]


def _cast(values: pd.Series, dtype: str, default: object) -> pd.Series:
    if dtype == "date":
        return pd.to_datetime(values, format="ISO8601").astype("datetime64[us]")
    if dtype == "number":
        return pd.to_numeric(values).astype("float64")
    if dtype == "integer":
        return pd.to_numeric(values).astype("Int64")
    if dtype == "flag":
        return values.astype("boolean").fillna(bool(default)).astype("bool")
    text = values.astype("str").str.strip() if dtype == "id" else values.astype("str")
    return text if default is None else text.fillna(str(default))


def _all_cards(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    cards = frames["layers"]
    used = [*frames["events"]["layer"], *frames["ties"]["layer"]]
    missing = [layer for layer in dict.fromkeys(used) if layer not in set(cards["layer"])]
    if missing:
        made = pd.DataFrame({"layer": missing, "directed": False})
        cards = pd.concat([cards, _typed(made, "layers")], ignore_index=True)
    two_mode = cards["layer"].isin(frames["events"]["layer"])
    out = cards.copy()
    out["derived_from"] = cards["derived_from"].mask(two_mode & (cards["derived_from"] == ""), "attendance")
    labels = cards["layer"].map(lambda layer: LAYERS.get(layer, (layer, layer))[0])
    out["label"] = cards["label"].mask(cards["label"] == "", labels).astype("str")
    return out


def _unique_ids(frames: Mapping[str, pd.DataFrame]) -> list[Problem]:
    faults = []
    for table, key in KEYS.items():
        ids = frames[table][key]
        twice = ids[ids.duplicated()]
        faults += [
            problem("duplicate_id", table=table, row=int(str(row)), column=key, value=value)
            for row, value in twice.items()
        ]
    pairs = frames["attendance"].duplicated(["actor_id", "event_id"])
    for row in np.flatnonzero(pairs.to_numpy()):
        line = frames["attendance"].iloc[row]
        faults.append(
            problem(
                "duplicate_id",
                table="attendance",
                row=int(row),
                column="actor_id, event_id",
                value=f"{line.actor_id}, {line.event_id}",
            )
        )
    return faults


_REFERENCES = (
    ("attendance", "actor_id", "actors", "actor_id"),
    ("attendance", "event_id", "events", "event_id"),
    ("ties", "source", "actors", "actor_id"),
    ("ties", "target", "actors", "actor_id"),
    ("presence", "actor_id", "actors", "actor_id"),
    ("presence", "layer", "layers", "layer"),
)


def _references(frames: Mapping[str, pd.DataFrame]) -> list[Problem]:
    faults = []
    for table, column, other, key in _REFERENCES:
        values = frames[table][column]
        known = frames[other][key]
        for row, value in values[~values.isin(known)].items():
            faults.append(
                problem(
                    "unknown_reference",
                    table=table,
                    row=int(str(row)),
                    column=column,
                    value=value,
                    other=other,
                    nearest=nearest_hint(value, known),
                )
            )
    same = frames["ties"]["source"] == frames["ties"]["target"]
    faults += [
        problem("self_tie", table="ties", row=int(row), value=frames["ties"]["source"].iloc[row])
        for row in np.flatnonzero(same.to_numpy())
    ]
    return faults


def _closed_lists(frames: Mapping[str, pd.DataFrame]) -> list[Problem]:
    faults = []
    for table, column, allowed in (
        ("attendance", "status", tuple(STATUSES)),
        ("layers", "weight_means", WEIGHT_MEANINGS),
    ):
        values = frames[table][column]
        for row, value in values[~values.isin(allowed)].items():
            faults.append(
                problem(
                    "bad_choice",
                    table=table,
                    row=int(str(row)),
                    column=column,
                    value=value,
                    allowed=", ".join(allowed),
                    nearest=nearest_hint(value, allowed),
                )
            )
    return faults


def _weights(frames: Mapping[str, pd.DataFrame]) -> list[Problem]:
    weights = frames["ties"]["weight"].to_numpy()
    bad = ~(np.isfinite(weights) & (weights > 0))
    return [
        problem("bad_weight", table="ties", row=int(row), column="weight", value=weights[row])
        for row in np.flatnonzero(bad)
    ]


def _ordered_ties(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Put each undirected pair in actor order."""
    ties = frames["ties"].copy()
    directed = frames["layers"].set_index("layer")["directed"]
    place = pd.Series(np.arange(len(frames["actors"])), index=frames["actors"]["actor_id"])
    turned = ~ties["layer"].map(directed).astype("bool").to_numpy() & (
        ties["source"].map(place).to_numpy() > ties["target"].map(place).to_numpy()
    )
    source, target = ties["source"], ties["target"]
    ties["source"], ties["target"] = source.mask(turned, target), target.mask(turned, source)
    return ties


def _one_row_each(frames: Mapping[str, pd.DataFrame]) -> list[Problem]:
    ties = frames["ties"]
    twice = ties.duplicated(["source", "target", "layer"])
    return [
        problem(
            "duplicate_tie",
            table="ties",
            row=int(row),
            value=f"{ties['source'].iloc[row]} - {ties['target'].iloc[row]} ({ties['layer'].iloc[row]})",
        )
        for row in np.flatnonzero(twice.to_numpy())
    ]


def _all_presence(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Add to the presence that was declared whoever has a tie in a layer or came to one of its events."""
    ties, attendance, events = frames["ties"], frames["attendance"], frames["events"]
    layer_of = events.set_index("event_id")["layer"]
    came = attendance[attendance["status"].isin(COUNTING_STATUSES)]
    pieces = [
        frames["presence"][["actor_id", "layer"]],
        ties[["source", "layer"]].set_axis(["actor_id", "layer"], axis=1),
        ties[["target", "layer"]].set_axis(["actor_id", "layer"], axis=1),
        pd.DataFrame({"actor_id": came["actor_id"], "layer": came["event_id"].map(layer_of)}),
    ]
    return pd.concat(pieces, ignore_index=True).astype("str").drop_duplicates()


def places(values: Iterable[str]) -> dict[str, int]:
    return {value: place for place, value in enumerate(dict.fromkeys(values))}


def sorted_by(frame: pd.DataFrame, **orders: Mapping[str, int]) -> pd.DataFrame:
    keys = [frame[column].map(order).to_numpy() for column, order in orders.items()]
    return frame.iloc[np.lexsort(keys[::-1])].reset_index(drop=True)
