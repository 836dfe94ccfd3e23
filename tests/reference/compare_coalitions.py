"""Coalitions: exact optima and fronts, teams, contacts, invitations, ties to come."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from tests.reference._registry import Table, compares

from stakeholder_net import StakeholderNetwork
from stakeholder_net.findings import Call, coalition_front
from stakeholder_net.findings._program import Program
from stakeholder_net.findings._rules import build_task

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
