"""The promises of a network: its tables in their one form, or every fault of every table at once."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from stakeholder_net._checks import check_table, nearest_hint, problem
from stakeholder_net._codes import codes_of
from stakeholder_net.errors import InvalidTablesError, OptionError, Problem
from stakeholder_net.words import CORE_TABLES, COUNTING_STATUSES, LAYERS, STATUSES, WEIGHT_MEANINGS, Column

__all__ = ["KEYS", "of_layers", "promise", "with_derived_ties", "with_presence"]

KEYS = {"actors": "actor_id", "events": "event_id", "layers": "layer"}
# Questionnaires and incident records write "how often" in so many classes, and 1 is as often the most as the least.
FEWEST_CLASSES, MOST_CLASSES = 3, 7
_DEFAULTS: dict[str, dict[str, object]] = {
    "actors": {"registered": False},
    "events": {"layer": "attendance"},
    "attendance": {"role": "", "source": ""},
    "ties": {"evidence": "", "origin": ""},
    "layers": {"label": "", "kind": "", "unit": "", "derived_from": "", "weight_means": ""},
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
    actors, events = frames["actors"]["actor_id"], frames["events"]["event_id"]
    frames["ties"] = _ordered_ties(frames)
    frames["presence"] = _all_presence(frames)
    frames["attendance"] = sorted_by(frames["attendance"], event_id=events, actor_id=actors)
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
            out[column.name] = pd.Series([default]).repeat(len(out)).array
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
    if isinstance(values.dtype, pd.StringDtype) and dtype != "id":
        return values if default is None or not values.hasnans else values.fillna(str(default))
    text = values.astype("str").str.strip() if dtype == "id" else values.astype("str")
    return text if default is None else text.fillna(str(default))


def _all_cards(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    cards = frames["layers"]
    used = [*frames["events"]["layer"].unique(), *frames["ties"]["layer"].unique()]
    known = set(cards["layer"])
    missing = [layer for layer in dict.fromkeys(used) if layer not in known]
    if missing:
        made = pd.DataFrame({"layer": missing, "directed": False})
        cards = pd.concat([cards, _typed(made, "layers")], ignore_index=True)
    two_mode = cards["layer"].isin(frames["events"]["layer"])
    out = cards.copy()
    out["derived_from"] = cards["derived_from"].mask(two_mode & (cards["derived_from"] == ""), "attendance")
    labels = cards["layer"].map(lambda layer: LAYERS.get(layer, (layer, layer))[0])
    out["label"] = cards["label"].mask(cards["label"] == "", labels).astype("str")
    ties = frames["ties"]
    for row in np.flatnonzero((cards["weight_means"] == "").to_numpy()):
        weights = ties["weight"][ties["layer"] == cards["layer"].iloc[row]].to_numpy()
        out.loc[row, "weight_means"] = "unknown" if _look_like_classes(weights) else "strength"
    return out


def _look_like_classes(weights: np.ndarray) -> bool:
    """Return whether weights are every whole number from 1 to a small one, as ranks and classes of frequency are."""
    values = np.unique(weights)
    return FEWEST_CLASSES <= len(values) <= MOST_CLASSES and np.array_equal(
        values, np.arange(1, len(values) + 1)
    )


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
        for row in np.flatnonzero(codes_of(values, known) < 0):
            value = values.iloc[row]
            faults.append(
                problem(
                    "unknown_reference",
                    table=table,
                    row=int(row),
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
    """Put each undirected pair in actor order, and the rows in the order of layers and actors."""
    ties, cards = frames["ties"], frames["layers"]
    layer = codes_of(ties["layer"], cards["layer"])
    first, second = (codes_of(ties[end], frames["actors"]["actor_id"]) for end in ("source", "target"))
    turned = ~cards["directed"].to_numpy(dtype="bool")[layer] & (first > second)
    if turned.any():
        source, target = ties["source"], ties["target"]
        ties = ties.assign(source=source.mask(turned, target), target=target.mask(turned, source))
        first, second = np.where(turned, second, first), np.where(turned, first, second)
    order = order_of(layer, first, second)
    again = np.logical_and.reduce([np.diff(key[order]) == 0 for key in (layer, first, second)])
    if again.any():
        raise InvalidTablesError(_twice(ties, np.sort(order[1:][again])))
    return ties.take(order).reset_index(drop=True)


def _twice(ties: pd.DataFrame, rows: np.ndarray) -> list[Problem]:
    return [
        problem(
            "duplicate_tie",
            table="ties",
            row=int(row),
            value=f"{ties['source'].iloc[row]} - {ties['target'].iloc[row]} ({ties['layer'].iloc[row]})",
        )
        for row in rows
    ]


def _all_presence(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Add to the presence that was declared whoever has a tie in a layer or came to one of its events."""
    ties, attendance, events = frames["ties"], frames["attendance"], frames["events"]
    actors, layers = frames["actors"]["actor_id"], frames["layers"]["layer"]
    came = attendance[attendance["status"].isin(COUNTING_STATUSES)]
    of_event = codes_of(events["layer"], layers)
    known, tied = frames["presence"], codes_of(ties["layer"], layers)
    pieces = [
        (codes_of(known["actor_id"], actors), codes_of(known["layer"], layers)),
        (codes_of(ties["source"], actors), tied),
        (codes_of(ties["target"], actors), tied),
        (codes_of(came["actor_id"], actors), of_event[codes_of(came["event_id"], events["event_id"])]),
    ]
    there = np.zeros((len(layers), len(actors)), dtype="bool")
    for actor, layer in pieces:
        there[layer, actor] = True
    return _presence(np.flatnonzero(there), actors, layers)


