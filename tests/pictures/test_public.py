"""The public edition: what it leaves out is nowhere in the file, and what it keeps is as it was."""

from __future__ import annotations

import pandas as pd
import pytest

from stakeholder_net import OptionError, StakeholderNetwork, betweenness, flatten, network_map, project

SECRETS = (
    "Zaira Quintiliani",
    "Odv che non venne",
    "Aps solo annunciata",
    "presenze.xlsx",
    "delibera 12",
    "Rocca Segreta",
)


@pytest.fixture
def net() -> StakeholderNetwork:
    names = ["Comune", "Coop", SECRETS[0], SECRETS[1], SECRETS[2]]
    return project(
        StakeholderNetwork(
            actors=pd.DataFrame(
                {
                    "actor_id": list("abpqr"),
                    "name": names,
                    "kind": ["comune", "coop_sociale", "impresa", "ets_odv", "ets_aps"],
                    "municipality": ["Force", "Force", SECRETS[5], "Force", "Force"],
                    "registered": [True, False, False, True, False],
                    "person_like": [False, False, True, False, False],
                }
            ),
            events=pd.DataFrame({"event_id": ["E"], "name": ["Tavolo"], "kind": ["table"], "layer": ["attendance"]}),
            attendance=pd.DataFrame(
                {
                    "actor_id": ["a", "b", "p", "r"],
                    "event_id": "E",
                    "status": ["present", "present", "present", "announced"],
                    "persons": [1, 2, 3, 4],
                    "source": f"{SECRETS[3]}, riga 2",
                }
            ),
            ties=pd.DataFrame(
                {
                    "source": ["a"], "target": ["b"], "layer": ["partnership"], "weight": [1.0],
                    "evidence": [SECRETS[4]], "origin": [SECRETS[3]],
                }
            ),
            layers=pd.DataFrame(
                {"layer": ["attendance", "partnership"], "directed": False, "weight_means": "strength"}
            ),
        )
    )  # fmt: skip


@pytest.mark.parametrize("engine", ["canvas", "pyvis"])
def test_what_is_left_out_is_nowhere_in_the_file(net: StakeholderNetwork, engine: str) -> None:
    inside = network_map(net, engine=engine).html
    assert all(secret in inside for secret in SECRETS)
    public = network_map(net, engine=engine, edition="public", size=betweenness(flatten(net)))
    assert [secret for secret in SECRETS if secret in public.html + public.alt] == []
    assert "nome omesso" in public.html
    assert all(name in public.html for name in ("Comune", "Coop", "Tavolo"))


def test_counts_stay_true(net: StakeholderNetwork) -> None:
    assert network_map(net, edition="public", language="en").alt.startswith("3 organisations, 4 ties")


def test_an_edition_that_does_not_exist_is_refused(net: StakeholderNetwork) -> None:
    with pytest.raises(OptionError, match="internal"):
        network_map(net, edition="press")
