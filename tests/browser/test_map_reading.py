"""Can it be read and used: names, marks, contrast, keyboard, narrow windows, large letters, no WebGL, no movement."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from benchmarks.map import ALL, generated, measure
from playwright.sync_api import expect
from tests._require import launch_options
from tests.browser.test_map_pyvis import district

from stakeholder_net.pictures import network_map
from stakeholder_net.pictures.style import GROUP_STYLES, LAYER_HUES_DARK, LAYER_HUES_LIGHT

pytestmark = pytest.mark.browser
READY = "html[data-ready=true]"
GROUND = {"light": "#fbfaf7", "dark": "#12161c"}
SPOTS = (
    "(({ scene, spot }) => scene.marks.map((one, i) => [one.actor, ...spot(i)]))(__map.page.renderer.plan())"
)


@pytest.fixture
def opened(offline_page, tmp_path):
    """Open a map in a window of some width; no error of the page may go unseen."""
    faults = []
    offline_page.on("pageerror", lambda error: faults.append(str(error)))

    def open_map(net, address="", *, wide=1440, high=900, **options):
        path = network_map(net, **options).save(tmp_path / "map.html")
        offline_page.set_viewport_size({"width": wide, "height": high})
        offline_page.goto("about:blank")
        offline_page.goto(f"{path.as_uri()}#{address}")
        offline_page.wait_for_selector(READY)
        return offline_page

    yield open_map
    assert faults == []


def boxes(page) -> list[dict[str, Any]]:
    return [label for label in page.evaluate("__map.labels()") if label["id"] >= 0]


def cover(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return (
        one["left"] < other["left"] + other["width"]
        and other["left"] < one["left"] + one["width"]
        and one["top"] < other["top"] + other["height"]
        and other["top"] < one["top"] + one["height"]
    )


def test_names_and_marks_of_a_district_can_be_read_at_every_zoom(opened) -> None:
    net = generated(150, 800)
    page = opened(net)
    wide, high = page.evaluate("[stage.clientWidth, stage.clientHeight]")
    assert len(boxes(page)) >= 25
    for steps in (0, 4, 4, -14):
        for _ in range(abs(steps)):
            page.evaluate(f"__map.page.renderer.zoom({1.25 if steps > 0 else 0.8})")
        page.wait_for_timeout(150)
        names = boxes(page)
        assert names
        assert not [pair for pair in combinations(names, 2) if cover(*pair)]
        assert all(name["size"] >= 11 for name in names)
        assert all(
            name["left"] >= 0
            and name["top"] >= 0
            and name["left"] + name["width"] <= wide
            and name["top"] + name["height"] <= high
            for name in names
        )
    page.evaluate("__map.page.renderer.fit()")
    spots = np.array(page.evaluate(SPOTS))[:, 1:]
    apart = np.hypot(*(spots[:, None, :2] - spots[None, :, :2]).transpose(2, 0, 1))
    one, other = np.triu_indices(len(spots), 1)
    first, second, far = spots[one, 2], spots[other, 2], apart[one, other]
    near = far < first + second
    lens = sum(overlap(*parts) for parts in zip(first[near], second[near], far[near], strict=True))
    assert lens <= 0.02 * np.pi * np.square(spots[:, 2]).sum()


def overlap(first: float, second: float, far: float) -> float:
    """Return the area that two discs share."""
    if far <= abs(first - second):
        return float(np.pi * min(first, second) ** 2)
    a = (far**2 + first**2 - second**2) / (2 * far * first)
    b = (far**2 + second**2 - first**2) / (2 * far * second)
    kite = (-far + first + second) * (far + first - second) * (far - first + second) * (far + first + second)
    return float(first**2 * np.arccos(a) + second**2 * np.arccos(b) - 0.5 * np.sqrt(kite))


def test_the_chosen_one_and_its_neighbours_are_named(opened) -> None:
    net = generated(150, 800)
    page = opened(net)
    ends = zip(net.ties["source"], net.ties["target"], strict=True)
    around: dict[str, set[str]] = {actor: set() for actor in net.actors.index}
    for one, other in ends:
        around[one].add(other)
        around[other].add(one)
    ids = page.evaluate("__map.page.model.actors.id")
    few = [actor for actor in ids if 3 <= len(around[actor]) <= 15]
    assert len(few) > 20
    shares = []
    for actor in few[::6]:
        page.evaluate("i => __map.page.select(i, { move: true })", ids.index(actor))
        page.wait_for_timeout(60)
        written = {ids[name["id"]] for name in boxes(page)}
        assert actor in written
        shares.append(len(written & around[actor]) / len(around[actor]))
    assert np.mean(shares) >= 0.8
    assert min(shares) >= 0.6


def test_above_three_thousand_ties_the_strongest_of_each_are_drawn_and_the_caption_says_so(opened) -> None:
    net = generated(1_000, 8_000)
    page = opened(net)
    drawn = page.evaluate("__map.counts().edges")
    assert drawn <= 3 * net.n_actors
    assert f"{drawn:,} legami disegnati".replace(",", ".") in page.inner_text("#caption")


def contrast(one: str, other: str) -> float:
    """Return the ratio of WCAG 2.1 between two colours."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_lines_and_outlines_stand_out_and_no_kind_is_told_by_colour_alone() -> None:
    assert all(contrast(hue, GROUND["light"]) >= 3 for hue in LAYER_HUES_LIGHT)
    assert all(contrast(hue, GROUND["dark"]) >= 3 for hue in LAYER_HUES_DARK)
    assert contrast("#1c2330", GROUND["light"]) >= 4.5  # ink and outlines of the light theme
    assert contrast("#eef1f5", GROUND["dark"]) >= 4.5
    assert contrast("#aab3bf", GROUND["dark"]) >= 3  # the outline of every mark in the dark
    looks = [(style.fill, style.shape) for style in GROUP_STYLES.values()]
    assert len({fill for fill, _ in looks}) == len(looks)
    assert len({shape for _, shape in looks}) >= 5


