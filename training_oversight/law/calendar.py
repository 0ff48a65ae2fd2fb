"""Which days are worked. The State Council arranges each year's days off a few weeks before it
begins; until a year's arrangement is known, its working days are provisional: weekends and the
days off of the law."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from chinese_calendar import constants

from training_oversight.law import statutory
from training_oversight.texts import Text

ONE_DAY = timedelta(days=1)
SATURDAY = 5

HOLIDAY_NAMES: Mapping[str, Text] = {
    constants.Holiday.new_years_day.value: statutory.NEW_YEAR,
    constants.Holiday.spring_festival.value: statutory.SPRING,
    constants.Holiday.tomb_sweeping_day.value: statutory.TOMB_SWEEPING,
    constants.Holiday.labour_day.value: statutory.LABOUR,
    constants.Holiday.dragon_boat_festival.value: statutory.DRAGON_BOAT,
    constants.Holiday.national_day.value: statutory.NATIONAL,
    constants.Holiday.mid_autumn_festival.value: statutory.MID_AUTUMN,
    constants.Holiday.anti_fascist_70th_day.value: Text("Victory Day"),
}


@dataclass(frozen=True)
class WorkingCalendar:
    """Weekends, and the days that differ from them: days off and made-up working days (调休)."""

    holidays: Mapping[date, Text | str] = field(default_factory=dict)
    made_up: frozenset[date] = frozenset()
    known_years: frozenset[int] = frozenset()
    sources: Mapping[int, Text] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        if day in self.made_up:
            return True
        return self.holiday(day) is None and day.weekday() < SATURDAY

    def is_made_up(self, day: date) -> bool:
        """Whether a day of a weekend is worked to make up for a holiday."""
        return day in self.made_up

    def holiday(self, day: date) -> Text | str | None:
        """The name of the holiday; None for a working day and for a plain weekend."""
        if day in self.made_up:
            return None
        if day in self.holidays:
            return self.holidays[day]
        if day.year in self.known_years:
            return None
        return statutory.days_off(day.year).get(day)

    def next_working_day(self, day: date) -> date:
        """The day itself if it is worked, else the first one after it that is."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def provisional_between(self, first: date, last: date) -> bool:
        """Whether the count from ``first`` to ``last`` touches a year not arranged yet."""
        return bool(self.unknown_years(first, last))

    def unknown_years(self, first: date, last: date) -> list[int]:
        return [y for y in range(first.year, last.year + 1) if y not in self.known_years]

    def source(self, year: int) -> Text:
        """Where the days off of a year come from."""
        if year not in self.known_years:
            return statutory.stand_in(year).short
        return self.sources.get(year) or Text(
            "days off of %(year)s as arranged by the State Council", year=year
        )

    def with_changes(
        self,
        *,
        days_off: Mapping[date, Text | str] | None = None,
        working_days: Iterable[date] = (),
        known_years: Iterable[int] = (),
        sources: Mapping[int, Text] | None = None,
    ) -> WorkingCalendar:
        """This calendar with a county's own days on top; the later word wins."""
        off, worked = dict(days_off or {}), frozenset(working_days)
        return replace(
            self,
            holidays={d: n for d, n in {**self.holidays, **off}.items() if d not in worked},
            made_up=(self.made_up - off.keys()) | worked,
            known_years=self.known_years | frozenset(known_years),
            sources={**self.sources, **(sources or {})},
        )


@functools.cache
def shipped_calendar() -> WorkingCalendar:
    """The years that the installed chinesecalendar knows; later ones are provisional."""
    return WorkingCalendar(
        holidays={day: HOLIDAY_NAMES.get(n, n) for day, n in constants.holidays.items()},
        made_up=frozenset(constants.workdays),
        # A year is arranged as a whole: its National Day is there or none of it is.
        known_years=frozenset(d.year for d in constants.holidays if (d.month, d.day) == (10, 1)),
    )
