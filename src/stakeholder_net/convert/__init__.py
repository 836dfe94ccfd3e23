"""To and from other programs and libraries. A value that a format cannot hold is said, never dropped unseen."""

from stakeholder_net.convert.files import FORMATS, write_graph
from stakeholder_net.convert.libraries import from_networkx, to_igraph, to_networkx, to_scipy

__all__ = ["FORMATS", "from_networkx", "to_igraph", "to_networkx", "to_scipy", "write_graph"]
