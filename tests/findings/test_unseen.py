"""The unseen: closed forms against leaving events out one by one and against every choice of events."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeholder_net import OptionError, StakeholderNetwork
from stakeholder_net.findings import accumulation, unseen_actors


def register(rows: list[list[int]], status: str = "present") -> StakeholderNetwork:
    """Actors by events; one row an actor, 1 where it came."""
    seats = np.array(rows)
    ids = [f"a{i}" for i in range(len(seats))]
    events = [f"E{k}" for k in range(seats.shape[1])]
    actor, event = np.nonzero(seats)
    return StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": ids, "name": ids, "kind": "ets_odv"}),
        events=pd.DataFrame({"event_id": events, "name": events, "kind": "table"}),
        attendance=pd.DataFrame(
            {"actor_id": [ids[i] for i in actor], "event_id": [events[k] for k in event], "status": status},
            dtype="str",
        ),
    )


tables = st.integers(2, 5).flatmap(
    lambda m: st.lists(st.lists(st.integers(0, 1), min_size=m, max_size=m), min_size=1, max_size=7)
)


@given(tables)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_the_jackknife_is_that_of_leaving_one_event_out(rows):
    seats = np.array(rows)
    m = seats.shape[1]
    if not seats.any():
        with pytest.raises(OptionError, match="Nobody"):
            unseen_actors(register(rows))
        return
    found = unseen_actors(register(rows)).iloc[0]
    without = np.array([np.delete(seats, k, axis=1).any(axis=1).sum() for k in range(m)])
    seen = seats.any(axis=1).sum()
    assert found["jackknife1"] == pytest.approx(m * seen - (m - 1) * without.mean())
    spread = (m - 1) / m * ((without - without.mean()) ** 2).sum()
    assert found["jackknife1_error"] == pytest.approx(np.sqrt(spread), abs=1e-9)
    assert found["chao2"] >= seen
    assert 0 <= found["coverage"] <= 1


@given(tables)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_the_curve_is_the_mean_over_every_choice_of_events(rows):
    seats = np.array(rows)
    found = accumulation(register(rows)).set_index("events")
    for k in range(1, seats.shape[1] + 1):
        reached = [
            seats[:, list(c)].any(axis=1).sum() for c in itertools.combinations(range(seats.shape[1]), k)
        ]
        assert found.loc[k, "expected_actors"] == pytest.approx(np.mean(reached))
        assert found.loc[k, "sd"] == pytest.approx(np.std(reached), abs=1e-6)


def test_planted_unseen_bodies_are_suspected():
    """Sixty bodies, each at a tenth of eight events: the ones never seen are estimated from the others."""
    rng = np.random.default_rng(5)
    seats = (rng.random((60, 8)) < 0.1).astype(int)
    never = int((seats.sum(axis=1) == 0).sum())
    found = unseen_actors(register(seats[seats.any(axis=1)].tolist())).iloc[0]
    assert found["seen"] == 60 - never
    assert abs(found["unseen"] - never) <= 2 * found["chao2_error"]
    assert str(found["seen"]) in found["why"]


def test_nobody_seen_once_means_no_suspicion():
    found = unseen_actors(register([[1, 1], [1, 1]])).iloc[0]
    assert found["unseen"] == 0
    assert "nessuno una volta sola" in found["why"]


def test_one_event_allows_no_estimate():
    found = unseen_actors(register([[1], [1]])).iloc[0]
    assert np.isnan(found["chao2"])
    assert np.isnan(found["score"])


def test_announced_is_not_seen():
    with pytest.raises(OptionError, match="Nobody"):
        unseen_actors(register([[1, 1]], status="announced"))


def test_the_interval_is_that_of_chao_1987_worked_out_by_hand():
    """Ten bodies, six seen once, two twice in three meetings: 10 + (2/3) 36/4 = 16; log-normal about the 6."""
    rows = [[1, 0, 0]] * 6 + [[1, 1, 0]] * 2 + [[1, 1, 1]] * 2
    found = unseen_actors(register(rows)).iloc[0]
    odds, part = 3.0, 2 / 3
    variance = 2 * part * (0.5 + part * (1 + odds / 4) * odds) * odds**2
    spread = np.exp(1.96 * np.sqrt(np.log(1 + variance / 36)))
    assert found["chao2"] == pytest.approx(16)
    assert found["chao2_low"] == pytest.approx(10 + 6 / spread)
    assert found["chao2_high"] == pytest.approx(10 + 6 * spread)
    everyone = unseen_actors(register([[1, 1, 0]] * 3)).iloc[0]
    assert everyone["chao2_low"] == everyone["chao2_high"] == 3
