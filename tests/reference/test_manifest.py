"""Every reference table by its manifest: what a method of the first release computes is compared, nothing is picked."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pandas as pd
import pytest
from tests._require import NEEDS, require
from tests.reference import _registry

# Tables of methods of a later release (METHODS.md, "V2"): this list only ever shrinks.
NOT_YET = {
    "A06_disparity_directed_emonWichita": "disparity filter (A8)",
    "A06_disparity_lesmis": "disparity filter (A8)",
    "A09_fdsm_davis": "FDSM by sampling (A6)",
    "A09_fdsm_exact_toy": "FDSM by enumeration (A6)",
    "B05_versatility_florentine": "versatility (B7)",
    "B06_supra_laplacian_florentine": "supra-Laplacian (B8)",
    "B07_reducibility_aucs": "structural reducibility (B8)",
    "B07_reducibility_florentine": "structural reducibility (B8)",
    "B11_mucha_modularity_florentine": "multislice modularity (B9)",
    "B12_infomap": "map equation (B10)",
    "C12_other_centralities_florentine15": "Katz, Bonacich power, information, current flow (C15)",
    "C12_other_centralities_karate": "Katz, Bonacich power, information, current flow (C15)",
    "D07_mrqap": "MRQAP (D7)",
    "D07_mrqap_logit": "MRQAP (D7)",
    "D09_blockmodel_florentine": "blockmodel (D12)",
    "D11_core_periphery": "core and periphery (D10)",
    "D12_small_world": "small world (D11)",
    "D14_structural_equivalence_florentine15": "structural equivalence (D12)",
    "D15_sbm_likelihood": "stochastic blockmodel (D12)",
    "E03_vertex_bootstrap_density": "standard error of density (E5)",
    "E07_measurement_error_emonMtStHelens": "measurement error (E4)",
    "E08_rank_confidence_sets": "simultaneous rank sets (E6)",
    "H01_hypergraph_davis": "hypergraph centralities",
}


def _manifest() -> dict[str, dict[str, str]]:
    found = NEEDS["shared"].find()
    if found is None:
        return {}
    with (found / "methods" / "reference" / "MANIFEST.csv").open(encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


MANIFEST = _manifest()
_registry.load()


@pytest.mark.shared
@pytest.mark.parametrize("table_id", sorted(set(MANIFEST) - set(NOT_YET)) or ["no shared folder"])
def test_table(table_id: str) -> None:
    shared = require("shared")
    comparator = _registry.comparator_of(table_id)
    assert comparator is not None, f"{table_id} belongs to a method of the first release and has no test"
    _registry.check(_registry.Table(table_id, MANIFEST[table_id], shared), comparator)


@pytest.mark.shared
def test_every_file_stands_in_the_manifest(shared: Path) -> None:
    folder = shared / "methods" / "reference"
    files = {file.name for file in folder.glob("*.csv")} - {"MANIFEST.csv"}
    assert files == {row["file"] for row in MANIFEST.values()}


@pytest.mark.shared
def test_the_list_names_tables_that_exist_and_waits_for_none_that_is_built() -> None:
    for table_id in sorted(NOT_YET):
        assert table_id in MANIFEST
        assert _registry.comparator_of(table_id) is None, f"{table_id} is built: take it off the list"


@pytest.mark.shared
def test_no_table_of_the_first_release_stands_in_the_list_of_later_ones(shared: Path) -> None:
    first = set()
    for line in (shared / "METHODS.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")][1:-1]
        if len(cells) == 6 and re.fullmatch(r"[A-G]\d+", cells[0]) and cells[5] == "V1":
            first |= set(re.findall(r"[A-H]\d\d", cells[4]))
    assert first
    # B1 points to the spectrum of B06, which B8 computes in a later release
    assert {table[:3] for table in NOT_YET} & first <= {"A10", "B06"}


def test_a_wrong_value_is_seen(tmp_path: Path) -> None:
    folder = tmp_path / "methods" / "reference"
    folder.mkdir(parents=True)
    (folder / "t.csv").write_text("name,a,b_igraph\nx,1.5,9\ny,,9\n", encoding="utf-8")
    table = _registry.Table("t", {"file": "t.csv", "tolerance": "1e-9"}, tmp_path)

    def comparator(**columns: list[float | None]) -> _registry.Comparator:
        frame = pd.DataFrame({"name": ["y", "x"], **columns})
        return _registry.Comparator(lambda _: frame, ("t",), ("name",), {})

    _registry.check(table, comparator(a=[None, 1.5]))
    for wrong in ({"a": [0, 1.5]}, {"a": [None, 1.5 + 1e-8]}, {"a": [None, None]}, {"c": [None, 1.5]}):
        with pytest.raises(AssertionError, match="t"):
            _registry.check(table, comparator(**wrong))
