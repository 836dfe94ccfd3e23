"""The walk through a map: saved states, each with what there is to see in it, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs, urlencode

import numpy as np
import pandas as pd

from stakeholder_net._checks import unknown_name
from stakeholder_net._display import Shown
from stakeholder_net.errors import OptionError
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import COUNTING_STATUSES, LANGUAGES

__all__ = ["MapStep", "default_story", "story_data"]

NAMED: Final = 3  # how many of the best tied are named
NEVER: Final = 2  # the place, in the data of the page, of those who never came
PERHAPS, SURE = 1, 2  # among the first, in the data of the page


@dataclass(frozen=True, slots=True)
class MapStep(Shown):
    """One step of the walk through a map.

    Parameters
    ----------
    title : dict of language to str
        A few words, in ``it`` and ``en``.
    text : dict of language to str
        What there is to see, in a sentence with its figures.
    at : str
        The state of the page, as its address writes it behind the ``#``: ``view=concentric``, ``ghosts=1``,
        ``layers-off=attendance``, ``from=2021-01-01&to=2021-12-31``.
    mark : tuple of str
        Ids of the actors that stand out.

    Raises
    ------
    OptionError
        When a language is missing.

    Examples
    --------
    >>> MapStep(title={"it": "Chi c'era", "en": "Who was there"},
    ...         text={"it": "Due enti.", "en": "Two bodies."}, at="view=concentric", mark=("a",)).address
    'view=concentric&mark=a'
    """

    title: Mapping[str, str]
    text: Mapping[str, str]
    at: str = ""
    mark: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, words in (("title", self.title), ("text", self.text)):
            if set(words) != set(LANGUAGES):
                raise OptionError(
                    f"{name} of a step has the languages {sorted(words)}.",
                    "Give both: {'it': ..., 'en': ...}.",
                )

    @property
    def address(self) -> str:
        """What stands behind the # of the address, with the marked actors."""
        marked = urlencode({"mark": " ".join(self.mark)}) if self.mark else ""
        return "&".join(part for part in (self.at, marked) if part)


def story_data(net: StakeholderNetwork, steps: Sequence[MapStep]) -> list[dict[str, Any]]:
    """Return the steps as the page reads them.

    Raises
    ------
    UnknownNameError
        When a step marks an actor that the network does not have.
    """
    for step in steps:
        for actor in (*step.mark, *parse_qs(step.at).get("actor", [])):
            if actor not in net.actors.index:
                raise unknown_name("actor", actor, net.actors.index)
    return [{"title": dict(step.title), "text": dict(step.text), "at": step.address} for step in steps]


def default_story(net: StakeholderNetwork, data: Mapping[str, Any]) -> list[MapStep]:
    """Return the walk that any network allows: who was there, which ties, who has most, where, who never came.

    Parameters
    ----------
    net : StakeholderNetwork
        What is shown.
    data : dict
        From :func:`stakeholder_net.pictures.map_data.map_data`.
    """
    steps = [_who(net, data)]
    if len(net.layer_names) > 1:
        steps.append(_layers(net, data))
    if net.n_ties:
        steps.append(_most_tied(net, data))
    if "geo" in data:
        steps.append(_where(data))
    if NEVER in data["actors"]["place"]:
        steps.append(_never(data))
    return steps


def _who(net: StakeholderNetwork, data: Mapping[str, Any]) -> MapStep:
    n = sum(place != NEVER for place in data["actors"]["place"])
    met = net.attendance.loc[net.attendance["status"].isin(COUNTING_STATUSES), "event_id"].nunique()
    days = (
        pd.to_datetime(net.events["start"]).dropna()
        if "start" in net.events.columns
        else pd.Series(dtype="object")
    )
    it, en = f"{_it(n)} attori", f"{_en(n)} actors"
    if met:
        it, en = f"{it}, {_it(met)} incontri o eventi", f"{en}, {_en(met)} meetings or events"
    if len(days) and days.min() != days.max():
        it, en = (
            f"{it}, dal {days.min().year} al {days.max().year}",
            f"{en}, {days.min().year} to {days.max().year}",
        )
    return MapStep(
        title={"it": "Chi c'era", "en": "Who was there"},
        text={
            "it": f"{it}. La forma e il colore dicono il tipo; una linea è un legame che i documenti provano.",
            "en": f"{en}. Shape and colour tell the kind; a line is a tie that the records prove.",
        },
    )


