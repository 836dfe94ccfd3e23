"""Figures of the whole network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from stakeholder_net._checks import check_option
from stakeholder_net.errors import OptionError
from stakeholder_net.layers import tie_strengths
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.pictures.figures.base import (
    KEY,
    PAPER,
    Figure,
    caption_of,
    clean,
    drawing,
    finish,
    new_sheet,
    shorten,
)
from stakeholder_net.pictures.layout import SPACING, positions
from stakeholder_net.pictures.map_data import default_title, ranks_of
from stakeholder_net.pictures.style import (
    GROUP_STYLES,
    INK,
    LAYER_HUES_LIGHT,
    group_of,
    layer_label,
    layer_style,
)
from stakeholder_net.words import COUNTING_STATUSES, KIND_GROUPS, LANGUAGES, Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet

__all__ = ["sociogram"]

Array = npt.NDArray[np.float64]
ALL_TIES: Final = 20_000  # ties up to which each is drawn; more would be a black cloud
CROWD: Final = 1_500  # actors from which marks are small
STRONGEST: Final = 3  # of each actor, where not all are drawn
PRINTED_DASHES: Final[tuple[tuple[float, ...], ...]] = ((), (7, 1.5), (1.5, 1.5), (7, 1.5, 1.5, 1.5))


def sociogram(  # noqa: PLR0913 - options of one picture
    net: StakeholderNetwork,
    *,
    size: pd.Series | None = None,
    n_labels: int = 20,
    title: str | None = None,
    language: Language = "it",
    places: pd.DataFrame | None = None,
) -> Figure:
    """Draw the network for a printed page; the first actors are numbered, and the numbers are told beside it.

    Reads as: "these organisations sat at the same tables and share these projects". Actors without any tie are not
    drawn; the caption counts them.

    Parameters
    ----------
    net : StakeholderNetwork
        Any network.
    size : pandas.Series, optional
        A measure, indexed by actor id: the area of a mark follows it, and the actors with the largest values are
        numbered. Without it the actors with most events and direct ties are.
    n_labels : int
        How many actors to number.
    title : str, optional
        The finding; by default the counts.
    language : {"it", "en"}
        Language of the words.
    places : pandas.DataFrame, optional
        From :func:`positions`; computed when not given.

    Returns
    -------
    Figure
        With ``save(path)`` (PNG, SVG, PDF), ``alt`` and ``key``, the names behind the numbers.

    Raises
    ------
    OptionError
        When `n_labels` is below zero or the language is unknown.
    UnknownNameError
        When `size` names an actor that is not in the network.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b"], "name": ["Comune", "Coop"],
    ...                          "kind": ["comune", "coop_sociale"]}),
    ...     ties=pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["partnership"], "weight": [1.0]}))
    >>> sociogram(net, n_labels=1).key
    ('Comune',)
    """
    check_option("language", language, LANGUAGES)
    if n_labels < 0:
        raise OptionError(f"n_labels={n_labels} is below zero.", "Give the number of actors to number, or 0.")
    places = positions(net) if places is None else places
    drawn = (places["place"] == "net").to_numpy()
    values = _values(net, size)
    order = np.lexsort((np.arange(net.n_actors), -np.nan_to_num(values, nan=-np.inf)))
    ranked = order[drawn[order]][:n_labels]
    names = net.actors["name"].to_list()
    words = default_title(net, places)[language] if title is None else title
    with drawing():
        sheet = new_sheet(10.0, 6.9)
        axes = sheet.add_axes((0.02, 0.15, 0.70 if n_labels else 0.96, 0.74))
        point = places[["x", "y"]].to_numpy()
        _frame_points(axes, point[drawn])
        _draw_ties(axes, net, point)
        radius = _radii(values if size is not None else None, net.n_actors)
        _draw_marks(axes, net, point, radius, drawn)
        _draw_numbers(axes, point, radius, drawn, ranked)
        _draw_key(sheet, [shorten(names[i], 36) for i in ranked], _key_title(size, language))
        _draw_legend(sheet, net, drawn, language)
        left_out = int((~drawn).sum())
        note = {
            "it": f"{left_out} attori senza legami non disegnati",
            "en": f"{left_out} actors without ties not drawn",
        }
        few = {
            "it": f"disegnati i {STRONGEST} legami più forti di ciascuno",
            "en": f"the {STRONGEST} strongest ties of each are drawn",
        }
        caption = caption_of(
            net, language, note[language] if left_out else "", few[language] if net.n_ties > ALL_TIES else ""
        )
        key = tuple(names[i] for i in ranked)
        return finish(sheet, title=words, alt=_alt(words, key, size, language), caption=caption, key=key)


def _values(net: StakeholderNetwork, size: pd.Series | None) -> Array:
    if size is not None:
        return np.array(
            [np.nan if value is None else value for value in ranks_of(net, size)], dtype="float64"
        )
    ids, ties, attendance = net.actors.index, net.ties, net.attendance
    direct = ties[~ties["layer"].map(net.layers["derived_from"].eq("attendance")).astype("bool")]
    seats = attendance.loc[attendance["status"].isin(COUNTING_STATUSES), "actor_id"]
    told = pd.concat([seats, direct["source"], direct["target"]]).value_counts()
    ties_held = pd.concat([ties["source"], ties["target"]]).value_counts()
    count = told.reindex(ids).fillna(0) + ties_held.reindex(ids).fillna(0) / (2 * net.n_ties + 1)
    return np.asarray(count, dtype="float64")


def _radii(values: Array | None, n: int) -> Array:
    if values is None:
        return np.full(n, 0.27 * SPACING)
    top = np.nanmax(values) if np.isfinite(values).any() else 0.0
    share = np.nan_to_num(np.clip(values, 0, None) / (top or 1.0))
    return np.asarray(SPACING * (0.16 + 0.34 * np.sqrt(share)))


def _frame_points(axes: Axes, point: Array) -> None:
    """Give the axes the frame of the points, with the same unit both ways."""
    clean(axes)
    if not len(point):
        point = np.zeros((1, 2))
    low, high = point.min(axis=0) - 1.5 * SPACING, point.max(axis=0) + 1.5 * SPACING
    width, height = axes.get_position().size * axes.figure.get_size_inches()  # type: ignore[union-attr]
    unit = max((high - low)[0] / width, (high - low)[1] / height)
    middle = (low + high) / 2
    axes.set_xlim(middle[0] - unit * width / 2, middle[0] + unit * width / 2)
    axes.set_ylim(middle[1] + unit * height / 2, middle[1] - unit * height / 2)


def _draw_ties(axes: Axes, net: StakeholderNetwork, point: Array) -> None:
    from matplotlib.collections import LineCollection  # noqa: PLC0415 - matplotlib is slow to load

    drawn = _seen_ties(net)
    ties = net.ties.iloc[drawn]
    strength = pd.Series(tie_strengths(net)[drawn])
    first = net.actors.index.get_indexer(pd.Index(ties["source"]))
    second = net.actors.index.get_indexer(pd.Index(ties["target"]))
    place = pd.DataFrame({"low": np.minimum(first, second), "high": np.maximum(first, second)})
    pair = place.groupby(["low", "high"])["low"]
    bend = np.asarray(pair.cumcount() - (pair.transform("size") - 1) / 2, dtype="float64")
    faintest, thin = (0.14, 1.0) if len(drawn) == net.n_ties else (0.06, 0.4)
    alpha = float(np.clip(0.75 * np.sqrt(250 / max(1, net.n_ties)), faintest, 0.75))
    for name, (hue, dash) in layer_style(net.layer_names).items():
        chosen = np.flatnonzero((ties["layer"] == name).to_numpy())
        if not len(chosen):
            continue
        low, high = place["low"].to_numpy()[chosen], place["high"].to_numpy()[chosen]
        width = 0.35 + 1.1 * np.sqrt(strength.iloc[chosen] / strength.iloc[chosen].max()).to_numpy()
        lines = LineCollection(
            list(_curves(point[low], point[high], bend[chosen])),
            colors=LAYER_HUES_LIGHT[hue],
            linewidths=(thin * width).tolist(),
            alpha=alpha,
            linestyles=_stroke(hue, dash),
            capstyle="round",
            zorder=1,
        )
        axes.add_collection(lines, autolim=False)


def _seen_ties(net: StakeholderNetwork) -> npt.NDArray[np.intp]:
    """Return the places of the ties that are drawn: all, or in a crowd the strongest few of each actor."""
    places = np.arange(net.n_ties)
    if len(places) <= ALL_TIES:
        return places
    order = np.argsort(-tie_strengths(net), kind="stable")
    index = net.actors.index
    ends = [index.get_indexer(pd.Index(net.ties[end]))[order] for end in ("source", "target")]
    actor = pd.Series(np.stack(ends, axis=1).ravel())
    among = (actor.groupby(actor).cumcount() < STRONGEST).to_numpy().reshape(-1, 2).any(axis=1)
    return np.sort(order[among])


def _stroke(hue: int, dash: tuple[int, ...]) -> tuple[float, tuple[float, ...]] | Literal["solid"]:
    """Return the stroke of a layer; on paper hues may be grey, so each has a stroke of its own."""
    chosen = dash or PRINTED_DASHES[hue]
    return (0.0, tuple(chosen)) if chosen else "solid"


def _curves(start: Array, end: Array, bend: Array) -> Array:
    """Return each tie as nine points on an arc; straight where it is the only one of its pair."""
    side = end - start
    normal = np.stack([-side[:, 1], side[:, 0]], axis=1)
    t = np.linspace(0, 1, 9)
    lift = (4 * t * (1 - t))[None, :, None] * (0.10 * bend[:, None] * normal)[:, None, :]
    return np.asarray(start[:, None, :] + t[None, :, None] * side[:, None, :] + lift)


def _per_unit(axes: Axes) -> float:
    """Return points per unit of the plane."""
    width = axes.get_position().width * axes.figure.get_size_inches()[0] * 72  # type: ignore[union-attr]
    low, high = axes.get_xlim()
    return float(width / (high - low))


def _draw_marks(
    axes: Axes, net: StakeholderNetwork, point: Array, radius: Array, drawn: npt.NDArray[np.bool_]
) -> None:
    group = net.actors["kind"].map(group_of).to_numpy()
    unit = _per_unit(axes)
    # in a crowd, marks and outlines of the usual size would cover one another and every tie
    smallest, outline = (3.4, 0.6) if drawn.sum() <= CROWD else (2.0, 0.15)
    for name, look in GROUP_STYLES.items():
        chosen = np.flatnonzero((group == name) & drawn)
        if len(chosen):
            diameter = np.maximum(smallest, 2 * radius[chosen] * unit)
            diameter = diameter * (1.25 if look.marker in "*PX" else 1.0)
            axes.scatter(
                point[chosen, 0],
                point[chosen, 1],
                s=diameter**2,
                c=look.fill,
                marker=look.marker,
                edgecolors=INK,
                linewidths=outline,
                zorder=2,
            )


def _draw_numbers(
    axes: Axes, point: Array, radius: Array, drawn: npt.NDArray[np.bool_], ranked: npt.NDArray[np.intp]
) -> None:
    """Write each number beside its mark, where it covers fewest marks and no other number."""
    from matplotlib.patheffects import withStroke  # noqa: PLC0415 - matplotlib is slow to load

    unit = _per_unit(axes)
    half = np.array([5.2, 4.2]) / unit
    turn = np.arange(12) * np.pi / 6
    marks, reach = point[drawn], radius[drawn]
    written: list[Array] = []
    for place, actor in enumerate(ranked, start=1):
        rings = [(radius[actor] + (5.5 + 5.0 * ring) / unit) for ring in range(4)]
        spots = np.concatenate(
            [point[actor] + r * np.stack([np.cos(turn), -np.sin(turn)], axis=1) for r in rings]
        )
        away = np.abs(spots[:, None, :] - marks[None, :, :]) - half - reach[None, :, None]
        covered = (away < 0).all(axis=2).sum(axis=1).astype("float64")
        for other in written:
            covered += 50 * (np.abs(spots - other) < 2 * half).all(axis=1)
        best = spots[int(np.argmin(covered + 0.4 * (np.arange(len(spots)) // len(turn))))]
        written.append(best)
        if np.hypot(*(best - point[actor])) > radius[actor] + 9 / unit:
            axes.plot(*np.stack([point[actor], best], axis=1), color=INK, linewidth=0.5, zorder=3)
        axes.text(
            float(best[0]),
            float(best[1]),
            str(place),
            fontsize=8,
            fontweight="bold",
            ha="center",
            va="center",
            zorder=4,
            path_effects=[withStroke(linewidth=2.4, foreground=PAPER)],
        )


def _key_title(size: pd.Series | None, language: Language) -> str:
    if size is not None and size.name is not None:
        return f"Primi per {size.name}" if language == "it" else f"First by {size.name}"
    return "Con più eventi e legami diretti" if language == "it" else "With most events and direct ties"


def _draw_key(sheet: Sheet, names: list[str], heading: str) -> None:
    if not names:
        return
    top, step = 0.87, min(0.034, 0.70 / (len(names) + 1))
    sheet.text(0.735, top, heading, fontsize=9, fontweight="bold", va="top", gid=KEY)
    for place, name in enumerate(names, start=1):
        y = top - 0.012 - step * place
        sheet.text(0.757, y, str(place), fontsize=8.5, fontweight="bold", ha="right", va="top", gid=KEY)
        sheet.text(0.764, y, name, fontsize=8.5, va="top", gid=KEY)


def _draw_legend(
    sheet: Sheet, net: StakeholderNetwork, drawn: npt.NDArray[np.bool_], language: Language
) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415 - matplotlib is slow to load

    column = 0 if language == "it" else 1
    present = set(net.actors["kind"].map(group_of).to_numpy()[drawn])
    handles = [
        Line2D(
            [],
            [],
            linestyle="",
            marker=look.marker,
            markersize=7,
            markerfacecolor=look.fill,
            markeredgecolor=INK,
            markeredgewidth=0.6,
            label=KIND_GROUPS[group][column],
        )
        for group, look in GROUP_STYLES.items()
        if group in present
    ]
    labels = net.layers["label"]
    used = set(net.ties["layer"])
    handles += [
        Line2D(
            [],
            [],
            color=LAYER_HUES_LIGHT[hue],
            linewidth=2.2,
            linestyle=_stroke(hue, dash),
            label=layer_label(name, str(labels[name]), language),
        )
        for name, (hue, dash) in layer_style(net.layer_names).items()
        if name in used
    ]
    if handles:
        sheet.legend(
            handles=handles,
            loc="lower left",
            bbox_to_anchor=(0.022, 0.045),
            ncols=5,
            frameon=False,
            fontsize=8,
            handletextpad=0.4,
            columnspacing=1.4,
            labelcolor=INK,
        )


def _alt(title: str, key: tuple[str, ...], size: pd.Series | None, language: Language) -> str:
    if not key:
        return f"{title}."
    listed = "; ".join(f"{place} {name}" for place, name in enumerate(key, start=1))
    heading = _key_title(size, language)
    return f"{title}. {heading}: {listed}."
