"""On which day a story of the demo county begins, so that it is told whatever day it is today."""

from datetime import date, timedelta

import pytest

from training_oversight.demo import loading
from training_oversight.law import shipped_calendar

LATE_STORIES = sorted({days for _, _, days in loading.PLAYS if days <= loading.LATELY})


@pytest.mark.parametrize("days_ago", LATE_STORIES)
def test_without_a_holiday_it_begins_just_so_many_days_ago(days_ago):
    calendar = shipped_calendar()

    for today in (date(2026, 11, 23) + timedelta(days=n) for n in range(7)):
        assert loading._began(calendar, today, days_ago) == today - timedelta(days=days_ago)


@pytest.mark.parametrize("today", [date(2026, 10, 9), date(2026, 2, 25), date(2026, 5, 6)])
def test_after_a_holiday_it_has_had_as_many_working_days_as_ever(today):
    calendar = shipped_calendar()
    began = loading._began(calendar, today, 12)

    assert began < today - timedelta(days=12)
    assert loading._working_days(calendar, began, today) >= 8


def test_what_began_long_ago_has_time_enough_and_is_left():
    assert loading._began(shipped_calendar(), date(2026, 10, 9), 48) == date(2026, 8, 22)
