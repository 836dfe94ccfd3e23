"""The promises of a network: its tables in their one form, or every fault of every table at once."""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from stakeholder_net._checks import check_table, nearest_hint, problem
from stakeholder_net._codes import Texts, codes_of, repeated
from stakeholder_net.errors import InvalidTablesError, OptionError, Problem
from stakeholder_net.words import CORE_TABLES, COUNTING_STATUSES, LAYERS, STATUSES, WEIGHT_MEANINGS

__all__ = ["KEYS", "Ends", "of_layers", "promise", "rows_of_layers", "with_derived_ties", "with_presence"]

KEYS = {"actors": "actor_id", "events": "event_id", "layers": "layer"}
# Questionnaires and incident records write "how often" in so many classes, and 1 is as often the most as the least.
FEWEST_CLASSES, MOST_CLASSES = 3, 7
_Places = Mapping[tuple[str, str], np.ndarray]
"""Of a table and its column, where each row's word stands in the table that it refers to."""
_DEFAULTS: dict[str, dict[str, object]] = {
    "actors": {"registered": False},
    "events": {"layer": "attendance"},
    "attendance": {"role": "", "source": ""},
    "ties": {"evidence": "", "origin": ""},
    "layers": {"label": "", "kind": "", "unit": "", "derived_from": "", "weight_means": ""},
    "presence": {},
}


Ends = tuple[np.ndarray, np.ndarray]
"""Where the two ends of every tie stand among the actors."""


def promise(given: Mapping[str, pd.DataFrame | None]) -> tuple[dict[str, pd.DataFrame], Ends]:
    """Return the tables in their one form and the ends of the ties, or raise with every fault of every table."""
    plain = {table: _plain(frame, table) for table, frame in given.items() if frame is not None}
    looked = {table: _texts_of(frame, table) for table, frame in plain.items()}
    faults = [
        fault
        for table, frame in plain.items()
        for fault in check_table(frame, table, CORE_TABLES[table], looked[table])
    ]
    if faults:
        raise InvalidTablesError(faults)
    looked = {table: _stripped_ids(texts, table) for table, texts in looked.items()}
    made = {
        table: (_typed(frame.copy(), table, _columns(looked[table])), looked[table])
        for table, frame in plain.items()
    }
    tables = {table: made.get(table) or _nothing(table) for table in given}
    frames = {table: frame for table, (frame, _) in tables.items()}
    texts = {table: said for table, (_, said) in tables.items()}
    frames["layers"] = _all_cards(frames)
    places = {
        (table, column): texts[table][column].places(frames[other][key])
        for table, column, other, key in _REFERENCES
    }
    faults = [
        *_unique_ids(frames), *_references(frames, places), *_closed_lists(frames, texts), *_weights(frames)
    ]  # fmt: skip
    if faults:
        raise InvalidTablesError(faults)
    frames["presence"] = _all_presence(frames, places)
    frames["ties"], ends = _ordered_ties(frames, places)
    frames["attendance"] = _ordered_attendance(frames, places)
    return {
        table: frame.set_index(KEYS[table]) if table in KEYS else frame for table, frame in frames.items()
    }, ends


@lru_cache
def _nothing(table: str) -> tuple[pd.DataFrame, dict[str, Texts]]:
    """Return a table that was not given: none of its rows, which need no look."""
    required = [column.name for column in CORE_TABLES[table] if column.required]
    empty = pd.DataFrame({name: pd.Series(dtype="str") for name in required})
    texts = _texts_of(empty, table)
    return _typed(empty, table, _columns(texts)), texts


def _plain(frame: object, table: str) -> pd.DataFrame:
    if not isinstance(frame, pd.DataFrame):
        raise OptionError(f"{table}= must be a pandas DataFrame, not {type(frame).__name__}.")
    key = KEYS.get(table)
    plain = frame.reset_index() if key and key not in frame.columns and frame.index.name == key else frame
    return plain.reset_index(drop=True)


def _texts_of(frame: pd.DataFrame, table: str) -> dict[str, Texts]:
    """Look through the columns that say the same again and again."""
    return {name: Texts.of(frame[name]) for name in _LONG.get(table, ()) if name in frame.columns}


def _stripped_ids(texts: Mapping[str, Texts], table: str) -> dict[str, Texts]:
    ids = {column.name for column in CORE_TABLES[table] if column.dtype == "id"}
    return {name: text.stripped() if name in ids else text for name, text in texts.items()}


def _columns(texts: Mapping[str, Texts]) -> dict[str, pd.Series]:
    return {name: text.column for name, text in texts.items()}


