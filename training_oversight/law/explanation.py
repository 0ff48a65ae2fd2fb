"""Why a date is what it is: the days from the event to the last one, and the same in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from training_oversight.law.calendar import ONE_DAY, WorkingCalendar
from training_oversight.law.grid import GridDay, weeks
from training_oversight.law.periods import Due, Period, Unit, due
from training_oversight.law.statutory import stand_in
from training_oversight.law.wording import DayOfYear, Joined, day_words, named_days
from training_oversight.texts import Counted, Text

SERVED = Text("served")
WEEKENDS = Text("weekends")


@dataclass(frozen=True)
class Explained:
    """What the page shows beside a date: whole weeks, Monday first, and sentences."""

    title: Text
    weeks: list[list[GridDay]]
    sentences: list[Text]
    source: Text
    provisional: bool
    due_on: date


def explain(
    start: date,
    period: Period,
    calendar: WorkingCalendar,
    *,
    today: date | None = None,
    start_label: Text = SERVED,
    basis: Text | None = None,
) -> Explained:
    """How the last day follows from an event on ``start``.

    ``start_label`` names the event in a word or two; ``basis`` may replace the
    sentence about the length, for instance by what the notice says.
    """
    return _Reckoning(start, period, calendar, today, start_label).explained(basis)


def explain_fixed(
    due_on: date, calendar: WorkingCalendar, *, today: date | None = None
) -> Explained:
    """A date that was set as a date: nothing is counted, and nothing moves it."""
    words = day_words(due_on, plain_year=(today or due_on).year)
    sentences = [Text("The date %(due)s was set as it stands; nothing was counted.", due=words)]
    if not calendar.is_working_day(due_on):
        sentences.append(
            Text("%(due)s is a day off; a date that was set does not move by itself.", due=words)
        )
    return Explained(
        title=_title(words),
        weeks=weeks(due_on, due_on, calendar, today, starting=None, counts={}),
        sentences=sentences,
        source=Text("Basis: a date set by an officer."),
        provisional=False,
        due_on=due_on,
    )


class _Reckoning:
    """One count, said in several ways."""

    def __init__(
        self,
        start: date,
        period: Period,
        calendar: WorkingCalendar,
        today: date | None,
        start_label: Text,
    ) -> None:
        self.start, self.period, self.calendar = start, period, calendar
        self.today, self.start_label = today, start_label
        self.due: Due = due(start, period, calendar)
        years = {start.year, self.due.due_on.year, (today or start).year}
        self.plain_year = start.year if len(years) == 1 else None

    def explained(self, basis: Text | None) -> Explained:
        length = Text("The period is %(period)s.", period=self.period.label)
        return Explained(
            title=_title(self.words(self.due.due_on)),
            weeks=weeks(
                self.start,
                self.due.due_on,
                self.calendar,
                self.today,
                starting=self.start_label,
                counts=self.counts(),
            ),
            sentences=[self.beginning(), basis or length, *self.middle(), *self.ending()],
            source=self.source(),
            provisional=self.due.provisional,
            due_on=self.due.due_on,
        )

    def words(self, day: date) -> date | DayOfYear:
        return day_words(day, plain_year=self.plain_year)

    def counts(self) -> dict[date, int]:
        """Which day of the period each counting day is."""
        days = [self.start + n * ONE_DAY for n in range(1, self.span + 1)]
        if self.period.unit is Unit.CALENDAR_DAYS:
            days = days[: self.period.length]
        else:
            days = [day for day in days if self.calendar.is_working_day(day)]
        return {day: number for number, day in enumerate(days, start=1)}

    @property
    def span(self) -> int:
        return (self.due.due_on - self.start).days

    def beginning(self) -> Text:
        return Text(
            "%(start)s: %(event)s. Counting begins the next day, %(first)s.",
            start=self.words(self.start),
            event=self.start_label,
            first=self.words(self.start + ONE_DAY),
        )

    def middle(self) -> list[Text]:
        if self.period.unit is Unit.CALENDAR_DAYS:
            return [Text("Calendar days are counted: weekends and holidays count too.")]
        return [self.skipping(), *self.making_up()]

    def skipping(self) -> Text:
        if not self.due.skipped:
            return Text("There is no day off in between.")
        names = Counter(self.calendar.holiday(day) or WEEKENDS for day in self.due.skipped)
        # Holidays in their order, weekends last: that is how one checks them with a finger.
        holidays = [named_days(name, n) for name, n in names.items() if name != WEEKENDS]
        weekends = [named_days(WEEKENDS, names[WEEKENDS])] if WEEKENDS in names else []
        return Counted(
            "Skipped: %(count)s day off (%(days)s).",
            "Skipped: %(count)s days off (%(days)s).",
            count=len(self.due.skipped),
            days=Joined(holidays + weekends),
        )

    def making_up(self) -> list[Text]:
        if not self.due.made_up:
            return []
        return [
            Text(
                "Made-up working days counted: %(count)s (%(days)s).",
                count=len(self.due.made_up),
                days=Joined([self.words(day) for day in self.due.made_up]),
            )
        ]

    def ending(self) -> list[Text]:
        years = self.calendar.unknown_years(self.start + ONE_DAY, self.due.due_on)
        return [self.last(), *(stand_in(year).sentence for year in years)]

    def last(self) -> Text:
        length, due_on = self.period.length, self.words(self.due.due_on)
        if self.period.unit is Unit.WORKING_DAYS:
            return Text(
                "Working day %(length)s is %(due)s: it is worked, so the date stays.",
                length=length,
                due=due_on,
            )
        if self.due.skipped:
            return self.carried()
        return Text(
            "Day %(length)s is %(due)s: it is worked, so the date stays.",
            length=length,
            due=due_on,
        )

    def carried(self) -> Text:
        ending = self.start + self.period.length * ONE_DAY
        return Text(
            "Day %(length)s is %(day)s (%(name)s), a day off: the last day is the next "
            "working day, %(due)s.",
            length=self.period.length,
            day=self.words(ending),
            name=self.calendar.holiday(ending) or Text("weekend"),
            due=self.words(self.due.due_on),
        )

    def source(self) -> Text:
        years = range((self.start + ONE_DAY).year, self.due.due_on.year + 1)
        return Text(
            "Basis: %(sources)s; counting begins the next day, and a last day off moves on.",
            sources=Joined([self.calendar.source(year) for year in years]),
        )


def _title(words: date | DayOfYear) -> Text:
    return Text("How %(due)s comes about", due=words)
