"""Layer beside layer: how far they tell the same story."""

from __future__ import annotations

import itertools
from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from stakeholder_net._checks import check_option, unknown_name
from stakeholder_net.errors import OptionError
from stakeholder_net.layers import adjacency
from stakeholder_net.measures._frames import figure_table
from stakeholder_net.measures._moments import matched_moments, permuted_products
from stakeholder_net.measures._paths import distance_blocks
from stakeholder_net.measures._ties import layer_patterns, pattern, presence_grid, ratio, symmetric
from stakeholder_net.network import StakeholderNetwork

__all__ = ["compare_layers", "layer_summary", "qap_correlation"]

Absent = Literal["missing", "zero"]
NO_SPREAD = 1e-12


def layer_summary(net: StakeholderNetwork) -> pd.DataFrame:
    """How large, how dense and how well connected is each layer?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one or more layers.

    Returns
    -------
    pandas.DataFrame
        Index the layers; ``actors`` (that belong to it), ``ties``, ``directed``, ``components`` and ``largest``
        (directions left aside), ``density`` (among its actors), ``transitivity``, and ``mean_distance`` and
        ``diameter`` in its largest component (along the direction of the ties, pairs that can reach each other).

    References
    ----------
    Dickison, M. E., Magnani, M., Rossi, L. (2016). Multilayer Social Networks. Cambridge University Press, chapter 3.
    https://doi.org/10.1017/CBO9781139941907
    """
    rows = []
    present = presence_grid(net)
    for place, name in enumerate(net.layer_names):
        inside = np.flatnonzero(present[:, place])
        layer = net.layer(name)
        arcs = adjacency(layer, weighted=False)[inside][:, inside]
        directed = bool(net.layers.loc[name, "directed"])
        n, ties = len(inside), layer.n_ties
        both = pattern(sparse.csr_array(arcs + arcs.T))
        count, component = csgraph.connected_components(both, directed=False)
        sizes = np.bincount(component, minlength=1)
        core = np.flatnonzero(component == sizes.argmax())
        mean, longest = distance_figures(arcs[core][:, core])
        density = float(ratio(ties, n * (n - 1) / (1 if directed else 2)))
        closed = float(transitivity_of(both))
        rows.append((n, ties, directed, count, int(sizes.max()) if n else 0, density, closed, mean, longest))
    columns = [
        "actors",
        "ties",
        "directed",
        "components",
        "largest",
        "density",
        "transitivity",
        "mean_distance",
    ]
    return pd.DataFrame(rows, columns=[*columns, "diameter"], index=pd.Index(net.layer_names, name="layer"))


