"""Coalitions: exact optima and fronts, teams, contacts, invitations, ties to come."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pandas as pd
from scipy.sparse import csgraph
from tests.reference._inputs import network
from tests.reference._registry import Table, compares
from tests.reference.compare_gaps import registry

from stakeholder_net import StakeholderNetwork
from stakeholder_net.findings import (
    Call,
    best_new_ties,
    closest_teams,
    coalition_front,
    fewest_contacts,
    group_centrality,
    tie_scores,
    whom_to_invite,
)
from stakeholder_net.findings._program import Program
from stakeholder_net.findings._rules import build_task
from stakeholder_net.findings.groups import rarest_first
from stakeholder_net.findings.missing_ties import pattern_of

CALL = Call(
    title="Reference call",
    min_partners=4,
    max_partners=6,
    required_kinds={"municipality": 1, "third_sector": 2},
    lead_kinds=("municipality", "third_sector"),  # those for whom the table says that they can lead
    min_municipalities=3,
    limits={"cost": 80.0},
)


def candidates(table: Table) -> StakeholderNetwork:
    """Return the eighteen candidates; tied when they share an event; inhabitants of each one's municipality."""
    actors = table.input("coalition_candidates").rename(columns={"actor": "actor_id", "theme": "themes"})
    assert (actors["can_lead"] == actors["kind"].isin(CALL.lead_kinds)).all()
    people = table.input("registry_municipalities").set_index("municipality")["population"]
    shared = table.input("coalition_shared_events").set_index("actor")
    first, second = np.nonzero(np.triu(shared.to_numpy(), k=1))
    return StakeholderNetwork(
        actors=actors.assign(name=actors["actor_id"], population=actors["municipality"].map(people)),
        ties=pd.DataFrame({
            "source": shared.index[first], "target": shared.columns[second], "layer": "attendance",
            "weight": shared.to_numpy()[first, second].astype(float),
        }),
    )  # fmt: skip


@compares(
    "G04_coalition_pareto",
    key=["cost", "themes", "population", "tied_pairs"],
    not_compared={"one_coalition": "one of several that reach the point"},
)
def front(table: Table) -> pd.DataFrame:
    found = coalition_front(
        candidates(table),
        CALL,
        objectives=("cost", "themes", "population", "tied_pairs"),
        count=True,
        seconds=None,
    )
    assert (found["status"] == "optimal").all()
    return found.astype({"cost": "int64", "themes": "int64", "population": "int64", "tied_pairs": "int64"})


@compares(
    "G05_coalition_milp",
    key=["objective", "type", "constraints"],
    not_compared={"optimum_highs_milp": "the same optimum by another solver"},
)
def optima(table: Table) -> pd.DataFrame:
    task = build_task(candidates(table), CALL)
    ours = table.frame[["objective", "type", "constraints"]].copy()
    values = []
    for row in ours.itertuples():
        program = Program(task)
        for name, least in re.findall(r"(\w+)>=(\d+)", str(row.constraints)):
            program.at_least(name, float(least))
        found = program.best(row.objective)
        values.append(abs(found.value) if found.state == "optimal" else np.nan)
    return ours.assign(optimum_enumeration=values)


@compares("G01_link_prediction_*", key=["source", "target"])
def absent_ties(table: Table) -> pd.DataFrame:
    name = table.id.removeprefix("G01_link_prediction_")
    found = tie_scores(network(table.shared, name))
    return found.rename(columns={"katz": "katz_beta_half_inverse_lambda", "l3": "l3_kovacs"})


@compares("G02_group_centrality_florentine_marriage", key=["a", "b"])
def pairs_as_one(table: Table) -> pd.DataFrame:
    net = network(table.shared, "florentine_marriage")
    pairs = list(itertools.combinations(net.actors.index, 2))
    found = group_centrality(net, pairs).rename(
        columns={
            "degree": "group_degree",
            "degree_share": "group_degree_norm",
            "harmonic": "group_harmonic_norm",
            "closeness": "group_closeness",
            "betweenness": "group_betweenness",
            "betweenness_share": "group_betweenness_norm",
        }
    )
    return found.assign(a=[pair[0] for pair in pairs], b=[pair[1] for pair in pairs])


