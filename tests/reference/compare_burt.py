"""Structural holes."""

from __future__ import annotations

import pandas as pd
from tests.reference._inputs import network
from tests.reference._registry import Table, compares

from stakeholder_net.measures import clustering, constraint, degree, effective_size, efficiency, hierarchy

NETWORKS = {
    "C04_burt_florentine_marriage": "florentine_marriage",
    "C04_burt_hightech_friends_directed": "hightech_friends",
    "C04_burt_karate": "karate",
    "C04_burt_lesmis_weighted": "lesmis",
}


@compares("C04_burt_*", key=["name"])
def burt(table: Table) -> pd.DataFrame:
    net = network(table.shared, NETWORKS[table.id])
    density = clustering(net).rename("ego_density")
    columns = [degree(net), constraint(net), effective_size(net), efficiency(net), hierarchy(net), density]
    return pd.concat(columns, axis=1).rename_axis("name").reset_index()