def compare_layers(net: StakeholderNetwork, *, absent: Absent = "missing") -> pd.DataFrame:
    """How far do two layers tie the same actors and the same pairs?

    Directed layers are compared by whether a pair is tied in either direction.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of several layers.
    absent : {"missing", "zero"}
        How an actor that does not belong to a layer is read. ``missing``: what concerns all pairs, and degrees, is
        computed over the actors that belong to both layers. ``zero``: over all actors of the network, as if those who
        are absent were there without ties.

    Returns
    -------
    pandas.DataFrame
        One row a pair of layers: ``layer_a``, ``layer_b``, ``actors_a``, ``actors_b``, ``jaccard_actors``,
        ``coverage_actors_a`` (share of a's actors that are in b) and ``_b``; ``ties_a``, ``ties_b``, ``shared``,
        ``jaccard``, ``dice``, ``coverage_a`` (share of a's ties that are in b) and ``_b``, ``kulczynski`` (mean of the
        two); over ``actors`` actors: ``expected_shared`` and ``p_more`` (if ties fell on pairs at random),
        ``simple_matching``, ``russell_rao``, ``hamann``, ``phi`` (correlation over pairs); ``jaccard_triangles``; of
        degrees: ``pearson``, ``spearman``, ``kendall``, ``degree_dissimilarity``, ``degree_kl_a`` (from a to b, one
        added to each class) and ``_b``, ``degree_jeffrey`` (classes in which both have actors).

    Raises
    ------
    OptionError
        When `absent` is neither of the two.

    References
    ----------
    Brodka, P., Chmiel, A., Magnani, M., Ragozini, G. (2018). Quantifying layer similarity in multiplex networks: a
    systematic study. Royal Society Open Science 5, 171747. https://doi.org/10.1098/rsos.171747
    """
    check_option("absent", absent, ("missing", "zero"))
    patterns = layer_patterns(net)
    present = presence_grid(net)
    degrees = {name: np.asarray(ties.sum(axis=1)) for name, ties in patterns.items()}
    triangles = {name: triangles_of(ties) for name, ties in patterns.items()}
    rows = []
    for (i, a), (j, b) in itertools.combinations(enumerate(net.layer_names), 2):
        both = present[:, i] & present[:, j] if absent == "missing" else np.ones(net.n_actors, dtype=bool)
        inside = np.flatnonzero(both)
        row: dict[str, object] = {"layer_a": a, "layer_b": b}
        row |= _actor_overlap(present[:, i], present[:, j])
        common = sparse.csr_array(patterns[a].multiply(patterns[b]))
        row |= _tie_overlap(patterns[a].nnz // 2, patterns[b].nnz // 2, common.nnz // 2)
        whole = triangles_of(common)
        row["jaccard_triangles"] = float(ratio(whole, triangles[a] + triangles[b] - whole))
        row |= _pair_overlap(
            len(inside), *(_ties_inside(ties, both) for ties in (patterns[a], patterns[b], common))
        )
        row |= _degree_likeness(degrees[a][inside], degrees[b][inside])
        own = present if absent == "missing" else np.ones_like(present)
        row |= _degree_classes(degrees[a][own[:, i]], degrees[b][own[:, j]], net.n_actors)
        rows.append(row)
    return pd.DataFrame(rows)


def qap_correlation(
    net: StakeholderNetwork,
    layers: tuple[str, str] | None = None,
    *,
    absent: Absent = "missing",
    permutations: int = 999,
    seed: int = 0,
) -> pd.DataFrame:
    """Are two layers alike beyond what any two networks of their shape would be?

    Correlation over all pairs of actors; chance deals the actors of one layer out anew, ties and all.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of several layers.
    layers : tuple of str, optional
        The two layers; needed when there are more than two.
    absent : {"missing", "zero"}
        Over the actors that belong to both layers, or over all.
    permutations : int
        How often actors are dealt out anew for the p-values.
    seed : int
        Of the random numbers.

    Returns
    -------
    pandas.DataFrame
        Index ``figure``; columns ``label_it``, ``label_en``, ``value``, ``status``: ``qap_r``, its exact ``qap_sd``
        under chance (mean 0), ``qap_z``, ``qap_p_more``, ``qap_p_less`` and the two-sided ``qap_p`` (by the size of r);
        p = (1 + b) / (1 + permutations).

    Raises
    ------
    UnknownNameError
        When a layer does not exist.
    OptionError
        When it is not clear which two layers are meant, or an option is not allowed.

    References
    ----------
    Hubert, L., Schultz, J. (1976). Quadratic assignment as a general data analysis strategy. British Journal of
    Mathematical and Statistical Psychology 29, 190-241. https://doi.org/10.1111/j.2044-8317.1976.tb00714.x
    Krackhardt, D. (1988). Predicting with networks: nonparametric multiple regression analysis of dyadic data. Social
    Networks 10, 359-381. https://doi.org/10.1016/0378-8733(88)90004-4
    """
    check_option("absent", absent, ("missing", "zero"))
    if permutations < 1:
        raise OptionError(f"permutations={permutations} must be at least 1.")
    pair = net.layer_names if layers is None else layers
    for name in pair:
        if name not in net.layer_names:
            raise unknown_name("layer", name, net.layer_names)
    if len(pair) != 2:  # noqa: PLR2004 - a correlation is of two
        raise OptionError(
            f"qap_correlation compares two layers, not {len(pair)}.", "Name them with layers=('a', 'b')."
        )
    places = [net.layer_names.index(name) for name in pair]
    present = presence_grid(net)[:, places].all(axis=1)
    inside = np.flatnonzero(present) if absent == "missing" else np.arange(net.n_actors)
    one, other = (adjacency(net.layer(name), weighted=False)[inside][:, inside] for name in pair)
    cells = len(inside) * (len(inside) - 1)
    scale = float(np.sqrt(_spread(one, cells) * _spread(other, cells)))
    mean, sd = matched_moments(one, other)
    seen = float(one.multiply(other).sum())
    r = ratio(seen - mean, scale if scale > NO_SPREAD else 0.0)
    random = permuted_products(one, other, times=permutations, seed=seed)
    slack = NO_SPREAD * max(1.0, abs(seen))
    p = {
        "qap_p_more": random >= seen - slack,
        "qap_p_less": random <= seen + slack,
        "qap_p": np.abs(random - mean) >= abs(seen - mean) - slack,
    }
    values = {
        "qap_r": float(r),
        "qap_sd": float(ratio(sd, scale if scale > NO_SPREAD else 0.0)),
        "qap_z": float(ratio(seen - mean, sd)),
        **{name: float((1 + hits.sum()) / (1 + permutations)) for name, hits in p.items()},
    }
    if np.isnan(r):
        values = dict.fromkeys(values, np.nan)
    return figure_table(values, dict.fromkeys(values, "a layer has no ties, or all"))


def distance_figures(ties: sparse.csr_array) -> tuple[float, float]:
    """Return mean and greatest number of steps over the ordered pairs that can reach each other; NaN if none can."""
    total = pairs = longest = 0.0
    for _, distances in distance_blocks(ties):
        near = np.isfinite(distances) & (distances > 0)
        total += float(distances[near].sum())
        pairs += float(near.sum())
        longest = max(longest, float(distances[near].max(initial=0.0)))
    return float(ratio(total, pairs)), longest if pairs else np.nan


def transitivity_of(ties: sparse.csr_array) -> np.ndarray:
    """Return the share of pairs of ties at one actor that a third tie closes; NaN where no two ties meet."""
    degree = np.asarray(ties.sum(axis=1))
    return ratio(6 * triangles_of(ties), (degree * (degree - 1)).sum())


def triangles_of(ties: sparse.csr_array) -> float:
    """Return the number of triangles of symmetric ties."""
    order = np.argsort(np.asarray(ties.sum(axis=1)), kind="stable")
    rank = np.empty(len(order), dtype="int64")
    rank[order] = np.arange(len(order))
    # every triangle once: along ties from the less to the more tied, whose rows stay short
    cells = ties.tocoo()
    up = rank[cells.row] < rank[cells.col]
    directed = sparse.csr_array((cells.data[up], (cells.row[up], cells.col[up])), shape=ties.shape)
    return float((directed @ directed).multiply(directed).sum())


def _spread(ties: sparse.csr_array, cells: int) -> float:
    """Return the sum of squares of the cells about their mean."""
    total = float(ties.sum())
    return float((ties.data**2).sum()) - (total**2 / cells if cells else 0.0)


def _actor_overlap(a: np.ndarray, b: np.ndarray) -> dict[str, object]:
    both = int((a & b).sum())
    return {
        "actors_a": int(a.sum()),
        "actors_b": int(b.sum()),
        "jaccard_actors": float(ratio(both, (a | b).sum())),
        "coverage_actors_a": float(ratio(both, a.sum())),
        "coverage_actors_b": float(ratio(both, b.sum())),
    }


def _tie_overlap(ties_a: int, ties_b: int, shared: int) -> dict[str, object]:
    first, second = float(ratio(shared, ties_a)), float(ratio(shared, ties_b))
    return {
        "ties_a": ties_a,
        "ties_b": ties_b,
        "shared": shared,
        "jaccard": float(ratio(shared, ties_a + ties_b - shared)),
        "dice": float(ratio(2 * shared, ties_a + ties_b)),
        "coverage_a": first,
        "coverage_b": second,
        "kulczynski": (first + second) / 2,
    }


def _ties_inside(ties: sparse.csr_array, there: np.ndarray) -> int:
    """Return how many ties some actors have among each other."""
    rows = np.repeat(there, np.diff(ties.indptr))
    return int((rows & there[ties.indices]).sum()) // 2


def _pair_overlap(n: int, ties_a: int, ties_b: int, shared: int) -> dict[str, object]:
    from scipy import stats  # noqa: PLC0415 - slow to load, and few need it

    pairs = n * (n - 1) // 2
    same = float(ratio(pairs - ties_a - ties_b + 2 * shared, pairs))
    spread = float(ties_a) * (pairs - ties_a) * ties_b * (pairs - ties_b)
    return {
        "actors": n,
        "expected_shared": float(ratio(float(ties_a) * ties_b, pairs)),
        "p_more": float(stats.hypergeom.sf(shared - 1, pairs, ties_a, ties_b)) if pairs else np.nan,
        "simple_matching": same,
        "russell_rao": float(ratio(shared, pairs)),
        "hamann": 2 * same - 1,
        "phi": float(ratio(float(pairs) * shared - float(ties_a) * ties_b, np.sqrt(spread))),
    }


def _degree_likeness(a: np.ndarray, b: np.ndarray) -> dict[str, object]:
    from scipy import stats  # noqa: PLC0415 - slow to load, and few need it

    if len(a) < 2 or np.ptp(a) == 0 or np.ptp(b) == 0:  # noqa: PLR2004 - two points make no line
        return {"pearson": np.nan, "spearman": np.nan, "kendall": np.nan}
    return {
        "pearson": float(np.corrcoef(a, b)[0, 1]),
        "spearman": float(np.corrcoef(stats.rankdata(a), stats.rankdata(b))[0, 1]),
        "kendall": float(stats.kendalltau(a, b).statistic),
    }


def _degree_classes(a: np.ndarray, b: np.ndarray, n_actors: int) -> dict[str, object]:
    """Return how differently degrees are spread, in classes of equal width over the range of both."""
    names = ("degree_dissimilarity", "degree_kl_a", "degree_kl_b", "degree_jeffrey")
    if not len(a) or not len(b):
        return dict.fromkeys(names, np.nan)
    classes = int(np.ceil(np.log2(n_actors))) + 1
    both = np.concatenate([a, b])
    edges = np.linspace(both.min(), both.max(), classes + 1)
    seen_a, seen_b = np.histogram(a, edges)[0], np.histogram(b, edges)[0]
    p, q = seen_a / len(a), seen_b / len(b)
    more_p, more_q = (seen_a + 1) / (len(a) + classes), (seen_b + 1) / (len(b) + classes)
    shared = (p > 0) & (q > 0)
    tilt = np.log(p[shared] / q[shared])
    values = (
        np.abs(p - q).sum() / 2,
        (more_p * np.log(more_p / more_q)).sum(),
        (more_q * np.log(more_q / more_p)).sum(),
        ((p[shared] - q[shared]) * tilt).sum(),
    )
    return {name: float(value) for name, value in zip(names, values, strict=True)}


def symmetric_pattern(net: StakeholderNetwork, measure: str) -> sparse.csr_array:
    """Return who is tied with whom in either direction, 0/1."""
    return pattern(symmetric(net, measure, weighted=False))
