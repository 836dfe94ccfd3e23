"""Figures of who is missing: observed and expected, register and table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from stakeholder_net.errors import OptionError
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.pictures.figures._parts import bare, check_language, empty, panel, percent, pick
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
from stakeholder_net.pictures.style import INK
from stakeholder_net.words import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["checked_gaps", "gap_dumbbells", "observed_expected"]

SUPPORTED: Final = 0.05
COLUMNS: Final = ("group", "registered", "present", "expected", "p_adjusted", "low", "high", "share")
BLUE, ORANGE = "#0072B2", "#D55E00"


def checked_gaps(gaps: pd.DataFrame) -> pd.DataFrame:
    """Return the groups of the register of a table of gaps; refuse another table."""
    missing = [name for name in COLUMNS if name not in gaps.columns]
    if missing:
        raise OptionError(
            f"The table of gaps lacks: {', '.join(missing)}.",
            "Give what representation(net, by=...) returns.",
        )
    return gaps[gaps["registered"] > 0].reset_index(drop=True)


def _supported_words(gaps: pd.DataFrame, language: Language) -> str:
    low = gaps[(gaps["p_adjusted"] < SUPPORTED) & (gaps["present"] < gaps["expected"])]
    registered, present = (number(gaps[name].sum(), language) for name in ("registered", "present"))
    if low.empty:
        return pick(
            language,
            f"Su {registered} enti in registro sono venuti {present}: nessun gruppo meno degli altri oltre il caso",
            f"Of {registered} registered, {present} came: no group came less than the others beyond chance",
        )
    names = ", ".join(str(name) for name in low["group"].head(3))
    return pick(
        language,
        f"Sono venuti meno di quanto il caso spieghi: {names} ({len(low)} gruppi su {len(gaps)})",
        f"Came less than chance explains: {names} ({len(low)} groups of {len(gaps)})",
    )


def observed_expected(
    net: StakeholderNetwork,
    gaps: pd.DataFrame,
    *,
    n_groups: int = 18,
    title: str | None = None,
    language: Language = "it",
) -> Figure:
    """How many of each group came, and how many were to be expected had all groups come alike?

    Reads as: "of 80 voluntary organisations 2 came, 5 were to be expected; with these numbers chance may do that". The
    line is the 95 % interval of what was observed.

    Parameters
    ----------
    net : StakeholderNetwork
        The network of which the table was made; for the caption.
    gaps : pandas.DataFrame
        What ``representation(net, by=...)`` gives.
    n_groups : int
        How many groups, those furthest below expectation first.
    title : str, optional
        The finding; by default the groups whose absence the data support.
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
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a"], "name": ["Coop"], "kind": ["coop_sociale"]}))
    >>> gaps = pd.DataFrame({"group": ["Coop"], "registered": [9], "present": [0], "expected": [3.0],
    ...                      "p_adjusted": [0.01], "low": [0.0], "high": [0.3], "share": [0.0]})
    >>> observed_expected(net, gaps, language="en").title
    'Came less than chance explains: Coop (1 groups of 1)'
    """
    check_language(language)
    table = checked_gaps(gaps)
    words = title or _supported_words(table, language)
    if table.empty:
        return empty(words, caption_of(net, language))
    shown = table.assign(lack=table["expected"] - table["present"])
    shown = (
        shown.sort_values(["lack", "group"], ascending=[False, True], kind="stable")
        .head(n_groups)
        .reset_index(drop=True)
    )
    rows = np.arange(len(shown))
    with drawing():
        sheet = new_sheet(9.6, 2.3 + 0.27 * len(shown))
        axes = panel(sheet, 3.0, 1.7, bottom=1.05)
        low, high = shown["low"] * shown["registered"], shown["high"] * shown["registered"]
        axes.hlines(rows, low, high, color=MUTED, linewidth=1.4)
        alike = pick(language, "attesi, se tutti fossero venuti ugualmente", "expected, had all come alike")
        seen = pick(
            language, "venuti (linea: intervallo al 95\N{NO-BREAK SPACE}%)", "came (line: 95% interval)"
        )
        axes.scatter(shown["expected"], rows, marker="D", s=46, facecolors="white", edgecolors=ORANGE, linewidths=1.5,
                     zorder=3, label=alike)  # fmt: skip
        axes.scatter(shown["present"], rows, marker="o", s=44, color=BLUE, zorder=4, label=seen)
        _named_rows(axes, [f"{shorten(str(name), 30)} ({number(n, language)})"
                           for name, n in zip(shown["group"], shown["registered"], strict=True)])  # fmt: skip
        axes.set_xlim(left=-0.03 * float(high.max() or 1))
        axes.locator_params(axis="x", integer=True)
        for row, value in enumerate(shown["p_adjusted"]):
            bold = value < SUPPORTED
            look = ("bold", INK) if bold else ("normal", MUTED)
            axes.text(1.02, row, f"p = {number(value, language, digits=3)}", transform=axes.get_yaxis_transform(),
                      va="center", fontsize=8, fontweight=look[0], color=look[1])  # fmt: skip
        _legend_below(axes)
        note = pick(language, "p corretto per il numero di gruppi; fra parentesi gli enti in registro",
                    "p corrected for the number of groups; in brackets those registered")  # fmt: skip
        listing = "; ".join(
            f"{row['group']}: {row['present']} {pick(language, 'venuti', 'came')}, "
            f"{number(row['expected'], language, digits=1)} {pick(language, 'attesi', 'expected')}"
            for row in shown.head(8).to_dict("records")
        )  # fmt: skip
        return finish(sheet, title=words, alt=f"{words}. {listing}.", caption=caption_of(net, language, note))


def _named_rows(axes: Axes, names: list[str]) -> None:
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    bare(axes, "bottom")


def _legend_below(axes: Axes) -> None:
    sheet_height = axes.get_position().height * axes.figure.get_size_inches()[1]  # type: ignore[union-attr]
    axes.legend(loc="upper left", bbox_to_anchor=(0, -0.24 / sheet_height), ncols=2, frameon=False, fontsize=8,
                handletextpad=0.3, borderaxespad=0)  # fmt: skip


def gap_dumbbells(
    net: StakeholderNetwork,
    gaps: pd.DataFrame,
    *,
    n_groups: int = 18,
    title: str | None = None,
    language: Language = "it",
) -> Figure:
    """Which groups weigh less among those who came than in the register?

    Reads as: "sports clubs are 17 % of the register and none of those present". It compares shares; whether chance
    explains the difference is told by :func:`observed_expected`.

    Parameters
    ----------
    net : StakeholderNetwork
        The network of which the table was made; for the caption.
    gaps : pandas.DataFrame
        What ``representation(net, by=...)`` gives.
    n_groups : int
        How many groups, those with the largest difference first.
    title : str, optional
        The finding; by default the largest difference.
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
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a"], "name": ["Coop"], "kind": ["coop_sociale"]}))
    >>> gaps = pd.DataFrame({"group": ["Coop", "Odv"], "registered": [3, 1], "present": [1, 1], "expected": [1.5, 0.5],
    ...                      "p_adjusted": [1.0, 1.0], "low": [0.0, 0.2], "high": [0.8, 1.0], "share": [0.3, 1.0]})
    >>> gap_dumbbells(net, gaps, language="en").title
    'Coop: 75% of the register, 50% of those who came; chance alone may explain it'
    """
    check_language(language)
    table = checked_gaps(gaps)
    if table.empty or not table["present"].sum():
        return empty(
            pick(language, "Nessuna presenza da confrontare con il registro", "No presence to compare"),
            caption_of(net, language),
        )
    table = table.assign(
        of_register=table["registered"] / table["registered"].sum(),
        of_present=table["present"] / table["present"].sum(),
    )
    table = table.assign(gap=table["of_register"] - table["of_present"])
    ordered = table.sort_values(["gap", "group"], ascending=[False, True], kind="stable")
    far = ordered["gap"].abs().nlargest(n_groups).index
    shown = ordered[ordered.index.isin(far)].reset_index(drop=True)
    first = shown.iloc[0]
    a, b = percent(first["of_register"], language), percent(first["of_present"], language)
    words = title or pick(
        language,
        f"{first['group']}: {a} del registro, {b} di chi è venuto",
        f"{first['group']}: {a} of the register, {b} of those who came",
    )
    if title is None and first["p_adjusted"] >= SUPPORTED:
        words += pick(language, "; può bastare il caso a spiegarlo", "; chance alone may explain it")
    rows = np.arange(len(shown))
    with drawing():
        sheet = new_sheet(9.6, 2.3 + 0.27 * len(shown))
        axes = panel(sheet, 3.0, 0.7, bottom=1.05)
        axes.hlines(
            rows, 100 * shown["of_register"], 100 * shown["of_present"], color="#b8c0cc", linewidth=3.2
        )
        of_register = pick(language, "quota del registro (%)", "share of the register (%)")
        of_present = pick(language, "quota di chi è venuto (%)", "share of those who came (%)")
        axes.scatter(100 * shown["of_register"], rows, marker="s", s=44, facecolors="white", edgecolors=ORANGE,
                     linewidths=1.6, zorder=3, label=of_register)  # fmt: skip
        axes.scatter(
            100 * shown["of_present"], rows, marker="o", s=44, color=BLUE, zorder=4, label=of_present
        )
        _named_rows(axes, [shorten(str(name), 36) for name in shown["group"]])
        _legend_below(axes)
        registered, came = (number(table[name].sum(), language) for name in ("registered", "present"))
        n = pick(
            language, f"{registered} in registro, {came} venuti", f"{registered} registered, {came} came"
        )
        listing = "; ".join(
            f"{row['group']}: {percent(row['of_register'], language)} / {percent(row['of_present'], language)}"
            for row in shown.head(8).to_dict("records")
        )
        return finish(sheet, title=words, alt=f"{words}. {listing}.", caption=caption_of(net, language, n))
