"""Events left out and drawn anew, actors dropped: by hand, by projecting again, and by the seed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
import pytest
from tests.measures.test_attendance import SEATS, register

from stakeholder_net import OptionError, StakeholderNetwork, UnknownNameError, project
from stakeholder_net.measures import (
    case_dropping,
    degree,
    event_bootstrap,
    leave_one_actor_out,
    leave_one_event_out,
    pagerank,
    ranks,
    strength,
    tie_stability,
)
from stakeholder_net.measures._draws import AllDraws
from stakeholder_net.measures._register import Register

WAYS = [
    {"weight": "newman"},
    {"weight": "count"},
    {"weight": "jaccard"},
    {"weight": "count", "half_life": 100, "as_of": "2021-12-31"},
    {"roles": {"organiser": 3}},
]
DATES = ["2021-01-01", "2021-04-11", "2021-07-20", "2021-10-28"]


def network(**how: object) -> StakeholderNetwork:
    net = register(SEATS, start=DATES)
    roles = ["organiser" if row % 3 == 0 else "participant" for row in range(len(net.attendance))]
    return project(
        StakeholderNetwork(
            actors=net.actors.reset_index(),
            events=net.events.reset_index(),
            attendance=net.attendance.assign(role=roles),
        ),
        **how,
    )


def weights(net: StakeholderNetwork) -> dict[tuple[str, str], float]:
    return {(tie.source, tie.target): tie.weight for tie in net.ties.itertuples()}


@pytest.mark.parametrize("how", WAYS, ids=str)
@pytest.mark.parametrize("event", range(4))
def test_leaving_an_event_out_is_projecting_without_it(how: dict, event: int) -> None:
    net = network(**how)
    held = Register(net)
    (layer,) = held.sizes
    rest = held.with_multiplicities({layer: held.all_but(layer, event)})
    kept = net.events.index.delete(event)
    fewer = StakeholderNetwork(
        actors=net.actors.reset_index(),
        events=net.events.loc[kept].reset_index(),
        attendance=net.attendance[net.attendance["event_id"].isin(kept)],
    )
    assert weights(rest) == pytest.approx(weights(project(fewer, **how)))
    # what was not checked anew keeps every promise all the same
    again = StakeholderNetwork(
        actors=rest.actors, ties=rest.ties, layers=rest.layers, events=rest.events, attendance=rest.attendance,
        presence=rest.presence, name=rest.name, source=rest.source,
    )  # fmt: skip
    assert again == rest


@pytest.mark.parametrize("how", WAYS[:3], ids=str)
def test_an_event_drawn_twice_is_an_event_held_twice(how: dict) -> None:
    net = project(register(SEATS), **how)
    held = Register(net)
    twice = held.with_multiplicities({"attendance": np.array([2.0, 1.0, 0.0, 1.0])})
    assert weights(twice) == pytest.approx(weights(project(register(SEATS[:, [0, 0, 1, 3]]), **how)))


def test_one_event_at_a_time_by_hand() -> None:
    # E00 a00 a01 a04, E01 a00 a01 a02 a04, E02 a00 a02 a04, E03 a04 alone
    events, actors = leave_one_event_out(network(weight="count"), top=1)
    assert events["attendance"].to_list() == [3, 4, 3, 1]
    # shared events: 01 2, 02 2, 04 3, 12 1, 14 2, 24 2, in all 12 (E00 3, E01 6, E02 3)
    assert events["weight_lost"].to_list() == pytest.approx([3 / 12, 6 / 12, 3 / 12, 0])
    assert events["ties_lost"].to_list() == [0, 1, 0, 0]  # a01 and a02 met at E01 only
    assert events.loc["E03", ["pearson", "spearman", "top_overlap"]].to_list() == pytest.approx([1, 1, 1])
    assert actors["value"].to_list() == [7, 5, 5, 0, 7]
    assert actors["rank"].to_list() == [1, 3, 3, 5, 1]
    # without E02 a00, a01 and a04 have 5 each; without E00 a01 has 3 and a02 has 5
    assert actors.loc["a01", ["rank_best", "rank_worst"]].to_list() == [1, 4]
    assert actors.loc["a00", ["rank_best", "rank_worst"]].to_list() == [1, 1]


def test_drawing_events_anew_comes_near_to_its_exact_values() -> None:
    net, times = network(weight="count"), 400
    table = event_bootstrap(net, times=times, seed=3, top=1)
    pd.testing.assert_frame_equal(table, event_bootstrap(net, times=times, seed=3, top=1))
    assert not table.equals(event_bootstrap(net, times=times, seed=4, top=1))
    # a03 came to nothing, in no draw; a00 and a04 are first together whenever anybody met at all
    assert table.loc["a03", ["value_sd", "value"]].to_list() == [0, 0]
    assert table.loc["a00", "p_top"] == pytest.approx(1, abs=0.02)
    # the strength of a01 is 2, 3, 0, 0 from the four events: the variance of a sum of four draws
    exact = np.sqrt(4 * np.var([2, 3, 0, 0]))
    assert table.loc["a01", "value_sd"] == pytest.approx(exact, rel=5 / np.sqrt(2 * times))
    assert (table["rank_low"] <= table["rank"]).all()
    assert (table["rank"] <= table["rank_high"]).all()


def test_how_firm_a_tie_is_by_hand() -> None:
    table = tie_stability(network()).set_index(["source", "target"])
    assert table.loc[("a00", "a01"), "shared_sd"] == pytest.approx(np.sqrt(2 * (1 - 2 / 4)))
    assert table.loc[("a01", "a02"), "p_seen"] == pytest.approx(1 - (3 / 4) ** 4)
    assert ("a00", "a03") not in table.index


def test_ties_changed_by_hand_are_not_drawn_anew() -> None:
    net = network()
    other = net.with_ties(net.ties.assign(weight=9.0), layer="attendance")
    with pytest.raises(OptionError, match=r"project\(net\) again"):
        event_bootstrap(other)
    with pytest.raises(OptionError, match="no ties derived"):
        event_bootstrap(register(SEATS))
    tied = other.with_ties(net.ties.assign(layer="y"), layer="y")
    with pytest.raises(OptionError, match="not derived from events"):
        leave_one_event_out(tied, layer="y")
    with pytest.raises(OptionError, match="times"):
        event_bootstrap(net, times=1)
    with pytest.raises(UnknownNameError, match="strength"):
        event_bootstrap(net, "strenght")


def test_one_actor_at_a_time(gallery) -> None:
    table = leave_one_actor_out(gallery["star"](), "degree", top=1)
    # without the centre all others are equal: no correlation, and all of them share the first place
    assert np.isnan(table.loc["a", "pearson"])
    assert table.loc["a", "top_overlap"] == 1
    assert table.loc["b", ["pearson", "spearman", "top_overlap"]].to_list() == pytest.approx([1, 1, 1])


def test_a_measure_that_cannot_change_bears_everything_and_a_constant_one_nothing(gallery) -> None:
    def number(net: StakeholderNetwork) -> pd.Series:
        return net.actors.index.to_series().map(ord).astype(float).rename("number")

    found = case_dropping(gallery["ring"](), number, times=20, shares=[0.2, 0.6])
    assert found.coefficient == 0.6
    assert found.table["kept"].to_list() == [4, 2]
    assert found.table["mean_r"].to_list() == pytest.approx([1, 1])
    lost = case_dropping(gallery["ring"](), degree, times=20, shares=[0.2])
    assert lost.coefficient == 0
    assert lost.table["undefined"].to_list() == [20]
    assert np.isnan(lost.table["mean_r"].iloc[0])
    with pytest.raises(OptionError, match="share"):
        case_dropping(gallery["ring"](), degree, shares=[1.0])


def test_places_are_shared_and_rounding_errors_make_no_difference() -> None:
    values = pd.Series([0.1 + 0.2, 0.3, 5.0, np.nan, -1.0], index=list("abcde"))
    assert ranks(values).to_dict() == pytest.approx(
        {"a": 2, "b": 2, "c": 1, "d": np.nan, "e": 4}, nan_ok=True
    )
    assert ranks(values, highest=False).loc[["e", "a", "b", "c"]].to_list() == [1, 2, 2, 4]
    assert ranks(values * 0).dropna().to_list() == [1, 1, 1, 1]


def test_the_given_network_stays_as_it_is() -> None:
    net = network()
    before = net.fingerprint
    event_bootstrap(net, strength, times=3)
    leave_one_event_out(net)
    assert net.fingerprint == before


@pytest.mark.parametrize("measure", [strength, pagerank])
@pytest.mark.parametrize("how", WAYS, ids=str)
def test_weights_alone_give_what_a_network_for_each_draw_gives(how: dict, measure: Callable) -> None:
    net = network(**how)
    quick = event_bootstrap(net, measure, times=20, progress=False)
    made = event_bootstrap(net, partial(measure), times=20, progress=False)
    assert made["value_sd"].max() > 0
    pd.testing.assert_frame_equal(quick, made, rtol=1e-9)


@pytest.mark.parametrize("measure", [strength, pagerank])
def test_draws_together_are_for_ties_that_the_events_make_and_for_no_others(measure: Callable) -> None:
    net = network()
    together = AllDraws.over(measure, Register(net))
    assert together is not None
    held = [
        {"attendance": np.array(times, dtype="float64")}
        for times in ([1, 1, 1, 1], [2, 0, 1, 0], [0, 0, 0, 3])
    ]
    slow = [measure(Register(net).with_multiplicities(times)) for times in held]
    np.testing.assert_allclose(together(held), slow, rtol=1e-12, atol=1e-15)
    assert AllDraws.over(degree, Register(net)) is None
    assert AllDraws.over(measure, Register(network(weight="jaccard"))) is None
    one_fewer = net.with_ties(net.ties.iloc[1:], layer="attendance")
    assert AllDraws.over(measure, Register(one_fewer)) is None
    pd.testing.assert_frame_equal(
        event_bootstrap(one_fewer, measure, times=20), event_bootstrap(one_fewer, partial(measure), times=20)
    )
    for factor in (1 + 1e-6, 2.0):
        other = net.with_ties(net.ties.assign(weight=net.ties["weight"] * factor), layer="attendance")
        assert AllDraws.over(measure, Register(other)) is None
