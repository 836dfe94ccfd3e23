"""A gallery of tiny networks, on which every law is tried."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from stakeholder_net import StakeholderNetwork

# pytester tries the plugin of the markers browser, office and shared, which live in tests._require.
pytest_plugins = ("pytester", "tests._require")

KINDS = ("comune", "coop_sociale", "ets_aps")


def actors(ids: str | list[str]) -> pd.DataFrame:
    """Return one actor a letter; kinds in turn."""
    ids = list(ids)
    return pd.DataFrame(
        {
            "actor_id": ids,
            "name": [f"Ente {i}" for i in ids],
            "kind": [KINDS[n % 3] for n in range(len(ids))],
            "municipality": [("Ascoli Piceno", "Folignano")[n % 2] for n in range(len(ids))],
        }
    )


def ties(pairs: str, layer: str = "partnership", weight: float = 1.0) -> pd.DataFrame:
    """Return ties from ``"ab ac"``; ``"ab:2.5"`` gives a weight."""
    rows = []
    for pair in pairs.split():
        ends, _, given = pair.partition(":")
        rows.append((ends[0], ends[1], layer, float(given) if given else weight))
    return pd.DataFrame(rows, columns=["source", "target", "layer", "weight"]).astype(
        {"source": "str", "target": "str", "layer": "str", "weight": "float64"}
    )


def _empty() -> StakeholderNetwork:
    return StakeholderNetwork(actors=actors([]).astype("str"), name="empty")


def _directed() -> StakeholderNetwork:
    cards = pd.DataFrame({"layer": ["funding"], "directed": [True]})
    return StakeholderNetwork(actors=actors("abcde"), ties=ties("ab bc ca cd dc:3", "funding"), layers=cards)


def _overlapping() -> StakeholderNetwork:
    """Three layers on partly different actors; g is in none, f is present in one without ties."""
    return StakeholderNetwork(
        actors=actors("abcdefg"),
        ties=pd.concat(
            [ties("ab:2 bc ac", "attendance"), ties("cd de:4", "partnership"), ties("ae ab", "membership")]
        ),
        presence=pd.DataFrame({"actor_id": ["f", "a"], "layer": ["partnership", "partnership"]}),
    )


def _attendance_only() -> StakeholderNetwork:
    rows = {"E1": "abcd", "E2": "ab", "E3": "cde", "E4": "e"}
    return StakeholderNetwork(
        actors=actors("abcdef"),
        events=pd.DataFrame(
            {
                "event_id": list(rows),
                "name": [f"Tavolo {e}" for e in rows],
                "kind": ["table"] * 4,
                "start": ["2021-09-03", "2021-10-01", "2022-01-15", None],
            }
        ),
        attendance=pd.DataFrame(
            [(a, e, "present") for e, present in rows.items() for a in present]
            + [("f", "E1", "announced"), ("e", "E1", "absent")],
            columns=["actor_id", "event_id", "status"],
        ),
    )


GALLERY: dict[str, Callable[[], StakeholderNetwork]] = {
    "empty": _empty,
    "one_actor": lambda: StakeholderNetwork(actors=actors("a")),
    "two_strangers": lambda: StakeholderNetwork(actors=actors("ab")),
    "star": lambda: StakeholderNetwork(actors=actors("abcde"), ties=ties("ab ac ad ae")),
    "ring": lambda: StakeholderNetwork(actors=actors("abcde"), ties=ties("ab bc cd de ea")),
    "two_cliques_and_a_bridge": lambda: StakeholderNetwork(
        actors=actors("abcdef"), ties=ties("ab bc ca cd de ef fd")
    ),
    "weighted": lambda: StakeholderNetwork(actors=actors("abcd"), ties=ties("ab:3 bc:0.5 cd:2 da:1 ac:7")),
    "isolate": lambda: StakeholderNetwork(actors=actors("abcd"), ties=ties("ab bc")),
    "directed": _directed,
    "overlapping_layers": _overlapping,
    "attendance_only": _attendance_only,
}


@pytest.fixture(params=sorted(GALLERY))
def any_network(request: pytest.FixtureRequest) -> StakeholderNetwork:
    """Every network of the gallery in turn."""
    return GALLERY[request.param]()


@pytest.fixture
def gallery() -> dict[str, Callable[[], StakeholderNetwork]]:
    """The gallery by name."""
    return GALLERY
