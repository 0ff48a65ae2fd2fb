"""How long somebody has, and the last day on which a duty can still be met in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from training_oversight.errors import BadInput
from training_oversight.law.calendar import ONE_DAY, WorkingCalendar
from training_oversight.texts import Counted, LabelledEnum, Text

# Ten years. Longer than any limit of the trade, short enough that a slip of the
# keyboard cannot run off the end of the calendar.
LONGEST = 3650
LATEST_START = date(2199, 12, 31)


class Unit(LabelledEnum):
    WORKING_DAYS = "working_days", Text("working days")
    CALENDAR_DAYS = "calendar_days", Text("days")


@dataclass(frozen=True)
class Period:
    """A number of working days, or of calendar days."""

    length: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.length <= LONGEST:
            raise BadInput(
                Text(
                    "A period is 1 to %(longest)s days long, not %(length)s.",
                    longest=LONGEST,
                    length=self.length,
                )
            )

    @property
    def label(self) -> Text:
        if self.unit is Unit.WORKING_DAYS:
            return Counted("%(length)s working day", "%(length)s working days", length=self.length)
        return Counted("%(length)s day", "%(length)s days", length=self.length)

    def __str__(self) -> str:
        return str(self.label)

    def last_day(self, start: date, calendar: WorkingCalendar) -> date:
        """The last day on which the duty can still be met in time.

        The day of the event is not counted. A period of calendar days that ends
        on a day off runs to the next working day.
        """
        if start > LATEST_START:
            raise BadInput(Text("%(day)s is too far away to count from.", day=start))
        if self.unit is Unit.CALENDAR_DAYS:
            return calendar.next_working_day(start + self.length * ONE_DAY)
        day = start
        for _ in range(self.length):
            day = calendar.next_working_day(day + ONE_DAY)
        return day


@dataclass(frozen=True)
class Due:
    """A last day, and the days that made it fall where it does."""

    due_on: date
    provisional: bool
    skipped: list[date]
    made_up: list[date]


def due(start: date, period: Period, calendar: WorkingCalendar) -> Due:
    """The last day of a period that an event on ``start`` sets going.

    ``skipped`` are the days off passed over: all of them when working days are
    counted, only those at the end when calendar days are. ``made_up`` are the
    weekend days that counted as working days.
    """
    due_on = period.last_day(start, calendar)
    first = start + ONE_DAY
    if period.unit is Unit.CALENDAR_DAYS:
        first = start + period.length * ONE_DAY
    span = [first + n * ONE_DAY for n in range((due_on - first).days + 1)]
    return Due(
        due_on=due_on,
        provisional=calendar.provisional_between(start + ONE_DAY, due_on),
        skipped=[day for day in span if not calendar.is_working_day(day)],
        made_up=[day for day in span if calendar.is_made_up(day)],
    )
