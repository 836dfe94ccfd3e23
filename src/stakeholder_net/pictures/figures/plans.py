"""Figures for choosing: coalitions as cards, themes as an agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from stakeholder_net.errors import OptionError
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.pictures.figures._parts import (
    BELOW,
    bare,
    check_language,
    empty,
    kind_legend,
    mark,
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
    one_line,
    shorten,
)
from stakeholder_net.pictures.style import INK
from stakeholder_net.words import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["coalition_cards", "priority_agenda"]

ACROSS: Final = 3
NAMES_ON_A_CARD: Final = 12
BLUE: Final = "#0072B2"


def coalition_cards(
    net: StakeholderNetwork,
    found: pd.DataFrame,
    *,
    n_cards: int = 3,
    title: str | None = None,
    language: Language = "it",
) -> Figure:
    """Which coalitions could apply, who leads them, and who already works with whom?

    Reads as: "five partners, three award criteria; 7 of their 10 pairs are already tied". A line on a card is a tie
    on record; a partner without one has to be won first.

    Parameters
    ----------
    net : StakeholderNetwork
        The network of which the table was made.
    found : pandas.DataFrame
        What ``coalitions(net, call)`` gives.
    n_cards : int
        How many alternatives to draw, best first.
    title : str, optional
        The finding; by default what the best alternative has.
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
    ...     actors=pd.DataFrame({"actor_id": ["a", "b"], "name": ["Comune", "Coop"],
    ...                          "kind": ["comune", "coop_sociale"]}))
    >>> found = pd.DataFrame({"call": ["Avviso"], "actors": [("a", "b")], "lead": ["a"], "status": ["optimal"]})
    >>> coalition_cards(net, found, language="en").title
    '“Avviso”: 1 coalition; the first has 2 partners, pairs already tied: 0 of 1'
    """
    check_language(language)
    lacking = [name for name in ("actors", "call", "status") if name not in found.columns]
    if lacking:
        raise OptionError(
            f"The table of coalitions lacks: {', '.join(lacking)}.",
            "Give what coalitions(net, call) returns.",
        )
    cards = found[~found["status"].isin(["infeasible", "unanswered"])].head(n_cards).to_dict("records")
    if not cards:
        return empty(
            pick(language, "Nessuna coalizione è possibile con queste regole", "No coalition is possible"),
            caption_of(net, language),
        )
    tied = set(map(tuple, pairs_of(net)[["low", "high"]].drop_duplicates().to_numpy().tolist()))
    about = [_about(net, card, tied) for card in cards]
    words = title or _cards_words(cards, about, len(found), language)
    lines = max(min(len(one["names"]), NAMES_ON_A_CARD) for one in about)
    deep = int(np.ceil(len(cards) / ACROSS))
    with drawing():
        height = 3.1 + 0.19 * lines
        sheet = new_sheet(10.0, 1.9 + deep * height)
        for place, (card, one) in enumerate(zip(cards, about, strict=True)):
            row, col = divmod(place, ACROSS)
            wide = (10.0 - 0.6) / min(ACROSS, len(cards)) if len(cards) > 1 else 4.4
            left = 0.3 + col * wide
            top = 0.85 + row * height
            axes = panel(
                sheet, left, 10.0 - left - wide + 0.15, bottom=1.05 + (deep - 1 - row) * height, top=top
            )
            _draw_card(axes, place + 1, card, one, language=language)
        kinds = [kind for one in about for kind in one["kinds"]]
        kind_legend(sheet, kinds, language, y=BELOW - 0.14)
        told = [f"{place}: {'; '.join(one['names'])}" for place, one in enumerate(about, start=1)]
        note = pick(
            language, "proposte da discutere, non graduatorie", "proposals to discuss, not a ranking of merit"
        )
        return finish(
            sheet, title=words, alt=f"{words}. {'. '.join(told)}.", caption=caption_of(net, language, note)
        )


def _about(net: StakeholderNetwork, card: dict[Any, Any], tied: set[tuple[int, int]]) -> dict[str, Any]:
    members = list(card["actors"])
    at = net.actors.index.get_indexer(pd.Index(members))
    n = len(members)
    pairs = [
        (i, j) for i in range(n) for j in range(i + 1, n) if (min(at[i], at[j]), max(at[i], at[j])) in tied
    ]
    return {
        "names": [str(net.actors["name"].get(one, one)) for one in members],
        "kinds": [str(net.actors["kind"].get(one, "")) for one in members],
        "pairs": pairs,
        "all": n * (n - 1) // 2,
    }


def _cards_words(cards: list[dict[Any, Any]], about: list[dict[str, Any]], n: int, language: Language) -> str:
    call, first = one_line(str(cards[0]["call"])), about[0]
    return pick(
        language,
        f"«{call}»: {n} {'coalizione' if n == 1 else 'coalizioni'}; la prima ha {len(first['names'])} partner, "
        f"coppie già legate: {len(first['pairs'])} su {first['all']}",
        f"“{call}”: {n} coalition{'' if n == 1 else 's'}; the first has {len(first['names'])} partners, "
        f"pairs already tied: {len(first['pairs'])} of {first['all']}",
    )


def _draw_card(
    axes: Axes, place: int, card: dict[Any, Any], one: dict[str, Any], *, language: Language
) -> None:
    from matplotlib.patches import FancyBboxPatch  # noqa: PLC0415 - matplotlib is slow to load

    clean(axes)
    width, height = axes.get_position().size * axes.figure.get_size_inches()  # type: ignore[union-attr]
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.add_patch(FancyBboxPatch((0.06, 0.06), width - 0.12, height - 0.12, boxstyle="round,pad=0,rounding_size=0.08",
                                  facecolor="#fafbfc", edgecolor="#9aa4b2", linewidth=0.9))  # fmt: skip
    head = pick(language, f"Alternativa {place}", f"Alternative {place}")
    axes.text(0.2, 0.36, head, fontsize=10.5, fontweight="bold")
    facts = pick(
        language,
        f"coppie legate: {len(one['pairs'])} su {one['all']}",
        f"pairs tied: {len(one['pairs'])} of {one['all']}",
    )
    awards = card.get("awards")
    if awards is not None and awards == awards:  # noqa: PLR0124 - NaN is not itself
        many = awards != 1
        words = pick(
            language,
            "criteri premiali" if many else "criterio premiale",
            "award criteria" if many else "award criterion",
        )
        facts += f" · {awards:.0f} {words}"
    axes.text(0.2, 0.58, facts, fontsize=8, color=MUTED)
    n = len(one["names"])
    angle = 2 * np.pi * np.arange(n) / n - np.pi / 2
    radius = 0.72
    x, y = width / 2 + 1.15 * radius * np.cos(angle), 1.74 + radius * np.sin(angle)
    for i, j in one["pairs"]:
        axes.plot([x[i], x[j]], [y[i], y[j]], color=BLUE, linewidth=1.4, alpha=0.6, zorder=2)
    for spot, kind in enumerate(one["kinds"]):
        mark(axes, float(x[spot]), float(y[spot]), kind, 90)
        out = 0.2 if n <= NAMES_ON_A_CARD else 0.16
        axes.text(x[spot] + out * np.cos(angle[spot]), y[spot] + out * np.sin(angle[spot]), str(spot + 1), fontsize=8,
                  fontweight="bold", ha="center", va="center")  # fmt: skip
    lead = list(card["actors"]).index(card["lead"]) if card.get("lead") in card["actors"] else -1
    _card_names(axes, one["names"], lead, width, language)


def _card_names(axes: Axes, names: list[str], lead: int, width: float, language: Language) -> None:
    length = int(width * 13.5)
    for row, name in enumerate(names[:NAMES_ON_A_CARD]):
        first = row == lead
        suffix = pick(language, " (capofila)", " (lead)") if first else ""
        text = f"{row + 1}  {shorten(name, length - len(suffix))}{suffix}"
        axes.text(0.2, 2.86 + 0.19 * row, text, fontsize=8, fontweight="bold" if first else "normal")
    if len(names) > NAMES_ON_A_CARD:
        more = len(names) - NAMES_ON_A_CARD
        axes.text(
            width - 0.2,
            0.36,
            pick(language, f"altri {more} non elencati", f"{more} more not listed"),
            fontsize=7.5,
            color=MUTED,
            ha="right",
        )


def priority_agenda(
    net: StakeholderNetwork,
    themes: pd.DataFrame,
    *,
    n_themes: int = 15,
    title: str | None = None,
    language: Language = "it",
) -> Figure:
    """Which themes do most organisations want, and from how many kinds?

    Reads as: "housing is supported by 9 of 14 organisations of 5 kinds". The line is the 95 % interval of the share:
    where two lines overlap widely, do not say that one theme comes before the other.

    Parameters
    ----------
    net : StakeholderNetwork
        The network of which the table was made; for the caption.
    themes : pandas.DataFrame
        What ``agenda(net, priorities)`` gives.
    n_themes : int
        How many themes, those with most support first.
    title : str, optional
        The finding; by default the first theme.
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
    >>> themes = pd.DataFrame({"theme": ["casa"], "n": [3], "x": [2], "breadth": [2 / 3], "low": [0.2], "high": [0.9],
    ...                        "support": [1.5], "kinds": [2]})
    >>> priority_agenda(net, themes, language="en").title
    '“casa” is supported by 2 of 3 organisations (67%)'
    """
    check_language(language)
    lacking = [
        name for name in ("theme", "n", "x", "breadth", "low", "high", "kinds") if name not in themes.columns
    ]
    if lacking:
        raise OptionError(
            f"The table of themes lacks: {', '.join(lacking)}.", "Give what agenda(net, priorities) returns."
        )
    if themes.empty:
        return empty(
            pick(language, "Nessuna priorità raccolta", "No priority on record"), caption_of(net, language)
        )
    shown = (
        themes.sort_values(["breadth", "theme"], ascending=[False, True], kind="stable")
        .head(n_themes)
        .reset_index(drop=True)
    )
    words = title or _first_themes(shown, language)
    rows = np.arange(len(shown))
    with drawing():
        sheet = new_sheet(9.2, 2.0 + 0.36 * len(shown))
        axes = panel(sheet, 3.0, 1.9, bottom=0.95)
        axes.barh(rows, 100 * shown["breadth"], height=0.55, color="#9ecae1", edgecolor=INK, linewidth=0.6)
        axes.hlines(rows, 100 * shown["low"], 100 * shown["high"], color=INK, linewidth=1.5, zorder=3)
        axes.set_yticks(rows, [shorten(str(theme), 38) for theme in shown["theme"]])
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.set_xlim(0, 100)
        axes.set_xlabel("%", fontsize=8.5, loc="right")
        axes.grid(axis="x", color=GRID, linewidth=0.7)
        bare(axes, "bottom")
        for row, one in enumerate(shown.to_dict("records")):
            told = pick(
                language,
                f"{one['x']} su {one['n']} · tipi: {one['kinds']}",
                f"{one['x']} of {one['n']} · kinds: {one['kinds']}",
            )
            axes.text(1.02, row, told, transform=axes.get_yaxis_transform(), va="center", fontsize=8.5)
        note = pick(language, "linea: intervallo al 95\N{NO-BREAK SPACE}%", "line: 95% interval")
        listing = "; ".join(f"{one['theme']} {one['x']}/{one['n']}" for one in shown.to_dict("records"))
        return finish(sheet, title=words, alt=f"{words}. {listing}.", caption=caption_of(net, language, note))


def _first_themes(shown: pd.DataFrame, language: Language) -> str:
    level = shown[shown["breadth"] == shown["breadth"].iloc[0]]
    first = shown.iloc[0]
    names = ", ".join(
        pick(language, f"«{one_line(str(theme))}»", f"“{one_line(str(theme))}”")
        for theme in level["theme"].head(3)
    )
    share, many = percent(first["breadth"], language), len(level) > 1
    return pick(
        language,
        f"{names} {'sono sostenuti ciascuno' if many else 'è sostenuto'} da {first['x']} enti su {first['n']} "
        f"({share})",
        f"{names} {'are each' if many else 'is'} supported by {first['x']} of {first['n']} organisations ({share})",
    )
