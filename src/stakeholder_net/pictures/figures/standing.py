"""Figures of the place of single actors: two measures against each other, and how sure a rank is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from stakeholder_net._checks import unknown_name
from stakeholder_net.errors import OptionError
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.pictures.figures._parts import (
    BELOW,
    bare,
    check_language,
    empty,
    kind_legend,
    listed,
    panel,
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
from stakeholder_net.pictures.figures.network import _draw_key, _draw_numbers
from stakeholder_net.pictures.style import GROUP_STYLES, INK, group_of
from stakeholder_net.words import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["power_interest", "rank_intervals"]

STANDINGS: Final = ("surely_in", "perhaps_in")
FILLS: Final = {"surely_in": "#0072B2", "perhaps_in": "#ffffff", "out": "#b8c0cc"}
HIDDEN: Final = 3  # marks in one place, beyond which they are counted
LABELS: Final = {
    "surely_in": ("di certo", "surely", "o"),
    "perhaps_in": ("forse", "perhaps", "D"),
    "out": ("non fra i primi", "not among the first", "X"),
}


def power_interest(  # noqa: PLR0913 - options of one picture
    net: StakeholderNetwork,
    *,
    power: pd.Series,
    interest: pd.Series,
    n_labels: int = 15,
    title: str | None = None,
    language: Language = "it",
) -> Figure:
    """Who has both standing and interest, and who has one without the other?

    Reads as: "these actors come often and stand between the others; those come often and stand at the edge". The
    quadrants part at the median of those above zero; they help to choose how to involve, they are no judgement.

    Parameters
    ----------
    net : StakeholderNetwork
        The network.
    power, interest : pandas.Series
        Two measures with a name, indexed by actor id, such as betweenness and the number of meetings attended.
    n_labels : int
        How many actors to number, those highest in both first.
    title : str, optional
        The finding; by default how many are above the median in both.
    language : {"it", "en"}
        Language of the words.

    Returns
    -------
    Figure
        With ``save(path)`` (PNG, SVG, PDF), ``alt`` and ``key``, the names behind the numbers.

    Raises
    ------
    OptionError
        When the language is unknown.
    UnknownNameError
        When a measure names an actor that is not in the network.

    References
    ----------
    Reed, M. S. et al. (2009). Who's in and why? A typology of stakeholder analysis methods for natural resource
    management. Journal of Environmental Management 90, 1933-1949. https://doi.org/10.1016/j.jenvman.2009.01.001

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(actors=pd.DataFrame({"actor_id": ["a", "b"], "name": ["Comune", "Coop"],
    ...                                               "kind": ["comune", "coop_sociale"]}))
    >>> both = pd.Series({"a": 2.0, "b": 1.0}, name="partners")
    >>> power_interest(net, power=both, interest=both.rename("meetings"), n_labels=1, language="en").key
    ('Comune',)
    """
    check_language(language)
    table = pd.DataFrame({"power": _aligned(net, power), "interest": _aligned(net, interest)}).dropna()
    table = table[(table > 0).any(axis=1)]
    words_power = "power" if power.name is None else str(power.name)
    words_interest = "interest" if interest.name is None else str(interest.name)
    if table.empty:
        return empty(
            pick(language, "Nessun ente ha un valore sopra zero", "No actor is above zero"),
            caption_of(net, language),
        )
    middle = table[table > 0].median()
    both = (table > middle).all(axis=1)
    words = title or pick(
        language,
        f"{number(both.sum(), 'it')} enti su {number(len(table), 'it')} superano la mediana in entrambe le misure",
        f"{number(both.sum(), 'en')} of {number(len(table), 'en')} actors are above the median in both measures",
    )
    places = table.rank(pct=True)
    order = places.min(axis=1).sort_values(ascending=False, kind="stable").index[:n_labels]
    with drawing():
        sheet = new_sheet(10.0, 6.9)
        axes = panel(sheet, 0.9, 2.9, bottom=1.62)
        drawn = table**0.5  # few are large, many small: roots spread them
        _draw_actors(axes, net, drawn)
        _draw_quadrants(axes, np.sqrt(middle), table, language)
        point = drawn[["interest", "power"]].to_numpy()
        _draw_spread_numbers(axes, point, table.index.get_indexer(order))
        _root_ticks(axes, table, language)
        axes.set_xlabel(shorten(words_interest, 60))
        axes.set_ylabel(shorten(words_power, 60))
        names = [str(net.actors["name"][actor]) for actor in order]
        _draw_key(
            sheet, [shorten(name, 36) for name in names], pick(language, "Alti in entrambe", "High in both")
        )
        kind_legend(sheet, net.actors["kind"].reindex(table.index), language, y=BELOW - 0.1)
        note = pick(
            language,
            "scale a radice; linee: mediane di chi è sopra zero; enti a zero in entrambe non disegnati",
            "root scales; lines: medians of those above zero; actors at zero in both not drawn",
        )
        listing = "; ".join(f"{place} {name}" for place, name in enumerate(names, start=1))
        alt = f"{words}: {words_power}, {words_interest}. {listing}."
        return finish(sheet, title=words, alt=alt, caption=caption_of(net, language, note), key=tuple(names))


def _aligned(net: StakeholderNetwork, values: pd.Series) -> pd.Series:
    strangers = values.index.difference(net.actors.index)
    if len(strangers):
        raise unknown_name("actor", str(strangers[0]), list(net.actors.index))
    return values.astype("float64").reindex(net.actors.index)


def _draw_actors(axes: Axes, net: StakeholderNetwork, drawn: pd.DataFrame) -> None:
    group = net.actors["kind"].reindex(drawn.index).map(group_of)
    for name, look in GROUP_STYLES.items():
        own = drawn[(group == name).to_numpy()]
        axes.scatter(own["interest"], own["power"], s=46, c=look.fill, marker=look.marker, edgecolors=INK,
                     linewidths=0.6, alpha=0.85, zorder=3, clip_on=False)  # fmt: skip
    for one, column in ((0, "interest"), (1, "power")):
        top = float(drawn[column].max()) or 1.0
        (axes.set_xlim, axes.set_ylim)[one](-0.04 * top, 1.08 * top)
    axes.grid(visible=True, color=GRID, linewidth=0.6)
    bare(axes, "bottom", "left")


def _draw_quadrants(axes: Axes, middle: pd.Series, table: pd.DataFrame, language: Language) -> None:
    if middle.notna().all():
        axes.axvline(middle["interest"], color=MUTED, linewidth=0.8, linestyle=(0, (4, 3)))
        axes.axhline(middle["power"], color=MUTED, linewidth=0.8, linestyle=(0, (4, 3)))
    names = pick(language, "tenere soddisfatti|coinvolgere da vicino|seguire|tenere informati",
                 "keep satisfied|involve closely|follow|keep informed").split("|")  # fmt: skip
    corners = ((0.01, 0.985), (0.99, 0.985), (0.01, 0.015), (0.99, 0.015))
    for name, (x, y) in zip(names, corners, strict=True):
        side, up = "left" if x < 0.5 else "right", "bottom" if y < 0.5 else "top"  # noqa: PLR2004 - halves
        axes.text(
            x, y, name, transform=axes.transAxes, ha=side, va=up, fontsize=8.5, color=MUTED, style="italic"
        )
    spots = table.groupby(["interest", "power"]).size().reset_index(name="count")
    for one in spots[spots["count"] > HIDDEN].to_dict("records"):
        axes.annotate(f"×{one['count']}", (one["interest"] ** 0.5, one["power"] ** 0.5), (7, -9),
                      textcoords="offset points", fontsize=7.5, color=MUTED)  # fmt: skip


def _draw_spread_numbers(axes: Axes, point: np.ndarray, ranked: np.ndarray) -> None:
    """Write the numbers beside their marks; on axes of unlike units, hence in the units of the paper."""
    inches = axes.get_position().size * axes.figure.get_size_inches()  # type: ignore[union-attr]
    low = np.array([axes.get_xlim()[0], axes.get_ylim()[0]])
    high = np.array([axes.get_xlim()[1], axes.get_ylim()[1]])
    over = axes.inset_axes((0, 0, 1, 1), facecolor="none")
    over.set_axis_off()
    over.set_xlim(0, inches[0])
    over.set_ylim(0, inches[1])
    over.set_zorder(6)
    spots = (point - low) / (high - low) * inches
    over.set_position(axes.get_position())
    _draw_numbers(over, spots, np.full(len(spots), 0.05), np.full(len(spots), fill_value=True), ranked)


def _root_ticks(axes: Axes, table: pd.DataFrame, language: Language) -> None:
    for column, setter in (("interest", axes.set_xticks), ("power", axes.set_yticks)):
        parts = np.array([0.05, 0.2, 0.45, 0.75, 1.0]) * (float(table[column].max()) or 1.0)
        unit = 10.0 ** np.floor(np.log10(parts))
        if bool((table[column] % 1 == 0).all()):
            unit = np.maximum(unit, 1.0)
        values = np.unique(np.concatenate([[0.0], np.round(parts / unit) * unit]))
        digits = max(0, -int(np.log10(unit.min())))
        setter(np.sqrt(values).tolist(), [number(value, language, digits=digits) for value in values])


def rank_intervals(
    net: StakeholderNetwork,
    ranks: pd.DataFrame,
    *,
    n_actors: int = 20,
    title: str | None = None,
    language: Language = "it",
) -> Figure:
    """Who is surely among the first, and who perhaps?

    Reads as: "with other meetings this one would still be among the first five; those three perhaps". The line goes
    over 95 % of the places that an actor takes when the events are drawn anew.

    Parameters
    ----------
    net : StakeholderNetwork
        The network of which the table was made.
    ranks : pandas.DataFrame
        What ``stability(...)`` gives.
    n_actors : int
        How many actors, in the order of their place.
    title : str, optional
        The finding; by default who is surely among the first.
    language : {"it", "en"}
        Language of the words.

    Returns
    -------
    Figure
        With ``save(path)`` (PNG, SVG, PDF) and ``alt``.

    Raises
    ------
    OptionError
        When the table is another one or the language is unknown.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(actors=pd.DataFrame({"actor_id": ["a"], "name": ["Coop"], "kind": ["coop_sociale"]}))
    >>> ranks = pd.DataFrame({"actors": [("a",)], "standing": ["surely_in"], "rank": [1.0], "rank_low": [1.0],
    ...                       "rank_high": [1.0], "rank_best": [1.0], "rank_worst": [2.0], "top": [1], "draws": [50]})
    >>> rank_intervals(net, ranks, language="en").title
    'Surely among the first 1: Coop; perhaps: nobody'
    """
    check_language(language)
    needed = (
        "actors",
        "standing",
        "rank",
        "rank_low",
        "rank_high",
        "rank_best",
        "rank_worst",
        "top",
        "draws",
    )
    lacking = [name for name in needed if name not in ranks.columns]
    if lacking:
        raise OptionError(
            f"The table of ranks lacks: {', '.join(lacking)}.", "Give what stability(...) returns."
        )
    if ranks.empty:
        return empty(pick(language, "Nessun ente da ordinare", "No actor to rank"), caption_of(net, language))
    names = net.actors["name"].to_dict()
    table = ranks.assign(name=[str(names.get(one[0], one[0])) for one in ranks["actors"]])
    table = table.sort_values(["rank", "name"], kind="stable")
    top, draws = int(table["top"].iloc[0]), int(table["draws"].iloc[0])
    sure, perhaps = ([str(name) for name in table["name"][table["standing"] == one]] for one in STANDINGS)
    nobody = pick(language, "nessuno", "nobody")
    who, others = listed(sure, language) or nobody, number(len(perhaps), language) if perhaps else nobody
    words = title or pick(
        language,
        f"Di certo fra i primi {top}: {who}; forse: {others}",
        f"Surely among the first {top}: {who}; perhaps: {others}",
    )
    shown = table.head(n_actors).reset_index(drop=True)
    low, high = ("rank_low", "rank_high") if draws else ("rank_best", "rank_worst")
    with drawing():
        sheet = new_sheet(9.6, 2.1 + 0.27 * len(shown))
        axes = panel(sheet, 3.6, 0.4, bottom=1.05)
        _draw_ranks(axes, shown, low, high, language=language)
        note = pick(
            language,
            "dal migliore al peggiore posto togliendo un ente alla volta",
            "from best to worst place, one actor left out at a time",
        )
        if draws:
            note = pick(
                language,
                f"intervallo al 95\N{NO-BREAK SPACE}% su {draws} estrazioni degli eventi",
                f"95% interval over {draws} draws of the events",
            )
        listing = "; ".join(
            f"{row['name']} {row[low]:.0f}-{row[high]:.0f}" for row in shown.head(10).to_dict("records")
        )
        return finish(sheet, title=words, alt=f"{words}. {pick(language, 'Posti', 'Places')}: {listing}.",
                      caption=caption_of(net, language, note))  # fmt: skip


def _draw_ranks(axes: Axes, shown: pd.DataFrame, low: str, high: str, *, language: Language) -> None:
    top, rows = int(shown["top"].iloc[0]), np.arange(len(shown))
    axes.axvspan(0.5, top + 0.5, color="#eef3f8", zorder=0)
    axes.hlines(rows, shown[low], shown[high], color=INK, linewidth=1.6, zorder=2)
    for standing, fill in FILLS.items():
        own = (shown["standing"] == standing) if standing in STANDINGS else ~shown["standing"].isin(STANDINGS)
        if own.any():
            label, marker = LABELS[standing][0 if language == "it" else 1], LABELS[standing][2]
            axes.scatter(shown["rank"][own], rows[own], s=52, c=fill, edgecolors=INK, linewidths=1.1, zorder=3,
                         marker=marker, label=label)  # fmt: skip
    axes.set_yticks(rows, [shorten(name, 46) for name in shown["name"]])
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_xscale("log")
    most = float(np.nanmax(shown[high].to_numpy(dtype="float64")))
    marks = [one for one in (1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000) if one <= max(most * 1.05, top)]
    axes.set_xticks(marks, [str(one) for one in marks])
    axes.minorticks_off()
    axes.set_xlim(0.85, max(most, top) * 1.15)
    axes.set_xlabel(pick(language, "posto", "place"), fontsize=8.5, loc="right")
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    bare(axes, "bottom")
    axes.legend(loc="upper left", bbox_to_anchor=(0, -0.05), ncols=3, frameon=False, fontsize=8)
