"""What if: the same finding on a changed network, beside the original."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from stakeholder_net._checks import unknown_name
from stakeholder_net._display import Shown
from stakeholder_net._projection import WEIGHTS, project_again
from stakeholder_net.errors import OptionError
from stakeholder_net.findings._frame import COMMON, check_language, need
from stakeholder_net.findings._rules import place_of
from stakeholder_net.findings._say import actor_label, listed, phrase
from stakeholder_net.layers import two_mode_layers, without
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import Language

__all__ = ["Change", "changed", "side_by_side", "what_if"]

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "without": ("senza {names}", "without {names}"),
    "without_events": ("senza l'evento {names}", "without the event {names}"),
    "without_ties": ("senza il legame {names}", "without the tie {names}"),
    "new_ties": ("con un nuovo legame {names}", "with a new tie {names}"),
    "new_events": ("con un nuovo evento: {names}", "with a new event: {names}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Shown):
    """A change of a network, in the words of the one who asks.

    Parameters
    ----------
    without : tuple of str
        Actors that are taken out, by id or name (the convenor, one coordinator).
    without_events : tuple of str
        Events that did not take place, by id or name.
    without_ties : tuple of pairs of str
        Ties that are cut, in every layer where they stand.
    new_ties : tuple of (str, str) or (str, str, str)
        Ties that are added: two actors, and the layer if there are several that are not derived.
    new_events : mapping of str to sequence of str
        Events that are added (a new table), with those present, in the layer of attendance.

    Examples
    --------
    >>> Change(without=("Comune di Ascoli Piceno",)).without
    ('Comune di Ascoli Piceno',)
    """

    without: tuple[str, ...] = ()
    without_events: tuple[str, ...] = ()
    without_ties: tuple[tuple[str, str], ...] = ()
    new_ties: tuple[tuple[str, ...], ...] = ()
    new_events: Mapping[str, Sequence[str]] = field(default_factory=dict, hash=False)

    def sentence(self, net: StakeholderNetwork, language: Language = "it") -> str:
        """Return the change in words."""
        actors = net.actors
        pairs = {
            name: [" - ".join(actor_label(actors, _ids(net, pair[:2]))) for pair in getattr(self, name)]
            for name in ("without_ties", "new_ties")
        }
        named = {"without": actor_label(actors, _ids(net, self.without)), "new_events": list(self.new_events),
                 "without_events": [str(net.events["name"][e]) for e in _events(net, self.without_events)]}  # fmt: skip
        said = named | pairs
        return ", ".join(
            phrase(_SENTENCES, name, language, names=listed(said[name], language))
            for name in _SENTENCES
            if said[name]
        )


def _ids(net: StakeholderNetwork, names: Iterable[str]) -> list[str]:
    actors = net.actors
    return [str(actors.index[place_of(actors, name)]) for name in names]


def _events(net: StakeholderNetwork, names: Iterable[str]) -> list[str]:
    """Return the ids of events given by id or name."""
    events, found = net.events, []
    for name in names:
        if name in events.index:
            found.append(name)
            continue
        same = events.index[events["name"].str.casefold() == name.casefold()]
        if not len(same):
            raise unknown_name("event", name, [*events["name"], *events.index])
        found.append(str(same[0]))
    return found


def changed(net: StakeholderNetwork, change: Change) -> StakeholderNetwork:
    """What would the network be after a change?

    Layers that are derived from attendance are derived anew, so that an event without one of its actors ties the others
    more closely.

    Parameters
    ----------
    net : StakeholderNetwork
        The network.
    change : Change
        What is taken out or added.

    Returns
    -------
    StakeholderNetwork
        A new one.

    Raises
    ------
    OptionError
        When the change is empty, or a new tie does not say to which of several layers it belongs.
    UnknownNameError
        When an actor, an event, a tie or a layer does not exist.
    """
    need(
        change != Change(),
        "The change is empty.",
        "Say what is taken out or added, for instance without=('...',).",
    )
    ties, events, rows = net.ties, net.events, net.attendance
    for pair in change.without_ties:
        a, b = _ids(net, pair)
        here = ties["source"].isin([a, b]) & ties["target"].isin([a, b])
        if not here.any():
            known = [f"{x} - {y}" for x, y in zip(ties["source"], ties["target"], strict=True)]
            raise unknown_name("tie", " - ".join(pair), known)
        ties = ties[~here]
    if change.new_ties:
        ties = pd.concat([ties, _new_ties(net, change)], ignore_index=True)
    gone = _events(net, change.without_events)
    events, rows = events[~events.index.isin(gone)], rows[~rows["event_id"].isin(gone)]
    for name, present in change.new_events.items():
        event = pd.DataFrame({"event_id": [name], "name": name, "kind": "table", "layer": "attendance"})
        seats = pd.DataFrame({"actor_id": _ids(net, present), "event_id": name, "status": "present"})
        events = pd.concat([events, event.set_index("event_id")])
        rows = pd.concat([rows, seats], ignore_index=True)
    out = StakeholderNetwork(
        actors=net.actors.reset_index(), events=events.rename_axis("event_id").reset_index(), attendance=rows,
        ties=ties, layers=net.layers.reset_index(), presence=net.presence, name=net.name, source=net.source,
    )  # fmt: skip
    out = without(out, _ids(net, change.without)) if change.without else out
    return _derived_anew(net, out, change)


def _new_ties(net: StakeholderNetwork, change: Change) -> pd.DataFrame:
    derived = net.layers["derived_from"].eq("attendance")
    own = [name for name in net.layer_names if not derived[name]]
    parts = []
    for tie in change.new_ties:
        a, b = _ids(net, tie[:2])
        layer = tie[2] if len(tie) > 2 else own[0] if len(own) == 1 else ""  # noqa: PLR2004 - two ends and a layer
        if not layer:
            raise OptionError(
                f"The new tie {tie[0]} - {tie[1]} does not say its layer; known: {', '.join(net.layer_names)}.",
                "Write it as ('A', 'B', 'partnership').",
            )
        if layer not in net.layer_names:
            raise unknown_name("layer", layer, net.layer_names)
        parts.append({"source": a, "target": b, "layer": layer, "weight": 1.0})
    table = pd.DataFrame(parts)
    known = set(zip(net.ties["source"], net.ties["target"], net.ties["layer"], strict=True))
    known |= {(b, a, layer) for a, b, layer in known if not net.layers.loc[layer, "directed"]}
    fresh = [
        (a, b, la) not in known
        for a, b, la in zip(table["source"], table["target"], table["layer"], strict=True)
    ]
    return table[fresh]


def _derived_anew(
    before: StakeholderNetwork, after: StakeholderNetwork, change: Change
) -> StakeholderNetwork:
    if not (change.without or change.without_events or change.new_events):
        return after
    cards = before.layers.to_dict("index")
    for name in two_mode_layers(after):
        card = cards.get(name)
        if card is not None and (before.ties["layer"] == name).any() and card["unit"] in WEIGHTS:
            after = project_again(after, name, card)
    return after


def what_if(
    net: StakeholderNetwork,
    change: Change,
    *,
    finding: Callable[[StakeholderNetwork], pd.DataFrame | pd.Series],
    on: str | Sequence[str] | None = None,
    language: Language = "it",
) -> pd.DataFrame:
    """What would a finding say, if the network were different?

    Parameters
    ----------
    net : StakeholderNetwork
        The network as it is.
    change : Change
        What is taken out or added.
    finding : callable
        Any finding or measure of this library, with its options: ``representation``,
        ``lambda n: coalitions(n, call)``, ``lambda n: betweenness(flatten(n))``.
    on : str or sequence of str, optional
        Columns by which rows before and after belong together; by default the actor, group or theme of the row, or its
        actors.
    language : {"it", "en"}
        Language of the sentence in ``.attrs["change"]``.

    Returns
    -------
    pandas.DataFrame
        One row a row of either: the key, ``status`` ("same", "changed", "gone", "new"), and for each number its value
        before, ``..._after`` and ``..._change``; ``why`` and ``why_after`` where the finding gives reasons. Largest
        change of the score first.

    Raises
    ------
    OptionError
        When the change is empty.
    UnknownNameError
        When an actor, an event, a tie or a column does not exist.

    Examples
    --------
    >>> from stakeholder_net import degree
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": list("abc"), "name": list("ABC"), "kind": "ets_odv"}),
    ...     ties=pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "layer": "partnership", "weight": 1.0}))
    >>> what_if(net, Change(without=("B",)), finding=degree)[["actor_id", "status", "degree", "degree_after"]]
      actor_id   status  degree  degree_after
    0        a  changed     1.0           0.0
    1        c  changed     1.0           0.0
    2        b     gone     2.0           NaN
    """
    check_language(language)
    after = changed(net, change)
    out = side_by_side(_table(finding(net)), _table(finding(after)), on=on)
    out.attrs["change"] = change.sentence(net, language)
    return out


def _table(found: pd.DataFrame | pd.Series) -> pd.DataFrame:
    """Return a measure as a table with its actors in a column."""
    return (
        found.rename_axis("actor_id").reset_index()
        if isinstance(found, pd.Series)
        else found.reset_index(drop=True)
    )


def side_by_side(
    before: pd.DataFrame, after: pd.DataFrame, *, on: str | Sequence[str] | None = None
) -> pd.DataFrame:
    """What changed from one finding to another?

    Parameters
    ----------
    before, after : pandas.DataFrame
        The same finding twice.
    on : str or sequence of str, optional
        Columns by which rows belong together; see ``what_if``.

    Returns
    -------
    pandas.DataFrame
        As ``what_if`` gives it.

    Raises
    ------
    UnknownNameError
        When a column does not exist.
    OptionError
        When several rows have the same key.
    """
    keys = [on] if isinstance(on, str) else list(on) if on is not None else _key(before)
    for key in keys:
        if key not in before.columns:
            raise unknown_name("column", key, before.columns)
    for table in (before, after):
        need(
            not table.duplicated(keys).any(),
            f"Several rows have the same {', '.join(keys)}.",
            "Name more with on=.",
        )
    numbers = [c for c in before.select_dtypes("number").columns if c not in keys and c in after.columns]
    texts = [c for c in ("why", "status") if c in before.columns and c in after.columns and c not in keys]
    kept = [*keys, *texts, *numbers]
    joint = before[kept].merge(after[kept], on=keys, how="outer", suffixes=("", "_after"), indicator=True)
    moved = pd.Series(data=False, index=joint.index)
    for column in numbers:
        was, now = (pd.to_numeric(joint[name]).astype("float64") for name in (column, f"{column}_after"))
        joint[f"{column}_change"] = now - was
        moved |= (now - was).abs() > 1e-9  # noqa: PLR2004 - rounding dust
        moved |= was.isna() != now.isna()
    said = joint["_merge"].map({"left_only": "gone", "right_only": "new", "both": ""}).astype("str")
    state = np.where(said != "", said, np.where(moved, "changed", "same"))
    joint = joint.rename(columns={"status": "status_before"}).drop(columns="_merge")
    joint.insert(len(keys), "status", state)
    return _by_change(joint, keys, numbers)


def _by_change(joint: pd.DataFrame, keys: list[str], numbers: list[str]) -> pd.DataFrame:
    """Order rows by the size of the change; those that are gone or new come last."""
    first = "score" if "score" in numbers else numbers[0] if numbers else None
    size = joint[f"{first}_change"].abs() if first else pd.Series(np.nan, index=joint.index)
    order = joint.assign(_size=size, _key=joint[keys].astype("str").agg("|".join, axis=1))
    order = order.sort_values(["_size", "_key"], ascending=[False, True], na_position="last", kind="stable")
    return order.drop(columns=["_size", "_key"]).reset_index(drop=True)


def _key(table: pd.DataFrame) -> list[str]:
    """Return the columns that tell the rows of a finding apart."""
    own = [c for c in table.columns if c not in COMMON]
    for names in _KEYS:
        if set(names) <= set(own) and not table.duplicated(names).any():
            return list(names)
    return ["actors"]


_KEYS: Final[tuple[list[str], ...]] = (
    ["actor_id"], ["group"], ["theme"], ["group_a", "group_b"], ["source", "target"], ["event_id"], ["municipality"],
    ["variable"], ["call", "alternative"], ["status", "call", "actor_id", "theme"],
)  # fmt: skip
