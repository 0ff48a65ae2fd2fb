"""What the institution reports: that it has put right, and that it has refunded and settled.

The report stops the first clock, the second is stopped by what is reported about it: who
reports that training has ended has refunded nobody yet.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, database, law, workflow
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.errors import WrongState
from training_oversight.ledger.clocks import LimitKind
from training_oversight.ledger.models import RectificationItem, RectificationReport
from training_oversight.ledger.service import limits, rechecks
from training_oversight.ledger.workflow import ItemState, ItemVerb
from training_oversight.texts import Text
from training_oversight.workflow import authorise

SECOND_MET = EventType.declare(
    "item.second_met", Text("Report about the second limit"), ["happened_on"]
)


def apply(
    session: Session,
    item: RectificationItem,
    *,
    report: str,
    received_on: date,
    by: Officer,
    today: date,
    calendar: law.WorkingCalendar,
    second_met_on: date | None = None,
    version: int | None = None,
) -> RectificationReport:
    """Record the institution's report. Who types it in is no party to the case.

    ``second_met_on`` is the day on which it reported what has a limit of its own, if it did.
    """
    verb = ItemVerb.APPLY
    with workflow.moving(session, item, verb, by=by, version=version, happened_on=received_on):
        rechecks.check_report(session, item, received_on, today=today)
        if second_met_on is not None:
            _meet(session, item, second_met_on, today=today)
        due_on = _recheck_due(session, item, received_on, today, calendar)
        item.applied_on, item.applied_by_id, item.office_due_on = received_on, by.id, due_on
        # Not flushed here: inside a move the row and its state do not agree yet.
        return _reported(session, item, LimitKind.RECTIFICATION, received_on, report, by)


def report_second(
    session: Session,
    item: RectificationItem,
    *,
    met_on: date,
    report: str,
    by: Officer,
    today: date,
    calendar: law.WorkingCalendar,
    version: int | None = None,
) -> RectificationReport:
    """Record that what has a limit of its own was reported, before or after the other report."""
    authorise(by, item, Permission.MANAGE_ITEM)
    database.locked(session, item)
    database.seen(item, version)
    with audit.editing(session, item, SECOND_MET, by=by, happened_on=met_on):
        kind = _meet(session, item, met_on, today=today)
        made = _reported(session, item, kind, met_on, report, by)
        if item.state == ItemState.APPLIED and item.applied_on is not None:
            item.office_due_on = _recheck_due(session, item, item.applied_on, today, calendar)
    return made


def _reported(
    session: Session,
    item: RectificationItem,
    kind: LimitKind,
    received_on: date,
    text: str,
    by: Officer,
) -> RectificationReport:
    made = RectificationReport(
        item_id=item.id,
        kind=kind,
        received_on=received_on,
        text=text,
        entered_at=database.instant(session),
        entered_by_id=by.id,
    )
    session.add(made)
    return made


def _meet(session: Session, item: RectificationItem, day: date, *, today: date) -> LimitKind:
    """What it was for."""
    if not item.second_runs or item.second_kind is None:
        raise WrongState(Text("No second limit runs for this item."))
    rechecks.check_report(session, item, day, today=today, field="second_met_on")
    item.second_met_on = day
    return item.second_kind


def _recheck_due(
    session: Session,
    item: RectificationItem,
    received_on: date,
    today: date,
    calendar: law.WorkingCalendar,
) -> date | None:
    """The office's own limit runs from when everything was reported."""
    if item.second_runs:
        return None
    start = max(received_on, item.second_met_on or received_on)
    return limits.office_due(session, item, "verify", start, today, calendar)
