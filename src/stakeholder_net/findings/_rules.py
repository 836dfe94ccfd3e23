"""What a call asks, as rules over candidates that can be checked, counted and named one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from stakeholder_net._checks import unknown_name
from stakeholder_net.errors import OptionError
from stakeholder_net.findings._frame import supported_themes
from stakeholder_net.findings._kind_words import kind_words
from stakeholder_net.findings._say import actor_label, listed, number, phrase
from stakeholder_net.findings._seen import last_seen
from stakeholder_net.findings._solver import Model, Places
from stakeholder_net.findings.call import Call, kinds_of
from stakeholder_net.layers import adjacency, flatten
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import Language

__all__ = ["Rule", "Task", "build_task"]

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "min_partners": ("almeno {n} partner", "at least {n} partners"),
    "max_partners": ("al massimo {n} partner", "at most {n} partners"),
    "lead": ("un capofila fra: {what}", "a lead partner among: {what}"),
    "required_kinds": ("almeno {n} enti di tipo «{what}»", "at least {n} of kind “{what}”"),
    "required_kinds_one": ("almeno un ente di tipo «{what}»", "at least one of kind “{what}”"),
    "max_kinds": ("al massimo {n} enti di tipo «{what}»", "at most {n} of kind “{what}”"),
    "max_kinds_one": ("al massimo un ente di tipo «{what}»", "at most one of kind “{what}”"),
    "allowed_kinds": ("solo enti di tipo: {what}", "only of kind: {what}"),
    "excluded_kinds": ("nessun ente di tipo «{what}»", "none of kind “{what}”"),
    "municipality": ("il comune di {what}", "the municipality of {what}"),
    "municipalities": ("almeno {n} comuni fra: {what}", "at least {n} municipalities among: {what}"),
    "any_municipalities": ("almeno {n} comuni diversi", "at least {n} different municipalities"),
    "seats": ("tutti con sede in: {what}", "all with their seat in: {what}"),
    "district": ("l'ambito {what}", "the district {what}"),
    "theme": ("il tema «{what}»", "the theme “{what}”"),
    "themes": ("almeno {n} temi fra: {what}", "at least {n} themes among: {what}"),
    "any_themes": ("almeno {n} temi diversi", "at least {n} different themes"),
    "must_have": ("{what} deve esserci", "{what} must take part"),
    "excluded": ("{what} non può esserci", "{what} may not take part"),
    "incompatible": ("al massimo uno fra {what}", "at most one of {what}"),
    "seen_since": (
        "solo enti del registro o presenti negli atti dal {what}",
        "only bodies in the register or on record since {what}",
    ),
    "limits": ("somma di «{what}» al massimo {n}", "sum of “{what}” at most {n}"),
    "award_kind": ("criterio premiale «{what}»", "award criterion “{what}”"),
    "award_municipality": ("criterio premiale comune di {what}", "award criterion municipality of {what}"),
    "award_theme": ("criterio premiale tema «{what}»", "award criterion theme “{what}”"),
}


@dataclass(frozen=True, slots=True, eq=False)  # arrays have no single truth: a rule is itself
class Rule:
    """One rule of a call over the candidates.

    A rule either counts (``low <= sum of weights of those chosen <= high``) or, with several `sets`, asks that at
    least `low` of the sets hold somebody chosen.
    """

    key: str
    low: float
    high: float
    sets: tuple[Places, ...]
    weights: npt.NDArray[np.float64] | None = None
    what: tuple[str, ...] = ()
    shown: float = np.nan

    @property
    def counts(self) -> bool:
        """Whether the rule counts those chosen rather than the sets that they cover."""
        return self.key not in ("municipalities", "any_municipalities", "themes", "any_themes")

    def sentence(self, language: Language) -> str:
        """Return the rule in words."""
        kinds = self.key.endswith("kinds") or self.key in ("lead", "award_kind")
        names = [kind_words(word, language) if kinds else word for word in self.what]
        n = number(self.shown, language, digits=1)
        one = f"{self.key}_one"
        key = one if self.shown == 1 and one in _SENTENCES else self.key
        return phrase(_SENTENCES, key, language, n=n, what=listed(names, language))

    def kept(self, chosen: npt.NDArray[np.bool_]) -> bool:
        """Return whether a choice keeps the rule."""
        if self.counts:
            places = self.sets[0]
            weights = 1.0 if self.weights is None else self.weights
            value = float(np.sum(chosen[places] * weights))
        else:
            value = float(sum(bool(chosen[places].any()) for places in self.sets))
        return self.low - 1e-9 <= value <= self.high + 1e-9

    def met_by(self, chosen: npt.NDArray[np.bool_]) -> Places:
        """Return the chosen candidates that the rule speaks of."""
        every = np.unique(np.concatenate([np.empty(0, np.int64), *self.sets]))
        return np.asarray(every[chosen[every]], dtype=np.int64)

    def at(self, columns: Places) -> Rule:
        """Return the rule with the candidates' places replaced by columns of a model."""
        return replace(self, sets=tuple(columns[places] for places in self.sets))

    def add_to(self, model: Model, *, opened: int | None = None) -> None:
        """Add the rule to a model whose columns stand in its sets.

        With `opened`, a yes/no column, the rule holds only where that is yes; where it is no, nobody may be chosen.
        """
        least, most = (self.low, self.high) if opened is None else (0.0, 0.0)
        switch = [] if opened is None else [opened]
        if self.counts:
            weights = np.ones(len(self.sets[0])) if self.weights is None else self.weights
            columns = np.concatenate([self.sets[0], np.array(switch, dtype=np.int64)])
            if np.isfinite(self.low):
                model.row(columns, np.concatenate([weights, [-self.low] * len(switch)]), low=least)
            if np.isfinite(self.high):
                model.row(columns, np.concatenate([weights, [-self.high] * len(switch)]), high=most)
            return
        covered = model.columns(len(self.sets), whole=False)
        for place, members in zip(covered, self.sets, strict=True):
            model.row([place, *members], [1.0, *([-1.0] * len(members))], high=0.0)
        model.row([*covered, *switch], [*([1.0] * len(covered)), *([-self.low] * len(switch))], low=least)


