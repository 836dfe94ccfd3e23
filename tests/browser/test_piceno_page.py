"""The map of the public record, opened without a network: every tie of every layer of the table is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from stakeholder_net import open_project

pytestmark = pytest.mark.browser


def test_the_map_of_the_record_draws_every_tie(offline_page, tmp_path):
    project = open_project(Path(__file__).parents[2])
    analysis = project.analyse(project.network())
    net = analysis.network
    offline_page.goto(project.map(analysis).save(tmp_path / "map.html").as_uri())
    offline_page.wait_for_selector("html[data-ready=true]")
    told = offline_page.evaluate("__map.counts()")
    per_layer = net.ties["layer"].value_counts()
    assert told["perLayer"] == [per_layer[name] for name in net.layer_names]
    assert told["edges"] == net.n_ties
    tied = set(net.ties["source"]) | set(net.ties["target"])
    assert f"({len(tied)})" in offline_page.locator("#actors-table").inner_text().split("\n")[0]
