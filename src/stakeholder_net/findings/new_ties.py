"""What one new tie would add: who comes closer, which parts are joined, which hole is closed."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from stakeholder_net.findings._frame import as_finding, check_language, need, records
from stakeholder_net.findings._say import actor_label, listed, number, phrase
from stakeholder_net.findings.missing_ties import pattern_of
from stakeholder_net.layers import one_layer
from stakeholder_net.measures._paths import pair_dependencies
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import Language

__all__ = ["best_new_ties"]

Floats = npt.NDArray[np.float64]
Pairs = npt.NDArray[np.int64]
MOST_PAIRS: Final = 20_000
"""Pairs whose effect is computed one by one; beyond it, those between the better connected actors of each part."""

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "tie": (
        "Un rapporto fra {a} e {b} avvicinerebbe {closer} coppie di enti (efficienza della rete {gain}).",
        "A tie between {a} and {b} would bring {closer} pairs of bodies closer (efficiency of the network {gain}).",
    ),
    "joins": (
        " Unirebbe parti della rete oggi separate: la parte maggiore crescerebbe di {more}.",
        " It would join parts that are separate today: {more} more bodies in the largest part.",
    ),
    "cut": (
        " Gli enti indispensabili a tenere unita la rete scenderebbero di {fewer}.",
        " There would be {fewer} fewer bodies without whom the network falls apart.",
    ),
    "via": (" Può presentarli: {names}.", " They could be introduced by: {names}."),
    "nobody": (
        " Non hanno conoscenti in comune: serve un contatto diretto.",
        " They have no acquaintance in common: a direct contact is needed.",
    ),
}
COLUMNS: Final = (
    "source", "target", "distance", "via", "pairs_closer", "delta_efficiency", "components_merged",
    "largest_component_gain", "delta_max_betweenness", "delta_cut_points", "candidates", "pairs_tried",
)  # fmt: skip


def best_new_ties(
    net: StakeholderNetwork, *, n: int | None = 10, introduced: bool = False, language: Language = "it"
) -> pd.DataFrame:
    """Which single new tie would add most, and who could make the introduction?

    Every absent tie is tried by itself (network alteration). The score is the gain of global efficiency, the mean over
    all pairs of actors of one over their distance.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; arcs count in both directions, weights are not used.
    n : int or None
        How many; None for every absent tie.
    introduced : bool
        Only pairs with an acquaintance in common: holes that one introduction closes.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row a new tie, best first, ties by id. ``pairs_closer`` pairs of actors whose distance falls,
        ``components_merged`` 1 when it joins two parts, ``largest_component_gain`` actors that the largest part wins,
        ``delta_max_betweenness`` (normalised) and ``delta_cut_points``: below zero the network leans less on single
        actors. ``via``: ids of the acquaintances in common. ``pairs_tried`` below ``candidates`` says that not every
        absent tie could be tried (networks of more than some 200 actors): those kept join the best connected actors.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    OptionError
        When `n` is below 1.

    References
    ----------
    Valente, T. W. (2012). Network interventions. Science 337, 49-53. https://doi.org/10.1126/science.1217330

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": list("abcd"), "name": list("ABCD"), "kind": "ets_odv"}),
    ...     ties=pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "layer": "partnership", "weight": 1.0}))
    >>> best_new_ties(net, n=2)[["actors", "delta_efficiency", "components_merged"]].round(3)
       actors  delta_efficiency  components_merged
    0  (b, d)             0.333                  1
    1  (a, d)             0.306                  1
    """
    check_language(language)
    need(n is None or n >= 1, f"n={n} must be at least 1.")
    one_layer(net, "best_new_ties")
    a = pattern_of(net, "best_new_ties")
    steps = csgraph.shortest_path(a, unweighted=True)
    row, column = np.triu_indices(net.n_actors, k=1)
    keep = (steps[row, column] == 2) if introduced else (steps[row, column] > 1)  # noqa: PLR2004 - two steps apart
    every = np.column_stack([row[keep], column[keep]]).astype(np.int64)
    pairs = _likeliest(every, steps)
    gain, closer = _closeness(steps, pairs)
    order = np.lexsort((pairs[:, 1], pairs[:, 0], -np.round(gain, 12)))
    order = order if n is None else order[:n]
    effects = _effects(a, steps, pairs[order])
    return _tie_rows(
        net, pairs[order], gain[order], closer[order], effects, steps, (len(every), len(pairs)), language
    )


def _likeliest(pairs: Pairs, steps: Floats) -> Pairs:
    """Return the pairs to try: all, or those of actors that are near to most others when there are too many."""
    if len(pairs) <= MOST_PAIRS:
        return pairs
    with np.errstate(divide="ignore"):
        near = np.where(steps > 0, 1 / np.where(steps > 0, steps, 1.0), 0.0).sum(axis=1)
    reach = (
        near[pairs[:, 0]]
        + near[pairs[:, 1]]
        + np.where(np.isinf(steps[pairs[:, 0], pairs[:, 1]]), len(steps), 0)
    )
    best = np.argsort(-reach, kind="stable")[:MOST_PAIRS]
    return np.asarray(pairs[np.sort(best)])


def _closeness(steps: Floats, pairs: Pairs) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return for each new tie the gain of efficiency and how many pairs come closer."""
    n = len(steps)
    gain, closer = np.zeros(len(pairs)), np.zeros(len(pairs), dtype=np.int64)
    if n < 2:  # noqa: PLR2004 - no pair
        return gain, closer
    before = np.divide(1.0, steps, out=np.zeros_like(steps), where=steps > 0)
    for place, (i, j) in enumerate(pairs):
        # a new way from s to t goes s - i - j - t, or the other way round
        through = np.minimum(steps[:, i, None] + steps[None, j, :], steps[:, j, None] + steps[None, i, :]) + 1
        shorter = through < steps
        gain[place] = (1 / through[shorter] - before[shorter]).sum() / (n * (n - 1))
        closer[place] = int(shorter.sum()) // 2
    return gain, closer


