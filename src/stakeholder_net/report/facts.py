"""What the chapters count: small tables made from the network, once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from stakeholder_net.layers import flatten
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.public import like_a_person
from stakeholder_net.words import COUNTING_STATUSES, EVENT_KINDS, KINDS, LAYERS, Language

__all__ = [
    "Facts",
    "by_group",
    "day_of",
    "event_kind_label",
    "facts_of",
    "for_the_public",
    "kind_label",
    "layer_label",
]

HIDDEN: Final = {"it": "nome omesso", "en": "name left out"}


@dataclass(frozen=True, slots=True)
class Facts:
    """The network as the chapters need it.

    Parameters
    ----------
    net : StakeholderNetwork
        The network with its layers.
    flat : StakeholderNetwork
        All layers joined; column ``n_layers`` of its ties.
    actors : pandas.DataFrame
        Index ``actor_id``; ``name``, ``kind`` (label), ``municipality`` (empty where not stated), ``tied``,
        ``appears`` (in an event or a tie, not in a list only), ``events``, ``unnamed`` (for the public).
    events : pandas.DataFrame
        Index ``event_id``; ``name``, ``kind`` (label), ``layer``, ``start``, ``end``, ``came``, ``announced``.
    member : pandas.DataFrame
        Actors x layers, whether the actor is present in the layer.
    measures : pandas.DataFrame
        Index ``actor_id``.
    language : {"it", "en"}
        Language of the labels.
    """

    net: StakeholderNetwork
    flat: StakeholderNetwork
    actors: pd.DataFrame
    events: pd.DataFrame
    member: pd.DataFrame
    measures: pd.DataFrame
    language: Language

    @property
    def period(self) -> tuple[dt.date, dt.date] | None:
        """First and last day of the events with a date."""
        days = pd.concat([self.events["start"], self.events["end"]]).dropna()
        return None if days.empty else (days.min().date(), days.max().date())

    @property
    def undated(self) -> int:
        """Number of events without a date."""
        return int((self.events["start"].isna() & self.events["end"].isna()).sum())


def kind_label(kind: str, language: Language) -> str:
    """Return the label of a kind of actor; the code itself where it has none."""
    card = KINDS.get(kind)
    return kind if card is None else (card.it if language == "it" else card.en)


def event_kind_label(kind: str, language: Language) -> str:
    """Return the label of a kind of event; the code itself where it has none."""
    return (
        EVENT_KINDS[kind][0 if language == "it" else 1] if kind in EVENT_KINDS else kind_label(kind, language)
    )


def layer_label(net: StakeholderNetwork, layer: str, language: Language) -> str:
    """Return the label of a layer: the one of the house in its language, or what its card says."""
    given = str(net.layers.loc[layer, "label"])
    if layer in LAYERS and given in LAYERS[layer]:
        return LAYERS[layer][0 if language == "it" else 1]
    return given or layer


def day_of(date: Any) -> dt.date | str | None:  # noqa: ANN401 - pandas: a moment or nothing
    """Return the day of an event; only the year for the first of January, which is how a bare year is kept."""
    if pd.isna(date):
        return None
    return str(date.year) if (date.month, date.day) == (1, 1) else date.date()


def for_the_public(net: StakeholderNetwork, language: Language) -> StakeholderNetwork:
    """Return the network for a report to the public.

    Who stands for one person has no name there, nor has who appears in no event and no tie: a row of zeros beside a
    name would say who did not come. Their towns count in the tables by municipality and stand beside no row.
    """
    hidden = like_a_person(net.actors) | ~_members(net).any(axis=1)
    if not hidden.any():
        return net
    labels = net.actors["kind"].map(lambda kind: f"{kind_label(kind, language)} ({HIDDEN[language]})")
    return net.with_actors(name=net.actors["name"].mask(hidden, labels), unnamed=hidden)


def facts_of(net: StakeholderNetwork, measures: pd.DataFrame, language: Language) -> Facts:
    """Count what the chapters need.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with its projected layers.
    measures : pandas.DataFrame
        One row an actor, one column a measure.
    language : {"it", "en"}
        Language of the labels.

    Returns
    -------
    Facts
        Tables aligned on the ids of the network.
    """
    flat, member = flatten(net), _members(net)
    actors = net.actors
    tied = actors.index.isin(set(flat.ties["source"]) | set(flat.ties["target"]))
    town = (
        actors["municipality"]
        if "municipality" in actors.columns
        else pd.Series("", index=actors.index, dtype="str")
    )
    came = net.attendance[net.attendance["status"].isin(COUNTING_STATUSES)]
    people = pd.DataFrame(
        {
            "name": actors["name"],
            "kind_code": actors["kind"],
            "kind": actors["kind"].map(lambda kind: kind_label(kind, language)),
            "municipality": town.astype("str").fillna("").str.strip(),
            "registered": actors["registered"],
            "tied": tied,
            "appears": member.any(axis=1),
            "events": came["actor_id"].value_counts().reindex(actors.index, fill_value=0),
            "unnamed": actors.get("unnamed", default=False),
        }
    )
    return Facts(
        net, flat, people, _events(net, came, language), member, measures.reindex(actors.index), language
    )


def _members(net: StakeholderNetwork) -> pd.DataFrame:
    """Return actors x layers, whether the actor is present in the layer."""
    actors, layers, presence = net.actors.index, list(net.layer_names), net.presence
    grid = np.zeros((len(actors), len(layers)), dtype=bool)
    grid[
        actors.get_indexer(pd.Index(presence["actor_id"])),
        pd.Index(layers).get_indexer(pd.Index(presence["layer"])),
    ] = True
    return pd.DataFrame(grid, actors, layers)


def _events(net: StakeholderNetwork, came: pd.DataFrame, language: Language) -> pd.DataFrame:
    events = net.events
    never = pd.Series(pd.NaT, index=events.index, dtype="datetime64[us]")
    not_there = net.attendance[~net.attendance["status"].isin(COUNTING_STATUSES)]
    return pd.DataFrame(
        {
            "name": events["name"],
            "kind": events["kind"].map(lambda kind: event_kind_label(kind, language)),
            "layer": events["layer"],
            "start": events.get("start", never),
            "end": events.get("end", never),
            "came": came["event_id"].value_counts().reindex(events.index, fill_value=0),
            "announced": not_there["event_id"].value_counts().reindex(events.index, fill_value=0),
        }
    )


def by_group(facts: Facts, column: str) -> pd.DataFrame:
    """Count actors by kind or municipality: in all, who appear, in each layer; most who appear first, then by name."""
    group = facts.actors[column]
    counts = pd.DataFrame({"organisations": 1, "appear": facts.actors["appears"].astype("int64")})
    for layer in facts.member.columns:
        counts[f"in {layer}"] = facts.member[layer].astype("int64")
    table = counts.groupby(group.to_numpy()).sum()
    order = np.lexsort(
        [table.index.to_numpy(), -table["organisations"].to_numpy(), -table["appear"].to_numpy()]
    )
    return table.iloc[order]
