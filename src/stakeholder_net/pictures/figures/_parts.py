"""Parts that the figures share: a panel measured in inches, marks of kinds, counts of pairs, an empty sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from stakeholder_net._checks import check_option
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.pictures.figures.base import GRID, MUTED, Figure, finish, new_sheet, number
from stakeholder_net.pictures.style import GROUP_STYLES, INK, group_of
from stakeholder_net.words import KIND_GROUPS, LANGUAGES, Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet

__all__ = [
    "ABOVE",
    "BELOW",
    "bare",
    "check_language",
    "empty",
    "kind_legend",
    "listed",
    "mark",
    "pairs_of",
    "panel",
    "percent",
    "pick",
]

ABOVE: Final = 0.85  # inches for the title
BELOW: Final = 0.62  # and for the caption


def check_language(language: Language) -> None:
    """Refuse a language that we do not speak."""
    check_option("language", language, LANGUAGES)


def pick(language: Language, italian: str, english: str) -> str:
    """Return the words in one language."""
    return italian if language == "it" else english


def percent(share: float, language: Language) -> str:
    """Return a share in per cent, as it is printed."""
    return (
        f"{number(100 * share, language, digits=0)}\N{NO-BREAK SPACE}%"
        if language == "it"
        else f"{100 * share:.0f}%"
    )


def listed(names: Sequence[str], language: Language, most: int = 4) -> str:
    """Return names as one phrase; those that are too many are counted."""
    shown, rest = list(names[:most]), len(names) - most
    if rest > 0:
        shown.append(pick(language, f"altri {rest}", f"{rest} more"))
    if len(shown) < 2:  # noqa: PLR2004 - one name needs no "and"
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {pick(language, 'e', 'and')} {shown[-1]}"


def panel(sheet: Sheet, left: float, right: float, bottom: float = BELOW, top: float = ABOVE) -> Axes:
    """Return axes with margins in inches."""
    width, height = sheet.get_size_inches()
    return sheet.add_axes(
        (left / width, bottom / height, (width - left - right) / width, (height - bottom - top) / height)
    )


def bare(axes: Axes, *keep: str) -> None:
    """Leave only the named sides of the frame, and light lines behind."""
    for side, line in axes.spines.items():
        line.set_visible(side in keep)
        line.set_color(GRID)
    axes.tick_params(length=0, labelsize=8.5)
    axes.set_axisbelow(True)


def mark(axes: Axes, x: float, y: float, kind: str, size: float = 60.0) -> None:
    """Draw the mark of one kind: its shape and its colour."""
    look = GROUP_STYLES[group_of(kind)]
    axes.scatter([x], [y], s=size, c=look.fill, marker=look.marker, edgecolors=INK, linewidths=0.6, zorder=3)


def kind_legend(
    sheet: Sheet, kinds: Iterable[str], language: Language, *, y: float, columns: int = 5
) -> None:
    """Tell shape and colour of the groups of kinds that are drawn."""
    from matplotlib.lines import Line2D  # noqa: PLC0415 - matplotlib is slow to load

    present = {group_of(kind) for kind in kinds}
    handles = [
        Line2D([], [], linestyle="", marker=look.marker, markersize=7, markerfacecolor=look.fill,
               markeredgecolor=INK, markeredgewidth=0.6, label=KIND_GROUPS[group][0 if language == "it" else 1])
        for group, look in GROUP_STYLES.items() if group in present
    ]  # fmt: skip
    if handles:
        width, height = sheet.get_size_inches()
        sheet.legend(handles=handles, loc="lower left", bbox_to_anchor=(0.3 / width, y / height), ncols=columns,
                     frameon=False, fontsize=8, handletextpad=0.4, columnspacing=1.4, labelcolor=INK)  # fmt: skip


def pairs_of(net: StakeholderNetwork) -> pd.DataFrame:
    """Return each tied pair and layer once: places of the two actors (the smaller first) and the layer."""
    ties = net.ties
    ends = np.sort(
        np.stack(
            [net.actors.index.get_indexer(pd.Index(ties[side])) for side in ("source", "target")], axis=1
        ),
        axis=1,
    ).reshape(-1, 2)
    return pd.DataFrame(
        {"low": ends[:, 0], "high": ends[:, 1], "layer": ties["layer"].to_numpy()}
    ).drop_duplicates(ignore_index=True)


def empty(words: str, caption: str) -> Figure:
    """Return a sheet on which nothing could be drawn, and which says so."""
    sheet = new_sheet(7.0, 2.0)
    sheet.text(0.5, 0.45, "—", ha="center", color=MUTED, fontsize=16)
    return finish(sheet, title=words, alt=f"{words}.", caption=caption)