def _layers(net: StakeholderNetwork, data: Mapping[str, Any]) -> MapStep:
    counts = net.ties["layer"].value_counts()
    cards = {card["id"]: card for card in data["layers"]}
    shown = [name for name in net.layer_names if counts.get(name, 0)]
    ends = pd.concat([net.ties[["source", "layer"]].set_axis(["actor", "layer"], axis=1),
                      net.ties[["target", "layer"]].set_axis(["actor", "layer"], axis=1)])  # fmt: skip
    several = int((ends.drop_duplicates().groupby("actor").size() > 1).sum())
    tied = ends["actor"].nunique()
    return MapStep(
        title={"it": "Di che legami si tratta", "en": "Which ties these are"},
        text={
            "it": "; ".join(f"{cards[name]['it']}: {_it(counts[name])}" for name in shown)
            + f". {_it(several)} attori su {_it(tied)} hanno legami in più di un livello.",
            "en": "; ".join(f"{cards[name]['en']}: {_en(counts[name])}" for name in shown)
            + f". {_en(several)} of {_en(tied)} actors have ties in more than one layer.",
        },
        at="view=layered",
    )


def _most_tied(net: StakeholderNetwork, data: Mapping[str, Any]) -> MapStep:
    ties = pd.concat([net.ties["source"], net.ties["target"]]).value_counts()
    order = pd.DataFrame({"n": ties, "name": net.actors["name"].reindex(ties.index)})
    best = order.sort_values(["n", "name"], ascending=[False, True]).head(NAMED)
    it, en = (
        "; ".join(f"{name} ({count(n)})" for name, n in zip(best["name"], best["n"].tolist(), strict=True))
        for count in (_it, _en)
    )
    firm = np.asarray(data.get("firm", []))
    it_tail = "Molti legami non fanno nessuno più importante: dipende da quali incontri sono stati annotati."
    en_tail = "Many ties do not make anyone more important: it depends on which meetings were recorded."
    sure, perhaps = int((firm == SURE).sum()), int((firm == PERHAPS).sum())
    if sure + perhaps:
        name, k = data["sizeName"], data["firstK"]
        it_tail = (
            f"Fra i primi {k} per {name['it'] or 'la misura'}: {sure} sicuramente (anello intero), "
            f"{perhaps} forse (anello tratteggiato)."
        )
        en_tail = (
            f"Among the first {k} by {name['en'] or 'the measure'}: {sure} surely (whole ring), "
            f"{perhaps} perhaps (broken ring)."
        )
    return MapStep(
        title={"it": "Chi ha più legami", "en": "Who has most ties"},
        text={"it": f"Al centro: {it}. {it_tail}", "en": f"In the centre: {en}. {en_tail}"},
        at="view=concentric",
        mark=tuple(best.index) if not len(firm) else (),
    )


def _where(data: Mapping[str, Any]) -> MapStep:
    towns = pd.Series(data["actors"]["town"])[np.asarray(data["actors"]["place"]) != NEVER]
    known = towns[towns != ""]
    top, n = (
        (known.value_counts().sort_index().idxmax(), int(known.value_counts().max()))
        if len(known)
        else ("", 0)
    )
    it = f"{_it(known.nunique())} comuni hanno almeno un attore"
    en = f"{_en(known.nunique())} municipalities have at least one actor"
    if n:
        it, en = f"{it}; il più rappresentato è {top} ({_it(n)})", f"{en}; most are in {top} ({_en(n)})"
    lost = len(towns) - len(known)
    return MapStep(
        title={"it": "Dove hanno sede", "en": "Where they are"},
        text={
            "it": f"{it}. Di {_it(lost)} attori il comune non è noto.",
            "en": f"{en}. Of {_en(lost)} actors the municipality is not known.",
        },
        at="view=geographic",
    )


def _never(data: Mapping[str, Any]) -> MapStep:
    place = data["actors"]["place"]
    ghosts = [i for i, where in enumerate(place) if where == NEVER]
    announced = sum(data["actors"]["announced"][i] for i in ghosts)
    it = f"{_it(len(ghosts))} organizzazioni sono in un registro o annunciate e non sono mai venute"
    en = f"{_en(len(ghosts))} organisations are in a register or were announced and never came"
    if announced:
        it, en = f"{it}; {_it(announced)} erano annunciate", f"{en}; {_en(announced)} had been announced"
    return MapStep(
        title={"it": "Chi manca", "en": "Who is missing"},
        text={
            "it": f"{it}. Sono i segni tratteggiati: qualcuna forse c'era, e il foglio non lo dice.",
            "en": f"{en}. They are the broken outlines: some may have been there, and the sheet does not say.",
        },
        at="ghosts=1",
    )


def _it(value: int) -> str:
    return f"{int(value):,}".replace(",", ".")


def _en(value: int) -> str:
    return f"{int(value):,}"
