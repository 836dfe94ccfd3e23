"""Actors and events together."""

from __future__ import annotations

import pandas as pd
from tests.reference._inputs import davis, read, two_mode
from tests.reference._registry import Table, compares

from stakeholder_net.measures import two_mode_centrality, two_mode_summary


@compares("C10_twomode_davis", key=["name"])
def centrality(table: Table) -> pd.DataFrame:
    names = {
        "id": "name",
        "degree_share": "degree_norm",
        "closeness": "closeness_norm_borgatti_everett",
        "betweenness": "betweenness_raw",
        "betweenness_share": "betweenness_norm_borgatti_everett",
        "singular": "svd_eigenvector_l2_per_mode",
        "eigenvector": "eigenvector_max1_bipartite",
    }
    ours = two_mode_centrality(davis(table.shared)).rename(columns=names)
    return ours.assign(mode=ours["mode"].replace("actor", "woman"))


@compares("C11_twomode_global", key=["dataset"])
def whole(table: Table) -> pd.DataFrame:
    rows = read(table.shared, "toy_attendance")
    toy = pd.crosstab(rows["actor"], rows["event"]).reindex(
        read(table.shared, "toy_actors")["actor"], fill_value=0
    )
    names = {
        "attendances": "edges",
        "two_mode_density": "density",
        "four_cycles": "C4",
        "three_paths": "L3",
        "two_mode_four_cycles": "robins_alexander",
        "four_paths": "paths4",
        "closed_four_paths": "closed",
        "two_mode_clustering": "opsahl",
    }
    figures = {"davis": davis(table.shared), "toy": two_mode(toy)}
    parts = [two_mode_summary(net)["value"].rename(name) for name, net in figures.items()]
    return pd.DataFrame(parts).rename(columns=names).rename_axis("dataset").reset_index()
