"""Centralities of single actors."""

from __future__ import annotations

import numpy as np
import pandas as pd
from tests.reference._inputs import network
from tests.reference._registry import Table, compares

from stakeholder_net import StakeholderNetwork
from stakeholder_net.measures import (
    authority,
    betweenness,
    bridging,
    bridging_coefficient,
    bridging_loss,
    closeness,
    clustering,
    core,
    cut_points,
    degree,
    degree_in,
    degree_out,
    eccentricity,
    effort_degree,
    eigenvector,
    harmonic,
    harmonic_in,
    harmonic_out,
    hub,
    key_players,
    mutuality,
    pagerank,
    reach,
    removal_effects,
    strength,
)


def named(**columns: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(columns).rename_axis("name").reset_index()


@compares("C01_centrality_*", key=["name"])
def undirected(table: Table) -> pd.DataFrame:
    net = network(table.shared, table.id.removeprefix("C01_centrality_"))
    # an isolate: METHODS C4 and 0.3 call both undefined, the table prints the zeros of igraph and networkx
    inside, near = eigenvector(net).fillna(0.0), closeness(net, over="component").fillna(0.0)
    assert eigenvector(net).isna().equals(closeness(net, over="component").isna())
    return named(
        degree=degree(net),
        degree_norm=degree(net, normalized=True),
        betweenness=betweenness(net, normalized=False),
        betweenness_norm=betweenness(net),
        harmonic_sum=harmonic(net) * (net.n_actors - 1),
        harmonic_norm=harmonic(net),
        closeness_component=near,
        closeness_wasserman_faust=closeness(net),
        eccentricity_component=eccentricity(net),
        eigenvector_max1=inside,
        eigenvector_l2=inside / np.sqrt((inside**2).sum()),
        pagerank85=pagerank(net),
        coreness=core(net),
        local_clustering=clustering(net),
        is_cutpoint=net.actors.index.isin(cut_points(net)["actor_id"]).astype(int),
    )


@compares("C02_weighted_lesmis", key=["name"])
def weighted(table: Table) -> pd.DataFrame:
    net = network(table.shared, "lesmis")
    return named(
        strength=strength(net),
        betweenness_inv=betweenness(net, normalized=False),
        harmonic_inv_norm=harmonic(net),
        closeness_inv_component=closeness(net, over="component"),
        eigenvector_max1=eigenvector(net),
        pagerank85=pagerank(net),
        clustering_barrat=clustering(net, weighted=True),
        opsahl_degree_alpha05=effort_degree(net),
    )


def arcs(table: Table) -> StakeholderNetwork:
    return network(table.shared, table.id.removeprefix("C03_directed_"))


@compares("C03_directed_*", key=["name"])
def directed(table: Table) -> pd.DataFrame:
    net = arcs(table)
    return named(
        indegree=degree_in(net),
        outdegree=degree_out(net),
        betweenness=betweenness(net, normalized=False),
        harmonic_out_norm=harmonic_out(net),
        harmonic_in_norm=harmonic_in(net),
        pagerank85=pagerank(net),
        hub_max1=hub(net),
        authority_max1=authority(net),
        coreness_all=core(net),
        coreness_in=core(net, direction="in"),
        reach_out_2=reach(net),
        reciprocity_local=mutuality(net),
    )


@compares("C08_bridging_*", key=["name"])
def bridging_table(table: Table) -> pd.DataFrame:
    name = table.id.removeprefix("C08_bridging_")
    net = network(table.shared, "emon_MtStHelens" if name.startswith("emon") else name, either=True)
    effects = removal_effects(net)
    return named(
        F_without=effects["fragmentation"],
        DF_without=effects["distance_fragmentation"],
        delta_F=effects["fragmentation_change"],
        delta_DF=effects["distance_change"],
        betweenness=betweenness(net, normalized=False),
        bridging_coefficient_hwang=bridging_coefficient(net),
        bridging_centrality_hwang=bridging(net),
        # METHODS C11: undefined for an isolate; the table prints a zero
        bridging_valente_fujimoto=bridging_loss(net).fillna(0.0),
        n_bridges_incident=effects["bridges"],
    )


GOALS = {
    "kppneg_F": {"goal": "fragment"},
    "kppneg_DF": {"goal": "distance"},
    "kpppos_DR_excl_members": {"goal": "near", "members": False},
    "kpppos_DR_members_as_1": {"goal": "near"},
    **{f"reach_{steps}_step_incl_members": {"goal": "reach", "steps": steps} for steps in (1, 2, 3)},
}


@compares("C07_keyplayer_*", key=["k", "objective"])
def sets_of_key_players(table: Table) -> pd.DataFrame:
    name = table.id.removeprefix("C07_keyplayer_")
    net = network(table.shared, "emon_MtStHelens" if name.startswith("emon") else name, either=True)
    rows = []
    for row in table.frame.itertuples():
        best = key_players(net, int(row.k), **GOALS[row.objective])
        sets = ["|".join(actors) for actors in best["actors"]]
        assert best["proven"].all()
        rows.append((row.k, row.objective, best["value"][0], best["n_optimal"][0], sets[0], ";".join(sets)))
    return pd.DataFrame(rows, columns=table.frame.columns)
