"""Layers as planes, groups in the place of actors, the walk, and places that are sure or not, in headless Chromium."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.test_map_pyvis import district
from tests.pictures.hostile import hostile_network

from stakeholder_net import StakeholderNetwork, flatten
from stakeholder_net.errors import OptionError, UnknownNameError
from stakeholder_net.findings import stability
from stakeholder_net.measures import betweenness
from stakeholder_net.pictures import MapStep, network_map
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


def scene(page) -> dict:
    keep = "({marks, lines, planes, drawn, inside}) => ({marks, lines, drawn, inside, planes: planes.length})"
    return page.evaluate(f"({keep})(__map.page.renderer.scene())")


def crowd(n: int, towns: int) -> StakeholderNetwork:
    """A ring of bodies, each tied to the next four, in so many municipalities; synthetic."""
    ids = [f"e{i:04d}" for i in range(n)]
    actors = pd.DataFrame(
        {
            "actor_id": ids,
            "name": [f"Ente {i:04d}" for i in range(n)],
            "kind": [("comune", "ets_aps", "coop_sociale")[i % 3] for i in range(n)],
            "municipality": [f"Comune {i * towns // n:02d}" for i in range(n)],
        }
    )
    ties = pd.DataFrame(
        [(ids[i], ids[(i + step) % n], "partnership", 1.0 + step) for i in range(n) for step in (1, 2, 3, 4)],
        columns=["source", "target", "layer", "weight"],
    )
    layers = pd.DataFrame({"layer": ["partnership"], "directed": False, "weight_means": "strength"})
    return StakeholderNetwork(actors=actors, ties=ties, layers=layers, name="Folla sintetica")


def test_an_actor_stands_on_the_planes_of_its_own_layers_only(opened) -> None:
    net = district()
    found = scene(opened(net, "view=layered"))
    seats = net.attendance[net.attendance["status"].isin(COUNTING_STATUSES)]
    wanted = {(actor, "attendance") for actor in seats["actor_id"]}
    for end in ("source", "target"):
        wanted |= set(zip(net.ties[end], net.ties["layer"], strict=True))
    drawn = {(net.actors.index[mark["actor"]], net.layer_names[mark["layer"]]) for mark in found["marks"]}
    assert drawn == wanted
    assert len(found["marks"]) == len(wanted)
    assert found["planes"] == len(net.layer_names)
    assert len(found["lines"]) == net.n_ties
    for line in found["lines"]:
        ends = {found["marks"][line[end]]["layer"] for end in ("a", "b")}
        assert ends == {line["layer"]}


def test_a_layer_that_is_off_has_no_plane_and_the_choice_is_kept_by_every_view(opened) -> None:
    page = opened(district(), "view=layered&layers-off=funding&actor=ente_52")
    assert scene(page)["planes"] == 2
    name = page.inner_text("#details h2")
    for view in ("relational", "concentric", "layered"):
        page.check(f"#view-{view}")
        assert page.inner_text("#details h2") == name
        assert page.evaluate("__map.page.state.selected") == 52


def test_a_crowd_opens_as_groups_whose_members_and_ties_add_up(opened) -> None:
    net = crowd(1600, 8)
    page = opened(net, "sparse=0")
    found = scene(page)
    assert sorted(mark["members"] for mark in found["marks"]) == [200] * 8
    assert found["inside"] + found["drawn"] == net.n_ties
    town = net.actors["municipality"]
    between = (net.ties["source"].map(town) != net.ties["target"].map(town)).sum()
    assert sum(line["ties"] for line in found["lines"]) == between
    assert f"{found['inside']:,}".replace(",", ".") in page.inner_text("#caption")


def test_of_many_lines_between_groups_the_strongest_are_drawn_and_the_rest_is_told(opened) -> None:
    rng = np.random.default_rng(4)
    net = crowd(1600, 20)
    ids = net.actors.index.to_numpy()
    pairs = pd.DataFrame(np.sort(rng.integers(0, 1600, (3000, 2)), axis=1)).drop_duplicates()
    pairs = pairs[pairs[0] != pairs[1]]
    far = pd.DataFrame({"source": ids[pairs[0]], "target": ids[pairs[1]], "layer": "funding", "weight": 1.0})
    net = StakeholderNetwork(
        actors=net.actors.reset_index(),
        ties=pd.concat([net.ties[["source", "target", "layer", "weight"]], far], ignore_index=True),
        layers=pd.DataFrame(
            {"layer": ["partnership", "funding"], "directed": False, "weight_means": "strength"}
        ),
    )
    page = opened(net)
    found = scene(page)
    assert len(found["lines"]) <= 3 * 20
    assert sum(line["ties"] for line in found["lines"]) == found["drawn"] < net.n_ties - found["inside"]
    assert f"{found['drawn']:,} legami disegnati".replace(",", ".") in page.inner_text("#caption")


def test_a_group_opens_by_its_box_by_a_search_and_by_its_address(opened) -> None:
    net = crowd(1600, 8)
    page = opened(net)
    page.check("#open-2")
    assert sum(mark["actor"] >= 0 for mark in scene(page)["marks"]) == 200
    page.fill("#search", "Ente 0000")
    page.press("#search", "Enter")
    found = scene(page)
    assert sum(mark["actor"] >= 0 for mark in found["marks"]) == 400
    assert sum(line["own"] for line in found["lines"]) > 0
    again = scene(opened(net, page.evaluate("location.hash.slice(1)")))
    assert again == found


def test_a_click_on_a_group_opens_it(opened) -> None:
    page = opened(crowd(1600, 8))
    x, y, _ = page.evaluate("__map.page.renderer.plan().spot(0)")
    box = page.locator("#canvas canvas").bounding_box()
    page.mouse.click(box["x"] + x, box["y"] + y)
    assert page.evaluate("__map.page.state.open") == [0]
    assert page.is_checked("#open-0")


def test_a_large_network_begins_with_the_three_strongest_ties_of_each(opened) -> None:
    net = crowd(400, 8)
    page = opened(net)
    strong = net.ties.sort_values("weight", ascending=False, kind="stable")
    rank = dict.fromkeys(net.actors.index, 0)
    kept = 0
    for source, target in zip(strong["source"], strong["target"], strict=True):
        kept += rank[source] < 3 or rank[target] < 3
        rank[source] += 1
        rank[target] += 1
    assert page.evaluate("__map.counts().edges") == kept < net.n_ties
    assert "disegnati" in page.inner_text("#caption")
    assert f"({net.n_ties:,})".replace(",", ".") in page.inner_text("#ties-table caption")
    page.uncheck("#sparse")
    assert page.evaluate("__map.counts().edges") == net.n_ties


def test_groups_given_are_areas_and_may_stand_for_their_actors(opened) -> None:
    net = district()
    groups = pd.Series([1 + i % 3 for i in range(50)], index=net.actors.index[:50])
    page = opened(net, "hulls=1", groups=groups)
    assert page.evaluate("__map.page.renderer.scene().hulls.length") == 3
    page.select_option("#by", "community")
    clusters = [mark for mark in scene(page)["marks"] if mark["actor"] < 0]
    seen = {*net.ties["source"], *net.ties["target"], *net.presence["actor_id"]}
    assert sum(mark["members"] for mark in clusters) == len(seen & set(groups.index))


def test_the_walk_shows_its_states_and_says_them(opened) -> None:
    step = MapStep(
        title={"it": "Due enti", "en": "Two bodies"},
        text={"it": "Questi due.", "en": "These two."},
        at="layers-off=funding",
        mark=("ente_01", "ente_02"),
    )
    page = opened(district(), story=[step])
    page.click("#story-on")
    views = []
    while not page.is_disabled("#story-on"):
        page.click("#story-on")
        views.append(page.evaluate("__map.page.state.view"))
        assert page.evaluate("document.activeElement.id").startswith("story-")
        assert page.inner_text("#story p") in page.inner_text("#live")
    assert {"layered", "concentric"} <= set(views)
    assert page.inner_text("#story p") == "Questi due."
    assert page.evaluate("__map.page.state.marked") == [1, 2]
    page.click("#language")
    assert page.inner_text("#story p") == "These two."
    page.click("#story-end")
    assert page.evaluate("location.hash") == "#lang=en"  # the reader's language stays


def test_a_step_needs_both_languages_and_actors_that_are_there() -> None:
    with pytest.raises(OptionError, match="text of a step"):
        MapStep(title={"it": "a", "en": "a"}, text={"it": "a"})
    both = {"it": "a", "en": "a"}
    with pytest.raises(UnknownNameError):
        network_map(district(), story=[MapStep(title=both, text=both, mark=("nobody",))])


def test_places_that_are_not_sure_are_shown_as_such(opened) -> None:
    net = district()
    table = stability(
        lambda one: betweenness(flatten(one)), net, seed=0, top=5, draws=20, cases=0, progress=False
    )
    page = opened(net, ranks=table, size=betweenness(flatten(net)))
    firm = page.evaluate("__map.page.model.firm")
    standing = {actors[0]: word for actors, word in zip(table["actors"], table["standing"], strict=True)}
    assert [{2: "surely_in", 1: "perhaps_in"}.get(one) for one in firm] == [
        word if word in {"surely_in", "perhaps_in"} else None for word in map(standing.get, net.actors.index)
    ]
    row = table.iloc[0]
    page.evaluate("id => __map.page.select(__map.page.model.actors.id.indexOf(id))", row["actors"][0])
    assert f"(fra {int(row['rank_low'])} e {int(row['rank_high'])})" in page.inner_text("#details")
    with pytest.raises(OptionError, match="ranks has no column"):
        network_map(net, ranks=table[["actors", "rank"]])


def test_paper_holds_the_drawing_with_its_words(opened) -> None:
    page = opened(district(), "actor=ente_01")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    sheet = page.locator("#paper")
    assert "Distretto di prova" in sheet.text_content()
    assert "Ente numero 01" in sheet.text_content()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1050, "height": 720})  # a sheet of another shape than the window
    words = sheet.locator("text").all_text_contents()
    assert "Ente numero 01" in words  # text that can be chosen and searched, no picture of it
    box = sheet.bounding_box()
    assert box["width"] > 600
    rounds = sheet.locator("path").evaluate_all(
        "all => all.filter((one) => one.getAttribute('d').includes('a')).map((one) => one.getBoundingClientRect())"
        ".map((box) => box.width / box.height)"
    )
    assert len(rounds) > 5
    assert np.allclose(rounds, 1, atol=0.02)
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#paper").count() == 0


@pytest.mark.parametrize("address", ["view=layered&actor=ente_01", "by=town&step=2"])
@pytest.mark.parametrize("language", ["it", "en"])
def test_rules_of_accessibility_hold_in_the_new_views(opened, language: str, address: str) -> None:
    groups = pd.Series(1, index=district().actors.index)
    page = opened(district(), address, language=language, groups=groups)
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]][:3]) for fault in found] == []


def test_hostile_texts_stay_texts_in_groups_planes_and_steps(opened) -> None:
    net = hostile_network()
    nasty = net.actors["name"].iloc[0]
    step = MapStep(
        title={"it": nasty, "en": nasty}, text={"it": nasty, "en": nasty}, mark=(net.actors.index[0],)
    )
    groups = pd.Series(1, index=net.actors.index)
    page = opened(net, "by=community&view=layered", story=[step], groups=groups)
    for number in range(1, page.evaluate("__map.page.model.story.length") + 1):
        page.evaluate("address => __map.page.go(address)", f"step={number}&by=community")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("globalThis.__pwn") is None
    assert page.locator("#story img, #story script, #paper script, #paper image").count() == 0
