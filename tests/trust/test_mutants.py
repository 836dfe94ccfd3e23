"""One byte of a sample file changed: read rightly or refused. The long form: python -m benchmarks.mutants."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from stakeholder_net import UnreadableFileError
from stakeholder_net.records import read_table

ROOT = Path(__file__).resolve().parents[2]
FEW = 60


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("mutants", ROOT / "benchmarks" / "mutants.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutants"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["mutants"]


def test_no_byte_changed_changes_another_row_or_ends_in_a_traceback(bench):
    found = [bench.verdict(mutant) for mutant in bench.mutants(FEW, seed=11)]
    assert [why for how, why in found if how in {"harmed", "crashed"}] == []
    assert {how for how, _ in found} == {"read", "refused"}


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (b'r="A5"', b'r="A4"'),  # a cell that would be written over the one above
        (b"<v>", b"<w>"),  # no XML: a reader in a hurry reads on
        (b"</row>", b"</rov>"),
    ],
)
def test_a_sheet_that_contradicts_itself_is_refused(bench, tmp_path, was, now):
    source = ROOT / "data" / "raw" / "presenze_incontri.xlsx"
    part = "xl/worksheets/sheet1.xml"
    data = bench.made(bench.Mutant(source, "attendance", part, 0, ord("<")), tmp_path)[2]
    at = data.index(was)
    place = next(n for n, (a, b) in enumerate(zip(was, now, strict=True)) if a != b)
    path = bench.made(bench.Mutant(source, "attendance", part, at + place, now[place]), tmp_path)[0]
    with pytest.raises(UnreadableFileError) as caught:
        read_table(path, "attendance")
    assert caught.value.problem.code == "damaged_file"
