"""What cannot be measured is refused once, with its rows and the way out; what is not declared is not guessed at."""

from __future__ import annotations

import pandas as pd
import pytest
from tests.conftest import actors, ties

from stakeholder_net import AmbiguousLayersError, InvalidTablesError, StakeholderNetwork, flatten, project
from stakeholder_net.measures import catalogue, co_attendance, strength
from stakeholder_net.measures.tables import MEASURES


@pytest.mark.parametrize("bad", [0.0, -1.0, float("nan"), float("inf")])
def test_every_weight_that_is_none_is_named_by_its_row(bad: float) -> None:
    table = ties("ab bc cd")
    table.loc[[0, 2], "weight"] = bad
    with pytest.raises(InvalidTablesError) as caught:
        StakeholderNetwork(actors=actors("abcd"), ties=table)
    assert [(fault.row, fault.column) for fault in caught.value.problems] == [(0, "weight"), (2, "weight")]
    text = str(caught.value)
    assert "row 0" in text
    assert "row 2" in text
    assert "positive strength" in text or "empty" in text


def test_a_tie_to_an_unknown_actor_is_named_with_the_nearest_one() -> None:
    table = pd.DataFrame(
        {"source": ["comune-1", "comune-1"], "target": ["coop-2", "coop-x"], "layer": "l", "weight": 1.0}
    )
    two = pd.DataFrame({"actor_id": ["comune-1", "coop-2"], "name": ["C", "D"], "kind": "comune"})
    with pytest.raises(InvalidTablesError) as caught:
        StakeholderNetwork(actors=two, ties=table)
    (fault,) = caught.value.problems
    assert (fault.table, fault.row, fault.column, fault.code) == ("ties", 1, "target", "unknown_reference")
    assert "coop-2" in str(caught.value)


def test_an_event_yet_to_come_is_named_with_the_way_out() -> None:
    net = StakeholderNetwork(
        actors=actors("ab"),
        events=pd.DataFrame(
            {"event_id": ["E1", "E2"], "name": "x", "kind": "table", "start": ["2021-01-01", "2031-01-01"]}
        ),
        attendance=pd.DataFrame(
            {"actor_id": list("abab"), "event_id": ["E1", "E1", "E2", "E2"], "status": "present"}
        ),
    )
    with pytest.raises(InvalidTablesError, match=r"2031-01-01.*between\(net") as caught:
        project(net, half_life=90, as_of="2021-12-31")
    assert [fault.code for fault in caught.value.problems] == ["future_event"]
    assert len(co_attendance(net)) == 1


@pytest.mark.parametrize(
    "name", sorted(name for name in MEASURES if catalogue().loc[name, "needs"].startswith("one layer"))
)
def test_a_measure_of_one_layer_names_both_ways_out(name: str, gallery) -> None:
    with pytest.raises(AmbiguousLayersError, match=name) as caught:
        MEASURES[name](gallery["overlapping_layers"]())
    text = str(caught.value)
    assert "flatten(net)" in text
    assert "net.layer(" in text
    assert MEASURES[name](flatten(gallery["overlapping_layers"]())).name == name


@pytest.mark.parametrize(
    ("pairs", "means"),
    [
        ("ab:1 bc:2 cd:3", "unknown"),
        ("ab:1 bc:2 cd:2", "strength"),  # two counts are no scale
        ("ab:1 bc:2 cd:4", "strength"),  # a class that nobody chose
        ("ab:0.5 bc:1 cd:2", "strength"),
        ("ab:2 bc:3 cd:4", "strength"),  # no scale begins at 2
    ],
)
def test_what_looks_like_classes_is_unknown_until_declared(pairs: str, means: str) -> None:
    net = StakeholderNetwork(actors=actors("abcd"), ties=ties(pairs))
    assert net.layers.loc["partnership", "weight_means"] == means
    card = pd.DataFrame({"layer": ["partnership"], "directed": [False], "weight_means": ["strength"]})
    said = StakeholderNetwork(actors=actors("abcd"), ties=ties(pairs), layers=card)
    assert strength(said)["a"] == said.ties["weight"].iloc[0]
    # an empty cell is not declared
    empty = StakeholderNetwork(actors=actors("abcd"), ties=ties(pairs), layers=card.assign(weight_means=""))
    assert empty == net
