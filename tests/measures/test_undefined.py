"""A missing value has its reason, on layers with different actors and in any order of rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stakeholder_net import OptionError, StakeholderNetwork, flatten
from stakeholder_net.measures import clustering, constraint, participation, why_undefined
from stakeholder_net.measures.tables import MEASURES


@pytest.fixture
def net() -> StakeholderNetwork:
    return StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": list("abcdef"), "name": list("ABCDEF"), "kind": "comune"}),
        ties=pd.DataFrame({"source": list("abca"), "target": list("bcab"), "layer": list("pppq"), "weight": 1.0}),
        presence=pd.DataFrame({"actor_id": ["d", "e", "a"], "layer": ["p", "q", "q"]}),
    )  # fmt: skip


def test_each_missing_value_has_its_reason(net: StakeholderNetwork) -> None:
    one = net.layer("p")
    why = why_undefined(one, clustering(one), language="en")
    assert why.name == "clustering_status"
    assert why.tolist() == [
        "",
        "",
        "",
        "has no tie",
        "belongs to none of these layers",
        "belongs to none of these layers",
    ]
    assert why_undefined(net, participation(net), language="it")["d"] == "non ha legami"


def test_a_measure_that_the_network_does_not_carry_says_so(net: StakeholderNetwork) -> None:
    one = net.layer("p")
    why = why_undefined(one, participation(one), language="en")
    assert set(why) == {"the measure is defined for no actor of this network"}


@pytest.mark.parametrize("name", sorted(MEASURES))
@pytest.mark.parametrize("language", ["it", "en"])
def test_a_reason_stands_where_and_only_where_a_value_is_missing(
    net: StakeholderNetwork, name: str, language: str
) -> None:
    of = net if name in {"participation", "overlapping_degree", "neighbourhood"} else flatten(net)
    values = MEASURES[name](of)
    if isinstance(values, pd.Series):
        why = why_undefined(of, values, language=language)  # type: ignore[arg-type]
        assert (why != "").tolist() == values.isna().tolist()


def test_the_order_of_rows_changes_nothing(net: StakeholderNetwork) -> None:
    turned = StakeholderNetwork(
        actors=net.actors[::-1], ties=net.ties[::-1], layers=net.layers, presence=net.presence[::-1]
    )
    for of in (net, turned):
        flat = flatten(of)
        assert why_undefined(flat, constraint(flat)).sort_index().tolist() == ["", "", "", *["non ha legami"] * 2,
            "non fa parte di nessuno di questi livelli"]  # fmt: skip


def test_values_of_another_network_are_refused(net: StakeholderNetwork) -> None:
    with pytest.raises(OptionError, match="one for each actor"):
        why_undefined(net, pd.Series([np.nan], index=["z"]))
