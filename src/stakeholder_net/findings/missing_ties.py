"""Which tie is missing: pairs that could be tied and are not, and what one new tie would add."""

from __future__ import annotations

from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from stakeholder_net._checks import check_option
from stakeholder_net.findings._frame import as_finding, attribute, check_language, need, records
from stakeholder_net.findings._say import actor_label, kind_label, listed, number, phrase
from stakeholder_net.layers import adjacency, one_layer
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import Language

__all__ = ["missing_ties", "tie_scores"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Score = Literal["resource_allocation", "l3", "common_neighbours", "adamic_adar", "jaccard"]
SCORES: Final = ("resource_allocation", "l3", "common_neighbours", "adamic_adar", "jaccard")
SCORE_COLUMNS: Final = (
    "common_neighbours", "jaccard", "sorensen", "lhn1", "adamic_adar", "resource_allocation",
    "preferential_attachment", "l3", "katz", "distance",
)  # fmt: skip
LARGEST: Final = 2500
"""Actors up to which every absent pair is scored and Katz is computed; beyond it, only pairs two or three "
"steps apart."""
SUMS: Final = ("resource_allocation", "common_neighbours", "adamic_adar")
"""Scores that add up what each acquaintance in common counts."""
FEW_PAIRS: Final = 100_000
BLOCK: Final = 500
"""Actors whose partners' partners are looked at together."""

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "pair": (
        (
            "{a} ({kind_a}) e {b} ({kind_b}) non sono in rapporto, ma hanno {common} conoscenti in comune{who} "
            "(indice {score})."
        ),
        (
            "{a} ({kind_a}) and {b} ({kind_b}) are not tied, but have {common} acquaintances in common{who} "
            "(index {score})."
        ),
    ),
    "who": (": {names}", ": {names}"),
    "l3": (
        (
            "{a} ({kind_a}) e {b} ({kind_b}) non sono in rapporto, ma i partner dell'uno lavorano con enti "
            "simili all'altro (indice L3 {score}, distanza {distance} passi)."
        ),
        (
            "{a} ({kind_a}) and {b} ({kind_b}) are not tied, but the partners of the one work with bodies "
            "like the other (L3 index {score}, {distance} steps apart)."
        ),
    ),
    "themes": (" Temi comuni: {names}.", " Themes in common: {names}."),
    "towns": (" Stesso comune: {name}.", " Same municipality: {name}."),
}


def pattern_of(net: StakeholderNetwork, measure: str) -> sparse.csr_array:
    """Return who is tied to whom in the only layer, 0/1, in both directions."""
    matrix = adjacency(net, weighted=False, measure=measure)
    both = sparse.csr_array(matrix + matrix.T)
    both.data[:] = 1.0
    return both


def tie_scores(net: StakeholderNetwork) -> pd.DataFrame:
    """How likely is each absent tie, by the ties around it?

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; arcs count in both directions, weights are not used.

    Returns
    -------
    pandas.DataFrame
        One row an absent pair (``source`` before ``target`` in the order of the actors): ``common_neighbours``,
        ``jaccard``, ``sorensen``, ``lhn1`` (NaN between two actors without ties), ``adamic_adar``,
        ``resource_allocation``, ``preferential_attachment``, ``l3`` (paths of three steps, weighted by degrees),
        ``katz`` (beta = half the inverse of the largest eigenvalue) and ``distance`` in steps (NaN when there is no
        way). Beyond 2,500 actors only pairs two or three steps apart are given, and ``katz`` is NaN.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.

    References
    ----------
    Zhou, T., Lu, L., Zhang, Y.-C. (2009). Predicting missing links via local information. European Physical Journal
    B 71, 623-630. https://doi.org/10.1140/epjb/e2009-00335-8
    Kovacs, I. A. et al. (2019). Network-based prediction of protein interactions. Nature Communications 10, 1240.
    https://doi.org/10.1038/s41467-019-09177-y
    """
    one_layer(net, "tie_scores")
    a = pattern_of(net, "tie_scores")
    degree = np.asarray(a.sum(axis=1), dtype=np.float64).ravel()
    small = net.n_actors <= LARGEST
    row, column, sums = _absent_pairs(a, degree, every=small)
    table = _score_table(degree, row, column, sums)
    steps = csgraph.shortest_path(a, unweighted=True) if small else None
    table["katz"] = _katz(a)[row, column] if small and len(row) else np.nan
    near = np.where(table["common_neighbours"] > 0, 2.0, 3.0)
    table["distance"] = near if steps is None else np.where(np.isinf(steps), np.nan, steps)[row, column]
    return _with_ids(table, net, row, column)


