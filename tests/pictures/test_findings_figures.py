"""Figures of findings: the title says what the table holds, the alt text lists it, every network is drawn."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from tests.pictures.hostile import hostile_network

from stakeholder_net import OptionError, StakeholderNetwork, UnknownNameError, pictures
from stakeholder_net.findings import Call, agenda, coalitions, match_priorities, representation, stability
from stakeholder_net.layers import flatten, project
from stakeholder_net.measures import degree

SVG = "{http://www.w3.org/2000/svg}"
OF_THE_NETWORK = [
    pictures.multilayer_stack,
    pictures.layer_overlap,
    pictures.adjacency_by_group,
    pictures.time_line,
]


def texts(figure) -> list[str]:
    root = ET.fromstring(figure.svg())  # noqa: S314 - our own file
    return ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]


def meetings() -> StakeholderNetwork:
    """Four dated meetings: a comes to all, b to the two early ones, c once; d only announced; e is registered."""
    came = {"a": "1234", "b": "12", "c": "3"}
    rows = [(actor, f"e{n}", "present") for actor, nights in came.items() for n in nights]
    return project(
        StakeholderNetwork(
            actors=pd.DataFrame(
                {
                    "actor_id": list("abcde"),
                    "name": ["Comune di Prova", "Coop Uno", "Odv Due", "Odv Tre", "Odv Quattro"],
                    "kind": ["comune", "coop_sociale", "ets_odv", "ets_odv", "ets_odv"],
                    "municipality": ["Prova", "Prova", "Altrove", "Altrove", "Laggiù"],
                    "registered": True,
                }
            ),
            events=pd.DataFrame(
                {
                    "event_id": ["e1", "e2", "e3", "e4"],
                    "name": ["Primo", "Secondo", "Terzo", "Quarto"],
                    "kind": "table",
                    "start": pd.to_datetime(["2020-01-10", "2020-05-10", "2023-01-10", "2023-05-10"]),
                }
            ),
            attendance=pd.DataFrame(
                [*rows, ("d", "e4", "announced")], columns=["actor_id", "event_id", "status"]
            ),
        )
    )


@pytest.mark.parametrize("draw", OF_THE_NETWORK, ids=lambda draw: draw.__name__)
def test_every_network_is_drawn_twice_alike(draw, any_network, tmp_path):
    figure = draw(any_network, language="en")
    first = figure.save(tmp_path / "one.svg").read_bytes()
    assert first == draw(any_network, language="en").save(tmp_path / "two.svg").read_bytes()
    assert (tmp_path / "one.svg.alt.txt").read_text(encoding="utf-8") == f"{figure.alt}\n"
    assert figure.title in figure.alt
    assert " ".join(texts(figure)).replace("\n", " ").count(figure.title.split()[0])
    assert f"{any_network.n_actors} actors" in figure.caption


@pytest.mark.parametrize(
    "draw", [*OF_THE_NETWORK, pictures.attendance_matrix], ids=lambda draw: draw.__name__
)
def test_hostile_texts_are_drawn_as_texts(draw):
    net = hostile_network()
    options = {"layer": net.events["layer"].iloc[0]} if draw is pictures.attendance_matrix else {}
    root = ET.fromstring(draw(net, **options).svg())  # noqa: S314 - our own file
    assert not [node for node in root.iter() if node.tag.endswith("script")]
    assert not [key for node in root.iter() for key in node.attrib if key.startswith("on")]


def test_attendance_tells_regulars_from_drop_outs():
    figure = pictures.attendance_matrix(meetings())
    assert figure.title == "Enti visti agli incontri (4): 3; venuti una volta sola: 1; assidui: 2; usciti: 1"
    assert figure.key == ("Primo", "Secondo", "Terzo", "Quarto")
    read = texts(figure)
    assert "4  R" in [" ".join(text.split(" ")) for text in read]  # came to all
    assert "2  R" in read  # half of the meetings: a regular, though none of the late ones
    assert not [text for text in read if "Odv Quattro" in text]
    with pytest.raises(UnknownNameError, match="attendance"):
        pictures.attendance_matrix(meetings(), layer="attendence")
    with pytest.raises(OptionError, match="n_actors=0"):
        pictures.attendance_matrix(meetings(), n_actors=0)


def test_time_line_counts_what_has_no_date_and_names_the_silence():
    figure = pictures.time_line(meetings(), language="en")
    assert figure.title == "4 events with a date, from 2020 to 2023; none on record between 2020 and 2023"
    assert figure.key == ("2020  Primo (2)", "2020  Secondo (2)", "2023  Terzo (2)", "2023  Quarto (1)")


def test_layers_are_counted_by_pairs():
    net = StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": list("abc"), "name": list("ABC"), "kind": "ets_odv"}),
        ties=pd.DataFrame(
            {
                "source": ["a", "a", "b"],
                "target": ["b", "b", "c"],
                "layer": ["partnership", "funding", "partnership"],
                "weight": 1.0,
            }
        ),
    )
    assert pictures.layer_overlap(net, language="en").alt == (
        "50% of the tied pairs are tied in one layer only (1 of 2). "
        "Pairs held by both: Partnerships and Funding 1 (50%)."
    )
    assert "3 organisations, 2 pairs" in pictures.multilayer_stack(net, language="en").alt


def test_pairs_within_a_group_and_between_places():
    net = meetings()  # a-b, a-c are the tied pairs
    assert pictures.adjacency_by_group(net, by="municipality", language="en").title == (
        "50% of the tied pairs are within one group (1 of 2)"
    )
    assert pictures.municipality_arcs(net, language="en").alt.endswith("Altrove – Prova 1.")
    with pytest.raises(UnknownNameError, match="municipality"):
        pictures.municipality_arcs(net, by="municipalitty")


def test_gaps_are_said_with_what_chance_explains():
    net = meetings()
    gaps = representation(net, by="kind")
    drawn = pictures.observed_expected(net, gaps, language="en")
    assert drawn.title == "Of 5 registered, 3 came: no group came less than the others beyond chance"
    sure = gaps.assign(p_adjusted=np.where(gaps["present"] < gaps["expected"], 0.01, 1.0))
    assert "Came less than chance explains" in pictures.observed_expected(net, sure, language="en").title
    assert pictures.gap_dumbbells(net, gaps, language="en").title == (
        "Organizzazione di volontariato: 60% of the register, 33% of those who came; chance alone may explain it"
    )
    for draw in (pictures.observed_expected, pictures.gap_dumbbells, pictures.coverage_map):
        assert draw(net, gaps.iloc[:0], language="en").alt
        with pytest.raises(OptionError, match="lacks: group"):
            draw(net, pd.DataFrame({"a": [1]}))


def test_coverage_on_tiles_and_on_the_ground(tmp_path):
    net = meetings()
    gaps = representation(net, by="municipality")
    words = "Da 1 comuni su 3 non è venuto nessuno degli enti in registro"
    figure = pictures.coverage_map(net, gaps)
    assert figure.title == words
    assert figure.alt == f"{words}. Venuti su registrati: Altrove 1/2; Laggiù 0/1; Prova 2/2."
    square = [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]
    areas = tmp_path / "areas.geojson"
    shape = {"properties": {"name": "PROVA"}, "geometry": {"type": "Polygon", "coordinates": square}}
    areas.write_text(json.dumps({"features": [shape]}), encoding="utf-8")
    assert "non nel disegno: Altrove, Laggiù" in pictures.coverage_map(net, gaps, boundaries=areas).caption
    areas.write_text("{}", encoding="utf-8")
    with pytest.raises(OptionError, match=r"areas\.geojson is not a GeoJSON"):
        pictures.coverage_map(net, gaps, boundaries=areas)


def test_ranks_are_said_surely_or_perhaps():
    net = meetings()
    found = stability(lambda one: degree(flatten(one)), net, seed=1, top=1, draws=40, cases=0, progress=False)
    figure = pictures.rank_intervals(net, found, language="en")
    surely = [net.actors["name"][one[0]] for one in found.loc[found["standing"] == "surely_in", "actors"]]
    assert figure.title.startswith(
        f"Surely among the first 1: {surely[0] if surely else 'nobody'}; perhaps: "
    )
    assert "95% interval over 40 draws" in figure.caption


def test_power_and_interest_part_at_the_median():
    net = meetings()
    power = pd.Series({"a": 4.0, "b": 2.0, "c": 1.0, "d": 0.0}, name="partners")
    figure = pictures.power_interest(
        net, power=power, interest=power.rename("meetings"), n_labels=2, language="en"
    )
    assert figure.title == "1 of 3 actors are above the median in both measures"
    assert figure.key == ("Comune di Prova", "Coop Uno")
    with pytest.raises(UnknownNameError, match="zz"):
        pictures.power_interest(net, power=pd.Series({"zz": 1.0}), interest=power)


def test_coalitions_are_cards_with_their_tied_pairs():
    net = meetings()
    call = Call(
        title="Avviso", min_partners=3, max_partners=3, required_kinds={"comune": 1, "coop_sociale": 1}
    )
    found = coalitions(net, call, seed=1)
    first = found.iloc[0]
    figure = pictures.coalition_cards(net, found, language="en")
    assert f"3 partners, pairs already tied: {first['tied_pairs']} of 3" in figure.title
    for actor in first["actors"]:
        assert net.actors["name"][actor] in figure.alt
    nobody = coalitions(net, Call(title="Avviso", required_kinds={"universita": 1}), seed=1)
    assert pictures.coalition_cards(net, nobody, language="en").title == "No coalition is possible"


def test_agenda_says_who_supports_the_first_theme():
    net = meetings()
    votes = pd.DataFrame({"actor_id": ["a", "b", "c", "c"], "theme": ["casa", "casa", "casa", "lavoro"]})
    figure = pictures.priority_agenda(net, agenda(net, match_priorities(net, votes)))
    assert figure.title == "«casa» è sostenuto da 3 enti su 3 (100\N{NO-BREAK SPACE}%)"
    assert figure.alt.endswith("casa 3/3; lavoro 1/3.")
