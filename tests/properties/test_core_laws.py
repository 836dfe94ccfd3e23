"""Laws that hold for every network: relabelling, row order, isolates, layers that overlap only in part."""

from __future__ import annotations

import tempfile

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeholder_net import StakeholderNetwork, flatten, project, read_network, write_network
from stakeholder_net.layers import adjacency, incidence
from stakeholder_net.words import COUNTING_STATUSES, STATUSES

LETTERS = "abcdefgh"


@st.composite
def records(draw: st.DrawFn) -> dict[str, pd.DataFrame]:
    """Attendance in two layers and stated ties, with actors that are in none, one or more of them."""
    seats = draw(
        st.lists(
            st.tuples(st.sampled_from(LETTERS), st.integers(0, 5), st.sampled_from(sorted(STATUSES))),
            unique_by=lambda seat: seat[:2], max_size=30,
        )
    )  # fmt: skip
    pairs = draw(
        st.lists(
            st.tuples(st.sampled_from(LETTERS), st.sampled_from(LETTERS), st.floats(0.01, 100)).filter(
                lambda pair: pair[0] < pair[1]
            ),
            unique_by=lambda pair: pair[:2], max_size=12,
        )
    )  # fmt: skip
    return {
        "actors": pd.DataFrame({"actor_id": list(LETTERS), "name": list(LETTERS), "kind": "comune"}),
        "events": pd.DataFrame(
            {"event_id": [f"E{k}" for k in range(6)], "name": "x", "kind": "table",
             "layer": ["attendance", "partnership"] * 3}
        ),
        "attendance": pd.DataFrame([(a, f"E{k}", s) for a, k, s in seats], columns=["actor_id", "event_id", "status"]),
        "ties": pd.DataFrame([(a, b, "funding", w) for a, b, w in pairs],
                             columns=["source", "target", "layer", "weight"]),
    }  # fmt: skip


def _weights(net: StakeholderNetwork) -> dict[tuple[frozenset[str], str], float]:
    return {(frozenset((t.source, t.target)), t.layer): round(t.weight, 9) for t in net.ties.itertuples()}


@given(records(), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_order_of_rows_does_not_matter(tables, random) -> None:
    one = project(StakeholderNetwork(**tables))
    order = list(range(len(tables["attendance"])))
    random.shuffle(order)
    turned = {**tables, "attendance": tables["attendance"].iloc[order], "ties": tables["ties"][::-1]}
    assert project(StakeholderNetwork(**turned)) == one


@given(records())
@settings(max_examples=20, deadline=None)
def test_relabelling_turns_nothing_but_labels(tables) -> None:
    new = dict(zip(LETTERS, "qwertyui", strict=True))
    renamed = {name: frame.replace({column: new for column in ("actor_id", "source", "target") if column in frame})
               for name, frame in tables.items()}  # fmt: skip
    renamed["actors"] = renamed["actors"][::-1]
    ours = {(frozenset(new[a] for a in pair), layer): w
            for (pair, layer), w in _weights(project(StakeholderNetwork(**tables))).items()}  # fmt: skip
    assert _weights(project(StakeholderNetwork(**renamed))) == ours


@given(records())
@settings(max_examples=20, deadline=None)
def test_strength_counts_events_with_company(tables) -> None:
    net = project(StakeholderNetwork(**tables))
    for layer in ("attendance", "partnership"):
        seats = incidence(net, layer).toarray()
        company = seats[:, seats.sum(axis=0) >= 2].sum(axis=1)
        assert abs(adjacency(net.layer(layer)).sum(axis=1) - company).max() < 1e-9


@given(records())
@settings(max_examples=20, deadline=None)
def test_only_those_who_came_make_ties(tables) -> None:
    net = StakeholderNetwork(**tables)
    came = tables["attendance"][tables["attendance"]["status"].isin(COUNTING_STATUSES)]
    assert project(net) == project(StakeholderNetwork(**{**tables, "attendance": came})).pipe(
        lambda other: StakeholderNetwork(
            actors=other.actors,
            events=other.events,
            attendance=net.attendance,
            ties=other.ties,
            layers=other.layers,
        )
    )


@given(records())
@settings(max_examples=20, deadline=None)
def test_flattening_one_layer_is_that_layer_and_sums_add_up(tables) -> None:
    net = project(StakeholderNetwork(**tables))
    total = sum(adjacency(net.layer(name)).toarray() for name in net.layer_names)
    assert abs(adjacency(flatten(net)).toarray() - total).max() < 1e-9
    one = net.layer("attendance")
    assert abs(adjacency(flatten(one)).toarray() - adjacency(one).toarray()).max() < 1e-9


@given(records())
@settings(max_examples=15, deadline=None)
def test_what_is_kept_is_what_was_there(tables) -> None:
    net = project(StakeholderNetwork(**tables))
    with tempfile.TemporaryDirectory() as folder:
        write_network(net, folder)
        assert read_network(folder) == net
