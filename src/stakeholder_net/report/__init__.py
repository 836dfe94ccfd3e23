"""From findings to pages: one plain context, and thin writers that read only it."""

from stakeholder_net.report.report import Report, planning_report

__all__ = ["Report", "planning_report"]
