"""What is installed beside us: listed from the lock, and under licences that go with EUPL-1.2."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# licences without conditions on who calls a library, and those that the appendix of EUPL-1.2 names
GOES_WITH = re.compile(
    r"MIT|BSD|Apache|ISC|Python Software Foundation|PSF|MPL|Mozilla|HPND|Unlicense|0BSD|Zlib|OFL|LGPL|CC0",
    re.IGNORECASE,
)


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


def test_every_licence_goes_with_ours(bill):
    stated = {name: bill.licence(name) for name, _, _ in bill.packages("run")}
    known = {name: text for name, text in stated.items() if text}
    assert len(known) > 20
    assert {name: text for name, text in known.items() if not GOES_WITH.search(text)} == {}
