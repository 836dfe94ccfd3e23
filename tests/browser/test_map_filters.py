"""Filters, the address that keeps them, and what can be saved; counts are made in Python from the network itself."""

from __future__ import annotations

import csv
import io
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import etree
from playwright.sync_api import expect
from tests.browser.test_map_pyvis import district
from tests.pictures.hostile import hostile_network

from stakeholder_net import StakeholderNetwork
from stakeholder_net.pictures import network_map
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
        offline_page.goto(f"{path.as_uri()}{address}")
        offline_page.wait_for_selector(READY)
        return offline_page

    yield open_map
    assert faults == []


def drawn(page) -> tuple[int, int]:
    told = page.evaluate("__map.counts()")
    return told["nodes"], told["edges"]


def together(net: StakeholderNetwork, first: str, last: str) -> set[tuple[str, str]]:
    """Return who sat at one table between two days."""
    days = net.events["start"].between(pd.Timestamp(first), pd.Timestamp(last))
    rows = net.attendance[net.attendance["status"].isin(COUNTING_STATUSES)]
    rows = rows[rows["event_id"].isin(net.events.index[days])]
    return {
        tuple(sorted(pair))
        for _, group in rows.groupby("event_id")
        for pair in combinations(set(group["actor_id"]), 2)
    }


def test_the_period_keeps_who_met_in_it_and_tells_what_has_no_date(opened) -> None:
    net = district()
    pairs = together(net, "2020-01-01", "2021-06-30")
    stated = int((net.ties["layer"] != "attendance").sum())
    page = opened(net)
    for end, day in (("from", "2020-01-01"), ("to", "2021-06-30")):
        page.fill(f"#{end}", day)
        page.dispatch_event(f"#{end}", "change")
    assert drawn(page) == (len({actor for pair in pairs for actor in pair}), len(pairs))
    assert str(stated) in page.inner_text("#undated")
    assert "30 giu 2021" in page.inner_text("#caption")


def test_play_shows_more_and_more_and_stops_by_itself(opened) -> None:
    page = opened(district())
    page.evaluate("globalThis.setInterval = ((real) => (deed) => real(deed, 5))(setInterval)")
    page.click("#play")
    counts = [drawn(page)[1]]
    expect(page.locator("#play")).to_have_text("Scorri")
    counts.append(drawn(page)[1])
    assert counts[0] < counts[1] == len(together(district(), "2000-01-01", "2030-01-01"))


def test_municipality_least_weight_and_neighbours(opened) -> None:
    net = district()
    page = opened(net)
    ghosts = ~net.actors.index.isin({*net.ties["source"], *net.ties["target"]}) & net.actors["registered"]
    here = net.actors.index[(net.actors["municipality"] == "Folignano") & ~ghosts]
    page.select_option("#town", "Folignano")
    inside = net.ties["source"].isin(here) & net.ties["target"].isin(here)
    assert drawn(page)[1] == int(inside.sum())
    assert drawn(page)[0] <= len(here)
    page.select_option("#town", "")
    page.evaluate("__map.page.state.layers = [false, true, false]; __map.page.refresh()")
    page.fill("#least", "50")
    partners = net.ties[net.ties["layer"] == "partnership"]
    assert drawn(page)[1] == int((partners["weight"] >= 0.5 * partners["weight"].max()).sum())
    page.fill("#least", "0")
    actor = partners["source"].iloc[0]
    page.evaluate("id => __map.page.select(__map.page.model.actors.id.indexOf(id))", actor)
    page.check("#near")
    mine = partners[(partners["source"] == actor) | (partners["target"] == actor)]
    assert drawn(page)[0] == len({*mine["source"], *mine["target"]})


def test_an_address_keeps_what_is_seen_and_a_strange_one_does_no_harm(opened) -> None:
    page = opened(district())
    page.uncheck("#layer-0")
    page.select_option("#town", "Ascoli Piceno")
    page.fill("#least", "35")
    page.evaluate("__map.page.select(0)")
    seen, address = drawn(page), page.evaluate("location.hash")
    assert "layers-off=attendance" in address
    page.goto("about:blank")
    page = opened(district(), address)
    assert (drawn(page), page.evaluate("__map.page.state.selected")) == (seen, 0)
    whole = drawn(opened(district()))
    page.goto("about:blank")
    strange = "#town=<img onerror=alert(1)>&from=yesterday&least=1e9&actor=nobody&layers-off=x&%00"
    assert drawn(opened(district(), strange)) == whole


def saved(page, button: str) -> bytes:
    with page.expect_download() as told:
        page.click(f"#{button}")
    return Path(told.value.path()).read_bytes()


def test_what_is_seen_can_be_saved(opened) -> None:
    net = district()
    page = opened(net)
    assert saved(page, "keep-png").startswith(b"\x89PNG")
    drawing = etree.fromstring(saved(page, "keep-svg"))
    network = drawing.find(".//{*}g[@clip-path]")
    assert len(network.findall("{*}path")) == sum(drawn(page))
    words = " ".join(drawing.itertext())
    for word in (
        "Distretto di prova",
        "Fonte: dati di prova",
        "Legenda",
        "Partenariati (40)",
        "15 gen 2020",
        "Filtri: nessuno",
    ):
        assert word in words
    text = saved(page, "keep-actors").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(rows) == drawn(page)[0] + 1
    assert {row[1] for row in rows[1:]} <= set(net.actors["name"])
    ties = list(csv.reader(io.StringIO(saved(page, "keep-ties").decode("utf-8-sig")), delimiter=";"))
    assert len(ties) == drawn(page)[1] + 1


def test_hostile_texts_are_no_formula_and_no_mark_up_in_what_is_saved(opened) -> None:
    page = opened(hostile_network())
    for button in ("keep-actors", "keep-ties"):
        text = saved(page, button).decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    drawing = etree.fromstring(saved(page, "keep-svg"))
    assert {node.tag.rpartition("}")[2] for node in drawing.iter()} <= {
        "svg",
        "title",
        "rect",
        "path",
        "text",
        "g",
        "defs",
        "clipPath",
        "circle",
    }


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("language", ["it", "en"])
def test_rules_of_accessibility_hold(opened, language: str, *, dark: bool) -> None:
    page = opened(district(), language=language)
    if dark != page.evaluate("__map.page.dark"):
        page.click("#theme")
    page.evaluate("__map.page.select(0)")
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]][:3]) for fault in found] == []
