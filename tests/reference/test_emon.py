"""The Drabek networks count 1 as the most frequent contact: what is declared decides how they are read."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from stakeholder_net import StakeholderNetWarning, StakeholderNetwork, flatten
from stakeholder_net.measures import degree_out, harmonic_out, strength, strength_out

pytestmark = pytest.mark.shared


def texas(shared: Path, means: str) -> StakeholderNetwork:
    folder = shared / "data" / "drabek_emon"
    nodes, ties = pd.read_csv(folder / "Texas_nodes.csv"), pd.read_csv(folder / "Texas_edges.csv")
    return StakeholderNetwork(
        actors=pd.DataFrame({"actor_id": nodes["id"], "name": nodes["id"], "kind": "ente"}),
        ties=ties.rename(columns={"Frequency": "weight"}).assign(layer="contact"),
        layers=pd.DataFrame(
            {"layer": ["contact"], "directed": [True]} | ({"weight_means": [means]} if means else {})
        ),
    )


def test_declared_as_a_distance_the_most_frequent_contact_is_the_strongest(shared: Path) -> None:
    near, far = texas(shared, "distance"), texas(shared, "strength")
    raw = near.ties.groupby("source")["weight"]
    assert strength(near).sum() == pytest.approx(2 * (1 / near.ties["weight"]).sum())
    assert flatten(near).ties["weight"].max() == 2  # once a day in both directions
    assert harmonic_out(near)[raw.mean().idxmin()] > 0
    # the reading turns the order of the actors over, not only the numbers
    assert strength(near).rank().corr(strength(far).rank()) < 0.99
    mean_near, mean_far = (strength_out(net) / degree_out(net) for net in (near, far))
    assert mean_near.rank().corr(mean_far.rank()) < -0.8


@pytest.mark.parametrize("means", ["", "unknown"])
def test_not_declared_it_is_told_that_the_numbers_may_be_ranks(shared: Path, means: str) -> None:
    net = texas(shared, means)
    assert net.layers.loc["contact", "weight_means"] == "unknown"
    with pytest.warns(StakeholderNetWarning, match="may be ranks.*weight_means"):
        assert strength(net).equals(strength(texas(shared, "strength")))
