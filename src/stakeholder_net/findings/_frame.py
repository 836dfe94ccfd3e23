"""The one shape of a finding: ranked rows, each with its actors, a score and a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from stakeholder_net._checks import check_option, unknown_name
from stakeholder_net.errors import OptionError
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import KINDS, LANGUAGES, Language

__all__ = [
    "COMMON",
    "PRIORITY_LAYER",
    "as_finding",
    "attribute",
    "check_language",
    "need",
    "records",
    "supported_themes",
    "themes_of",
    "town_population",
]

COMMON: Final = ("finding", "actors", "score", "why", "evidence")
NOT_STATED: Final = ""
PRIORITY_LAYER: Final = "priorities"
"""Layer of actors and themes, see ``with_priorities``."""
_TEXT: Final = ("finding", "why", "evidence", "status", "call", "lead", "rule", "group")


def as_finding(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Return rows as a finding: the common columns first, then its own, numbered from 0.

    Parameters
    ----------
    rows : iterable of mapping
        One per row; ``actors`` is a tuple of actor ids.
    columns : sequence of str
        The finding's own columns, in order.

    Returns
    -------
    pandas.DataFrame
        Also when there are no rows.
    """
    names = [*COMMON, *columns]
    frame = pd.DataFrame(list(rows), columns=names)
    for name in names:
        if name in _TEXT:
            frame[name] = frame[name].astype("str")
    frame["score"] = pd.to_numeric(frame["score"]).astype("float64")
    frame["actors"] = frame["actors"].astype("object")
    return frame


def check_language(language: Language) -> Language:
    """Return the language, or refuse it."""
    return check_option("language", language, LANGUAGES)


def themes_of(actors: pd.DataFrame, column: str = "themes") -> pd.Series:
    """Return one row for an actor and a theme: index the actor id, value the theme; cells hold themes parted by ``;``.

    Examples
    --------
    >>> themes_of(pd.DataFrame({"themes": ["minori; anziani", None]}, index=["a", "b"])).to_dict()
    {'a': 'anziani'}
    """
    if column not in actors.columns:
        return pd.Series(dtype="str", name=column)
    parts = actors[column].astype("str").str.split(r"[;|]", regex=True).explode().astype("str").str.strip()
    return parts[parts.notna() & (parts != "")]


def supported_themes(net: StakeholderNetwork) -> pd.Series:
    """Return one row for an actor and a theme, from its column and from the layer of priorities."""
    named = themes_of(net.actors)
    events = net.events
    themes = events["name"][events["layer"] == PRIORITY_LAYER]
    rows = net.attendance
    rows = rows[rows["event_id"].isin(themes.index)]
    wanted = pd.Series(
        rows["event_id"].map(themes).to_numpy(), index=rows["actor_id"].to_numpy(), dtype="str"
    )
    every = pd.concat([named, wanted]) if len(named) else wanted
    return every[~pd.MultiIndex.from_arrays([every.index, every]).duplicated()]


def attribute(net: StakeholderNetwork, column: str) -> pd.DataFrame:
    """Return the values of an attribute, one row for an actor and a value (a body may have several themes).

    Parameters
    ----------
    net : StakeholderNetwork
        Any network.
    column : str
        A column of the actors, or ``"kind_group"`` for the wider groups of kinds. ``themes`` may hold several
        values in a cell, parted by ``;``.

    Returns
    -------
    pandas.DataFrame
        ``actor_id`` and the column; a missing value is an empty text, so that every actor stays in the count.

    Raises
    ------
    UnknownNameError
        When the actors have no such column.
    """
    actors = net.actors
    if column == "kind_group":
        values = actors["kind"].map(lambda kind: KINDS[kind].group if kind in KINDS else str(kind))
    elif column in actors.columns or column == "themes":
        values = actors[column] if column in actors.columns else pd.Series(NOT_STATED, index=actors.index)
    else:
        raise unknown_name("column of the actors", column, ["kind_group", *actors.columns])
    if column in ("themes", "codes"):
        split = supported_themes(net) if column == "themes" else themes_of(actors, column)
        without = actors.index.difference(split.index, sort=False)
        values = pd.concat([split, pd.Series(NOT_STATED, index=without)])
    texts = values.astype("str").fillna(NOT_STATED).str.strip()
    return pd.DataFrame({"actor_id": values.index.to_numpy(), column: texts.to_numpy()})


def town_population(actors: pd.DataFrame) -> pd.Series:
    """Return inhabitants by municipality, as far as the actors' column ``population`` tells them."""
    if not {"population", "municipality"} <= set(actors.columns):
        return pd.Series(dtype="float64")
    known = actors[actors["population"].notna()]
    return pd.to_numeric(known.groupby("municipality", sort=True)["population"].max()).astype("float64")


def need(condition: bool, message: str, hint: str = "") -> None:  # noqa: FBT001 - reads as a sentence
    """Refuse input that cannot be answered."""
    if not condition:
        raise OptionError(message, hint)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table, each by the names of its columns."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
