"""Periods, working days, and why a date is what it is. Pure: no tables, no session, no clock."""

from __future__ import annotations

from training_oversight.law.calendar import WorkingCalendar, shipped_calendar
from training_oversight.law.explanation import Explained, explain, explain_fixed
from training_oversight.law.grid import CellKind, GridDay
from training_oversight.law.periods import Due, Period, Unit, due

__all__ = [
    "CellKind",
    "Due",
    "Explained",
    "GridDay",
    "Period",
    "Unit",
    "WorkingCalendar",
    "due",
    "explain",
    "explain_fixed",
    "shipped_calendar",
]
