"""The list of the 35 tests of trust: each that it calls done is a test that exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "trust-tests.md"
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
