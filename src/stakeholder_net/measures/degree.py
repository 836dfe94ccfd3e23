"""With how many, and how much: degree and strength."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from stakeholder_net.errors import OptionError
from stakeholder_net.layers import adjacency
from stakeholder_net.measures._ties import actor_series, is_directed, pattern, ratio, symmetric
from stakeholder_net.network import StakeholderNetwork

__all__ = [
    "degree",
    "degree_in",
    "degree_out",
    "effort_degree",
    "mutuality",
    "strength",
    "strength_in",
    "strength_out",
]


def degree(net: StakeholderNetwork, *, normalized: bool = False) -> pd.Series:
    """With how many other actors is each actor tied?

    Reads as: "tied with seven organisations". It does not read as: "important".

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer. In a directed layer a tie in either direction makes a partner, counted once.
    normalized : bool
        Divide by the number of other actors.

    Returns
    -------
    pandas.Series of float64
        Named ``degree``; 0 without ties; NaN when normalised in a network of one actor.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Freeman, L. C. (1979). Centrality in social networks. Social Networks 1, 215-239.
    https://doi.org/10.1016/0378-8733(78)90021-7

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": ["comune"] * 3}),
    ...     ties=pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["partnership"], "weight": [2.0]}))
    >>> degree(net).to_dict()
    {'a': 1.0, 'b': 1.0, 'c': 0.0}
    """
    counts = pattern(symmetric(net, "degree", weighted=False)).sum(axis=1)
    return actor_series(net, _share(counts, net.n_actors) if normalized else counts, "degree")


def degree_in(net: StakeholderNetwork, *, normalized: bool = False) -> pd.Series:
    """From how many other actors does each actor receive a tie?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; in an undirected one this is the degree.
    normalized : bool
        Divide by the number of other actors.

    Returns
    -------
    pandas.Series of float64
        Named ``degree_in``.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    """
    counts = adjacency(net, weighted=False, measure="degree_in").sum(axis=0)
    return actor_series(net, _share(counts, net.n_actors) if normalized else counts, "degree_in")


def degree_out(net: StakeholderNetwork, *, normalized: bool = False) -> pd.Series:
    """To how many other actors does each actor send a tie?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; in an undirected one this is the degree.
    normalized : bool
        Divide by the number of other actors.

    Returns
    -------
    pandas.Series of float64
        Named ``degree_out``.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    """
    counts = adjacency(net, weighted=False, measure="degree_out").sum(axis=1)
    return actor_series(net, _share(counts, net.n_actors) if normalized else counts, "degree_out")


def strength(net: StakeholderNetwork) -> pd.Series:
    """How much is each actor tied, all its ties together?

    On ties projected with Newman's weight it is the number of events that the actor shared with anybody.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer. In a directed layer what is sent and what is received are added.

    Returns
    -------
    pandas.Series of float64
        Named ``strength``; 0 without ties.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Barrat, A., Barthelemy, M., Pastor-Satorras, R., Vespignani, A. (2004). The architecture of complex weighted
    networks. PNAS 101, 3747-3752. https://doi.org/10.1073/pnas.0400087101
    """
    return actor_series(net, symmetric(net, "strength").sum(axis=1), "strength")


def strength_in(net: StakeholderNetwork) -> pd.Series:
    """How much does each actor receive?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; in an undirected one this is the strength.

    Returns
    -------
    pandas.Series of float64
        Named ``strength_in``.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    """
    return actor_series(net, adjacency(net, measure="strength_in").sum(axis=0), "strength_in")


def strength_out(net: StakeholderNetwork) -> pd.Series:
    """How much does each actor give?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; in an undirected one this is the strength.

    Returns
    -------
    pandas.Series of float64
        Named ``strength_out``.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    """
    return actor_series(net, adjacency(net, measure="strength_out").sum(axis=1), "strength_out")


def effort_degree(net: StakeholderNetwork, *, alpha: float = 0.5) -> pd.Series:
    """How well tied is each actor, weighing many partners against strong ties?

    Degree to the power 1 - alpha times strength to the power alpha.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; in a directed layer a tie in either direction makes a partner.
    alpha : float
        0 counts partners only, 1 strength only.

    Returns
    -------
    pandas.Series of float64
        Named ``effort_degree``; 0 without ties.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    OptionError
        When `alpha` is below 0.

    References
    ----------
    Opsahl, T., Agneessens, F., Skvoretz, J. (2010). Node centrality in weighted networks: generalizing degree and
    shortest paths. Social Networks 32, 245-251. https://doi.org/10.1016/j.socnet.2010.03.006
    """
    if alpha < 0:
        raise OptionError(f"alpha={alpha} must not be below 0.")
    ties = symmetric(net, "effort_degree")
    partners, strong = np.diff(ties.indptr), np.asarray(ties.sum(axis=1))
    values = np.where(
        partners > 0, np.power(np.maximum(partners, 1), 1 - alpha) * np.power(strong, alpha), 0.0
    )
    return actor_series(net, values, "effort_degree")


def mutuality(net: StakeholderNetwork) -> pd.Series:
    """What share of each actor's partners is tied with it in both directions?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one directed layer.

    Returns
    -------
    pandas.Series of float64
        Named ``mutuality``; NaN without ties, and for all in an undirected layer, where the question makes no sense.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Wasserman, S., Faust, K. (1994). Social Network Analysis. Cambridge University Press, chapter 13.
    https://doi.org/10.1017/CBO9780511815478
    """
    arcs = adjacency(net, weighted=False, measure="mutuality")
    both = arcs.multiply(arcs.T).sum(axis=1)
    partners = np.diff(sparse.csr_array(arcs + arcs.T).indptr)
    return actor_series(net, ratio(both, partners) if is_directed(net) else np.nan, "mutuality")


def _share(counts: np.ndarray, n_actors: int) -> np.ndarray:
    return ratio(counts, n_actors - 1)
