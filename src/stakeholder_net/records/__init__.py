"""Files to network: read, clean, names, match, build."""

from stakeholder_net.records.match import Identities, resolve_events, resolve_identities
from stakeholder_net.records.names import ParsedName, Towns, guess_kind, normalise, parse_name

__all__ = [
    "Identities",
    "ParsedName",
    "Towns",
    "guess_kind",
    "normalise",
    "parse_name",
    "resolve_events",
    "resolve_identities",
]
