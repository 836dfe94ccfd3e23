"""Measure the map's page beside the same page drawn by vis.js through pyvis, in the same run, in headless Chromium.

    python -m benchmarks.map --output benchmarks/RESULTS-map.md            everything (some ten minutes on two cores)
    python -m benchmarks.map --only "piceno, 1,000" --rounds 1             a look, printed

Both pages hold the same network, the same positions and the same panels; they differ in what draws. They take turns;
each figure is the median of the rounds. Needs the extra of the tests (playwright) and a Chromium; ``bristol`` reads
the folder ``shared`` beside the project and is left out where it is not there.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from stakeholder_net import StakeholderNetwork, flatten, open_project
from stakeholder_net.measures import communities
from stakeholder_net.pictures import network_map

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3
FRAMES = 90
WINDOW = {"width": 1440, "height": 900}
OWN_GROUP = 0.85
"""Share of ties inside one group of a generated territory."""
MANY = 300
"""Actors above which the map opens with the strongest ties of each, or with groups."""
ALL = "by=no&sparse=0&hulls=0"
"""The address that draws every actor and every tie, which the map does not do by itself above 300 actors."""

READY = """
const wait = () => document.documentElement?.dataset.ready
  ? requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.__drawn = performance.now(); }))
  : requestAnimationFrame(wait);
wait();
"""
MOVE = """
({ zoom, frames }) => new Promise((done) => {
  const { renderer } = __map.page;
  const gaps = [];
  let before;
  const step = (now) => {
    if (before !== undefined) gaps.push(now - before);
    before = now;
    if (gaps.length === frames) { renderer.fit(); done(gaps); return; }
    const way = gaps.length % 60 < 30 ? 1 : -1;
    if (zoom) renderer.zoom(way > 0 ? 1.03 : 1 / 1.03);
    else renderer.pan(9 * way, 4 * way);
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})
"""
FILTER = """
(what) => new Promise((done) => {
  const { page } = __map;
  requestAnimationFrame(() => {
    const began = performance.now();
    if (what === "layer") page.state.layers[0] = !page.state.layers[0];
    else page.state.least = page.state.least ? 0 : 40;
    page.refresh();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began), 0));
  });
})
"""


def generated(actors: int, ties: int, *, seed: int = 1) -> StakeholderNetwork:
    """Return a synthetic territory: groups, a heavy tail, four layers. Nothing in it is a real organisation."""
    draw = np.random.default_rng(seed)
    group = draw.integers(0, max(4, int(actors**0.5 / 2)), actors)
    order = np.argsort(group, kind="stable")
    first = np.searchsorted(group[order], np.arange(group.max() + 2))
    fame = np.cumsum((draw.permutation(actors) + 10.0) ** -0.6)
    rows = np.empty((0, 3), dtype="int64")
    while len(rows) < ties:
        n = 2 * ties
        one = np.searchsorted(fame, draw.random(n) * fame[-1])
        inside = order[(first[group[one]] + draw.random(n) * np.diff(first)[group[one]]).astype("int64")]
        other = np.where(draw.random(n) < OWN_GROUP, inside, draw.integers(0, actors, n))
        found = np.c_[np.minimum(one, other), np.maximum(one, other), draw.integers(0, 4, n)]
        rows = np.unique(np.r_[rows, found[one != other]], axis=0)
    rows = rows[np.sort(draw.choice(len(rows), ties, replace=False))]
    ids = np.array([f"a{i:05d}" for i in range(actors)])
    kinds = np.array(["comune", "ets_odv", "ets_aps", "coop_sociale", "scuola", "impresa", "fondazione"])
    layers = ["attendance", "partnership", "membership", "funding"]
    return StakeholderNetwork(
        actors=pd.DataFrame(
            {
                "actor_id": ids,
                "name": [f"Ente sintetico {i:05d}" for i in range(actors)],
                "kind": kinds[draw.integers(0, len(kinds), actors)],
                "municipality": [f"Comune sintetico {i:02d}" for i in draw.integers(0, 33, actors)],
            }
        ),
        ties=pd.DataFrame(
            {
                "source": ids[rows[:, 0]],
                "target": ids[rows[:, 1]],
                "layer": np.array(layers)[rows[:, 2]],
                "weight": draw.integers(1, 9, ties).astype("float64"),
            }
        ),
        layers=pd.DataFrame(
            {"layer": layers, "directed": [False, False, False, True], "weight_means": "strength"}
        ),
        name="Territorio sintetico",
    )


def piceno() -> StakeholderNetwork:
    """Return the public record of the Ascoli Piceno area, as the project's own run makes it."""
    project = open_project(ROOT)
    return project.analyse(project.network()).network


