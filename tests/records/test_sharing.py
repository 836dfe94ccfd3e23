"""Names matched in parts are the names matched at once: no part knows more, none less."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest

from stakeholder_net.records import resolve_identities
from stakeholder_net.records._sharing import Sharing

FORMS = [
    "Associazione",
    "ASD",
    "Coop. Sociale",
    "Fondazione",
    "Comitato",
    "",
    "A.S.D.",
    "Cooperativa sociale",
]
FIRST = ["Il Faro", "La Meridiana", "Stella Alpina", "Nuova Vita", "Girasole", "Centro Studi Aurora", "Arcobaleno",
         "Mano Amica", "Banda Musicale Verdi", "Polisportiva Castello", "Croce Azzurra"]  # fmt: skip
SECOND = ["", "", "onlus", "ODV", "e Amici", "2000", "dei Ragazzi", "Insieme", "Primo Maggio", "San Marco"]
TOWNS = ["Folignano", "Venarotta", "Roccafluvione", "Castorano", "Offida", "Spinetoli", None, None]


def invented(size: int, seed: int = 4) -> pd.DataFrame:
    """Make names with slips of the keyboard, some with a town; none is a real body."""
    draw = np.random.default_rng(seed)
    rows = []
    for _ in range(size):
        parts = [draw.choice(words) for words in (FORMS, FIRST, SECOND)]
        name = " ".join(part for part in parts if part)
        if draw.random() < 0.25:
            at = int(draw.integers(1, len(name) - 1))
            name = name[:at] + name[at + 1 :]
        if draw.random() < 0.1:
            name = (
                "".join(word[0] for word in f"{parts[1]} {parts[2]}".split() if len(word) > 2).upper() or name
            )
        rows.append((name, draw.choice(np.array(TOWNS, dtype=object))))
    rows += [(f"Comune di {town}", None) for town in TOWNS if town] + [("Sindaco", "Offida"), ("", None)]
    return pd.DataFrame(rows, columns=["name", "municipality"])


def elsewhere(work, held, parts):
    """Do each part as another machine would, which has nothing but what was sent to it."""
    sent = pickle.dumps(held)
    return [
        pickle.loads(pickle.dumps(work(pickle.loads(sent), pickle.loads(pickle.dumps(part)))))  # noqa: S301
        for part in parts
    ]


@pytest.mark.parametrize("parts", [2, 7])
@pytest.mark.parametrize("listed", [60, 0])
def test_parts_make_no_difference(parts: int, listed: int) -> None:
    mentions = invented(400)
    register = invented(listed, seed=9).assign(tax_code="", kind="") if listed else None
    whole = resolve_identities(mentions, register=register)
    shared = resolve_identities(mentions, register=register, share=Sharing(parts, elsewhere))
    assert {"exact", "score", "new", "review"} <= set(whole.audit["rule"])
    for table in ("actors", "audit", "review", "keys"):
        pd.testing.assert_frame_equal(getattr(shared, table), getattr(whole, table))
    pd.testing.assert_series_equal(shared.register_of, whole.register_of)
