"""The working calendar: the State's days, which the operator enters, a county's own over them."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.authorising import operators_matter
from training_oversight.accounts.models import Authority, Officer
from training_oversight.audit import EventType
from training_oversight.catalogue.models import CalendarDay, CalendarYear
from training_oversight.catalogue.service.versions import one_editor_at_a_time
from training_oversight.errors import NotFound
from training_oversight.texts import Text

DAY_ENTERED = EventType.declare(
    "calendar.day_entered", Text("Calendar day entered"), ["day", "working", "name", "source"]
)
DAY_TAKEN_BACK = EventType.declare(
    "calendar.day_taken_back", Text("Calendar day taken back"), ["day", "working", "name"]
)
YEAR_CONFIRMED = EventType.declare(
    "calendar.year_confirmed", Text("Calendar year confirmed"), ["year", "source"]
)


def enter_local_day(
    session: Session, day: date, *, working: bool, name: str, source: str, by: Officer
) -> CalendarDay:
    """A day that differs in the officer's county alone; in no other is anything counted by it."""
    one_editor_at_a_time(session, by)
    return _enter(session, day, by.authority, working=working, name=name, source=source, by=by)


def take_back_local_day(session: Session, day: date, *, by: Officer) -> None:
    """The day is again what the State's arrangement or the week says."""
    one_editor_at_a_time(session, by)
    _take_back(session, day, by.authority, by=by)


def enter_state_day(
    session: Session, day: date, *, working: bool, name: str, source: str, by: Officer
) -> CalendarDay:
    """A day of the State Council's arrangement, for every county of this database."""
    _for_the_operator(by)
    one_editor_at_a_time(session, by)
    return _enter(session, day, None, working=working, name=name, source=source, by=by)


def take_back_state_day(session: Session, day: date, *, by: Officer) -> None:
    _for_the_operator(by)
    one_editor_at_a_time(session, by)
    _take_back(session, day, None, by=by)


def confirm_year(session: Session, year: int, *, source: str, by: Officer) -> None:
    """Say that all days of a year are entered: due dates in it are no longer provisional."""
    _for_the_operator(by)
    one_editor_at_a_time(session, by)
    session.merge(CalendarYear(year=year, source=source))
    audit.record(session, by.authority, YEAR_CONFIRMED, by=by, year=year, source=source)


def _for_the_operator(by: Officer) -> None:
    """The same days hold for all counties, so no county's officer enters them for the others."""
    operators_matter(
        by,
        Text(
            "The State's days off hold for every county. Who operates the server enters them: "
            "flask calendar enter."
        ),
    )


def _entered(session: Session, day: date, owner: Authority | None) -> CalendarDay | None:
    key = owner.id if owner else None
    return session.scalars(
        sa.select(CalendarDay).where(
            CalendarDay.day == day, CalendarDay.authority_id.is_not_distinct_from(key)
        )
    ).one_or_none()


def _enter(
    session: Session, day: date, owner: Authority | None, *, by: Officer, **said: Any
) -> CalendarDay:
    entered = _entered(session, day, owner)
    if entered is None:
        entered = CalendarDay(day=day, authority_id=owner.id if owner else None)
        session.add(entered)
    for name, value in said.items():
        setattr(entered, name, value)
    entered.entered_by_id, entered.entered_at = by.id, database.instant(session)
    audit.record(session, by.authority, DAY_ENTERED, by=by, day=day, **said)
    return entered


def _take_back(session: Session, day: date, owner: Authority | None, *, by: Officer) -> None:
    entered = _entered(session, day, owner)
    if entered is None:
        raise NotFound
    said: dict[str, Any] = {"day": day, "working": entered.working, "name": entered.name}
    session.delete(entered)
    audit.record(session, by.authority, DAY_TAKEN_BACK, by=by, **said)
