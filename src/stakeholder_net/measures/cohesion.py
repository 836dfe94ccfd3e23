"""How closely an actor's surroundings hold together: clustering and cores."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse

from stakeholder_net._checks import check_option
from stakeholder_net.layers import adjacency
from stakeholder_net.measures._ties import actor_series, pattern, ratio, row_blocks, symmetric
from stakeholder_net.network import StakeholderNetwork

__all__ = ["clustering", "core"]


def clustering(net: StakeholderNetwork, *, weighted: bool = False) -> pd.Series:
    """What share of the pairs of each actor's partners is tied?

    On ties that were projected from events this is high by construction: whoever sat at one table is tied with all who
    sat there. Compare :func:`two_mode_clustering`.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; in a directed layer a tie in either direction makes a partner.
    weighted : bool
        Weigh each tied pair by the actor's own two ties to it (Barrat).

    Returns
    -------
    pandas.Series of float64
        Named ``clustering``, between 0 and 1; NaN with fewer than two partners.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Watts, D. J., Strogatz, S. H. (1998). Collective dynamics of small-world networks. Nature 393, 440-442.
    https://doi.org/10.1038/30918
    Barrat, A., Barthelemy, M., Pastor-Satorras, R., Vespignani, A. (2004). The architecture of complex weighted
    networks. PNAS 101, 3747-3752. https://doi.org/10.1073/pnas.0400087101

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": ["comune"] * 3}),
    ...     ties=pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "layer": "partnership", "weight": 1.0}))
    >>> clustering(net).to_dict()
    {'a': nan, 'b': 0.0, 'c': nan}
    """
    strengths = symmetric(net, "clustering")
    tied = pattern(strengths)
    own = strengths if weighted else tied
    partners = tied.sum(axis=1)
    closed = np.zeros(net.n_actors)
    for rows in row_blocks(net.n_actors, net.n_actors):
        # each closed pair (j, h) is met from j and from h, so that the two ties of the actor are both weighed
        closed[rows] = (tied[rows] @ tied).multiply(own[rows]).sum(axis=1)
    possible = own.sum(axis=1) * (partners - 1)
    return actor_series(net, ratio(closed, possible), "clustering")


def core(net: StakeholderNetwork, *, direction: Literal["all", "in", "out"] = "all") -> pd.Series:
    """How deep in the densely tied core of the network does each actor lie?

    An actor of core k belongs to a group in which everybody is tied with at least k others of the group.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer. In a directed layer arcs in both directions are counted, a mutual tie twice.
    direction : {"all", "in", "out"}
        Which arcs of a directed layer count.

    Returns
    -------
    pandas.Series of float64
        Named ``core``; 0 without ties.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5, 269-287.
    https://doi.org/10.1016/0378-8733(83)90028-X
    """
    check_option("direction", direction, ("all", "in", "out"))
    arcs = adjacency(net, weighted=False, measure="core")
    counted = {"out": arcs, "in": sparse.csr_array(arcs.T), "all": symmetric(net, "core", weighted=False)}
    return actor_series(net, _peel(counted[direction]), "core")


def _peel(arcs: sparse.csr_array) -> np.ndarray:
    """Return core numbers: take away the least tied, and whoever becomes so, level by level."""
    alive = np.ones(arcs.shape[0], dtype=bool)
    cores = np.zeros(arcs.shape[0])
    level = 0.0
    while alive.any():
        degree = arcs @ alive.astype("float64")
        weak = alive & (degree <= level)
        if weak.any():
            cores[weak] = level
            alive &= ~weak
        else:
            level = float(degree[alive].min())
    return cores
