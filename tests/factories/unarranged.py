"""The first year whose days off nobody has arranged, whatever chinesecalendar knows by now."""

from datetime import date, timedelta

from training_oversight.law import shipped_calendar

YEAR = max(shipped_calendar().known_years) + 1
LAST_ARRANGED = YEAR - 1


def _middle_of_march(weekday):
    """A day of the week in March: no statutory holiday, by sun or moon, is near."""
    first = date(YEAR, 3, 9)
    return first + timedelta((weekday - first.weekday()) % 7)


MONDAY, SATURDAY = _middle_of_march(0), _middle_of_march(5)
FRIDAY_BEFORE, TUESDAY = MONDAY - timedelta(3), MONDAY + timedelta(1)
