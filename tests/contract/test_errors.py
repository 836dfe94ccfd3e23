"""Laws of what is said when something is wrong: it names the next step, and it arrives from another process whole."""

from __future__ import annotations

import inspect
import pickle
import re

import pytest

from stakeholder_net import errors, words

FAULT = errors.Problem("bad_date", "no date", "mend it", file="a.csv", row=3, params={"value": "'x'"})
MADE = {
    errors.StakeholderNetError: ("what", "do this"),
    errors.OptionError: ("what", "do this"),
    errors.UnknownNameError: ("what", "do this"),
    errors.InvalidProjectError: ("what", "do this"),
    errors.AmbiguousLayersError: ("degree", ["a", "b"]),
    errors.MissingExtraError: ("This", "report"),
    errors.UnreadableFileError: (FAULT,),
    errors.InvalidTablesError: ([FAULT],),
}
FAMILY = [
    value
    for _, value in inspect.getmembers(errors, inspect.isclass)
    if issubclass(value, errors.StakeholderNetError)
]


@pytest.mark.parametrize("kind", FAMILY, ids=lambda kind: kind.__name__)
def test_an_error_says_what_to_do(kind: type[errors.StakeholderNetError]) -> None:
    error = kind(*MADE[kind])
    assert isinstance(error, errors.StakeholderNetError)
    assert error.message
    hint = error.hint or FAULT.hint
    assert hint in str(error)


@pytest.mark.parametrize("kind", FAMILY, ids=lambda kind: kind.__name__)
def test_an_error_arrives_from_another_process_as_it_was(kind: type[errors.StakeholderNetError]) -> None:
    error = kind(*MADE[kind])
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(again) is kind
    assert str(again) == str(error)
    assert vars(again) == vars(error)


def test_problems_travel() -> None:
    again = pickle.loads(pickle.dumps(FAULT))  # noqa: S301 - our own bytes
    assert again == FAULT
    assert again.params == FAULT.params


def test_messages_are_whole_in_both_languages() -> None:
    fields = re.compile(r"{(\w+)}")
    for code, said in words.MESSAGES.items():
        assert said.keys() == {"it", "en"}, code
        found = {
            language: {part for text in said[language] for part in fields.findall(text)} for language in said
        }
        assert found["it"] == found["en"], code
