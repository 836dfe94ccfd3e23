"""The same questions give the same answers inside the process, on the embedded engine and on Spark."""

import shutil
from importlib.util import find_spec

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from scipy.sparse import csgraph

from stakeholder_net import StakeholderNetwork, engines, measures, project
from stakeholder_net.errors import MissingExtraError, OptionError

needs_duckdb = pytest.mark.skipif(
    find_spec("duckdb") is None, reason="DuckDB is not installed (extra: engines)"
)
needs_spark = pytest.mark.skipif(
    find_spec("pyspark") is None or shutil.which("java") is None,
    reason="pyspark (extra: spark) or Java is not installed",
)
BOTH = [pytest.param("embedded", marks=needs_duckdb), pytest.param("spark", marks=needs_spark)]


@pytest.fixture(scope="module")
def net():
    draw = np.random.default_rng(8)
    cells = np.argwhere(draw.random((60, 40)) < 0.06)
    statuses = draw.choice(["present", "absent", "delegate"], len(cells), p=[0.8, 0.1, 0.1])
    made = StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": [f"a{n:02}" for n in range(60)], "name": "A", "kind": "comune"}),
        events=pd.DataFrame({"event_id": [f"e{n:02}" for n in range(40)], "name": "E", "kind": "table"}),
        attendance=pd.DataFrame({
            "actor_id": [f"a{n:02}" for n in cells[:, 0]], "event_id": [f"e{n:02}" for n in cells[:, 1]],
            "status": statuses,
        }),
    )  # fmt: skip
    return project(made)


@pytest.fixture(scope="module")
def seats(net, tmp_path_factory):
    path = tmp_path_factory.mktemp("seats") / "o'seats.parquet"
    net.attendance[["actor_id", "event_id", "status"]].to_parquet(path, index=False)
    return path


@pytest.mark.parametrize("engine", BOTH)
def test_ties_and_strengths_are_those_of_the_library(net, seats, tmp_path, engine):
    ties = engines.derive_ties(seats, tmp_path / "ties.parquet", engine=engine)
    found, wanted = pd.read_parquet(ties), net.ties[["source", "target", "weight", "shared_events"]]
    assert found[["source", "target", "shared_events"]].to_numpy().tolist() == (
        wanted[["source", "target", "shared_events"]].to_numpy().tolist()
    )
    np.testing.assert_allclose(found["weight"], wanted["weight"], atol=1e-9)
    each = pd.read_parquet(engines.strengths_of(ties, tmp_path / "each.parquet", engine=engine))
    strong = measures.strength(net)
    each = each.set_index("actor_id")
    np.testing.assert_allclose(each["strength"], strong[each.index], atol=1e-6)
    assert each["degree"].tolist() == measures.degree(net, normalized=False)[each.index].tolist()


@needs_duckdb
def test_little_memory_and_other_threads_give_the_same_bytes(seats, tmp_path):
    one = engines.derive_ties(seats, tmp_path / "one.parquet").read_bytes()
    assert engines.derive_ties(seats, tmp_path / "two.parquet", memory="200MB").read_bytes() == one


@needs_spark
def test_graphx_finds_components_and_pagerank(net, seats, tmp_path):
    ties = engines.derive_ties(seats, tmp_path / "ties.parquet", engine="spark")
    parts = pd.read_parquet(engines.components_on_spark(ties, tmp_path / "parts.parquet")).set_index(
        "actor_id"
    )
    row, column = (net.actors.index.get_indexer(net.ties[end]) for end in ("source", "target"))
    ties_of = sparse.coo_array((np.ones(len(row)), (row, column)), shape=(net.n_actors, net.n_actors))
    _, own = csgraph.connected_components(ties_of, directed=False)
    tied = net.actors.index.isin(parts.index)
    first = pd.Series(net.actors.index[tied]).groupby(own[tied]).transform("first")
    assert parts["value"].tolist() == first.tolist()
    rank = pd.read_parquet(engines.pagerank_on_spark(ties, tmp_path / "rank.parquet")).set_index("actor_id")[
        "value"
    ]
    own = measures.pagerank(net, weighted=False)[rank.index]
    np.testing.assert_allclose(rank, own / own.sum(), rtol=1e-6)


def test_an_engine_that_is_not_there_is_told(seats, tmp_path, monkeypatch):
    with pytest.raises(OptionError, match="embedded"):
        engines.derive_ties(seats, tmp_path / "x.parquet", engine="hive")
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(MissingExtraError, match="Java"):
        engines.components_on_spark(seats, tmp_path / "x.parquet")
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    with pytest.raises(MissingExtraError, match="engines"):
        engines.derive_ties(seats, tmp_path / "x.parquet")
