"""Groups: roles in modules, homophily, densities between blocks."""

from __future__ import annotations

import numpy as np
import pandas as pd
from tests.reference._inputs import network, read
from tests.reference._registry import Ours, Table, compares

from stakeholder_net import StakeholderNetwork
from stakeholder_net.measures import block_densities, group_homophily, group_profile, homophily


def karate(table: Table) -> StakeholderNetwork:
    factions = read(table.shared, "karate_factions").astype({"name": "str"}).set_index("name")["faction"]
    return network(table.shared, "karate").with_actors(faction=factions)


@compares("C09_participation_*", key=["name"])
def profile(table: Table) -> pd.DataFrame:
    if table.id.endswith("karate"):
        ours = group_profile(karate(table), by="faction")
    else:
        ours = group_profile(network(table.shared, "emon_Texas", either=True), by="sponsorship")
    names = {
        "partners": "k",
        "partners_own_group": "k_own_group",
        "within_z": "within_module_z",
        "group_participation": "participation",
        "variety": "blau_iqv_of_alters",
        "ei": "ei_individual",
        "entropy": "entropy_nats",
    }
    return ours.rename(columns=names).rename_axis("name").reset_index()


def grouped(table: Table, dataset: str) -> tuple[StakeholderNetwork, str]:
    if dataset == "karate":
        return karate(table), "faction"
    if dataset == "florentine_marriage":
        net = network(table.shared, dataset)
        wealth = net.actors["wealth"]
        return net.with_actors(rich=(wealth > wealth.median()).astype("str")), "rich"
    net = network(table.shared, dataset.removesuffix("_or"), either=dataset.endswith("_or"))
    return net, "sponsorship" if dataset.startswith("emon") else "dept"


@compares("D04_homophily", key=["dataset"], not_compared={"attribute": "its name"})
def ei(table: Table) -> Ours:
    draws = 4000
    rows = {}
    for dataset in table.frame["dataset"]:
        net, by = grouped(table, dataset)
        rows[dataset] = homophily(net, by=by, permutations=draws, seed=2)["value"]
    ours = pd.DataFrame(rows).T.rename_axis("dataset").reset_index()
    names = {
        "ei": "EI",
        "ei_max": "EI_max",
        "ei_min": "EI_min",
        "ei_expected": "EI_expected_under_permutation",
        "ei_density": "EI_density_normalised",
        "ei_sd": "EI_sd_under_permutation_exact",
        "ei_z": "EI_z",
        "assortativity": "newman_assortativity",
        "ei_p_lower": "p_lower_EI_mc",
        "ei_p_upper": "p_upper_EI_mc",
    }
    theirs = table.frame.set_index("dataset").loc[ours["dataset"]]
    within = {}
    for column in ("p_lower_EI_mc", "p_upper_EI_mc"):
        p = theirs[column].to_numpy()
        within[column] = 5 * np.sqrt(np.maximum(p * (1 - p), 1 / draws) * (1 / 10_000 + 1 / draws))
    ours = ours.rename(columns=names).assign(
        perm_mean_EI_mc=ours["ei_expected"].to_numpy(), perm_sd_EI_mc=ours["ei_sd"].to_numpy()
    )
    error = 5 * ours["perm_sd_EI_mc"].to_numpy() / np.sqrt(10_000)
    return Ours(ours, within | {"perm_mean_EI_mc": error, "perm_sd_EI_mc": error})


@compares("D05_coleman_index", key=["dataset", "group"], not_compared={"attribute": "its name"})
def coleman(table: Table) -> pd.DataFrame:
    parts = []
    for dataset in table.frame["dataset"].unique():
        if dataset == "coleman_fall":
            net = network(table.shared, dataset)
            by = "arbitrary"
            odd = np.where(np.arange(net.n_actors) % 2 == 0, "a", "b")
            order = net.actors.index.sort_values()
            net = net.with_actors(arbitrary=pd.Series(odd, index=order))
        else:
            net, by = grouped(table, dataset)
        ours = group_homophily(net, by=by).rename(columns={"inbreeding": "inbreeding_currarini"})
        parts.append(ours.rename_axis("group").reset_index().assign(dataset=dataset))
    return pd.concat(parts)


@compares("D08_block_density_*", key=["dataset", "from", "to"], not_compared={"attribute": "its name"})
def blocks(table: Table) -> pd.DataFrame:
    names = {
        "source": "from",
        "target": "to",
        "n_source": "n_from",
        "n_target": "n_to",
        "expected_degree": "expected_configuration",
        "ratio_degree": "ratio_configuration",
    }
    parts = []
    for dataset in table.frame["dataset"].unique():
        net, by = grouped(table, dataset)
        parts.append(block_densities(net, by=by).rename(columns=names).assign(dataset=dataset))
    return pd.concat(parts)
