"""A chinesecalendar that has learnt one more year: ``pytest -p tests.next_year``.

The library learns a year each autumn. Nothing may fail on the day when that release is installed.
"""

import os

from chinese_calendar import constants

from training_oversight.law import shipped_calendar

FRIDAY = 4


def pytest_configure():
    # The processes that tests start learn it too.
    os.environ["LEARNT"] = "1"
    year = max(day.year for day in constants.holidays) + 1
    # An invented arrangement: the days of the year before, made up for on weekends.
    constants.holidays.update(moved(constants.holidays, year))
    constants.workdays.update(
        (day, name)
        for day, name in moved(constants.workdays, year).items()
        if day.weekday() > FRIDAY and day not in constants.holidays
    )
    shipped_calendar.cache_clear()


def moved(days, year):
    return {
        day.replace(year=year): name
        for day, name in days.items()
        if day.year == year - 1 and (day.month, day.day) != (2, 29)
    }
