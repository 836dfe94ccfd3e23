"""The review in a notebook: a click is a decision."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from stakeholder_net.records import read_decisions, resolve_identities
from stakeholder_net.records.review_widget import review_widget

pytest.importorskip("ipywidgets", reason="ipywidgets belongs to the optional part lab")

NAMES = [
    "CGIL",
    "Camera del Lavoro di Ascoli Piceno - CGIL",
    "Lega Coop",
    "Legacoop Marche <b>sede</b>",
    "Avis Force",
]


@pytest.fixture
def review() -> pd.DataFrame:
    return resolve_identities(pd.DataFrame({"name": NAMES})).review


def test_each_click_keeps_one_answer_and_shows_the_next(review: pd.DataFrame, tmp_path: Path) -> None:
    assert len(review) >= 2
    path = tmp_path / "data" / "decisions.csv"
    widget = review_widget(review, path, decided_by="ufficio", decided_on="2024-05-02", language="en")
    shown, (same, different, skip) = widget.children[0], widget.children[1].children
    for place in range(len(review)):
        assert f"{place + 1} of {len(review)}" in shown.value
        [same, different][place % 2].click()
    assert "No further pair" in shown.value
    assert same.disabled
    same.click()  # nothing more can be answered
    kept = read_decisions(path)
    assert kept["action"].tolist() == [("same", "different")[place % 2] for place in range(len(review))]
    assert kept["a"].tolist() == review["one_key"].tolist()
    assert set(kept["decided_by"]) == {"ufficio"}
    assert skip.disabled


def test_what_is_skipped_is_kept_nowhere_and_names_stay_text(review: pd.DataFrame, tmp_path: Path) -> None:
    hostile = review.assign(one_name="<img src=x onerror=alert(1)>")
    widget = review_widget(hostile, tmp_path / "decisions.csv")
    assert "<img" not in widget.children[0].value
    assert "&lt;img" in widget.children[0].value
    for _ in range(len(review)):
        widget.children[1].children[2].click()
    assert not (tmp_path / "decisions.csv").exists()


def test_the_answers_rule_the_next_reading(review: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    widget = review_widget(review, path, decided_on="2024-05-02")
    first = review.iloc[0]
    widget.children[1].children[0].click()
    who = resolve_identities(pd.DataFrame({"name": NAMES}), decisions=read_decisions(path))
    found = dict(zip(NAMES, who.actor_of, strict=True))
    assert found[first["one_name"]] == found[first["other_name"]]
