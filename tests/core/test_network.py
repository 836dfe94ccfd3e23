"""The promises of the central object, each broken on purpose once."""

from __future__ import annotations

import pickle

import pandas as pd
import pytest

from stakeholder_net import InvalidTablesError, StakeholderNetwork, UnknownNameError


def test_round_trips_through_pickle_and_its_own_tables(any_network: StakeholderNetwork) -> None:
    net = any_network
    again = StakeholderNetwork(
        actors=net.actors,
        events=net.events,
        attendance=net.attendance,
        ties=net.ties,
        layers=net.layers,
        presence=net.presence,
        name=net.name,
        source=net.source,
    )
    assert again == net
    assert hash(again) == hash(net)
    assert pickle.loads(pickle.dumps(net)) == net  # noqa: S301 - our own bytes
    assert "0x" not in repr(net)
    assert net.name in net._repr_html_()


def test_shuffled_rows_give_the_same_network(any_network: StakeholderNetwork) -> None:
    net = any_network
    shuffled = StakeholderNetwork(
        actors=net.actors,
        events=net.events,
        attendance=net.attendance[::-1],
        ties=net.ties[::-1],
        layers=net.layers,
        presence=net.presence[::-1],
        name=net.name,
    )
    assert shuffled == net


def test_tables_are_copies(gallery) -> None:
    net = gallery["star"]()
    before = net.fingerprint
    ties = net.ties
    ties.loc[0, "weight"] = 99.0
    assert net.ties.loc[0, "weight"] == 1.0
    given = net.actors
    StakeholderNetwork(actors=given).with_actors(sector={"a": "salute"})
    assert "sector" not in given.columns
    assert net.fingerprint == before
    with pytest.raises(AttributeError, match="cannot be changed"):
        net.name = "x"


BROKEN = {
    "unknown_reference": {"ties": {"source": ["a"], "target": ["z"], "layer": ["l"], "weight": [1]}},
    "self_tie": {"ties": {"source": ["a"], "target": ["a"], "layer": ["l"], "weight": [1]}},
    "bad_weight": {"ties": {"source": ["a"], "target": ["b"], "layer": ["l"], "weight": [0]}},
    "bad_number": {"ties": {"source": ["a"], "target": ["b"], "layer": ["l"], "weight": ["x"]}},
    "duplicate_tie": {
        "ties": {"source": ["a", "b"], "target": ["b", "a"], "layer": ["l", "l"], "weight": [1, 1]}
    },
    "missing_column": {"ties": {"source": ["a"], "target": ["b"], "layer": ["l"]}},
    "missing_value": {"events": {"event_id": ["E1"], "name": [""], "kind": ["table"]}},
    "bad_date": {"events": {"event_id": ["E1"], "name": ["x"], "kind": ["table"], "start": ["2021-02-31"]}},
    "duplicate_id": {"events": {"event_id": ["E1", "E1"], "name": ["x", "y"], "kind": ["table", "table"]}},
    "bad_choice": {"layers": {"layer": ["l"], "directed": [True], "weight_means": ["strenght"]}},
}


@pytest.mark.parametrize("code", sorted(BROKEN))
def test_a_broken_promise_is_named(code: str) -> None:
    people = pd.DataFrame({"actor_id": ["a", "b"], "name": ["A", "B"], "kind": ["comune", "comune"]})
    tables = {name: pd.DataFrame(table) for name, table in BROKEN[code].items()}
    with pytest.raises(InvalidTablesError) as caught:
        StakeholderNetwork(actors=people, **tables)
    assert [fault.code for fault in caught.value.problems] == [code]
    fault = caught.value.problems[0]
    assert fault.table in tables
    assert fault.hint


def test_layer_and_keep_name_the_nearest(gallery) -> None:
    net = gallery["overlapping_layers"]()
    with pytest.raises(UnknownNameError, match="Did you mean 'partnership'"):
        net.layer("partnreship")
    with pytest.raises(UnknownNameError, match="no actor 'zz'"):
        net.keep(["zz"])
    one = net.layer("partnership")
    assert one.layer_names == ("partnership",)
    assert one.n_actors == net.n_actors
    assert set(one.presence["actor_id"]) == {"a", "c", "d", "e", "f"}


def test_registered_actors_and_announced_ones_are_not_present(gallery) -> None:
    net = gallery["attendance_only"]()
    assert "f" not in set(net.presence["actor_id"])
    assert net.n_actors == 6


def test_a_part_is_as_good_as_a_network_made_anew(any_network: StakeholderNetwork) -> None:
    net = any_network
    parts = [net.layer(*net.layer_names[::-1]), *(net.layer(name) for name in net.layer_names)]
    parts += [net.keep(net.actors.index[::2])]
    for part in parts:
        assert part == StakeholderNetwork(
            actors=part.actors, events=part.events, attendance=part.attendance, ties=part.ties, layers=part.layers,
            presence=part.presence, name=part.name,
        )  # fmt: skip
