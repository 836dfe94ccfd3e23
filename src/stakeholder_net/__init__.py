"""See how the organisations of a territory work together: records in, network, gaps, coalitions, map and report out."""

from stakeholder_net.errors import (
    AmbiguousLayersError,
    InvalidProjectError,
    InvalidTablesError,
    MissingExtraError,
    OptionError,
    Problem,
    StakeholderNetError,
    StakeholderNetWarning,
    UnknownNameError,
    UnreadableFileError,
)
from stakeholder_net.findings import Call, absent_actors, coalitions, read_call, representation
from stakeholder_net.layers import between, flatten, project, tie_evidence, without
from stakeholder_net.measures import (
    betweenness,
    by_layer,
    catalogue,
    constraint,
    degree,
    effective_size,
    group_participation,
    harmonic,
    measure_table,
    overlapping_degree,
    participation,
    relevance,
    strength,
)
from stakeholder_net.network import StakeholderNetwork

__version__ = "0.1.0"

__all__ = [
    "AmbiguousLayersError",
    "Call",
    "InvalidProjectError",
    "InvalidTablesError",
    "MissingExtraError",
    "OptionError",
    "Problem",
    "StakeholderNetError",
    "StakeholderNetWarning",
    "StakeholderNetwork",
    "UnknownNameError",
    "UnreadableFileError",
    "__version__",
    "absent_actors",
    "between",
    "betweenness",
    "by_layer",
    "catalogue",
    "coalitions",
    "constraint",
    "degree",
    "effective_size",
    "flatten",
    "group_participation",
    "harmonic",
    "measure_table",
    "overlapping_degree",
    "participation",
    "project",
    "read_call",
    "relevance",
    "representation",
    "strength",
    "tie_evidence",
    "without",
]
