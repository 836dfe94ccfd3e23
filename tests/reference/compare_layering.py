"""Layers: profiles, comparisons, flattening, components, QAP."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
from tests.reference._inputs import multilayer, network, nodes
from tests.reference._registry import Ours, Table, compares

from stakeholder_net import StakeholderNetwork, flatten
from stakeholder_net.measures import (
    compare_layers,
    component_sizes,
    describe,
    layer_degrees,
    layer_profile,
    layer_summary,
    qap_correlation,
    relevance,
)


def florentine(table: Table) -> StakeholderNetwork:
    """All sixteen families in both layers."""
    marriage = network(table.shared, "florentine_marriage").ties.assign(layer="marriage")
    business = network(table.shared, "florentine_business").ties.assign(layer="business")
    actors = nodes(table.shared, "florentine_marriage")
    names = ["marriage", "business"]
    everywhere = pd.MultiIndex.from_product([actors["actor_id"], names], names=["actor_id", "layer"])
    return StakeholderNetwork(
        actors=actors,
        ties=pd.concat([marriage, business]),
        layers=pd.DataFrame({"layer": names, "directed": [False, False]}),
        presence=everywhere.to_frame(index=False),
    )


@compares("B01_relevance_*", key=["actor", "layers"])
def relevance_table(table: Table) -> pd.DataFrame:
    net = multilayer(table.shared, table.id.removeprefix("B01_relevance_"))
    degrees, profile = layer_degrees(net), layer_profile(net)
    parts = [
        pd.DataFrame(
            {
                "layers": name,
                "degree": degrees[name],
                "neighborhood": degrees[name],
                "xneighborhood": relevance(net, name, exclusive=True) * profile["neighbourhood"],
                "relevance": relevance(net, name),
                "xrelevance": relevance(net, name, exclusive=True),
            }
        )
        for name in net.layer_names
    ]
    every = pd.DataFrame(
        {
            "layers": "ALL",
            "degree": profile["overlapping_degree"],
            "neighborhood": profile["neighbourhood"],
            "xneighborhood": profile["neighbourhood"],
            "relevance": 1.0,
            "xrelevance": 1.0,
            "degree_deviation": profile["degree_deviation"],
            "connective_redundancy": profile["redundancy"],
        }
    )
    return pd.concat([*parts, every]).rename_axis("actor").reset_index()


UUNET = {
    "jaccard.actors": ("jaccard_actors",),
    "coverage.actors": ("coverage_actors_a", "coverage_actors_b"),
    "jaccard.edges": ("jaccard",),
    "coverage.edges": ("coverage_a", "coverage_b"),
    "kulczynski2.edges": ("kulczynski",),
    "jaccard.triangles": ("jaccard_triangles",),
    "pearson.degree": ("pearson",),
    "dissimilarity.degree": ("degree_dissimilarity",),
    "KL.degree": ("degree_kl_b", "degree_kl_a"),  # the table: how far the column is from the row
    "jeffrey.degree": ("degree_jeffrey",),
}
# these three are over all pairs of actors that occur at all, absent or not
OVER_ALL = {"sm.edges": ("simple_matching",), "rr.edges": ("russell_rao",), "hamann.edges": ("hamann",)}


@compares("B02_layer_comparison_uunet_*", key=["method", "layer_a", "layer_b"])
def uunet(table: Table) -> pd.DataFrame:
    net = multilayer(table.shared, table.id.removeprefix("B02_layer_comparison_uunet_"))
    rows = []
    for methods, absent in ((UUNET, "missing"), (OVER_ALL, "zero")):
        twice = [net, *(doubled(net, name) for name in net.layer_names)]
        for row in pd.concat([compare_layers(one, absent=absent) for one in twice]).to_dict("records"):
            for method, columns in methods.items():
                rows.append((method, row["layer_a"], row["layer_b"].removesuffix(" again"), row[columns[0]]))
                if not row["layer_b"].endswith(" again"):
                    rows.append((method, row["layer_b"], row["layer_a"], row[columns[-1]]))
    # uunet ranks the actors of each layer before it looks who is in both; ours ranks those in both (B04)
    ranks = layer_degrees(net).rank()
    names = net.layer_names
    rows += [("rho.degree", a, b, ranks[a].corr(ranks[b])) for a, b in itertools.product(names, names)]
    return pd.DataFrame(rows, columns=["method", "layer_a", "layer_b", "value"])


def doubled(net: StakeholderNetwork, name: str) -> StakeholderNetwork:
    """Return one layer beside itself."""
    one = net.layer(name)
    again = f"{name} again"
    present = one.presence["actor_id"]
    return one.with_ties(one.ties, layer=again, presence=present).layer(name, again)


@compares("B03_battiston_florentine", key=["name"])
def battiston(table: Table) -> pd.DataFrame:
    net = florentine(table)
    names = {
        "active_layers": "activity_layers",
        "participation": "multiplex_participation",
        "overlapping_degree_z": "z_overlapping_degree_popsd",
        "layer_entropy": "entropy_nats",
        "neighbourhood": "distinct_neighbours",
    }
    ours = layer_profile(net).rename(columns=names).join(layer_degrees(net))
    return ours.rename_axis("name").reset_index()


@compares("B04_layer_comparison_*", key=["layer_a", "layer_b"])
def likeness(table: Table) -> pd.DataFrame:
    if table.id.endswith("aucs"):
        order = ["lunch", "facebook", "coauthor", "leisure", "work"]
        net = multilayer(table.shared, "aucs").layer(*order)
    else:
        net = florentine(table)
        # who is active: present where it has a tie
    names = {
        "ties_a": "edges_a",
        "ties_b": "edges_b",
        "jaccard": "jaccard_edges",
        "dice": "dice_edges",
        "coverage_a": "coverage_a_in_b",
        "coverage_b": "coverage_b_in_a",
        "p_more": "hypergeom_p_upper",
        "phi": "phi_qap_r",
        "pearson": "pearson_degree",
        "spearman": "spearman_degree",
        "kendall": "kendall_b_degree",
    }
    ours = compare_layers(net, absent="zero").rename(columns=names)
    active = compare_layers(
        StakeholderNetwork(actors=net.actors.reset_index(), ties=net.ties, layers=net.layers.reset_index())
    )
    return ours.assign(
        jaccard_active_actors=active["jaccard_actors"],
        pearson_degree_common_active=active["pearson"],
        muxviz_overlap=ours["dice_edges"],
    )


@compares("B08_flattening_florentine", key=["flatten"])
def flattened(table: Table) -> pd.DataFrame:
    net = florentine(table)
    ways = {
        "sum_weighted": flatten(net),
        "union_or": flatten(net, how="any"),
        "intersection_and": flatten(net, how="all"),
        "at_least_2_layers": flatten(net, how="any", at_least=2),
    }
    rows = []
    for name, flat in ways.items():
        figures = describe(flat)["value"]
        rows.append(
            {
                "flatten": name,
                "edges": flat.n_ties,
                "total_weight": flat.ties["weight"].sum(),
                **figures[["density", "components", "isolates", "transitivity", "mean_distance"]],
            }
        )
    return pd.DataFrame(rows)


@compares("B09_components_florentine", key=["name"])
def components(table: Table) -> pd.DataFrame:
    sizes = component_sizes(florentine(table))
    names = {"any_layer": "union", "every_layer": "intersection"}
    ours = sizes.rename(columns=lambda name: f"comp_size_{names.get(name, name)}")
    return ours.rename(columns={"comp_size_viable": "viable_cluster_size"}).rename_axis("name").reset_index()


@compares("B10_summary_*", key=["layer"])
def summary(table: Table) -> pd.DataFrame:
    names = {
        "actors": "n",
        "ties": "m",
        "directed": "dir",
        "components": "nc",
        "largest": "slc",
        "density": "dens",
        "transitivity": "cc",
        "mean_distance": "apl",
        "diameter": "dia",
    }
    net = multilayer(table.shared, table.id.removeprefix("B10_summary_"))
    return layer_summary(net).rename(columns=names).astype({"dir": "float64"}).reset_index()


@compares("D06_qap_correlation", key=["pair"], not_compared={"reps": "how often they permuted"})
def qap(table: Table) -> Ours:
    hightech = {
        name: network(table.shared, f"hightech_{name}").ties for name in ("advice", "friends", "reports")
    }
    both = StakeholderNetwork(
        actors=nodes(table.shared, "hightech_advice"),
        ties=pd.concat([ties.assign(layer=name) for name, ties in hightech.items()]),
        layers=pd.DataFrame({"layer": list(hightech), "directed": [True] * 3}),
    )
    draws = 4000
    rows = []
    for pair in table.frame["pair"]:
        dataset, _, layers = pair.partition(" ")
        net = florentine(table) if dataset == "florentine" else both
        names = tuple(layers.split("~"))
        rows.append(
            qap_correlation(net, names, absent="zero", permutations=draws, seed=3)["value"].rename(pair)
        )
    ours = pd.DataFrame(rows).rename_axis("pair").reset_index()
    names = {
        "qap_r": "r",
        "qap_sd": "perm_sd_exact",
        "qap_z": "z",
        "qap_p_more": "p_ge",
        "qap_p_less": "p_le",
        "qap_p": "p_two_abs",
    }
    ours = ours.rename(columns=names)
    ours = ours.assign(perm_mean_mc=0.0, perm_sd_mc=ours["perm_sd_exact"])
    theirs = table.frame.set_index("pair").loc[ours["pair"]]
    within = {
        column: 5
        * np.sqrt(np.maximum(theirs[column] * (1 - theirs[column]), 1 / draws) / draws * 1.4).to_numpy()
        for column in ("p_ge", "p_le", "p_two_abs")
    }
    error = 5 * ours["perm_sd_exact"].to_numpy() / np.sqrt(10_000)
    return Ours(ours, within | {"perm_mean_mc": error, "perm_sd_mc": error})
