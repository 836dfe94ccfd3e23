"""Every sentence about a fault is there in both languages, and fills in the same places."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from stakeholder_net.words import LANGUAGES, MESSAGES

RECORDS = Path(__file__).resolve().parents[2] / "src" / "stakeholder_net" / "records"


def fields(sentences):
    return {field for text in sentences for _, field, _, _ in Formatter().parse(text) if field} - {"nearest"}


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_message_says_the_same_in_both_languages(code):
    message = MESSAGES[code]
    assert set(message) == set(LANGUAGES)
    assert fields(message["it"]) == fields(message["en"])
    for what, todo in message.values():
        assert what.strip()
        assert todo.strip()
    assert message["it"] != message["en"]


def test_every_fault_of_the_intake_has_its_message():
    used = set()
    for path in RECORDS.glob("*.py"):
        used |= set(
            re.findall(r"(?:\btell|\bproblem|\bfault|_problem)\(\s*\"([a-z_]+)\"", path.read_text("utf-8"))
        )
    assert len(used) > 20
    assert used <= set(MESSAGES)