def _presence(found: np.ndarray, actors: pd.Series, layers: pd.Series) -> pd.DataFrame:
    """Return the table of numbers that stand for a layer and an actor."""
    layer, actor = np.divmod(found, max(len(actors), 1))
    return pd.DataFrame({"actor_id": actors.take(actor).array, "layer": layers.take(layer).array})


def with_derived_ties(
    old: pd.DataFrame, new: pd.DataFrame, layer: str, layers: Sequence[str]
) -> pd.DataFrame:
    """Return the ties with those of one layer replaced by rows that are in order and right already."""
    made = _typed(new.assign(layer=pd.array([layer], dtype="str").repeat(len(new))), "ties")
    place = list(layers).index(layer)
    of_layer = codes_of(old["layer"], layers)
    columns = [*old.columns, *(name for name in made.columns if name not in old.columns)]
    known = [column.name for column in CORE_TABLES["ties"] if column.name in columns]
    pieces = [piece for piece in (old[of_layer < place], made, old[of_layer > place]) if len(piece)]
    whole = pd.concat(pieces, ignore_index=True) if pieces else made
    whole = whole.reindex(columns=known + [name for name in columns if name not in known])
    # a column that only one piece has comes out of the joining as another type
    whole_numbers = [c.name for c in CORE_TABLES["ties"] if c.dtype == "integer" and c.name in whole.columns]
    return whole.astype(dict.fromkeys(whole_numbers, "Int64"))


def with_presence(
    old: pd.DataFrame, ties: pd.DataFrame, layer: str, actors: pd.Index, layers: Sequence[str]
) -> pd.DataFrame:
    """Return the presence with the ends of some ties added to one layer."""
    tied = np.zeros(len(actors), dtype="bool")
    for end in ("source", "target"):
        tied[codes_of(ties[end], actors)] = True
    added = list(layers).index(layer) * len(actors) + np.flatnonzero(tied)
    held = codes_of(old["layer"], layers) * len(actors) + codes_of(old["actor_id"], actors)
    return _presence(np.union1d(held, added), actors.to_series(), pd.Series(list(layers), dtype="str"))


def of_layers(frame: pd.DataFrame, wanted: Sequence[str], layers: Sequence[str]) -> pd.DataFrame:
    """Return the rows of some layers, in the order wanted; they lie together, in the order of the cards."""
    names, place = frame["layer"].array, {layer: n for n, layer in enumerate(layers)}

    def begin(n: int) -> int:
        return bisect.bisect_left(range(len(frame)), n, key=lambda row: place[names[row]])

    pieces = [frame.iloc[begin(place[layer]) : begin(place[layer] + 1)] for layer in wanted]
    return pd.concat(pieces, ignore_index=True) if pieces else frame.iloc[:0]


def sorted_by(frame: pd.DataFrame, **orders: Iterable[str]) -> pd.DataFrame:
    """Return the rows in the order in which the values of some columns stand in other tables."""
    order = order_of(*(codes_of(frame[column], known) for column, known in orders.items()))
    return frame.take(order).reset_index(drop=True)


def order_of(*keys: np.ndarray) -> np.ndarray:
    """Return the places of rows sorted by numbers, the first key the coarsest; what is in order is only looked at."""
    tied = np.ones(max(len(keys[0]) - 1, 0), dtype="bool")
    in_order = np.ones_like(tied)
    for key in keys:
        step = np.diff(key)
        in_order &= ~tied | (step >= 0)
        tied &= step == 0
    return np.arange(len(keys[0])) if in_order.all() else np.lexsort(keys[::-1])
