"""The same questions give the same answers inside the process, on the embedded engine and on Spark."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from scipy.sparse import csgraph

from stakeholder_net import StakeholderNetwork, engines, measures, project
from stakeholder_net.engines._java import check_java, find_java
from stakeholder_net.errors import MissingExtraError, OptionError, StakeholderNetError

BOTH = [pytest.param("embedded"), pytest.param("spark", marks=pytest.mark.spark)]


@pytest.fixture(scope="module")
def net():
    draw = np.random.default_rng(8)
    cells = np.argwhere(draw.random((60, 40)) < 0.04)
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
def room(tmp_path_factory):
    """Give a folder whose name holds all that a program may trip over."""
    folder = tmp_path_factory.mktemp("rooms") / "l'aula [2] {a} di prova è"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def seats(net, room):
    path = room / "o'seats [1].parquet"
    net.attendance[["actor_id", "event_id", "status"]].to_parquet(path, index=False)
    return path


@pytest.fixture(scope="module")
def tied(net, room):
    """Give the ties of the library as a file, so that each question is tried by itself."""
    path = room / "ties.parquet"
    net.ties[["source", "target", "weight", "shared_events"]].to_parquet(path, index=False)
    return path


def values(path):
    table = pd.read_parquet(path)
    assert table["actor_id"].is_monotonic_increasing
    return table.set_index("actor_id")["value"]


@pytest.mark.parametrize("engine", BOTH)
def test_ties_and_strengths_are_those_of_the_library(net, seats, room, engine):
    ties = engines.derive_ties(seats, room / f"{engine}.parquet", engine=engine)
    found, wanted = pd.read_parquet(ties), net.ties[["source", "target", "weight", "shared_events"]]
    assert found[["source", "target", "shared_events"]].to_numpy().tolist() == (
        wanted[["source", "target", "shared_events"]].to_numpy().tolist()
    )
    np.testing.assert_allclose(found["weight"], wanted["weight"], atol=1e-9)
    each = pd.read_parquet(engines.strengths_of(ties, room / f"each {engine}.parquet", engine=engine))
    strong = measures.strength(net)
    each = each.set_index("actor_id")
    np.testing.assert_allclose(each["strength"], strong[each.index], atol=1e-6)
    assert each["degree"].tolist() == measures.degree(net, normalized=False)[each.index].tolist()


@pytest.mark.parametrize("engine", BOTH)
def test_turnout_is_that_of_the_register(net, seats, tmp_path, engine):
    came = net.attendance[net.attendance["status"].isin(["present", "delegate"])]
    for by, one, many in (("actor", "actor_id", "events"), ("event", "event_id", "actors")):
        found = pd.read_parquet(engines.turnout_of(seats, tmp_path / "x.parquet", by=by, engine=engine))
        assert dict(zip(found[one], found[many], strict=True)) == came.groupby(one).size().to_dict()


@pytest.mark.parametrize("engine", BOTH)
def test_a_status_with_a_quote_is_a_status(tmp_path, engine):
    table = pd.DataFrame({"actor_id": ["a", "b"], "event_id": ["e", "e"], "status": ["c'era", "no"]})
    table.to_parquet(tmp_path / "seats.parquet", index=False)
    found = engines.turnout_of(
        tmp_path / "seats.parquet", tmp_path / "x.parquet", counts=["c'era"], engine=engine
    )
    assert pd.read_parquet(found)["actor_id"].tolist() == ["a"]


def test_little_memory_and_other_threads_give_the_same_bytes(seats, tmp_path):
    one = engines.derive_ties(seats, tmp_path / "one.parquet").read_bytes()
    assert engines.derive_ties(seats, tmp_path / "two.parquet", memory="200MB").read_bytes() == one


@pytest.mark.parametrize("engine", BOTH)
def test_components_are_those_of_scipy(net, tied, tmp_path, engine):
    parts = values(engines.components_of(tied, tmp_path / "parts.parquet", engine=engine))
    row, column = (net.actors.index.get_indexer(net.ties[end]) for end in ("source", "target"))
    ties_of = sparse.coo_array((np.ones(len(row)), (row, column)), shape=(net.n_actors, net.n_actors))
    _, own = csgraph.connected_components(ties_of, directed=False)
    there = net.actors.index.isin(parts.index)
    first = pd.Series(net.actors.index[there]).groupby(own[there]).transform("first")
    assert len(set(first)) > 1
    assert parts.tolist() == first.tolist()


def test_a_long_chain_is_one_component(tmp_path):
    names = [f"c{n:04}" for n in np.random.default_rng(3).permutation(900)]
    chain = pd.DataFrame({"source": names[:-1], "target": names[1:], "weight": 1.0, "shared_events": 1})
    chain.to_parquet(tmp_path / "chain.parquet", index=False)
    rounds = []
    parts = values(
        engines.components_of(tmp_path / "chain.parquet", tmp_path / "x.parquet", tell=rounds.append)
    )
    assert set(parts) == {"c0000"}
    assert len(parts) == 900
    assert len(rounds) < 30  # it asks whom it has heard of: not one round a link


@pytest.mark.parametrize("engine", BOTH)
@pytest.mark.parametrize("weighted", [True, False])
def test_pagerank_is_that_of_the_library(net, tied, tmp_path, engine, weighted):
    told = []
    rank = values(
        engines.pagerank_of(tied, tmp_path / "r.parquet", weighted=weighted, engine=engine, tell=told.append)
    )
    own = measures.pagerank(net, weighted=weighted)[rank.index]
    np.testing.assert_allclose(
        rank, own / own.sum(), rtol=1e-6 if engine == "spark" and not weighted else 1e-8
    )
    assert told


def test_damping_is_followed(net, tied, tmp_path):
    rank = values(engines.pagerank_of(tied, tmp_path / "r.parquet", damping=0.5))
    own = measures.pagerank(net, damping=0.5)[rank.index]
    np.testing.assert_allclose(rank, own / own.sum(), rtol=1e-8)
    with pytest.raises(OptionError, match="between 0 and 1"):
        engines.pagerank_of(tied, tmp_path / "r.parquet", damping=1)
    with pytest.raises(OptionError, match=r"GraphX has 0\.85"):
        engines.pagerank_of(tied, tmp_path / "r.parquet", damping=0.5, weighted=False, engine="spark")


@pytest.mark.parametrize("engine", BOTH)
def test_no_ties_are_no_answer_and_no_error(tmp_path, engine):
    empty = pd.DataFrame({"source": ["a"], "target": ["b"], "weight": 1.0, "shared_events": 1}).iloc[:0]
    empty.to_parquet(tmp_path / "none.parquet", index=False)
    for question in (engines.components_of, engines.pagerank_of, engines.strengths_of):
        assert (
            len(pd.read_parquet(question(tmp_path / "none.parquet", tmp_path / "x.parquet", engine=engine)))
            == 0
        )


def test_what_is_missing_in_a_file_is_told(seats, tied, tmp_path):
    with pytest.raises(OptionError, match="embedded"):
        engines.derive_ties(seats, tmp_path / "x.parquet", engine="hive")
    with pytest.raises(
        StakeholderNetError, match="no column actor_id, event_id, status; the columns are source"
    ):
        engines.derive_ties(tied, tmp_path / "x.parquet")
    with pytest.raises(StakeholderNetError, match=r"nowhere\.parquet: cannot be read as Parquet"):
        engines.derive_ties(tmp_path / "nowhere.parquet", tmp_path / "x.parquet")
    with pytest.raises(StakeholderNetError, match="no such folder"):
        engines.derive_ties(seats, tmp_path / "away" / "x.parquet")
    assert list(tmp_path.iterdir()) == []


def test_a_package_that_is_not_there_is_told(seats, tied, tmp_path, monkeypatch):
    monkeypatch.setattr("stakeholder_net.engines._opening.find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"\[engines\]"):
        engines.derive_ties(seats, tmp_path / "x.parquet")
    with pytest.raises(MissingExtraError, match=r"\[spark\]"):
        engines.components_of(tied, tmp_path / "x.parquet", engine="spark")


def java_that_says(folder, text):
    java = folder / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(f"#!/bin/sh\necho '{text}' >&2\n", encoding="utf-8")
    java.chmod(0o755)
    return java


@pytest.mark.skipif(sys.platform == "win32", reason="the Java that is made up here is a script of the shell")
def test_java_is_asked_for_its_age(tmp_path, monkeypatch):
    for age, text in (("8", 'openjdk version "1.8.0_392"'), ("11", 'openjdk version "11.0.22" 2024-01-16')):
        java = java_that_says(tmp_path / age, text)
        with pytest.raises(StakeholderNetError, match=rf"Java 17 or newer.*is Java {age}.*apt install"):
            check_java(str(java))
    check_java(str(java_that_says(tmp_path / "21", 'openjdk version "21" 2023-09-19')))
    assert find_java(str(tmp_path / "21")) == str(tmp_path / "21" / "bin" / "java")
    with pytest.raises(StakeholderNetError, match="holds no bin/java"):
        find_java(str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StakeholderNetError, match=r"none on this machine's path.*JAVA_HOME"):
        find_java(None)


@pytest.mark.spark
def test_spark_keeps_its_talk_to_itself_and_the_session_of_others_as_it_was(seats, tmp_path):
    code = """