@compares(
    "G03_team_formation_emonMtStHelens", key=["objective"],
    not_compared={"one_optimal_team": "one of several"},
)  # fmt: skip
def teams(table: Table) -> pd.DataFrame:
    net = network(table.shared, "emon_MtStHelens", either=True)
    # the table is about the largest connected part
    place = {actor: n for n, actor in enumerate(net.actors.index)}
    _, part = csgraph.connected_components(pattern_of(net, "teams"), directed=False)
    net = net.keep(actor for actor in net.actors.index if part[place[actor]] == np.bincount(part).argmax())
    rows = []
    for ours, theirs in {
        "diameter": "diameter", "tree": "mst_on_distances", "sum": "sum_of_distances", "steiner": "steiner_tree_edges",
    }.items():  # fmt: skip
        found = closest_teams(net, "sponsorship", measure=ours).iloc[0]
        rows.append((theirs, found["value"], found["ties"]))
    steps = csgraph.shortest_path(pattern_of(net, "teams"), unweighted=True)
    groups = net.actors["sponsorship"].to_numpy()
    pools = [np.flatnonzero(groups == group) for group in sorted(set(groups))]
    team, radius = rarest_first(steps, pools)
    rows.append(("rarest_first_diameter_of_team", steps[np.ix_(team, team)].max(), np.nan))
    rows.append(("rarest_first_radius_bound", radius, np.nan))
    return pd.DataFrame(rows, columns=["objective", "value", "n_optimal_teams"])


@compares("G06_edge_addition_florentine_marriage", key=["source", "target"])
def one_more(table: Table) -> pd.DataFrame:
    found = best_new_ties(network(table.shared, "florentine_marriage"), n=None).rename(columns={
        "delta_efficiency": "delta_global_efficiency", "delta_max_betweenness": "delta_max_betweenness_norm",
        "delta_cut_points": "delta_cutpoints",
    })  # fmt: skip
    # a tie has no direction: put its ends as the table does
    theirs = {
        frozenset(ends): ends for ends in zip(table.frame["source"], table.frame["target"], strict=True)
    }
    ends = [theirs[frozenset(pair)] for pair in found["actors"]]
    return found.assign(source=[pair[0] for pair in ends], target=[pair[1] for pair in ends])


@compares(
    "G07_minimum_contacts", key=["dataset"],
    not_compared={
        "one_optimal_set": "one of several", "networkx_dominating_set_heuristic_size": "a heuristic, for comparison",
    },
)  # fmt: skip
def contacts(table: Table) -> pd.DataFrame:
    rows = []
    for dataset in table.frame["dataset"]:
        name = str(dataset).replace("emon", "emon_")
        net = network(table.shared, name, either=name.startswith("emon"))
        sizes = [len(fewest_contacts(net, steps=steps)) for steps in (1, 2)]
        rows.append((dataset, net.n_actors, *sizes))
    names = ["dataset", "n", "min_contacts_reach_all_1_step", "min_contacts_reach_all_2_steps"]
    return pd.DataFrame(rows, columns=names)


@compares(
    "G08_invitations", key=["k_invitations"],
    not_compared=dict.fromkeys(
        ("greedy_new_cells", "greedy_order_ties_by_registry_order"), "the greedy method, for comparison"
    ),
)  # fmt: skip
def invitations(table: Table) -> pd.DataFrame:
    net = registry(table)
    rows = []
    for k in table.frame["k_invitations"]:
        found = whom_to_invite(net, int(k)).iloc[0]
        rows.append((k, found["covered"], found["fillable"]))
    return pd.DataFrame(rows, columns=["k_invitations", "max_new_cells_exact", "reachable_uncovered_cells"])
