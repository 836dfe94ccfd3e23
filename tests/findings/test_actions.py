"""Actions say who, with whom, by when and how it is counted; who is outside has one; Ctrl-C keeps the best."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.findings.test_coalitions import network

from stakeholder_net import OptionError, StakeholderNetwork
from stakeholder_net.findings import Call, action_plan, coalitions, plan_actions

KINDS = ("comune", "coop_sociale", "ets_odv", "ets_aps", "universita", "fondazione", "impresa", "scuola")


def district(n: int) -> tuple[StakeholderNetwork, Call]:
    """Return `n` candidates and a call with 12 requirements."""
    draw = np.random.default_rng(1)
    towns, themes = [f"Comune {i:02d}" for i in range(40)], [f"tema{i}" for i in range(12)]
    ends = np.unique(np.sort(draw.integers(0, n, (4 * n, 2)), axis=1), axis=0)
    ends = ends[ends[:, 0] < ends[:, 1]]
    ids = np.array([f"a{i:05d}" for i in range(n)])
    held = [";".join(draw.choice(themes, 2, replace=False)) for _ in ids]
    net = StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": ids, "name": ids, "kind": draw.choice(KINDS, n), "themes": held,
                             "municipality": draw.choice(towns, n)}),
        ties=pd.DataFrame({"source": ids[ends[:, 0]], "target": ids[ends[:, 1]], "layer": "x", "weight": 1.0}),
    )  # fmt: skip
    needed = {"comune": 2, "coop_sociale": 1, "ets_odv": 1, "universita": 1, "fondazione": 1}
    call = Call(
        title="Grande", min_partners=6, max_partners=12, lead_kinds=("comune",), required_kinds=needed,
        max_kinds={"impresa": 1}, municipalities=tuple(towns[:3]), themes=tuple(themes), min_themes=9,
    )  # fmt: skip
    return net, call


def test_actions_by_hand():
    kinds = ["comune", "coop_sociale", "ets_odv", "scuola", "impresa"]
    net = network(kinds, ["Fermo"] * 5, [""] * 5, [(0, 1), (1, 2), (2, 3)])
    call = Call(title="Uno", min_partners=2, max_partners=2, required_kinds={"comune": 1, "coop_sociale": 1},
                lead_kinds=("comune",), excluded_kinds=("impresa",), deadline=dt.date(2027, 3, 31))  # fmt: skip
    actions = plan_actions(net, action_plan(net, [call]), calls=[call])
    assert actions["actors"].tolist() == [("a00", "a01"), ("a02",), ("a03",), ("a04",)]
    assert actions["lead"].tolist() == ["a00", "a01", "a02", ""]
    assert actions["by"].tolist() == ["31/03/2027"] * 3 + ["da stabilire"]
    assert actions["n"].tolist() == [2, 1, 1, 1]
    assert actions["evidence"].tolist()[:3] == ["patto.csv:2"] * 3
    assert "coppie di partner già in rapporto: 1 su 1" in actions["indicator"][0]
    assert actions["action"][2] == "Presentare a Ente a01, partner di «Uno», chi è in rapporto con Ente a02"
    assert actions["evidence"][3] == "nessuna riga: non risultano rapporti"
    for row in actions.itertuples():
        assert all(part in row.why for part in (row.action, row.who, row.with_whom, row.by, f"n = {row.n}"))


def test_what_cannot_be_answered_is_an_action_too():
    net = network(["comune", "ets_odv"], ["Fermo"] * 2, ["", ""], [])
    calls = [
        Call(title="Uno", required_kinds={"comune": 1}),
        Call(title="Due", required_kinds={"universita": 1}),
    ]
    actions = plan_actions(net, action_plan(net, calls, priorities=["casa"]), calls=calls, language="en")
    assert actions["status"].tolist() == ["coalition", "unanswered", "priority_uncovered"]
    assert actions["by"][1] == "to be set (the call tells no deadline)"
    assert actions["evidence"][1].startswith("rules of the call: ")


def test_nobody_outside_is_without_an_action():
    net, call = district(60)
    calls = [replace(call, title=title, min_themes=2, municipalities=()) for title in ("Uno", "Due")]
    plan = action_plan(net, calls, max_load=2, effort=0)
    actions = plan_actions(net, plan, calls=calls)
    asked = [actor for group in actions.loc[actions["status"] == "outside", "actors"] for actor in group]
    assert sorted(asked) == sorted(plan.loc[plan["status"] == "outside", "actor_id"])
    assert (actions[["who", "with_whom", "by", "indicator", "evidence"]] != "").to_numpy().all()
    assert (actions.loc[actions["status"] == "coalition", "n"] >= 2).all()


def test_what_is_no_plan_is_refused():
    net = network(["comune"], ["Fermo"], [""], [])
    with pytest.raises(OptionError, match="not an action plan"):
        plan_actions(net, pd.DataFrame({"status": []}))


def test_a_hundred_and_fifty_candidates_are_proved():
    began = time.monotonic()
    found = coalitions(*district(150), n=1)
    assert found["status"].tolist() == ["optimal"]
    assert time.monotonic() - began < 60  # some seconds alone; other tests share the machine


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT to a process of its own")
def test_ctrl_c_gives_the_best_so_far(tmp_path):
    told = tmp_path / "bar.txt"
    code = (
        "from tests.findings.test_actions import district\n"
        "from stakeholder_net.findings import coalitions\n"
        "found = coalitions(*district(5000), n=1, seconds=300, progress=True)\n"
        "row = found.iloc[0]\n"
        "print(row['status'], len(row['actors']), row['gap'] >= 0, flush=True)\n"
    )
    root = Path(__file__).parents[2]
    paths = os.pathsep.join([str(root), str(root / "src")])
    with told.open("w") as bar:
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, stderr=bar, cwd=root,  # noqa: S603 - our own words
                                 env={**os.environ, "PYTHONPATH": paths})  # fmt: skip
        try:
            until = time.monotonic() + 120
            while "best=" not in told.read_text() and child.poll() is None and time.monotonic() < until:
                time.sleep(0.2)
            assert "best=" in told.read_text(), told.read_text()
            child.send_signal(signal.SIGINT)
            said = child.communicate(timeout=60)[0].split()
            assert said[0] == "feasible", told.read_text()
            assert int(said[1]) >= 6
            assert said[2] == "True"
            assert child.returncode == 0, told.read_text()[-500:]
        finally:
            child.kill()
    assert "gap=" in told.read_text()
