"""What the page counts under any filters is what Python counts, and its address brings back all that is seen."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from urllib.parse import parse_qs, urlencode

import pandas as pd
import pytest
from tests.browser.test_map_filters import together
from tests.browser.test_map_pyvis import district

from stakeholder_net import StakeholderNetwork
from stakeholder_net.pictures import network_map
from stakeholder_net.pictures.style import group_of
from stakeholder_net.words import COUNTING_STATUSES

pytestmark = pytest.mark.browser
READY = "html[data-ready=true]"


@pytest.fixture
def opened(offline_page, tmp_path):
    """Open a map at an address; no error of the page may go unseen."""
    faults = []
    offline_page.on("pageerror", lambda error: faults.append(str(error)))

    def open_map(net, address="", **options):
        path = network_map(net, **options).save(tmp_path / "map.html")
        offline_page.goto("about:blank")
        offline_page.goto(f"{path.as_uri()}#{address}")
        offline_page.wait_for_selector(READY)
        return offline_page

    yield open_map
    assert faults == []


def shuffled(net: StakeholderNetwork, seed: int = 5) -> StakeholderNetwork:
    """Return the same network with every table in another order."""
    return StakeholderNetwork(
        actors=net.actors.sample(frac=1, random_state=seed),
        events=net.events.sample(frac=1, random_state=seed),
        attendance=net.attendance.sample(frac=1, random_state=seed),
        ties=net.ties.sample(frac=1, random_state=seed),
        layers=net.layers,
        name=net.name,
        source=net.source,
    )


def chosen(net: StakeholderNetwork, seed: int) -> dict[str, str]:
    """Return an address with a filter of every sort, some of them idle."""
    draw = random.Random(seed)  # noqa: S311 - which filters to try is no secret
    groups = sorted({group_of(kind) for kind in net.actors["kind"]})
    tied = sorted({*net.ties["source"], *net.ties["target"]})
    asked = {
        "layers-off": " ".join(draw.sample(list(net.layer_names), draw.choice([0, 1, 2]))),
        "kinds-off": " ".join(draw.sample(groups, draw.choice([0, 1, 2]))),
        "ghosts": draw.choice(["", "1"]),
        "town": draw.choice(["", "", "Folignano", "Ascoli Piceno"]),
        "least": draw.choice(["", "35", "70"]),
    }
    if draw.random() < 0.4:
        asked |= {
            "from": draw.choice(["2020-01-01", "2021-02-01"]),
            "to": draw.choice(["2021-12-31", "2022-06-30"]),
        }
    if draw.random() < 0.4:
        asked |= {"actor": draw.choice(tied), "near": "1"}
    return {key: value for key, value in asked.items() if value}


def expected(net: StakeholderNetwork, asked: dict[str, str]) -> tuple[int, int]:
    """Count actors and ties that the filters leave, from the tables and nothing else."""
    actors, ties = net.actors, net.ties
    layers_off = asked.get("layers-off", "").split()
    strongest = ties.groupby("layer")["weight"].transform("max")
    strong = ties[ties["weight"] >= int(asked.get("least", 0)) / 100 * strongest]
    came = net.attendance.loc[net.attendance["status"].isin(COUNTING_STATUSES), "actor_id"]
    never = pd.Series(~actors.index.isin({*ties["source"], *ties["target"], *came}), index=actors.index)
    period = "from" in asked
    alive = set(actors.index)
    if period:
        pairs = together(net, asked["from"], asked["to"])
        ends = strong[["source", "target"]].min(axis=1), strong[["source", "target"]].max(axis=1)
        met = [pair in pairs for pair in zip(*ends, strict=True)]
        strong = strong[(strong["layer"] == "attendance") & pd.Series(met, index=strong.index)]
        days = net.events["start"].between(asked["from"], asked["to"])
        here = net.attendance["status"].isin(COUNTING_STATUSES) & net.attendance["event_id"].isin(
            net.events.index[days]
        )
        alive = set(net.attendance.loc[here, "actor_id"])
    kept = pd.Series(data=True, index=actors.index)
    kept &= ~never | (asked.get("ghosts") == "1")
    kept &= never | actors.index.isin(alive)
    if town := asked.get("town"):
        kept &= actors["municipality"] == town
    if "near" in asked:
        one = asked["actor"]
        mine = strong[
            ((strong["source"] == one) | (strong["target"] == one)) & ~strong["layer"].isin(layers_off)
        ]
        kept &= actors.index.isin({one, *mine["source"], *mine["target"]})
    kept &= ~actors["kind"].map(group_of).isin(asked.get("kinds-off", "").split())
    inside = actors.index[kept]
    drawn = strong[
        strong["source"].isin(inside) & strong["target"].isin(inside) & ~strong["layer"].isin(layers_off)
    ]
    return int(kept.sum()), len(drawn)


def test_twenty_random_sets_of_filters_show_what_python_counts(opened) -> None:
    net = shuffled(district())
    page = opened(net)
    tried = set()
    for seed in range(20):
        asked = chosen(net, seed)
        page.evaluate("address => __map.page.go(address)", urlencode(asked))
        if "actor" in asked and page.evaluate("__map.page.state.selected") < 0:
            asked = {key: value for key, value in asked.items() if key not in ("actor", "near")}
            page.evaluate(
                "address => __map.page.go(address)", urlencode(asked)
            )  # a filter hides the chosen one
        told = page.evaluate("__map.counts()")
        assert (told["nodes"], told["edges"]) == expected(net, asked), asked
        caption = page.inner_text("#caption")
        assert caption.startswith(
            f"{told['nodes']} di {net.n_actors} attori · {told['edges']} di {net.n_ties} legami"
        )
        assert f"({told['edges']})" in page.inner_text("#ties-table caption")
        tried.add((told["nodes"], told["edges"]))
    assert len(tried) > 12


STATE = "(() => { const { at, ...rest } = __map.page.state; return rest; })()"
LOOK = "[__map.page.renderer.camera(), document.documentElement.lang, document.documentElement.dataset.theme]"


@pytest.mark.parametrize("seed", range(4))
def test_an_address_brings_back_every_control_and_the_place_of_the_map(opened, seed: int) -> None:
    net = district()
    page = opened(net, urlencode(chosen(net, seed)))
    page.click("#language")
    page.click("#theme")
    page.check("#view-concentric" if seed % 2 else "#view-layered")
    page.evaluate("__map.page.go(location.hash)")
    page.locator("#canvas").focus()
    for key in ("+", "+", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    page.wait_for_url(lambda url: "at=" in url)
    before, (camera, *dress), address = (
        page.evaluate(STATE),
        page.evaluate(LOOK),
        page.evaluate("location.hash"),
    )
    page = opened(net, address.removeprefix("#"))
    after, (again, *worn) = page.evaluate(STATE), page.evaluate(LOOK)
    assert (after, worn) == (before, dress)
    assert again == pytest.approx(camera, rel=1e-3, abs=0.06)
    assert page.evaluate("location.hash") == address
    page.keyboard.press("Tab")
    page.locator("#canvas").focus()
    page.keyboard.press("0")
    assert "at" not in parse_qs(page.evaluate("location.hash").removeprefix("#"))


@pytest.mark.parametrize(
    "address",
    [
        "at=1e99 0 1&lang=xx&theme=<b>",
        "at=NaN NaN NaN&view=__proto__&by=constructor",
        "open=0 1 99999999999 -1&step=9e9&mark=%00",
        "layers-off=%F0%9F%92%A9&least=-5&from=9999-99-99&to=0000-00-00",
        "%E0%A4%A&=&&&a",
    ],
)
def test_an_address_that_means_nothing_changes_nothing(opened, address: str) -> None:
    net = district()
    page = opened(net)
    whole = page.evaluate("[__map.counts(), __map.page.state, document.documentElement.lang]")
    page = opened(net, address)
    assert page.evaluate("[__map.counts(), __map.page.state, document.documentElement.lang]") == whole


def test_in_a_frame_that_may_not_change_its_address_everything_works(opened, tmp_path) -> None:
    page = opened(district())
    inner = (tmp_path / "map.html").read_text("utf-8")
    page.goto("about:blank")
    page.set_content('<iframe sandbox="allow-scripts" style="width:1200px;height:700px;border:0"></iframe>')
    page.evaluate("text => { document.querySelector('iframe').srcdoc = text; }", inner)
    frame = page.frame_locator("iframe")
    frame.locator("#stage canvas").wait_for()
    before = frame.locator("#caption").inner_text()
    frame.locator("#layer-0").uncheck()
    assert frame.locator("#caption").inner_text() != before


def test_a_map_that_opens_hidden_is_fitted_when_shown(opened, tmp_path) -> None:
    page = opened(district())
    inner = (tmp_path / "map.html").read_text("utf-8")
    page.goto("about:blank")
    page.set_content('<iframe style="width:0;height:0;border:0"></iframe>')
    page.evaluate("text => { document.querySelector('iframe').srcdoc = text; }", inner)
    page.frame_locator("iframe").locator("#stage").wait_for(state="attached")
    page.evaluate("document.querySelector('iframe').style.cssText = 'width:1300px;height:800px'")
    frame = page.frames[1]
    frame.wait_for_selector(READY)
    page.wait_for_timeout(300)
    spots = frame.evaluate(
        "(({ scene, spot }) => scene.marks.map((_, i) => spot(i)))(__map.page.renderer.plan())"
    )
    wide, high = frame.evaluate("[stage.clientWidth, stage.clientHeight]")
    across, down = ([spot[side] for spot in spots] for side in (0, 1))
    assert min(across) > 0
    assert max(across) < wide
    assert min(down) > 0
    assert max(down) < high
    assert max((max(across) - min(across)) / wide, (max(down) - min(down)) / high) > 0.6  # it fills the stage


MAKE = """
import hashlib, sys
from tests.browser.test_map_pyvis import district
from stakeholder_net.pictures import network_map
from stakeholder_net.pictures.style import group_of
sys.stdout.write(hashlib.sha256(network_map(district()).html.encode()).hexdigest())
"""


def test_the_page_is_the_same_whatever_the_order_of_hashes() -> None:
    made = set()
    for seed in ("0", "1", "4294967295"):
        path = os.pathsep.join(entry for entry in sys.path if entry)
        run = subprocess.run(  # noqa: S603 - our own words
            [sys.executable, "-c", MAKE],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=True,
        )
        made.add(run.stdout)
    assert len(made) == 1
