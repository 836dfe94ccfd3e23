"""Structural holes: Burt's constraint, effective size, efficiency and hierarchy."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from stakeholder_net.measures._ties import actor_series, pattern, ratio, symmetric
from stakeholder_net.measures._triangles import by_third_actors
from stakeholder_net.network import StakeholderNetwork

__all__ = ["constraint", "effective_size", "efficiency", "hierarchy"]


def constraint(net: StakeholderNetwork, *, weighted: bool = True) -> pd.Series:
    """How far is each actor shut in among partners who are tied to each other?

    The sum over partners j of (p_ij + sum_q p_iq p_qj)^2, p_ij being the share of i's ties that goes to j.

    Reads as: "its partners know each other already; it has few openings to bring new people together". It does not
    read as: "it is weak". It may exceed 1.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; the two directions of a directed one are added up.
    weighted : bool
        Use the strength of ties; else every tie counts 1.

    Returns
    -------
    pandas.Series of float64
        Named ``constraint``; NaN without ties, 1 with one partner. A low value is a position between others.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Burt, R. S. (1992). Structural Holes. Harvard University Press, chapter 2.
    https://doi.org/10.4159/9780674038714

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": ["comune"] * 3}),
    ...     ties=pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "layer": "partnership", "weight": 1.0}))
    >>> constraint(net).to_dict()
    {'a': 1.0, 'b': 0.5, 'c': 1.0}
    """
    ties = symmetric(net, "constraint", weighted=weighted)
    values = _dyadic_constraint(ties).sum(axis=1)
    return actor_series(net, np.where(ties.sum(axis=1) > 0, values, np.nan), "constraint")


def effective_size(net: StakeholderNetwork, *, weighted: bool = True) -> pd.Series:
    """How many partners does each actor have that do not merely repeat each other?

    The sum over partners j of 1 - sum_q p_iq m_jq, m_jq being the tie of j and q over the strongest tie of j. Without
    weights this is n - 2t/n, n being the partners and t the ties among them.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; the two directions of a directed one are added up.
    weighted : bool
        Use the strength of ties; else every tie counts 1.

    Returns
    -------
    pandas.Series of float64
        Named ``effective_size``; NaN without ties, 1 with one partner.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Burt, R. S. (1992). Structural Holes. Harvard University Press, chapter 2.
    https://doi.org/10.4159/9780674038714
    Borgatti, S. P. (1997). Structural holes: unpacking Burt's redundancy measures. Connections 20, 35-38.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": ["comune"] * 3}),
    ...     ties=pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "layer": "partnership", "weight": 1.0}))
    >>> effective_size(net).to_dict()
    {'a': 1.0, 'b': 2.0, 'c': 1.0}
    """
    return actor_series(
        net, _effective_size(symmetric(net, "effective_size", weighted=weighted)), "effective_size"
    )


def efficiency(net: StakeholderNetwork, *, weighted: bool = True) -> pd.Series:
    """What share of each actor's partners is not redundant?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; the two directions of a directed one are added up.
    weighted : bool
        Use the strength of ties; else every tie counts 1.

    Returns
    -------
    pandas.Series of float64
        Named ``efficiency``: effective size over number of partners; NaN without ties.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Burt, R. S. (1992). Structural Holes. Harvard University Press, chapter 2.
    https://doi.org/10.4159/9780674038714
    """
    ties = symmetric(net, "efficiency", weighted=weighted)
    return actor_series(net, ratio(_effective_size(ties), pattern(ties).sum(axis=1)), "efficiency")


def hierarchy(net: StakeholderNetwork, *, weighted: bool = True) -> pd.Series:
    """Does each actor's constraint come from one partner or from all alike?

    The Coleman-Theil index of the constraints c_ij: sum r ln r / (N ln N), r = c_ij / (C / N).

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; the two directions of a directed one are added up.
    weighted : bool
        Use the strength of ties; else every tie counts 1.

    Returns
    -------
    pandas.Series of float64
        Named ``hierarchy``; 0 all alike, 1 all in one (and, by convention, with one partner); NaN without ties.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Burt, R. S. (1992). Structural Holes. Harvard University Press, chapter 2.
    https://doi.org/10.4159/9780674038714
    """
    ties = symmetric(net, "hierarchy", weighted=weighted)
    partners = pattern(ties).sum(axis=1)
    dyadic = _dyadic_constraint(ties)
    mean = ratio(dyadic.sum(axis=1), partners)
    row = dyadic.tocoo().row
    relative = dyadic.data / mean[row]
    total = np.bincount(row, weights=relative * np.log(relative), minlength=net.n_actors)
    values = ratio(total, partners * np.log(np.maximum(partners, 1)))
    return actor_series(net, np.where(partners == 1, 1.0, values), "hierarchy")


def _dyadic_constraint(ties: sparse.csr_array) -> sparse.csr_array:
    """Return c_ij for the partners j of i."""
    per_strength = sparse.diags_array(_inverse(ties.sum(axis=1)))
    # p_iq p_qj is w_iq w_qj over the strengths of i and q, and the same both ways but for that of i
    indirect = by_third_actors(ties, per_strength.diagonal())
    return sparse.csr_array(sparse.csr_array(per_strength @ (ties + indirect)).power(2))


def _effective_size(ties: sparse.csr_array) -> np.ndarray:
    strongest = ties.max(axis=1).toarray().ravel() if ties.nnz else np.zeros(ties.shape[0])
    partners = pattern(ties).sum(axis=1)
    common = by_third_actors(ties, np.ones(ties.shape[0]))
    redundant = (common @ _inverse(strongest)) * _inverse(ties.sum(axis=1))
    return np.where(partners > 0, partners - redundant, np.nan)


def _inverse(values: np.ndarray) -> np.ndarray:
    return np.asarray(np.divide(1.0, values, out=np.zeros(len(values)), where=values > 0))
