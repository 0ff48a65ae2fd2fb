"""From the institution's report to the close-out (销号), and back on the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from sqlalchemy.orm import Session

from training_oversight import clock, database, law, workflow
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import CloseReason
from training_oversight.errors import BadInput
from training_oversight.inspections.models import Visit
from training_oversight.inspections.workflow import VisitState
from training_oversight.ledger.models import (
    RectificationItem,
    Verdict,
    Verification,
    VerificationMode,
)
from training_oversight.ledger.service import limits
from training_oversight.ledger.workflow import ItemVerb
from training_oversight.texts import Text


@dataclass(frozen=True)
class Recheck:
    """A look at what was done: how, when, with what result."""

    mode: VerificationMode
    verified_on: date
    note: str
    visit: Visit | None = None


def apply(
    session: Session,
    item: RectificationItem,
    *,
    report: str,
    received_on: date,
    by: Officer,
    today: date,
    calendar: law.WorkingCalendar,
    version: int | None = None,
) -> None:
    """Record the institution's report. Who types it in is no party to the case."""
    _not_later(received_on, today, "received_on")
    if received_on < item.found_on:
        _refuse(
            "received_on",
            Text("Not before the problem was found, %(day)s.", day=item.found_on),
        )
    verb = ItemVerb.APPLY
    with workflow.moving(session, item, verb, by=by, version=version, happened_on=received_on):
        item.report, item.applied_on, item.applied_by_id = report, received_on, by.id
        item.office_due_on = _office_due(session, item, "verify", received_on, today, calendar)


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
    _check_recheck(item, recheck, today=today)
    if recheck.visit is not None and recheck.visit.id == item.finding.visit_id:
        _refuse("visit_id", Text("This visit found the problem; the re-check is another one."))
    if verdict is Verdict.PASSED:
        return _pass(session, item, recheck, by, today, calendar, version)
    if new_limit is None:
        _refuse("limit", Text("A failed re-check needs a new limit: enter a day or a period."))
    limits.check_limit(item, new_limit, today=today)
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
        item.verified_on, item.verified_by_id = day, by.id
        item.office_due_on = _office_due(session, item, "close_out", day, today, calendar)
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
        item.applied_on = item.applied_by_id = item.office_due_on = None
        limits.put(session, item, new_limit, by=by, today=today, calendar=calendar)
        return _row(session, item, recheck, Verdict.FAILED, by)


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
        item.verified_on = item.verified_by_id = None
        item.office_due_on = _office_due(session, item, "verify", today, today, calendar)


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
    _check_recheck(item, recheck, today=today)
    _check_direct(item, reason, verified_by, by)
    with workflow.moving(
        session, item, ItemVerb.CLOSE_DIRECTLY, by=by, version=version, note=recheck.note
    ):
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
    limits.check_limit(item, limit, today=today)
    with workflow.moving(session, item, ItemVerb.REOPEN, by=by, version=version, note=reason):
        item.closed_on = item.closed_by_id = item.close_reason_id = None
        item.verified_on = item.verified_by_id = None
        item.applied_on = item.applied_by_id = item.office_due_on = None
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


def _check_recheck(item: RectificationItem, recheck: Recheck, *, today: date) -> None:
    _not_later(recheck.verified_on, today, "verified_on")
    if recheck.verified_on < item.found_on:
        _refuse(
            "verified_on",
            Text("Not before the problem was found, %(day)s.", day=item.found_on),
        )
    if recheck.mode is not VerificationMode.ON_SITE:
        return
    visit = recheck.visit
    if visit is None or visit.institution_id != item.institution_id:
        _refuse("visit_id", Text("A re-check on site needs a finished visit to this institution."))
    if visit.state != VisitState.DONE or not visit.formal:
        _refuse(
            "visit_id",
            Text(
                "The visit of %(day)s cannot carry a re-check: it is not finished, or it was "
                "no formal inspection.",
                day=clock.day_of(visit.happened_at),
            ),
        )


def _check_direct(
    item: RectificationItem, reason: CloseReason, verified_by: Officer, by: Officer
) -> None:
    if not reason.direct:
        _refuse(
            "reason_id",
            Text(
                "“%(reason)s” needs the institution's report and a re-check first.",
                reason=reason.label,
            ),
        )
    if verified_by.id == by.id:
        _refuse("verified_by_id", Text("Who approves cannot be who verified. Choose another."))
    if verified_by.id == item.officer_in_charge_id:
        _refuse(
            "verified_by_id",
            Text(
                "%(name)s is responsible for this rectification; somebody else must verify.",
                name=verified_by.name,
            ),
        )
    if not verified_by.may(Permission.VERIFY_ITEM):
        _refuse("verified_by_id", Text("%(name)s may not verify.", name=verified_by.name))


def _office_due(
    session: Session,
    item: RectificationItem,
    code: str,
    start: date,
    today: date,
    calendar: law.WorkingCalendar,
) -> date:
    limit = catalogue.limit(session, code, authority_id=item.authority_id, today=today)
    return limit.period.last_day(start, calendar)


def _not_later(day: date, today: date, field: str) -> None:
    if day > today:
        _refuse(field, Text("Not later than today, %(today)s.", today=today))


def _refuse(field: str, sentence: Text) -> NoReturn:
    raise BadInput(sentence, {field: sentence})
