"""Deadlines: each is a row with its basis, and is frozen when it is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from sqlalchemy.orm import Session

from training_oversight import audit, database, law
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.catalogue import queries as catalogue
from training_oversight.errors import BadInput, Blocked
from training_oversight.ledger import queries
from training_oversight.ledger.clocks import SECOND, LimitKind
from training_oversight.ledger.models import OWED, ItemLimit, LimitBasis, RectificationItem
from training_oversight.ledger.queries import Bound
from training_oversight.ledger.workflow import ItemState
from training_oversight.texts import Text
from training_oversight.workflow import authorise

GIVEN = ["happened_on", "basis", "source", "due_on"]
LIMIT_SET = EventType.declare("item.limit_set", Text("Limit starts"), GIVEN)
SECOND_SET = EventType.declare("item.second_limit_set", Text("Second limit starts"), GIVEN)


@dataclass(frozen=True)
class FixedLimit:
    """A day that was set as a day."""

    due_on: date
    basis: LimitBasis = LimitBasis.FIXED_DATE
    source: str = ""


@dataclass(frozen=True)
class PeriodLimit:
    """A number of days from an event; the day of the event is not counted."""

    period: law.Period
    starts_on: date
    basis: LimitBasis
    source: str = ""


GivenLimit = FixedLimit | PeriodLimit


def set_limit(
    session: Session,
    item: RectificationItem,
    *,
    limit: GivenLimit,
    by: Officer,
    today: date,
    calendar: law.WorkingCalendar,
    version: int | None = None,
) -> ItemLimit:
    """Give an item its first deadline. A running one is not moved by hand."""
    authorise(by, item, Permission.MANAGE_ITEM)
    database.locked(session, item)
    database.seen(item, version)
    if item.state != ItemState.OPEN or item.due_on is not None:
        raise Blocked(
            Text(
                "A limit runs already. It is replaced only by the service of a notice or by a "
                "new limit after a failed re-check."
            )
        )
    check_limit(item, limit, today=today)
    return give(session, item, limit, by=by, today=today, calendar=calendar)


def start(
    session: Session,
    item: RectificationItem,
    *,
    from_day: date,
    basis: LimitBasis,
    source: str,
    by: Officer,
    calendar: law.WorkingCalendar,
    period: law.Period | None = None,
    due_on: date | None = None,
    kind: LimitKind = LimitKind.RECTIFICATION,
) -> ItemLimit | None:
    """Let a deadline run from an event, as the service of a notice does.

    Either ``period`` or ``due_on``. What has left the ledger gets none. Of a second kind it
    runs beside the first deadline.
    """
    authorise(by, item, Permission.SERVE_NOTICE)
    database.locked(session, item)
    if item.state not in OWED:
        return None
    if period is not None:
        limit: GivenLimit = PeriodLimit(period, from_day, basis, source)
    elif due_on is not None:
        limit = FixedLimit(due_on, basis, source)
    else:
        raise ValueError("a limit is a period or a day")
    return give(session, item, limit, by=by, today=from_day, calendar=calendar, kind=kind)


def give(
    session: Session,
    item: RectificationItem,
    limit: GivenLimit,
    *,
    by: Officer,
    today: date,
    calendar: law.WorkingCalendar,
    kind: LimitKind = LimitKind.RECTIFICATION,
) -> ItemLimit:
    began = limit.starts_on if isinstance(limit, PeriodLimit) else today
    before = audit.differences.snapshot(item)
    given = put(session, item, limit, by=by, today=today, calendar=calendar, kind=kind)
    session.flush()
    changes = audit.differences.difference(before, audit.differences.snapshot(item))
    audit.record(
        session,
        item,
        SECOND_SET if kind in SECOND else LIMIT_SET,
        by=by,
        changes=changes,
        happened_on=began,
        basis=given.basis,
        source=given.source,
        due_on=given.due_on,
    )
    return given


def put(
    session: Session,
    item: RectificationItem,
    limit: GivenLimit,
    *,
    by: Officer,
    today: date,
    calendar: law.WorkingCalendar,
    kind: LimitKind = LimitKind.RECTIFICATION,
) -> ItemLimit:
    """Add the row and freeze its last day on the item; the caller records the event."""
    given = _row(limit, by=by, today=today, calendar=calendar)
    given.item_id, given.set_at, given.kind = item.id, database.instant(session), kind
    session.add(given)
    if kind in SECOND:
        item.second_due_on, item.second_kind, item.second_met_on = given.due_on, kind, None
        item.second_provisional = given.provisional
    else:
        item.due_on, item.due_basis, item.due_source = given.due_on, given.basis, given.source
        item.due_provisional = given.provisional
    item.sort_due = min(day for day in (item.due_on, item.second_due_on) if day is not None)
    return given


def put_all(
    session: Session,
    item: RectificationItem,
    limit: GivenLimit,
    *,
    by: Officer,
    today: date,
    calendar: law.WorkingCalendar,
) -> None:
    """A new limit for everything that is still owed.

    A second limit that lies later goes on as it was ordered; one that would end earlier, and
    so would be missed before the new limit began, ends with the new one.
    """
    given = put(session, item, limit, by=by, today=today, calendar=calendar)
    kind, until = item.second_kind, item.second_due_on
    if kind is None or until is None:
        return
    item.second_met_on = None
    if until < given.due_on:
        put(session, item, limit, by=by, today=today, calendar=calendar, kind=kind)


def drop_second(item: RectificationItem) -> None:
    """After a relapse: what was settled stays settled."""
    item.second_due_on = item.second_kind = item.second_met_on = None
    item.second_provisional = False


def _row(
    limit: GivenLimit, *, by: Officer, today: date, calendar: law.WorkingCalendar
) -> ItemLimit:
    given = ItemLimit(basis=limit.basis, source=limit.source, set_by_id=by.id, provisional=False)
    if isinstance(limit, FixedLimit):
        given.starts_on, given.due_on = today, limit.due_on
        return given
    counted = law.due(limit.starts_on, limit.period, calendar)
    given.starts_on, given.due_on = limit.starts_on, counted.due_on
    given.length, given.unit = limit.period.length, limit.period.unit
    given.provisional = counted.provisional
    return given


def check_limit(
    item: RectificationItem, limit: GivenLimit, *, today: date, first: Bound | None = None
) -> None:
    """Refuse a deadline that was over before its cause, or that starts in the future.

    ``first`` is the day of what the limit answers, if it is not the finding.
    """
    bound = first or queries.found(item)
    if isinstance(limit, FixedLimit) and limit.due_on < bound.day:
        _refuse("due_on", bound.sentence)
    if isinstance(limit, PeriodLimit) and limit.starts_on > today:
        _refuse("starts_on", Text("Not later than today, %(today)s.", today=today))
    if isinstance(limit, PeriodLimit) and limit.starts_on < bound.day:
        _refuse("starts_on", bound.sentence)


def _refuse(field: str, sentence: Text) -> NoReturn:
    raise BadInput(sentence, {field: sentence})


def office_due(
    session: Session,
    item: RectificationItem,
    code: str,
    start: date,
    today: date,
    calendar: law.WorkingCalendar,
) -> date:
    """By when the office owes its re-check or its close-out, as the county has set it."""
    limit = catalogue.limit(session, code, authority_id=item.authority_id, today=today)
    return limit.period.last_day(start, calendar)
