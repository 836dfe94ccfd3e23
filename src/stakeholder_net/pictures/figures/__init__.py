"""Figures for a report: plain matplotlib, titles that say the finding, text that is text, bytes that repeat."""

from stakeholder_net.pictures.figures.base import Figure
from stakeholder_net.pictures.figures.grids import adjacency_by_group, attendance_matrix
from stakeholder_net.pictures.figures.ground import coverage_map
from stakeholder_net.pictures.figures.layered import layer_overlap, multilayer_stack
from stakeholder_net.pictures.figures.missing import gap_dumbbells, observed_expected
from stakeholder_net.pictures.figures.network import sociogram
from stakeholder_net.pictures.figures.plans import coalition_cards, priority_agenda
from stakeholder_net.pictures.figures.standing import power_interest, rank_intervals
from stakeholder_net.pictures.figures.territory import municipality_arcs, time_line

__all__ = [
    "Figure",
    "adjacency_by_group",
    "attendance_matrix",
    "coalition_cards",
    "coverage_map",
    "gap_dumbbells",
    "layer_overlap",
    "multilayer_stack",
    "municipality_arcs",
    "observed_expected",
    "power_interest",
    "priority_agenda",
    "rank_intervals",
    "sociogram",
    "time_line",
]
