"""Laws of names: the face is small, every room says what it offers, importing is quick."""

from __future__ import annotations

import inspect
import subprocess
import sys
from types import ModuleType

import pytest
from tests.contract.found import FACE, PUBLIC_MODULES

import stakeholder_net

HEAVY = (
    "matplotlib.pyplot",
    "scipy.stats",
    "pyvis",
    "docx",
    "docxtpl",
    "typst",
    "click",
    "IPython",
    "pyspark",
)
A_MEASURE = """
import pandas as pd
from stakeholder_net import StakeholderNetwork, betweenness, project, representation, to_networkx, write_graph
net = StakeholderNetwork(actors=pd.DataFrame({"actor_id": ["a", "b"], "name": ["A", "B"], "kind": ["comune"] * 2}),
                         ties=pd.DataFrame({"source": ["a"], "target": ["b"], "layer": ["x"], "weight": [1.0]}))
betweenness(net), to_networkx(net)
"""


def test_every_name_of_the_face_exists_and_stands_once() -> None:
    names = stakeholder_net.__all__
    assert len(names) == len(set(names))
    assert all(not name.startswith("_") or name == "__version__" for name in FACE)
    assert set(names) - {"__version__"} <= set(dir(stakeholder_net))


@pytest.mark.parametrize("module", PUBLIC_MODULES, ids=lambda module: module.__name__)
def test_every_room_says_what_it_offers(module: ModuleType) -> None:
    assert len(module.__all__) == len(set(module.__all__))
    assert all(hasattr(module, name) for name in module.__all__)
    assert inspect.getdoc(module)


def test_nothing_on_the_face_is_a_stranger() -> None:
    theirs = {name for name, value in FACE.items() if hasattr(value, "__module__")
              and not value.__module__.startswith("stakeholder_net")}  # fmt: skip
    assert theirs == set()


@pytest.mark.parametrize("code", ["import stakeholder_net", A_MEASURE], ids=["import", "a measure"])
def test_who_only_measures_waits_for_no_picture_and_no_document(code: str) -> None:
    run = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(run.stdout.split())
    assert "stakeholder_net" in loaded
    assert loaded.isdisjoint(HEAVY), sorted(loaded & set(HEAVY))
