"""The place of the meeting as a hint: namesakes of several towns, a bare 'Comune'. It never decides."""

from __future__ import annotations

import pandas as pd
import pytest

from stakeholder_net.records.link import link_register
from stakeholder_net.records.match import Identities, resolve_identities

REGISTER = pd.DataFrame(
    {
        "name": ["Pro Loco", "Pro Loco", "Comune di Folignano", "Comune di Force"],
        "kind": ["terzo_settore", "terzo_settore", "comune", "comune"],
        "municipality": ["Force", "Folignano", "Folignano", "Force"],
    }
)


def came(name: str, place: str | None) -> Identities:
    mentions = pd.DataFrame({"name": [name], "where": ["E1"], "held_in": [place]})
    return resolve_identities(mentions, register=REGISTER)


@pytest.mark.parametrize("town", ["Folignano", "Force"])
def test_the_namesake_of_the_town_of_the_meeting_stands_first(town: str) -> None:
    who = came("Pro Loco", f"Sala consiliare, {town.upper()}")
    towns = {
        row["other_town"] or row["one_town"]: row["why"]
        for row in who.review.to_dict("records")
        if "" in (row["one_town"], row["other_town"])
    }
    assert next(iter(towns)) == town
    assert f"riunione tenuta a {town}" in towns[town]
    assert not any("riunione" in why for name, why in towns.items() if name != town)


def test_it_never_decides() -> None:
    with_place, without = came("Pro Loco", "Folignano"), came("Pro Loco", None)
    assert list(with_place.actor_of) == list(without.actor_of)
    assert set(with_place.actor_of) & set(with_place.register_of) == set()


def test_a_bare_comune_is_asked_about_with_the_town_of_the_meeting() -> None:
    assert [p.code for p in came("Comune", None).problems] == ["which_town"]
    (asked,) = came("Il Comune", "Municipio di Folignano").problems
    assert asked.code == "which_town_held"
    assert "Folignano" in asked.message


def test_a_place_without_a_town_says_nothing() -> None:
    assert not came("Pro Loco", "Sala grande").review["why"].str.contains("riunione").any()


def test_a_list_of_the_whole_country_offers_namesakes_of_the_area_and_only_likely_ones_of_elsewhere() -> None:
    actors = pd.DataFrame(
        {"actor_id": ["a", "b"], "name": ["Il Melograno", "Comune di Force"], "municipality": [None, "Force"]}
    )
    listed = pd.DataFrame(
        {
            "name": ["MELOGRANO ROSSO ODV", "MELOGRANO ROSSO ODV"],
            "tax_code": ["00152230413", "80003150424"],
            "municipality": ["FORCE", "PALERMO"],
        }
    )
    found = link_register(actors, listed)
    assert found[found["one_id"] == "a"]["other_town"].tolist() == ["Force"]
    nowhere = link_register(actors.assign(municipality=None), listed)
    assert set(nowhere["other_town"]) == {"Force", "Palermo"}
