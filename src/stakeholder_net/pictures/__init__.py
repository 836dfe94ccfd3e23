"""Network in, picture out: a map that opens from a file, figures for the report. No measure is computed here."""

from stakeholder_net.pictures.figures import Figure, sociogram
from stakeholder_net.pictures.layout import positions
from stakeholder_net.pictures.map import NetworkMap, network_map, to_pyvis

__all__ = ["Figure", "NetworkMap", "network_map", "positions", "sociogram", "to_pyvis"]
