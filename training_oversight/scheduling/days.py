"""Whether a day has really come. What jobs delete and raise for a day stays deleted and raised,
so neither a slip of the keyboard nor a clock that is wrong may make them act for a far one."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.audit.models import Event
from training_oversight.errors import BadInput, Blocked
from training_oversight.scheduling.models import JobRun
from training_oversight.texts import Counted, Text

# Longer than any holiday. A machine that stood longer is looked at by a person anyway.
LONGEST_GAP = timedelta(days=31)


def check_asked(session: Session, day: date, *, today: date) -> None:
    """Refuse a day that has not come, and one before anything was recorded here."""
    if day > today:
        raise BadInput(
            Text(
                "%(day)s has not come yet; today is %(today)s. Nothing was done, because what a "
                "job deletes or raises stays so.",
                day=day,
                today=today,
            )
        )
    first = session.scalar(sa.select(Event.at).order_by(Event.id).limit(1))
    earliest = clock.day_of(first) if first else today
    if day < earliest:
        raise BadInput(
            Text(
                "%(day)s lies before the first record here, %(first)s. Nothing was done.",
                day=day,
                first=earliest,
            )
        )


def check_come(session: Session, day: date) -> None:
    """Refuse to act for a day long after the last one for which a job ran.

    The clock alone is no evidence: set to 2062 by mistake it would let everything be deleted at
    once. Days come one by one, and each leaves its runs behind.
    """
    last = session.scalar(
        sa.select(sa.func.max(JobRun.for_day)).where(JobRun.finished_at.is_not(None))
    )
    if last is not None and day - last > LONGEST_GAP:
        raise Blocked(
            Counted(
                "Nothing was done for %(day)s: the last day for which a job ran is %(last)s, "
                "%(count)s day earlier. Look at the machine's clock. If the day is right, say so "
                "once: jobs run NAME --after-gap",
                "Nothing was done for %(day)s: the last day for which a job ran is %(last)s, "
                "%(count)s days earlier. Look at the machine's clock. If the day is right, say so "
                "once: jobs run NAME --after-gap",
                day=day,
                last=last,
                count=(day - last).days,
            )
        )
