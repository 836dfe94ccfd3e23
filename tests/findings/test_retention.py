"""New, returning, lapsed: worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stakeholder_net import OptionError, StakeholderNetwork
from stakeholder_net.findings import attendance_histories, retention

ROWS = {"E1": "ab", "E2": "bc", "E3": "d", "E4": "de", "E5": "e"}


def network(dates=("2021-01-01", "2021-02-01", "2021-03-01", "2021-04-01", None)) -> StakeholderNetwork:
    return StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": list("abcdef"), "name": [f"Ente {i}" for i in "abcdef"], "kind": "ets_odv"}),
        events=pd.DataFrame({"event_id": list(ROWS), "name": [f"Tavolo {e}" for e in ROWS], "kind": "table",
                             "start": list(dates)}),
        attendance=pd.DataFrame(
            [(a, e, "present", f"{e}.csv") for e, present in ROWS.items() for a in present],
            columns=["actor_id", "event_id", "status", "source"],
        ),
    )  # fmt: skip


def test_events_in_order_of_time():
    found = retention(network()).set_index("event_id")
    assert list(found.index) == ["E1", "E2", "E3", "E4"]
    assert list(found["new"]) == [2, 1, 1, 1]
    assert list(found["returning"]) == [0, 1, 0, 1]
    assert list(found["lapsed"]) == [0, 1, 3, 3]
    assert found["retention"].tolist()[1:] == [0.5, 0.0, 1.0]
    assert np.isnan(found["retention"].iloc[0])
    assert found["jaccard"].tolist()[1:] == pytest.approx([1 / 3, 0, 0.5])
    assert found["actors"].tolist() == [("a", "b"), ("c",), ("d",), ("e",)]
    assert "Ultima presenza per 1: Ente a" in found.loc["E1", "why"]
    assert "Ultima presenza" not in found.loc["E4", "why"]
    assert retention(network()).attrs["undated"] == 1
    assert found.loc["E2", "evidence"] == "E2.csv"


def test_histories_call_back_those_who_stopped_and_never_the_recent():
    found = attendance_histories(network(), away=2).set_index("actor_id")
    assert found["status"].to_dict() == {"a": "once", "b": "lapsed", "c": "once", "d": "new", "e": "new"}
    assert found.index[0] == "b"
    assert found.loc["b", "score"] == 2
    assert found.loc["e", "score"] == 0
    assert "Tavolo E2" in found.loc["b", "why"]


def test_undated_events_cannot_be_ordered():
    with pytest.raises(OptionError, match="date"):
        retention(network(dates=(None,) * 5))
    with pytest.raises(OptionError, match="away"):
        attendance_histories(network(), away=0)
