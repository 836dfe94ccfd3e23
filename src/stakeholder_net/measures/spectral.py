"""Tied with those who are well tied: eigenvector, PageRank, hubs and authorities."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph, linalg

from stakeholder_net._checks import shown
from stakeholder_net.errors import OptionError
from stakeholder_net.layers import adjacency
from stakeholder_net.measures._ties import actor_series, is_directed, ratio, symmetric
from stakeholder_net.network import StakeholderNetwork

__all__ = ["authority", "eigenvector", "hub", "pagerank"]

DENSE_UP_TO = 64
"""Below so many actors a full eigenvalue decomposition is quicker than an iteration, and as exact as can be."""
GAP = 1e-9
DRIFT = 1e-14
MOST_ROUNDS = 10_000
TINY = np.finfo("float64").tiny


def eigenvector(net: StakeholderNetwork, *, weighted: bool = True) -> pd.Series:
    """How well is each actor tied with those who are well tied themselves?

    Reads as: "its partners are themselves among the most tied". It does not read as: "it is powerful".

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; the two directions of a directed one are added up.
    weighted : bool
        Use the strength of ties; else every tie counts 1.

    Returns
    -------
    pandas.Series of float64
        Named ``eigenvector``; the greatest value is 1. NaN outside the largest component, where the measure says
        nothing, and for all when two components share that rank or there is no tie.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Bonacich, P. (1972). Factoring and weighting approaches to status scores and clique identification. Journal of
    Mathematical Sociology 2, 113-120. https://doi.org/10.1080/0022250X.1972.9989806

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": ["comune"] * 3}),
    ...     ties=pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "layer": "partnership", "weight": 1.0}))
    >>> eigenvector(net).round(4).to_dict()
    {'a': 0.7071, 'b': 1.0, 'c': 0.7071}
    """
    ties = symmetric(net, "eigenvector", weighted=weighted)
    values = np.full(net.n_actors, np.nan)
    _, component = csgraph.connected_components(ties, directed=False)
    sizes = np.bincount(component) if len(component) else np.zeros(1)
    if sizes.max() > 1 and (sizes == sizes.max()).sum() == 1:
        inside = np.flatnonzero(component == sizes.argmax())
        part = ties[inside][:, inside]
        values[inside] = leading_vector(len(inside), lambda x: part @ x)
    return actor_series(net, values, "eigenvector")


def pagerank(net: StakeholderNetwork, *, weighted: bool = True, damping: float = 0.85) -> pd.Series:
    """Where does one end up who wanders along the ties and now and then starts anew anywhere?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; ties of a directed layer are followed along their direction.
    weighted : bool
        Follow strong ties more often; else all alike.
    damping : float
        Chance of going on along a tie rather than starting anew. Whoever has no tie to follow starts anew.

    Returns
    -------
    pandas.Series of float64
        Named ``pagerank``; the values add up to 1.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    OptionError
        When `damping` does not lie between 0 and 1.

    References
    ----------
    Brin, S., Page, L. (1998). The anatomy of a large-scale hypertextual web search engine. Computer Networks 30,
    107-117. https://doi.org/10.1016/S0169-7552(98)00110-X
    """
    if not 0 <= damping < 1:
        raise OptionError(f"damping={shown(damping)} must lie between 0 and 1, for instance 0.85.")
    ties = adjacency(net, weighted=weighted, measure="pagerank")
    given = np.asarray(ties.sum(axis=1))
    if not is_directed(net):
        return actor_series(net, resting(lambda x: ties @ x, given, damping), "pagerank")
    return actor_series(net, wandering(sparse.csr_array(ties.T), given, damping), "pagerank")


def resting(
    times: Callable[[np.ndarray], np.ndarray], given: np.ndarray, damping: float = 0.85
) -> np.ndarray:
    """Return :func:`pagerank` of ties that go both ways, for one network or for many of the same actors.

    With as much given as taken the question is a symmetric one, which conjugate gradients answer in half the products.

    Parameters
    ----------
    times : callable
        From numbers of the actors to what comes to each over its ties; one column a network.
    given : numpy.ndarray, shape (n_actors,) or (n_actors, n_networks)
        Strength of each actor.
    damping : float
        Chance of going on along a tie.

    References
    ----------
    Hestenes, M. R., Stiefel, E. (1952). Methods of conjugate gradients for solving linear systems. Journal of Research
    of the National Bureau of Standards 49, 409-436. https://doi.org/10.6028/jres.049.044
    """
    n, total, root = len(given), given.sum(axis=0), np.sqrt(given)
    share = np.nan_to_num(ratio(1.0, root))
    onward = damping * share
    values = (
        np.nan_to_num(ratio(n / (1 - damping), total)) * root
    )  # as if those who start anew followed the ties too
    rest = share - values + onward * times(share * values)
    way, left = rest.copy(), (rest * rest).sum(axis=0)
    for _ in range(MOST_ROUNDS):
        if (np.sqrt(left * total) * (1 - damping) <= DRIFT * n).all():
            break
        turned = times(share * way)
        turned *= onward
        np.subtract(way, turned, out=turned)
        step = left / np.maximum((way * turned).sum(axis=0), TINY)
        values += step * way
        turned *= step
        rest -= turned
        before, left = left, (rest * rest).sum(axis=0)
        way *= left / np.maximum(before, TINY)
        way += rest
    # whoever has no tie has what everybody has who starts anew
    values = np.where(given > 0, root * values, 1.0)
    return np.asarray(values / values.sum(axis=0))


def wandering(towards: sparse.csr_array, given: np.ndarray, damping: float = 0.85) -> np.ndarray:
    """Return :func:`pagerank` by who gives what to whom, in the rows of whoever gets it, and all that each gives."""
    n = len(given)
    share, stuck = damping * np.nan_to_num(ratio(1.0, given)), np.flatnonzero(given == 0)
    values = np.full(n, 1.0 / max(n, 1))
    for _ in range(MOST_ROUNDS):
        anew = (damping * values[stuck].sum() + 1 - damping) / max(n, 1)
        new = towards @ (share * values) + anew
        drift = np.abs(new - values).sum()
        values = new
        if drift < DRIFT:
            break
    return values / values.sum() if n else values


def hub(net: StakeholderNetwork, *, weighted: bool = True) -> pd.Series:
    """How far does each actor point to those to whom many point?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; meant for a directed one.
    weighted : bool
        Use the strength of ties; else every tie counts 1.

    Returns
    -------
    pandas.Series of float64
        Named ``hub``; the greatest value is 1; NaN for all when there is no tie or no single answer.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Kleinberg, J. M. (1999). Authoritative sources in a hyperlinked environment. Journal of the ACM 46, 604-632.
    https://doi.org/10.1145/324133.324140
    """
    ties = adjacency(net, weighted=weighted, measure="hub")
    values = leading_vector(net.n_actors, lambda x: ties @ (ties.T @ x)) if ties.nnz else np.nan
    return actor_series(net, values, "hub")


def authority(net: StakeholderNetwork, *, weighted: bool = True) -> pd.Series:
    """How far is each actor one to whom those point who know where to point?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; meant for a directed one.
    weighted : bool
        Use the strength of ties; else every tie counts 1.

    Returns
    -------
    pandas.Series of float64
        Named ``authority``; the greatest value is 1; NaN for all when there is no tie or no single answer.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Kleinberg, J. M. (1999). Authoritative sources in a hyperlinked environment. Journal of the ACM 46, 604-632.
    https://doi.org/10.1145/324133.324140
    """
    ties = adjacency(net, weighted=weighted, measure="authority")
    values = leading_vector(net.n_actors, lambda x: ties.T @ (ties @ x)) if ties.nnz else np.nan
    return actor_series(net, values, "authority")


def leading_vector(n: int, times: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Return the leading eigenvector of a symmetric map, scaled to a maximum of 1; NaN when it is not single."""
    if n <= DENSE_UP_TO:
        roots, vectors = np.linalg.eigh(times(np.eye(n)))
    else:
        start = times(np.ones(n)) + 1.0
        operator = linalg.LinearOperator((n, n), matvec=times, dtype="float64")
        roots, vectors = linalg.eigsh(operator, k=2, which="LA", v0=start, tol=0)
        order = np.argsort(roots)
        roots, vectors = roots[order], vectors[:, order]
    if n > 1 and roots[-1] - roots[-2] <= GAP * max(1.0, abs(roots[-1])):
        return np.full(n, np.nan)
    first = vectors[:, -1]
    # rounding leaves minute values of either sign where there is none
    first = np.where(np.abs(first) < DRIFT * 100, 0.0, np.abs(first))
    return np.asarray(first / first.max())
