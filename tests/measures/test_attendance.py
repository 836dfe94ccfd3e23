"""Co-attendance, its tests and its verdict: by hand, against scipy, and at the edges."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from stakeholder_net import (
    AmbiguousLayersError,
    InvalidTablesError,
    OptionError,
    StakeholderNetWarning,
    StakeholderNetwork,
    between,
    project,
)
from stakeholder_net.measures import (
    adjust_p_values,
    attendance_probabilities,
    co_attendance,
    register_verdict,
    tie_tests,
)
from stakeholder_net.measures.nulls import poisson_binomial


def register(seats: np.ndarray, **events: object) -> StakeholderNetwork:
    n, m = seats.shape
    ids, codes = [f"a{i:02}" for i in range(n)], [f"E{k:02}" for k in range(m)]
    row, column = np.nonzero(seats)
    return StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": ids, "name": ids, "kind": "comune"}),
        events=pd.DataFrame({"event_id": codes, "name": codes, "kind": "table", **events}),
        attendance=pd.DataFrame(
            {"actor_id": [ids[i] for i in row], "event_id": [codes[k] for k in column], "status": "present"}
        ),
    )


SEATS = np.array([[1, 1, 1, 0], [1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 0, 0], [1, 1, 1, 1]])


def test_shares_by_hand() -> None:
    table = co_attendance(register(SEATS), all_pairs=True).set_index(["source", "target"])
    one = table.loc[("a00", "a01")]
    assert one[["shared_events", "jaccard", "min_overlap"]].to_list() == pytest.approx([2, 2 / 3, 1])
    assert one["cosine"] == pytest.approx(2 / np.sqrt(6))
    assert one["lift"] == pytest.approx(2 * 4 / (3 * 2))
    assert one["phi"] == pytest.approx(np.corrcoef(SEATS[0], SEATS[1])[0, 1])
    assert np.isnan(table.loc[("a00", "a04"), "phi"])  # a04 came always
    assert np.isnan(table.loc[("a00", "a03"), "cosine"])  # a03 never came
    assert table.loc[("a00", "a03"), "shared_events"] == 0
    assert table["shared_hours"].isna().all()
    met = co_attendance(register(SEATS))
    assert len(met) == 6
    pd.testing.assert_frame_equal(met, table[table["shared_events"] > 0].reset_index())


def test_announced_and_absent_are_not_there(gallery) -> None:
    table = co_attendance(gallery["attendance_only"]())
    assert "f" not in set(table["source"]) | set(table["target"])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 12), st.integers(1, 9))
def test_chances_have_the_margins_of_the_register(seed: int, n: int, m: int) -> None:
    rng = np.random.default_rng(seed)
    seats = rng.random((n, m)) < rng.random(n)[:, None]
    chances = attendance_probabilities(sparse.csr_array(seats.astype("float64")))
    assert chances.sum(axis=1) == pytest.approx(seats.sum(axis=1), abs=1e-8)
    assert chances.sum(axis=0) == pytest.approx(seats.sum(axis=0), abs=1e-8)
    assert ((chances >= 0) & (chances <= 1)).all()


def test_certain_rows_are_set_aside_again_and_again() -> None:
    nested = np.tril(np.ones((5, 5)))  # only one table has these margins
    assert attendance_probabilities(sparse.csr_array(nested)) == pytest.approx(nested)
    tests = tie_tests(register(nested.astype(int)))
    assert tests["z"].isna().all()
    assert (tests["p_more"] == 1).all()


def test_exact_sum_of_chances() -> None:
    law = poisson_binomial(np.array([[0.3] * 6, [0, 1, 0.5, 0.5, 0, 1]]))
    assert law[0] == pytest.approx(stats.binom.pmf(np.arange(7), 6, 0.3))
    assert law[1] == pytest.approx([0, 0, 0.25, 0.5, 0.25, 0, 0])


def test_a_pair_of_pairs_by_counting() -> None:
    seats = np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1]])  # all margins 2: every chance is 2/3
    tests = tie_tests(register(seats))
    assert tests["expected"].to_list() == pytest.approx([3 * 4 / 9] * 3)
    assert tests["sd"].to_list() == pytest.approx([np.sqrt(3 * 4 / 9 * 5 / 9)] * 3)
    assert tests["p_more"].to_list() == pytest.approx([1 - (5 / 9) ** 3] * 3)
    assert tests["p_fewer"].to_list() == pytest.approx([stats.binom.cdf(1, 3, 4 / 9)] * 3)


@pytest.mark.parametrize("null", ["sdsm", "hypergeometric"])
def test_pairs_that_never_met_count_in_the_correction(null: str) -> None:
    rng = np.random.default_rng(3)
    net = register(rng.random((14, 9)) < 0.25)
    met, every = tie_tests(net, null=null), tie_tests(net, null=null, all_pairs=True)
    both = every[every["shared_events"] > 0].reset_index(drop=True).drop(columns="q_fewer")
    pd.testing.assert_frame_equal(met, both)
    assert len(every) > len(met)
    assert every["p_more"][every["shared_events"] == 0].to_list() == pytest.approx(
        [1.0] * (len(every) - len(met))
    )


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_corrections_are_those_of_scipy(p_values: list[float]) -> None:
    for method in ("bh", "by"):
        theirs = stats.false_discovery_control(p_values, method=method)
        assert adjust_p_values(p_values, method=method) == pytest.approx(theirs)
    # a family with tests that were not written down is one with p = 1 for each of them
    padded = adjust_p_values([*p_values, 1.0, 1.0])[: len(p_values)]
    assert adjust_p_values(p_values, family=len(p_values) + 2) == pytest.approx(padded)


def test_nothing_to_test_stays_nothing() -> None:
    assert np.isnan(adjust_p_values([0.5, np.nan])).tolist() == [False, True]
    assert adjust_p_values([0.02, np.nan, 0.04], method="holm").tolist()[0] == 0.04
    with pytest.raises(OptionError, match="between 0 and 1"):
        adjust_p_values([1.5])
    with pytest.raises(OptionError, match="family"):
        adjust_p_values([0.1, 0.2], family=1)


def test_a_small_register_cannot_and_a_long_one_can() -> None:
    rng = np.random.default_rng(0)
    short = register_verdict(register(rng.random((20, 8)) < 0.3))
    assert not short.supported
    assert short.events_needed > 8
    assert "cannot" in str(short)
    assert "non può" in short.sentence("it")
    long = register_verdict(register(rng.random((6, 400)) < 0.3))
    assert long.supported
    assert long.events_needed < 400
    assert "non può" not in long.sentence("it")
    full = register_verdict(register(np.ones((4, 5), dtype=bool)))
    assert full.events_needed is None
    assert "caso" in full.sentence("it")


def test_at_the_number_of_events_asked_for_about_half_of_such_pairs_are_found() -> None:
    """Plant a pair that meets twice as often as its attendance explains, in as many events as the verdict asks for."""
    n, chance, meet = 12, 0.3, 0.216
    alone = (chance - meet) / (1 - meet)
    found, ratios = 0, []
    for seed in range(16):
        rng = np.random.default_rng(seed)
        asked = register_verdict(register(rng.random((n, 40)) < chance)).events_needed
        seats = rng.random((n, asked)) < chance
        together, whose = rng.random(asked) < meet, rng.random((2, asked)) < alone
        seats[0], seats[1] = together | whose[0], together | whose[1]
        pair = tie_tests(register(seats)).set_index(["source", "target"]).loc[("a00", "a01")]
        found += pair["q_more"] < 0.05
        ratios.append(pair["shared_events"] / pair["expected"])
    assert np.mean(ratios) == pytest.approx(2, abs=0.15)
    assert 4 <= found <= 14


def test_which_layer(gallery) -> None:
    with pytest.raises(OptionError, match="this network has none"):
        co_attendance(gallery["ring"]())
    net = gallery["attendance_only"]()
    events = net.events.assign(layer=["attendance", "attendance", "partnership", "partnership"])
    two = StakeholderNetwork(
        actors=net.actors.reset_index(), events=events.reset_index(), attendance=net.attendance
    )
    with pytest.raises(AmbiguousLayersError, match="tie_tests"):
        tie_tests(two)
    assert len(co_attendance(two, "partnership")) == 3


def test_too_many_pairs_are_refused() -> None:
    net = register(np.ones((5001, 1), dtype=bool)[:, :1] * (np.arange(5001) < 2)[:, None])
    with pytest.raises(OptionError, match="all_pairs"):
        co_attendance(net, all_pairs=True)
    assert len(co_attendance(net)) == 1


# --- decay, roles, hours: the options of project() that METHODS calls A9 and A10 ---
DATES = ["2021-01-01", "2021-04-11", "2021-07-20", "2021-10-28"]  # a hundred days apart


def test_decay_by_hand() -> None:
    net = register(SEATS, start=DATES)
    ties = project(net, weight="count", half_life=100, as_of="2021-10-28").ties.set_index(
        ["source", "target"]
    )
    assert ties.loc[("a00", "a01"), "weight"] == pytest.approx(2**-3 + 2**-2)
    assert ties.loc[("a00", "a02"), "weight"] == pytest.approx(2**-2 + 2**-1)
    newman = project(net, half_life=100, as_of="2021-10-28").ties.set_index(["source", "target"])
    assert newman.loc[("a00", "a01"), "weight"] == pytest.approx(2**-3 / 2 + 2**-2 / 3)
    assert newman.loc[("a00", "a01"), "shared_events"] == 2


def test_an_event_that_goes_on_does_not_age() -> None:
    net = register(SEATS, start=DATES, end=["2030-01-01"] * 4)
    plain = project(net, weight="count").ties["weight"]
    aged = project(net, weight="count", half_life=1, as_of="2021-12-31").ties["weight"]
    assert aged.to_list() == plain.to_list()


def test_what_is_yet_to_come_is_refused_row_by_row() -> None:
    net = register(SEATS, start=[*DATES[:2], "2022-05-01", None])
    with pytest.raises(InvalidTablesError) as caught:
        project(net, half_life=90, as_of="2021-12-31")
    assert [(fault.code, fault.row) for fault in caught.value.problems] == [
        ("undated_event", 3),
        ("future_event", 2),
    ]
    assert "between(net" in str(caught.value)
    part = between(net, "2021-01-01", "2021-12-31")
    assert len(project(part, half_life=90, as_of="2021-12-31").ties) == 6


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"half_life": 90}, "as_of"),
        ({"half_life": 0, "as_of": "2021-01-01"}, "above zero"),
        ({"half_life": 9, "as_of": "soon"}, "not a date"),
        ({"as_of": "2021-01-01"}, "half_life"),
        ({"roles": {"organiser": 0}}, "organiser"),
        ({"weight": "jaccard", "hours": True}, "jaccard"),
    ],
)
def test_options_that_cannot_be(options: dict, says: str) -> None:
    with pytest.raises(OptionError, match=says):
        project(register(SEATS, start=DATES), **options)


def with_hours(stay: list[float | None], **events: object) -> StakeholderNetwork:
    net = register(SEATS, start=DATES, **events)
    rows = net.attendance
    return StakeholderNetwork(
        actors=net.actors.reset_index(),
        events=net.events.reset_index(),
        attendance=rows.assign(hours=stay, role=["organiser"] + ["participant"] * (len(rows) - 1)),
    )


def test_roles_and_hours_by_hand() -> None:
    # rows: E00 a00 a01 a04, E01 a00 a01 a02 a04, E02 a00 a02 a04, E03 a04
    net = with_hours([2, 1, 2, 4, 4, 1, 4, 3, 3, 3, 1])
    ties = project(net, roles={"organiser": 2}, hours=True).ties.set_index(["source", "target"])["weight"]
    assert ties[("a00", "a01")] == pytest.approx(2 * 0.5 / 2 + 1 / 3)
    assert ties[("a02", "a04")] == pytest.approx(0.25 / 3 + 1 / 2)
    hours = co_attendance(net).set_index(["source", "target"])["shared_hours"]
    assert hours[("a00", "a01")] == 1 + 4
    assert hours[("a00", "a02")] == 1 + 3


def test_missing_hours_are_the_full_event_and_are_told() -> None:
    net = with_hours([None, 1, 2, 4, 4, 1, 4, 3, 3, 3, 1])
    with pytest.warns(StakeholderNetWarning, match="1 of 11 attendances"):
        ties = project(net, hours=True).ties.set_index(["source", "target"])["weight"]
    assert ties[("a00", "a01")] == pytest.approx(1 * 0.5 / 2 + 1 / 3)


def test_more_hours_than_the_event_are_refused() -> None:
    net = with_hours([2, 1, 2, 4, 4, 1, 4, 3, 3, 3, 0], hours=[2, 3, 3, 1])
    with pytest.raises(InvalidTablesError) as caught:
        project(net, hours=True)
    assert [fault.row for fault in caught.value.problems] == [3, 4, 6, 10]


def test_a_part_of_the_time_is_derived_in_the_same_way() -> None:
    net = register(SEATS, start=DATES)
    how = {"half_life": 100, "as_of": "2021-10-28", "counts": ["present"]}
    whole = project(net, **how)
    assert whole.layers.loc["attendance", "options"].startswith('{"as_of": "2021-10-28"')
    part = between(whole, "2021-03-01", "2021-12-31")
    again = project(between(net, "2021-03-01", "2021-12-31"), **how)
    pd.testing.assert_frame_equal(part.ties, again.ties)
    assert project(whole).layers.loc["attendance", "options"] == ""


def test_ties_that_have_decayed_to_nothing_are_left_out() -> None:
    net = register(SEATS, start=DATES)
    ties = project(net, weight="count", half_life=0.05, as_of="2021-10-28").ties
    assert ties.empty
