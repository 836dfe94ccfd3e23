"""Ways that save time give what the plain way gives."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy import sparse, stats
from scipy.sparse import csgraph

from stakeholder_net import StakeholderNetwork, flatten, measures
from stakeholder_net.measures._bitsets import hop_counts
from stakeholder_net.measures._paths import lengths_of, thinned
from stakeholder_net.measures._triangles import by_third_actors
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


@pytest.mark.parametrize("rows", [1, 7, 1000])
def test_third_actors_are_summed_over_every_tie(ties, rows, monkeypatch):
    monkeypatch.setattr("stakeholder_net.measures._triangles.FEWEST", rows)
    monkeypatch.setattr("stakeholder_net.measures._triangles.CELLS", 1)
    worth = np.random.default_rng(5).random(150)
    dense = ties.toarray()
    wanted = np.einsum("iq,q,qj->ij", dense, worth, dense) * (dense > 0)
    found = by_third_actors(ties, worth)
    assert (found.toarray() == 0).sum() > (wanted != 0).sum()
    np.testing.assert_allclose(found.toarray(), wanted, rtol=1e-12)
    assert found.nnz == ties.nnz


def test_holes_of_partly_overlapping_layers_in_shuffled_order_are_those_of_networkx():
    draw = np.random.default_rng(8)
    ids = [f"a{n}" for n in draw.permutation(40)]
    place = {actor: n for n, actor in enumerate(ids)}
    rows = {
        (*sorted((one, other), key=place.get), layer): draw.uniform(0.2, 5)
        for layer, some in (("x", ids[:25]), ("y", ids[15:38]))
        for one, other in draw.choice(some, (90, 2))
        if one != other
    }
    table = pd.DataFrame(
        [(*key, weight) for key, weight in rows.items()], columns=["source", "target", "layer", "weight"]
    )
    net = StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": ids, "name": ids, "kind": "comune"}),
        ties=table.sample(frac=1, random_state=1),
    )
    graph = nx.Graph()
    graph.add_nodes_from(ids)
    for one, other, _, weight in table.itertuples(index=False):
        graph.add_edge(one, other, weight=weight + graph.get_edge_data(one, other, {"weight": 0})["weight"])
    flat = flatten(net)
    wanted = pd.Series(nx.constraint(graph, weight="weight"))[ids]
    assert wanted.isna().sum() >= 2
    np.testing.assert_allclose(measures.constraint(flat).to_numpy(), wanted.to_numpy(), rtol=1e-9)
    # networkx takes another maximum; here is the formula of Burt, partner by partner
    strongest = {i: max((tie["weight"] for tie in graph[i].values()), default=0) for i in graph}
    for actor, size in measures.effective_size(flat).dropna().items():
        total = graph.degree(actor, weight="weight")
        redundant = sum(
            graph[actor][q]["weight"] / total * graph[j][q]["weight"] / strongest[j]
            for j in graph[actor]
            for q in set(graph[actor]) & set(graph[j])
        )
        assert size == pytest.approx(graph.degree(actor) - redundant, rel=1e-9)