def _with_ids(table: pd.DataFrame, net: StakeholderNetwork, row: Places, column: Places) -> pd.DataFrame:
    # taken as they are kept: millions of Python strings would take longer than the scores
    for place, (name, ends) in enumerate((("source", row), ("target", column))):
        table.insert(place, name, net.actors.index.take(ends))
    return table


def _absent_pairs(
    a: sparse.csr_array, degree: Floats, *, every: bool
) -> tuple[Places, Places, dict[str, Floats]]:
    """Return the pairs without a tie, each once, and what stands between them; not `every`: those with a way.

    A block of actors at a time and only with those after it. Ways of two steps are sparse products, as most of them
    lead to few; ways of three reach nearly everybody, and are a sparse product with a full block.
    """
    n = a.shape[0]
    index = a.indices.astype("int32"), a.indptr.astype("int32" if a.nnz < 2**31 else "int64")
    weights, root = _weights(degree), np.where(degree > 0, 1 / np.sqrt(np.maximum(degree, 1)), 0.0)
    a = sparse.csr_array((a.data, *index), shape=a.shape)
    found: list[dict[str, np.ndarray]] = []
    for start in range(0, n, BLOCK):
        block, after = a[start : start + BLOCK], a[:, start:]
        tied, shape = block[:, start:].toarray() > 0, (block.shape[0], n - start)
        cells = {name: _two_steps(block, weight, after) for name, weight in weights.items()}
        ways = np.ascontiguousarray((_two_steps(block, root, a) * root).T)
        cells["l3"] = (a[start:] @ ways).T
        wanted = np.triu(np.ones(shape, dtype=bool), k=1) & ~tied
        if not every:
            wanted &= (cells["common_neighbours"] > 0) | (cells["l3"] > 0)
        row, column = np.nonzero(wanted)
        ends = {"row": row + start, "column": column + start}
        found.append(ends | {name: values[row, column] for name, values in cells.items()})
    if not found:
        return (
            np.empty(0, dtype="int64"),
            np.empty(0, dtype="int64"),
            dict.fromkeys((*weights, "l3"), np.empty(0)),
        )
    sums = {name: np.concatenate([part.pop(name) for part in found]) for name in tuple(found[0])}
    return sums.pop("row"), sums.pop("column"), sums


def _two_steps(block: sparse.csr_array, weight: Floats, after: sparse.csr_array) -> Floats:
    """Return the ways of two steps from some actors, each counted by who is in the middle."""
    first = sparse.csr_array((weight[block.indices], block.indices, block.indptr), shape=block.shape)
    return np.asarray((first @ after).toarray())


def _score_table(degree: Floats, row: Places, column: Places, sums: dict[str, Floats]) -> pd.DataFrame:
    low, high, common = degree[row], degree[column], sums["common_neighbours"]
    both, product = low + high, low * high
    with np.errstate(divide="ignore", invalid="ignore"):
        table = {
            "common_neighbours": common, "jaccard": common / (both - common), "sorensen": 2 * common / both,
            "lhn1": common / product, "adamic_adar": sums["adamic_adar"],
            "resource_allocation": sums["resource_allocation"], "preferential_attachment": product,
            "l3": sums["l3"],
        }  # fmt: skip
    return pd.DataFrame(table, copy=False)


def _local_scores(a: sparse.csr_array, degree: Floats, row: Places, column: Places) -> pd.DataFrame:
    """Return the scores of some pairs."""
    sums = {name: _between(a, weight, row, column) for name, weight in _weights(degree).items()}
    with np.errstate(divide="ignore"):
        spread = sparse.diags_array(np.where(degree > 0, 1 / np.sqrt(degree), 0.0))
    sums["l3"] = _by_way(a, sparse.csr_array(spread @ a @ spread), row, column)
    return _score_table(degree, row, column, sums)


def _between(a: sparse.csr_array, weight: Floats, row: Places, column: Places) -> Floats:
    """Return the weights of the common neighbours of pairs, added up."""
    return _by_way(a, sparse.csr_array(sparse.diags_array(weight)), row, column)


