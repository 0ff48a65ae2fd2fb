"""From the re-check to the close-out (销号), and back on the ledger."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight import database, law, workflow
from training_oversight.accounts.models import Officer
from training_oversight.catalogue.models import CloseReason
from training_oversight.ledger import queries
from training_oversight.ledger.models import RectificationItem, Verdict, Verification
from training_oversight.ledger.service import limits, rechecks
from training_oversight.ledger.service.limits import office_due
from training_oversight.ledger.service.rechecks import Recheck, refuse
from training_oversight.ledger.workflow import ItemVerb
from training_oversight.texts import Text


def verify(
    session: Session,
    item: RectificationItem,
    *,
    recheck: Recheck,
    verdict: Verdict,
    new_limit: limits.GivenLimit | None,
    by: Officer,
    today: date,
    calendar: law.WorkingCalendar,
    version: int | None = None,
) -> Verification:
    """Record the re-check. Passed, it waits for the close-out; failed, it gets a new limit."""
    if verdict is Verdict.PASSED:
        return _pass(session, item, recheck, by, today, calendar, version)
    if new_limit is None:
        refuse("limit", Text("A failed re-check needs a new limit: enter a day or a period."))
    return _fail(session, item, recheck, new_limit, by, today, calendar, version)


def _pass(
    session: Session,
    item: RectificationItem,
    recheck: Recheck,
    by: Officer,
    today: date,
    calendar: law.WorkingCalendar,
    version: int | None,
) -> Verification:
    day = recheck.verified_on
    with workflow.moving(
        session, item, ItemVerb.PASS, by=by, version=version, note=recheck.note, happened_on=day
    ):
        _looked(session, item, recheck, by, today)
        due_on = office_due(session, item, "close_out", day, today, calendar)
        # Together, after everything is read: they are one fact with the state.
        item.verified_on, item.verified_by_id, item.office_due_on = day, by.id, due_on
        return _row(session, item, recheck, Verdict.PASSED, by)


def _fail(
    session: Session,
    item: RectificationItem,
    recheck: Recheck,
    new_limit: limits.GivenLimit,
    by: Officer,
    today: date,
    calendar: law.WorkingCalendar,
    version: int | None,
) -> Verification:
    day = recheck.verified_on
    with workflow.moving(
        session, item, ItemVerb.FAIL, by=by, version=version, note=recheck.note, happened_on=day
    ):
        _looked(session, item, recheck, by, today)
        limits.check_limit(item, new_limit, today=today, first=queries.failed(day))
        item.applied_on = item.applied_by_id = item.office_due_on = None
        limits.put_all(session, item, new_limit, by=by, today=today, calendar=calendar)
        return _row(session, item, recheck, Verdict.FAILED, by)


def _looked(
    session: Session, item: RectificationItem, recheck: Recheck, by: Officer, today: date
) -> None:
    rechecks.check_another_visit(item, recheck)
    rechecks.check_recheck(session, item, recheck, by=by, today=today)


def return_(
    session: Session,
    item: RectificationItem,
    *,
    reason: str,
    by: Officer,
    today: date,
    calendar: law.WorkingCalendar,
    version: int | None = None,
) -> None:
    """The approver is not convinced: somebody looks once more."""
    with workflow.moving(session, item, ItemVerb.RETURN, by=by, version=version, note=reason):
        item.office_due_on = office_due(session, item, "verify", today, today, calendar)
        item.verified_on = item.verified_by_id = None


def close(
    session: Session,
    item: RectificationItem,
    *,
    reason: CloseReason,
    note: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Approve the close-out (同意销号)."""
    with workflow.moving(session, item, ItemVerb.CLOSE, by=by, version=version, note=note):
        _written_off(item, reason, by=by, today=today)


def close_directly(
    session: Session,
    item: RectificationItem,
    *,
    reason: CloseReason,
    recheck: Recheck,
    verified_by: Officer,
    by: Officer,
    today: date,
    version: int | None = None,
) -> Verification:
    """Close without an application: a recorded re-check and an approver all the same."""
    with workflow.moving(
        session, item, ItemVerb.CLOSE_DIRECTLY, by=by, version=version, note=recheck.note
    ):
        rechecks.check_direct(item, reason, verified_by, by)
        rechecks.check_recheck(session, item, recheck, by=verified_by, today=today)
        item.verified_on, item.verified_by_id = recheck.verified_on, verified_by.id
        _written_off(item, reason, by=by, today=today)
        return _row(session, item, recheck, Verdict.PASSED, verified_by)


def void(
    session: Session,
    item: RectificationItem,
    *,
    reason: str,
    by: Officer,
    version: int | None = None,
) -> None:
    """The entry was an error. Its number stays visible and is not used again."""
    with workflow.moving(session, item, ItemVerb.VOID, by=by, version=version, note=reason):
        item.office_due_on = None


def reopen(
    session: Session,
    item: RectificationItem,
    *,
    limit: limits.GivenLimit,
    reason: str,
    by: Officer,
    today: date,
    calendar: law.WorkingCalendar,
    version: int | None = None,
) -> None:
    """A relapse (反弹): the item is back on the ledger, with a new limit."""
    with workflow.moving(session, item, ItemVerb.REOPEN, by=by, version=version, note=reason):
        limits.check_limit(item, limit, today=today, first=queries.written_off(item))
        item.closed_on = item.closed_by_id = item.close_reason_id = None
        item.verified_on = item.verified_by_id = None
        item.applied_on = item.applied_by_id = item.office_due_on = None
        limits.drop_second(item)
        limits.put(session, item, limit, by=by, today=today, calendar=calendar)


def _written_off(item: RectificationItem, reason: CloseReason, *, by: Officer, today: date) -> None:
    item.closed_on, item.closed_by_id, item.close_reason_id = today, by.id, reason.id
    item.office_due_on = None


def _row(
    session: Session, item: RectificationItem, recheck: Recheck, verdict: Verdict, by: Officer
) -> Verification:
    made = Verification(
        item_id=item.id,
        mode=recheck.mode,
        verdict=verdict,
        visit_id=recheck.visit.id if recheck.visit else None,
        verified_on=recheck.verified_on,
        verified_by_id=by.id,
        entered_at=database.instant(session),
        note=recheck.note,
    )
    # Not flushed here: inside a move the row and its state do not agree yet.
    session.add(made)
    return made
