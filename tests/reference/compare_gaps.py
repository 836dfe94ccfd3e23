"""Gaps of actors: shares, representation, territory, the unseen, retention, ties between groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
from tests.reference._inputs import davis, network
from tests.reference._registry import Ours, Table, compares

from stakeholder_net import StakeholderNetwork
from stakeholder_net.findings import (
    accumulation,
    equal_presence,
    participation_inequality,
    presence_per_inhabitants,
    representation,
    retention,
    share_interval,
    ties_between_groups,
    unseen_actors,
)


def registry(table: Table, *, walk_ins: bool = True) -> StakeholderNetwork:
    """Return the synthetic register of 80 actors with its ten events; three walk-ins stand in no register."""
    register = table.input("registry").rename(columns={"actor": "actor_id", "theme": "themes"})
    rows = table.input("registry_attendance").rename(columns={"actor": "actor_id", "event": "event_id"})
    events = table.input("registry_events").rename(columns={"event": "event_id", "date": "start"})
    outside = sorted(set(rows["actor_id"]) - set(register["actor_id"])) if walk_ins else []
    extra = pd.DataFrame({"actor_id": outside, "kind": "sconosciuto"})
    actors = pd.concat([register.assign(registered=True), extra], ignore_index=True)
    return StakeholderNetwork(
        actors=actors.assign(name=actors["actor_id"]),
        events=events.assign(name=events["event_id"], kind="table"),
        attendance=rows[rows["actor_id"].isin(actors["actor_id"])].assign(status="present"),
    )


@compares("F01_binomial_intervals", key=["x", "n"], not_compared={"p": "x / n, given"})
def intervals(table: Table) -> pd.DataFrame:
    ours = table.frame[["x", "n"]].copy()
    for theirs, method in {
        "cp": "clopper_pearson", "wilson": "wilson", "wilson_cc": "wilson_corrected", "jeffreys": "jeffreys",
        "agresti_coull": "agresti_coull", "midp": "mid_p",
    }.items():  # fmt: skip
        ours[f"{theirs}_low"], ours[f"{theirs}_high"] = share_interval(ours["x"], ours["n"], method=method)
    return ours


@compares("F02_representation", key=["by", "group"])
def shares(table: Table) -> pd.DataFrame:
    net = registry(table)
    parts = []
    for name, column in {"kind": "kind", "municipality": "municipality", "theme": "themes"}.items():
        found = representation(net, column)
        found = found[found["n"] > 0]
        parts.append(found.assign(by=name, group=found[column]))
    return pd.concat(parts).rename(columns={
        "share": "rate", "low": "wilson_low", "high": "wilson_high", "low_exact": "cp_low", "high_exact": "cp_high",
        "share_register": "share_registry", "ratio": "representation_ratio", "rate_ratio_rest": "rate_ratio_vs_rest",
        "rate_ratio_best": "rate_ratio_vs_best", "below_80_percent": "fails_80pct_rule", "p": "hyper_p_lower",
        "p_upper": "hyper_p_upper", "p_two_sided": "fisher_two_sided", "p_adjusted": "bh_p_lower",
    })  # fmt: skip


@compares("F03_representation_overall", key=["attribute"])
def overall(table: Table) -> Ours:
    net = registry(table)
    found = pd.concat([equal_presence(net, by, draws=19_999) for by in ("kind", "municipality", "themes")])
    found = found.assign(attribute=["kind", "municipality", "theme"]).rename(columns={
        "chi_square": "chisq", "degrees": "df", "p_random": "p_monte_carlo", "p_exact": "fisher_exact",
    })  # fmt: skip
    return Ours(found, within={"p_monte_carlo": 5 * np.sqrt(2) * found["p_random_error"]})


@compares("F04_territorial_coverage", key=["municipality"])
def territory(table: Table) -> pd.DataFrame:
    towns = table.input("registry_municipalities").set_index("municipality")["population"]
    found = presence_per_inhabitants(registry(table), population=towns.to_dict())
    return found.rename(columns={
        "rate": "present_per_10k", "low": "garwood_low", "high": "garwood_high",
        "registered_rate": "registered_per_10k",
        "expected": "expected_present", "p_poisson": "smr_like_p_lower", "p": "binom_p_lower",
    })  # fmt: skip


@compares("F05_inequality", key=["variable"])
def inequality(table: Table) -> pd.DataFrame:
    towns = table.input("registry_municipalities").set_index("municipality")["population"]
    found = participation_inequality(registry(table), population=towns.to_dict())
    # the table gives the share of the top tenth for the register only
    top = found["top_10"].where(found["variable"] == "attendances_per_registered_actor")
    return found.assign(share_top10pct=top).rename(columns={"theil": "theil_t"})


@compares("F06_unseen_actors", key=["dataset"])
def unseen(table: Table) -> pd.DataFrame:
    found = pd.concat([unseen_actors(registry(table)), unseen_actors(davis(table.shared))])
    # the table leaves coverage blank where nobody was seen once only; by its formula it is 1
    coverage = found["coverage"].where(found["once"] > 0)
    # vegan subtracts q1/m where the variance of a jackknife has q1^2/m (ours equals leave-one-event-out, see
    # tests/findings/test_unseen.py): theirs is ours plus the difference
    once, m = found["once"], found["n"]
    vegan = np.sqrt(found["jackknife1_error"] ** 2 + (m - 1) / m * (once**2 - once) / m)
    found = found.assign(dataset=["registry_attendance", "davis"], coverage=coverage, **{"jack1.se": vegan})
    return found.rename(columns={
        "seen": "Species", "chao2": "chao", "chao2_error": "chao.se", "jackknife1": "jack1",
        "jackknife2": "jack2", "bootstrap": "boot", "bootstrap_error": "boot.se",
        "once": "q1", "twice": "q2", "coverage": "sample_coverage_chao_jost",
    })  # fmt: skip


@compares(
    "F07_accumulation_curve", key=["events"],
    not_compared={"sd": "vegan takes the covariance from a correlation; ours is exact, see test_unseen.py"},
)  # fmt: skip
def curve(table: Table) -> pd.DataFrame:
    return accumulation(registry(table))


@compares("F08_retention", key=["event"])
def returning(table: Table) -> pd.DataFrame:
    found = retention(registry(table))
    return found.assign(date=found["start"].dt.strftime("%Y-%m-%d")).rename(columns={
        "event_id": "event", "n": "present", "lapsed": "seen_before_absent", "retention": "retention_from_previous",
        "jaccard": "jaccard_previous", "last_seen": "last_seen_here",
    })  # fmt: skip


@compares(
    "F10_group_mixing_*", key=["group_a", "group_b"],
    not_compared=dict.fromkeys(("mc_mean", "mc_sd"), "simulated; the exact value is compared"),
)  # fmt: skip
def mixing(table: Table) -> Ours:
    name, by = ("emon_MtStHelens", "sponsorship") if "emon" in table.id else ("hightech_friends", "dept")
    found = ties_between_groups(network(table.shared, name, either=True), by, draws=19_999)
    found = found.rename(columns={"p": "p_lower_mc", "p_upper": "p_upper_mc"})
    upper = np.sqrt(found["p_upper_mc"] * (1 - found["p_upper_mc"]) / 19_999)
    within = {
        "p_lower_mc": 5 * np.sqrt(2) * found["p_error"] + 1e-4,
        "p_upper_mc": 5 * np.sqrt(2) * upper + 1e-4,
    }
    return Ours(found, within=within)


@compares("F11_intersection_gaps", key=["kind", "municipality"])
def crossings(table: Table) -> pd.DataFrame:
    found = representation(registry(table, walk_ins=False), ("kind", "municipality"))
    words = {"no such actor exists": "no actor registered", "exists, never came": "nobody present"}
    return found.assign(status=found["status"].replace(words)).rename(columns={"p": "hyper_p_lower"})