def _by_way(a: sparse.csr_array, middle: sparse.csr_array, row: Places, column: Places) -> Floats:
    """Return the cells of ``a @ middle @ a`` for pairs; of a few pairs in a crowd, only these are made."""
    if a.shape[0] > LARGEST and len(row) <= FEW_PAIRS:
        both = sparse.csr_array(sparse.csr_array(a[row]) @ middle).multiply(sparse.csr_array(a[column]))
        return np.asarray(both.sum(axis=1), dtype=np.float64).ravel()
    return _pick(sparse.csr_array(a @ middle @ a), row, column)


def _pick(matrix: sparse.csr_array, row: Places, column: Places) -> Floats:
    picked = matrix[row, column] if len(row) else np.empty(0)
    return np.asarray(picked, dtype=np.float64).ravel()


def _katz(a: sparse.csr_array) -> Floats:
    dense = a.toarray()
    largest = float(np.linalg.eigvalsh(dense)[-1]) if len(dense) else 0.0
    if largest <= 0:
        return np.zeros_like(dense)
    identity = np.eye(len(dense))
    return np.asarray(np.linalg.solve(identity - 0.5 / largest * dense, identity) - identity)


def best_pairs(net: StakeholderNetwork, score: str, n: int) -> pd.DataFrame:
    """Return the rows of :func:`tie_scores` that may be among the first n by a sum over acquaintances in common.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer.
    score : str
        One of ``SUMS``.
    n : int
        How many; pairs level with the last of them are all given.
    """
    one_layer(net, "tie_scores")
    a = pattern_of(net, "tie_scores")
    degree = np.asarray(a.sum(axis=1), dtype=np.float64).ravel()
    weighted = sparse.csr_array(sparse.diags_array(_weights(degree)[score]) @ a)
    # untied actors share nobody; a little below the n-th, for sums of one pair may differ by rounding
    least, found = 0.0, [np.empty((0, 3))]
    for start in range(0, len(degree), BLOCK):
        cells = sparse.coo_array(sparse.csr_array(a[start : start + BLOCK]) @ weighted)
        good = (cells.col > cells.row + start) & (cells.data > 0) & (cells.data >= least * (1 - 1e-9))
        block = np.column_stack([cells.row[good] + start, cells.col[good], cells.data[good]])
        first, second = block[:, 0].astype(np.int64), block[:, 1].astype(np.int64)
        found.append(block[np.asarray(a[first, second]).ravel() == 0] if len(block) else block)
        kept = np.concatenate(found)
        if len(kept) > n:
            least = float(np.partition(kept[:, 2], -n)[-n])
            kept = kept[kept[:, 2] >= least * (1 - 1e-9)]
        found = [kept]
    row, column = (found[0][:, axis].astype(np.int64) for axis in (0, 1))
    table = _local_scores(a, degree, row, column)
    table["katz"], table["distance"] = np.nan, 2.0
    table = _with_ids(table, net, row, column)
    return table.sort_values(["source", "target"], kind="stable").reset_index(drop=True)


def _weights(degree: Floats) -> dict[str, Floats]:
    """Return what an acquaintance in common counts, by score."""
    with np.errstate(divide="ignore"):
        return {
            "common_neighbours": np.ones(len(degree)),
            # nobody with one tie is between two others
            "adamic_adar": np.where(degree > 1, 1 / np.log(degree), 0.0),
            "resource_allocation": np.where(degree > 0, 1 / degree, 0.0),
        }


