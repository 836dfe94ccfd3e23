"""The central object: the organisations of a territory and how they are tied, as a few small tables."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np
import pandas as pd

from stakeholder_net._checks import unknown_name
from stakeholder_net._codes import codes_of
from stakeholder_net._digest import digest_table
from stakeholder_net._promises import (
    KEYS,
    Ends,
    of_layers,
    promise,
    rows_of_layers,
    with_derived_ties,
    with_presence,
)
from stakeholder_net.errors import OptionError
from stakeholder_net.words import CORE_TABLES

__all__ = ["StakeholderNetwork"]

P = ParamSpec("P")
R = TypeVar("R")


class StakeholderNetwork:
    """The organisations of a territory, the events they took part in and the ties between them.

    Two kinds of fact are kept apart: *attendance* (an actor took part in an event: a meeting, a project, a board) and
    *ties* (actor to actor). Co-attendance is derived by :func:`project`; its layer card says so. The object cannot be
    changed: every verb returns a new one, every table is a copy, and the tables given are never touched.

    Parameters
    ----------
    actors : pandas.DataFrame
        One row an actor; columns ``actor_id``, ``name``, ``kind`` and any others (``municipality``, ``registered``...).
        Their order is kept. Actors without any tie are actors.
    events : pandas.DataFrame, optional
        One row an event; ``event_id``, ``name``, ``kind``; ``layer`` says to which two-mode layer it belongs
        (default ``"attendance"``); ``start``, ``end``, ``place``, ``theme``.
    attendance : pandas.DataFrame, optional
        One row for an actor and an event; ``actor_id``, ``event_id``, ``status`` (announced, present, remote,
        delegate, absent, unknown).
    ties : pandas.DataFrame, optional
        One row for a pair and a layer; ``source``, ``target``, ``layer``, ``weight`` > 0.
    layers : pandas.DataFrame, optional
        One card a layer; ``layer``, ``directed``; ``weight_means`` is ``"strength"`` when a larger number is a
        stronger tie, ``"distance"`` when it is a weaker one. Undirected cards are made for layers that have none.
        Not declared it is ``"strength"``, but ``"unknown"`` where the weights are 1, 2, 3 and so on, as ranks are:
        then measures that use them warn.
    presence : pandas.DataFrame, optional
        ``actor_id``, ``layer``: who belongs to a layer. Where a layer is not named here, the actors with a tie or an
        attendance in it are its members: absent from a layer and present without ties are different states.
    name, source : str
        What the network is, and where it comes from.

    Raises
    ------
    InvalidTablesError
        With every fault of every table: ids empty or twice, references that do not resolve, ties to oneself or
        twice, weights that are not finite and above zero, dates or numbers that are none.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["Comune", "Coop", "Odv"],
    ...                          "kind": ["comune", "coop_sociale", "ets_odv"]}),
    ...     ties=pd.DataFrame({"source": ["b"], "target": ["a"], "layer": ["partnership"], "weight": [2.0]}))
    >>> net
    <StakeholderNetwork: 3 actors (1 without ties), 0 events, 1 tie in 1 layer: partnership 1>
    """

    __slots__ = ("_ends", "_fingerprint", "_met", "_tables", "name", "source")

    name: str
    source: str
    _tables: dict[str, pd.DataFrame]
    _fingerprint: str | None
    _ends: Ends | None
    _met: frozenset[str]  # layers in which exactly those are tied who shared an event, as project() left them

    def __init__(  # noqa: PLR0913 - one keyword a table
        self,
        *,
        actors: pd.DataFrame,
        events: pd.DataFrame | None = None,
        attendance: pd.DataFrame | None = None,
        ties: pd.DataFrame | None = None,
        layers: pd.DataFrame | None = None,
        presence: pd.DataFrame | None = None,
        name: str = "",
        source: str = "",
    ) -> None:
        given = {
            "actors": actors,
            "events": events,
            "attendance": attendance,
            "ties": ties,
            "layers": layers,
            "presence": presence,
        }
        tables, ends = promise(given)
        object.__setattr__(self, "_tables", tables)
        object.__setattr__(self, "_ends", ends)
        object.__setattr__(self, "_met", frozenset())
        object.__setattr__(self, "_fingerprint", None)
        object.__setattr__(self, "name", str(name))
        object.__setattr__(self, "source", str(source))

    # --- tables: a fresh copy each time; pandas copies on write, so a shallow one is as good ---
    @property
    def actors(self) -> pd.DataFrame:
        """Actors, one row each, indexed by ``actor_id``, in the order in which they were given."""
        return self._tables["actors"].copy(deep=False)

    @property
    def events(self) -> pd.DataFrame:
        """Events, one row each, indexed by ``event_id``, in the order in which they were given."""
        return self._tables["events"].copy(deep=False)

    @property
    def attendance(self) -> pd.DataFrame:
        """Attendance, one row for an event and an actor, sorted by event and actor."""
        return self._tables["attendance"].copy(deep=False)

    @property
    def ties(self) -> pd.DataFrame:
        """Ties, one row for a pair and a layer, sorted; an undirected pair stands in actor order."""
        return self._tables["ties"].copy(deep=False)

    @property
    def layers(self) -> pd.DataFrame:
        """Layer cards, indexed by ``layer``."""
        return self._tables["layers"].copy(deep=False)

    @property
    def presence(self) -> pd.DataFrame:
        """Who belongs to which layer: ``actor_id``, ``layer``, sorted."""
        return self._tables["presence"].copy(deep=False)

    # --- facts --------------------------------------------------------------------------------------------------
    @property
    def n_actors(self) -> int:
        """Number of actors, those without ties among them."""
        return len(self._tables["actors"])

    @property
    def n_ties(self) -> int:
        """Number of ties over all layers."""
        return len(self._tables["ties"])

    @property
    def layer_names(self) -> tuple[str, ...]:
        """Names of the layers, in the order of their cards."""
        return tuple(self._tables["layers"].index)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of actor that occur, most frequent first, then by name."""
        counts = self._tables["actors"]["kind"].value_counts()
        return tuple(sorted(counts.index, key=lambda kind: (-counts[kind], kind)))

    @property
    def fingerprint(self) -> str:
        """Hash (SHA-256, hexadecimal) of all tables: equal content, equal fingerprint, on every machine."""
        if self._fingerprint is None:
            digest = hashlib.sha256()
            for table in CORE_TABLES:
                frame = self._tables[table]
                digest.update(f"\x1e{table}\x1e".encode())
                digest_table(digest, frame.reset_index() if table in KEYS else frame)
            object.__setattr__(self, "_fingerprint", digest.hexdigest())
        return str(self._fingerprint)

    def _tie_ends(self) -> Ends:
        """Return where both ends of every tie stand among the actors; looked up once."""
        if self._ends is None:
            ties, actors = self._tables["ties"], self._tables["actors"].index
            first, second = (codes_of(ties[end], actors).astype("int32") for end in ("source", "target"))
            object.__setattr__(self, "_ends", (first, second))
            return first, second
        return self._ends

    # --- verbs: each returns a new network ----------------------------------------------------------------------
    def layer(self, *names: str) -> StakeholderNetwork:
        """Keep some layers; the actors stay, so that those who are absent from a layer are seen to be absent.

        Parameters
        ----------
        *names : str
            Layers to keep, in the order wanted.

        Raises
        ------
        UnknownNameError
            When a layer does not exist.
        """
        for name in names:
            if name not in self.layer_names:
                raise unknown_name("layer", name, self.layer_names)
        tables = self._tables
        events = tables["events"][tables["events"]["layer"].isin(names)]
        attendance = tables["attendance"]
        wanted = list(dict.fromkeys(names))
        in_order = {name: of_layers(tables[name], wanted, self.layer_names) for name in ("ties", "presence")}
        rows = rows_of_layers(tables["ties"], wanted, self.layer_names)
        first, second = (np.concatenate([end[:0], *(end[some] for some in rows)]) for end in self._tie_ends())
        return self._trusted(
            ends=(first, second),
            met=self._met.intersection(names),
            layers=tables["layers"].loc[wanted],
            events=events,
            attendance=attendance[attendance["event_id"].isin(events.index)].reset_index(drop=True),
            **in_order,
        )

    def keep(self, actor_ids: Iterable[str]) -> StakeholderNetwork:
        """Keep some actors, with the ties and attendance among them (the induced network), in their present order.

        Parameters
        ----------
        actor_ids : iterable of str
            Ids to keep.

        Raises
        ------
        UnknownNameError
            When an id does not exist.
        """
        wanted = list(dict.fromkeys(actor_ids))
        actors = self._tables["actors"]
        for actor in wanted:
            if actor not in actors.index:
                raise unknown_name("actor", actor, actors.index)
        ties, attendance, presence = (self._tables[table] for table in ("ties", "attendance", "presence"))
        return self._trusted(
            actors=actors[actors.index.isin(wanted)],
            ties=ties[ties["source"].isin(wanted) & ties["target"].isin(wanted)].reset_index(drop=True),
            attendance=attendance[attendance["actor_id"].isin(wanted)].reset_index(drop=True),
            presence=presence[presence["actor_id"].isin(wanted)].reset_index(drop=True),
        )

    def with_actors(self, **columns: pd.Series | Mapping[str, object]) -> StakeholderNetwork:
        """Add or replace columns of the actors, matched by actor id and never by position.

        Parameters
        ----------
        **columns : pandas.Series or mapping
            One per column; index or keys are actor ids. Actors that are not named get a missing value.

        Raises
        ------
        UnknownNameError
            When a column names an actor that does not exist.
        """
        actors = self._tables["actors"].copy()
        for column, values in columns.items():
            series = values if isinstance(values, pd.Series) else pd.Series(values)
            strangers = series.index.difference(actors.index)
            if len(strangers):
                raise unknown_name("actor", strangers[0], actors.index)
            actors[column] = series.reindex(actors.index)
        return self._with(actors=actors.reset_index())

    def with_ties(
        self,
        ties: pd.DataFrame,
        *,
        layer: str | None = None,
        card: Mapping[str, object] | None = None,
        presence: Iterable[str] | None = None,
    ) -> StakeholderNetwork:
        """Replace the ties of one layer, or of every layer that a table of ties names.

        Parameters
        ----------
        ties : pandas.DataFrame
            ``source``, ``target``, ``weight`` and, unless `layer` is given, ``layer``.
        layer : str, optional
            The layer to which all of them belong.
        card : mapping, optional
            Fields of that layer's card to set (``directed``, ``unit``, ``derived_from``...).
        presence : iterable of str, optional
            The actors that belong to that layer; by default those known so far and those with a tie.

        Raises
        ------
        OptionError
            When `card` or `presence` is given without `layer`.
        """
        if layer is None and (card is not None or presence is not None):
            raise OptionError("card= and presence= describe one layer.", "Name it with layer=.")
        new = ties.copy()
        if layer is not None:
            new["layer"] = layer
        replaced = set(new["layer"]) if layer is None and "layer" in new.columns else {layer}
        old = self._tables["ties"]
        layers = self._tables["layers"].reset_index()
        if layer is not None:
            fields = {"layer": layer, **dict(card or {})}
            if layer in self.layer_names:
                layers = _set_card(layers, layer, fields)
            else:
                layers = pd.concat([layers, pd.DataFrame([{"directed": False, **fields}])], ignore_index=True)
        kept_presence = self._tables["presence"]
        if presence is not None:
            members = pd.DataFrame({"actor_id": list(presence), "layer": layer})
            kept_presence = pd.concat(
                [kept_presence[kept_presence["layer"] != layer], members], ignore_index=True
            )
        return self._with(
            ties=pd.concat([old[~old["layer"].isin(replaced)], new], ignore_index=True),
            layers=layers,
            presence=kept_presence,
        )

    def _with_derived(
        self, layer: str, ties: pd.DataFrame, card: Mapping[str, object], ends: Ends, *, met: bool
    ) -> StakeholderNetwork:
        """Replace the ties of a two-mode layer by ties of its own actors, each pair once and in actor order.

        What was made of promises that hold is not looked through again: a country has twenty million such ties.
        """
        tables = self._tables
        cards = _set_card(tables["layers"].reset_index(), layer, {"layer": layer, **card})
        bare = StakeholderNetwork(actors=tables["actors"].reset_index(), layers=cards)
        alone = not (tables["ties"]["layer"] != layer).any()
        return self._trusted(
            ends=ends if alone else None,
            met=self._met - {layer} | ({layer} if met else set()),
            layers=bare._tables["layers"],
            ties=with_derived_ties(tables["ties"], ties, layer, self.layer_names),
            presence=with_presence(tables["presence"], ties, layer, tables["actors"].index, self.layer_names),
        )

    def pipe(
        self, func: Callable[Concatenate[StakeholderNetwork, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Return ``func(self, *args, **kwargs)``, so that steps read from left to right."""
        return func(self, *args, **kwargs)

    def _with(self, **tables: pd.DataFrame) -> StakeholderNetwork:
        current = {
            table: frame.reset_index() if table in KEYS else frame for table, frame in self._tables.items()
        }
        return StakeholderNetwork(**(current | tables), name=self.name, source=self.source)

    def _trusted(
        self, *, ends: Ends | None = None, met: frozenset[str] = frozenset(), **tables: pd.DataFrame
    ) -> StakeholderNetwork:
        """Return a network with rows of this one left out: what held for all rows holds for some."""
        net = object.__new__(StakeholderNetwork)
        for slot, value in {
            "_tables": {**self._tables, **tables},
            "_fingerprint": None,
            "_ends": ends,
            "_met": met,
            "name": self.name,
            "source": self.source,
        }.items():
            object.__setattr__(net, slot, value)
        return net

    # --- manners ------------------------------------------------------------------------------------------------
    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(
            f"A StakeholderNetwork cannot be changed ('{name}'); its verbs return a new one."
        )

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"A StakeholderNetwork cannot be changed ('{name}').")

    def __reduce__(self) -> tuple[Callable[..., StakeholderNetwork], tuple[dict[str, Any], str, str]]:
        return _rebuild, (self._tables, self.name, self.source)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, StakeholderNetwork):
            return NotImplemented
        return (self.name, self.source, self.fingerprint) == (other.name, other.source, other.fingerprint)

    def __hash__(self) -> int:
        return hash((self.name, self.source, self.fingerprint))

    def _isolated(self) -> int:
        ties = self._tables["ties"]
        return self.n_actors - len(set(ties["source"]) | set(ties["target"]))

    def __repr__(self) -> str:
        per_layer = self._tables["ties"]["layer"].value_counts()
        listed = ", ".join(f"{name} {per_layer.get(name, 0)}" for name in self.layer_names) or "none"
        title = f" {self.name!r}" if self.name else ""
        return (
            f"<StakeholderNetwork{title}: {_count(self.n_actors, 'actor')} ({self._isolated()} without ties), "
            f"{_count(len(self._tables['events']), 'event')}, {_count(self.n_ties, 'tie')} in "
            f"{_count(len(self.layer_names), 'layer')}: {listed}>"
        )

    def _repr_html_(self) -> str:
        ties, events = self._tables["ties"], self._tables["events"]
        rows = "".join(
            f"<tr><td>{html.escape(str(card.label or name))}</td><td>{(ties['layer'] == name).sum()}</td>"
            f"<td>{(events['layer'] == name).sum()}</td>"
            f"<td>{(self._tables['presence']['layer'] == name).sum()}</td></tr>"
            for name, card in zip(self.layer_names, self._tables["layers"].itertuples(), strict=True)
        )
        return (
            f"<div><strong>{html.escape(self.name or 'StakeholderNetwork')}</strong> · {self.n_actors} attori/actors "
            f"· {len(events)} eventi/events · {self.n_ties} legami/ties"
            "<table><thead><tr><th>livello / layer</th><th>legami / ties</th><th>eventi / events</th>"
            f"<th>attori / actors</th></tr></thead><tbody>{rows}</tbody></table></div>"
        )


def _rebuild(tables: dict[str, pd.DataFrame], name: str, source: str) -> StakeholderNetwork:
    frames = {table: frame.reset_index() if table in KEYS else frame for table, frame in tables.items()}
    return StakeholderNetwork(**frames, name=name, source=source)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _set_card(layers: pd.DataFrame, layer: str, fields: Mapping[str, object]) -> pd.DataFrame:
    """Return the cards with some fields of one of them replaced."""
    cards = [{str(key): value for key, value in card.items()} for card in layers.to_dict("records")]
    changed = [{**card, **fields} if card["layer"] == layer else card for card in cards]
    return pd.DataFrame(changed)
