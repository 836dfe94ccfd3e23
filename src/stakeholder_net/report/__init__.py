"""From findings to pages: one plain context, and thin writers that read only it."""

from stakeholder_net.report.changes import changes_report
from stakeholder_net.report.profile import actor_profile
from stakeholder_net.report.report import Report, planning_report

__all__ = ["Report", "actor_profile", "changes_report", "planning_report"]