import sys
from pyspark.sql import SparkSession
from stakeholder_net import engines
engines.turnout_of(sys.argv[1], sys.argv[2], engine="spark")
mine = SparkSession.getActiveSession()
mine.range(3).createOrReplaceTempView("attendance")
engines.turnout_of(sys.argv[1], sys.argv[2], engine="spark")
assert mine.table("attendance").count() == 3
"""
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code, str(seats), str(tmp_path / "x.parquet")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


@pytest.mark.skipif(sys.platform == "win32", reason="sends the signal of Ctrl-C as Unix does")
@pytest.mark.parametrize("engine", BOTH)
def test_who_interrupts_finds_nothing_half_written(tmp_path, engine):
    draw = np.random.default_rng(1)
    pd.DataFrame({
        "actor_id": draw.integers(0, 30_000, 600_000), "event_id": draw.integers(0, 300, 600_000), "status": "present"
    }).to_parquet(tmp_path / "seats.parquet", index=False)  # fmt: skip
    code = """
import sys, warnings
from stakeholder_net import engines
if sys.argv[3] == "spark":
    engines.turnout_of(sys.argv[1], sys.argv[2] + ".first", engine="spark")
print("ready", flush=True)
engines.derive_ties(sys.argv[1], sys.argv[2], engine=sys.argv[3])
"""
    words = [sys.executable, "-c", code, str(tmp_path / "seats.parquet"), str(tmp_path / "x.parquet"), engine]
    run = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603
    assert run.stdout is not None
    assert run.stdout.readline() == "ready\n"
    time.sleep(3)
    assert run.poll() is None, "it had ended before it could be interrupted"
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert run.returncode != 0
    assert "KeyboardInterrupt" in said
    assert {path.name for path in tmp_path.iterdir()} <= {"seats.parquet", "x.parquet.first"}
