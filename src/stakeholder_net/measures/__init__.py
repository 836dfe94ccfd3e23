"""Network in, one value an actor out. ``catalogue()`` lists every measure with the question that it answers."""

from stakeholder_net.measures.attendance import RegisterVerdict, co_attendance, register_verdict, tie_tests
from stakeholder_net.measures.catalogue import catalogue
from stakeholder_net.measures.cohesion import clustering, core
from stakeholder_net.measures.communities import Communities, communities, compare_partitions, modularity
from stakeholder_net.measures.comparing import compare_layers, layer_summary, qap_correlation
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
from stakeholder_net.measures.fragility import (
    bridges,
    bridging,
    bridging_coefficient,
    bridging_loss,
    cut_points,
    removal_effects,
)
from stakeholder_net.measures.groups import group_participation, group_profile
from stakeholder_net.measures.holes import constraint, effective_size, efficiency, hierarchy
from stakeholder_net.measures.homophily import block_densities, group_homophily, homophily
from stakeholder_net.measures.key_players import key_players
from stakeholder_net.measures.layering import (
    component_sizes,
    layer_degrees,
    layer_profile,
    neighbourhood,
    overlapping_degree,
    participation,
    relevance,
)
from stakeholder_net.measures.nulls import adjust_p_values, attendance_probabilities
from stakeholder_net.measures.paths import (
    betweenness,
    closeness,
    eccentricity,
    harmonic,
    harmonic_in,
    harmonic_out,
    reach,
)
from stakeholder_net.measures.roles import brokerage, brokerage_totals
from stakeholder_net.measures.spectral import authority, eigenvector, hub, pagerank
from stakeholder_net.measures.tables import by_layer, measure_table
from stakeholder_net.measures.two_mode import two_mode_centrality, two_mode_summary
from stakeholder_net.measures.uncertainty import (
    CaseDropping,
    case_dropping,
    event_bootstrap,
    leave_one_actor_out,
    leave_one_event_out,
    ranks,
    tie_stability,
)
from stakeholder_net.measures.undefined import why_undefined
from stakeholder_net.measures.whole import (
    convenor_dependence,
    convenors,
    describe,
    rank_without,
    triad_census,
)

__all__ = [
    "CaseDropping",
    "Communities",
    "RegisterVerdict",
    "adjust_p_values",
    "attendance_probabilities",
    "authority",
    "betweenness",
    "block_densities",
    "bridges",
    "bridging",
    "bridging_coefficient",
    "bridging_loss",
    "brokerage",
    "brokerage_totals",
    "by_layer",
    "case_dropping",
    "catalogue",
    "closeness",
    "clustering",
    "co_attendance",
    "communities",
    "compare_layers",
    "compare_partitions",
    "component_sizes",
    "constraint",
    "convenor_dependence",
    "convenors",
    "core",
    "cut_points",
    "degree",
    "degree_in",
    "degree_out",
    "describe",
    "eccentricity",
    "effective_size",
    "efficiency",
    "effort_degree",
    "eigenvector",
    "event_bootstrap",
    "group_homophily",
    "group_participation",
    "group_profile",
    "harmonic",
    "harmonic_in",
    "harmonic_out",
    "hierarchy",
    "homophily",
    "hub",
    "key_players",
    "layer_degrees",
    "layer_profile",
    "layer_summary",
    "leave_one_actor_out",
    "leave_one_event_out",
    "measure_table",
    "modularity",
    "mutuality",
    "neighbourhood",
    "overlapping_degree",
    "pagerank",
    "participation",
    "qap_correlation",
    "rank_without",
    "ranks",
    "reach",
    "register_verdict",
    "relevance",
    "removal_effects",
    "strength",
    "strength_in",
    "strength_out",
    "tie_stability",
    "tie_tests",
    "triad_census",
    "two_mode_centrality",
    "two_mode_summary",
    "why_undefined",
]
