"""The matcher on names that it has not seen: the bars that it must pass, without the rivals."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from stakeholder_net.records.match import resolve_identities

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "identities.py"


@pytest.mark.shared
@pytest.mark.parametrize(("part", "bars"), [("names", 4), ("cells", 3)])
def test_every_bar_holds(shared: Path, part: str, bars: int) -> None:
    command = [sys.executable, str(SCRIPT), str(shared / "data" / "identities"), "--ours", "--only", part]
    run = subprocess.run(  # noqa: S603 - our own script
        command, capture_output=True, text=True, check=True
    )
    verdicts = [line for line in run.stdout.splitlines() if line.endswith((" holds |", " FAILS |"))]
    assert len(verdicts) == bars
    assert [line for line in verdicts if "FAILS" in line] == []


@pytest.mark.shared
def test_three_thousand_spellings_take_seconds_and_tell_their_steps(shared: Path) -> None:
    register = pd.read_csv(
        shared / "data" / "identities" / "register_5x1000_it.csv.gz", dtype="str", nrows=3000
    )
    steps: list[str] = []
    start = time.process_time()
    who = resolve_identities(register[["name"]].assign(municipality=register["comune"]), tell=steps.append)
    assert time.process_time() - start < 10
    assert len(who.audit) == 3000
    assert steps == ["spellings", "candidates", "evidence", "equal names", "scores", "actors"]
