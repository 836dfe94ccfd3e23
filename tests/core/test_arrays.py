"""The quick paths give what the plain ones give: codes, digests, ties made from arrays."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from stakeholder_net import StakeholderNetwork, project
from stakeholder_net._codes import Texts, codes_of, repeated
from stakeholder_net._digest import digest_table
from stakeholder_net._meetings import meetings

NAMES = st.lists(st.text(max_size=4), max_size=12)


@given(values=NAMES, known=NAMES)
def test_codes_are_the_first_places(values: list[str], known: list[str]) -> None:
    assert codes_of(values, known).tolist() == [known.index(v) if v in known else -1 for v in values]


def test_codes_of_a_slice_and_of_missing_values() -> None:
    names = pd.Series(["x", "b", None, "a", "b"], dtype="str")
    assert codes_of(names[1:], pd.Index(["a", "b"])).tolist() == [1, -1, 0, 1]


RUNS = st.tuples(st.sampled_from(["a", " a", "b ", "", " ", "città", None]), st.integers(1, 9))


@given(runs=st.lists(RUNS, max_size=9), cut=st.integers(0, 9), shuffled=st.booleans())
def test_a_column_looked_through_once_says_what_its_rows_say(
    *, runs: list[tuple[str | None, int]], cut: int, shuffled: bool
) -> None:
    rows = [word for word, times in runs for _ in range(times)]
    if shuffled:
        rows = rows[::2] + rows[1::2]
    column = pd.concat([pd.Series(part, dtype="str") for part in (rows[:cut], rows[cut:])], ignore_index=True)
    text = Texts.of(column)
    back = [None if n == len(text.said) else text.said[n] for n in text.numbers]
    assert back == rows
    assert text.said.is_unique
    assert text.empty_rows().tolist() == [
        n for n, word in enumerate(rows) if word is None or not word.strip()
    ]
    known = ["b", "a", "città"]
    assert text.places(known).tolist() == [known.index(w) if w in known else -1 for w in rows]
    filled = Texts.of(column.fillna("a ")).stripped()
    words = [(word if word is not None else "a ").strip() for word in rows]
    assert filled.column.tolist() == words
    assert filled.places(known).tolist() == [known.index(w) if w in known else -1 for w in words]


def test_a_word_repeated_is_a_column_like_any_other() -> None:
    for word, times in (("", 3), ("attività", 2), ("x", 0)):
        column = repeated(word, times)
        assert column.equals(pd.Series([word] * times, dtype="str"))
        assert column.str.len().tolist() == [len(word)] * times


def _digest(frame: pd.DataFrame) -> str:
    made = hashlib.sha256()
    digest_table(made, frame)
    return made.hexdigest()


def test_equal_tables_have_one_digest_however_they_came_to_be() -> None:
    frame = pd.DataFrame({
        "a": ["x", "", None], "n": [1.5, np.nan, -0.0], "k": [1, 2, 3],
        "d": pd.to_datetime(["2021-09-03", None, "2021-09-04"]), "l": [["a"], [], None], "i": pd.array([1, None, 3]),
    })  # fmt: skip
    other = (
        pd.concat([frame.iloc[:0], frame, frame])[["i", "l", "d", "k", "n", "a"]]
        .iloc[3:]
        .reset_index(drop=True)
    )
    other["n"] = [1.5, np.nan, 0.0]
    assert _digest(other) == _digest(frame)
    assert _digest(other.astype({"i": "float64", "k": "Int64"})) == _digest(frame)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": ["ab", "c"]}, {"a": ["a", "bc"]}),
        ({"a": ["", None]}, {"a": [None, ""]}),
        ({"a": ["x"], "b": ["y"]}, {"a": ["y"], "b": ["x"]}),
        ({"a": [1, 2]}, {"a": [2, 1]}),
        ({"a": [2**60]}, {"a": [2**60 + 1]}),
        ({"a": [1]}, {"a": ["1"]}),
        ({"a": [1.0]}, {"a": [np.nan]}),
        ({"a": [["x"]]}, {"a": [["y"]]}),
        ({"a": pd.to_datetime(["2021-09-03"])}, {"a": pd.to_datetime(["2021-09-04"])}),
    ],
)
def test_different_tables_have_two(one: dict[str, object], other: dict[str, object]) -> None:
    assert _digest(pd.DataFrame(one)) != _digest(pd.DataFrame(other))


def _attended(n_actors: int, n_events: int, seed: int) -> StakeholderNetwork:
    draw = np.random.default_rng(seed)
    actor, event = np.nonzero(draw.random((n_actors, n_events)) < 0.3)
    ids, meetings_ = [f"a{n:02d}" for n in range(n_actors)], [f"e{n}" for n in range(n_events)]
    layers = ["tables", "labs"]
    return StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": draw.permutation(ids), "name": ids, "kind": "comune"}),
        events=pd.DataFrame({"event_id": meetings_, "name": meetings_, "kind": "table",
                             "layer": [layers[n % 2] for n in range(n_events)]}),
        attendance=pd.DataFrame({"actor_id": [ids[n] for n in actor], "event_id": [meetings_[n] for n in event],
                                 "status": draw.choice(["present", "announced"], len(actor)),
                                 "role": draw.choice(["", "organiser"], len(actor))}),
        ties=pd.DataFrame({"source": [ids[1]], "target": [ids[0]], "layer": ["partnership"], "weight": [2.0],
                           "evidence": ["patto"], "share": [0.5]}),
        presence=pd.DataFrame({"actor_id": [ids[2]], "layer": ["partnership"]}),
    )  # fmt: skip


@pytest.mark.parametrize("options", [{}, {"weight": "count"}, {"weight": "jaccard"}, {"roles": {"organiser": 3.0}},
                                     {"counts": ("present", "announced")}])  # fmt: skip
@pytest.mark.parametrize("seed", range(4))
def test_derived_ties_are_those_that_the_long_way_promises(options: dict[str, object], seed: int) -> None:
    quick = project(project(_attended(12, 9, seed)), **options)  # type: ignore[arg-type]
    slow = StakeholderNetwork(
        actors=quick.actors, events=quick.events, attendance=quick.attendance, layers=quick.layers,
        ties=quick.ties.sample(frac=1, random_state=seed), presence=quick.presence.sample(frac=1, random_state=seed),
    )  # fmt: skip
    for table in ("actors", "events", "attendance", "ties", "layers", "presence"):
        pd.testing.assert_frame_equal(getattr(quick, table), getattr(slow, table))
    assert quick.fingerprint == slow.fingerprint


@pytest.mark.parametrize("block", [1, 7, 10_000])
@pytest.mark.parametrize("seed", range(3))
def test_meetings_are_the_product_of_the_incidence(
    block: int, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stakeholder_net._meetings._BLOCK", block)
    draw = np.random.default_rng(seed)
    dense = (draw.random((17, 11)) < 0.3).astype(float)
    weights = dense * draw.uniform(0.5, 2.0, dense.shape)
    value = draw.random(11)
    seats = sparse.csr_array(dense)
    for shares in (seats, sparse.csr_array(weights)):
        met = meetings(seats, shares, value)
        first, second = np.nonzero(np.triu(dense @ dense.T, k=1))
        assert (met.first.tolist(), met.second.tolist()) == (first.tolist(), second.tolist())
        assert met.shared.tolist() == (dense @ dense.T)[first, second].tolist()
        whole = shares.toarray()
        np.testing.assert_allclose(met.weight, (whole * value @ whole.T)[first, second], rtol=1e-12)


def test_layers_come_out_in_the_order_asked_for() -> None:
    draw = np.random.default_rng(2)
    ids = [f"a{n}" for n in draw.permutation(9)]
    rows = {(*draw.choice(ids, 2, replace=False), name): 1.0 for name in "zxyw" for _ in range(6)}
    ties = pd.DataFrame(
        [(*key, weight) for key, weight in rows.items()], columns=["source", "target", "layer", "weight"]
    )
    cards = pd.DataFrame({"layer": list("zxywv"), "directed": True})
    actors = pd.DataFrame({"actor_id": ids, "name": ids, "kind": "comune"})
    net = StakeholderNetwork(actors=actors, ties=ties.sample(frac=1, random_state=2), layers=cards)
    for names in (("y", "z"), ("w", "v", "x", "w"), ("v",), ()):
        some = net.layer(*names)
        for table in ("ties", "presence"):
            whole = getattr(net, table)
            wanted = [whole[whole["layer"] == name] for name in dict.fromkeys(names)]
            wanted = pd.concat(wanted, ignore_index=True) if wanted else whole.iloc[:0]
            pd.testing.assert_frame_equal(getattr(some, table), wanted)
