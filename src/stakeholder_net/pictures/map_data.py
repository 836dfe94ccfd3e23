"""What a map page is told: plain lists and labels, nothing that has to be trusted."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stakeholder_net._checks import unknown_name
from stakeholder_net.errors import OptionError
from stakeholder_net.layers import tie_strengths
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.pictures.style import (
    GROUP_STYLES,
    LAYER_HUES_DARK,
    LAYER_HUES_LIGHT,
    group_of,
    kind_label,
    layer_label,
    layer_style,
)
from stakeholder_net.words import COUNTING_STATUSES, EVENT_KINDS, KIND_GROUPS, ROLES, STATUSES

__all__ = ["as_json", "default_title", "map_data", "ranks_of"]

Json = dict[str, Any]

# measures stand on the same floor as pictures and cannot be asked; other names are shown as they come
SIZE_WORDS: Final[dict[str, tuple[str, str]]] = {
    "betweenness": ("posizione di passaggio", "betweenness"),
    "degree": ("numero di partner", "number of partners"),
    "strength": ("intensità dei legami", "strength of ties"),
}


def map_data(  # noqa: PLR0913 - options of one page
    net: StakeholderNetwork,
    places: pd.DataFrame,
    *,
    size: pd.Series | None = None,
    title: str | Mapping[str, str] | None = None,
    ranks: pd.DataFrame | None = None,
    groups: pd.Series | None = None,
) -> Json:
    """Return all that a page shows, as lists and labels that JSON can hold.

    Parameters
    ----------
    net : StakeholderNetwork
        What is shown.
    places : pandas.DataFrame
        From :func:`stakeholder_net.pictures.layout.positions`.
    size : pandas.Series, optional
        A measure, indexed by actor id: the area of a mark.
    title : str or mapping of language to str, optional
        What is seen, in words.
    ranks : pandas.DataFrame, optional
        From ``stability``: which places are sure.
    groups : pandas.Series, optional
        The group of each actor, indexed by actor id.

    Returns
    -------
    dict
        Actors, ties, events and attendance as columns; ids are the places of rows.
    """
    kinds = list(dict.fromkeys(net.actors["kind"]))
    titles = default_title(net, places) if title is None else title
    return {
        "format": 1,
        "title": {"it": titles, "en": titles} if isinstance(titles, str) else dict(titles),
        "name": net.name,
        "source": net.source,
        "groups": [
            {"id": group, "it": it, "en": en, "fill": style.fill, "shape": style.shape}
            for (group, (it, en)), style in zip(KIND_GROUPS.items(), GROUP_STYLES.values(), strict=True)
        ],
        "kinds": [
            {
                "it": kind_label(kind, "it"),
                "en": kind_label(kind, "en"),
                "group": list(KIND_GROUPS).index(group_of(kind)),
            }
            for kind in kinds
        ],
        "layers": _layers(net),
        "sizeName": _size_name(size),
        "actors": _actors(net, places, kinds, size),
        "ties": _ties(net),
        **_events(net),
        **({} if ranks is None else _firm(net, ranks)),
        **({} if groups is None else {"communities": _groups(net, groups)}),
    }


def _firm(net: StakeholderNetwork, ranks: pd.DataFrame) -> Json:
    """Return the place of each actor, its range, and whether it is surely (2) or perhaps (1) among the first."""
    needed = ["actors", "standing", "rank", "rank_low", "rank_high", "top"]
    lacking = [column for column in needed if column not in ranks.columns]
    if lacking:
        raise OptionError(
            f"ranks has no column {lacking[0]!r}.", "Give what stability(measure, net, seed=0) returns."
        )
    table = ranks.set_axis([actors[0] for actors in ranks["actors"]], axis=0).reindex(net.actors.index)
    found = {
        name: [
            int(value) if np.isfinite(value) else None
            for value in pd.to_numeric(table[column]).to_numpy("float64")
        ]
        for name, column in (("at", "rank"), ("low", "rank_low"), ("high", "rank_high"))
    }
    known = [None not in place for place in zip(*found.values(), strict=True)]
    return {
        "firstK": int(ranks["top"].iloc[0]) if len(ranks) else 0,
        "firm": table["standing"].map({"surely_in": 2, "perhaps_in": 1}).fillna(0).astype("int64").to_list(),
        "rank": {
            name: [v if k else None for v, k in zip(values, known, strict=True)]
            for name, values in found.items()
        },
    }


def _groups(net: StakeholderNetwork, groups: pd.Series) -> Json:
    """Return groups named by the actor of each with most ties; who is in none is shown alone."""
    given = groups.reindex(net.actors.index)
    labels = list(dict.fromkeys(given.dropna().sort_values()))
    ends = pd.concat([net.ties["source"], net.ties["target"]]).value_counts()
    order = pd.DataFrame(
        {"group": given, "ties": ends.reindex(given.index).fillna(0), "name": net.actors["name"]}
    )
    order = order.sort_values(["ties", "name"], ascending=[False, True]).dropna(subset="group")
    first = order.drop_duplicates("group").set_index("group")["name"]
    return {
        "of": pd.Index(labels).get_indexer(pd.Index(given)).tolist(),
        "names": [
            {"it": f"{number}. {first[label]} e altri", "en": f"{number}. {first[label]} and others"}
            for number, label in enumerate(labels, start=1)
        ],
        "note": {
            "it": "I gruppi si formano dai legami, con un calcolo che da altri inizi può darne di un poco diversi.",
            "en": "Groups are formed by the ties; from other starts the search may give slightly different ones.",
        },
    }


def default_title(net: StakeholderNetwork, places: pd.DataFrame) -> dict[str, str]:
    """Return a title that says what is seen, in each language."""
    ghosts = int((places["place"] == "ghost").sum())
    seen, ties, layers = net.n_actors - ghosts, net.n_ties, len(net.layer_names)
    it = (
        f"{_count(seen, 'organizzazione', 'organizzazioni', '.')}, {_count(ties, 'legame', 'legami', '.')} in "
        f"{_count(layers, 'livello', 'livelli', '.')}"
    )
    en = (
        f"{_count(seen, 'organisation', 'organisations', ',')}, {_count(ties, 'tie', 'ties', ',')} in "
        f"{_count(layers, 'layer', 'layers', ',')}"
    )
    if ghosts:
        it = f"{it}; {_count(ghosts, 'non si è mai vista', 'non si sono mai viste', '.')}"
        en = f"{en}; {_count(ghosts, 'was never seen', 'were never seen', ',')}"
    prefix = f"{net.name}: " if net.name else ""
    return {"it": prefix + it, "en": prefix + en}


def _size_name(size: pd.Series | None) -> Json:
    name = "" if size is None or size.name is None else str(size.name)
    it, en = SIZE_WORDS.get(name, (name, name))
    return {"it": it, "en": en}


def _count(value: int, one: str, many: str, separator: str) -> str:
    return f"{value:,} {one if value == 1 else many}".replace(",", separator)


def _layers(net: StakeholderNetwork) -> list[Json]:
    styles = layer_style(net.layer_names)
    return [
        {
            "id": name,
            "it": layer_label(str(name), str(card.label), "it"),
            "en": layer_label(str(name), str(card.label), "en"),
            "directed": bool(card.directed),
            "derived": card.derived_from == "attendance",
            "unit": str(card.unit),
            "light": LAYER_HUES_LIGHT[styles[name][0]],
            "dark": LAYER_HUES_DARK[styles[name][0]],
            "dash": list(styles[name][1]),
        }
        for name, card in zip(net.layer_names, net.layers.itertuples(), strict=True)
    ]


def _actors(net: StakeholderNetwork, places: pd.DataFrame, kinds: list[str], size: pd.Series | None) -> Json:
    actors, attendance = net.actors, net.attendance
    blank = pd.Series("", index=actors.index, dtype="str")
    towns = actors["municipality"].fillna("") if "municipality" in actors.columns else blank
    announced = set(attendance.loc[attendance["status"] == "announced", "actor_id"])
    out = {
        "id": actors.index.to_list(),
        "name": actors["name"].to_list(),
        "kind": pd.Index(kinds).get_indexer(pd.Index(actors["kind"])).tolist(),
        "town": towns.to_list(),
        "x": np.round(places["x"].to_numpy(), 1).tolist(),
        "y": np.round(places["y"].to_numpy(), 1).tolist(),
        "place": pd.Index(["net", "alone", "ghost"]).get_indexer(pd.Index(places["place"])).tolist(),
        "registered": actors["registered"].astype("int64").to_list(),
        "announced": [int(actor in announced) for actor in actors.index],
    }
    if size is not None:
        out["size"] = ranks_of(net, size)
    return out


def ranks_of(net: StakeholderNetwork, size: pd.Series) -> list[float | None]:
    """Return a measure in the order of the actors, None where it is undefined.

    Raises
    ------
    UnknownNameError
        When it names an actor that the network does not have.
    """
    strangers = size.index.difference(net.actors.index)
    if len(strangers):
        raise unknown_name("actor", strangers[0], net.actors.index)
    values = pd.to_numeric(size.reindex(net.actors.index)).to_numpy(dtype="float64", na_value=np.nan)
    return [float(f"{value:.6g}") if np.isfinite(value) else None for value in values]


def _ties(net: StakeholderNetwork) -> Json:
    ties, ids = net.ties, net.actors.index
    out: Json = {
        "source": ids.get_indexer(pd.Index(ties["source"])).tolist(),
        "target": ids.get_indexer(pd.Index(ties["target"])).tolist(),
        "layer": pd.Index(net.layer_names).get_indexer(pd.Index(ties["layer"])).tolist(),
        "weight": _short(ties["weight"].to_numpy()),
    }
    strengths = tie_strengths(net)
    if not np.array_equal(strengths, ties["weight"].to_numpy()):
        out["strength"] = _short(strengths)
    for column in ("since", "until"):
        if column in ties.columns and ties[column].notna().any():
            out[column] = _days(ties[column])
    for column in ("evidence", "origin"):
        if (ties[column] != "").any():
            out[column] = ties[column].to_list()
    return out


def _events(net: StakeholderNetwork) -> Json:
    events, attendance = net.events, net.attendance
    none = pd.Series(pd.NaT, index=events.index)
    statuses, roles = list(STATUSES), list(dict.fromkeys(attendance["role"]))
    layer = pd.Index(net.layer_names).get_indexer(pd.Index(events["layer"])).tolist()
    return {
        "events": {
            "name": events["name"].to_list(),
            "kind": [list(EVENT_KINDS.get(kind, (kind, kind))) for kind in events["kind"]],
            "layer": layer,
            "start": _days(events.get("start", none)),
            "end": _days(events.get("end", none)),
        },
        "statuses": [
            {"it": s.it, "en": s.en, "counts": key in COUNTING_STATUSES} for key, s in STATUSES.items()
        ],
        "roles": [list(ROLES[role][:2]) if role in ROLES else [role, role] for role in roles],
        "attendance": {
            "actor": net.actors.index.get_indexer(pd.Index(attendance["actor_id"])).tolist(),
            "event": events.index.get_indexer(pd.Index(attendance["event_id"])).tolist(),
            "status": pd.Index(statuses).get_indexer(pd.Index(attendance["status"])).tolist(),
            "role": pd.Index(roles).get_indexer(pd.Index(attendance["role"])).tolist(),
            "source": attendance["source"].to_list(),
        },
    }


def _short(values: npt.NDArray[np.float64]) -> list[float]:
    short = [float(f"{value:.5g}") for value in values.tolist()]
    return [int(value) if value.is_integer() else value for value in short]


def _days(values: pd.Series) -> list[int | None]:
    """Return dates as days since 1970, None where there is none."""
    dates = pd.to_datetime(values)
    days = (dates - pd.Timestamp(0)).dt.days
    return [int(day) if known else None for day, known in zip(days, dates.notna(), strict=True)]


_NOT_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def as_json(data: object) -> str:
    r"""Return JSON that no text in it can break out of a page.

    Examples
    --------
    >>> as_json({"name": "</script><script>"})
    '{"name":"\\u003c/script\\u003e\\u003cscript\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return re.sub(
        "[<>&\u2028\u2029\ud800-\udfff]", lambda found: _NOT_IN_SCRIPT.get(found.group(), "\ufffd"), text
    )
