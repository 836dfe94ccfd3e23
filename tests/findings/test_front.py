"""The front is that of full enumeration."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.findings.test_coalitions import best_by_enumeration, piceno, problems, worth

from stakeholder_net import OptionError, UnknownNameError
from stakeholder_net.findings import Call, coalition_front
from stakeholder_net.findings._program import value_of
from stakeholder_net.findings._rules import build_task

OBJECTIVES = ("awards", "tied_pairs", "new_ties", "municipalities", "size", "themes", "trusted", "cost")


@given(problems(), st.lists(st.sampled_from(OBJECTIVES), min_size=2, max_size=4, unique=True))
@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_the_front_is_that_of_enumeration(problem, objectives):
    net, call = problem
    found = coalition_front(net, call, objectives=objectives, count=True)
    if best_by_enumeration(net, call) is None:
        assert set(found["status"]) == {"infeasible"}
        return
    task = build_task(net, call)
    points = []
    for size in range(1, net.n_actors + 1):
        for chosen in itertools.combinations(range(net.n_actors), size):
            if worth(net, call, chosen) is not None:
                mask = np.isin(np.arange(net.n_actors), chosen)
                points.append(tuple(value_of(task, name, mask) for name in objectives))
    beaten = {p for p in points for q in points if p != q and all(a <= b for a, b in zip(p, q, strict=True))}
    theirs = sorted(set(points) - beaten)
    signs = [-1 if name in ("size", "trusted", "cost") else 1 for name in objectives]
    ours = sorted(
        tuple(s * row[n] for s, n in zip(signs, objectives, strict=True)) for _, row in found.iterrows()
    )
    assert ours == theirs
    assert set(found["status"]) == {"optimal"}
    assert found["n_coalitions"].sum() == sum(point in theirs for point in points)


def test_a_front_that_is_cut_short_says_so():
    call = Call(title="Prova", max_partners=4, required_kinds={"comune": 1})
    whole = coalition_front(piceno(), call)
    part = coalition_front(piceno(), call, n_max=1)
    assert len(whole) > len(part) == 1
    assert set(part["status"]) == {"feasible"}
    assert part["why"].str.contains("interrotto").all()
    assert whole["why"].str.contains("Nessun'altra coalizione fa meglio").all()


def test_refusals():
    call = Call(title="Prova", max_partners=4, required_kinds={"comune": 1})
    with pytest.raises(OptionError, match="two objectives"):
        coalition_front(piceno(), call, objectives=("size",))
    with pytest.raises(UnknownNameError, match="tied_pairs"):
        coalition_front(piceno(), call, objectives=("size", "tied_pair"))
