"""Findings: ranked rows with a reason. Who is missing, which tie is missing, who should apply together."""

from stakeholder_net.findings.call import Call, kinds_of, read_call, read_calls
from stakeholder_net.findings.coalitions import coalitions
from stakeholder_net.findings.representation import absent_actors, representation

__all__ = ["Call", "absent_actors", "coalitions", "kinds_of", "read_call", "read_calls", "representation"]
