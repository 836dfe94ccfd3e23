"""Steps by way of the events are steps over the ties, whatever became of the ties since they were derived."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from tests.measures.test_attendance import SEATS, register

from stakeholder_net import StakeholderNetwork, project
from stakeholder_net.layers import without
from stakeholder_net.measures import harmonic


def some_only_announced() -> StakeholderNetwork:
    net = register(SEATS)
    rows = net.attendance
    return StakeholderNetwork(
        actors=net.actors,
        events=net.events,
        attendance=rows.assign(status=rows["status"].mask(rows.index % 3 == 0, "announced")),
    )


def with_other_ties(net: StakeholderNetwork) -> StakeholderNetwork:
    return net.with_ties(net.ties.iloc[1:], layer="attendance")


@pytest.mark.parametrize(
    ("make", "sure"),
    [
        (lambda: project(register(SEATS)), True),
        (lambda: project(project(register(SEATS)), weight="count"), True),
        (lambda: project(some_only_announced()), True),
        (lambda: project(some_only_announced(), counts=("present", "announced")), False),
        (lambda: with_other_ties(project(register(SEATS))), False),
        (lambda: without(project(register(SEATS)), ["a00"]), False),
        (lambda: project(register(SEATS)).layer("attendance"), True),
        (lambda: with_other_ties(project(register(SEATS))).layer("attendance"), False),
    ],
)
def test_harmonic_is_that_of_the_ties(make: Callable[[], StakeholderNetwork], *, sure: bool) -> None:
    net = make()
    assert (net._met == {"attendance"}) is sure
    bare = StakeholderNetwork(actors=net.actors, ties=net.ties.assign(layer="x"))
    pd.testing.assert_series_equal(harmonic(net, weighted=False), harmonic(bare, weighted=False))
