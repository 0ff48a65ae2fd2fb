"""An ending by an institution's own will: how long ahead it is to be announced."""

from __future__ import annotations

import calendar
from datetime import date

# 民办教育促进法实施条例 50.
MONTHS_AHEAD = 6


def earliest_end(announced_on: date) -> date:
    """The first day on which an ending announced that day may come."""
    months = announced_on.month - 1 + MONTHS_AHEAD
    year, month = announced_on.year + months // 12, months % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(announced_on.day, last))


def is_short_notice(announced_on: date, ending_on: date) -> bool:
    return ending_on < earliest_end(announced_on)
