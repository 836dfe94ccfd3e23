"""Who lies between, and who is near: betweenness and harmonic closeness."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse

from stakeholder_net._checks import check_option
from stakeholder_net.errors import OptionError
from stakeholder_net.layers import adjacency, incidence, two_mode_layers
from stakeholder_net.measures._bitsets import hop_counts
from stakeholder_net.measures._paths import distance_blocks, lengths_of, pair_dependencies, thinned
from stakeholder_net.measures._ties import actor_series, is_directed, ratio
from stakeholder_net.network import StakeholderNetwork

__all__ = ["betweenness", "closeness", "eccentricity", "harmonic", "harmonic_in", "harmonic_out", "reach"]


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


def closeness(
    net: StakeholderNetwork,
    *,
    weighted: bool = True,
    over: Literal["wasserman_faust", "component", "network"] = "wasserman_faust",
) -> pd.Series:
    """How short are the ways from each actor to the others, on average?

    The inverse of the mean distance. Prefer :func:`harmonic`: closeness has no single good answer as soon as somebody
    cannot be reached, and others' tools give different ones.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; ties of a directed layer are followed along their direction.
    weighted : bool
        A tie is as long as the inverse of its strength; else every tie has length 1.
    over : {"wasserman_faust", "component", "network"}
        ``wasserman_faust``: inverse mean distance to those who can be reached, times the share of the others who can
        (0 when nobody can). ``component``: without that factor; NaN when nobody can be reached. ``network``: NaN as
        soon as somebody cannot be reached.

    Returns
    -------
    pandas.Series of float64
        Named ``closeness``; NaN for a lone actor.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    OptionError
        When `over` is none of the three.

    References
    ----------
    Freeman, L. C. (1979). Centrality in social networks. Social Networks 1, 215-239.
    https://doi.org/10.1016/0378-8733(78)90021-7
    Wasserman, S., Faust, K. (1994). Social Network Analysis. Cambridge University Press, chapter 5.
    https://doi.org/10.1017/CBO9780511815478
    """
    check_option("over", over, ("wasserman_faust", "component", "network"))
    total, reached = np.zeros(net.n_actors), np.zeros(net.n_actors)
    ties = adjacency(net, weighted=weighted, measure="closeness")
    if weighted:
        for sources, distances in distance_blocks(thinned(lengths_of(ties))):
            near = np.isfinite(distances)
            reached[sources] = near.sum(axis=1) - 1
            total[sources] = np.where(near, distances, 0.0).sum(axis=1)
    else:
        for steps, count in enumerate(_others(net, ties), 1):
            reached, total = reached + count, total + steps * count
    values = ratio(reached, total)
    others = net.n_actors - 1
    if over == "wasserman_faust":
        values = np.where(reached > 0, values, 0.0) * ratio(reached, np.full(net.n_actors, others))
    elif over == "network":
        values = np.where(reached == others, values, np.nan)
    return actor_series(net, values, "closeness")


def eccentricity(net: StakeholderNetwork, *, weighted: bool = False) -> pd.Series:
    """How far away is the farthest actor that each actor can reach at all?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; ties of a directed layer are followed along their direction.
    weighted : bool
        A tie is as long as the inverse of its strength; else every tie has length 1.

    Returns
    -------
    pandas.Series of float64
        Named ``eccentricity``; 0 for an actor that reaches nobody.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Harary, F., Norman, R. Z. (1953). The dissimilarity characteristic of Husimi trees. Annals of Mathematics 58,
    134-141. https://doi.org/10.2307/1969824
    """
    values = np.zeros(net.n_actors)
    ties = adjacency(net, weighted=weighted, measure="eccentricity")
    if weighted:
        for sources, distances in distance_blocks(thinned(lengths_of(ties))):
            values[sources] = np.where(np.isfinite(distances), distances, 0.0).max(axis=1)
    else:
        for steps, count in enumerate(_others(net, ties), 1):
            values[count > 0] = steps
    return actor_series(net, values, "eccentricity")


def reach(net: StakeholderNetwork, *, steps: int = 2) -> pd.Series:
    """How many others does each actor reach in a few steps?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; ties of a directed layer are followed along their direction.
    steps : int
        Number of ties that may be followed.

    Returns
    -------
    pandas.Series of float64
        Named ``reach``; 0 without ties.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    OptionError
        When `steps` is below 1.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. Computational and Mathematical
    Organization Theory 12, 21-34. https://doi.org/10.1007/s10588-006-7084-x
    """
    if steps < 1:
        raise OptionError(f"steps={steps} must be at least 1.")
    counts = _others(net, adjacency(net, weighted=False, measure="reach"))
    return actor_series(net, sum(counts[:steps], np.zeros(net.n_actors)), "reach")


def _nearness(net: StakeholderNetwork, measure: str, *, weighted: bool, outgoing: bool) -> np.ndarray:
    ties = adjacency(net, weighted=weighted, measure=measure)
    total = np.zeros(net.n_actors)
    if not weighted:
        for steps, count in enumerate(_others(net, ties if outgoing else sparse.csr_array(ties.T)), 1):
            total += count / steps
        return ratio(total, net.n_actors - 1)
    for sources, distances in distance_blocks(thinned(lengths_of(ties))):
        distances[np.arange(len(sources)), sources] = np.inf
        inverse = 1.0 / distances
        if outgoing:
            total[sources] = inverse.sum(axis=1)
        else:
            total += inverse.sum(axis=0)
    return ratio(total, net.n_actors - 1)


def _others(net: StakeholderNetwork, ties: sparse.csr_array) -> list[np.ndarray]:
    """Return how many others each actor reaches in 1, 2... steps; by way of the events where ties come from them."""
    layer = net.layer_names[0] if len(net.layer_names) == 1 else ""
    seats = incidence(net, layer) if layer in two_mode_layers(net) and not is_directed(net) else None
    return hop_counts(ties, seats, sure=layer in net._met)[1:]  # noqa: SLF001 - what project() knew
