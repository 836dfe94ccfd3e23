"""Learn how much each word says and how much each sign weighs, and write both beside the code that reads them.

Word counts come from the 5 per mille lists of all Italian regions but Marche, points from spellings of one tax code in
Emilia-Romagna. No name of Marche is seen here: it is what the matcher is measured on.

    python benchmarks/train_scorecard.py ../shared/data/identities
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

from stakeholder_net.records._candidates import candidate_pairs
from stakeholder_net.records._card import conditions_met
from stakeholder_net.records._corpus import Corpus
from stakeholder_net.records._evidence import evidence
from stakeholder_net.records._letters import normalise
from stakeholder_net.records.match import spellings_of

DATA = Path(__file__).resolve().parent.parent / "src" / "stakeholder_net" / "records" / "data"
MARCHE = {"AN", "AP", "FM", "MC", "PU"}
FEWEST = 4  # names in which a word must stand
RIDGE = 10.0
NO_TOWN_WEIGHT = 0.2

BANDS = {
    "shared": [0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.999],
    "short": [0.5, 0.7, 0.85, 0.95, 0.999],
    "long": [0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.999],
    "lost_low": [0.1, 1.5, 4, 7],
    "lost_high": [0.1, 2, 4, 6, 8, 10],
    "best": [3, 5, 6.5, 8, 10],
    "common": [5, 8, 11, 14, 18, 25],
    "first": [0.5, 0.99],
    "likeness": [0.25, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
    "rank_low": [1, 2],
    "rank_high": [1, 2, 4],
    "words": [2, 3],
    "rivals": [1, 2, 3, 5],
}
CODES = {
    "form": 5, "town": 3, "inner_town": 3, "number": 4, "level": 4, "kind": 4, "acronym": 3, "equal": 2, "generic": 3,
}  # fmt: skip
TOGETHER = [
    *(f"form={f}&shared>={q}" for f in (1, 2, 3, 4) for q in (0.5, 0.7, 0.9, 0.999)),
    *(f"town={t}&shared>={q}" for t in (1, 2) for q in (0.5, 0.8, 0.999)),
    *(f"equal=1&form={f}" for f in (1, 2, 3, 4)),
    *(f"generic={g}&{other}" for g in (1, 2) for other in ("inner_town=2", "shared>=0.999", "town=0")),
    "words=1&short>=0.95",
    *(f"words=1&short>=0.95&best>={q}" for q in (5, 6.5, 8, 10)),
    "short>=0.95&common>=8",
    "short>=0.95&common>=14",
    *(f"kind={k}&shared>=0.7" for k in (1, 3)),
    *(f"number={k}&shared>=0.7" for k in (2, 3)),
    *(f"acronym={a}&shared>={q}" for a in (1, 2) for q in (0.3, 0.6)),
    "acronym=1&words=1",
    "acronym=2&words=1",
    *(f"town=1&{other}" for other in ("rivals>=2", "rivals>=4", "generic>=1", "equal=1")),
    *(f"town=1&best>={q}" for q in (6.5, 8, 10)),
]


def conditions() -> list[str]:
    """Return every condition that may earn points."""
    bands = [f"{name}>={limit}" for name, limits in BANDS.items() for limit in limits]
    codes = [f"{name}={code}" for name, size in CODES.items() for code in range(1, size)]
    return [*bands, *codes, *TOGETHER]


def count_words(register: pd.DataFrame) -> list[str]:
    """Return the lines of the table of words."""
    names = register.loc[~register["prov"].isin(MARCHE), "name"]
    counts: Counter[str] = Counter()
    for name in names:
        counts.update(set(normalise(name).split()))
    kept = sorted((w, n) for w, n in counts.items() if n >= FEWEST and not w.isdigit())
    return ["word,names", f"*,{len(names)}", *(f"{w},{n}" for w, n in kept)]


def labelled_pairs(names: pd.DataFrame, *, towns: bool) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the evidence on candidate pairs and whether each is one tax code."""
    mentions = pd.DataFrame({"name": names["name"], "bare_town": True})
    mentions["municipality"] = names["comune"] if towns else None
    spellings, number = spellings_of(mentions, towns=names["comune"].dropna().unique())
    corpus = Corpus.of(spellings)
    pairs = candidate_pairs(corpus)
    bodies: dict[int, set[str]] = {}
    for n, body in zip(number, names["entity_id"], strict=True):
        bodies.setdefault(n, set()).add(body)
    same = [bool(bodies[a] & bodies[b]) for a, b in zip(pairs["one"], pairs["other"], strict=True)]
    return evidence(corpus, pairs), np.array(same)


def fit(signs: np.ndarray, same: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return points by ridge logistic regression (Newton's method); the first is the start and is not shrunk."""
    design = np.column_stack([np.ones(len(signs)), signs])
    ridge = np.diag([0.0, *[RIDGE] * signs.shape[1]])
    points = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ points))
        slope = design.T @ (weights * (chance - same)) + ridge @ points
        curve = (design * (weights * chance * (1 - chance))[:, None]).T @ design + ridge
        step = np.linalg.solve(curve, slope)
        points -= step
        if np.abs(step).max() < 1e-8:  # noqa: PLR2004
            break
    return points


def main(folder: Path) -> None:
    """Write both tables."""
    register = pd.read_csv(folder / "register_5x1000_it.csv.gz", dtype="str", keep_default_na=False)
    lines = count_words(register)
    (DATA / "word_counts.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    emilia = folder / "train_emilia"
    names = pd.read_csv(emilia / "real_mentions.csv").merge(
        pd.read_csv(emilia / "real_truth.csv"), on="mention_id"
    )
    # Again with half of the towns lost, and with all: the matcher must know both cases.
    half = names.copy()
    half.loc[half.index % 2 == 0, "comune"] = None
    parts = [(names, True, 1.0), (half, True, NO_TOWN_WEIGHT), (names, False, NO_TOWN_WEIGHT)]
    wanted = conditions()
    signs, same, weights = [], [], []
    for table, towns, weight in parts:
        found, truth = labelled_pairs(table, towns=towns)
        columns = {name: found[name].to_numpy() for name in found.columns}
        signs.append(np.column_stack([conditions_met(columns, c) for c in wanted]).astype(np.float64))
        same.append(truth.astype(np.float64))
        weights.append(np.full(len(truth), weight))
    points = fit(np.vstack(signs), np.concatenate(same), np.concatenate(weights))
    rows = [("", points[0]), *zip(wanted, points[1:], strict=True)]
    text = "".join(
        f"{condition},{value:.2f}\n"
        for condition, value in rows
        if not condition or abs(value) >= 0.005  # noqa: PLR2004
    )
    (DATA / "scorecard.csv").write_text("condition,points\n" + text, encoding="utf-8")
    print(f"{len(lines) - 2} words, {text.count(chr(10))} signs from {sum(map(len, same))} pairs")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