@dataclass(frozen=True, slots=True)
class Task:
    """A call over the candidates of a network."""

    call: Call
    net: StakeholderNetwork
    actors: pd.DataFrame
    ids: pd.Index
    ties: sparse.csr_array
    rules: tuple[Rule, ...]
    awards: tuple[Rule, ...]
    leads: Places
    pairs: tuple[Places, Places] = field(repr=False)
    towns: Mapping[str, Places] = field(repr=False)
    themes: Mapping[str, Places] = field(repr=False)

    @property
    def n(self) -> int:
        """Number of candidates."""
        return len(self.ids)

    def place_of(self, name: str) -> int:
        """Return the place of a candidate given by id or name.

        Raises
        ------
        UnknownNameError
            When there is no such candidate.
        """
        return place_of(self.actors, name)

    def members(self, column: str) -> Mapping[str, Places]:
        """Return for each municipality or theme the places of its candidates."""
        return self.themes if column == "themes" else self.towns


def place_of(actors: pd.DataFrame, name: str) -> int:
    """Return the place of an actor given by id or name."""
    if name in actors.index:
        return int(actors.index.get_indexer(pd.Index([name]))[0])
    same = np.flatnonzero((actors["name"].str.casefold() == name.casefold()).to_numpy())
    if not len(same):
        raise unknown_name("candidate", name, [*actors["name"], *actors.index])
    return int(same[0])


def candidates(net: StakeholderNetwork) -> pd.DataFrame:
    """Return the actors that may apply: organisations whose kind is known.

    Raises
    ------
    OptionError
        When there is none.
    """
    actors = net.actors
    fit = ~actors["kind"].isin(["", "sconosciuto", "cittadino"]) & actors["kind"].notna()
    if "person_like" in actors.columns:
        fit &= ~actors["person_like"].astype("boolean").fillna(value=False).astype("bool")
    if not len(actors):
        raise OptionError("The network has no actors: there is nobody to apply.", "Read some records first.")
    if not fit.any():
        raise OptionError(
            f"None of the {len(actors)} actors has a known kind: a call cannot be checked against them.",
            "Fill in the column 'kind' (tipo) of the actors or of the register.",
        )
    return actors[fit]