def _typed(frame: pd.DataFrame, table: str, right: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Return a table with the types of its columns and what is usual; some columns are right already."""
    out, columns, defaults = frame.copy(deep=False), CORE_TABLES[table], _DEFAULTS[table]
    for column in columns:
        default = defaults.get(column.name)
        if column.name not in out.columns:
            if default is None:
                continue
            one = (
                repeated(default, len(out))
                if isinstance(default, str)
                else np.repeat(bool(default), len(out))
            )
            out[column.name] = pd.Series(one)
        elif column.name in right:
            out[column.name] = right[column.name]
        else:
            out[column.name] = _cast(out[column.name], column.dtype, default)
    known = [column.name for column in columns if column.name in out.columns]
    ordered = known + [name for name in out.columns if name not in known]
    return out if ordered == list(out.columns) else out[ordered]


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
        cards = pd.concat([cards, _typed(made, "layers", {})], ignore_index=True)
    two_mode, layers = set(frames["events"]["layer"]), cards["layer"].tolist()
    filled = {
        "derived_from": ["attendance" if layer in two_mode else "" for layer in layers],
        "label": [LAYERS.get(layer, (layer, layer))[0] for layer in layers],
        "weight_means": [
            said or _meaning(frames["ties"], layer)
            for layer, said in zip(layers, cards["weight_means"], strict=True)
        ],
    }
    for name, words in filled.items():
        said = [was or word for was, word in zip(cards[name], words, strict=True)]
        cards = cards.assign(**{name: pd.Series(said, cards.index, dtype="str")})
    return cards


def _meaning(ties: pd.DataFrame, layer: str) -> str:
    """Return what the weights of a layer mean where its card does not say."""
    weights = ties["weight"][ties["layer"] == layer].to_numpy()
    return "unknown" if _look_like_classes(weights) else "strength"


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


_LONG = {
    "attendance": ("actor_id", "event_id", "status"),
    "ties": ("source", "target", "layer"),
    "presence": ("actor_id", "layer"),
}
_REFERENCES = (
    ("attendance", "actor_id", "actors", "actor_id"),
    ("attendance", "event_id", "events", "event_id"),
    ("ties", "source", "actors", "actor_id"),
    ("ties", "target", "actors", "actor_id"),
    ("ties", "layer", "layers", "layer"),
    ("presence", "actor_id", "actors", "actor_id"),
    ("presence", "layer", "layers", "layer"),
)


def _references(frames: Mapping[str, pd.DataFrame], places: _Places) -> list[Problem]:
    faults = []
    for table, column, other, key in _REFERENCES:
        known = frames[other][key]
        for row in np.flatnonzero(places[table, column] < 0):
            value = frames[table][column].iloc[row]
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
    source, target = frames["ties"]["source"], frames["ties"]["target"]
    faults += [
        problem("self_tie", table="ties", row=int(row), value=source.iloc[row])
        for row in np.flatnonzero(places["ties", "source"] == places["ties", "target"])
        if source.iloc[row] == target.iloc[row]  # two who are not known have the same place
    ]
    return faults


def _closed_lists(
    frames: Mapping[str, pd.DataFrame], texts: Mapping[str, Mapping[str, Texts]]
) -> list[Problem]:
    status, means = texts["attendance"]["status"], frames["layers"]["weight_means"]
    strange = ~status.said.isin(tuple(STATUSES)).to_numpy()
    faults = []
    for table, values, allowed in (
        ("attendance", status.column.iloc[status.rows(strange)], tuple(STATUSES)),
        ("layers", means[~means.isin(WEIGHT_MEANINGS)], WEIGHT_MEANINGS),
    ):
        for row, value in values.items():
            faults.append(
                problem(
                    "bad_choice",
                    table=table,
                    row=int(str(row)),
                    column=str(values.name),
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


def _ordered_ties(frames: Mapping[str, pd.DataFrame], places: _Places) -> tuple[pd.DataFrame, Ends]:
    """Put each undirected pair in actor order, and the rows in the order of layers and actors."""
    ties, cards = frames["ties"], frames["layers"]
    layer, first, second = (places["ties", column] for column in ("layer", "source", "target"))
    turned = ~cards["directed"].to_numpy(dtype="bool")[layer] & (first > second)
    if turned.any():
        source, target = ties["source"], ties["target"]
        ties = ties.assign(source=source.mask(turned, target), target=target.mask(turned, source))
        first, second = np.where(turned, second, first), np.where(turned, first, second)
    order, key = _order(_joined((layer, first, second), (len(cards), *[len(frames["actors"])] * 2)))
    again = np.flatnonzero(key[1:] == key[:-1]) + 1
    if len(again):
        raise InvalidTablesError(_twice(ties, again if order is None else np.sort(order[again])))
    ends = (first, second) if order is None else (first.take(order), second.take(order))
    return _taken(ties, order), ends


def _ordered_attendance(frames: Mapping[str, pd.DataFrame], places: _Places) -> pd.DataFrame:
    key = _joined(
        [places["attendance", column] for column in ("event_id", "actor_id")],
        [len(frames[table]) for table in ("events", "actors")],
    )
    return _taken(frames["attendance"], _order(key)[0])


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


def _all_presence(frames: Mapping[str, pd.DataFrame], places: _Places) -> pd.DataFrame:
    """Add to the presence that was declared whoever has a tie in a layer or came to one of its events."""
    actors, layers = frames["actors"]["actor_id"], frames["layers"]["layer"]
    of_event = codes_of(frames["events"]["layer"], layers)
    came = frames["attendance"]["status"].isin(COUNTING_STATUSES).to_numpy(dtype="bool")
    held = of_event[places["attendance", "event_id"][came]]
    there = np.zeros(len(layers) * len(actors), dtype="bool")
    for actor, layer in (
        (places["presence", "actor_id"], places["presence", "layer"]),
        (places["ties", "source"], places["ties", "layer"]),
        (places["ties", "target"], places["ties", "layer"]),
        (places["attendance", "actor_id"][came], held),
    ):
        there[_joined((layer, actor), (len(layers), len(actors)))] = True
    return _presence(np.flatnonzero(there), actors, layers)


def _presence(found: np.ndarray, actors: pd.Series, layers: pd.Series) -> pd.DataFrame:
    """Return the table of numbers that stand for a layer and an actor."""
    layer, actor = np.divmod(found, max(len(actors), 1))
    return pd.DataFrame({"actor_id": actors.take(actor).array, "layer": layers.take(layer).array})


def with_derived_ties(
    old: pd.DataFrame, new: pd.DataFrame, layer: str, layers: Sequence[str]
) -> pd.DataFrame:
    """Return the ties with those of one layer replaced by rows that are in order and right already."""
    made = new.reset_index(drop=True).assign(layer=repeated(layer, len(new)))
    made = _typed(made, "ties", {name: made[name] for name in ("source", "target", "layer")})
    place = list(layers).index(layer)
    of_layer = codes_of(old["layer"], layers)
    columns = [*old.columns, *(name for name in made.columns if name not in old.columns)]
    known = [column.name for column in CORE_TABLES["ties"] if column.name in columns]
    pieces = [piece for piece in (old[of_layer < place], made, old[of_layer > place]) if len(piece)]
    alone = (pieces or [made])[0].reset_index(drop=True)
    whole = pd.concat(pieces, ignore_index=True) if len(pieces) > 1 else alone
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
    """Return the rows of some layers, in the order wanted."""
    pieces = [frame.iloc[rows] for rows in rows_of_layers(frame, wanted, layers)]
    return pd.concat(pieces, ignore_index=True) if pieces else frame.iloc[:0]


def rows_of_layers(frame: pd.DataFrame, wanted: Sequence[str], layers: Sequence[str]) -> list[slice]:
    """Return where the rows of some layers lie: together, in the order of the cards."""
    names, place = frame["layer"].array, {layer: n for n, layer in enumerate(layers)}

    def begin(n: int) -> int:
        return bisect.bisect_left(range(len(frame)), n, key=lambda row: place[names[row]])

    return [slice(begin(place[layer]), begin(place[layer] + 1)) for layer in wanted]


def _joined(places: Sequence[np.ndarray], sizes: Sequence[int]) -> np.ndarray:
    """Return one number a row that stands for places in several lists, the first the coarsest."""
    key = np.zeros(len(places[0]), dtype="int64")
    for place, size in zip(places, sizes, strict=True):
        key *= size
        key += place
    return key


def _order(key: np.ndarray) -> tuple[np.ndarray | None, np.ndarray]:
    """Return the rows sorted by a number, None where they are in order already, and the numbers so sorted."""
    if (key[1:] >= key[:-1]).all():
        return None, key
    order = np.argsort(key, kind="stable")
    return order, key.take(order)


def _taken(frame: pd.DataFrame, order: np.ndarray | None) -> pd.DataFrame:
    return frame if order is None else frame.take(order).reset_index(drop=True)
