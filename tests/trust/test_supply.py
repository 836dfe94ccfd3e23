"""What is installed beside us: listed from the lock, and under licences that go with EUPL-1.2."""

from __future__ import annotations

import importlib.util
import json
import re
from importlib.metadata import files
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bill():
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "constraints" / "sbom.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_list_holds_every_pin_of_the_lock_with_its_hashes(bill):
    made = json.loads(bill.sbom("run"))
    lock = (ROOT / "constraints" / "run.txt").read_text("utf-8")
    pins = dict(re.findall(r"^([a-z0-9._-]+)(?:\[[a-z0-9,-]+\])?==([^ ;\\]+)", lock, re.MULTILINE))
    assert {part["name"]: part["version"] for part in made["components"]} == pins
    assert sum(len(part["properties"]) for part in made["components"]) == lock.count("sha256:")
    assert bill.sbom("run") == bill.sbom("run")


@pytest.mark.parametrize("lock", ["run", "lab", "spark", "test"])
def test_every_licence_is_known_and_goes_with_ours(bill, lock):
    assert len(bill.packages(lock)) >= 3
    assert bill.unfit(lock) == {}


@pytest.mark.parametrize(
    ("stated", "fits"),
    [
        ("", False),  # a package that says nothing is refused, not passed over
        ("Polyform Noncommercial", False),
        ("AGPL-3.0-only", False),
        ("MIT AND AGPL-3.0-only", False),
        ("MIT OR AGPL-3.0-only", True),
        ("BSD-3-Clause AND MIT", True),
    ],
)
def test_a_licence_that_nobody_has_read_is_refused(bill, monkeypatch, stated, fits):
    monkeypatch.setattr(bill, "licence", lambda name: stated if name == "numpy" else "MIT")
    assert bill.unfit("run") == ({} if fits else {"numpy": stated or "states no licence"})


def test_strong_licences_and_findings_by_hand_are_of_packages_that_are_pinned(bill):
    pinned = {lock: {name for name, _, _ in bill.packages(lock)} for lock in bill.LOCKS}
    assert set(bill.BY_HAND) <= set().union(*pinned.values())
    assert set(bill.TEST_ONLY) <= pinned["test"]
    assert not set(bill.TEST_ONLY) & (pinned["run"] | pinned["lab"] | pinned["spark"])


def test_what_is_taken_for_empty_is_empty(bill):
    for name in [name for name, (said, _) in bill.BY_HAND.items() if said == "none needed"]:
        held = [str(file) for file in files(name) or []]
        assert [file for file in held if ".dist-info/" not in file] == []
