"""The figure of the ground: in which municipalities registered organisations came, and where none did."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from stakeholder_net.errors import OptionError
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.pictures.figures._parts import check_language, empty, panel, pick
from stakeholder_net.pictures.figures.base import (
    Figure,
    caption_of,
    clean,
    drawing,
    finish,
    new_sheet,
    shorten,
)
from stakeholder_net.pictures.figures.missing import checked_gaps
from stakeholder_net.words import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["coverage_map"]

# share of the register that came: fill and hatch, so that it is read without colour too
STEPS: Final = (
    (0.0, "#ffffff", "////"),
    (0.1, "#dbe9f6", ""),
    (0.25, "#9ecae1", ""),
    (0.5, "#4292c6", ""),
    (1.01, "#08519c", ""),
)
NAMES: Final = ("name", "NAME", "comune", "COMUNE", "den_com", "DEN_COM", "nome")


def coverage_map(
    net: StakeholderNetwork,
    gaps: pd.DataFrame,
    *,
    boundaries: str | os.PathLike[str] | None = None,
    title: str | None = None,
    language: Language = "it",
) -> Figure:
    """In which municipalities did registered organisations come, and where did none?

    Reads as: "from 30 of 43 municipalities nobody came". Each municipality bears how many came of how many are
    registered; hatched is where none came, white where none is registered.

    Parameters
    ----------
    net : StakeholderNetwork
        The network of which the table was made; for the caption.
    gaps : pandas.DataFrame
        What ``representation(net, by="municipality")`` gives.
    boundaries : path, optional
        GeoJSON of the municipalities, with their name in ``name`` (or ``comune``, ``den_com``). Without it each is a
        tile, in the order of the alphabet.
    title : str, optional
        The finding; by default how many municipalities nobody came from.
    language : {"it", "en"}
        Language of the words.

    Returns
    -------
    Figure
        With ``save(path)`` (PNG, SVG, PDF) and ``alt``.

    Raises
    ------
    OptionError
        When the table is another one, the file is no GeoJSON of areas, or the language is unknown.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a"], "name": ["Coop"], "kind": ["coop_sociale"]}))
    >>> gaps = pd.DataFrame({"group": ["Offida", "Force"], "registered": [3, 1], "present": [1, 0], "share": [0.3, 0.0],
    ...                      "expected": [0.7, 0.3], "p_adjusted": [1.0, 1.0], "low": [0.0, 0.0], "high": [0.8, 0.9]})
    >>> coverage_map(net, gaps, language="en").title
    'From 1 of 2 municipalities none of the registered came'
    """
    check_language(language)
    table = checked_gaps(gaps)
    named = (
        table["municipality" if "municipality" in table.columns else "group"].astype("str").str.strip() != ""
    )
    nowhere = table.loc[~named, "registered"].sum()
    table = table[named]
    none = table[table["present"] == 0]
    words = title or pick(
        language,
        f"Da {len(none)} comuni su {len(table)} non è venuto nessuno degli enti in registro",
        f"From {len(none)} of {len(table)} municipalities none of the registered came",
    )
    if table.empty:
        return empty(words, caption_of(net, language))
    with drawing():
        sheet = new_sheet(9.6, 7.6)
        axes = panel(sheet, 0.3, 0.3, bottom=1.05)
        clean(axes)
        left_out = (
            _tiles(axes, table) if boundaries is None else _areas(axes, table, _read_areas(Path(boundaries)))
        )
        _steps_legend(axes, language)
        notes = (
            [pick(language, "nel bianco nessun ente è in registro", "white: none registered")]
            if boundaries
            else []
        )
        if nowhere:
            notes.append(
                pick(
                    language,
                    f"{nowhere} enti in registro senza comune",
                    f"{nowhere} registered without a place",
                )
            )
        if left_out:
            notes.append(f"{pick(language, 'non nel disegno', 'not in the drawing')}: {', '.join(left_out)}")
        alt = f"{words}. {pick(language, 'Venuti su registrati', 'Came of registered')}: " + "; ".join(
            f"{row['group']} {row['present']}/{row['registered']}"
            for row in table.sort_values("group").to_dict("records")
        )
        return finish(sheet, title=words, alt=f"{alt}.", caption=caption_of(net, language, *notes))


def _look(share: float) -> tuple[str, str]:
    if share <= 0:
        return STEPS[0][1], STEPS[0][2]
    fill, hatch = next((fill, hatch) for limit, fill, hatch in STEPS[1:] if share <= limit)
    return fill, hatch


def _tiles(axes: Axes, table: pd.DataFrame) -> list[str]:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - matplotlib is slow to load

    across = int(np.ceil(np.sqrt(len(table) * 1.1)))
    ordered = table.sort_values("group").to_dict("records")
    for place, row in enumerate(ordered):
        y, x = divmod(place, across)
        fill, hatch = _look(row["share"])
        axes.add_patch(
            Rectangle((x, y), 0.94, 0.9, facecolor=fill, hatch=hatch, edgecolor="#9aa4b2", linewidth=0.6)
        )
        _written(axes, (x + 0.47, y + 0.36), shorten(str(row["group"]), 17), row, size=min(7.5, 62 / across))
    axes.set_xlim(-0.05, across)
    axes.set_ylim(len(ordered) // across + 1.05, -0.05)
    return []


def _written(axes: Axes, spot: tuple[float, float], name: str, row: dict[Any, Any], size: float) -> None:
    from matplotlib.patheffects import withStroke  # noqa: PLC0415 - matplotlib is slow to load

    text = (
        f"{name}\n{row['present']}/{row['registered']}" if name else f"{row['present']}/{row['registered']}"
    )
    axes.text(*spot, text, ha="center", va="center", fontsize=size, zorder=5,
              path_effects=[withStroke(linewidth=2.2, foreground="white")])  # fmt: skip


def _read_areas(path: Path) -> dict[str, list[np.ndarray]]:
    """Return the outer rings of each named area."""
    hint = "Give a GeoJSON file of areas, with the name of each municipality in its properties."
    try:
        features = json.loads(path.read_text("utf-8"))["features"]
        areas: dict[str, list[np.ndarray]] = {}
        for feature in features:
            about = feature["properties"]
            name = next((str(about[key]) for key in NAMES if about.get(key)), "")
            shape = feature["geometry"]
            many = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
            areas.setdefault(name, []).extend(np.asarray(rings[0], dtype="float64")[:, :2] for rings in many)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise OptionError(f"boundaries: {path.name} is not a GeoJSON of areas.", hint) from error
    if not areas or all(not name for name in areas):
        raise OptionError(f"boundaries: no area of {path.name} has a name.", hint)
    return areas


def _areas(axes: Axes, table: pd.DataFrame, areas: dict[str, list[np.ndarray]]) -> list[str]:
    from matplotlib.patches import Polygon  # noqa: PLC0415 - matplotlib is slow to load

    rows = {str(row["group"]).casefold(): row for row in table.to_dict("records")}
    for name, rings in areas.items():
        row = rows.get(name.casefold())
        fill, hatch = ("#ffffff", "") if row is None else _look(row["share"])
        for ring in rings:
            axes.add_patch(
                Polygon(ring.tolist(), facecolor=fill, hatch=hatch, edgecolor="#8a94a3", linewidth=0.6)
            )
        if row is not None:
            ring = max(rings, key=len)
            low, high = ring.min(axis=0), ring.max(axis=0)
            middle = (low + high) / 2
            _written(axes, (float(middle[0]), float(middle[1])), "", row, size=7.0)
    everything = np.concatenate([ring for rings in areas.values() for ring in rings])
    (left, bottom), (right, top) = everything.min(axis=0), everything.max(axis=0)
    axes.set_aspect(1 / np.cos(np.deg2rad((bottom + top) / 2)))
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)
    known = {name.casefold() for name in areas}
    return sorted(str(row["group"]) for key, row in rows.items() if key not in known)


def _steps_legend(axes: Axes, language: Language) -> None:
    from matplotlib.patches import Patch  # noqa: PLC0415 - matplotlib is slow to load

    labels = [pick(language, "nessuno", "none")]
    labels += [pick(language, f"fino al {share:.0%}", f"up to {share:.0%}") for share in (0.1, 0.25, 0.5)]
    labels.append(pick(language, "oltre il 50%", "above 50%"))
    handles = [
        Patch(facecolor=fill, hatch=hatch, edgecolor="#8a94a3", label=label)
        for (_, fill, hatch), label in zip(STEPS, labels, strict=True)
    ]
    axes.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0, -0.01), ncols=5, frameon=False, fontsize=8
    )
