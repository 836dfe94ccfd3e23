"""Measures side by side, each with the places that an incomplete register would still allow."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from stakeholder_net.findings.stability import stability
from stakeholder_net.layers import flatten
from stakeholder_net.measures import catalogue
from stakeholder_net.measures._joint import JointBetweenness
from stakeholder_net.measures.tables import Measure, named_measure
from stakeholder_net.network import StakeholderNetwork

__all__ = ["stability_table"]


def stability_table(  # noqa: PLR0913 - one keyword a choice
    net: StakeholderNetwork,
    measures: Sequence[str | Measure] = ("strength", "betweenness"),
    *,
    seed: int,
    top: int = 5,
    lowest: Collection[str] = ("constraint",),
    draws: int = 200,
    progress: bool = True,
) -> pd.DataFrame:
    """How do the actors stand on several measures, and which of these places may be printed?

    What :func:`measure_table` gives, and beside each measure what :func:`stability` says of its ranking. A measure of
    one layer is taken on all layers joined (:func:`flatten`) where the network has several.

    Parameters
    ----------
    net : StakeholderNetwork
        Any network; with ties derived from its events where there are events.
    measures : sequence of str or callable
        Names from :func:`catalogue`, or functions from a network to a Series of its actors.
    seed : int
        Of the random numbers.
    top : int
        How many first places are meant.
    lowest : collection of str
        Measures of which the lowest value comes first.
    draws : int
        How often events are drawn.
    progress : bool
        Show a progress bar when it takes longer than two seconds.

    Returns
    -------
    pandas.DataFrame
        Index the actors; for each measure ``m`` the columns ``m``, ``m_rank``, ``m_rank_low``, ``m_rank_high`` (95 %
        of the draws; without events: the best and the worst place with one other actor left out) and ``m_standing``
        (``surely_in``, ``perhaps_in``, ``out``, ``undefined``).

    Raises
    ------
    UnknownNameError
        When a name is not a measure.
    OptionError
        When `top` or `draws` is too small, or ties are no longer those of :func:`project`.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": list("abcd"), "name": list("ABCD"), "kind": ["comune"] * 4}),
    ...     ties=pd.DataFrame({"source": ["a"] * 3, "target": list("bcd"), "layer": "partnership", "weight": 1.0}))
    >>> stability_table(net, ["degree"], seed=1, top=1)[["degree", "degree_standing"]].head(2)
              degree degree_standing
    actor_id
    a            3.0       surely_in
    b            1.0      perhaps_in
    """
    several = len(net.layer_names) > 1
    blocks = []
    for measure in measures:
        function = named_measure(measure)
        name = measure if isinstance(measure, str) else str(getattr(measure, "__name__", "measure"))
        joint = JointBetweenness() if name == "betweenness" else _on_joint_layers(function)
        taken = joint if several and _takes_one_layer(measure) else measure
        found = stability(
            taken,
            net,
            seed=seed,
            top=top,
            highest=name not in lowest,
            draws=draws,
            cases=0,
            progress=progress,
        )
        found.index = pd.Index([actors[0] for actors in found["actors"]], dtype="str")
        found = found.reindex(net.actors.index)
        drawn = bool((found["draws"] > 0).any())
        low, high = ("rank_low", "rank_high") if drawn else ("rank_best", "rank_worst")
        blocks.append(
            pd.DataFrame(
                {
                    name: found["value"],
                    f"{name}_rank": found["rank"],
                    f"{name}_rank_low": np.floor(found[low]),
                    f"{name}_rank_high": np.ceil(found[high]),
                    f"{name}_standing": found["standing"],
                }
            )
        )
    return pd.concat(blocks, axis=1) if blocks else pd.DataFrame(index=net.actors.index)


def _takes_one_layer(measure: str | Measure) -> bool:
    """Return whether a measure of the catalogue refuses several layers; of other functions nothing is known."""
    return isinstance(measure, str) and str(catalogue().loc[measure, "needs"]).startswith("one layer")


def _on_joint_layers(function: Measure) -> Measure:
    def joint(net: StakeholderNetwork) -> pd.Series:
        return function(flatten(net))

    return joint
