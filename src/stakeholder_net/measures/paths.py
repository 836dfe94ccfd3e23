"""Who lies between, and who is near: betweenness and harmonic closeness."""

from __future__ import annotations

import numpy as np
import pandas as pd

from stakeholder_net.layers import adjacency
from stakeholder_net.measures._paths import distance_blocks, lengths_of, pair_dependencies
from stakeholder_net.measures._ties import actor_series, is_directed, ratio
from stakeholder_net.network import StakeholderNetwork

__all__ = ["betweenness", "harmonic", "harmonic_in", "harmonic_out"]


def betweenness(net: StakeholderNetwork, *, weighted: bool = True, normalized: bool = True) -> pd.Series:
    """Through whom do the shortest ways between the other actors pass?

    Reads as: "many ways between others pass through it; if it left, they would grow longer or break". It does not read
    as: "it controls the network": the measure knows ties, not intentions.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer. Ties of a directed layer are walked along their direction.
    weighted : bool
        A tie is as long as the inverse of its strength; else every tie has length 1. Equally short ways are compared
        with a relative tolerance of 1e-10, so strengths should not span more than nine powers of ten.
    normalized : bool
        Divide by the number of pairs of other actors: (n-1)(n-2)/2, ordered pairs when directed.

    Returns
    -------
    pandas.Series of float64
        Named ``betweenness``; between 0 and 1 when normalised, NaN then with fewer than three actors.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Freeman, L. C. (1977). A set of measures of centrality based on betweenness. Sociometry 40, 35-41.
    https://doi.org/10.2307/3033543
    Brandes, U. (2001). A faster algorithm for betweenness centrality. Journal of Mathematical Sociology 25, 163-177.
    https://doi.org/10.1080/0022250X.2001.9990249
    Newman, M. E. J. (2001). Scientific collaboration networks. II. Physical Review E 64, 016132.
    https://doi.org/10.1103/PhysRevE.64.016132

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": ["comune"] * 3}),
    ...     ties=pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "layer": "partnership", "weight": 1.0}))
    >>> betweenness(net).to_dict()
    {'a': 0.0, 'b': 1.0, 'c': 0.0}
    """
    strengths = adjacency(net, weighted=weighted, measure="betweenness")
    values = pair_dependencies(lengths_of(strengths))
    pairs = (net.n_actors - 1) * (net.n_actors - 2)
    if normalized:
        # an undirected pair was counted from both ends, above the line and below it
        return actor_series(net, ratio(values, max(pairs, 0)), "betweenness")
    return actor_series(net, values if is_directed(net) else values / 2, "betweenness")


def harmonic(net: StakeholderNetwork, *, weighted: bool = True) -> pd.Series:
    """How near is each actor to all the others?

    The mean over all other actors of the inverse distance, 0 for those that cannot be reached: the one closeness that
    stays sane in a network of several pieces. In a directed layer it is :func:`harmonic_out`.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer.
    weighted : bool
        A tie is as long as the inverse of its strength; else every tie has length 1.

    Returns
    -------
    pandas.Series of float64
        Named ``harmonic``; 1 is tied with all (unweighted); 0 for an actor without ties; NaN for a lone actor.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Marchiori, M., Latora, V. (2000). Harmony in the small-world. Physica A 285, 539-546.
    https://doi.org/10.1016/S0378-4371(00)00311-3

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": ["comune"] * 3}),
    ...     ties=pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "layer": "partnership", "weight": 1.0}))
    >>> harmonic(net).to_dict()
    {'a': 0.75, 'b': 1.0, 'c': 0.75}
    """
    return actor_series(net, _nearness(net, "harmonic", weighted=weighted, outgoing=True), "harmonic")


def harmonic_out(net: StakeholderNetwork, *, weighted: bool = True) -> pd.Series:
    """How quickly does each actor reach all the others, along the direction of the ties?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer.
    weighted : bool
        A tie is as long as the inverse of its strength; else every tie has length 1.

    Returns
    -------
    pandas.Series of float64
        Named ``harmonic_out``, as :func:`harmonic`.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    """
    return actor_series(net, _nearness(net, "harmonic_out", weighted=weighted, outgoing=True), "harmonic_out")


def harmonic_in(net: StakeholderNetwork, *, weighted: bool = True) -> pd.Series:
    """How quickly is each actor reached by all the others, along the direction of the ties?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer.
    weighted : bool
        A tie is as long as the inverse of its strength; else every tie has length 1.

    Returns
    -------
    pandas.Series of float64
        Named ``harmonic_in``, as :func:`harmonic`.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    """
    return actor_series(net, _nearness(net, "harmonic_in", weighted=weighted, outgoing=False), "harmonic_in")


def _nearness(net: StakeholderNetwork, measure: str, *, weighted: bool, outgoing: bool) -> np.ndarray:
    lengths = lengths_of(adjacency(net, weighted=weighted, measure=measure))
    total = np.zeros(net.n_actors)
    for sources, distances in distance_blocks(lengths):
        distances[np.arange(len(sources)), sources] = np.inf
        inverse = 1.0 / distances
        if outgoing:
            total[sources] = inverse.sum(axis=1)
        else:
            total += inverse.sum(axis=0)
    return ratio(total, net.n_actors - 1)
