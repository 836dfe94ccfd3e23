"""Small counts of persons cannot be worked out: tried by attackers that know the program and all that it printed."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from stakeholder_net import OptionError, suppress_small_counts

LIMIT = 5
small_tables = st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda shape: st.lists(
        st.lists(st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 6, 9]), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)
large_tables = st.tuples(st.integers(2, 7), st.integers(2, 7)).flatmap(
    lambda shape: st.lists(
        st.lists(st.one_of(st.just(0), st.integers(0, 30)), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


def framed(rows):
    return pd.DataFrame(
        rows, index=[f"r{n}" for n in range(len(rows))], columns=[f"c{n}" for n in range(len(rows[0]))]
    )


def said(text, *, is_total):
    """What a reader who knows the program knows of a cell: its least and its greatest value."""
    if text.startswith("<"):
        return 1, LIMIT - 1
    if text == "…":
        return (1 if is_total else LIMIT), None
    return int(text), int(text)


def possible_by_trying(printed, highest=14):
    """Every value that each cell may have, found by filling in all tables there are: no algebra."""
    texts = printed.to_numpy()
    rows, columns = texts.shape[0] - 1, texts.shape[1] - 1
    ranges = []
    for r, c in itertools.product(range(rows), range(columns)):
        low, high = said(texts[r, c], is_total=False)
        ranges.append(range(low, (highest if high is None else high) + 1))
    values: dict[tuple[int, int], set[int]] = {}

    def fits(text, value):
        low, high = said(text, is_total=True)
        return low <= value and (high is None or value <= high)

    per_row = [
        [
            cells
            for cells in itertools.product(*ranges[r * columns : (r + 1) * columns])
            if fits(texts[r, -1], sum(cells))
        ]
        for r in range(rows)
    ]
    for filled in itertools.product(*per_row):
        sums = [sum(column) for column in zip(*filled, strict=True)]
        if not all(fits(texts[-1, c], s) for c, s in enumerate(sums)) or not fits(texts[-1, -1], sum(sums)):
            continue
        full = [[*cells, sum(cells)] for cells in filled] + [[*sums, sum(sums)]]
        for r, c in itertools.product(range(rows + 1), range(columns + 1)):
            values.setdefault((r, c), set()).add(full[r][c])
    return values


def bounds_by_programming(printed_tables, place):
    """The least and the greatest value of one cell of the first table, given all tables at once."""
    names: dict[tuple[str, str], int] = {}
    for printed in printed_tables:
        for r, c in itertools.product(printed.index[:-1], printed.columns[:-1]):
            names.setdefault((r, c), len(names))
    low, high = np.zeros(len(names)), np.full(len(names), np.inf)
    least, most, at_least, at_most = [], [], [], []
    for printed in printed_tables:
        for r, c in itertools.product(printed.index, printed.columns):
            is_total = "total" in (r, c)
            a, b = said(printed.loc[r, c], is_total=is_total)
            inside = [
                names[i, j]
                for i in (printed.index[:-1] if r == "total" else [r])
                for j in (printed.columns[:-1] if c == "total" else [c])
            ]
            if not is_total:
                low[inside[0]] = max(low[inside[0]], a)
                high[inside[0]] = min(high[inside[0]], np.inf if b is None else b)
                continue
            line = np.zeros(len(names))
            line[inside] = 1
            least.append(-line)
            at_least.append(-a)
            if b is not None:
                most.append(line)
                at_most.append(b)
    target = np.zeros(len(names))
    target[[names[r, c] for r, c in place]] = 1
    found = []
    for sign in (1, -1):
        run = linprog(
            sign * target,
            A_ub=np.array(least + most),
            b_ub=np.array(at_least + at_most),
            bounds=list(zip(low, [None if h == np.inf else h for h in high], strict=True)),
        )
        found.append(np.inf if run.status == 3 else sign * run.fun)
        assert run.status in (0, 3), run.message
    return found[0], found[1]


def hidden_small(frame, printed):
    """Return the places (lists of cells that are summed) whose true count is small."""
    full = frame.copy()
    full.loc["total"] = full.sum()
    full["total"] = full.sum(axis=1)
    for r, c in itertools.product(full.index, full.columns):
        if 0 < full.loc[r, c] < LIMIT:
            assert printed.loc[r, c] in (f"<{LIMIT}", "…")
            rows = frame.index if r == "total" else [r]
            columns = frame.columns if c == "total" else [c]
            yield list(itertools.product(rows, columns))


@settings(deadline=None, max_examples=150)
@given(small_tables)
@example([[1, 6, 9], [9, 9, 9], [9, 9, 9]])  # one small cell alone: its row and column give it back
@example([[1, 1, 1], [1, 0, 0], [0, 0, 0]])  # small totals of ones
@example([[1, 5]])  # what protects is itself at its least
@example([[1, 1, 1, 1]])  # "<5" on a total of four ones
def test_no_small_count_has_one_possible_value(rows):
    frame = framed(rows)
    printed = suppress_small_counts(frame, limit=LIMIT)
    possible = possible_by_trying(printed)
    true = np.array(rows)
    true = np.vstack([true, true.sum(axis=0)])
    true = np.hstack([true, true.sum(axis=1, keepdims=True)])
    for r, c in itertools.product(*map(range, true.shape)):
        if 0 < true[r, c] < LIMIT:
            assert len(possible[r, c]) > 1, (printed, r, c)
            assert true[r, c] in possible[r, c]
        elif printed.iloc[r, c] not in (f"<{LIMIT}", "…"):
            assert printed.iloc[r, c] == str(true[r, c])


@settings(deadline=None, max_examples=60)
@given(large_tables)
def test_no_linear_program_gives_a_small_count_back(rows):
    frame = framed(rows)
    printed = suppress_small_counts(frame, limit=LIMIT)
    for place in hidden_small(frame, printed):
        least, most = bounds_by_programming([printed], place)
        assert most - least >= 1 - 1e-6, (printed, place)


@settings(deadline=None, max_examples=60)
@given(large_tables, st.data())
def test_two_releases_together_tell_no_more_than_one(rows, data):
    """A meeting is added, the rest is as it was: whoever holds both tables solves both at once."""
    later = framed(rows)
    former = later.iloc[:, : data.draw(st.integers(1, later.shape[1] - 1))]
    first = suppress_small_counts(former, limit=LIMIT)
    second = suppress_small_counts(later, limit=LIMIT, earlier=first)
    for place in hidden_small(later, second):
        least, most = bounds_by_programming([second, first], place)
        assert most - least >= 1 - 1e-6, (first, second, place)
    assert suppress_small_counts(former, limit=LIMIT, earlier=first).equals(first)


def test_two_releases_without_the_first_in_mind_give_one_away():
    """What the test above guards against is real: this is why a release asks for the former one."""
    later = framed([[6, 7, 1], [9, 9, 9], [9, 9, 9]])
    first = suppress_small_counts(later.iloc[:, :2])
    careless = suppress_small_counts(later)
    assert bounds_by_programming([careless, first], [("r0", "c2")]) == (1, 1)
    careful = suppress_small_counts(later, earlier=first)
    least, most = bounds_by_programming([careful, first], [("r0", "c2")])
    assert most - least >= 1


def test_as_little_is_hidden_as_needed():
    nothing = framed([[5, 0], [0, 12]])
    assert suppress_small_counts(nothing).to_numpy().tolist() == [
        ["5", "0", "5"],
        ["0", "12", "12"],
        ["5", "12", "17"],
    ]
    one = suppress_small_counts(framed([[1, 9, 9], [9, 9, 9], [9, 9, 9]]))
    assert (one == "<5").to_numpy().sum() == 1
    assert (one == "…").to_numpy().sum() == 3  # a circle of four cells is the smallest there is


def test_what_cannot_be_kept_is_refused():
    with pytest.raises(OptionError, match="fewer than 3"):
        suppress_small_counts(framed([[1]]), limit=2)
    for wrong in (-1, 1.5, float("nan")):
        with pytest.raises(OptionError, match="whole number"):
            suppress_small_counts(framed([[wrong]]))
    with pytest.raises(OptionError, match="another heading"):
        suppress_small_counts(pd.DataFrame({"total": [1]}))
