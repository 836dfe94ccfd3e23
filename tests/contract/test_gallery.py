"""Laws of what takes a network: on every network of the gallery it answers or refuses clearly, and changes nothing."""

from __future__ import annotations

import inspect
import pickle
import warnings
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from tests.contract.found import FUNCTIONS

from stakeholder_net import StakeholderNetError, StakeholderNetWarning, StakeholderNetwork, measures

# what is given where a function asks for it and has no default; few draws, for the law is not about precision
NEEDED: dict[str, Any] = {
    "by": "kind",
    "seed": 7,
    "measure": measures.strength,
    "start": "2021-01-01",
    "end": "2021-12-31",
}
FEWER: dict[str, Any] = {"draws": 9, "cases": 9, "times": 9, "seed": 7, "progress": False}
# these write files, draw, or need more than a network: tried in their own rooms
ELSEWHERE = {"convert.write_graph", "convert.to_igraph", "store.write_network"}
DRAWING = "pictures."


def _callable_with(function: Callable[..., Any]) -> bool:
    parameters = inspect.signature(function).parameters
    asked = {
        p.name
        for p in parameters.values()
        if p.default is inspect.Parameter.empty and p.kind is not p.VAR_KEYWORD
    }
    return "net" in parameters and asked <= {"net", *NEEDED}


TRIED = {
    name: function
    for name, function in FUNCTIONS.items()
    if _callable_with(function) and name not in ELSEWHERE and not name.startswith(DRAWING)
}


def _call(function: Callable[..., Any], net: StakeholderNetwork) -> Any:
    parameters = inspect.signature(function).parameters
    given = {key: value for key, value in FEWER.items() if key in parameters}
    given |= {
        key: value
        for key, value in NEEDED.items()
        if key in parameters and parameters[key].default is inspect.Parameter.empty
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", StakeholderNetWarning)
        return function(**({"net": net} | given))


def _answer(function: Callable[..., Any], net: StakeholderNetwork) -> Any:
    """Return what a function answers, or the words with which it refuses; any other error is a fault of ours."""
    try:
        return _call(function, net)
    except StakeholderNetError as refusal:
        return (type(refusal).__name__, str(refusal))


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, pd.DataFrame):
        return bool(one.equals(other))
    if isinstance(one, pd.Series):
        return bool(one.equals(other)) and one.name == other.name
    if isinstance(one, StakeholderNetwork):
        return one == other
    return pickle.dumps(one) == pickle.dumps(other)


def test_most_of_what_takes_a_network_is_tried() -> None:
    taking = {
        name
        for name, f in FUNCTIONS.items()
        if "net" in inspect.signature(f).parameters and not name.startswith(DRAWING)
    }
    assert len(TRIED) >= 0.8 * len(taking), sorted(taking - TRIED.keys())


@pytest.mark.parametrize("name", sorted(TRIED))
def test_it_answers_or_refuses_and_changes_nothing(name: str, any_network: StakeholderNetwork) -> None:
    before = any_network.fingerprint
    first = _answer(TRIED[name], any_network)
    assert any_network.fingerprint == before
    assert _same(first, _answer(TRIED[name], any_network)), "asked twice, it answers the same"