def _effects(a: sparse.csr_array, steps: Floats, pairs: Pairs) -> pd.DataFrame:
    n = a.shape[0]
    _, part = csgraph.connected_components(a, directed=False)
    sizes = np.bincount(part, minlength=1)
    largest, cuts, between = int(sizes.max(initial=0)), cut_points(a), _max_betweenness(a)
    rows = []
    for i, j in pairs:
        tie = sparse.csr_array((np.ones(2), ([i, j], [j, i])), shape=(n, n))
        new = sparse.csr_array(a + tie)
        merged = part[i] != part[j]
        joint = int(sizes[part[i]] + sizes[part[j]]) if merged else 0
        rows.append({
            "distance": steps[i, j], "components_merged": int(merged),
            "largest_component_gain": max(0, joint - largest),
            "delta_max_betweenness": _max_betweenness(new) - between,
            "delta_cut_points": int(cut_points(new).sum()) - int(cuts.sum()),
        })  # fmt: skip
    return pd.DataFrame(rows, columns=["distance", *COLUMNS[6:10]])


def _max_betweenness(a: sparse.csr_array) -> float:
    n = a.shape[0]
    return float(pair_dependencies(a).max() / ((n - 1) * (n - 2))) if n > 2 else float("nan")  # noqa: PLR2004


def cut_points(a: sparse.csr_array) -> npt.NDArray[np.bool_]:
    """Return the actors without whom the network falls into more parts.

    References
    ----------
    Hopcroft, J., Tarjan, R. (1973). Efficient algorithms for graph manipulation. Communications of the ACM 16,
    372-378. https://doi.org/10.1145/362248.362272
    """
    import networkx as nx  # noqa: PLC0415 - loaded only for this

    found = np.zeros(a.shape[0], dtype=bool)
    found[list(nx.articulation_points(nx.from_scipy_sparse_array(a)))] = True
    return found


def _tie_rows(  # noqa: PLR0913, PLR0917 - what a row is made of
    net: StakeholderNetwork,
    pairs: Pairs,
    gain: Floats,
    closer: npt.NDArray[np.int64],
    effects: pd.DataFrame,
    steps: Floats,
    tried: tuple[int, int],
    language: Language,
) -> pd.DataFrame:
    ids = net.actors.index
    names = actor_label(net.actors, ids)
    rows: list[dict[str, Any]] = []
    for place, (i, j) in enumerate(pairs):
        facts = records(effects.iloc[[place]])[0]
        via = ids[(steps[i] == 1) & (steps[j] == 1)]
        why = phrase(_SENTENCES, "tie", language, a=names[i], b=names[j], closer=closer[place],
                     gain="+" + number(gain[place], language, digits=4))  # fmt: skip
        if facts["components_merged"]:
            why += phrase(_SENTENCES, "joins", language, more=int(facts["largest_component_gain"]))
        if facts["delta_cut_points"] < 0:
            why += phrase(_SENTENCES, "cut", language, fewer=-int(facts["delta_cut_points"]))
        who = listed(actor_label(net.actors, via), language)
        why += phrase(_SENTENCES, "via" if len(via) else "nobody", language, names=who)
        rows.append({
            "finding": "best_new_ties", "actors": (ids[i], ids[j]), "score": gain[place], "why": why,
            "evidence": "; ".join(via), "source": ids[i], "target": ids[j], "via": tuple(via),
            "pairs_closer": int(closer[place]), "delta_efficiency": gain[place], "candidates": tried[0],
            "pairs_tried": tried[1], **facts,
        })  # fmt: skip
    out = as_finding(rows, COLUMNS)
    whole = ["components_merged", "largest_component_gain", "delta_cut_points"]
    return out.astype(dict.fromkeys(whole, "int64"))
