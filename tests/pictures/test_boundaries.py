"""Boundaries: outlines and middles from a file of the user's; what is no such file is refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.path import Path as Outline

from stakeholder_net import OptionError, StakeholderNetwork, UnreadableFileError, network_map
from stakeholder_net.pictures.boundaries import read_boundaries


def square(name: str, left: float, bottom: float) -> dict:
    ring = [[left, bottom], [left + 1, bottom], [left + 1, bottom + 1], [left, bottom + 1], [left, bottom]]
    return {"properties": {"nome": name, "x": 1}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "comuni.geojson"
    path.write_text(json.dumps({"features": [square("Force", 0, 0), square("ROTELLA", 2, 0)]}), "utf-8")
    return path


def test_two_squares_on_the_equator_by_hand(file: Path) -> None:
    found = read_boundaries(file, ["Force", "Rotella", "Altrove", ""])
    by = 1400 / (3 * np.cos(np.radians(0.5)))  # three degrees wide; the middle is at half a degree north
    assert found["towns"]["Force"] == pytest.approx([-700 + 1400 / 6, 0], abs=0.1)
    assert found["towns"]["Rotella"] == pytest.approx([700 - 1400 / 6, 0], abs=0.1)
    assert (found["width"], found["height"]) == pytest.approx((1400, by), abs=0.1)
    assert "Altrove" not in found["towns"]
    assert max(found["rings"][0][1::2]) == pytest.approx(by / 2, abs=0.1)  # south is below: y grows downwards


@pytest.mark.shared
def test_each_municipality_of_the_province_lies_in_its_own_outline(shared: Path) -> None:
    path = shared / "data" / "openpolis_geo" / "limits_P_44_municipalities.geojson"
    names = [one["properties"]["name"] for one in json.loads(path.read_text("utf-8"))["features"]]
    found = read_boundaries(path, names)
    assert set(found["towns"]) == set(names)
    outlines = [Outline(np.reshape(ring, (-1, 2))) for ring in found["rings"]]
    inside = [sum(one.contains_point(at) for one in outlines) for at in found["towns"].values()]
    assert inside.count(1) >= len(names) - 1  # one may be bent like a boomerang
    assert found["towns"]["San Benedetto del Tronto"][0] > found["towns"]["Arquata del Tronto"][0]


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"features": []}', '{"features": [{"geometry": {"type": "Polygon"}, "properties": {}}]}',
             '{"features": [{"properties": {}, "geometry": {"type": "Polygon", "coordinates": [[[0, "a"]]]}}]}',
             "[" * 5000],
)  # fmt: skip
def test_what_is_no_geojson_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.geojson"
    path.write_text(text, "utf-8")
    with pytest.raises(UnreadableFileError, match=r"x\.geojson"):
        read_boundaries(path, ["Force"])


def test_another_area_and_a_file_that_is_not_there(file: Path, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="no feature bears"):
        read_boundaries(file, ["Torino"])
    with pytest.raises(UnreadableFileError, match=r"niente\.geojson"):
        read_boundaries(tmp_path / "niente.geojson", ["Force"])


@pytest.mark.browser
def test_the_page_shows_each_view_and_remembers_it(file: Path, offline_page, tmp_path: Path) -> None:
    net = StakeholderNetwork(
        actors=pd.DataFrame(
            {
                "actor_id": list("abcd"), "name": list("ABCD"), "kind": "comune",
                "municipality": ["Force", "Rotella", "Rotella", ""],
            }
        ),
        ties=pd.DataFrame({"source": list("aab"), "target": list("bcd"), "layer": "partnership", "weight": 1.0}),
    )  # fmt: skip
    page = offline_page
    page.goto(network_map(net, boundaries=file).save(tmp_path / "m.html").as_uri())
    page.wait_for_selector("html[data-ready=true]")
    home = page.evaluate("[...__map.page.model.actors.x]")
    page.check("#view-geographic")
    x, y = page.evaluate("[__map.page.model.actors.x, __map.page.model.actors.y]")
    towns = read_boundaries(file, ["Force", "Rotella"])["towns"]
    assert (x[0], y[0]) == pytest.approx(tuple(towns["Force"]))
    assert x[1] == pytest.approx(towns["Rotella"][0])
    assert np.hypot(x[2] - x[1], y[2] - y[1]) > 5
    assert y[3] > 0
    assert page.inner_text("#off-map").startswith("In basso")
    assert "view=geographic" in page.evaluate("location.hash")
    page.check("#view-concentric")
    x, y = page.evaluate("[__map.page.model.actors.x, __map.page.model.actors.y]")
    assert len({(round(a), round(b)) for a, b in zip(x, y, strict=True)}) == 4
    page.check("#view-relational")
    assert page.evaluate("[...__map.page.model.actors.x]") == home
