"""A small district, invented, with everything a report speaks of."""

from __future__ import annotations

import functools
from typing import Literal

import pandas as pd

from stakeholder_net import StakeholderNetwork, betweenness, flatten, project
from stakeholder_net.findings import (
    Call,
    action_plan,
    agenda,
    coalitions,
    match_priorities,
    plan_actions,
    stability,
)
from stakeholder_net.report import Report, planning_report
from stakeholder_net.words import Language

ACTORS = (
    ("a", "Comune di Altomonte", "comune", "Altomonte", True),
    ("b", "Cooperativa Lanterna", "coop_sociale", "Altomonte", True),
    ("c", "Comune di Bassavalle", "comune", "Bassavalle", True),
    ("d", "Associazione Ponte 2001", "ets_aps", "Bassavalle", True),
    ("e", "Croce Verde", "ets_odv", "", True),
    ("f", "Ente che non viene mai", "ets_odv", "Altomonte", True),
    ("g", "Fondazione annunciata", "fondazione", "Altomonte", False),
    ("h", "Officina", "sconosciuto", "", False),
)
ROWS = {"E1": "abcd", "E2": "ab", "E3": "cdh", "P1": "abe", "P2": "ad", "G1": "ac"}

COALITIONS = pd.DataFrame(
    {
        "actors": [("a", "b", "c"), ("a", "d")],
        "score": [0.81, 0.5],
        "why": ["Copre due comuni.", "Due tipi diversi."],
    }
)
RECORDS = pd.DataFrame(
    {
        "file": ["presenze.xlsx", "registro.csv"],
        "table": ["attendance", "register"],
        "read": [1200, 9],
        "accepted": [1197, 9],
        "set_aside": [3, 0],
        "skipped": [0, 0],
    }
)


def district() -> StakeholderNetwork:
    """Return eight organisations, three meetings, two projects and one body."""
    events = pd.DataFrame(
        {
            "event_id": list(ROWS),
            "name": [
                "Tavolo minori",
                "Tavolo anziani",
                "Laboratorio",
                "Progetto Casa",
                "Progetto Strada",
                "Unione dei comuni",
            ],
            "kind": ["table", "table", "workshop", "partnership", "partnership", "group"],
            "layer": ["attendance"] * 3 + ["partnership"] * 2 + ["membership"],
            "start": ["2023-09-01", "2024-01-15", None, "2022-01-01", "2024-03-01", None],
        }
    )
    present = [(actor, event, "present") for event, actors in ROWS.items() for actor in actors]
    others = [("g", "E1", "announced"), ("e", "E2", "absent")]
    return StakeholderNetwork(
        actors=pd.DataFrame(ACTORS, columns=["actor_id", "name", "kind", "municipality", "registered"]),
        events=events,
        attendance=pd.DataFrame(present + others, columns=["actor_id", "event_id", "status"]),
        name="Ambito di prova",
        source="tests",
    )


@functools.cache
def whole(
    language: Language = "it", edition: Literal["internal", "public"] = "internal", *, pictures: bool = True
) -> Report:
    """Return a report on the district that has every chapter, made from findings that are really computed."""
    net = project(district())
    calls = [
        Call(title="Avviso <inclusione> 2027", max_partners=3, required_kinds={"comune | coop_sociale": 1}),
        Call(title="Bando & casa", min_partners=2, max_partners=3, required_kinds={"terzo settore": 1}),
    ]
    votes = pd.DataFrame({"actor_id": list("abcda"), "theme": ["casa"] * 4 + ["<lavoro>"]})
    plan = action_plan(net, calls, language=language)
    return planning_report(
        net,
        coalitions={call.title: coalitions(net, call, seed=7, language=language) for call in calls},
        records=RECORDS,
        language=language,
        edition=edition,
        stability=stability(
            joint_betweenness, net, seed=1, top=2, draws=40, cases=0, language=language, progress=False
        ),
        priorities=agenda(net, match_priorities(net, votes), language=language),
        plan=plan,
        actions=plan_actions(net, plan, calls=calls, language=language),
        provenance={"version": "stakeholder_net", "seed": 7},
        pictures=pictures,
    )


def joint_betweenness(net: StakeholderNetwork) -> pd.Series:
    """Return betweenness of the joined layers."""
    return betweenness(flatten(net))
