"""Bodies known from old records only: told, and left out where the call says from when."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from stakeholder_net import OptionError, StakeholderNetwork
from stakeholder_net.findings import Call, coalitions, read_call

OLD, NEW = "2004-05-01", "2024-05-01"


@pytest.fixture
def net() -> StakeholderNetwork:
    """A town that came lately, a body of 2004, one of 2004 that the register still lists, one without a date."""
    names = ["Comune", "Usl di una volta", "Odv in registro", "Odv senza data"]
    seats = [("c", "new"), ("u", "old"), ("r", "old"), ("c", "old"), ("x", "undated"), ("c", "undated")]
    return StakeholderNetwork(
        actors=pd.DataFrame(
            {
                "actor_id": list("curx"),
                "name": names,
                "kind": ["comune", "azienda_sanitaria", "ets_odv", "ets_odv"],
                "registered": [False, False, True, False],
            }
        ),
        events=pd.DataFrame(
            {
                "event_id": ["new", "old", "undated"],
                "name": ["Nuovo", "Vecchio", "Senza data"],
                "kind": "meeting",
                "layer": "attendance",
                "start": pd.to_datetime([NEW, OLD, None]),
            }
        ),
        attendance=pd.DataFrame(seats, columns=["actor_id", "event_id"]).assign(status="present"),
    )


def chosen(net: StakeholderNetwork, **asked: object) -> tuple[set[str], str]:
    call = Call(title="Prova", min_partners=1, **asked)  # type: ignore[arg-type]
    found = coalitions(net, call, n=1)
    return set(found["actors"].iloc[0]), found["why"].iloc[0]


def test_who_stands_in_old_records_only_is_told(net: StakeholderNetwork) -> None:
    actors, why = chosen(net, required_kinds={"azienda sanitaria": 1, "comune": 1})
    assert actors == {"c", "u"}
    assert "Usl di una volta (2004)" in why
    assert "Comune (20" not in why
    _, of_the_register = chosen(net, must_have=("r",))
    assert "2004" not in of_the_register


def test_the_call_leaves_them_out_but_not_who_is_in_a_register_or_has_no_date(
    net: StakeholderNetwork,
) -> None:
    since = dt.date(2015, 1, 1)
    assert chosen(net, required_kinds={"odv": 2}, seen_since=since)[0] >= {"r", "x"}
    found = coalitions(net, Call(title="Prova", required_kinds={"azienda sanitaria": 1}, seen_since=since))
    assert set(found["status"]) == {"infeasible"}
    assert "01/01/2015" in " ".join(found["why"])


def test_everybody_too_old_is_refused_with_the_key(net: StakeholderNetwork) -> None:
    with pytest.raises(OptionError, match="visti_dal"):
        coalitions(net, Call(title="Prova", seen_since=dt.date(2030, 1, 1), excluded=("r", "x")))


def test_the_file_may_say_it_in_italian(tmp_path) -> None:
    (tmp_path / "bando.toml").write_text('titolo = "P"\nvisti_dal = 2015-01-01\n', "utf-8")
    assert read_call(tmp_path / "bando.toml").seen_since == dt.date(2015, 1, 1)
