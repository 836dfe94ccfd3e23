"""Figures of time and place: what happened when, and which municipalities are tied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from stakeholder_net._checks import unknown_name
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
    PAPER,
    Figure,
    caption_of,
    clean,
    drawing,
    finish,
    new_sheet,
    number,
    shorten,
)
from stakeholder_net.pictures.figures.network import _draw_key
from stakeholder_net.pictures.style import INK, LAYER_HUES_LIGHT, layer_label, layer_style
from stakeholder_net.words import COUNTING_STATUSES, Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["municipality_arcs", "time_line"]

DAYS: Final = 365.25


def time_line(
    net: StakeholderNetwork, *, n_labels: int = 16, title: str | None = None, language: Language = "it"
) -> Figure:
    """When did the organisations meet, and how many came?

    Reads as: "the dated meetings go from 2002 to 2026, with nothing on record between 2007 and 2016". One row a
    layer; the area of a mark is the number of organisations. Events without a date are counted, not drawn.

    Parameters
    ----------
    net : StakeholderNetwork
        Network with events.
    n_labels : int
        How many events to number, in the order of time; those with most organisations are chosen.
    title : str, optional
        The finding; by default first and last year and the longest silence.
    language : {"it", "en"}
        Language of the words.

    Returns
    -------
    Figure
        With ``save(path)`` (PNG, SVG, PDF), ``alt`` and ``key``, the events behind the numbers.

    Raises
    ------
    OptionError
        When the language is unknown.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a"], "name": ["Coop"], "kind": ["coop_sociale"]}),
    ...     events=pd.DataFrame({"event_id": ["e", "f"], "name": ["Uno", "Due"], "kind": ["table", "table"],
    ...                          "start": pd.to_datetime(["2020-03-01", "2024-03-01"])}))
    >>> time_line(net, language="en").title
    '2 events with a date, from 2020 to 2024; none on record between 2020 and 2024'
    """
    check_language(language)
    events = net.events
    dated = events[events["start"].notna()] if "start" in events.columns else events.iloc[:0]
    undated = len(events) - len(dated)
    if dated.empty:
        return empty(
            pick(language, "Nessun evento ha una data", "No event has a date"), caption_of(net, language)
        )
    came = net.attendance[net.attendance["status"].isin(COUNTING_STATUSES)]["event_id"].value_counts()
    dated = dated.assign(came=came.reindex(dated.index).fillna(0)).sort_values("start", kind="stable")
    words = title or _silence(dated["start"], language)
    layers = [name for name in net.layer_names if (dated["layer"] == name).any()]
    layers += sorted(set(dated["layer"]) - set(layers))
    chosen = dated["came"].sort_values(ascending=False, kind="stable").index[:n_labels]
    numbered = [event for event in dated.index if event in chosen]
    with drawing():
        sheet = new_sheet(10.0, 2.6 + max(1.0 * len(layers), 0.2 * len(numbered)))
        axes = panel(sheet, 1.8, 3.6, bottom=0.95)
        _draw_events(axes, net, dated, layers)
        cards = net.layers["label"]
        axes.set_yticks(
            range(len(layers)),
            [shorten(layer_label(name, str(cards.get(name, name)), language), 24) for name in layers],
        )
        _number_events(axes, dated, layers, numbered)
        names = [
            f"{dated['start'][event].year}  {dated['name'][event]} ({number(dated['came'][event], language)})"
            for event in numbered
        ]
        _draw_key(
            sheet,
            [shorten(name, 34) for name in names],
            pick(language, "Eventi (enti presenti)", "Events (present)"),
        )
        note = pick(
            language,
            f"{undated} eventi senza data non disegnati",
            f"{undated} events without a date not drawn",
        )
        alt = f"{words}. {'; '.join(f'{place} {name}' for place, name in enumerate(names, start=1))}."
        return finish(
            sheet,
            title=words,
            alt=alt,
            caption=caption_of(net, language, note if undated else ""),
            key=tuple(names),
        )


def _silence(start: pd.Series, language: Language) -> str:
    days = start.sort_values().to_numpy()
    first, last = pd.Timestamp(days[0]).year, pd.Timestamp(days[-1]).year
    words = pick(
        language,
        f"{len(days)} eventi con data, dal {first} al {last}",
        f"{len(days)} events with a date, from {first} to {last}",
    )
    gaps = np.diff(days) / np.timedelta64(1, "D")
    if not len(gaps) or gaps.max() < 2 * DAYS:
        return words
    a, b = pd.Timestamp(days[int(gaps.argmax())]).year, pd.Timestamp(days[int(gaps.argmax()) + 1]).year
    return words + pick(language, f"; nessuno fra il {a} e il {b}", f"; none on record between {a} and {b}")


def _draw_events(axes: Axes, net: StakeholderNetwork, dated: pd.DataFrame, layers: list[str]) -> None:
    style = layer_style(net.layer_names)
    for row, layer in enumerate(layers):
        own = dated[dated["layer"] == layer]
        hue = style.get(layer, (0, ()))[0]
        axes.scatter(own["start"], [row] * len(own), s=24 + 9 * own["came"], c=LAYER_HUES_LIGHT[hue], alpha=0.7,
                     edgecolors=INK, linewidths=0.6, zorder=3, marker="osD^"[hue])  # fmt: skip
    axes.set_ylim(len(layers) - 0.35, -0.65)
    axes.margins(x=0.08)
    days = _ticks(dated["start"].min(), dated["start"].max())
    axes.set_xticks(list(days), list(days.values()))
    axes.grid(axis="both", color=GRID, linewidth=0.6)
    bare(axes, "bottom")


def _ticks(first: pd.Timestamp, last: pd.Timestamp) -> dict[np.datetime64, str]:
    """Return the days to mark: Januaries, or within two years the first of some months."""
    if (last - first).days > 2 * DAYS:
        step = max(1, round((last.year - first.year) / 7))
        years = range(first.year + (-first.year) % step, last.year + 1, step)
        return {np.datetime64(f"{year:04d}-01-01", "us"): str(year) for year in years}
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    chosen = [divmod(month, 12) for month in months[:: max(1, round(len(months) / 6))]]
    return {np.datetime64(f"{y:04d}-{m + 1:02d}-01", "us"): f"{m + 1:02d}/{y}" for y, m in chosen}


def _number_events(axes: Axes, dated: pd.DataFrame, layers: list[str], numbered: list[str]) -> None:
    from matplotlib.dates import date2num  # noqa: PLC0415 - matplotlib is slow to load
    from matplotlib.patheffects import withStroke  # noqa: PLC0415 - matplotlib is slow to load

    low, high = axes.get_xlim()
    near = 0.035 * (high - low)
    last: dict[str, tuple[float, int]] = {}
    for place, event in enumerate(numbered, start=1):
        layer, x = str(dated["layer"][event]), float(date2num(dated["start"][event]))  # type: ignore[no-untyped-call]
        before, level = last.get(layer, (-np.inf, 0))
        level = (level + 1) % 4 if x - before < near else 0  # side by side in time: one above the other
        last[layer] = (x, level)
        y = layers.index(layer) - (0.26, 0.42, -0.30, -0.46)[level]
        axes.text(x, y, str(place), ha="center", va="center", fontsize=8, fontweight="bold", zorder=5,
                  path_effects=[withStroke(linewidth=2.2, foreground=PAPER)])  # fmt: skip


def municipality_arcs(
    net: StakeholderNetwork,
    *,
    by: str = "municipality",
    n_groups: int = 24,
    title: str | None = None,
    language: Language = "it",
) -> Figure:
    """Between which municipalities are organisations tied?

    Reads as: "most ties leave the municipality; the strongest bundle joins the two largest towns". An arc is as wide
    as the pairs it stands for; the number beneath a name are the pairs within the municipality.

    Parameters
    ----------
    net : StakeholderNetwork
        Network whose actors have the column `by`.
    by : str
        Column of the actors.
    n_groups : int
        How many groups to draw, those with most pairs.
    title : str, optional
        The finding; by default the share of pairs that join two municipalities.
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
    ...     actors=pd.DataFrame({"actor_id": ["a", "b"], "name": ["Comune", "Coop"], "kind": ["comune", "coop_sociale"],
    ...                          "municipality": ["Offida", "Force"]}),
    ...     ties=pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["partnership"], "weight": [1.0]}))
    >>> municipality_arcs(net, language="en").title
    '100% of the pairs whose place is known join two municipalities (1 of 1); most: Force and Offida, 1'
    """
    check_language(language)
    if by not in net.actors.columns:
        raise unknown_name("column", by, list(net.actors.columns))
    group = (
        net.actors[by].astype("object").map(lambda value: str(value).strip(), na_action="ignore").to_numpy()
    )
    pairs = pairs_of(net)[["low", "high"]].drop_duplicates()
    ends = pd.DataFrame({"a": group[pairs["low"]], "b": group[pairs["high"]]}).replace("", np.nan).dropna()
    if ends.empty:
        return empty(
            pick(language, "Di nessuna coppia si conosce il comune", "The place of no pair is known"),
            caption_of(net, language),
        )
    ordered = np.sort(ends.to_numpy(dtype="U"), axis=1)
    counts = pd.DataFrame(ordered, columns=["a", "b"]).value_counts().rename("n").reset_index()
    counts = counts.sort_values(["n", "a", "b"], ascending=[False, True, True], kind="stable")
    across = counts[counts["a"] != counts["b"]]
    words = title or _across_words(counts, across, language)
    ends_of = pd.concat([across["a"], across["b"], counts.loc[counts["a"] == counts["b"], "a"]])
    weight = pd.Series(
        pd.concat([across["n"], across["n"], counts.loc[counts["a"] == counts["b"], "n"]]).to_numpy(),
        index=ends_of.to_numpy(),
    )
    total = weight.groupby(level=0).sum().sort_index().sort_values(ascending=False, kind="stable")
    names = _unfolded([str(name) for name in total.index[:n_groups]])
    with drawing():
        sheet = new_sheet(10.0, 6.4)
        axes = panel(sheet, 0.4, 0.4, bottom=0.55)
        clean(axes)
        inside = counts[counts["a"] == counts["b"]].set_index("a")["n"]
        _draw_arcs(axes, across, names, inside)
        n, left_out = len(names), len(pairs) - len(ends)
        note = pick(
            language,
            f"{n} comuni su {len(total)}; {left_out} coppie senza comune; ● e numero: coppie interne",
            f"{n} municipalities of {len(total)}; {left_out} pairs without a place; ● and number: pairs inside",
        )
        listing = "; ".join(
            f"{row['a']} – {row['b']} {row['n']}" for row in across.head(8).to_dict("records")
        )
        return finish(sheet, title=words, alt=f"{words}. {listing}.", caption=caption_of(net, language, note))


def _across_words(counts: pd.DataFrame, across: pd.DataFrame, language: Language) -> str:
    share = percent(across["n"].sum() / counts["n"].sum(), language)
    of = pick(language, f"{number(across['n'].sum(), language)} su {number(counts['n'].sum(), language)}",
              f"{number(across['n'].sum(), language)} of {number(counts['n'].sum(), language)}")  # fmt: skip
    words = pick(language, f"Coppie che uniscono due comuni: {of} di cui si conosce la sede ({share})",
                 f"{share} of the pairs whose place is known join two municipalities ({of})")  # fmt: skip
    if across.empty:
        return words
    first = across.iloc[0]
    return words + pick(
        language,
        f"; la più forte: {first['a']} e {first['b']}, {first['n']}",
        f"; most: {first['a']} and {first['b']}, {first['n']}",
    )


def _unfolded(names: list[str]) -> list[str]:
    """Put the largest in the middle, so that its arcs go both ways."""
    return names[1::2][::-1] + names[::2]


def _draw_arcs(axes: Axes, across: pd.DataFrame, names: list[str], inside: pd.Series) -> None:
    from matplotlib.collections import LineCollection  # noqa: PLC0415 - matplotlib is slow to load

    place = {name: x for x, name in enumerate(names)}
    shown = across[across["a"].isin(names) & across["b"].isin(names)]
    angle = np.linspace(0, np.pi, 40)
    start, end = (shown[side].map(place).to_numpy(dtype="float64") for side in ("a", "b"))
    middle, radius = (start + end) / 2, np.abs(end - start) / 2
    arcs = np.stack(
        [middle[:, None] + radius[:, None] * np.cos(angle), radius[:, None] * np.sin(angle)], axis=2
    )
    most = float(shown["n"].max()) if len(shown) else 1.0
    width = 0.4 + 5.6 * shown["n"].to_numpy() / most
    axes.add_collection(
        LineCollection(list(arcs), linewidths=width.tolist(), colors="#0072B2", alpha=0.35, capstyle="butt")
    )
    for name, x in place.items():
        own = int(inside.get(name, 0))
        axes.scatter([x], [0], s=18 + 14 * np.sqrt(own), color=INK, zorder=3)
        axes.text(
            x, -0.35, shorten(name, 26), rotation=55, ha="right", va="top", rotation_mode="anchor", fontsize=8
        )
        if own:
            axes.text(x + 0.28, -0.12, str(own), fontsize=7, color=MUTED, va="top", ha="left")
    axes.set_xlim(-2.2, len(names) - 0.4)
    axes.set_ylim(
        -0.36 * max(len(names) / 2, 4), 1.02 * max(float(radius.max()) if len(radius) else 1.0, 1.0)
    )
