"""How long a county keeps who somebody is. No law says it, and what is shipped deletes nothing: a
county lets go of people's names only by a number of days that it has saved itself."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from training_oversight.catalogue import queries


def last_day(
    session: Session, code: str, ended_on: date, *, authority_id: int, today: date
) -> date | None:
    """The last day on which it is kept; nothing before the county has set its days."""
    limit = queries.limit(session, code, authority_id=authority_id, today=today)
    if limit.authority_id is None:
        return None
    calendar = queries.working_calendar(session, authority_id=authority_id)
    return limit.period.last_day(ended_on, calendar)


def is_over(session: Session, code: str, ended_on: date, *, authority_id: int, today: date) -> bool:
    last = last_day(session, code, ended_on, authority_id=authority_id, today=today)
    return last is not None and today > last


def over_before(session: Session, code: str, *, authority_id: int, today: date) -> date | None:
    """What ended before this day may be over; what ended on it or later is kept, whatever days
    off there are."""
    limit = queries.limit(session, code, authority_id=authority_id, today=today)
    return None if limit.authority_id is None else today - timedelta(limit.length)