def press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, wanted: str) -> None:
    """Press Tab until the focus is on the wanted id."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == wanted:
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError(f"{wanted} is not reached with the Tab key")


def test_a_whole_task_with_the_keyboard_alone(opened) -> None:
    net = district()
    page = opened(net)
    tab_to(page, "search")
    page.keyboard.type("numero 07")
    press(page, "ArrowDown", "Enter")
    chosen = page.evaluate("__map.page.model.actors.id[__map.page.state.selected]")
    assert chosen == "ente_07"
    assert "Ente numero 07" in page.inner_text("#live")
    mine = net.ties[(net.ties["source"] == chosen) | (net.ties["target"] == chosen)]
    tab_to(page, "layer-0")
    for layer in range(3):  # only the funding stays
        if page.evaluate("i => __map.page.model.layers[i].id", layer) != "funding":
            press(page, "Space")
            assert (
                page.evaluate("document.activeElement.id") == f"layer-{layer}"
            )  # the focus stays where it was
        press(page, "Tab")
    funding = mine[mine["layer"] == "funding"]
    others = {*funding["source"], *funding["target"]} - {chosen}
    card = page.inner_text("#details")
    assert all(net.actors.at[other, "name"] in card for other in others)
    assert f"({len(others)})" in card
    tab_to(page, "keep-svg")
    with page.expect_download() as told:
        press(page, "Enter")
    assert Path(told.value.path()).read_text("utf-8").startswith("<svg")
    page.locator("#canvas").focus()
    press(page, "n")
    assert page.evaluate("__map.page.state.selected") >= 0
    press(page, "Enter")
    assert page.evaluate("document.activeElement.id") == "details"
    page.locator("#canvas").focus()
    press(page, "Escape")
    assert page.evaluate("__map.page.state.selected") == -1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") != "canvas"  # no trap


@pytest.mark.parametrize("language", ["it", "en"])
def test_a_narrow_window_and_large_letters_lose_nothing(opened, language: str) -> None:
    page = opened(district(), wide=320, high=640, language=language)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert Axe().run(page).response["violations"] == []
    page = opened(district(), wide=1280, language=language)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("parseFloat(getComputedStyle(document.getElementById('caption')).fontSize)") > 25
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    cut = page.evaluate(
        "[...document.querySelectorAll('button, label, legend, h1, h2')].filter((node) => node.offsetWidth > 2"
        " && node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX === 'hidden')"
        ".map((node) => node.outerHTML)"
    )
    assert cut == []


def test_everything_to_press_is_large_enough(opened) -> None:
    page = opened(district())
    page.evaluate("__map.page.select(0)")
    small = page.evaluate(
        "[...document.querySelectorAll('button, input, select, summary, [role=option]')]"
        ".filter((node) => node.offsetParent)"
        ".map((node) => { const box = (node.closest('label') ?? node).getBoundingClientRect();"
        " return [node.id || node.textContent, box.width, box.height]; })"
        ".filter(([, wide, high]) => wide < 24 || high < 24)"
    )
    assert small == []


def test_rules_hold_while_the_period_plays(opened) -> None:
    page = opened(district())
    page.click("#play")
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.activeElement.id") == "play"
    page.click("#play")
    expect(page.locator("#play")).to_have_text("Scorri")


def test_who_wants_no_movement_goes_on_by_hand(opened, offline_page) -> None:
    offline_page.emulate_media(reduced_motion="reduce")
    page = opened(district())
    expect(page.locator("#play")).to_have_text("Un passo avanti")
    page.click("#play")
    first = page.input_value("#to")
    page.wait_for_timeout(900)  # a playing period takes a step every 0.6 s
    assert page.input_value("#to") == first
    page.click("#play")
    assert page.input_value("#to") > first


def test_a_crowd_moves_no_slower_than_what_pyvis_draws_of_it(browser, tmp_path) -> None:
    """Both in one run; the figures of every size are in benchmarks/RESULTS-map.md."""
    net = generated(1_000, 8_000)
    own = network_map(net).save(tmp_path / "own.html")
    vis = network_map(net, engine="pyvis").save(tmp_path / "pyvis.html")
    ours, theirs = measure(browser, own, ALL), measure(browser, vis, "")
    assert ours["requests"] == theirs["requests"] == 0
    assert ours["pan"] >= theirs["pan"]
    assert ours["zoom"] >= theirs["zoom"]
    assert ours["layer"] <= theirs["layer"]
    assert ours["size"] < 0.4 < theirs["size"]


@pytest.fixture
def without_3d(browser) -> Iterator[Any]:
    """Give a browser that has neither WebGL nor a graphics card, as the thin clients of public offices."""
    options = launch_options()
    options["args"] = [*options["args"], "--disable-3d-apis", "--disable-gpu"]
    running = browser.browser_type.launch(**options)
    yield running
    running.close()


def test_a_browser_without_webgl_draws_the_same(without_3d, tmp_path) -> None:
    net = district()
    page = without_3d.new_page()
    assert page.evaluate("document.createElement('canvas').getContext('webgl')") is None
    page.goto(network_map(net).save(tmp_path / "map.html").as_uri())
    page.wait_for_selector(READY)
    assert page.evaluate("__map.counts().edges") == net.n_ties
    ground = page.evaluate(
        "(() => { const one = document.querySelector('#canvas canvas'); const data = one.getContext('2d')"
        ".getImageData(0, 0, one.width, one.height).data; const seen = new Set();"
        " for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);"
        " return seen.size; })()"
    )
    assert ground > 100  # colours on the canvas: something is drawn
