"""Draws shared among processes, threads and in a row are the same draws, in the same order."""

from __future__ import annotations

import subprocess
import sys
import threading

import joblib
import numpy as np
import pandas as pd
import pytest
from joblib._parallel_backends import ThreadingBackend
from tests.measures.test_attendance import SEATS, register

from stakeholder_net import OptionError, project
from stakeholder_net.measures import brokerage, communities
from stakeholder_net.measures._ensemble import each, seeds


def drawn(seed: np.random.SeedSequence) -> float:
    return float(np.random.default_rng(seed).random())


def run(times: int, n_jobs: int | None) -> list[float]:
    return each(drawn, seeds(7, times), n_jobs=n_jobs, desc="draws", progress=False)


def test_a_draw_is_the_same_whoever_makes_it_and_however_many_there_are() -> None:
    alone = run(40, None)
    assert len(set(alone)) == 40
    assert run(40, 2) == run(40, 1) == alone
    assert run(3, 2) == alone[:3]
    with joblib.parallel_config("loky", n_jobs=2):
        assert run(40, None) == alone


@pytest.mark.parametrize(
    "one_by_one", [True, False], ids=["results as they come", "all at once, as Ray gives them"]
)
def test_the_backend_of_the_caller_takes_them(one_by_one, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ThreadingBackend, "supports_return_generator", one_by_one)
    threads = set()

    def work(seed: np.random.SeedSequence) -> float:
        threads.add(threading.current_thread().name)
        return drawn(seed)

    with joblib.parallel_config("threading", n_jobs=3):
        found = each(work, seeds(7, 40), n_jobs=None, desc="x", progress=False)
    assert found == run(40, None)
    assert threading.current_thread().name not in threads


def test_closures_travel_to_processes_and_no_task_is_no_result() -> None:
    offset = 10
    found = each(lambda n: n + offset, range(50), n_jobs=2, desc="x", progress=False)
    assert found == list(range(10, 60))
    assert each(abs, [], n_jobs=2, desc="x", progress=False) == []


def test_what_fails_in_a_worker_is_told_as_it_is() -> None:
    def fail(_: int) -> None:
        raise OptionError("no such thing")

    with pytest.raises(OptionError, match="no such thing"):
        each(fail, range(4), n_jobs=2, desc="x", progress=False)
    with pytest.raises(OptionError, match="n_jobs=0"):
        run(2, 0)


def test_measures_are_the_same_on_two_processes() -> None:
    net = project(register(SEATS))
    one, two = (communities(net, starts=9, bootstrap=9, seed=3, n_jobs=n) for n in (None, 2))
    pd.testing.assert_series_equal(one.membership, two.membership)
    assert (one.agreement, one.event_agreement, one.modularity) == (
        two.agreement, two.event_agreement, two.modularity
    )  # fmt: skip
    pd.testing.assert_frame_equal(*(brokerage(net, permutations=20, n_jobs=n) for n in (None, 2)))


def test_joblib_is_not_loaded_before_someone_asks_for_it() -> None:
    code = """
import sys, pandas as pd
from stakeholder_net import StakeholderNetwork, measures
net = StakeholderNetwork(actors=pd.DataFrame({"actor_id": ["a", "b"], "name": ["A", "B"], "kind": "comune"}),
    ties=pd.DataFrame({"source": ["a"], "target": ["b"], "layer": "partnership", "weight": 1.0}))
measures.communities(net, starts=3)
assert "joblib" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603
