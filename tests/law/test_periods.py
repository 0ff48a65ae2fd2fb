"""Every line of the table was counted by hand on the State Council's arrangement of the year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_oversight.errors import BadInput
from training_oversight.law import Period, Unit, WorkingCalendar, due, shipped_calendar

WORKING, CALENDAR = Unit.WORKING_DAYS, Unit.CALENDAR_DAYS

COUNTED_BY_HAND = [
    # Spring Festival: 2021 off 11-17 Feb; 2022 off 31 Jan - 6 Feb, worked 29 and 30 Jan;
    # 2023 off 21-27 Jan, worked 28 and 29 Jan; 2024 off 10-17 Feb, worked 4 and 18 Feb;
    # 2025 off 28 Jan - 4 Feb, worked 26 Jan and 8 Feb; 2026 off 15-23 Feb, worked 14 and 28 Feb.
    ("2021-02-09", 3, WORKING, "2021-02-19"),
    ("2022-01-27", 5, WORKING, "2022-02-08"),
    ("2023-01-19", 7, WORKING, "2023-02-02"),
    ("2024-02-08", 5, WORKING, "2024-02-21"),
    ("2025-01-24", 5, WORKING, "2025-02-07"),
    ("2026-02-11", 5, WORKING, "2026-02-25"),
    ("2025-01-14", 15, CALENDAR, "2025-02-05"),
    ("2026-02-01", 15, CALENDAR, "2026-02-24"),
    # A calendar period that ends on a worked Saturday or Sunday stays there.
    ("2026-01-30", 15, CALENDAR, "2026-02-14"),
    ("2025-09-13", 15, CALENDAR, "2025-09-28"),
    ("2023-04-08", 15, CALENDAR, "2023-04-23"),
    # Labour Day 2022: off 30 April - 4 May, worked 7 May.
    ("2022-04-29", 5, WORKING, "2022-05-10"),
    # Mid-Autumn and National Day.
    ("2021-09-17", 5, WORKING, "2021-09-26"),
    ("2023-09-27", 3, WORKING, "2023-10-08"),
    ("2024-09-27", 5, WORKING, "2024-10-10"),
    ("2024-09-16", 15, CALENDAR, "2024-10-08"),
    ("2025-09-26", 5, WORKING, "2025-10-10"),
    ("2026-09-14", 15, WORKING, "2026-10-10"),
    ("2026-09-10", 30, CALENDAR, "2026-10-10"),
    ("2026-10-14", 7, WORKING, "2026-10-23"),
    # An event on a day off counts from the next day like any other.
    ("2026-10-03", 1, WORKING, "2026-10-08"),
    ("2026-10-10", 1, WORKING, "2026-10-12"),
]


@pytest.mark.parametrize(("start", "length", "unit", "expected"), COUNTED_BY_HAND)
def test_last_days_are_those_counted_by_hand(start, length, unit, expected):
    reckoned = due(date.fromisoformat(start), Period(length, unit), shipped_calendar())

    assert (reckoned.due_on, reckoned.provisional) == (date.fromisoformat(expected), False)


def test_the_days_off_and_the_made_up_days_of_a_count_are_told():
    reckoned = due(date(2026, 9, 14), Period(15, WORKING), shipped_calendar())

    assert reckoned.skipped == [
        date(2026, 9, 19),
        *(date(2026, 9, day) for day in (25, 26, 27)),
        *(date(2026, 10, day) for day in range(1, 8)),
    ]
    assert reckoned.made_up == [date(2026, 9, 20), date(2026, 10, 10)]


def test_a_calendar_period_skips_only_the_days_off_at_its_end():
    reckoned = due(date(2024, 9, 16), Period(15, CALENDAR), shipped_calendar())

    assert reckoned.skipped == [date(2024, 10, day) for day in range(1, 8)]


@pytest.mark.parametrize(
    ("start", "length", "unit", "expected", "provisional"),
    [
        (date(2026, 12, 28), 3, WORKING, date(2026, 12, 31), False),
        (date(2026, 12, 28), 7, WORKING, date(2027, 1, 7), True),
        (date(2026, 12, 1), 30, CALENDAR, date(2026, 12, 31), False),
        (date(2026, 12, 2), 30, CALENDAR, date(2027, 1, 4), True),
        (date(2027, 9, 30), 1, WORKING, date(2027, 10, 4), True),
        (date(2045, 5, 1), 1, WORKING, date(2045, 5, 3), True),
    ],
)
def test_a_count_into_a_year_not_yet_arranged_is_provisional(
    start, length, unit, expected, provisional
):
    reckoned = due(start, Period(length, unit), arranged_until_2026())

    assert (reckoned.due_on, reckoned.provisional) == (expected, provisional)


def test_days_entered_by_the_county_settle_a_provisional_date():
    calendar = arranged_until_2026().with_changes(
        days_off={date(2027, 1, 1): "元旦", date(2027, 1, 4): "元旦"},
        working_days=[date(2027, 1, 2)],
        known_years=[2027],
    )

    reckoned = due(date(2026, 12, 31), Period(2, WORKING), calendar)

    assert (reckoned.due_on, reckoned.provisional) == (date(2027, 1, 5), False)
    assert reckoned.made_up == [date(2027, 1, 2)]


def test_a_day_off_can_be_turned_back_into_a_working_day():
    holiday = date(2026, 10, 7)

    calendar = shipped_calendar().with_changes(working_days=[holiday])

    assert calendar.is_working_day(holiday)
    assert not shipped_calendar().is_working_day(holiday)
    assert not calendar.with_changes(days_off={holiday: "国庆"}).is_working_day(holiday)


def test_a_saturday_that_is_worked_has_the_name_of_no_holiday():
    saturday = date(2026, 10, 10)

    calendar = shipped_calendar()

    assert calendar.is_made_up(saturday)
    assert calendar.holiday(saturday) is None


@pytest.mark.parametrize("length", [0, -1, 3651])
def test_a_period_has_a_sensible_length(length):
    with pytest.raises(BadInput):
        Period(length, WORKING)


def test_a_start_at_the_end_of_the_calendar_is_refused():
    with pytest.raises(BadInput):
        due(date.max, Period(1, WORKING), shipped_calendar())


DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31))
PERIODS = st.builds(Period, st.integers(1, 120), st.sampled_from(Unit))


@given(DAYS, PERIODS)
def test_a_last_day_is_a_working_day_after_the_event(start, period):
    calendar = shipped_calendar()

    last_day = period.last_day(start, calendar)

    assert calendar.is_working_day(last_day)
    assert last_day > start


@given(DAYS, PERIODS)
def test_a_later_event_or_a_longer_period_never_ends_earlier(start, period):
    calendar = shipped_calendar()
    last_day = period.last_day(start, calendar)

    assert period.last_day(start + timedelta(days=1), calendar) >= last_day
    assert Period(period.length + 1, period.unit).last_day(start, calendar) >= last_day


@given(DAYS, st.integers(1, 120))
def test_as_many_working_days_pass_as_the_period_is_long(start, length):
    calendar = shipped_calendar()

    last_day = Period(length, WORKING).last_day(start, calendar)

    days = (start + timedelta(days=n) for n in range(1, (last_day - start).days + 1))
    assert sum(calendar.is_working_day(day) for day in days) == length


def arranged_until_2026():
    """The shipped calendar, also after a newer chinesecalendar has been installed."""
    shipped = shipped_calendar()
    return WorkingCalendar(
        {day: name for day, name in shipped.holidays.items() if day.year <= 2026},
        frozenset(day for day in shipped.made_up if day.year <= 2026),
        frozenset(year for year in shipped.known_years if year <= 2026),
    )
