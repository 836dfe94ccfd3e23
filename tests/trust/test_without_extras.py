"""The core alone: an office that installed nothing beside it reads, measures and draws; the rest names its extra."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHEET = """Ente;Incontro
Avis di Offida;E1
Comune di Force;E1
Croce Verde;E1
Avis di Offida;E2
Croce Verde;E2
"""
REGISTER = """Ente;Tipo;Comune
Avis di Offida;ets_aps;Offida
Pro Loco Force;ets_aps;Force
Croce Verde;ets_odv;Offida
"""
SETTINGS = """title = "Prova"
[[files]]
path = "data/raw/a.csv"
table = "attendance"
[[files]]
path = "data/raw/r.csv"
table = "register"
"""
# Hides packages as if they were not installed: every finder says that it knows none of that name.
HIDE = """
import json, sys

hidden, folder = set(json.loads(sys.argv[1])), sys.argv[2]

class Hiding:
    def __init__(self, real):
        self.real = real

    def find_spec(self, name, path=None, target=None):
        return None if name.partition(".")[0] in hidden else self.real.find_spec(name, path, target)

sys.meta_path[:] = [Hiding(real) for real in sys.meta_path]
"""
WALK = """
import pandas as pd
import stakeholder_net as sn
from stakeholder_net.cli import main
from stakeholder_net.convert import to_igraph
from stakeholder_net.engines import derive_ties
from stakeholder_net.records import read_table, review_widget, table_contract
from stakeholder_net.report import Report
from stakeholder_net.samples import piceno

def told(*words):
    try:
        main([*words])
    except SystemExit as stop:
        return stop.code
    return 0

codes = [
    told(*words, *more)
    for *words, more in (
        ("check", folder, []), ("build", folder, []), ("measures", folder, []), ("gaps", folder, []),
        ("map", folder, []), ("report", "write", folder, ["--format", "html", "--format", "xlsx"]),
        ("export", folder, ["--format", "graphml", "--output", folder + "/net.graphml"]),
        ("export", folder, ["--format", "csv", "--output", folder + "/tables"]),
    )
]
piceno(folder + "/piceno")
project = sn.open_project(folder)
rows = pd.DataFrame({"actor_id": ["a"], "event_id": ["e"], "status": ["present"]})
rows.to_parquet(folder + "/a.parquet")
missing = {}
for name, call in {
    "contract": lambda: table_contract("attendance"),
    "igraph": lambda: to_igraph(project.network()),
    "embedded": lambda: derive_ties(folder + "/a.parquet", folder + "/t.parquet"),
    "spark": lambda: derive_ties(folder + "/a.parquet", folder + "/t.parquet", engine="spark"),
    "widget": lambda: review_widget(project.build().identities, project.decisions_file),
    "docx": lambda: Report.to_bytes(None, ".docx"),
    "pdf": lambda: Report.to_bytes(None, ".pdf"),
}.items():
    try:
        call()
    except sn.MissingExtraError as error:
        missing[name] = error.extra
print("\\n" + json.dumps({
    "codes": codes,
    "missing": missing,
    "sample": len(read_table(folder + "/piceno/data/raw/presenze_incontri.xlsx", "attendance").rows),
    "actors": project.network().n_actors,
    "lab": [told("notebooks", "run", folder), told("lab", folder)],
    "loaded": sorted(hidden & {name.partition(".")[0] for name in sys.modules}),
}))
"""


def key(requirement):
    """Give the name of a package as all spell it."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement).group()).lower()


@pytest.fixture(scope="module")
def hidden():
    """Every module that only an extra brings: found in the metadata, so that a new extra is hidden too."""
    said = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    core = {key(wanted) for wanted in said["dependencies"]}
    extras = {key(wanted) for extra in said["optional-dependencies"].values() for wanted in extra}
    extras -= core | {"stakeholder-net"}
    brought = packages_distributions()
    modules = {name for name, by in brought.items() if {key(one) for one in by} & extras}
    assert {
        "docx",
        "docxtpl",
        "typst",
        "pandera",
        "igraph",
        "duckdb",
        "pytest",
        "fontpkg_titillium_web",
    } <= modules
    return sorted(modules | {"pyspark", "jupyterlab"})


def project(folder):
    (folder / "data" / "raw").mkdir(parents=True)
    (folder / "data" / "raw" / "a.csv").write_text(SHEET, "utf-8")
    (folder / "data" / "raw" / "r.csv").write_text(REGISTER, "utf-8")
    (folder / "stakeholder.toml").write_text(SETTINGS, "utf-8")


def test_the_core_walks_alone_and_the_rest_names_its_extra(hidden, tmp_path):
    project(tmp_path)
    words = [sys.executable, "-c", HIDE + WALK, json.dumps(hidden), str(tmp_path)]
    run = subprocess.run(  # noqa: S603
        words, capture_output=True, text=True, timeout=240, check=False, cwd=tmp_path
    )
    assert run.returncode == 0, run.stderr[-3000:]
    found = json.loads(run.stdout.splitlines()[-1])
    assert found["codes"] == [0] * 8, run.stderr[-3000:]
    assert found["loaded"] == []
    assert found["missing"] == {
        "contract": "contracts",
        "igraph": "igraph",
        "embedded": "engines",
        "spark": "spark",
        "widget": "lab",
        "docx": "report",
        "pdf": "report",
    }
    assert found["lab"] == [2, 2]
    assert run.stderr.count("'lab'") == 2
    assert found["actors"] >= 3
    assert found["sample"] > 50
    for made in ("output/map.html", "net.graphml", "output/report.html", "output/report.xlsx"):
        assert (tmp_path / made).stat().st_size > 1000
    assert any((tmp_path / "tables").iterdir())


ASK = """
from stakeholder_net import cli

def computed(*_, **__):
    raise AssertionError("figures were computed first")

cli._analysed = cli._built = computed
codes = []
for words in (
    ("write", folder), ("write", folder, "--format", "pdf"), ("fill", folder + "/a.docx", folder), ("pieces", folder),
    ("profile", "a", folder), ("compare", folder, folder, "--output", folder + "/b.docx"),
):
    try:
        cli.main(["report", *words])
    except SystemExit as stop:
        codes.append(stop.code)
print("\\n" + json.dumps(codes))
"""


def test_a_report_that_cannot_be_written_is_told_before_anything_is_computed(hidden, tmp_path):
    project(tmp_path)
    words = [sys.executable, "-c", HIDE + ASK, json.dumps(hidden), str(tmp_path)]
    run = subprocess.run(  # noqa: S603
        words, capture_output=True, text=True, timeout=240, check=False, cwd=tmp_path
    )
    assert run.returncode == 0, run.stderr[-3000:]
    assert json.loads(run.stdout.splitlines()[-1]) == [2] * 6
    assert run.stderr.count('".[report]"') == 6


def test_every_extra_that_an_error_names_is_one():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    named = set(re.findall(r'MissingExtraError\([^()]*, "(\w+)"\)', source))
    assert {"report", "lab", "contracts", "igraph"} <= named <= set(extras)