def build_task(net: StakeholderNetwork, call: Call) -> Task:
    """Return a call over the candidates of a network.

    Raises
    ------
    OptionError
        When the call asks nothing, or no candidate is left.
    UnknownNameError
        When the call names a kind, an actor or a column that the network does not know.
    """
    if call.asks_nothing:
        raise OptionError(
            f"The call '{call.title}' has no requirement: every coalition would do.",
            "Add at least one, for instance [tipi_richiesti] comune = 1.",
        )
    actors = candidates(net)
    rules = _Rules(actors, call, net)
    every, awards = rules.all(), rules.awards()
    barred = np.zeros(len(actors), dtype=bool)
    for rule in every:
        if rule.key in ("allowed_kinds", "excluded_kinds", "excluded", "seats", "seen_since"):
            barred[rule.sets[0]] = True
    if barred.all():
        raise OptionError(
            f"The call '{call.title}' excludes all {len(actors)} candidates.",
            "Look at tipi_ammessi, tipi_esclusi, enti_esclusi, sede_in and visti_dal.",
        )
    flat = flatten(net)
    place = net.actors.index.get_indexer(actors.index)
    ties = sparse.csr_array(adjacency(flat)[place][:, place])
    upper = sparse.coo_array(sparse.triu(ties, k=1))
    pairs = (np.asarray(upper.row, np.int64), np.asarray(upper.col, np.int64))
    lead_kinds = rules.kinds(call.lead_kinds)
    leads = rules.of_kinds(lead_kinds) if call.lead_kinds else np.arange(len(actors))
    return Task(
        call, net, actors, actors.index, ties, tuple(every), tuple(awards), leads, pairs,
        rules.groups("municipality"), rules.groups("themes"),
    )  # fmt: skip


