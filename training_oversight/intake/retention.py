"""How long what senders wrote is kept. No law says it: each is a limit that the county sets."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.catalogue import queries as catalogue

# Codes of limits: rows and file of a list, what was found in an old ledger.
LISTS, CHECKS = "list_contents", "check_contents"


def last_day(
    session: Session, code: str, *, authority_id: int, since: datetime, today: date
) -> date:
    """The last day on which something that was finished then is still there."""
    limit = catalogue.limit(session, code, authority_id=authority_id, today=today)
    calendar = catalogue.working_calendar(session, authority_id=authority_id)
    return limit.period.last_day(clock.day_of(since), calendar)


def not_before(session: Session, code: str, *, authority_id: int, today: date) -> datetime:
    """What was finished at this instant or later is still kept, whatever days off there are."""
    limit = catalogue.limit(session, code, authority_id=authority_id, today=today)
    return clock.from_local(datetime.combine(today - timedelta(limit.length), time()))
