"""The five roles: by hand, by a triple loop, and under their nulls."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stakeholder_net import OptionError, StakeholderNetwork
from stakeholder_net.measures import brokerage, brokerage_totals
from stakeholder_net.measures._roles import ROLES, actor_moments, network_moments


def network(arcs: np.ndarray, groups: list[str], *, directed: bool = True) -> StakeholderNetwork:
    ids = [f"a{i:02}" for i in range(len(groups))]
    row, column = np.nonzero(arcs)
    return StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": ids, "name": ids, "kind": groups}),
        ties=pd.DataFrame(
            {"source": [ids[i] for i in row], "target": [ids[j] for j in column], "layer": "x", "weight": 1.0}
        ),
        layers=pd.DataFrame({"layer": ["x"], "directed": [directed]}),
    )


def loop(arcs: np.ndarray, groups: list[str]) -> np.ndarray:
    n = len(groups)
    counts = np.zeros((n, 6))
    for v in range(n):
        for i in range(n):
            for k in range(n):
                if len({i, v, k}) == 3 and arcs[i, v] and arcs[v, k] and not arcs[i, k]:
                    a, b, c = groups[i], groups[v], groups[k]
                    if a == b == c:
                        role = 0
                    elif a == c:
                        role = 1
                    elif a == b:
                        role = 2
                    elif b == c:
                        role = 3
                    else:
                        role = 4
                    counts[v, [role, 5]] += 1
    return counts


@pytest.mark.parametrize("seed", range(5))
def test_a_triple_loop_agrees(seed: int, monkeypatch) -> None:
    rng = np.random.default_rng(seed)
    arcs = rng.random((11, 11)) < 0.3
    np.fill_diagonal(arcs, val=False)
    groups = list(rng.choice(["p", "q", "r"], 11))
    table = brokerage(network(arcs, groups), null="none")
    assert table.to_numpy() == pytest.approx(loop(arcs, groups))
    monkeypatch.setattr("stakeholder_net.measures._roles.MOST_PATHS", 7)
    assert brokerage(network(arcs, groups), null="none").equals(table)
    assert brokerage_totals(network(arcs, groups))["count"].to_list() == table.sum().to_list()


def test_undirected_pairs_count_once() -> None:
    star = np.zeros((4, 4))
    star[0, 1:] = 1
    table = brokerage(network(star, ["p", "p", "q", "r"], directed=False), null="none")
    # pairs of leaves: pq and pr hold one of the broker's own group, qr none
    assert table.loc["a00"].to_list() == [0, 0, 1, 1, 1, 3]
    assert (table.iloc[1:] == 0).all().all()
    with pytest.raises(OptionError, match="relabelling"):
        brokerage(network(star, list("ppqr"), directed=False), null="bernoulli")


@pytest.mark.parametrize("sizes", [[4], [2, 2], [1, 3], [1, 1, 2], [1, 2, 2]])
def test_moments_by_going_through_all_digraphs_of_a_kind(sizes: list[int]) -> None:
    """Every digraph of so many actors is too much; a large sample must lie within five standard errors."""
    rng = np.random.default_rng(1)
    groups = np.repeat(np.arange(len(sizes)), sizes)
    n, density, draws = len(groups), 0.4, 3000
    seen = np.zeros((draws, n, 6))
    for draw in range(draws):
        arcs = rng.random((n, n)) < density
        np.fill_diagonal(arcs, val=False)
        seen[draw] = loop(arcs, list(groups))
    whole = seen.sum(axis=1)
    mean, sd = network_moments(np.array(sizes), density)
    assert np.abs(whole.mean(axis=0) - mean) == pytest.approx(np.zeros(6), abs=5 * sd.max() / np.sqrt(draws))
    assert whole.std(axis=0) == pytest.approx(sd, rel=0.1, abs=1e-12)
    mean, sd = actor_moments(np.array(sizes), density)
    assert np.abs(seen.mean(axis=0) - mean[:, groups].T).max() <= 5 * sd.max() / np.sqrt(draws)
    assert seen.std(axis=0) == pytest.approx(sd[:, groups].T, rel=0.15, abs=1e-12)


def test_the_mean_over_relabellings_is_exact_and_the_seed_decides() -> None:
    rng = np.random.default_rng(3)
    arcs = rng.random((10, 10)) < 0.35
    np.fill_diagonal(arcs, val=False)
    net = network(arcs, list("ppppqqqrrr"))
    one, same, other = (brokerage(net, permutations=400, seed=seed) for seed in (5, 5, 6))
    pd.testing.assert_frame_equal(one, same)
    assert not one.equals(other)
    shuffled = [loop(arcs, list(rng.permutation(list("ppppqqqrrr")))) for _ in range(400)]
    for place, role in enumerate(ROLES[:-1]):
        error = 5 * one[f"{role}_sd"].max() / np.sqrt(400)
        assert np.mean(shuffled, axis=0)[:, place] == pytest.approx(
            one[f"{role}_expected"].to_numpy(), abs=error
        )
        assert one[f"{role}_p"].between(2 / 401, 1).all()
    assert one["total_z"].isna().all()  # the total does not depend on the groups


def test_nobody_to_broker_between(gallery) -> None:
    for name in ("empty", "one_actor", "two_strangers"):
        table = brokerage(gallery[name]())
        assert len(table) == gallery[name]().n_actors
        assert (table[list(ROLES)] == 0).all().all()
