"""Network in, picture out: a map that opens from a file, figures for the report. No measure is computed here."""

from stakeholder_net.pictures.browse import TableView, browse
from stakeholder_net.pictures.figures import (
    Figure,
    adjacency_by_group,
    attendance_matrix,
    coalition_cards,
    coverage_map,
    gap_dumbbells,
    layer_overlap,
    multilayer_stack,
    municipality_arcs,
    observed_expected,
    power_interest,
    priority_agenda,
    rank_intervals,
    sociogram,
    time_line,
)
from stakeholder_net.pictures.layout import positions
from stakeholder_net.pictures.map import NetworkMap, network_map, to_pyvis
from stakeholder_net.pictures.story import MapStep

__all__ = [
    "Figure",
    "MapStep",
    "NetworkMap",
    "TableView",
    "adjacency_by_group",
    "attendance_matrix",
    "browse",
    "coalition_cards",
    "coverage_map",
    "gap_dumbbells",
    "layer_overlap",
    "multilayer_stack",
    "municipality_arcs",
    "network_map",
    "observed_expected",
    "positions",
    "power_interest",
    "priority_agenda",
    "rank_intervals",
    "sociogram",
    "time_line",
    "to_pyvis",
]
