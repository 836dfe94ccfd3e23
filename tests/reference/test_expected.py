"""Figures of ../shared/data/expected: every field of every network, none picked; and what others printed for AUCS."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.reference._inputs import davis, multilayer, two_mode

from stakeholder_net import StakeholderNetwork, project
from stakeholder_net.layers import adjacency
from stakeholder_net.measures import (
    betweenness,
    block_densities,
    brokerage,
    brokerage_totals,
    co_attendance,
    compare_layers,
    constraint,
    core,
    cut_points,
    degree,
    degree_in,
    degree_out,
    describe,
    eigenvector,
    harmonic_out,
    homophily,
    layer_profile,
    layer_summary,
    overlapping_degree,
    relevance,
    strength,
    two_mode_centrality,
    two_mode_summary,
)
from stakeholder_net.measures._roles import ROLES

pytestmark = pytest.mark.shared

PRINTED = 1e-6


def expected(shared: Path, name: str) -> dict[str, Any]:
    return json.loads((shared / "data" / "expected" / f"{name}.json").read_text(encoding="utf-8"))


def one_layer(actors: pd.DataFrame, ties: pd.DataFrame, *, directed: bool) -> StakeholderNetwork:
    actors = actors.rename(columns={"id": "actor_id"}).astype({"actor_id": "str"})
    ties = ties[["source", "target"]].astype("str").reset_index(drop=True)
    return StakeholderNetwork(
        actors=actors.assign(name=actors["actor_id"], kind="comune"),
        ties=ties[ties["source"] != ties["target"]].assign(layer="x", weight=1.0),
        layers=pd.DataFrame({"layer": ["x"], "directed": [directed]}),
    )


def florentine(shared: Path, name: str) -> StakeholderNetwork:
    stem = shared / "data" / "florentine" / f"flo_{name}"
    return one_layer(pd.read_csv(f"{stem}_nodes.csv"), pd.read_csv(f"{stem}_edges.csv"), directed=False)


def krackhardt(shared: Path, name: str) -> StakeholderNetwork:
    stem = shared / "data" / "krackhardt_hightech" / name
    net = one_layer(pd.read_csv(f"{stem}_nodes.csv"), pd.read_csv(f"{stem}_edges.csv"), directed=True)
    return net.with_actors(group=net.actors["dept"].astype("str"))


def chemnet(shared: Path, name: str) -> StakeholderNetwork:
    folder = shared / "data" / "chemnet_toxic_chemicals"
    table = pd.read_csv(folder / f"{name}.csv", index_col=0)
    row, column = np.nonzero(table.to_numpy())
    ties = pd.DataFrame({"source": table.index[row], "target": table.columns[column]})
    types = pd.read_csv(folder / "types.csv", index_col=0)["type"]
    actors = pd.DataFrame({"actor_id": table.index, "group": types.reindex(table.index).to_numpy()})
    return one_layer(actors, ties, directed=True)


NETWORKS: list[tuple[str, str, Callable[[Path, str], StakeholderNetwork]]] = [
    *(("florentine", name, florentine) for name in ("marriage", "business")),
    *(("krackhardt", name, krackhardt) for name in ("ht_advice", "ht_friends", "ht_reports")),
    *(("chemnet", name, chemnet) for name in ("pol", "scifrom", "scito", "infrep")),
]


def figure(name: str) -> Callable[[StakeholderNetwork], float]:
    return lambda net: describe(net)["value"][name]


def centralized(values: pd.Series, most: float) -> float:
    return float((values.max() - values).sum() / most)


def weak_transitivity(net: StakeholderNetwork) -> float:
    """Share of the two-paths that an arc closes: what brokerage leaves over."""
    if not net.layers["directed"].iloc[0]:
        return describe(net)["value"]["transitivity"]
    arcs = adjacency(net, weighted=False)
    paths = (arcs.sum(axis=0) * arcs.sum(axis=1)).sum() - arcs.multiply(arcs.T).sum()
    return 1 - brokerage_totals(net, by="group")["count"]["total"] / paths


def mixing(net: StakeholderNetwork) -> dict[str, dict[str, float]]:
    table = block_densities(net, by="group").pivot_table(index="source", columns="target", values="ties")
    return {source: row.to_dict() for source, row in table.iterrows()}


def external_minus_internal(net: StakeholderNetwork) -> float:
    table = block_densities(net, by="group")
    outside = table["source"] != table["target"]
    return float((table["ties"][outside].sum() - table["ties"][~outside].sum()) / table["ties"].sum())


def either_way(net: StakeholderNetwork) -> StakeholderNetwork:
    low, high = (
        np.minimum(net.ties["source"], net.ties["target"]),
        np.maximum(net.ties["source"], net.ties["target"]),
    )
    ties = pd.DataFrame({"source": low, "target": high}).drop_duplicates()
    return one_layer(net.actors.reset_index(), ties, directed=False)


OURS: dict[str, Callable[[StakeholderNetwork], Any]] = {
    "n": lambda net: net.n_actors,
    "m": lambda net: net.n_ties,
    "density": figure("density"),
    "components_weak": figure("components"),
    "components_strong": figure("strong_components"),
    "reciprocity_edgewise": figure("reciprocity"),
    "transitivity_undirected_igraph": figure("transitivity"),
    "transitivity_sna_weak": weak_transitivity,
    "degree": degree,
    "outdegree": degree_out,
    "indegree": degree_in,
    "betweenness_raw": lambda net: betweenness(net, normalized=False),
    "closeness_gilschmidt_sna": harmonic_out,
    "eigenvector_unit_norm": lambda net: (
        eigenvector(net).fillna(0.0).pipe(lambda v: v / np.sqrt((v**2).sum()))
    ),
    "centralization_degree": figure("degree_centralization"),
    "centralization_outdegree": figure("degree_out_centralization"),
    "centralization_indegree": figure("degree_in_centralization"),
    "centralization_betweenness": figure("betweenness_centralization"),
    "burt_constraint_igraph": constraint,
    "cutpoints": lambda net: sorted(cut_points(net)["actor_id"]),
    "kcore_undirected": lambda net: core(either_way(net)),
    "gf_brokerage_raw": lambda net: brokerage(net, by="group", null="none").T.to_dict("list"),
    "gf_brokerage_global": lambda net: brokerage_totals(net, by="group")["count"].set_axis(
        ["w_I", "w_O", "b_IO", "b_OI", "b_O", "t"]
    ),
    "gf_brokerage_raw_columns": lambda _: ["w_I", "w_O", "b_IO", "b_OI", "b_O", "t"],
    "group": lambda net: net.actors["group"].to_dict(),
    "ei_index_arcs": external_minus_internal,
    "ei_index_symmetrised": lambda net: homophily(net, by="group", permutations=1)["value"]["ei"],
    "mixing_arcs": mixing,
}


@pytest.mark.parametrize(("file", "name", "make"), NETWORKS, ids=[f"{f}-{n}" for f, n, _ in NETWORKS])
def test_every_field(
    shared: Path, file: str, name: str, make: Callable[[Path, str], StakeholderNetwork]
) -> None:
    net = make(shared, name)
    fields = expected(shared, file)[name]
    assert set(fields) <= set(OURS), "a field has no figure of ours"
    # one cut point is printed as a word, several as a list in the order of the file
    fields["cutpoints"] = sorted(
        [fields["cutpoints"]] if isinstance(fields["cutpoints"], str) else fields["cutpoints"]
    )
    for field, theirs in fields.items():
        ours = OURS[field](net)
        if isinstance(ours, pd.Series):
            ours = ours.to_dict()
        check(field, ours, theirs)


def check(field: str, ours: Any, theirs: Any) -> None:
    if isinstance(theirs, dict):
        assert set(ours) == set(theirs), field
        for key, value in theirs.items():
            check(f"{field}, {key}", ours[key], value)
    elif isinstance(theirs, list):
        assert list(ours) == theirs, field
    elif theirs is None:
        assert np.isnan(ours), field
    elif isinstance(theirs, str):
        assert ours == theirs, field
    else:
        assert ours == pytest.approx(theirs, abs=PRINTED), field


def test_roles_have_the_order_of_the_printed_columns() -> None:
    assert ROLES == ("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")


def test_florentine_overlap(shared: Path) -> None:
    net = florentine(shared, "marriage")
    both = net.with_ties(florentine(shared, "business").ties, layer="business")
    row = compare_layers(both).iloc[0]
    overlap = expected(shared, "florentine")["overlap"]
    assert (row["shared"], row["ties_a"] + row["ties_b"] - row["shared"]) == (
        overlap["both"],
        overlap["union"],
    )


def test_davis(shared: Path) -> None:
    fields = expected(shared, "davis")
    net = davis(shared)
    seats = two_mode_centrality(net).set_index("id")
    women, events = seats[seats["mode"] == "actor"], seats[seats["mode"] == "event"]
    pairs = co_attendance(net)
    turned = turned_round(net)
    newman = project(net)
    summary = two_mode_summary(net)["value"]
    joined = describe(both_modes(net))["value"]
    ours = {
        "women": len(women),
        "events": len(events),
        "ties": summary["attendances"],
        "density_two_mode": summary["two_mode_density"],
        "diameter": joined["diameter"],
        "mean_distance": joined["mean_distance"],
        "projection_women_pairs": len(pairs),
        "projection_women_weight_sum": pairs["shared_events"].sum(),
        "projection_women_max_weight": pairs["shared_events"].max(),
        "projection_event_pairs": len(co_attendance(turned)),
        "projection_events_weight_sum": co_attendance(turned)["shared_events"].sum(),
        "robins_alexander": summary["two_mode_four_cycles"],
        "four_cycles": summary["four_cycles"],
        "newman_weight_sum_women": newman.ties["weight"].sum(),
        "women_degree": women["degree"].to_dict(),
        "event_degree": events["degree"].to_dict(),
        "betweenness_raw": seats["betweenness"].round(4).to_dict(),
        "bipartite_degree_centrality": seats["degree_share"].round(4).to_dict(),
        "bipartite_closeness": seats["closeness"].round(4).to_dict(),
        "bipartite_betweenness": seats["betweenness_share"].round(4).to_dict(),
    }
    # another coefficient than the two that METHODS asks for (C14)
    assert set(fields) - set(ours) == {"latapy_dot_avg_women"}
    for field, value in ours.items():
        check(field, value, fields[field])
    assert strength(newman).sum() == pytest.approx(
        summary["attendances"]
    )  # nobody was ever alone at an event


def turned_round(net: StakeholderNetwork) -> StakeholderNetwork:
    """Actors as events and events as actors."""
    rows = net.attendance
    table = pd.crosstab(rows["event_id"], rows["actor_id"])
    return two_mode(table)


def both_modes(net: StakeholderNetwork) -> StakeholderNetwork:
    rows = net.attendance
    names = pd.DataFrame({"actor_id": [*net.actors.index, *net.events.index]})
    ties = pd.DataFrame({"source": rows["actor_id"], "target": rows["event_id"]})
    return one_layer(names, ties, directed=False)


def test_committees_of_chemnet(shared: Path) -> None:
    fields = expected(shared, "chemnet")["committee"]
    table = pd.read_csv(shared / "data" / "chemnet_toxic_chemicals" / "committee.csv", index_col=0)
    net = two_mode((table > 0).astype(int))
    pairs = co_attendance(net)
    ours = {
        "actors": net.n_actors,
        "committees": len(net.events),
        "ties": two_mode_summary(net)["value"]["attendances"],
        "max_value": table.to_numpy().max(),
        "shared_pairs": len(pairs),
        "weight_sum": pairs["shared_events"].sum(),
        "max_shared": pairs["shared_events"].max(),
        "actor_degree": two_mode_centrality(net).query("mode == 'actor'").set_index("id")["degree"].to_dict(),
    }
    check("committee", ours, fields)


def test_aucs_as_printed(shared: Path) -> None:
    """Gourdon and Beauguitte 2022, computed with R multinet: PUBLISHED.md."""
    net = multilayer(shared, "aucs")
    layers = layer_summary(net)
    assert layers["actors"].to_dict() == {
        "coauthor": 25,
        "facebook": 32,
        "leisure": 47,
        "lunch": 60,
        "work": 60,
    }
    assert layers["ties"].to_dict() == {
        "coauthor": 21,
        "facebook": 124,
        "leisure": 88,
        "lunch": 193,
        "work": 194,
    }
    assert layers["transitivity"].to_dict() == pytest.approx(
        {
            "coauthor": 0.4285714,
            "facebook": 0.4805687,
            "leisure": 0.3430657,
            "lunch": 0.5689661,
            "work": 0.3387863,
        },
        abs=5e-5,
    )
    assert (net.n_actors, net.n_ties) == (61, 620)
    degrees = overlapping_degree(net)
    assert degrees.nlargest(6).to_dict() == {
        "U4": 49,
        "U67": 47,
        "U91": 46,
        "U123": 44,
        "U79": 44,
        "U110": 41,
    }
    profile = layer_profile(net)
    assert relevance(net, "work")["U54"] == pytest.approx(0.4210526, abs=1e-7)
    assert relevance(net, "work", exclusive=True)["U54"] == pytest.approx(0.2105263, abs=1e-7)
    assert relevance(net, "work")["U54"] * profile["neighbourhood"]["U54"] == pytest.approx(8)
    jaccard = compare_layers(net).set_index(["layer_a", "layer_b"])["jaccard"]
    assert jaccard["coauthor", "leisure"] == pytest.approx(0.1010101, abs=1e-7)
    assert jaccard["lunch", "work"] == pytest.approx(0.33910035, abs=1e-8)
