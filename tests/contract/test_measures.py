"""Laws of every measure on every network of the gallery, found and not listed by hand."""

from __future__ import annotations

import inspect
import typing

import pandas as pd
import pytest

from stakeholder_net import StakeholderNetError, StakeholderNetwork, measures

CHOICES = {"by": "kind", "seed": 7}


def _is_measure(function: object) -> bool:
    if not inspect.isfunction(function):
        return False
    hints = typing.get_type_hints(function)
    names = list(inspect.signature(function).parameters)
    # what takes the values of a measure speaks about one and is none
    return names[:1] == ["net"] and "values" not in names and hints.get("return") is pd.Series


MEASURES = {
    name: getattr(measures, name) for name in measures.__all__ if _is_measure(getattr(measures, name))
}


def _call(name: str, net: StakeholderNetwork) -> pd.Series:
    function = MEASURES[name]
    needed = {
        key: CHOICES[key]
        for key, parameter in inspect.signature(function).parameters.items()
        if key != "net" and parameter.default is inspect.Parameter.empty
    }
    return function(net, **needed)


def test_there_are_measures() -> None:
    assert {"strength", "betweenness", "constraint", "participation"} <= MEASURES.keys()


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_a_measure_is_one_number_an_actor(name: str, any_network: StakeholderNetwork) -> None:
    net = any_network
    before = net.fingerprint
    try:
        values = _call(name, net)
    except StakeholderNetError:
        return  # a clear refusal is an answer; what it says is tried in tests/measures
    assert isinstance(values, pd.Series)
    assert values.index.equals(net.actors.index)
    assert values.name == name
    assert values.dtype.kind in "fi"
    assert net.fingerprint == before
    turned = StakeholderNetwork(
        actors=net.actors, events=net.events, attendance=net.attendance[::-1], ties=net.ties[::-1],
        layers=net.layers, presence=net.presence[::-1], name=net.name,
    )  # fmt: skip
    pd.testing.assert_series_equal(_call(name, turned), values)


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_a_measure_does_not_hang_on_the_order_of_actors(name: str, any_network: StakeholderNetwork) -> None:
    net = any_network
    turned = StakeholderNetwork(
        actors=net.actors[::-1], events=net.events[::-1], attendance=net.attendance, ties=net.ties,
        layers=net.layers, presence=net.presence, name=net.name,
    )  # fmt: skip
    try:
        values = _call(name, net)
    except StakeholderNetError:
        with pytest.raises(StakeholderNetError):
            _call(name, turned)
        return
    pd.testing.assert_series_equal(_call(name, turned).reindex(values.index), values, rtol=1e-9)
