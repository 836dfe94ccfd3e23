"""Ways that save time give what the plain way gives."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse, stats
from scipy.sparse import csgraph

from stakeholder_net import StakeholderNetwork, measures
from stakeholder_net.measures._bitsets import hop_counts
from stakeholder_net.measures._paths import lengths_of, thinned
from stakeholder_net.measures.nulls import poisson_binomial


@pytest.fixture
def seats():
    return sparse.csr_array((np.random.default_rng(3).random((150, 60)) < 0.04).astype("float64"))


@pytest.fixture
def ties(seats):
    met = sparse.csr_array(seats @ seats.T).tocoo()
    apart = met.row != met.col
    strong = met.data[apart] * np.random.default_rng(4).choice([0.1, 1.0, 3.0], 150)[met.row[apart]]
    made = sparse.csr_array((strong, (met.row[apart], met.col[apart])), shape=met.shape)
    return sparse.csr_array(made + made.T)


def counted(ties):
    steps = csgraph.dijkstra(ties, unweighted=True)
    return [(steps == k).sum(axis=1).tolist() for k in range(int(steps[np.isfinite(steps)].max()) + 1)]


def test_steps_are_counted_alike_by_way_of_events(ties, seats):
    wanted = counted(ties)
    assert len(wanted) > 3
    assert [count.tolist() for count in hop_counts(ties)] == wanted
    assert [count.tolist() for count in hop_counts(ties, seats)] == wanted


def test_events_that_do_not_make_the_ties_are_left_aside(ties, seats):
    cut = ties.tolil()
    cut[0, :] = 0
    cut[:, 0] = 0
    cut = sparse.csr_array(cut)
    assert [count.tolist() for count in hop_counts(cut, seats)] == counted(cut)


def test_ties_longer_than_a_way_round_change_no_distance(ties, monkeypatch):
    monkeypatch.setattr("stakeholder_net.measures._paths.NEAREST", 2)
    lengths = lengths_of(ties)
    left = thinned(lengths)
    assert left.nnz < lengths.nnz
    np.testing.assert_array_equal(csgraph.dijkstra(left), csgraph.dijkstra(lengths))


def test_sums_beyond_what_is_asked_are_one_number():
    chances = np.random.default_rng(0).random((4, 9))
    whole, cut = poisson_binomial(chances), poisson_binomial(chances, most=3)
    np.testing.assert_allclose(cut[:, :3], whole[:, :3], rtol=1e-14)
    np.testing.assert_allclose(cut[:, 3], whole[:, 3:].sum(axis=1), rtol=1e-14)


def test_poisson_law_has_the_mean_of_the_exact_one():
    draw = np.random.default_rng(1)
    cells = np.argwhere(draw.random((12, 30)) < 0.3)
    net = StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": [f"a{n}" for n in range(12)], "name": "A", "kind": "comune"}),
        events=pd.DataFrame({"event_id": [f"e{n}" for n in range(30)], "name": "E", "kind": "table"}),
        attendance=pd.DataFrame({
            "actor_id": [f"a{n}" for n in cells[:, 0]], "event_id": [f"e{n}" for n in cells[:, 1]],
            "status": "present",
        }),
    )  # fmt: skip
    exact, quick = measures.tie_tests(net), measures.tie_tests(net, null="poisson")
    np.testing.assert_allclose(quick["expected"], exact["expected"], rtol=1e-12)
    law = stats.poisson(quick["expected"])
    np.testing.assert_allclose(quick["p_more"], law.sf(quick["shared_events"] - 1), rtol=1e-9)
    np.testing.assert_allclose(quick["p_fewer"], law.cdf(quick["shared_events"]), rtol=1e-9)
