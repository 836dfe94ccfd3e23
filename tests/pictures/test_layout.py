"""Positions: nobody on anybody, the same for the same network, isolates apart."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import pdist

from stakeholder_net import OptionError, StakeholderNetwork, project
from stakeholder_net.pictures.layout import SPACING, positions


def crowd(n=300, events=40, seed=3):
    """Actors in events, three out of four in one of four circles, some in none."""
    rng = np.random.default_rng(seed)
    ids = [f"a{i:04d}" for i in range(n)]
    circle = np.arange(n) % 4
    rows = []
    for event in range(events):
        pool = np.flatnonzero((circle == event % 4) & (np.arange(n) < n - 20))
        rows += [(ids[i], f"E{event}", "present") for i in rng.choice(pool, size=6, replace=False)]
    rows += [(ids[i], f"E{i}", "present") for i in range(8)]
    frame = pd.DataFrame(rows, columns=["actor_id", "event_id", "status"]).drop_duplicates(
        ["actor_id", "event_id"]
    )
    net = StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": ids, "name": ids, "kind": "comune"}),
        events=pd.DataFrame(
            {
                "event_id": [f"E{e}" for e in range(events)],
                "name": [f"E{e}" for e in range(events)],
                "kind": "table",
            }
        ),
        attendance=frame,
    )
    return project(net)


def test_every_actor_has_a_finite_place_of_its_own(any_network):
    places = positions(any_network)
    assert places.index.equals(any_network.actors.index)
    assert np.isfinite(places[["x", "y"]].to_numpy()).all()
    if any_network.n_actors > 1:
        assert pdist(places[["x", "y"]]).min() >= SPACING * 0.99


def test_nobody_stands_on_anybody_in_a_crowd():
    places = positions(crowd())
    assert pdist(places[["x", "y"]]).min() >= SPACING * 0.99


def test_those_who_meet_stand_nearer_than_strangers():
    net = crowd()
    places = positions(net)
    ties = net.ties
    point = places[["x", "y"]]
    tied = np.hypot(*(point.loc[ties["source"]].to_numpy() - point.loc[ties["target"]].to_numpy()).T)
    among = point[(places["place"] == "net").to_numpy()]
    assert np.median(tied) < 0.5 * np.median(pdist(among))


def test_those_without_ties_stand_beneath_the_others(gallery):
    net = gallery["attendance_only"]()
    places = positions(project(net))
    assert places["place"].to_list() == ["net", "net", "net", "net", "net", "ghost"]
    assert places["y"].iloc[-1] > places["y"].iloc[:-1].max() + SPACING
    alone = positions(net)
    assert alone["place"].to_list() == ["alone"] * 5 + ["ghost"]
    assert alone["y"].iloc[-1] > alone["y"].iloc[:-1].max()


def test_a_ring_looks_like_a_ring(gallery):
    point = positions(gallery["ring"]())[["x", "y"]].to_numpy()
    sides = np.hypot(*(point - np.roll(point, 1, axis=0)).T)
    assert sides.max() / sides.min() < 1.1


def test_pieces_that_are_not_connected_do_not_mix():
    net = crowd(80, 8)
    places = positions(net)
    assert (places["place"] == "net").sum() > 40


def test_same_network_same_places_whatever_the_order_of_hashes():
    program = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "import importlib.util as u, hashlib\n"
        "from stakeholder_net.pictures.layout import positions\n"
        "spec = u.spec_from_file_location('t', sys.argv[1]); m = u.module_from_spec(spec); spec.loader.exec_module(m)\n"
        "print(hashlib.sha256(positions(m.crowd()).to_csv().encode()).hexdigest())\n"
    )
    told = {
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", program, __file__],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "src", "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert len(told.pop().strip()) == 64


def test_large_networks_are_laid_out_with_pivots():
    net = crowd(1500, 420, seed=5)
    places = positions(net)
    assert pdist(places[["x", "y"]]).min() >= SPACING * 0.99


@pytest.mark.parametrize("seed", [-1, 1.5, True, None])
def test_a_seed_is_a_whole_number(seed, gallery):
    with pytest.raises(OptionError, match="seed="):
        positions(gallery["ring"](), seed=seed)
