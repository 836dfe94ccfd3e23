"""Groups drawn by ties, and partitions side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd
from tests.reference._inputs import network, read
from tests.reference._registry import Table, compares

from stakeholder_net.measures import communities, compare_partitions, modularity

OTHERS = {
    "Q_louvain": "one run of another program",
    "Q_fastgreedy": "another method",
    "n_communities": "the best groups need not be the only ones: the quality is compared",
    "exact_membership_in_node_order": "its quality is compared",
}


@compares("D10_modularity_optimum", key=["dataset"], not_compared=OTHERS)
def optimum(table: Table) -> pd.DataFrame:
    rows = []
    for row in table.frame.itertuples():
        net = network(table.shared, row.dataset, either=row.dataset.startswith("emon"))
        found = communities(net)
        assert found.method == "leiden"
        theirs = pd.Series(list(row.exact_membership_in_node_order), index=net.actors.index)
        assert np.isclose(modularity(net, theirs), row.Q_exact_optimum, atol=1e-9)
        assert np.isclose(modularity(net, found.membership), found.modularity, atol=1e-12)
        rows.append((row.dataset, net.n_actors, net.n_ties, found.modularity, found.modularity))
    return pd.DataFrame(rows, columns=["dataset", "n", "m", "Q_exact_optimum", "Q_leiden_best_of_50"])


@compares("D13_partition_comparison", key=["a", "b"])
def likeness(table: Table) -> pd.DataFrame:
    partitions = read(table.shared, "karate_partitions").set_index("name")
    rows = []
    for pair in table.frame[["a", "b"]].itertuples():
        values = compare_partitions(partitions[pair.a], partitions[pair.b])
        rows.append({"a": pair.a, "b": pair.b, **values})
    return pd.DataFrame(rows).rename(
        columns={"variation_information": "vi_nats", "mutual_information": "mutual_information_nats"}
    )
