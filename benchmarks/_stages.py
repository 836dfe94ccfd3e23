"""The stages of a whole run, timed one by one; each is told as soon as it is done, so that none is lost."""

from __future__ import annotations

import cProfile
import pstats
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from territory import GROWTH, SIZES, write_project

from stakeholder_net import measures, open_project
from stakeholder_net._steps import gaps_of
from stakeholder_net.findings import unseen_actors

WITH_MAP = 6_000
"""Beyond so many actors a map of single points says nothing, and paths between all take hours."""
STEPS = ("read", "build", "measures", "standing", "map", "report")
"""What a run tells of; other words are details of a step."""
HOT = 12

Tell = Callable[[dict[str, Any]], None]


def run_stages(name: str, tell: Tell, *, profile: bool = False) -> None:
    """Tell seconds and processor seconds of every stage; up to a region the whole of ``run``, beyond it what scales."""
    size = SIZES[name] if name in SIZES else GROWTH[int(name)]
    with tempfile.TemporaryDirectory() as folder:
        # sizes that are compared come in one form
        write_project(size, Path(folder), workbook=name in SIZES)
        watch = Watch(tell)
        work = _whole if name in SIZES and size.actors <= WITH_MAP else _what_scales
        if not profile:
            work(Path(folder), watch)
            return
        looked = cProfile.Profile()
        looked.runcall(work, Path(folder), watch)
        for row in _hot(looked):
            tell(row)


class Watch:
    """Tells how long each stage took and what the process then held at most.

    Parameters
    ----------
    tell : callable
        Is given each row.
    """

    def __init__(self, tell: Tell) -> None:
        self.tell, self.stage = tell, ""
        self.wall = self.cpu = 0.0

    def at(self, stage: str) -> None:
        """End the stage at work and begin another; the empty word only ends."""
        wall, cpu = time.perf_counter(), _busy()
        if self.stage:
            self.tell({"stage": self.stage, "wall": wall - self.wall, "cpu": cpu - self.cpu, "gb": _peak()})
        self.stage, self.wall, self.cpu = stage, wall, cpu
        if stage:
            self.tell({"begins": stage})


def _busy() -> float:
    """Return processor seconds of this process; those of its children are not known before they end."""
    return time.process_time()


def _peak() -> float:
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("utf-8"))[1]) / 1e6


def _whole(folder: Path, watch: Watch) -> None:
    def step(words: str) -> None:
        if words in STEPS:
            watch.at(words)

    for _ in open_project(folder).run(progress=step):
        pass
    watch.at("")


def _what_scales(folder: Path, watch: Watch) -> None:
    project = open_project(folder)
    watch.at("read")
    records = project.read()
    watch.at("build: identities, network, ties")
    net = project.build(records).network
    watch.at("degree and strength")
    measures.degree(net)
    measures.strength(net)
    watch.at("PageRank")
    measures.pagerank(net)
    watch.at("components")
    measures.component_sizes(net)
    watch.at("gaps")
    gaps_of(net, language="it")
    unseen_actors(net)
    watch.at("")


def _hot(looked: cProfile.Profile) -> Iterator[dict[str, Any]]:
    """Yield the functions of ours with what they and all below them took; most first."""
    known = pstats.Stats(looked).stats  # type: ignore[attr-defined]
    ours = [
        (cumulated, own, f"{Path(file).stem}.{name}")
        for (file, _, name), (_, _, own, cumulated, _) in known.items()
        if "stakeholder_net" in file
    ]
    for cumulated, own, name in sorted(ours, reverse=True)[: 3 * HOT]:
        yield {"function": name, "seconds": cumulated, "own": own}
