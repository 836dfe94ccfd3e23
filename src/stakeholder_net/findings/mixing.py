"""Between which groups are ties missing: observed against what chance would give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from stakeholder_net.findings._frame import as_finding, attribute, check_language, need
from stakeholder_net.findings._say import kind_label, number, p_value, phrase
from stakeholder_net.findings._statistics import benjamini_hochberg
from stakeholder_net.layers import one_layer
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import Language

__all__ = ["ties_between_groups"]

Floats = npt.NDArray[np.float64]

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "fewer": (
        (
            "Fra {a} e {b}: {o} legami su {possible} possibili; se i legami fossero distribuiti a caso fra gli stessi "
            "enti se ne attenderebbero {e} (z = {z}; {p}, {q}). Ne mancano circa {missing}."
        ),
        (
            "Between {a} and {b}: {o} ties of {possible} possible; were the same ties spread at random over the same "
            "actors, {e} would be expected (z = {z}; {p}, {q}). About {missing} are missing."
        ),
    ),
    "more": (
        "Fra {a} e {b}: {o} legami su {possible} possibili, a caso se ne attenderebbero {e} (z = {z}); non ne mancano.",
        "Between {a} and {b}: {o} ties of {possible} possible, {e} expected at random (z = {z}); none is missing.",
    ),
    "impossible": (
        "Fra {a} e {b} non c'è alcuna coppia possibile.",
        "Between {a} and {b} no pair is possible.",
    ),
    "adjusted": ("p corretto", "corrected p"),
    "not_stated": ("non indicato", "not stated"),
}
COLUMNS: Final = (
    "group_a", "group_b", "n_a", "n_b", "n", "x", "observed", "possible", "expected", "sd", "z", "ratio",
    "missing_ties", "p", "p_upper", "p_error", "p_adjusted", "draws", "seed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Pairs:
    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]
    codes: npt.NDArray[np.int64]
    labels: pd.Index

    def counts(self, codes: npt.NDArray[np.int64]) -> Floats:
        """Return how many ties join each pair of groups, upper triangle."""
        k = len(self.labels)
        low = np.minimum(codes[self.first], codes[self.second])
        high = np.maximum(codes[self.first], codes[self.second])
        return np.bincount(low * k + high, minlength=k * k).reshape(k, k).astype(np.float64)


def ties_between_groups(
    net: StakeholderNetwork, by: str = "kind", *, draws: int = 1999, seed: int = 0, language: Language = "it"
) -> pd.DataFrame:
    """Between which kinds, or municipalities, are there fewer ties than chance would give?

    The ties stay where they are and the labels are shuffled over the actors: expectation and standard deviation are
    exact, the p-value is by draws. Reads as: "between consulte and schools there is 1 tie where 6 would be expected".

    Parameters
    ----------
    net : StakeholderNetwork
        Network of one layer; in a directed layer a tie in either direction counts once.
    by : str
        Column of the actors with one value a body, or ``"kind_group"``.
    draws : int
        Shuffles for the p-value, (1 + b) / (1 + draws).
    seed : int
        Seed of the shuffles.
    language : {"it", "en"}
        Language of ``why``.

    Returns
    -------
    pandas.DataFrame
        One row a pair of groups (and each group with itself), most missing ties first. ``missing_ties`` is
        max(0, expected - observed), the score. ``p`` is the lower tail, ``p_adjusted`` corrected over all pairs that
        can be tested (possible > 0 and sd > 0). ``actors``: those of the two groups without a tie to the other one.

    Raises
    ------
    AmbiguousLayersError
        When the network has several layers: choose one or ``flatten(net)``.
    OptionError
        When `draws` is below 1.
    UnknownNameError
        When the actors have no column `by`.

    References
    ----------
    Mantel, N. (1967). The detection of disease clustering and a generalized regression approach. Cancer Research 27,
    209-220.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": list("abcd"), "name": list("ABCD"),
    ...                          "kind": ["comune", "comune", "ets_odv", "ets_odv"]}),
    ...     ties=pd.DataFrame({"source": ["a", "c"], "target": ["b", "d"], "layer": "partnership", "weight": 1.0}))
    >>> ties_between_groups(net)[["group_a", "group_b", "observed", "expected", "sd"]].head(1).round(3)
      group_a  group_b  observed  expected     sd
    0  comune  ets_odv         0     1.333  0.943
    """
    check_language(language)
    need(draws >= 1, f"draws={draws} must be at least 1.")
    one_layer(net, "ties_between_groups")
    pairs = _pairs(net, by)
    observed = pairs.counts(pairs.codes)
    sizes = np.bincount(pairs.codes, minlength=len(pairs.labels)).astype(np.float64)
    expected, sd = _moments(pairs, sizes, net.n_actors)
    rng = np.random.default_rng(seed)
    fewer, more = np.zeros_like(observed), np.zeros_like(observed)
    for _ in range(draws):
        drawn = pairs.counts(rng.permutation(pairs.codes))
        fewer += drawn <= observed
        more += drawn >= observed
    a, b = np.triu_indices(len(pairs.labels))
    possible = np.where(a == b, sizes[a] * (sizes[a] - 1) / 2, sizes[a] * sizes[b])
    table = pd.DataFrame({
        "group_a": pairs.labels[a], "group_b": pairs.labels[b], "n_a": sizes[a].astype(int),
        "n_b": sizes[b].astype(int), "observed": observed[a, b].astype(int), "possible": possible.astype(int),
        "expected": expected[a, b], "sd": sd[a, b], "p": (1 + fewer[a, b]) / (1 + draws),
        "p_upper": (1 + more[a, b]) / (1 + draws), "draws": draws, "seed": seed,
    })  # fmt: skip
    return _mixing_rows(net, by, pairs, _with_tests(table), language)


def _pairs(net: StakeholderNetwork, by: str) -> _Pairs:
    values = attribute(net, by)
    need(not values["actor_id"].duplicated().any(), f"'{by}' has several values for one actor.",
         "Use a column with one value a body, for instance by='kind' or by='municipality'.")  # fmt: skip
    codes, labels = pd.factorize(values.set_index("actor_id")[by].reindex(net.actors.index), sort=True)
    ties = net.ties
    place = net.actors.index
    ends = np.sort(np.column_stack([place.get_indexer(pd.Index(ties["source"])),
                                    place.get_indexer(pd.Index(ties["target"]))]), axis=1)  # fmt: skip
    ends = np.unique(ends.reshape(-1, 2), axis=0)
    return _Pairs(ends[:, 0], ends[:, 1], codes.astype(np.int64), pd.Index(labels))


def _falling(n: Floats | float, r: int) -> Floats:
    """Return n (n-1) ... (n-r+1)."""
    out = np.ones_like(np.asarray(n, dtype=np.float64))
    for k in range(r):
        out = out * (np.asarray(n, dtype=np.float64) - k)
    return out


def _moments(pairs: _Pairs, sizes: Floats, n: int) -> tuple[Floats, Floats]:
    """Return mean and standard deviation of the ties between groups when the labels are shuffled, both exact."""
    m = len(pairs.first)
    degrees = np.bincount(np.concatenate([pairs.first, pairs.second]), minlength=n)
    shared = float((degrees * (degrees - 1)).sum())  # ordered pairs of ties that meet in an actor
    g, h = sizes[:, None], sizes[None, :]
    same = np.eye(len(sizes), dtype=bool)
    with np.errstate(invalid="ignore", divide="ignore"):
        p1 = np.where(same, _falling(g, 2), 2 * g * h) / _falling(n, 2)
        p2 = np.where(same, _falling(g, 3), g * _falling(h, 2) + h * _falling(g, 2)) / _falling(n, 3)
        p3 = np.where(same, _falling(g, 4), 4 * _falling(g, 2) * _falling(h, 2)) / _falling(n, 4)
    # with fewer than three (four) actors no two ties can meet (be apart): their terms have weight 0
    variance = m * p1 + _weighted(shared, p2) + _weighted(m * (m - 1) - shared, p3) - (m * p1) ** 2
    return m * p1, np.sqrt(np.maximum(variance, 0.0))


def _weighted(weight: float, chance: Floats) -> Floats:
    return weight * chance if weight else np.zeros_like(chance)


def _with_tests(table: pd.DataFrame) -> pd.DataFrame:
    # a standard deviation of rounding dust is none: nothing can vary there
    fixed = table["sd"] < 1e-9 * np.maximum(1.0, table["expected"])
    table["sd"] = table["sd"].mask(fixed, 0.0)
    spread = table["sd"].where(~fixed)
    table["z"] = (table["observed"] - table["expected"]) / spread
    table["ratio"] = table["observed"] / table["expected"].where(table["expected"] > 0)
    table["missing_ties"] = (table["expected"] - table["observed"]).clip(lower=0.0)
    table["p_error"] = np.sqrt(table["p"] * (1 - table["p"]) / table["draws"])
    table["p_adjusted"] = benjamini_hochberg(table["p"].where(~fixed))
    table["n"], table["x"], table["score"] = table["possible"], table["observed"], table["missing_ties"]
    return table.sort_values(["score", "p"], ascending=[False, True], kind="stable").reset_index(drop=True)


def _mixing_rows(
    net: StakeholderNetwork, by: str, pairs: _Pairs, table: pd.DataFrame, language: Language
) -> pd.DataFrame:
    reached = np.zeros((net.n_actors, len(pairs.labels)), dtype=bool)
    reached[pairs.first, pairs.codes[pairs.second]] = True
    reached[pairs.second, pairs.codes[pairs.first]] = True
    code = {label: place for place, label in enumerate(pairs.labels)}
    adjusted = phrase(_SENTENCES, "adjusted", language)
    rows: list[dict[str, Any]] = []
    for row in table.to_dict("records"):
        a, b = code[row["group_a"]], code[row["group_b"]]
        apart = ((pairs.codes == a) & ~reached[:, b]) | ((pairs.codes == b) & ~reached[:, a])
        key = "impossible" if not row["possible"] else "fewer" if row["missing_ties"] > 0 else "more"
        why = phrase(
            _SENTENCES, key, language, a=_label(by, str(row["group_a"]), language),
            b=_label(by, str(row["group_b"]), language), o=row["observed"], possible=row["possible"],
            e=number(row["expected"], language, digits=1), z=number(row["z"], language),
            p=p_value(row["p"], language), q=p_value(row["p_adjusted"], language, name=adjusted),
            missing=number(row["missing_ties"], language, digits=1),
        )  # fmt: skip
        rows.append({str(k): v for k, v in row.items()} | {
            "finding": "ties_between_groups", "actors": tuple(net.actors.index[apart]), "why": why,
            "evidence": f"{len(pairs.first)} ties, {row['draws']} draws, seed {row['seed']}",
        })  # fmt: skip
    return as_finding(rows, COLUMNS)


def _label(by: str, value: str, language: Language) -> str:
    if not value:
        return phrase(_SENTENCES, "not_stated", language)
    return kind_label(value, language) if by in ("kind", "kind_group") else value
