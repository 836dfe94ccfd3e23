"""Findings: ranked rows with a reason. Who is missing, which tie is missing, who should apply together."""

from stakeholder_net.findings._statistics import share_interval
from stakeholder_net.findings.actions import plan_actions
from stakeholder_net.findings.call import Call, kinds_of, read_call, read_calls
from stakeholder_net.findings.coalitions import coalitions
from stakeholder_net.findings.contacts import fewest_contacts, whom_to_invite
from stakeholder_net.findings.examples import example_calls, write_call_form
from stakeholder_net.findings.front import coalition_front
from stakeholder_net.findings.groups import closest_teams, group_centrality
from stakeholder_net.findings.missing_ties import missing_ties, tie_scores
from stakeholder_net.findings.mixing import ties_between_groups
from stakeholder_net.findings.new_ties import best_new_ties
from stakeholder_net.findings.overall import equal_presence
from stakeholder_net.findings.plan import action_plan
from stakeholder_net.findings.priorities import agenda, convergence, match_priorities, with_priorities
from stakeholder_net.findings.refusals import if_one_says_no
from stakeholder_net.findings.representation import absent_actors, representation
from stakeholder_net.findings.retention import attendance_histories, retention
from stakeholder_net.findings.stability import stability
from stakeholder_net.findings.stability_table import stability_table
from stakeholder_net.findings.territory import inequality, participation_inequality, presence_per_inhabitants
from stakeholder_net.findings.unseen import accumulation, unseen_actors
from stakeholder_net.findings.whatif import Change, changed, side_by_side, what_if

__all__ = [
    "Call",
    "Change",
    "absent_actors",
    "accumulation",
    "action_plan",
    "agenda",
    "attendance_histories",
    "best_new_ties",
    "changed",
    "closest_teams",
    "coalition_front",
    "coalitions",
    "convergence",
    "equal_presence",
    "example_calls",
    "fewest_contacts",
    "group_centrality",
    "if_one_says_no",
    "inequality",
    "kinds_of",
    "match_priorities",
    "missing_ties",
    "participation_inequality",
    "plan_actions",
    "presence_per_inhabitants",
    "read_call",
    "read_calls",
    "representation",
    "retention",
    "share_interval",
    "side_by_side",
    "stability",
    "stability_table",
    "tie_scores",
    "ties_between_groups",
    "unseen_actors",
    "what_if",
    "whom_to_invite",
    "with_priorities",
    "write_call_form",
]
