"""Six thousand actors: no table of actors by actors is ever held; a bar shows when one has to wait."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pandas as pd
import pytest
from tests.findings.test_stability import district

from stakeholder_net import StakeholderNetwork
from stakeholder_net.measures import event_bootstrap
from stakeholder_net.measures.tables import MEASURES

N = 6_000
DENSE = N * N * 8  # bytes of the one table that must never be made: 288 MB


@pytest.fixture(scope="module")
def country() -> StakeholderNetwork:
    """Many small circles of bodies, as districts are, one tie from each to the next."""
    rng = np.random.default_rng(5)
    ids = np.array([f"n{i:05}" for i in range(N)])
    inside = np.arange(N).reshape(-1, 6)
    pairs = {(int(c[i]), int(c[j])) for c in inside for i, j in rng.integers(0, 6, (8, 2)) if i < j}
    pairs |= {(int(a), int(b)) for a, b in zip(inside[:80, 0], inside[1:81, 0], strict=True)}
    first, second = np.array(sorted(pairs)).T
    return StakeholderNetwork(
        actors=pd.DataFrame(
            {"actor_id": ids, "name": ids, "kind": np.where(np.arange(N) % 2, "comune", "ats")}
        ),
        ties=pd.DataFrame(
            {"source": ids[first], "target": ids[second], "layer": "partnership", "weight": 1.0 + first % 2}
        ),
    )


@pytest.mark.parametrize("name", sorted(set(MEASURES) - {"bridging_loss"}))
def test_no_measure_holds_a_table_of_actors_by_actors(country: StakeholderNetwork, name: str) -> None:
    measure = MEASURES[name]
    tracemalloc.start()
    values = measure(country, "partnership") if name == "relevance" else measure(country)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(values) == N
    # not even with a quarter of the digits
    assert peak < DENSE / 4, f"{name}: {peak / 2**20:.0f} MB"


def test_no_bar_when_it_is_short(capfd: pytest.CaptureFixture[str]) -> None:
    event_bootstrap(district(), "degree", times=3)
    assert capfd.readouterr().err == ""


def test_a_bar_when_it_is_long(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 1))
    monkeypatch.setattr("tqdm.std.time", lambda: float(next(clock)))
    event_bootstrap(district(), "degree", times=6)
    assert "event_bootstrap" in capfd.readouterr().err
    event_bootstrap(district(), "degree", times=6, progress=False)
    assert capfd.readouterr().err == ""