class _Rules:
    """Turns the fields of a call into rules."""

    def __init__(self, actors: pd.DataFrame, call: Call, net: StakeholderNetwork) -> None:
        self.actors, self.call, self.net = actors, call, net
        every = supported_themes(net)
        self.themes = every[every.index.isin(actors.index)]

    def kinds(self, words: tuple[str, ...]) -> frozenset[str]:
        """Return the kinds for which some words stand."""
        known = self.net.kinds
        return frozenset().union(*(kinds_of(word, known=known) for word in words)) if words else frozenset()

    def of_kinds(self, kinds: frozenset[str]) -> Places:
        """Return the places of the candidates of some kinds."""
        return np.flatnonzero(self.actors["kind"].isin(kinds).to_numpy())

    def where(self, column: str, value: str) -> Places:
        """Return the places of the candidates with a value, capitals aside."""
        if column == "themes":
            ids = self.themes.index[self.themes.str.casefold() == value.casefold()]
            return np.flatnonzero(self.actors.index.isin(ids))
        if column not in self.actors.columns:
            return np.empty(0, np.int64)
        return np.flatnonzero(
            (self.actors[column].astype("str").str.casefold() == value.casefold()).to_numpy()
        )

    def values(self, column: str) -> list[str]:
        """Return the values that occur among the candidates."""
        if column == "themes":
            return sorted(set(self.themes))
        if column not in self.actors.columns:
            return []
        return sorted(set(self.actors[column].dropna().astype("str")) - {""})

    def groups(self, column: str) -> dict[str, Places]:
        """Return the places of the candidates of each value."""
        return {value: self.where(column, value) for value in self.values(column)}

    def named(self, *names: str) -> Places:
        """Return the places of some actors given by id or name."""
        return np.array([place_of(self.actors, name) for name in names], dtype=np.int64)

    def all(self) -> list[Rule]:
        """Return the rules, in the order in which a reader would check them."""
        return [*self._size(), *self._kind_rules(), *self._places(), *self._named(), *self._limits()]

    def _size(self) -> list[Rule]:
        call, everybody = self.call, np.arange(len(self.actors))
        rules = [Rule("min_partners", call.min_partners, np.inf, (everybody,), shown=call.min_partners)]
        if call.max_partners is not None:
            rules.append(
                Rule("max_partners", -np.inf, call.max_partners, (everybody,), shown=call.max_partners)
            )
        return rules

    def _kind_rules(self) -> list[Rule]:
        call, rules = self.call, []
        if call.lead_kinds:
            leads = self.of_kinds(self.kinds(call.lead_kinds))
            rules.append(Rule("lead", 1, np.inf, (leads,), what=call.lead_kinds, shown=1))
        rules += [
            Rule(
                "required_kinds",
                least,
                np.inf,
                (self.of_kinds(self.kinds((word,))),),
                what=(word,),
                shown=least,
            )
            for word, least in call.required_kinds.items()
        ]
        rules += [
            Rule("max_kinds", -np.inf, most, (self.of_kinds(self.kinds((word,))),), what=(word,), shown=most)
            for word, most in call.max_kinds.items()
        ]
        if call.allowed_kinds:
            allowed = self.of_kinds(self.kinds(call.allowed_kinds))
            others = np.setdiff1d(np.arange(len(self.actors)), allowed)
            rules.append(Rule("allowed_kinds", -np.inf, 0, (others,), what=call.allowed_kinds))
        for word in call.excluded_kinds:
            rules.append(
                Rule("excluded_kinds", -np.inf, 0, (self.of_kinds(self.kinds((word,))),), what=(word,))
            )
        return rules

    def _places(self) -> list[Rule]:
        call = self.call
        rules = [
            *self._cover("municipality", "municipalities", call.municipalities, call.min_municipalities),
            *self._cover("themes", "themes", call.themes, call.min_themes),
        ]
        if call.seats:
            inside = [
                np.union1d(self.where("municipality", name), self.of_district(name)) for name in call.seats
            ]
            outside = np.setdiff1d(np.arange(len(self.actors)), np.concatenate(inside))
            rules.append(Rule("seats", -np.inf, 0, (outside,), what=call.seats))
        return rules + [
            Rule("district", 1, np.inf, (self.of_district(name),), what=(name,)) for name in call.districts
        ]

    def of_district(self, name: str) -> Places:
        """Return the places of the candidates of a district: named in their row, or through their municipality."""
        own = self.where("district", name)
        actors = self.net.actors
        if not {"district", "municipality"} <= set(actors.columns):
            return own
        towns = actors["municipality"][actors["district"].astype("str").str.casefold() == name.casefold()]
        return np.union1d(own, np.flatnonzero(self.actors["municipality"].isin(set(towns.dropna()) - {""})))

    def _cover(self, column: str, key: str, wanted: tuple[str, ...], least: int | None) -> list[Rule]:
        if wanted and (least is None or least == len(wanted)):
            one = {"municipalities": "municipality", "themes": "theme"}[key]
            return [Rule(one, 1, np.inf, (self.where(column, name),), what=(name,)) for name in wanted]
        if not least:
            return []
        names = wanted or tuple(self.values(column))
        sets = tuple(self.where(column, name) for name in names)
        return [Rule(key if wanted else f"any_{key}", least, np.inf, sets, what=wanted, shown=least)]

    def _named(self) -> list[Rule]:
        call = self.call
        return [
            *(Rule("must_have", 1, np.inf, (self.named(name),), what=(name,)) for name in call.must_have),
            *(Rule("excluded", -np.inf, 0, (self.named(name),), what=(name,)) for name in call.excluded),
            *(
                Rule("incompatible", -np.inf, 1, (self.named(*names),), what=names)
                for names in call.incompatible
            ),
            *self._seen(),
        ]

    def _seen(self) -> list[Rule]:
        """Return the rule that leaves out those who are known from old records only."""
        since = self.call.seen_since
        if since is None:
            return []
        seen = last_seen(self.net).reindex(self.actors.index)
        old = (seen < pd.Timestamp(since)) & ~self.actors["registered"].astype("bool")
        return [Rule("seen_since", -np.inf, 0, (np.flatnonzero(old),), what=(f"{since:%d/%m/%Y}",))]

    def _limits(self) -> list[Rule]:
        rules = []
        for column, most in self.call.limits.items():
            if column not in self.actors.columns:
                raise unknown_name("column of the actors", column, self.actors.columns)
            # who has no value cannot be counted against the limit, and so stays out
            weights = (
                pd.to_numeric(self.actors[column], errors="coerce")
                .fillna(most + 1)
                .to_numpy(dtype=np.float64)
            )
            everybody = np.arange(len(self.actors))
            rules.append(Rule("limits", -np.inf, most, (everybody,), weights, what=(column,), shown=most))
        return rules

    def awards(self) -> list[Rule]:
        """Return what earns points."""
        call, ever = self.call, np.inf
        return [
            *(
                Rule("award_kind", 1, ever, (self.of_kinds(self.kinds((word,))),), what=(word,))
                for word in call.award_kinds
            ),
            *(
                Rule("award_municipality", 1, ever, (self.where("municipality", name),), what=(name,))
                for name in call.award_municipalities
            ),
            *(
                Rule("award_theme", 1, ever, (self.where("themes", name),), what=(name,))
                for name in call.award_themes
            ),
        ]


def names_of(task: Task, places: Places) -> list[str]:
    """Return the names of some candidates."""
    return actor_label(task.actors, task.ids[places])
