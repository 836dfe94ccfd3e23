"""Network in, one value an actor out. ``catalogue()`` lists every measure with the question that it answers."""

from stakeholder_net.measures.brokerage import constraint, effective_size, efficiency, hierarchy
from stakeholder_net.measures.catalogue import catalogue
from stakeholder_net.measures.cohesion import clustering, core
from stakeholder_net.measures.degree import degree, degree_in, degree_out, strength, strength_in, strength_out
from stakeholder_net.measures.groups import group_participation
from stakeholder_net.measures.layering import (
    layer_degrees,
    neighbourhood,
    overlapping_degree,
    participation,
    relevance,
)
from stakeholder_net.measures.paths import betweenness, harmonic, harmonic_in, harmonic_out
from stakeholder_net.measures.tables import by_layer, measure_table

__all__ = [
    "betweenness",
    "by_layer",
    "catalogue",
    "clustering",
    "constraint",
    "core",
    "degree",
    "degree_in",
    "degree_out",
    "effective_size",
    "efficiency",
    "group_participation",
    "harmonic",
    "harmonic_in",
    "harmonic_out",
    "hierarchy",
    "layer_degrees",
    "measure_table",
    "neighbourhood",
    "overlapping_degree",
    "participation",
    "relevance",
    "strength",
    "strength_in",
    "strength_out",
]
