"""A year that is played in order: the clock stands where each step happens.

A story is a generator. It does something and yields how many working days go by until
its next step; steps of all stories are carried out in the order of their instants, so
that numbers, history and limits come out as they would have in life.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from training_oversight import clock
from training_oversight.law import WorkingCalendar

Story = Iterator[int]
ONE_DAY = timedelta(days=1)
A_WHILE = timedelta(minutes=20)


class Timeline:
    """The order of all steps. ``today`` is when the play ends: later steps are not taken."""

    def __init__(self, calendar: WorkingCalendar, *, until: datetime, random: Random) -> None:
        self.calendar, self.until, self.random = calendar, until, random
        self._waiting: list[tuple[datetime, int, Story, time | None]] = []
        self._order = count()

    def begin(self, story: Story, on: date, at: time | None = None) -> None:
        """Let a story begin on the day, or on the first working day after it.

        Its steps are taken at the hour ``at``, or at any.
        """
        self._put(story, on, at)

    def _put(
        self, story: Story, on: date, at: time | None, *, after: datetime | None = None
    ) -> None:
        day = self.calendar.next_working_day(on)
        hour = at or time(self.random.randrange(9, 17), self.random.randrange(60))
        instant = clock.from_local(datetime.combine(day, hour))
        if after is not None:
            # Nothing is served before it was signed, on the same day either.
            instant = max(instant, after + A_WHILE)
        heapq.heappush(self._waiting, (instant, next(self._order), story, at))

    def play(self) -> None:
        """Carry out every step that has come by now, oldest first."""
        while self._waiting and self._waiting[0][0] <= self.until:
            instant, _, story, at = heapq.heappop(self._waiting)
            with clock.standing_at(instant):
                days = next(story, None)
            if days is not None:
                day = self._after(clock.day_of(instant), days)
                self._put(story, day, at, after=instant)

    def _after(self, day: date, working_days: int) -> date:
        for _ in range(working_days):
            day = self.calendar.next_working_day(day + ONE_DAY)
        return day
