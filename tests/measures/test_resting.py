"""PageRank of ties that go both ways, by conjugate gradients: what walking on and on would give, and networkx too."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from stakeholder_net.measures.spectral import resting, wandering


def some_ties(n: int, share: float, seed: int) -> sparse.csr_array:
    """Pieces, actors without ties, weights over six powers of ten."""
    draw = np.random.default_rng(seed)
    full = np.triu(draw.random((n, n)) < share, 1) * 10.0 ** draw.uniform(-3, 3, (n, n))
    return sparse.csr_array(full + full.T)


@pytest.mark.parametrize("damping", [0.0, 0.5, 0.85, 0.99])
@pytest.mark.parametrize(("n", "share"), [(1, 0.0), (6, 0.0), (2, 1.0), (40, 0.03), (60, 0.1), (60, 0.6)])
def test_it_rests_where_walking_on_and_on_would_end(n: int, share: float, damping: float) -> None:
    ties = some_ties(n, share, seed=n)
    found = resting(lambda x: ties @ x, ties.sum(axis=1), damping)
    assert found.sum() == pytest.approx(1, abs=1e-12)
    np.testing.assert_allclose(found, wandering(ties, ties.sum(axis=1), damping), rtol=1e-9)
    theirs = nx.pagerank(nx.from_scipy_sparse_array(ties), alpha=damping, tol=1e-13 / n, max_iter=100_000)
    np.testing.assert_allclose(
        found, [theirs[actor] for actor in range(n)], rtol=0, atol=1e-13 / (1 - damping)
    )


def test_networks_side_by_side_do_not_disturb_each_other() -> None:
    several = [some_ties(30, share, seed) for seed, share in enumerate((0.0, 0.05, 0.2, 0.9))]
    given = np.column_stack([ties.sum(axis=1) for ties in several])
    together = resting(
        lambda x: np.column_stack([ties @ x[:, column] for column, ties in enumerate(several)]), given
    )
    for column, ties in enumerate(several):
        alone = resting(lambda x, ties=ties: ties @ x, given[:, column])
        np.testing.assert_allclose(together[:, column], alone, rtol=1e-12)
