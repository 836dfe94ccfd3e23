"""One organisation on one page."""

from __future__ import annotations

import pikepdf
import pytest
from tests.report.example import district
from tests.report.test_report import assert_numbers_hold

from stakeholder_net import UnknownNameError, actor_profile, project


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_organisation_has_a_page_whose_numbers_hold(language) -> None:
    net = project(district())
    for actor in net.actors.index:
        assert_numbers_hold(actor_profile(net, actor, language=language).context)


def test_counts_worked_out_by_hand() -> None:
    profile = actor_profile(project(district()), "Comune di Altomonte").context
    numbers = profile.tables["brief"].frame()["number"]
    # a was at E1, E2, P1, P2 and G1; with b, c, d, e; with b at E1, E2 and P1, with c at E1 and G1, with d at E1 and P2
    assert numbers.to_dict() == {
        "events": 5,
        "all_events": 6,
        "partners": 4,
        "others": 7,
        "several": 3,
        "only_tie": 0,
    }
    partners = profile.tables["profile_partners"].frame()
    assert partners.loc["b", "shared"] == 3
    assert partners.index[0] == "b"
    assert partners.loc["d", "layers"] == "Presenze agli incontri; Partenariati"


def test_who_was_only_announced_is_not_said_to_be_present() -> None:
    profile = actor_profile(project(district()), "g").context
    assert profile.sentences["profile.events"].text == "Risulta presente a 0 eventi su 6."
    assert profile.tables["profile_events"].frame()["status"].tolist() == ["annunciato"]
    assert "profile.no_partners" in profile.sentences


def test_it_is_one_page(tmp_path) -> None:
    net = project(district())
    for actor in ("a", "f"):
        with pikepdf.open(actor_profile(net, actor).save(tmp_path / "page.pdf")) as pdf:
            assert len(pdf.pages) == 1


def test_an_unknown_organisation_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Comune di Altomonte"):
        actor_profile(district(), "Comune di Altamonte")