def bristol(folder: Path) -> StakeholderNetwork:
    """Return persons, civic organisations and events of Bristol, one layer for each pair of modes."""
    nodes = pd.read_csv(folder / "bristol_nodes.csv", dtype={"id": "str"}).set_index("id")
    ties = pd.read_csv(folder / "bristol_edges.csv", dtype="str")
    modes = {1: "person", 2: "organisation", 3: "event"}
    mode = nodes["lvl"].astype(int).map(modes)
    pair = mode[ties["source"]].to_numpy() + "_" + mode[ties["target"]].to_numpy()
    layers = sorted(set(pair))
    return StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": nodes.index, "name": nodes.index, "kind": mode.to_numpy()}),
        ties=pd.DataFrame({"source": ties["source"], "target": ties["target"], "layer": pair, "weight": 1.0}),
        layers=pd.DataFrame({"layer": layers, "directed": False, "weight_means": "strength"}),
        name="Bristol",
        source="Diani and Bison 2004, stocnet/migraph",
    )


def networks() -> dict[str, Callable[[], StakeholderNetwork]]:
    """Return what is measured, by name."""
    shared = Path(os.environ.get("STAKEHOLDER_NET_SHARED", ROOT.parent / "shared"))
    known: dict[str, Callable[[], StakeholderNetwork]] = {"Piceno": piceno}
    if (folder := shared / "data" / "bristol_three_mode").is_dir():
        known["Bristol"] = lambda: bristol(folder)
    sizes = {"150 / 800": (150, 800), "1,000 / 8,000": (1_000, 8_000), "5,000 / 40,000": (5_000, 40_000)}
    return known | {name: lambda size=size: generated(*size) for name, size in sizes.items()}


def pages(net: StakeholderNetwork, folder: Path) -> dict[str, tuple[Path, str]]:
    """Return file and address of each way to draw the network."""
    groups = communities(flatten(net), starts=3, progress=False).membership
    own = network_map(net, groups=groups).save(folder / "own.html")
    vis = network_map(net, engine="pyvis").save(folder / "pyvis.html")
    ways = {"own, as it opens": (own, "")}
    if net.n_actors > MANY:
        ways["own, every tie"] = (own, ALL)
    return ways | {"pyvis": (vis, "")}


def measure(browser: Browser, file: Path, address: str) -> dict[str, float]:
    """Open one page once and measure it; milliseconds, frames per second, megabytes."""
    page = browser.new_page(viewport=WINDOW, color_scheme="light")
    page.add_init_script(READY)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{file.as_uri()}#{address}", timeout=120_000)
    page.wait_for_function("() => globalThis.__drawn > 0", timeout=120_000)
    found = {"ready": page.evaluate("__drawn"), "requests": float(len(asked) - 1)}
    page.evaluate(MOVE, {"zoom": False, "frames": 20})  # what is made at the first movement is not a frame
    for name, zoom in (("pan", False), ("zoom", True)):
        gaps = page.evaluate(MOVE, {"zoom": zoom, "frames": FRAMES})
        found[name] = 1000 / statistics.median(gaps)
        found[f"{name}_p95"] = sorted(gaps)[int(0.95 * len(gaps))]
    for name in ("layer", "least"):
        found[name] = statistics.median(page.evaluate(FILTER, name) for _ in range(4))
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    found["heap"] = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
    found["size"] = file.stat().st_size / 1e6
    page.close()
    return found


