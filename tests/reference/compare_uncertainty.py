"""What leaving out and drawing anew would change."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from tests.reference._inputs import davis, network
from tests.reference._registry import Ours, Table, compares

from stakeholder_net import StakeholderNetwork, project
from stakeholder_net.layers import adjacency
from stakeholder_net.measures import (
    betweenness,
    case_dropping,
    degree,
    event_bootstrap,
    harmonic,
    leave_one_actor_out,
    leave_one_event_out,
    tie_stability,
)


def whole_eigenvector(net: StakeholderNetwork) -> pd.Series:
    """As igraph has it: zeros where ours says that it is not defined."""
    ties = adjacency(net, weighted=False)
    first = np.abs(np.linalg.eigh(ties.toarray())[1][:, -1]) if ties.nnz else np.ones(net.n_actors)
    return pd.Series(
        np.where(first < 1e-9, 0.0, first) / first.max(), index=net.actors.index, name="eigenvector"
    )


MEASURES: dict[str, Callable[[StakeholderNetwork], pd.Series]] = {
    "degree": degree,
    "betweenness": lambda net: betweenness(net, normalized=False),
    "harmonic": harmonic,
    "eigenvector": whole_eigenvector,
}


def dataset(table: Table) -> StakeholderNetwork:
    return network(table.shared, "karate" if table.id.endswith("karate") else "florentine_marriage")


@compares("E01_leave_one_out_*", key=["dropped"])
def actors(table: Table) -> Ours:
    net = dataset(table)
    parts = []
    for name, measure in MEASURES.items():
        ours = leave_one_actor_out(net, measure).rename(columns={"top_overlap": "top3_overlap"})
        parts.append(ours.add_prefix(f"{name}_"))
    ours = pd.concat(parts, axis=1).rename_axis("dropped").reset_index()
    # Their ranks break ties by rounding errors of 1e-14 (igraph's raw betweenness gives the table back, the same values
    # rounded give ours); such values share a rank here (METHODS 0.8, 0.9).
    return Ours(ours, {"betweenness_spearman": 0.005, "eigenvector_spearman": 0.01})


QUANTILE = {"q05": "a quantile of some dozens of different values has no standard error to go by"}


@compares("E02_case_drop_*", key=["measure", "dropped_share"], not_compared=QUANTILE)
def cases(table: Table) -> Ours:
    net, draws = dataset(table), 60
    theirs = 600 if table.id.endswith("karate") else 1000
    parts, grid = [], table.frame.set_index(["measure", "dropped_share"])
    for name, measure in MEASURES.items():
        found = case_dropping(net, measure, times=draws, seed=4)
        rows = found.table.reset_index().assign(measure=name)
        rows["dropped_share"] = rows["dropped"].map("{:g}".format)
        last = pd.DataFrame({"measure": [name], "dropped_share": ["CS"], "CS": [found.coefficient]})
        parts.append(pd.concat([rows, last], ignore_index=True))
    ours = pd.concat(parts, ignore_index=True).rename(columns={"kept": "n_kept", "p_good": "p_r_ge_0.7"})
    reference = grid.reindex(pd.MultiIndex.from_frame(ours[["measure", "dropped_share"]]))
    sd = reference["sd_r"].fillna(0.0).to_numpy()
    error = np.sqrt(1 / theirs + 1 / draws)
    p = reference["p_r_ge_0.7"].fillna(0.0).to_numpy()
    lost = reference["n_undefined"].fillna(0.0).to_numpy() / theirs
    within = {
        "mean_r": 5 * sd * error,
        # a correlation is skewed, so its sd scatters more than that of a normal variable
        "sd_r": 5 * sd * error * 2,
        "p_r_ge_0.7": 5 * np.sqrt(np.maximum(p * (1 - p), 1 / draws)) * error,
        "n_undefined": 5 * np.sqrt(np.maximum(lost * (1 - lost), 1 / draws)) * error * theirs,
        "CS": ours["measure"].map(lambda name: steps_in_doubt(grid.loc[name], error)).to_numpy(),
    }
    ours = ours.assign(n_undefined=ours["undefined"] * theirs / draws)
    return Ours(ours, within)


def steps_in_doubt(theirs: pd.DataFrame, error: float) -> float:
    """How far the coefficient may lie from theirs: one step, and as long as their share is .95 within five errors."""
    shares = theirs.drop("CS")["p_r_ge_0.7"]
    near = (shares - 0.95).abs() <= 5 * np.sqrt(0.95 * 0.05) * error
    return 0.05 * max(1, int(near.sum())) + 1e-9


@compares("E04_event_bootstrap_davis", key=["source", "target"])
def ties(table: Table) -> Ours:
    names = {"shared_events": "observed", "shared_sd": "boot_sd_exact", "p_seen": "p_tie_present_exact"}
    met = tie_stability(davis(table.shared)).rename(columns=names).set_index(["source", "target"])
    # a pair that never met is not in our table: in no draw does it meet
    ours = met.reindex(
        pd.MultiIndex.from_frame(table.frame[["source", "target"]]), fill_value=0.0
    ).reset_index()
    draws = 20_000
    p = ours["p_tie_present_exact"]
    ours = ours.assign(boot_sd_mc=ours["boot_sd_exact"], p_tie_present_mc=p)
    return Ours(
        ours,
        {
            "boot_sd_mc": 5 * ours["boot_sd_exact"] / np.sqrt(draws),
            "p_tie_present_mc": 5 * np.sqrt(np.maximum(p * (1 - p), 1 / draws) / draws),
        },
    )


@compares("E05_event_jackknife_davis", key=["event"])
def events(table: Table) -> pd.DataFrame:
    net = project(davis(table.shared), weight="count")
    names = {"spearman": "strength_spearman", "weight_lost": "total_strength_lost_share"}
    return leave_one_event_out(net)[0].rename(columns=names).reset_index()


@compares("E06_rank_uncertainty_davis", key=["name"])
def places(table: Table) -> Ours:
    net, draws = project(davis(table.shared), weight="count"), 1500
    left_out, drawn = leave_one_event_out(net)[1], event_bootstrap(net, times=draws, seed=5)
    ours = pd.DataFrame(
        {
            "strength": left_out["value"],
            "rank_min": left_out["rank"],
            "loo_rank_best": left_out["rank_best"],
            "loo_rank_worst": left_out["rank_worst"],
            "boot_rank_q025": drawn["rank_low"],
            "boot_rank_q975": drawn["rank_high"],
            "boot_p_top3": drawn["p_top"],
        }
    )
    p = table.frame.set_index("name")["boot_p_top3"].reindex(ours.index).to_numpy()
    error = 5 * np.sqrt(np.maximum(p * (1 - p), 1 / draws) * (1 / 5000 + 1 / draws))
    within = {"boot_rank_q025": 1.0, "boot_rank_q975": 1.0, "boot_p_top3": error}
    return Ours(ours.rename_axis("name").reset_index(), within)
