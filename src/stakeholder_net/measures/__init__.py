"""Network in, one value an actor out. ``catalogue()`` lists every measure with the question that it answers."""

from stakeholder_net.measures.attendance import RegisterVerdict, co_attendance, register_verdict, tie_tests
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
from stakeholder_net.measures.nulls import adjust_p_values, attendance_probabilities
from stakeholder_net.measures.paths import betweenness, harmonic, harmonic_in, harmonic_out
from stakeholder_net.measures.tables import by_layer, measure_table

__all__ = [
    "RegisterVerdict",
    "adjust_p_values",
    "attendance_probabilities",
    "betweenness",
    "by_layer",
    "catalogue",
    "clustering",
    "co_attendance",
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
    "register_verdict",
    "relevance",
    "strength",
    "strength_in",
    "strength_out",
    "tie_tests",
]
