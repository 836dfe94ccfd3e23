"""Figures of the layers: stacked as sheets, and how far they hold the same pairs."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.pictures.figures._parts import (
    BELOW,
    bare,
    check_language,
    empty,
    kind_legend,
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
    clean,
    drawing,
    finish,
    new_sheet,
    number,
    shorten,
)
from stakeholder_net.pictures.layout import positions
from stakeholder_net.pictures.style import (
    GROUP_STYLES,
    INK,
    LAYER_HUES_LIGHT,
    group_of,
    layer_label,
    layer_style,
)
from stakeholder_net.words import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Rectangle

__all__ = ["layer_overlap", "multilayer_stack"]

Floats = npt.NDArray[np.float64]
LEAN: Final = 0.42  # how far a sheet leans, of its depth
DEPTH: Final = 0.34  # of its width
GAP: Final = 0.46  # between two sheets
DARK: Final = 0.55  # from this share on, the writing is white


def _labels(net: StakeholderNetwork, language: Language) -> dict[str, str]:
    cards = net.layers["label"]
    return {name: layer_label(name, str(cards[name]), language) for name in net.layer_names}


def _one_layer_only(net: StakeholderNetwork, language: Language) -> str:
    """Say how many pairs are tied in one layer only."""
    held = pairs_of(net).groupby(["low", "high"]).size()
    if held.empty:
        return pick(language, "Nessuna coppia di enti è legata", "No pair of organisations is tied")
    single = int((held == 1).sum())
    share, one, all_ = (
        percent(single / len(held), language),
        number(single, language),
        number(len(held), language),
    )
    return pick(
        language,
        f"Coppie legate in un solo livello: {one} su {all_} ({share})",
        f"{share} of the tied pairs are tied in one layer only ({one} of {all_})",
    )


def multilayer_stack(
    net: StakeholderNetwork,
    *,
    title: str | None = None,
    language: Language = "it",
    places: pd.DataFrame | None = None,
) -> Figure:
    """Do the same organisations meet in every layer? One sheet a layer, each actor at the same place on all of them.

    Reads as: "those who sit at the tables are not those who share the projects". A dotted line joins an actor to
    itself on the next sheet on which it is present.

    Parameters
    ----------
    net : StakeholderNetwork
        Any network.
    title : str, optional
        The finding; by default the share of pairs that are tied in one layer only.
    language : {"it", "en"}
        Language of the words.
    places : pandas.DataFrame, optional
        From :func:`positions`; computed when not given.

    Returns
    -------
    Figure
        With ``save(path)`` (PNG, SVG, PDF) and ``alt``.

    Raises
    ------
    OptionError
        When the language is unknown.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b"], "name": ["Comune", "Coop"],
    ...                          "kind": ["comune", "coop_sociale"]}),
    ...     ties=pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["partnership"], "weight": [1.0]}))
    >>> multilayer_stack(net, language="en").title
    '100% of the tied pairs are tied in one layer only (1 of 1)'
    """
    check_language(language)
    words = _one_layer_only(net, language) if title is None else title
    pairs = pairs_of(net)
    shown = [name for name in net.layer_names if (pairs["layer"] == name).any()]
    if not shown:
        return empty(words, caption_of(net, language))
    places = positions(net) if places is None else places
    point = _unit(places[["x", "y"]].to_numpy(), _tied(net, pairs))
    labels = _labels(net, language)
    present = {name: _tied(net, pairs[pairs["layer"] == name]) for name in shown}
    with drawing():
        sheet = new_sheet(9.2, 2.2 + 1.75 * len(shown))
        axes = panel(sheet, 0.2, 0.2, bottom=1.2)
        clean(axes)
        spots = [_leaning(point, level) for level in range(len(shown) - 1, -1, -1)]
        _draw_threads(axes, spots, [present[name] for name in shown])
        told = []
        for name, spot in zip(shown, spots, strict=True):
            own = pairs[pairs["layer"] == name]
            _draw_sheet(axes, net, spot, own, present[name])
            counts = pick(
                language,
                f"{number(int(present[name].sum()), language)} enti, {number(len(own), language)} coppie",
                f"{number(int(present[name].sum()), language)} organisations, {number(len(own), language)} pairs",
            )
            corner = _leaning(np.array([[-0.06, 1.06]]), len(shown) - 1 - shown.index(name))[0]
            axes.text(
                corner[0] - 0.02,
                corner[1] + 0.05,
                shorten(labels[name], 30),
                fontsize=10,
                fontweight="bold",
                ha="right",
            )
            axes.text(corner[0] - 0.02, corner[1], counts, fontsize=8.5, color=MUTED, ha="right")
            told.append(f"{labels[name]}: {counts}")
        axes.set_xlim(-0.5, 1.1 + LEAN * DEPTH * 1.12)
        axes.set_ylim(-0.06, DEPTH + GAP * (len(shown) - 1) + 0.06)
        kind_legend(
            sheet, net.actors["kind"][np.any(list(present.values()), axis=0)], language, y=BELOW - 0.1
        )
        return finish(
            sheet, title=words, alt=f"{words}. {'; '.join(told)}.", caption=caption_of(net, language)
        )


def _tied(net: StakeholderNetwork, pairs: pd.DataFrame) -> npt.NDArray[np.bool_]:
    found = np.zeros(net.n_actors, dtype=bool)
    found[pairs[["low", "high"]].to_numpy().ravel()] = True
    return found


def _unit(point: Floats, kept: npt.NDArray[np.bool_]) -> Floats:
    low, high = point[kept].min(axis=0), point[kept].max(axis=0)
    return np.asarray((point - low) / np.maximum(high - low, 1e-9))


def _leaning(point: Floats, level: int) -> Floats:
    """Return points of the unit square on the leaning sheet of a level; the first layer lies on top."""
    depth = DEPTH * (1 - point[:, 1])
    return np.stack([point[:, 0] + LEAN * depth, depth + GAP * level], axis=1)


def _draw_threads(axes: Axes, spots: list[Floats], present: list[npt.NDArray[np.bool_]]) -> None:
    from matplotlib.collections import LineCollection  # noqa: PLC0415 - matplotlib is slow to load

    lines = []
    for upper in range(len(spots)):
        open_ends = present[upper].copy()
        for lower in range(upper + 1, len(spots)):
            both = open_ends & present[lower]
            lines += list(np.stack([spots[upper][both], spots[lower][both]], axis=1))
            open_ends &= ~present[lower]
    axes.add_collection(
        LineCollection(lines, colors=MUTED, linewidths=0.5, alpha=0.55, linestyles=(0, (1, 2)), zorder=1.5)
    )


def _draw_sheet(
    axes: Axes, net: StakeholderNetwork, spot: Floats, own: pd.DataFrame, present: npt.NDArray[np.bool_]
) -> None:
    from matplotlib.collections import LineCollection  # noqa: PLC0415 - matplotlib is slow to load
    from matplotlib.patches import Polygon  # noqa: PLC0415 - matplotlib is slow to load

    layer = str(own["layer"].iloc[0])
    hue, dash = layer_style(net.layer_names)[layer]
    level = round((spot[:, 1].min()) / GAP)
    corners = _leaning(np.array([[-0.06, 1.06], [1.06, 1.06], [1.06, -0.06], [-0.06, -0.06]]), level)
    axes.add_patch(
        Polygon(corners.tolist(), facecolor="#f6f7f9", edgecolor=GRID, alpha=0.8, zorder=1 + 0.01 * level)
    )
    ends = own[["low", "high"]].to_numpy()
    alpha = float(np.clip(0.75 * np.sqrt(150 / max(1, len(own))), 0.16, 0.8))
    axes.add_collection(
        LineCollection(list(spot[ends]), colors=LAYER_HUES_LIGHT[hue], linewidths=0.7, alpha=alpha,
                       linestyles=[(0, tuple(dash))] if dash else "solid", zorder=2)
    )  # fmt: skip
    group = net.actors["kind"].map(group_of).to_numpy()
    for name, look in GROUP_STYLES.items():
        chosen = np.flatnonzero((group == name) & present)
        if len(chosen):
            axes.scatter(spot[chosen, 0], spot[chosen, 1], s=20, c=look.fill, marker=look.marker, edgecolors=INK,
                         linewidths=0.4, zorder=3)  # fmt: skip


def layer_overlap(net: StakeholderNetwork, *, title: str | None = None, language: Language = "it") -> Figure:
    """How far do two layers hold the same pairs?

    Reads as: "of the pairs that meet at tables, few share a project". The diagonal counts the pairs of a layer; every
    other cell those that both hold, and their share of the pairs that either holds (Jaccard).

    Parameters
    ----------
    net : StakeholderNetwork
        Any network.
    title : str, optional
        The finding; by default the share of pairs that are tied in one layer only.
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

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b"], "name": ["Comune", "Coop"],
    ...                          "kind": ["comune", "coop_sociale"]}),
    ...     ties=pd.DataFrame({"source": ["a", "a"], "target": ["b", "b"], "layer": ["partnership", "funding"],
    ...                        "weight": [1.0, 1.0]}))
    >>> layer_overlap(net, language="en").alt.splitlines()[0]
    '0% of the tied pairs are tied in one layer only (0 of 1). Pairs held by both: Partnerships and Funding 1 (100%).'
    """
    check_language(language)
    words = _one_layer_only(net, language) if title is None else title
    pairs, labels = pairs_of(net), _labels(net, language)
    if not labels:
        return empty(words, caption_of(net, language))
    held = pd.crosstab([pairs["low"], pairs["high"]], pairs["layer"]).reindex(
        columns=list(labels), fill_value=0
    )
    grid = held.to_numpy(dtype="float64")
    both = grid.T @ grid
    either = np.diag(both)[:, None] + np.diag(both)[None, :] - both
    share = np.divide(both, either, out=np.full_like(both, np.nan), where=either > 0)
    names, told = list(labels.values()), []
    with drawing():
        sheet = new_sheet(3.2 + 1.35 * len(names), 2.1 + 0.62 * len(names))
        axes = panel(sheet, 2.3, 0.4, top=1.3)
        off = np.where(np.eye(len(names), dtype=bool), np.nan, share)
        axes.imshow(off, cmap="Blues", vmin=0, vmax=1, aspect="auto")
        for row, col in np.ndindex(both.shape):
            if col > row:
                axes.add_patch(_cover(col, row))
                continue
            count = number(both[row, col], language)
            part = (
                ""
                if row == col
                else f"\n{percent(share[row, col], language) if share[row, col] == share[row, col] else '–'}"
            )
            dark = row != col and share[row, col] > DARK
            axes.text(col, row, count + part, ha="center", va="center", fontsize=9.5, color="white" if dark else INK,
                      fontweight="bold" if row == col else "normal")  # fmt: skip
            if row != col:
                told.append(
                    f"{names[col]} {pick(language, 'e', 'and')} {names[row]} {count} ({part.strip()})"
                )
        axes.set_xticks(
            range(len(names)), ["\n".join(textwrap.wrap(shorten(name, 28), 15)) for name in names]
        )
        axes.set_yticks(range(len(names)), [shorten(name, 30) for name in names])
        axes.xaxis.tick_top()
        bare(axes)
        note = pick(language, "Coppie in comune; quota su quelle che ha l'uno o l'altro livello",
                    "Pairs in common; share of those that either layer holds")  # fmt: skip
        listing = (
            f" {pick(language, 'Coppie in comune', 'Pairs held by both')}: {'; '.join(told)}." if told else ""
        )
        return finish(sheet, title=words, alt=f"{words}.{listing}", caption=caption_of(net, language, note))


def _cover(col: int, row: int) -> Rectangle:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - matplotlib is slow to load

    return Rectangle((col - 0.5, row - 0.5), 1, 1, facecolor="white", edgecolor="white")
