"""The four views in both themes beside the pictures that were looked at and kept.

After a change that is meant:  STAKEHOLDER_NET_GOLDEN=write python -m pytest tests/browser/test_map_golden.py
Then look at every picture in tests/browser/golden before it is committed.
"""

from __future__ import annotations

import io
import json
import os
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from benchmarks.map import generated
from PIL import Image

from stakeholder_net.pictures import network_map

pytestmark = pytest.mark.browser
GOLDEN = Path(__file__).parent / "golden"
VIEWS = ("relational", "geographic", "concentric", "layered")
THEMES = ("light", "dark")
CELLS = (192, 120)
"""What is compared: letters are drawn otherwise on each machine, places and colours are not."""
KEPT = (662, 635)
MEAN, FAR, FEW = 4.0, 30.0, 0.02
COLUMNS = 6


def squares() -> str:
    """Return made-up municipalities: squares side by side, by the names of the synthetic territory."""
    features = []
    for number in range(33):
        west, south = 13 + 0.1 * (number % COLUMNS), 42 + 0.1 * (number // COLUMNS)
        ring = [
            [west, south],
            [west + 0.1, south],
            [west + 0.1, south + 0.1],
            [west, south + 0.1],
            [west, south],
        ]
        name = {"name": f"Comune sintetico {number:02d}"}
        features.append(
            {"type": "Feature", "properties": name, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        )
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture(scope="module")
def page_file(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("golden")
    (folder / "towns.geojson").write_text(squares(), "utf-8")
    net = generated(150, 800)
    return network_map(net, boundaries=folder / "towns.geojson").save(folder / "map.html")


def cells(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.convert("RGB").resize(CELLS, Image.Resampling.BOX), dtype="float64")


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """Return the mean difference of a cell (0 to 255), and the share of cells that are far apart."""
    apart = np.abs(cells(one) - cells(other)).mean(axis=2)
    return float(apart.mean()), float((apart > FAR).mean())


def same(one: Image.Image, other: Image.Image) -> bool:
    mean, far = difference(one, other)
    return mean <= MEAN and far <= FEW


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_looks_as_it_did_when_it_was_looked_at(page_file, offline_page, view: str, theme: str) -> None:
    offline_page.set_viewport_size({"width": 1440, "height": 900})
    chosen = "a00007" if view in ("geographic", "layered") else ""
    offline_page.goto(f"{page_file.as_uri()}#view={view}&theme={theme}&actor={chosen}")
    offline_page.wait_for_selector("html[data-ready=true]")
    assert offline_page.evaluate("__map.page.state.view") == view
    now = Image.open(io.BytesIO(offline_page.locator("#stage").screenshot()))
    kept = GOLDEN / f"{view}-{theme}.jpg"
    if os.environ.get("STAKEHOLDER_NET_GOLDEN") == "write":
        kept.parent.mkdir(exist_ok=True)
        now.convert("RGB").resize(KEPT).save(kept, quality=85, optimize=True)
    assert same(now, Image.open(kept)), difference(now, Image.open(kept))


def test_the_comparison_tells_every_view_and_theme_apart() -> None:
    kept = {path.stem: Image.open(path) for path in sorted(GOLDEN.glob("*.jpg"))}
    assert set(kept) == {f"{view}-{theme}" for view in VIEWS for theme in THEMES}
    assert not [pair for pair in combinations(kept, 2) if same(kept[pair[0]], kept[pair[1]])]


def test_the_comparison_sees_that_ties_are_missing(page_file, offline_page) -> None:
    offline_page.set_viewport_size({"width": 1440, "height": 900})
    offline_page.goto(f"{page_file.as_uri()}#theme=light&layers-off=attendance+partnership+membership")
    offline_page.wait_for_selector("html[data-ready=true]")
    now = Image.open(io.BytesIO(offline_page.locator("#stage").screenshot()))
    assert not same(now, Image.open(GOLDEN / "relational-light.jpg"))
