"""Figures for a report: plain matplotlib, titles that say the finding, text that is text, bytes that repeat."""

from stakeholder_net.pictures.figures.base import Figure
from stakeholder_net.pictures.figures.network import sociogram

__all__ = ["Figure", "sociogram"]
