"""From attendance to ties, and what chance would have made of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from tests.reference._inputs import davis, read
from tests.reference._registry import Table, compares

from stakeholder_net import StakeholderNetwork, project
from stakeholder_net.layers import incidence
from stakeholder_net.measures import adjust_p_values, attendance_probabilities, co_attendance, tie_tests

PAIR = ["source", "target"]


@compares("A01_coattendance_davis", key=PAIR)
def counts(table: Table) -> pd.DataFrame:
    return co_attendance(davis(table.shared), all_pairs=True)


def tie_weights(net: StakeholderNetwork, pairs: pd.DataFrame, **options: object) -> np.ndarray:
    """Return the projected weight of every pair of a table, 0 where it is not tied."""
    ties = project(net, **options).ties.set_index(PAIR)["weight"]
    return ties.reindex(pd.MultiIndex.from_frame(pairs[PAIR])).fillna(0.0).to_numpy()


@compares("A02_newman_davis", key=PAIR)
def newman(table: Table) -> pd.DataFrame:
    return table.frame[PAIR].assign(newman=tie_weights(davis(table.shared), table.frame))


@compares("A03_hypergeometric_davis", key=PAIR)
def hypergeometric(table: Table) -> pd.DataFrame:
    net = davis(table.shared)
    tests = tie_tests(net, null="hypergeometric", all_pairs=True)
    met = tests["shared_events"] > 0
    columns = {
        "observed": tests["shared_events"],
        "p_upper": tests["p_more"],
        "p_lower": tests["p_fewer"],
        "bh_all_pairs": tests["q_more"],
        "by_all_pairs": tie_tests(net, null="hypergeometric", all_pairs=True, adjust="by")["q_more"],
        "holm_all_pairs": tie_tests(net, null="hypergeometric", all_pairs=True, adjust="holm")["q_more"],
        # the family that others choose; ours is all pairs
        "bh_observed_pairs_only": adjust_p_values(tests["p_more"].where(met)),
    }
    return tests[PAIR].assign(**columns)


@compares("A04_bicm_prob_davis", key=["name"])
def bicm(table: Table) -> pd.DataFrame:
    net = davis(table.shared)
    chances = attendance_probabilities(incidence(net))
    return (
        pd.DataFrame(chances, index=net.actors.index, columns=net.events.index)
        .rename_axis("name")
        .reset_index()
    )


@compares("A05_sdsm_davis", key=PAIR)
def sdsm(table: Table) -> pd.DataFrame:
    names = {
        "shared_events": "observed",
        "p_more": "p_upper_exact",
        "p_fewer": "p_lower_exact",
        "q_more": "bh_exact",
    }
    return tie_tests(davis(table.shared), all_pairs=True).rename(columns=names)


@compares("A07_decay_davis", key=PAIR)
def decay(table: Table) -> pd.DataFrame:
    net, day = davis(table.shared), "1933-12-31"
    options = {"half_life": 90, "as_of": day}
    dates = co_attendance(net, all_pairs=True, as_of=day)
    return dates.assign(
        decayed_count=tie_weights(net, dates, weight="count", **options),
        decayed_newman=tie_weights(net, dates, **options),
    )


def toy(table: Table) -> StakeholderNetwork:
    rows = read(table.shared, "toy_attendance")
    events = read(table.shared, "toy_events")
    names = read(table.shared, "toy_actors").iloc[:, 0].to_list()
    return StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": names, "name": names, "kind": "comune"}),
        events=pd.DataFrame(
            {
                "event_id": events["event"],
                "name": events["event"],
                "kind": "workshop",
                "start": events["date"],
                "hours": events["hours"],
            }
        ),
        attendance=pd.DataFrame(
            {
                "actor_id": rows["actor"],
                "event_id": rows["event"],
                "status": "present",
                "role": rows["role"],
                "hours": rows["hours_present"],
            }
        ),
    )


@compares("A08_role_duration_toy", key=PAIR)
def roles_and_hours(table: Table) -> pd.DataFrame:
    net = toy(table)
    pairs = co_attendance(net, all_pairs=True)
    weights = tie_weights(net, pairs, roles={"organiser": 2, "speaker": 1.5, "participant": 1}, hours=True)
    return pairs.assign(role_duration_newman=weights, shared_hours_upper_bound=pairs["shared_hours"])
