"""Measures side by side: over the actors, over the layers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from stakeholder_net._checks import check_option, unknown_name
from stakeholder_net.measures._ties import presence_grid
from stakeholder_net.measures.cohesion import clustering, core
from stakeholder_net.measures.degree import (
    degree,
    degree_in,
    degree_out,
    effort_degree,
    mutuality,
    strength,
    strength_in,
    strength_out,
)
from stakeholder_net.measures.fragility import bridging, bridging_coefficient, bridging_loss
from stakeholder_net.measures.groups import group_participation
from stakeholder_net.measures.holes import constraint, effective_size, efficiency, hierarchy
from stakeholder_net.measures.layering import neighbourhood, overlapping_degree, participation, relevance
from stakeholder_net.measures.paths import (
    betweenness,
    closeness,
    eccentricity,
    harmonic,
    harmonic_in,
    harmonic_out,
    reach,
)
from stakeholder_net.measures.spectral import authority, eigenvector, hub, pagerank
from stakeholder_net.network import StakeholderNetwork

__all__ = ["MEASURES", "Measure", "by_layer", "measure_table"]

Measure = Callable[..., pd.Series]
"""A measure: the network in, one value an actor out."""

MEASURES: Mapping[str, Measure] = {
    func.__name__: func
    for func in (
        degree,
        degree_in,
        degree_out,
        strength,
        strength_in,
        strength_out,
        effort_degree,
        mutuality,
        betweenness,
        harmonic,
        harmonic_in,
        harmonic_out,
        closeness,
        eccentricity,
        reach,
        eigenvector,
        pagerank,
        hub,
        authority,
        constraint,
        effective_size,
        efficiency,
        hierarchy,
        clustering,
        core,
        bridging,
        bridging_coefficient,
        bridging_loss,
        group_participation,
        participation,
        overlapping_degree,
        neighbourhood,
        relevance,
    )
}
"""Every measure that gives one value an actor, by name."""

ONE_LAYER = ("degree", "strength", "betweenness", "harmonic", "constraint", "effective_size")
SEVERAL_LAYERS = ("overlapping_degree", "neighbourhood", "participation")


def measure_table(net: StakeholderNetwork, measures: Sequence[str | Measure] | None = None) -> pd.DataFrame:
    """How do the actors stand on several measures, side by side?

    Parameters
    ----------
    net : StakeholderNetwork
        Any network. Measures of one layer need ``net.layer(...)`` or ``flatten(net)`` first.
    measures : sequence of str or callable, optional
        Names from :func:`catalogue`, or functions from a network to a Series of its actors. By default degree,
        strength, betweenness, harmonic, constraint and effective size of one layer; overlapping degree,
        neighbourhood and participation of several.

    Returns
    -------
    pandas.DataFrame of float64
        Index the actors, one column a measure, in the order asked.

    Raises
    ------
    UnknownNameError
        When a name is not a measure.
    AmbiguousLayersError
        When a measure of one layer is asked of a network of several.

    Examples
    --------
    >>> import pandas as pd
    >>> net = StakeholderNetwork(
    ...     actors=pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": ["comune"] * 3}),
    ...     ties=pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "layer": "partnership", "weight": 1.0}))
    >>> measure_table(net, ["degree", "betweenness"])
              degree  betweenness
    actor_id
    a            1.0          0.0
    b            2.0          1.0
    c            1.0          0.0
    """
    if measures is None:
        measures = ONE_LAYER if len(net.layer_names) <= 1 else SEVERAL_LAYERS
    columns = [_values(net, measure) for measure in measures]
    index = net.actors.index
    return pd.DataFrame({str(column.name): column for column in columns}, index=index)


def by_layer(
    net: StakeholderNetwork, measure: str | Measure, *, absent: Literal["missing", "zero"] = "missing"
) -> pd.DataFrame:
    """How does one measure change from layer to layer?

    Each layer is measured on all the actors of the network, so that the columns can be compared.

    Parameters
    ----------
    net : StakeholderNetwork
        Network of several layers.
    measure : str or callable
        A name from :func:`catalogue`, or a function from a network to a Series of its actors.
    absent : {"missing", "zero"}
        What stands where an actor does not belong to a layer: NaN, or what the measure gives to an actor without ties.

    Returns
    -------
    pandas.DataFrame of float64
        Index the actors, one column a layer.

    Raises
    ------
    UnknownNameError
        When the name is not a measure.
    """
    check_option("absent", absent, ("missing", "zero"))
    function = named_measure(measure)
    columns = {
        name: relevance(net, name) if function is relevance else function(net.layer(name))
        for name in net.layer_names
    }
    table = pd.DataFrame(columns, index=net.actors.index, columns=list(net.layer_names), dtype="float64")
    if absent == "missing":
        table = table.where(presence_grid(net), np.nan)
    return table.rename_axis(columns="layer")


def named_measure(measure: str | Measure) -> Measure:
    """Return the function of a measure.

    Raises
    ------
    UnknownNameError
        When the name is not a measure.
    """
    if callable(measure):
        return measure
    if measure not in MEASURES:
        raise unknown_name("measure", measure, MEASURES)
    return MEASURES[measure]


def _values(net: StakeholderNetwork, measure: str | Measure) -> pd.Series:
    values = named_measure(measure)(net)
    name = getattr(measure, "__name__", "measure") if values.name is None else values.name
    return values.rename(str(name))
