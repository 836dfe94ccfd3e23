"""The stages of a whole run, timed one by one."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from territory import GROWTH, SIZES, write_project

from stakeholder_net import measures, open_project
from stakeholder_net._steps import gaps_of
from stakeholder_net.findings import unseen_actors

WITH_MAP = 6_000
"""Beyond so many actors a map of single points says nothing, and paths between all take hours."""


def run_stages(name: str) -> dict[str, float]:
    """Return seconds of every stage; up to a region the whole of ``run``, beyond it what scales."""
    size = SIZES[name] if name in SIZES else GROWTH[int(name)]
    with tempfile.TemporaryDirectory() as folder:
        write_project(size, Path(folder))
        if name in SIZES and size.actors <= WITH_MAP:
            return _whole(Path(folder))
        return _what_scales(Path(folder))


def _whole(folder: Path) -> dict[str, float]:
    spent: dict[str, float] = {}
    begun = time.perf_counter()
    for stage in open_project(folder).run():
        spent[stage.name], begun = time.perf_counter() - begun, time.perf_counter()
    return spent


def _what_scales(folder: Path) -> dict[str, float]:
    spent: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the work returns
        begun = time.perf_counter()
        made = work()
        spent[name] = time.perf_counter() - begun
        return made

    project = open_project(folder)
    records = timed("read", project.read)
    net = timed("build: identities, network, ties", lambda: project.build(records).network)
    timed("degree and strength", lambda: (measures.degree(net), measures.strength(net)))
    timed("PageRank", lambda: measures.pagerank(net))
    timed("components", lambda: measures.component_sizes(net))
    timed("gaps", lambda: (gaps_of(net, language="it"), unseen_actors(net)))
    return spent
