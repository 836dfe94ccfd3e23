"""The lists of the tests of trust and of the map: each that they call done is a test that exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "trust-tests.md"
MAP = ROOT / "docs" / "explanation" / "map-tests.md"
ROW = re.compile(r"^\| T(\d+) \| (.+?) \| (.+?) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_all_thirty_five_stand_in_the_list_once():
    assert [int(number) for number, _, _ in ROW.findall(PAGE.read_text("utf-8"))] == list(range(1, 36))


def test_every_test_that_is_named_exists_and_what_has_none_says_so():
    for number, _, where in ROW.findall(PAGE.read_text("utf-8")):
        named = NAMED.findall(where)
        assert named or where.startswith("**open**"), f"T{number} names no test and is not called open"
        for file, test in named:
            assert f"def {test}(" in (ROOT / file).read_text("utf-8"), f"T{number}: {file} has no {test}"


def test_every_group_of_the_map_names_tests_that_exist():
    rows = re.findall(r"^\| (\d+) \| .+? \| (.+?) \|$", MAP.read_text("utf-8"), re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 14))
    for number, where in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", where)
        assert named, f"group {number} names no test"
        for file, test in named:
            assert f"def {test}(" in (ROOT / file).read_text("utf-8"), f"group {number}: {file} has no {test}"
