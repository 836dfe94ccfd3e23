"""Boundaries of municipalities from a file that the user names: outlines to be drawn, and where each town lies."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stakeholder_net._checks import problem
from stakeholder_net.errors import OptionError, UnreadableFileError

__all__ = ["read_boundaries"]

LARGEST: Final = 60_000_000  # bytes: the municipalities of all Italy, simplified, are a tenth
WIDE: Final = 1400.0  # units of the plane
FINE: Final = 1.5  # units between two points of an outline that are both kept

Floats = npt.NDArray[np.float64]


def read_boundaries(path: str | os.PathLike[str], towns: Iterable[str]) -> dict[str, Any]:
    """Return the outlines of a GeoJSON file and the middle of each town that occurs in it.

    Parameters
    ----------
    path : path
        GeoJSON (WGS 84) of polygons; the property that names most of the towns is taken for their name.
    towns : iterable of str
        Municipalities of the actors.

    Returns
    -------
    dict
        ``towns`` name and middle [x, y]; ``rings`` lists of x, y, x, y...; ``width``, ``height`` of the whole.

    Raises
    ------
    UnreadableFileError
        When the file is not there or is no GeoJSON of polygons.
    OptionError
        When none of its features bears the name of a town.
    """
    file = Path(path)
    features = _features(file)
    wanted = {_folded(town): town for town in towns if town}
    key = _name_key(features, set(wanted))
    if key is None:
        raise OptionError(
            f"boundaries={file.name!r}: no feature bears the name of a municipality of these actors.",
            "Give a file of the same area, with the names of the municipalities among its properties.",
        )
    shapes = [
        (str(feature["properties"].get(key, "")), list(_rings(feature["geometry"]))) for feature in features
    ]
    points = np.concatenate([ring for _, rings in shapes for ring in rings])
    low, high = points.min(axis=0), points.max(axis=0)
    # a degree of longitude is shorter than one of latitude by the cosine of the latitude
    by = np.array([np.cos(np.radians((low[1] + high[1]) / 2)), -1.0])
    scale = WIDE / max(float((high - low)[0] * by[0]), float((high - low)[1]), 1e-9)
    middle = (low + high) / 2
    size = np.abs((high - low) * by) * scale
    drawn, found = [], {}
    for name, rings in shapes:
        flat = [(ring - middle) * by * scale for ring in rings]
        drawn += [_thinned(ring).round(1).ravel().tolist() for ring in flat]
        if _folded(name) in wanted:
            largest = max(flat, key=lambda ring: abs(_area(ring)))
            found[wanted[_folded(name)]] = _middle(largest).round(1).tolist()
    return {
        "towns": found,
        "rings": drawn,
        "width": round(float(size[0]), 1),
        "height": round(float(size[1]), 1),
    }


def _features(file: Path) -> list[dict[str, Any]]:
    if not file.is_file():
        raise UnreadableFileError(problem("missing_file", file=file.name, base=".", nearest=""))
    if file.stat().st_size > LARGEST:
        found, allowed = f"{file.stat().st_size >> 20} MB", f"{LARGEST >> 20} MB"
        raise UnreadableFileError(problem("too_large", file=file.name, found=found, allowed=allowed))
    try:
        read = json.loads(file.read_text(encoding="utf-8-sig"))
        features = [
            feature for feature in read["features"]
            if feature["geometry"] and feature["geometry"]["type"] in ("Polygon", "MultiPolygon")
            and isinstance(feature["properties"], dict)
        ]  # fmt: skip
        for feature in features:
            list(_rings(feature["geometry"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableFileError(
            problem("bad_file", file=file.name, expected="GeoJSON", found=type(error).__name__)
        ) from error
    if not features:
        raise UnreadableFileError(problem("bad_file", file=file.name, expected="GeoJSON", found="-"))
    return features


def _rings(geometry: dict[str, Any]) -> Iterator[Floats]:
    """Return the outer and inner outlines of a feature."""
    shapes = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for shape in shapes:
        for ring in shape:
            points = np.asarray([point[:2] for point in ring], dtype=np.float64)
            if points.ndim != 2 or len(points) < 4 or not np.isfinite(points).all():  # noqa: PLR2004 - a closed ring
                raise ValueError(len(points))
            yield points


def _name_key(features: list[dict[str, Any]], wanted: set[str]) -> str | None:
    """Return the property that names most of the towns."""
    keys = sorted({key for feature in features for key in feature["properties"]})
    hits = {
        key: sum(_folded(feature["properties"].get(key, "")) in wanted for feature in features)
        for key in keys
    }
    best = max(keys, key=lambda key: hits[key], default=None)
    return best if best is not None and hits[best] else None


def _folded(name: object) -> str:
    return " ".join(str(name).casefold().replace("’", "'").split())


def _thinned(ring: Floats) -> Floats:
    """Return an outline without the points that lie too near to the last one kept."""
    kept = [0]
    for n in range(1, len(ring) - 1):
        if np.abs(ring[n] - ring[kept[-1]]).max() >= FINE:
            kept.append(n)
    return ring[[*kept, len(ring) - 1]]


def _area(ring: Floats) -> float:
    x, y = ring.T
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2


def _middle(ring: Floats) -> Floats:
    """Return the centre of gravity of an outline."""
    x, y = ring.T
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    area = cross.sum() / 2
    sums = np.array([((x[:-1] + x[1:]) * cross).sum(), ((y[:-1] + y[1:]) * cross).sum()])
    flat = abs(area) < 1e-9  # noqa: PLR2004 - a line
    middle: Floats = ring.mean(axis=0) if flat else sums / (6 * area)
    return middle
