"""The only module that reads the clock.

Everything else is told the day. The source can be replaced: the demo county is
made by moving it through a year, and tests hold it still.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Source = Callable[[], datetime]


def _system() -> datetime:
    return datetime.now(UTC)


_source: Source = _system
_timezone = ZoneInfo("Asia/Shanghai")


def configure(timezone: str) -> None:
    """Set the county's time zone. Raises ``ZoneInfoNotFoundError`` for an unknown name."""
    global _timezone  # noqa: PLW0603 - one county time zone per process, set once by app
    _timezone = ZoneInfo(timezone)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _source()


def today() -> date:
    """The present day in the county."""
    return day_of(now())


def elapsed() -> float:
    """Seconds since some moment, never going back: for how long something has been so."""
    return time.monotonic()


def day_of(instant: datetime) -> date:
    """The county's day on which an instant falls."""
    return instant.astimezone(_timezone).date()


def local(instant: datetime) -> datetime:
    """An instant as the county's wall clock shows it."""
    return instant.astimezone(_timezone)


def from_local(wall_clock: datetime) -> datetime:
    """The instant (UTC) that a naive reading of the county's wall clock means."""
    return wall_clock.replace(tzinfo=_timezone).astimezone(UTC)


@contextmanager
def reading(source: Source) -> Iterator[None]:
    """Let the clock read from ``source`` for a while."""
    global _source  # noqa: PLW0603 - the replaceable source is what this module is for
    before, _source = _source, source
    try:
        yield
    finally:
        _source = before


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Hold the clock still at an aware instant."""
    with reading(lambda: instant):
        yield