def missing_ties(  # noqa: PLR0913 - each option is asked by itself
    net: StakeholderNetwork,
    *,
    score: Score = "resource_allocation",
    n: int = 20,
    same: str | None = None,
    priorities: pd.DataFrame | None = None,
    language: Language = "it",
) -> pd.DataFrame:
    """Which organisations are not tied, though everything around them suggests that they should be?

    Reads as: "these two do not work together, and they have three partners in common". It does not read as: "they
    will work together". In a layer derived from attendance every event makes a clique: the pairs given here never met
    at any event of that layer.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer.
    score : {"resource_allocation", "l3", "common_neighbours", "adamic_adar", "jaccard"}
        By what to rank: the first and the last three by acquaintances in common, ``l3`` by paths of three steps, which
        also finds bodies that complete each other.
    n : int
        How many pairs.
    same : str, optional
        Only pairs alike in a column of the actors (``"municipality"``), or sharing a value of ``"themes"``.
    priorities : pandas.DataFrame, optional
        Table of priorities (``actor_id``, ``theme``): only pairs that share one; see ``read_priorities``.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row a pair, best first, ties by id; the scores of ``tie_scores``; ``via`` the acquaintances in common, as
        ids; ``shared`` what the pair has in common, when `same` or `priorities` asks for it.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers.
    OptionError
        When `n` is below 1 or `score` is not allowed.
    UnknownNameError
        When `same` is no column of the actors.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": list("abc"), "name": ["Comune", "Coop", "Odv"],
    ...                          "kind": ["comune", "coop_sociale", "ets_odv"]}),
    ...     ties=pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "layer": "partnership", "weight": 1.0}))
    >>> missing_ties(net)[["actors", "score", "via"]]
       actors  score   via
    0  (a, c)    0.5  (b,)
    """
    check_language(language)
    check_option("score", score, SCORES)
    need(n >= 1, f"n={n} must be at least 1.")
    shared = _shared_values(net, same, priorities)
    # in a crowd absent pairs go into the millions: where the score alone decides, only the best are made
    few = net.n_actors > LARGEST and shared is None and score in SUMS
    table = best_pairs(net, score, n) if few else tie_scores(net)
    table = table[table[score] > 0]
    if shared is not None:
        table = _with_common(table, shared)
    table = table.sort_values([score, "source", "target"], ascending=[False, True, True], kind="stable").head(
        n
    )
    return _pair_rows(net, table, score, same, language)


def _shared_values(
    net: StakeholderNetwork, same: str | None, priorities: pd.DataFrame | None
) -> pd.DataFrame | None:
    """Return actor and value, one row each, of what pairs are to have in common."""
    if priorities is not None:
        return priorities[["actor_id", "theme"]].drop_duplicates().rename(columns={"theme": "value"})
    if same is None:
        return None
    values = attribute(net, same).rename(columns={same: "value"})
    return values[values["value"] != ""]


def _with_common(table: pd.DataFrame, shared: pd.DataFrame) -> pd.DataFrame:
    """Keep the pairs that share a value, with what they share."""
    by_actor = shared.groupby("actor_id")["value"].agg(frozenset)
    left, right = by_actor.reindex(table["source"]), by_actor.reindex(table["target"])
    nothing: frozenset[str] = frozenset()
    common = [
        tuple(
            sorted(
                (a if isinstance(a, frozenset) else nothing) & (b if isinstance(b, frozenset) else nothing)
            )
        )
        for a, b in zip(left, right, strict=True)
    ]
    return table.assign(shared=pd.Series(common, index=table.index, dtype="object"))[
        [bool(c) for c in common]
    ]


def _pair_rows(
    net: StakeholderNetwork, table: pd.DataFrame, score: str, same: str | None, language: Language
) -> pd.DataFrame:
    actors, a = net.actors, pattern_of(net, "missing_ties")
    place = {actor: n for n, actor in enumerate(actors.index)}
    rows: list[dict[str, Any]] = []
    for row in records(table):
        first, second = place[row["source"]], place[row["target"]]
        via = actors.index[np.intersect1d(_partners(a, first), _partners(a, second))]
        name_a, name_b = actor_label(actors, [row["source"], row["target"]])
        who = (
            phrase(_SENTENCES, "who", language, names=listed(actor_label(actors, via), language))
            if len(via)
            else ""
        )
        why = phrase(
            _SENTENCES, "l3" if score == "l3" else "pair", language, a=name_a, b=name_b, common=len(via), who=who,
            kind_a=kind_label(str(actors["kind"].iloc[first]), language), score=number(row[score], language),
            kind_b=kind_label(str(actors["kind"].iloc[second]), language),
            distance=number(row["distance"], language, digits=0),
        )  # fmt: skip
        common = row.get("shared", ())
        if common and same == "municipality":
            why += phrase(_SENTENCES, "towns", language, name=common[0])
        elif common:
            why += phrase(_SENTENCES, "themes", language, names=listed(common, language))
        rows.append({
            "finding": "missing_ties", "actors": (row["source"], row["target"]), "score": row[score], "why": why,
            "evidence": "; ".join(via), "via": tuple(via), **row, "shared": common,
        })  # fmt: skip
    return as_finding(rows, ["source", "target", "via", "shared", *SCORE_COLUMNS])


def _partners(a: sparse.csr_array, place: int) -> npt.NDArray[np.int32]:
    return a.indices[a.indptr[place] : a.indptr[place + 1]]
