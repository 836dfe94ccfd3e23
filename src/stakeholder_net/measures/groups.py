"""Across groups of actors: with how many kinds, sectors or municipalities each one is tied."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from stakeholder_net.measures._ties import actor_series, groups_of, pattern, ratio, symmetric
from stakeholder_net.network import StakeholderNetwork

__all__ = ["group_participation"]


def group_participation(net: StakeholderNetwork, *, by: str = "kind") -> pd.Series:
    """Are each actor's partners spread over the groups, or do they all belong to one?

    P = 1 - sum over groups of (k_group / k)^2. Not to be taken for :func:`participation`, which is about layers.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; in a directed layer a tie in either direction makes a partner.
    by : str
        Column of the actors that names the group; an empty cell is a group of its own.

    Returns
    -------
    pandas.Series of float64
        Named ``group_participation``; 0 all partners in one group; NaN without ties.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    UnknownNameError
        When the actors have no column `by`.

    References
    ----------
    Guimera, R., Amaral, L. A. N. (2005). Functional cartography of complex metabolic networks. Nature 433, 895-900.
    https://doi.org/10.1038/nature03288

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"],
    ...                          "kind": ["comune", "coop_sociale", "ets_odv"]}),
    ...     ties=pd.DataFrame({"source": ["a", "a"], "target": ["b", "c"], "layer": "partnership", "weight": 1.0}))
    >>> group_participation(net).to_dict()
    {'a': 0.5, 'b': 0.0, 'c': 0.0}
    """
    counts = ties_to_groups(net, by, "group_participation")
    share = ratio(counts, counts.sum(axis=1, keepdims=True))
    return actor_series(
        net, 1.0 - (share**2).sum(axis=1) if counts.shape[1] else np.nan, "group_participation"
    )


def ties_to_groups(net: StakeholderNetwork, by: str, measure: str) -> np.ndarray:
    """Return how many partners each actor has in each group, shape (n_actors, n_groups)."""
    codes, labels = groups_of(net, by)
    member = sparse.csr_array(
        (np.ones(len(codes)), (np.arange(len(codes)), codes)), shape=(len(codes), len(labels))
    )
    return np.asarray((pattern(symmetric(net, measure, weighted=False)) @ member).toarray())
