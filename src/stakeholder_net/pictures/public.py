"""The network as the public may see it: nothing that is left out stays in what is made from it."""

from __future__ import annotations

import pandas as pd

from stakeholder_net.layers import without
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.words import COUNTING_STATUSES, KINDS

__all__ = ["public_network"]

HIDDEN = "nome omesso / name omitted"


def public_network(net: StakeholderNetwork) -> StakeholderNetwork:
    """Return a network without names of persons, without those who never came, without the rows of the sources.

    A business that bears one person's name keeps its mark and loses its name and its town, so that counts stay true.
    Whoever was only announced or only listed is left out: that somebody did not come is for those who planned the
    meeting. Sources, evidence and numbers of persons are emptied.

    Parameters
    ----------
    net : StakeholderNetwork
        Any network.
    """
    seats = net.attendance[net.attendance["status"].isin(COUNTING_STATUSES)]
    seats = _emptied(seats, {"source": "", "hours": None, "persons": None})
    ties = _emptied(net.ties, {"evidence": "", "origin": ""})
    seen = {*ties["source"], *ties["target"], *seats["actor_id"]}
    kept = StakeholderNetwork(
        actors=_unnamed(net.actors).reset_index(),
        events=net.events.reset_index(),
        attendance=seats,
        ties=ties,
        layers=net.layers.reset_index(),
        presence=net.presence,
        name=net.name,
        source=net.source,
    )
    gone = [actor for actor in net.actors.index if actor not in seen]
    return without(kept, gone) if gone else kept


def _unnamed(actors: pd.DataFrame) -> pd.DataFrame:
    if "person_like" not in actors.columns or not actors["person_like"].any():
        return actors
    hidden = actors["person_like"].astype("boolean").fillna(value=False).astype("bool")
    labels = actors["kind"].map(lambda kind: f"{KINDS[kind].it if kind in KINDS else kind} ({HIDDEN})")
    out = actors.assign(name=actors["name"].mask(hidden, labels))
    empty = {
        column: out[column].mask(hidden, "") for column in ("municipality", "codes") if column in out.columns
    }
    return out.assign(**empty)


def _emptied(table: pd.DataFrame, values: dict[str, object]) -> pd.DataFrame:
    """Return a table with some columns emptied, where it has them."""
    out = table.copy()
    for column, value in values.items():
        if column in out.columns:
            out[column] = pd.Series(value, index=out.index, dtype=out[column].dtype)
    return out
