"""Try that both engines and the library find the same ties on a territory, and time them: when does moving pay?

python benchmarks/engines.py M          (extras: engines, spark; Java)
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph
from territory import SIZES, tables

from stakeholder_net import StakeholderNetwork, engines, measures, project


def main() -> None:
    """Print a table, and stop at the first difference."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("size", choices=sorted(SIZES))
    made = tables(SIZES[parser.parse_args().size])
    print("| what | library | embedded | Spark, 1st time with its start |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        _compare(made, Path(folder))


def _timed(work: Callable[[], object]) -> tuple[object, str]:
    begun = time.perf_counter()
    found = work()
    return found, f"{time.perf_counter() - begun:.1f} s"


def _compare(made: dict[str, pd.DataFrame], folder: Path) -> None:
    seats = folder / "seats.parquet"
    made["attendance"].to_parquet(seats, index=False)
    net, own = _timed(lambda: project(StakeholderNetwork(**made)))
    assert isinstance(net, StakeholderNetwork)
    ties, times = {}, [own]
    for engine in engines.ENGINES:
        ties[engine] = folder / f"{engine}.parquet"
        times.append(_timed(lambda e=engine: engines.derive_ties(seats, ties[e], engine=e))[1])
        found = pd.read_parquet(ties[engine])
        for end in ("source", "target", "shared_events"):
            assert found[end].tolist() == net.ties[end].tolist(), (engine, end)
        np.testing.assert_allclose(found["weight"], net.ties["weight"], atol=1e-9)
    print(f"| {net.n_ties:,} ties | {' | '.join(times)} |", flush=True)
    times = [_timed(lambda: (measures.strength(net), measures.degree(net)))[1]]
    each = {}
    for engine in engines.ENGINES:
        each[engine] = folder / f"each-{engine}.parquet"
        times.append(_timed(lambda e=engine: engines.strengths_of(ties[e], each[e], engine=e))[1])
    one, other = (pd.read_parquet(path) for path in each.values())
    pd.testing.assert_frame_equal(one, other)
    print(f"| degrees and strengths | {' | '.join(times)} |", flush=True)
    _graphs(net, ties["embedded"], folder)


def _graphs(net: StakeholderNetwork, ties: Path, folder: Path) -> None:
    row, column = (net.actors.index.get_indexer(net.ties[end]) for end in ("source", "target"))
    cells = sparse.coo_array((np.ones(len(row)), (row, column)), shape=(net.n_actors, net.n_actors))
    found, own = _timed(lambda: csgraph.connected_components(cells, directed=False))
    path, spark = _timed(lambda: engines.components_on_spark(ties, folder / "parts.parquet"))
    parts = pd.read_parquet(str(path)).set_index("actor_id")["value"]
    tied = net.actors.index.isin(parts.index)
    mine = pd.Series(net.actors.index[tied]).groupby(np.asarray(found[1])[tied]).transform("first")  # type: ignore[index]
    assert parts.tolist() == mine.tolist()
    print(f"| components | {own} | | {spark} |", flush=True)
    values, own = _timed(lambda: measures.pagerank(net, weighted=False))
    path, spark = _timed(lambda: engines.pagerank_on_spark(ties, folder / "rank.parquet"))
    rank = pd.read_parquet(str(path)).set_index("actor_id")["value"]
    assert isinstance(values, pd.Series)
    theirs = values[rank.index] / values[rank.index].sum()
    np.testing.assert_allclose(rank, theirs, rtol=1e-5)
    print(f"| PageRank, every tie 1 | {own} | | {spark} |", flush=True)


if __name__ == "__main__":
    main()
