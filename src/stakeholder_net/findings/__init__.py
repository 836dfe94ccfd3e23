"""Findings: ranked rows with a reason. Who is missing, which tie is missing, who should apply together."""

from stakeholder_net.findings._statistics import share_interval
from stakeholder_net.findings.call import Call, kinds_of, read_call, read_calls
from stakeholder_net.findings.coalitions import coalitions
from stakeholder_net.findings.front import coalition_front
from stakeholder_net.findings.mixing import ties_between_groups
from stakeholder_net.findings.overall import equal_presence
from stakeholder_net.findings.representation import absent_actors, representation
from stakeholder_net.findings.retention import attendance_histories, retention
from stakeholder_net.findings.territory import inequality, participation_inequality, presence_per_inhabitants
from stakeholder_net.findings.unseen import accumulation, unseen_actors

__all__ = [
    "Call",
    "absent_actors",
    "accumulation",
    "attendance_histories",
    "coalition_front",
    "coalitions",
    "equal_presence",
    "inequality",
    "kinds_of",
    "participation_inequality",
    "presence_per_inhabitants",
    "read_call",
    "read_calls",
    "representation",
    "retention",
    "share_interval",
    "ties_between_groups",
    "unseen_actors",
]
