"""What a project adds to its map: steps on missing ties and coalitions, firm places, groups of ties."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from stakeholder_net.findings import missing_ties
from stakeholder_net.measures import communities
from stakeholder_net.network import StakeholderNetwork
from stakeholder_net.pictures import MapStep

__all__ = ["groups_of", "steps_of"]

GROUPS_FROM = 150  # actors below which areas hide more than they tell
STARTS = 10
MANY_TIES = 50_000  # from which one start has to do: ten take minutes, and the areas are but a way of looking


def groups_of(flat: StakeholderNetwork) -> pd.Series | None:
    """Return the groups that the ties form, for the areas of a large map; None for a small one.

    Parameters
    ----------
    flat : StakeholderNetwork
        The layers joined.
    """
    tied = len({*flat.ties["source"], *flat.ties["target"]})
    if tied < GROUPS_FROM:
        return None
    starts = STARTS if flat.n_ties < MANY_TIES else 1
    return communities(flat, starts=starts, progress=False).membership


def steps_of(flat: StakeholderNetwork, coalitions: Mapping[str, pd.DataFrame]) -> list[MapStep]:
    """Return the steps of the walk that need findings: the ties that lack, one coalition of each call.

    Parameters
    ----------
    flat : StakeholderNetwork
        The layers joined.
    coalitions : dict of str to pandas.DataFrame
        By title of the call.
    """
    return [*_missing(flat), *_coalitions(flat, coalitions)]


def _missing(flat: StakeholderNetwork) -> list[MapStep]:
    found = missing_ties(flat, n=1)
    if found.empty:
        return []
    pair, via = tuple(found["actors"].iloc[0]), tuple(found["via"].iloc[0])
    one, other = flat.actors["name"].loc[list(pair)]
    return [
        MapStep(
            title={"it": "Dove manca un legame", "en": "Where a tie is missing"},
            text={
                "it": f"{one} e {other} non risultano legati, e hanno {len(via)} conoscenze in comune: "
                "una presentazione basta. Non è una previsione: forse non ne hanno motivo.",
                "en": f"{one} and {other} are not tied on record, and have {len(via)} acquaintances in common: "
                "one introduction is enough. It is no forecast: they may have no reason to.",
            },
            mark=pair,
        )
    ]


def _coalitions(net: StakeholderNetwork, coalitions: Mapping[str, pd.DataFrame]) -> list[MapStep]:
    steps = []
    for call, table in coalitions.items():
        if table.empty or "actors" not in table.columns:
            continue
        members = tuple(table["actors"].iloc[0])
        if not members or not net.actors.index.isin(members).any():
            continue  # rules in conflict: there is no coalition to show
        names = "; ".join(net.actors["name"].loc[list(members)])
        steps.append(
            MapStep(
                title={"it": f"Una coalizione: {call}", "en": f"A coalition: {call}"},
                text={
                    "it": f"{names}. È una delle alternative trovate con le regole del bando: scegliere spetta a loro.",
                    "en": f"{names}. One of the alternatives found by the rules of the call: the choice is theirs.",
                },
                mark=members,
            )
        )
    return steps
