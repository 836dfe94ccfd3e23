"""What may not matter does not: names, the order of rows and of layers, an actor who stands apart, who is in which."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeholder_net import StakeholderNetwork, flatten, project
from stakeholder_net.measures import (
    betweenness,
    block_densities,
    bridges,
    brokerage,
    by_layer,
    co_attendance,
    compare_layers,
    component_sizes,
    cut_points,
    describe,
    group_profile,
    harmonic,
    homophily,
    key_players,
    layer_profile,
    layer_summary,
    measure_table,
    participation,
    removal_effects,
    tie_tests,
    two_mode_centrality,
    two_mode_summary,
)
from stakeholder_net.measures._induced import Induced
from stakeholder_net.measures.tables import MEASURES

LAYERS = ("attendance", "funding", "partnership")
SLOW = {"bridging_loss"}
OF_ONE_LAYER = sorted(set(MEASURES) - {"relevance", *SLOW})
# n stands in their definition, so that an actor who stands apart changes them in a known way
KNOW_THE_NUMBER = {"harmonic", "harmonic_in", "harmonic_out", "closeness", "pagerank", "betweenness"}


@st.composite
def networks(draw: st.DrawFn, *, layers: int = 1) -> StakeholderNetwork:
    """A network of some actors, of whom each layer holds only some."""
    n = draw(st.integers(4, 9))
    seed = draw(st.integers(0, 100_000))
    rng = np.random.default_rng(seed)
    ids = [f"n{i}" for i in range(n)]
    parts, cards = [], []
    for layer in LAYERS[:layers]:
        members = rng.permutation(n)[: rng.integers(2, n + 1)]
        directed = layer == "funding"
        cards.append((layer, directed, "strength"))
        chosen = rng.random((n, n)) < rng.choice([0.2, 0.5])
        parts += [
            (ids[i], ids[j], layer, float(rng.integers(1, 4)))
            for i in members
            for j in members
            if (i < j or (directed and i != j)) and chosen[i, j]
        ]
    return StakeholderNetwork(
        actors=pd.DataFrame(
            {"actor_id": ids, "name": ids, "kind": [("a", "b", "c")[i % 3] for i in range(n)]}
        ),
        ties=pd.DataFrame(parts, columns=["source", "target", "layer", "weight"]).astype(
            {"source": "str", "target": "str", "layer": "str", "weight": "float64"}
        ),
        layers=pd.DataFrame(cards, columns=["layer", "directed", "weight_means"]),
        presence=pd.DataFrame({"actor_id": ids[:2], "layer": [LAYERS[0]] * 2}),
    )


def relabelled(net: StakeholderNetwork, seed: int) -> tuple[StakeholderNetwork, dict[str, str]]:
    """The same network with other ids, its rows in another order, pairs turned round where they have no direction."""
    rng = np.random.default_rng(seed)
    new = dict(zip(net.actors.index, [f"z{i}" for i in rng.permutation(net.n_actors)], strict=True))
    ties = net.ties.sample(frac=1, random_state=seed)
    turn = ~ties["layer"].map(net.layers["directed"]).astype(bool) & (rng.random(len(ties)) < 0.5)
    source, target = ties["source"].mask(turn, ties["target"]), ties["target"].mask(turn, ties["source"])
    actors = net.actors.reset_index().sample(frac=1, random_state=seed)
    attendance = net.attendance.sample(frac=1, random_state=seed)
    return StakeholderNetwork(
        actors=actors.assign(actor_id=actors["actor_id"].map(new)),
        ties=ties.assign(source=source.map(new), target=target.map(new)),
        layers=net.layers.reset_index().sample(frac=1, random_state=seed),
        presence=net.presence.assign(actor_id=net.presence["actor_id"].map(new)).sample(
            frac=1, random_state=seed
        ),
        events=net.events.reset_index(),
        attendance=attendance.assign(actor_id=attendance["actor_id"].map(new)),
    ), new


def same(ours: pd.Series, theirs: pd.Series, new: dict[str, str]) -> None:
    renamed = theirs.rename(index={value: key for key, value in new.items()}).reindex(ours.index)
    assert ours.to_numpy() == pytest.approx(renamed.to_numpy(), nan_ok=True, rel=1e-7, abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(networks(), st.integers(0, 1000))
def test_names_and_order_do_not_matter(net: StakeholderNetwork, seed: int) -> None:
    other, new = relabelled(net, seed)
    one, two = measure_table(net, OF_ONE_LAYER), measure_table(other, OF_ONE_LAYER)
    for name in OF_ONE_LAYER:
        same(one[name], two[name], new)
    effects, theirs = removal_effects(net), removal_effects(other)
    for column in effects.columns:
        same(effects[column], theirs[column], new)
    counts, roles = brokerage(net, null="none"), brokerage(other, null="none")
    for column in counts.columns:
        same(counts[column], roles[column], new)
    assert set(cut_points(net)["actor_id"].map(new)) == set(cut_points(other)["actor_id"])
    assert len(bridges(net)) == len(bridges(other))
    best, found = key_players(net, 2, most=1000), key_players(other, 2, most=1000)
    assert best["value"][0] == pytest.approx(found["value"][0])
    assert {frozenset(new[a] for a in s) for s in best["actors"]} == {frozenset(s) for s in found["actors"]}


@settings(max_examples=20, deadline=None)
@given(networks(), st.integers(0, 1000))
def test_figures_of_the_whole_do_not_depend_on_names(net: StakeholderNetwork, seed: int) -> None:
    other, _ = relabelled(net, seed)
    exact = [name for name in homophily(net, permutations=1).index if not name.startswith("ei_p")]
    for function in (describe, lambda n: homophily(n, permutations=1).loc[exact]):
        one, two = function(net), function(other)
        assert one["value"].to_numpy() == pytest.approx(two["value"].to_numpy(), nan_ok=True)
        assert one["status"].to_list() == two["status"].to_list()
        assert (one["status"] != "").equals(one["value"].isna())
    pd.testing.assert_frame_equal(block_densities(net), block_densities(other))


@settings(max_examples=12, deadline=None)
@given(networks(layers=3), st.integers(0, 1000))
def test_layers_may_come_in_any_order_and_hold_other_actors(net: StakeholderNetwork, seed: int) -> None:
    other, new = relabelled(net, seed)
    profile, theirs = layer_profile(net), layer_profile(other)
    for column in profile.columns.drop("only_layer"):
        same(profile[column], theirs[column], new)
    assert profile["only_layer"].to_dict() == {old: theirs["only_layer"][label] for old, label in new.items()}
    sizes, again = component_sizes(net), component_sizes(other)
    for column in sizes.columns:
        same(sizes[column], again[column], new)
    for name in ("strength", "betweenness", "relevance"):
        table, turned = by_layer(net, name), by_layer(other, name)
        for layer in net.layer_names:
            same(table[layer], turned[layer], new)
    pairs = {frozenset((row.layer_a, row.layer_b)): row for row in compare_layers(net).itertuples()}
    for row in compare_layers(other).itertuples():
        mine = pairs[frozenset((row.layer_a, row.layer_b))]
        for field in (
            "jaccard",
            "dice",
            "phi",
            "p_more",
            "jaccard_actors",
            "pearson",
            "kendall",
            "expected_shared",
        ):
            assert getattr(row, field) == pytest.approx(getattr(mine, field), nan_ok=True)
    summary = layer_summary(net)
    again_summary = layer_summary(other).loc[summary.index]
    pd.testing.assert_frame_equal(summary, again_summary)


@settings(max_examples=20, deadline=None)
@given(networks())
def test_an_actor_who_stands_apart_changes_nobody_else(net: StakeholderNetwork) -> None:
    more = pd.concat(
        [net.actors.reset_index(), pd.DataFrame({"actor_id": ["apart"], "name": ["apart"], "kind": ["a"]})]
    )
    other = StakeholderNetwork(
        actors=more, ties=net.ties, layers=net.layers.reset_index(), presence=net.presence
    )
    names = sorted(set(OF_ONE_LAYER) - KNOW_THE_NUMBER)
    one, two = measure_table(net, names), measure_table(other, names)
    for name in names:
        same(one[name], two[name].drop("apart"), {i: i for i in net.actors.index})
    n = net.n_actors
    assert (harmonic(other).drop("apart") * n).to_numpy() == pytest.approx(
        (harmonic(net) * (n - 1)).to_numpy()
    )
    raw: Callable[[StakeholderNetwork], pd.Series] = lambda one: betweenness(one, normalized=False)  # noqa: E731
    assert raw(other).drop("apart").to_numpy() == pytest.approx(raw(net).to_numpy())
    assert group_profile(other).drop("apart")["groups_reached"].equals(group_profile(net)["groups_reached"])
    before, after = describe(net)["value"], describe(other)["value"]
    assert after["isolates"] == before["isolates"] + 1
    for figure in ("ties", "triangles", "transitivity", "mean_distance", "diameter", "cut_points", "bridges"):
        assert after[figure] == pytest.approx(before[figure], nan_ok=True)


@settings(max_examples=20, deadline=None)
@given(networks())
def test_flattening_one_layer_changes_no_measure(net: StakeholderNetwork) -> None:
    names = ["degree", "strength", "betweenness", "constraint", "effective_size", "clustering"]
    pd.testing.assert_frame_equal(measure_table(net, names), measure_table(flatten(net), names))


def checked_anew(net: StakeholderNetwork) -> StakeholderNetwork:
    tables = {
        name: getattr(net, name) for name in ("actors", "ties", "layers", "events", "attendance", "presence")
    }
    return StakeholderNetwork(**tables, name=net.name, source=net.source)


@settings(max_examples=20, deadline=None)
@given(networks(layers=3), st.integers(0, 1000))
def test_what_is_not_checked_anew_keeps_every_promise(net: StakeholderNetwork, seed: int) -> None:
    for how in ("sum", "count", "any", "all"):
        flat = flatten(net, how=how)
        again = checked_anew(flat)
        assert flat == again
        assert flat.fingerprint == again.fingerprint
    stay = np.random.default_rng(seed).random(net.n_actors) < 0.6
    part = Induced(net).of(stay)
    assert part == net.keep(net.actors.index[stay]) == checked_anew(part)


@settings(max_examples=20, deadline=None)
@given(networks(layers=3))
def test_participation_stays_within_its_bounds(net: StakeholderNetwork) -> None:
    values = participation(net).dropna()
    assert values.between(-1e-12, 1 + 1e-12).all()
    profile = layer_profile(net)
    assert profile["participation"].isna().equals(profile["overlapping_degree"] == 0)
    assert (profile.loc[profile["active_layers"] == 1, "participation"].abs() < 1e-12).all()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 100_000), st.integers(0, 1000))
def test_registers_too(seed: int, shuffle: int) -> None:
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(3, 9)), int(rng.integers(2, 7))
    row, column = np.nonzero(rng.random((n, m)) < 0.45)
    ids, codes = [f"n{i}" for i in range(n)], [f"E{k}" for k in range(m)]
    net = StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": ids, "name": ids, "kind": "a"}),
        events=pd.DataFrame({"event_id": codes, "name": codes, "kind": "table"}),
        attendance=pd.DataFrame(
            {"actor_id": [ids[i] for i in row], "event_id": [codes[k] for k in column], "status": "present"}
        ).astype("str"),
    )
    other, new = relabelled(net, shuffle)
    for table in (co_attendance, tie_tests, lambda one: tie_tests(one, null="hypergeometric")):
        ours, theirs = table(net), table(other)
        ours["pair"] = [
            frozenset((new[a], new[b])) for a, b in zip(ours["source"], ours["target"], strict=True)
        ]
        theirs["pair"] = [frozenset(pair) for pair in zip(theirs["source"], theirs["target"], strict=True)]
        theirs = theirs.set_index("pair").loc[list(ours["pair"])]
        for name in ours.columns.drop(["source", "target", "pair"]):
            assert ours[name].to_numpy() == pytest.approx(theirs[name].to_numpy(), nan_ok=True, abs=1e-9)
    figures = two_mode_summary(net)["value"]
    assert figures.to_numpy() == pytest.approx(two_mode_summary(other)["value"].to_numpy(), nan_ok=True)
    assert 0 <= figures.fillna(0)["closed_four_paths"] <= figures["four_paths"]
    seats = two_mode_centrality(net).set_index("id")["closeness"]
    same(seats[ids], two_mode_centrality(other).set_index("id")["closeness"], new)
    if len(row):
        assert project(net).ties["weight"].sum() == pytest.approx(project(other).ties["weight"].sum())
