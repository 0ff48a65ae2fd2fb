"""The thirteen days that the law gives, read against the almanac by hand, year by year."""

from datetime import date, timedelta

import pytest
from chinese_calendar import constants
from holidays.countries.china import China

from training_oversight.law import Period, Unit, due, explain, shipped_calendar, statutory
from training_oversight.law.calendar import WorkingCalendar
from training_oversight.texts import Language, speaking

# First day of the lunar year, Qingming, Dragon Boat, Mid-Autumn. 2033 is the year whose leap
# month many almanacs got wrong.
ALMANAC = {
    2027: ("02-06", "04-05", "06-09", "09-15"),
    2028: ("01-26", "04-04", "05-28", "10-03"),
    2029: ("02-13", "04-04", "06-16", "09-22"),
    2030: ("02-03", "04-05", "06-05", "09-12"),
    2031: ("01-23", "04-05", "06-24", "10-01"),
    2032: ("02-11", "04-04", "06-12", "09-19"),
    2033: ("01-31", "04-04", "06-01", "09-08"),
    2034: ("02-19", "04-05", "06-20", "09-27"),
    2035: ("02-08", "04-05", "06-10", "09-16"),
}
FIXED = ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")
NOTHING_ARRANGED = WorkingCalendar()


@pytest.mark.parametrize("year", ALMANAC)
def test_a_year_has_the_days_off_of_the_law(year):
    spring, *others = (date.fromisoformat(f"{year}-{day}") for day in ALMANAC[year])
    fixed = {date.fromisoformat(f"{year}-{day}") for day in FIXED}

    days = statutory.days_off(year)

    eve_and_three_days = {spring + timedelta(days=n) for n in (-1, 0, 1, 2)}
    assert set(days) == fixed | eve_and_three_days | set(others)


@pytest.mark.parametrize("year", range(2025, 2100))
def test_the_days_are_those_that_the_library_has_for_the_country(year):
    """Its class for China knows the law as well; what makes up for a weekend is its own guess."""
    theirs = China(years=year, observed=False, language="en_US")

    assert set(statutory.days_off(year)) == {
        day for day in theirs if not theirs[day].startswith("Day off")
    }


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_arrangements_since_the_law_was_changed_give_at_least_its_days(year):
    assert set(statutory.days_off(year)) <= set(constants.holidays)


@pytest.mark.parametrize(
    ("start", "length", "unit", "expected"),
    [
        # The eve of the Spring Festival of 2027 is a Friday, its third day a Monday.
        ("2027-01-24", 15, Unit.CALENDAR_DAYS, "2027-02-09"),
        ("2027-02-04", 1, Unit.WORKING_DAYS, "2027-02-09"),
        # 2 May is a Tuesday in 2028, a Thursday in 2030.
        ("2028-05-01", 1, Unit.WORKING_DAYS, "2028-05-03"),
        ("2030-05-01", 1, Unit.WORKING_DAYS, "2030-05-03"),
        # Qingming on a Monday, the Dragon Boat Festival and Mid-Autumn on Wednesdays.
        ("2027-04-02", 1, Unit.WORKING_DAYS, "2027-04-06"),
        ("2027-06-08", 1, Unit.WORKING_DAYS, "2027-06-10"),
        ("2027-09-14", 1, Unit.WORKING_DAYS, "2027-09-16"),
        # Beyond the tables of the moon only the fixed days are left out: 1 May 2110 a Thursday.
        ("2110-04-30", 1, Unit.WORKING_DAYS, "2110-05-05"),
    ],
)
def test_last_days_in_years_without_an_arrangement(start, length, unit, expected):
    reckoned = due(date.fromisoformat(start), Period(length, unit), NOTHING_ARRANGED)

    assert (reckoned.due_on, reckoned.provisional) == (date.fromisoformat(expected), True)


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (date(2099, 3, 1), "暂按周末和法定节假日计算"),
        (date(2100, 3, 1), "距今太远，还推算不出农历节日"),
        (date(2003, 3, 3), "早于本历开始的年份"),
        (date(1899, 3, 1), "早于本历开始的年份"),
        (date(1, 1, 2), "早于本历开始的年份"),
        (date(2199, 12, 31), "距今太远，还推算不出农历节日"),
    ],
)
def test_every_year_before_and_after_the_tables_is_counted_and_says_how(start, said):
    explained = explain(start, Period(5, Unit.WORKING_DAYS), shipped_calendar())

    with speaking(Language.CHINESE):
        sentences = " ".join(str(sentence) for sentence in explained.sentences)
        assert said in sentences
        assert str(explained.source)
    assert explained.provisional
    assert explained.due_on > start


def test_a_festival_is_named_where_a_provisional_count_skips_it():
    explained = explain(date(2028, 5, 1), Period(1, Unit.WORKING_DAYS), NOTHING_ARRANGED)

    with speaking(Language.CHINESE):
        sentences = [str(sentence) for sentence in explained.sentences]
    assert "跳过1天：劳动节1天。" in "".join(sentences)


def test_an_arrangement_takes_the_place_of_the_law_of_its_year():
    worked = date(2028, 5, 2)

    calendar = NOTHING_ARRANGED.with_changes(working_days=[worked], known_years=[2028])

    assert not NOTHING_ARRANGED.is_working_day(worked)
    assert calendar.is_working_day(worked)
    assert calendar.holiday(date(2028, 1, 26)) is None
