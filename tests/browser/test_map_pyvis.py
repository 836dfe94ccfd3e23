"""The page drawn by vis.js and by our own canvas, opened in headless Chromium without a network."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tests.pictures.hostile import HOSTILE, hostile_network

from stakeholder_net import StakeholderNetwork, project
from stakeholder_net.pictures import network_map

pytestmark = pytest.mark.browser


def district(n=60, seed=1):
    """A small district with three layers, parallel ties and five who never came."""
    rng = np.random.default_rng(seed)
    ids = [f"ente_{i:02d}" for i in range(n)]
    kinds = ["comune", "coop_sociale", "ets_aps", "fondazione", "scuola", "impresa"]
    events = pd.DataFrame(
        {
            "event_id": [f"E{e}" for e in range(10)],
            "name": [f"Tavolo {e}" for e in range(10)],
            "kind": "table",
            "start": [f"20{20 + e // 3}-0{1 + e % 9}-15" for e in range(10)],
        }
    )
    rows = [
        (ids[i], f"E{e}", "present", f"presenze.xlsx, riga {10 * e + i}")
        for e in range(10)
        for i in sorted(rng.choice(n - 5, size=6, replace=False))
    ]
    rows.append((ids[-1], "E0", "announced", "presenze.xlsx, riga 999"))
    pairs = {tuple(sorted(rng.choice(n - 5, size=2, replace=False))) for _ in range(40)}
    ties = pd.DataFrame(
        [
            (ids[i], ids[j], layer, 1.0 + k % 3)
            for layer in ("partnership", "funding")
            for k, (i, j) in enumerate(sorted(pairs))
        ],
        columns=["source", "target", "layer", "weight"],
    )
    net = StakeholderNetwork(
        actors=pd.DataFrame(
            {
                "actor_id": ids,
                "name": [f"Ente numero {i:02d}" for i in range(n)],
                "kind": [kinds[i % 6] for i in range(n)],
                "municipality": [("Ascoli Piceno", "Folignano", "")[i % 3] for i in range(n)],
                "registered": [i >= n - 5 for i in range(n)],
            }
        ),
        events=events,
        attendance=pd.DataFrame(rows, columns=["actor_id", "event_id", "status", "source"]),
        ties=ties,
        layers=pd.DataFrame(
            {
                "layer": ["attendance", "partnership", "funding"],
                "directed": [False, False, True],
                "weight_means": "strength",
            }
        ),
        name="Distretto di prova",
        source="dati di prova",
    )
    return project(net)


@pytest.fixture(params=["pyvis", "canvas"])
def opened(request, offline_page, tmp_path):
    """Open a map; no error of the page and no break of its policy may go unseen."""
    faults = []
    offline_page.on("pageerror", lambda error: faults.append(str(error)))
    offline_page.on(
        "console", lambda told: faults.append(told.text) if told.type in ("error", "warning") else None
    )

    def open_map(net, **options):
        path = network_map(net, engine=request.param, **options).save(tmp_path / "map.html")
        offline_page.goto(path.as_uri())
        offline_page.wait_for_selector("html[data-ready=true]")
        return offline_page

    yield open_map
    assert faults == []


def counts(page):
    return page.evaluate("__map.counts()")


def test_every_tie_of_every_layer_is_drawn(opened):
    net = district()
    told = counts(opened(net))
    expected = net.ties["layer"].value_counts()
    assert told["perLayer"] == [expected[name] for name in net.layer_names]
    assert told["edges"] == told["held"] == net.n_ties
    assert told["nodes"] == net.presence["actor_id"].nunique()


def test_every_network_of_the_gallery_opens(opened, any_network):
    page = opened(any_network)
    assert counts(page)["edges"] == any_network.n_ties
    assert page.locator("#actors-table tbody tr").count() <= any_network.n_actors


def test_layers_and_kinds_filter(opened):
    net = district()
    page = opened(net)
    page.get_by_label("Partenariati").uncheck()
    per_layer = net.ties["layer"].value_counts()
    assert counts(page)["edges"] == net.n_ties - per_layer["partnership"]
    page.get_by_label("Partenariati").check()
    page.get_by_label("Comuni").uncheck()
    comuni = net.actors.index[net.actors["kind"] == "comune"]
    left = net.ties[~net.ties["source"].isin(comuni) & ~net.ties["target"].isin(comuni)]
    told = counts(page)
    assert told["edges"] == len(left)
    came = net.presence["actor_id"].unique()
    assert told["nodes"] == len(set(came) - set(comuni))
    assert f"{len(left)} di" in page.locator("#caption").inner_text()
    page.get_by_role("button", name="nessuno").click()
    assert counts(page)["nodes"] == 0
    page.get_by_role("button", name="tutti").click()
    assert counts(page)["nodes"] == len(came)


def test_those_who_never_came_are_shown_when_asked(opened):
    net = district()
    page = opened(net)
    never = net.n_actors - net.presence["actor_id"].nunique()
    assert never > 4
    assert page.locator("#ghosts-count").inner_text() == str(never)
    page.get_by_label("Mostra chi non è mai venuto").check()
    assert counts(page)["nodes"] == 60
    page.get_by_role("button", name="Stato").click()
    assert page.get_by_text("Annunciato, mai presente").count() == 1


def test_search_finds_by_part_of_a_name_with_the_keyboard_alone(opened):
    page = opened(district())
    page.locator("#search").focus()
    page.keyboard.type("NUMERO 07")
    page.keyboard.press("ArrowDown")
    assert page.locator("#search").get_attribute("aria-activedescendant") == "result-0"
    page.keyboard.press("Enter")
    assert page.locator("#details h2").inner_text() == "Ente numero 07"
    page.locator("#canvas").focus()
    page.keyboard.press("Escape")
    assert page.locator("#details h2").inner_text() == "Scheda"


def test_card_shows_the_rows_behind_a_tie(opened):
    net = district()
    tie = net.ties[net.ties["layer"] == "attendance"].iloc[0]
    page = opened(net)
    page.locator("#search").fill(net.actors.loc[tie["source"], "name"])
    page.keyboard.press("Enter")
    item = page.locator("#details li").filter(has_text=net.actors.loc[tie["target"], "name"]).first
    item.locator("summary").click()
    proof = item.locator(".evidence").first.inner_text()
    assert "Tavolo" in proof
    assert proof.count("presenze.xlsx, riga") == 2


def test_tables_hold_every_actor_and_every_tie(opened):
    net = district()
    page = opened(net)
    page.get_by_label("Mostra chi non è mai venuto").check()
    seen = {"actors": [], "ties": []}
    for table in ("actors", "ties"):
        while True:
            rows = page.evaluate(
                "id => [...document.getElementById(`${id}-table`).tBodies[0].rows].map("
                "row => [...row.cells].map(cell => cell.textContent))",
                table,
            )
            seen[table] = [*seen[table], *map(tuple, rows)]
            after = page.locator(f"#{table}-after")
            if after.is_hidden() or after.is_disabled():
                break
            after.click()
    assert sorted(row[0] for row in seen["actors"]) == sorted(net.actors["name"])
    names, labels = net.actors["name"], net.layers["label"]
    expected = [(names[t.source], names[t.target], labels[t.layer]) for t in net.ties.itertuples()]
    assert sorted(row[:3] for row in seen["ties"]) == sorted(expected)


def test_language_and_theme_switch_and_keep_the_focus(opened):
    page = opened(district())
    page.get_by_role("button", name="English").click()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.get_by_label("Partnerships").is_checked()
    assert page.evaluate("document.activeElement.id") == "language"
    theme = page.evaluate("document.documentElement.dataset.theme")
    page.locator("#theme").click()
    assert page.evaluate("document.documentElement.dataset.theme") != theme
    assert page.evaluate("document.activeElement.id") == "theme"


def test_names_do_not_cover_names_and_stay_inside(opened):
    page = opened(district())
    boxes = page.evaluate("__map.labels()")
    assert len(boxes) >= 12
    width, height = page.evaluate(
        "[document.querySelector('#canvas').clientWidth, document.querySelector('#canvas').clientHeight]"
    )
    for place, box in enumerate(boxes):
        assert box["left"] >= 0
        assert box["top"] >= 0
        assert box["left"] + box["width"] <= width
        assert box["top"] + box["height"] <= height
        for other in boxes[place + 1 :]:
            assert (
                box["left"] + box["width"] <= other["left"]
                or other["left"] + other["width"] <= box["left"]
                or box["top"] + box["height"] <= other["top"]
                or other["top"] + other["height"] <= box["top"]
            )


def test_every_control_is_reached_with_the_tab_key(opened):
    page = opened(district())
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.textContent"))
    for control in ("language", "theme", "search", "layer-0", "group-0", "ghosts", "canvas"):
        assert control in reached


def test_hostile_texts_stay_texts(opened):
    net = hostile_network()
    page = opened(net, language="en")
    page.get_by_role("button", name="Italiano").click()
    names = page.evaluate(
        "[...document.querySelectorAll('#actors-table tbody td:first-child')].map(c => c.textContent)"
    )
    assert {name.replace("\x00", "") for name in names} <= {name.replace("\x00", "") for name in HOSTILE}
    for text in HOSTILE:
        page.locator("#search").fill(text[:20].replace("\x00", ""))
        page.keyboard.press("Enter")
        for summary in page.locator("#details summary").all()[:3]:
            summary.click()
    stage = page.locator("#canvas").bounding_box()
    for share in (0.3, 0.5, 0.7):
        page.mouse.move(stage["x"] + stage["width"] * share, stage["y"] + stage["height"] * share)
    for head in page.locator("#tables thead button").all():
        head.click()
    assert page.evaluate("window.__pwn") is None
    assert page.locator("main a, main img, main script").count() == 0
