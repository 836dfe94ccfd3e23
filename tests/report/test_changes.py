"""Two plans side by side."""

from __future__ import annotations

import pandas as pd
import pytest
from tests.report.example import district
from tests.report.test_report import assert_numbers_hold

from stakeholder_net import OptionError, StakeholderNetwork, changes_report, project


def later() -> StakeholderNetwork:
    """E1 is gone, so c and d have lost a and b (d still meets a at P2); f has come to a new table with d."""
    net = district()
    more = pd.DataFrame(
        {"event_id": ["E4"], "name": ["Tavolo casa"], "kind": ["table"], "layer": ["attendance"]}
    )
    came = pd.DataFrame({"actor_id": ["d", "f"], "event_id": "E4", "status": "present"})
    events, attendance = net.events.reset_index(), net.attendance
    return project(
        StakeholderNetwork(
            actors=net.actors,
            events=pd.concat([events[events["event_id"] != "E1"], more]),
            attendance=pd.concat([attendance[attendance["event_id"] != "E1"], came]),
            name="Secondo piano",
        )
    )


@pytest.mark.parametrize("language", ["it", "en"])
def test_counts_worked_out_by_hand(language) -> None:
    context = changes_report(project(district()), later(), language=language).context
    numbers = context.tables["changes"].frame()
    # before: ab ac ad bc bd cd (E1), ch dh cd (E3), ae be (P1): ab ac ad ae bc bd be cd ch dh
    # after: ab (E2, P1), cd ch dh (E3), df (E4), ae be (P1), ad (P2), ac (G1)
    assert numbers.loc["pairs"].tolist()[1:] == [10, 9]
    assert numbers.loc["kept_pairs", "after"] == 8
    assert numbers.loc["new_pairs", "after"] == 1
    assert numbers.loc["lost_pairs", "before"] == 2
    assert numbers.loc["came_in", "after"] == 1
    assert numbers.loc["went_out", "before"] == 0
    assert context.tables["came_in"].keys == ("f",)
    assert "went_out" not in context.tables
    assert "new_among_old" not in context.tables  # the new pair is with the one who came in
    assert_numbers_hold(context)


def test_what_is_compared_is_named() -> None:
    context = changes_report(project(district()), later(), labels=("Piano 2021", "Piano 2024")).context
    text = context.sentences["changes.records"].text
    assert "6 eventi e 18 righe per «Piano 2021»" in text
    assert "6 eventi e 15 righe per «Piano 2024»" in text
    assert [label for label, _ in context.provenance if "SHA" in label] == [
        "Primo insieme di dati (SHA-256)",
        "Secondo insieme di dati (SHA-256)",
    ]


def test_nothing_has_changed() -> None:
    net = project(district())
    context = changes_report(net, net).context
    assert context.tables["changes"].frame().loc["new_pairs", "after"] == 0
    assert not {"came_in", "went_out", "new_among_old"} & set(context.tables)


def test_other_ids_are_spoken_of() -> None:
    net = project(district())
    other = StakeholderNetwork(
        actors=net.actors.set_axis([f"x{id_}" for id_ in net.actors.index]).rename_axis("actor_id")
    )
    assert "changes.strangers" in changes_report(net, other).context.sentences
    with pytest.raises(OptionError, match="language"):
        changes_report(net, net, language="de")


def test_it_is_saved_as_pages(tmp_path) -> None:
    report = changes_report(project(district()), later())
    for suffix in (".docx", ".pdf", ".xlsx", ".html"):
        assert report.save(tmp_path / f"changes{suffix}").stat().st_size > 1000