def run(only: list[str], rounds: int) -> Iterator[dict[str, Any]]:
    """Measure every page in turn and yield one row each."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - an extra of the tests
    from tests._require import launch_options  # noqa: PLC0415

    options = launch_options()
    options["args"] = [*options["args"], "--enable-precise-memory-info"]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        for name, make in networks().items():
            if only and not any(word.lower() in name.lower() for word in only):
                continue
            net = make()
            ways = pages(net, Path(folder))
            runs: dict[str, list[dict[str, float]]] = {way: [] for way in ways}
            for _ in range(rounds):
                for way, (file, address) in ways.items():
                    browser = playwright.chromium.launch(**options)
                    runs[way].append(measure(browser, file, address))
                    browser.close()
            for way, found in runs.items():
                middle = {key: statistics.median(one[key] for one in found) for key in found[0]}
                yield {"network": name, "actors": net.n_actors, "ties": net.n_ties, "way": way, **middle}
                print(json.dumps({"network": name, "way": way, **middle}), file=sys.stderr)


HEAD = """# The map, measured

Written by `python -m benchmarks.map --output benchmarks/RESULTS-map.md`: headless Chromium without a GPU, a window of
{wide} x {high}, median of {rounds} rounds in which the pages take turns, each in a browser of its own. *ready*: from
opening to the second frame after everything is built; *pan*, *zoom*: frames per second and the 95th percentile of a
frame while the map moves with every frame; *layer*, *slider*: from the change to the drawn page with its panels and
tables; *heap* after a collection; *file* on the disk. *own, as it opens* shows groups, or the strongest ties of each,
where there are many; *own, every tie* and *pyvis* draw all of them. 60 frames a second are the most that the screen
gives.

Load of the machine before and after: {load}. Every page asked for {requests} further files.

| network | drawn by | ready, ms | pan, fps / p95 ms | zoom, fps / p95 ms \
| layer, ms | slider, ms | heap, MB | file, MB |
|---|---|---|---|---|---|---|---|---|
"""


def table(rows: list[dict[str, Any]], rounds: int, load: str) -> str:
    """Return the page of the results."""
    head = HEAD.format(
        wide=WINDOW["width"],
        high=WINDOW["height"],
        rounds=rounds,
        load=load,
        requests=int(max(r["requests"] for r in rows)),
    )
    lines = [
        f"| {r['network']} ({r['actors']:,} actors, {r['ties']:,} ties) | {r['way']} | {r['ready']:.0f} "
        f"| {r['pan']:.0f} / {r['pan_p95']:.0f} | {r['zoom']:.0f} / {r['zoom_p95']:.0f} "
        f"| {r['layer']:.0f} | {r['least']:.0f} | {r['heap']:.1f} | {r['size']:.2f} |"
        for r in rows
    ]
    ratios = []
    for name in dict.fromkeys(r["network"] for r in rows):
        ours = [r for r in rows if r["network"] == name and r["way"] != "pyvis"][-1]
        theirs = next(r for r in rows if r["network"] == name and r["way"] == "pyvis")
        ratios.append(
            f"| {name} | {ours['way']} | {theirs['ready'] / ours['ready']:.1f} | {ours['pan'] / theirs['pan']:.1f} "
            f"| {ours['zoom'] / theirs['zoom']:.1f} | {theirs['layer'] / ours['layer']:.1f} "
            f"| {theirs['heap'] / ours['heap']:.1f} | {theirs['size'] / ours['size']:.1f} |"
        )
    return (
        head
        + "\n".join(lines)
        + "\n\n## How many times better than pyvis, in the same run\n\n"
        + "| network | | ready | pan | zoom | layer | heap | file |\n|---|---|---|---|---|---|---|---|\n"
        + "\n".join(ratios)
        + "\n"
    )


def main() -> None:
    """Read the words of the command, measure, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help='parts of names, e.g. "piceno, 1,000 /"')
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args()
    only = [word.strip() for word in asked.only.split(", ") if word.strip()]
    before = os.getloadavg()[0]
    rows = list(run(only, asked.rounds))
    load = f"{before:.1f}, {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    text = table(rows, asked.rounds, load)
    if asked.output:
        asked.output.write_text(text, "utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
