"""Try that both engines and the library find the same on a territory, and time them: when does moving pay?

    python benchmarks/engines.py M                        (extras: engines, spark; Java)
    python benchmarks/engines.py M --engines embedded     without Spark
    python benchmarks/engines.py L --engines embedded --only ties

Seconds on the clock, and in brackets of all processors, those of Spark's Java among them: on a busy machine the first
say little. Every answer is held against that of the library; the first difference stops the run.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph
from territory import SIZES, tables

from stakeholder_net import StakeholderNetwork, engines, measures, project
from stakeholder_net.records import resolve_identities

JOBS = ("names", "ties", "strengths", "components", "pagerank", "plain pagerank")
SLIPS = 0.1


class Comparison:
    """One territory as a network and as files, and one row of the table for each question."""

    def __init__(self, size: str, chosen: list[str], folder: Path) -> None:
        self.made, self.chosen, self.folder = tables(SIZES[size]), chosen, folder
        self.seats, self.tied = folder / "seats.parquet", folder / "ties.parquet"
        self.made["attendance"].to_parquet(self.seats, index=False)
        self.net, self.own = timed(lambda: project(StakeholderNetwork(**self.made)))
        self.net.ties[["source", "target", "weight", "shared_events"]].to_parquet(self.tied, index=False)

    def rows(self, only: list[str]) -> Iterator[str]:
        """Yield the lines of the table."""
        yield f"| what | library | {' | '.join(self.chosen)} |"
        yield "|---|---|" + "---|" * len(self.chosen)
        for job in JOBS:
            if job in only:
                yield getattr(self, job.replace(" ", "_"))()

    def row(
        self, what: str, own: str, ask: Callable[[str, Path], object], check: Callable[[pd.DataFrame], None]
    ) -> str:
        """Ask every engine, hold its answer against the library's, and return a line."""
        times = []
        for engine in self.chosen:
            path = self.folder / f"{engine}-answer.parquet"
            times.append(timed(lambda e=engine, p=path: ask(e, p))[1])
            check(pd.read_parquet(path))
        return f"| {what} | {own} | {' | '.join(times)} |"

    def names(self) -> str:
        """Match one name an attendance, a tenth with a slip of the keyboard."""
        draw = np.random.default_rng(4)
        who = self.made["actors"].set_index("actor_id").loc[self.made["attendance"]["actor_id"]]
        printed = who["name"].tolist()
        for n in np.flatnonzero(draw.random(len(printed)) < SLIPS):
            at = int(draw.integers(0, len(printed[n])))
            printed[n] = printed[n][:at] + printed[n][at + 1 :]
        table = pd.DataFrame({
            "mention_id": [f"m{n:08}" for n in range(len(printed))],
            "name": printed, "municipality": who["municipality"].tolist(),
        })  # fmt: skip
        table.to_parquet(self.folder / "mentions.parquet", index=False)
        found, own = timed(lambda: resolve_identities(table))
        wanted = found.actor_of.fillna("").tolist()

        def check(answer: pd.DataFrame) -> None:
            assert answer["actor_id"].fillna("").tolist() == wanted

        spellings = len(table.drop_duplicates(["name", "municipality"]))
        return self.row(
            f"{len(table):,} names, {spellings:,} spellings", own,
            lambda e, p: engines.link_names(self.folder / "mentions.parquet", p, engine=e), check,
        )  # fmt: skip

    def ties(self) -> str:
        """Derive the ties."""
        net = self.net.ties

        def check(answer: pd.DataFrame) -> None:
            for column in ("source", "target", "shared_events"):
                assert answer[column].tolist() == net[column].tolist(), column
            np.testing.assert_allclose(answer["weight"], net["weight"], atol=1e-9)

        return self.row(
            f"{len(net):,} ties", self.own, lambda e, p: engines.derive_ties(self.seats, p, engine=e), check
        )

    def strengths(self) -> str:
        """Add up the ties of each actor."""
        (strong, many), own = timed(
            lambda: (measures.strength(self.net), measures.degree(self.net, normalized=False))
        )

        def check(answer: pd.DataFrame) -> None:
            np.testing.assert_allclose(answer["strength"], strong[answer["actor_id"]], atol=1e-5)
            assert answer["degree"].tolist() == many[answer["actor_id"]].tolist()

        return self.row(
            "degrees and strengths", own, lambda e, p: engines.strengths_of(self.tied, p, engine=e), check
        )

    def components(self) -> str:
        """Find who reaches whom."""
        actors = self.net.actors.index
        row, column = (actors.get_indexer(self.net.ties[end]) for end in ("source", "target"))
        cells = sparse.coo_array((np.ones(len(row)), (row, column)), shape=(len(actors), len(actors)))
        (_, part), own = timed(lambda: csgraph.connected_components(cells, directed=False))

        def check(answer: pd.DataFrame) -> None:
            there = actors.isin(answer["actor_id"])
            first = pd.Series(actors[there]).groupby(part[there]).transform("first")
            assert answer["value"].tolist() == first.tolist()

        return self.row(
            "components (Spark: GraphX)",
            own,
            lambda e, p: engines.components_of(self.tied, p, engine=e),
            check,
        )

    def pagerank(self, *, weighted: bool = True) -> str:
        """Walk along the ties."""
        values, own = timed(lambda: measures.pagerank(self.net, weighted=weighted))
        # GraphX stops where no value changes by more than 1e-9; its own add up to the number of actors
        near = 1e-8 if weighted else 1e-5

        def check(answer: pd.DataFrame) -> None:
            wanted = values[answer["actor_id"]]
            np.testing.assert_allclose(answer["value"], wanted / wanted.sum(), rtol=near)

        return self.row(
            "PageRank" if weighted else "PageRank, every tie 1 (Spark: GraphX)", own,
            lambda e, p: engines.pagerank_of(self.tied, p, weighted=weighted, engine=e), check,
        )  # fmt: skip

    def plain_pagerank(self) -> str:
        """Walk along the ties, all alike."""
        return self.pagerank(weighted=False)


def timed(work: Callable[[], object]) -> tuple[object, str]:
    """Return what a work gives, and its seconds."""
    wall, busy = time.perf_counter(), processors()
    found = work()
    return found, f"{time.perf_counter() - wall:.1f} ({processors() - busy:.1f}) s"


SEEN: dict[int, int] = {}
"""Ticks of each process that was ever met: what has ended keeps what it had."""


def processors() -> float:
    """Return the seconds that this process and those below it have had of the processors (Linux only)."""
    running: dict[int, tuple[int, int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text("utf-8").rpartition(")")[2].split()
        except OSError:  # ended meanwhile
            continue
        running[int(stat.parent.name)] = int(fields[1]), int(fields[11]) + int(fields[12])
    mine = {os.getpid()}
    while more := {pid for pid, (parent, _) in running.items() if parent in mine} - mine:
        mine |= more
    SEEN.update({pid: running[pid][1] for pid in mine})
    return sum(SEEN.values()) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("size", choices=sorted(SIZES))
    parser.add_argument("--engines", nargs="+", choices=engines.ENGINES, default=list(engines.ENGINES))
    parser.add_argument(
        "--only", nargs="+", choices=JOBS, default=list(JOBS), help="questions; all by default"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for line in Comparison(given.size, given.engines, Path(folder)).rows(given.only):
            print(line, flush=True)


if __name__ == "__main__":
    main()
