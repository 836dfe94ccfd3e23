"""Other ways of matching names, on the same normalised names and towns, each with the threshold that suits it best."""
# ruff: noqa: PLC0415 - a rival may be missing

from __future__ import annotations

import io
import logging
import random
from collections.abc import Callable
from itertools import combinations

import numpy as np
import pandas as pd

from stakeholder_net.records.names import Towns, normalise, parse_name

Scores = pd.DataFrame  # one, other, score
SEED = 20240502
LESSON = (
    300  # true pairs that dedupe is taught, and as many false ones; with all 1,652 it is slower and no better
)


def prepared(names: pd.DataFrame) -> pd.DataFrame:
    """Return for each spelling what every rival sees: the core that our own normalisation leaves, form and town."""
    towns = Towns(names["comune"].dropna().unique())
    parsed = [parse_name(n, towns=towns) for n in names["name"]]
    return pd.DataFrame(
        {
            "unique_id": range(len(names)),
            "core": [p.core or p.text for p in parsed],
            "words": [sorted(set((p.core or p.text).split())) for p in parsed],
            "form": [p.form or None for p in parsed],
            "town": [normalise(t).replace(" ", "") or None for t in names["comune"].fillna("")],
        }
    )


def _town_pairs(table: pd.DataFrame) -> np.ndarray:
    pairs = [pair for _, at in table.groupby("town").indices.items() for pair in combinations(sorted(at), 2)]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def token_sort(table: pd.DataFrame, train: pd.DataFrame, truth: pd.Series) -> Scores:
    """Score the pairs of one town by rapidfuzz's token_sort_ratio."""
    from rapidfuzz import fuzz, process

    del train, truth
    pairs = _town_pairs(table)
    core = table["core"].to_numpy()
    score = process.cpdist(core[pairs[:, 0]], core[pairs[:, 1]], scorer=fuzz.token_sort_ratio)
    return pd.DataFrame({"one": pairs[:, 0], "other": pairs[:, 1], "score": score / 100})


def splink(table: pd.DataFrame, train: pd.DataFrame, truth: pd.Series) -> Scores:
    """Score the pairs of one town by a Fellegi-Sunter model that Splink learns from the names themselves."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    del train, truth
    logging.getLogger("splink").setLevel(logging.ERROR)
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("core", [0.97, 0.93, 0.88, 0.8]).configure(
                term_frequency_adjustments=True
            ),
            cl.ArrayIntersectAtSizes("words", [4, 3, 2, 1]),
            cl.ExactMatch("form"),
        ],
        blocking_rules_to_generate_predictions=[block_on("town")],
    )
    linker = Linker(DuckDBAPI().register(table), settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match([block_on("core", "town")], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("town"))
    found = linker.inference.predict().as_pandas_dataframe()
    return pd.DataFrame(
        {
            "one": found[["unique_id_l", "unique_id_r"]].min(axis=1),
            "other": found[["unique_id_l", "unique_id_r"]].max(axis=1),
            "score": found["match_probability"],
        }
    )


def dedupe(table: pd.DataFrame, train: pd.DataFrame, truth: pd.Series) -> Scores:
    """Score pairs by the classifier of dedupe, taught with all true and as many false pairs of the training names."""
    import dedupe as library

    random.seed(SEED)
    np.random.seed(SEED)  # noqa: NPY002 - dedupe draws from the old generator
    logging.getLogger("dedupe").setLevel(logging.ERROR)

    def records(frame: pd.DataFrame) -> dict[int, dict[str, object]]:
        shown = (
            frame[["core", "form", "town"]]
            .astype("object")
            .where(frame[["core", "form", "town"]].notna(), None)
        )
        return dict(enumerate(shown.to_dict("records")))

    variables = [
        library.variables.String("core"),
        library.variables.Text("core", corpus=train["core"].tolist()),
        library.variables.Exact("form", has_missing=True),
        library.variables.Exact("town", has_missing=True),
    ]
    matcher = library.Dedupe(variables, num_cores=0)
    known = records(train)
    pairs = _town_pairs(train)
    same = truth.to_numpy()[pairs[:, 0]] == truth.to_numpy()[pairs[:, 1]]
    core = train["core"].to_numpy()
    near = np.array([bool(set(core[a].split()) & set(core[b].split())) for a, b in pairs])
    draw = np.random.default_rng(SEED)
    true, false = pairs[same], pairs[~same & near]
    taught = draw.choice(len(true), size=min(LESSON, len(true)), replace=False)
    matches = [(known[a], known[b]) for a, b in true[taught]]
    picked = draw.choice(len(false), size=min(len(matches), len(false)), replace=False)
    distinct = [(known[a], known[b]) for a, b in false[picked]]
    lesson = io.StringIO()
    library.write_training({"match": matches, "distinct": distinct}, lesson)
    lesson.seek(0)
    matcher.prepare_training(known, training_file=lesson, sample_size=500)
    matcher.train(recall=1.0, index_predicates=False)
    found = matcher.score(matcher.pairs(records(table)))
    ids = np.sort(found["pairs"].astype(np.int64), axis=1)
    return pd.DataFrame({"one": ids[:, 0], "other": ids[:, 1], "score": found["score"]})


RIVALS: dict[str, Callable[[pd.DataFrame, pd.DataFrame, pd.Series], Scores]] = {
    "rapidfuzz token_sort": token_sort,
    "Splink": splink,
    "dedupe": dedupe,
}


def best_threshold(scores: Scores, truth: pd.Series) -> float:
    """Return the threshold with the best pairwise F1."""
    bodies = truth.to_numpy()
    sizes = truth.value_counts()
    wanted = int((sizes * (sizes - 1) // 2).sum())
    order = scores.sort_values("score", ascending=False)
    right = (bodies[order["one"]] == bodies[order["other"]]).cumsum()
    f1 = 2 * right / (np.arange(1, len(order) + 1) + wanted)
    return float(order["score"].to_numpy()[int(f1.argmax())])


def pairwise(scores: Scores, truth: pd.Series, threshold: float) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the pairs that reach a threshold."""
    bodies = truth.to_numpy()
    kept = scores[scores["score"] >= threshold]
    right = int((bodies[kept["one"]] == bodies[kept["other"]]).sum())
    sizes = truth.value_counts()
    wanted = int((sizes * (sizes - 1) // 2).sum())
    return right / max(len(kept), 1), right / wanted, 2 * right / (len(kept) + wanted)
