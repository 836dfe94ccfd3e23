"""Law of what takes a network: ids are labels. Other ids, and rows in another order, give the same answer."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pytest
from tests.contract.test_gallery import TRIED, _answer

from stakeholder_net import StakeholderNetwork

MARK = "zqx"


def _renamed(net: StakeholderNetwork, *, shuffled: bool) -> StakeholderNetwork:
    """Return the same network with longer ids in the same order, its rows in another."""

    def rows(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
        out = frame.assign(**{column: MARK + frame[column] for column in columns})
        return out.sample(frac=1, random_state=7) if shuffled else out

    ties = net.ties
    if shuffled:  # an undirected tie has no first end
        free = ~ties["layer"].map(net.layers["directed"]).astype("bool")
        source, target = ties["source"], ties["target"]
        ties = ties.assign(source=source.mask(free, target), target=target.mask(free, source))
    actors = net.actors.reset_index()
    return StakeholderNetwork(
        actors=actors.assign(actor_id=MARK + actors["actor_id"]), events=net.events, layers=net.layers,
        attendance=rows(net.attendance, "actor_id"), ties=rows(ties, "source", "target"),
        presence=rows(net.presence, "actor_id"), name=net.name, source=net.source,
    )  # fmt: skip


def _text(answer: Any) -> str:
    """Return all that an answer holds, numbers to twelve digits."""
    if isinstance(answer, pd.DataFrame | pd.Series):
        return answer.to_csv(float_format="%.12g")
    if isinstance(answer, StakeholderNetwork):
        return "".join(
            _text(getattr(answer, table)) for table in ("actors", "events", "attendance", "ties", "presence")
        )
    if dataclasses.is_dataclass(answer):
        return "".join(_text(getattr(answer, field.name)) for field in dataclasses.fields(answer))
    if isinstance(answer, Mapping):
        return "".join(f"{key}: {_text(value)}\n" for key, value in answer.items())
    if isinstance(answer, list | tuple):
        return "".join(map(_text, answer))
    return f"{answer:.12g}" if isinstance(answer, float) else str(answer)


@pytest.mark.parametrize(
    "name", sorted(name for name in TRIED if name.startswith(("measures.", "findings.", "layers.")))
)
@pytest.mark.parametrize("network", ["overlapping_layers", "attendance_only", "directed", "isolate"])
def test_ids_and_the_order_of_rows_change_nothing(
    name: str, network: str, gallery: dict[str, Callable[[], StakeholderNetwork]]
) -> None:
    net = gallery[network]()
    first = _text(_answer(TRIED[name], net))
    for shuffled in (False, True):
        again = _text(_answer(TRIED[name], _renamed(net, shuffled=shuffled)))
        assert again.replace(MARK, "") == first
