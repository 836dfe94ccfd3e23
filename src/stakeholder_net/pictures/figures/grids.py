"""Figures that are grids: who came to which meeting, who is tied to whom, group by group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from stakeholder_net._checks import unknown_name
from stakeholder_net.errors import OptionError
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.pictures.figures._parts import (
    bare,
    check_language,
    empty,
    pairs_of,
    panel,
    percent,
    pick,
)
from stakeholder_net.pictures.figures.base import (
    GRID,
    MUTED,
    Figure,
    caption_of,
    drawing,
    finish,
    new_sheet,
    number,
    shorten,
)
from stakeholder_net.pictures.style import INK, group_of
from stakeholder_net.words import COUNTING_STATUSES, KIND_GROUPS, Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["adjacency_by_group", "attendance_matrix"]

MANY: Final = 40
REGULAR: Final = 0.5  # came to this share of the meetings


def attendance_matrix(
    net: StakeholderNetwork,
    *,
    layer: str = "attendance",
    n_actors: int = MANY,
    title: str | None = None,
    language: Language = "it",
) -> Figure:
    """Who came to which meeting, who comes regularly and who stopped coming?

    Reads as: "two organisations came to half of the meetings; these four came early and were not seen again". A
    regular came to half of the meetings or more; a drop-out came to two or more of the first half of the dated
    meetings and to none since. Not to be on a list is not proof of absence.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with attendance.
    layer : str
        Layer of the meetings.
    n_actors : int
        How many rows, those with most presences first.
    title : str, optional
        The finding; by default how many came once only, how many are regulars.
    language : {"it", "en"}
        Language of the words.

    Returns
    -------
    Figure
        With ``save(path)`` (PNG, SVG, PDF), ``alt`` and ``key``, the meetings behind the numbers.

    Raises
    ------
    OptionError
        When `n_actors` is below one or the language is unknown.
    UnknownNameError
        When no meeting is in that layer, though there are others.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a"], "name": ["Coop"], "kind": ["coop_sociale"]}),
    ...     events=pd.DataFrame({"event_id": ["e"], "name": ["Tavolo"], "kind": ["table"]}),
    ...     attendance=pd.DataFrame({"actor_id": ["a"], "event_id": ["e"], "status": ["present"]}))
    >>> attendance_matrix(net, language="en").title
    'Organisations seen at the meetings (1): 1; came once only: 1; regulars: 1; drop-outs: 0'
    """
    check_language(language)
    if n_actors < 1:
        raise OptionError(f"n_actors={n_actors} is below one.", "Give the number of rows.")
    events = net.events
    if len(events) and layer not in set(events["layer"]):
        raise unknown_name("layer", layer, sorted(set(events["layer"])))
    events = events[events["layer"] == layer]
    start = events["start"] if "start" in events.columns else pd.Series(pd.NaT, index=events.index)
    events = events.assign(start=start).sort_values("start", kind="stable", na_position="last")
    rows = net.attendance[net.attendance["event_id"].isin(events.index)]
    came = rows[rows["status"].isin(COUNTING_STATUSES)]
    if came.empty:
        return empty(
            pick(language, "Nessuna presenza annotata", "No presence on record"), caption_of(net, language)
        )
    grid = (
        pd.crosstab(came["actor_id"], came["event_id"])
        .reindex(columns=events.index, fill_value=0)
        .clip(upper=1)
    )
    regular, gone = grid.mean(axis=1) >= REGULAR, _drop_outs(grid, events["start"])
    first = grid.to_numpy().argmax(axis=1)
    order = np.lexsort((net.actors["name"].reindex(grid.index), first, -grid.sum(axis=1)))
    chosen = grid.iloc[order[:n_actors]]
    words = title or _came_words(grid, regular, gone, language)
    names = [str(name) for name in events["name"]]
    with drawing():
        sheet = new_sheet(10.0, 2.5 + 0.19 * len(chosen))
        axes = panel(sheet, 3.4, 3.1, top=1.25)
        _draw_presence(axes, chosen, rows)
        _name_rows(axes, net, chosen, regular, gone)
        _name_columns(axes, events["start"], names, language)
        note = pick(
            language,
            f"● presente ○ annunciato o altro · R assiduo (almeno metà degli incontri) · U uscito (più volte nella "
            f"prima metà di quelli datati, poi mai) · {len(chosen)} enti su {len(grid)}",
            f"● present ○ announced or other · R regular (half of the meetings or more) · U dropped out (several times "
            f"in the first half of the dated ones, then never) · {len(chosen)} organisations of {len(grid)}",
        )
        listing = "; ".join(
            f"{net.actors['name'][str(actor)]} {count}"
            for actor, count in chosen.sum(axis=1).head(10).items()
        )
        alt = f"{words}. {pick(language, 'Con più presenze', 'With most presences')}: {listing}."
        return finish(sheet, title=words, alt=alt, caption=caption_of(net, language, note), key=tuple(names))


def _drop_outs(grid: pd.DataFrame, start: pd.Series) -> pd.Series:
    dated = [event for event in grid.columns if pd.notna(start[event])]
    half = len(dated) // 2
    early, late = grid[dated[:half]].sum(axis=1) > 1, grid[dated[half:]].any(axis=1)
    undated = grid.drop(columns=dated).any(axis=1)  # when that was is not known
    return early & ~late & ~undated


def _came_words(grid: pd.DataFrame, regular: pd.Series, gone: pd.Series, language: Language) -> str:
    seen, once = len(grid), int((grid.sum(axis=1) == 1).sum())
    n, a, b = grid.shape[1], int(regular.sum()), int(gone.sum())
    return pick(
        language,
        f"Enti visti agli incontri ({n}): {number(seen, language)}; venuti una volta sola: {number(once, language)}; "
        f"assidui: {a}; usciti: {b}",
        f"Organisations seen at the meetings ({n}): {number(seen, language)}; came once only: "
        f"{number(once, language)}; regulars: {a}; drop-outs: {b}",
    )


def _draw_presence(axes: Axes, chosen: pd.DataFrame, rows: pd.DataFrame) -> None:
    y, x = np.nonzero(chosen.to_numpy())
    other = rows[~rows["status"].isin(COUNTING_STATUSES) & rows["actor_id"].isin(chosen.index)]
    at = np.stack(
        [
            chosen.columns.get_indexer(pd.Index(other["event_id"])),
            chosen.index.get_indexer(pd.Index(other["actor_id"])),
        ]
    )
    at = at[:, chosen.to_numpy()[at[1], at[0]] == 0]
    axes.scatter(x, y, s=42, c=INK, marker="o", linewidths=0)
    axes.scatter(at[0], at[1], s=34, facecolors="none", edgecolors=MUTED, marker="o", linewidths=0.9)
    axes.set_xlim(-0.6, chosen.shape[1] - 0.4)
    axes.set_ylim(len(chosen) - 0.4, -0.6)
    axes.grid(visible=True, color=GRID, linewidth=0.6)
    bare(axes)


def _name_rows(
    axes: Axes, net: StakeholderNetwork, chosen: pd.DataFrame, regular: pd.Series, gone: pd.Series
) -> None:
    names = net.actors["name"]
    axes.set_yticks(
        range(len(chosen)), [shorten(str(names[actor]), 44) for actor in chosen.index], fontsize=8
    )
    edge = chosen.shape[1] - 0.3
    for row, actor in enumerate(chosen.index):
        sign = "R" if regular[actor] else "U" if gone[actor] else ""
        axes.text(edge, row, f"{chosen.loc[actor].sum()}  {sign}", va="center", fontsize=8, clip_on=False,
                  fontweight="bold" if sign else "normal")  # fmt: skip


def _name_columns(axes: Axes, start: pd.Series, names: list[str], language: Language) -> None:
    never = pick(language, "senza data", "undated")
    axes.set_xticks(range(len(names)), [str(n) for n in range(1, len(names) + 1)], fontweight="bold")
    axes.xaxis.tick_top()
    height = axes.get_position().height * axes.figure.get_size_inches()[1]  # type: ignore[union-attr]
    step = min(0.2 / height, 1.0 / max(len(names), 1))
    for place, (name, day) in enumerate(zip(names, start, strict=True), start=1):
        when = never if pd.isna(day) else str(day.year)
        axes.text(1.14, 1.0 - step * (place - 0.5), f"{place}  {when}  {shorten(name, 38)}", transform=axes.transAxes,
                  fontsize=7.5, va="top", clip_on=False)  # fmt: skip


def adjacency_by_group(
    net: StakeholderNetwork, *, by: str = "kind", title: str | None = None, language: Language = "it"
) -> Figure:
    """Are organisations tied within their group, or across?

    Reads as: "most ties join organisations of different kinds". Rows and columns are the same actors, group after
    group; a darker cell is a pair tied in more layers. Actors without ties are counted, not drawn.

    Parameters
    ----------
    net : StakeholderNetwork
        Any network.
    by : str
        Column of the actors; kinds are drawn by their groups.
    title : str, optional
        The finding; by default the share of pairs within one group.
    language : {"it", "en"}
        Language of the words.

    Returns
    -------
    Figure
        With ``save(path)`` (PNG, SVG, PDF) and ``alt``.

    Raises
    ------
    OptionError
        When the language is unknown.
    UnknownNameError
        When the actors have no such column.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b"], "name": ["Comune", "Coop"],
    ...                          "kind": ["comune", "coop_sociale"]}),
    ...     ties=pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["partnership"], "weight": [1.0]}))
    >>> adjacency_by_group(net, language="en").title
    '0% of the tied pairs are within one group (0 of 1)'
    """
    check_language(language)
    if by not in net.actors.columns:
        raise unknown_name("column", by, list(net.actors.columns))
    pairs = pairs_of(net).groupby(["low", "high"]).size().reset_index(name="layers")
    if pairs.empty:
        return empty(
            pick(language, "Nessuna coppia di enti è legata", "No pair is tied"), caption_of(net, language)
        )
    group = _groups(net, by, language)
    ends = group.to_numpy()[pairs[["low", "high"]].to_numpy()]
    inside = int((ends[:, 0] == ends[:, 1]).sum())
    share, one, all_ = (
        percent(inside / len(pairs), language),
        number(inside, language),
        number(len(pairs), language),
    )
    words = title or pick(
        language,
        f"Coppie legate dentro lo stesso gruppo: {one} su {all_} ({share})",
        f"{share} of the tied pairs are within one group ({one} of {all_})",
    )
    tied = np.unique(pairs[["low", "high"]].to_numpy())
    sizes = group.iloc[tied].value_counts()
    rank = {
        name: place for place, name in enumerate(sorted(sizes.index, key=lambda name: (-sizes[name], name)))
    }
    order = tied[np.lexsort((tied, group.iloc[tied].map(rank)))]
    place = np.full(net.n_actors, -1)
    place[order] = np.arange(len(order))
    low, high = place[pairs["low"]], place[pairs["high"]]
    grid = np.full((len(order), len(order)), np.nan)
    grid[low, high] = grid[high, low] = pairs["layers"]
    with drawing():
        sheet = new_sheet(8.6, 8.0)
        axes = panel(sheet, 2.6, 0.4, bottom=0.8)
        top = max(2.0, float(pairs["layers"].max()))
        axes.imshow(grid, cmap="Greys", vmin=-0.6 * top, vmax=top, interpolation="nearest", aspect="auto")
        _draw_borders(axes, [int(sizes[name]) for name in rank], [shorten(str(name), 34) for name in rank])
        alone = net.n_actors - len(tied)
        note = pick(language, f"più scuro: coppia legata in più livelli · {alone} enti senza legami non disegnati",
                    f"darker: tied in more layers · {alone} actors without ties not drawn")  # fmt: skip
        listing = "; ".join(f"{name} {sizes[name]}" for name in rank)
        alt = f"{words}. {pick(language, 'Gruppi', 'Groups')}: {listing}."
        return finish(sheet, title=words, alt=alt, caption=caption_of(net, language, note))


def _groups(net: StakeholderNetwork, by: str, language: Language) -> pd.Series:
    if by == "kind":
        return net.actors["kind"].map(lambda kind: KIND_GROUPS[group_of(kind)][0 if language == "it" else 1])
    unknown = pick(language, "non indicato", "not stated")
    return (
        net.actors[by]
        .astype("object")
        .map(lambda value: str(value).strip(), na_action="ignore")
        .replace("", np.nan)
        .fillna(unknown)
    )


def _draw_borders(axes: Axes, sizes: list[int], names: list[str]) -> None:
    edge = np.concatenate([[0], np.cumsum(sizes)]) - 0.5
    for at in edge[1:-1]:
        axes.axhline(at, color="#9aa4b2", linewidth=0.6)
        axes.axvline(at, color="#9aa4b2", linewidth=0.6)
    middle = (edge[:-1] + edge[1:]) / 2
    gap = (edge[-1] - edge[0]) / 42
    label = middle.copy()
    for place in range(1, len(label)):  # names of small groups are pushed apart
        label[place] = max(label[place], label[place - 1] + gap)
    for at, y, name, size in zip(middle, label, names, sizes, strict=True):
        line = {"arrowstyle": "-", "color": MUTED, "linewidth": 0.5}
        axes.annotate(f"{name} ({size})", (-0.5, at), (-0.03 * edge[-1] - 1, y), ha="right", va="center", fontsize=8.5,
                      annotation_clip=False, arrowprops=line)  # fmt: skip
    axes.set_xticks([])
    axes.set_yticks([])
    bare(axes, "left", "right", "top", "bottom")
