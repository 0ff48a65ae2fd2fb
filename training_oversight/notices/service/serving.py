"""Serving: every attempt is recorded; deadlines run from the day of service."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from sqlalchemy.orm import Session

from training_oversight import audit, database, law
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.catalogue.models import Effect
from training_oversight.errors import BadInput, WrongState
from training_oversight.files import service as files
from training_oversight.law import WorkingCalendar
from training_oversight.ledger import service as ledger
from training_oversight.ledger.clocks import LimitKind
from training_oversight.ledger.models import LimitBasis
from training_oversight.notices import effects, queries
from training_oversight.notices.models import Notice, NoticeItem, Service, ServiceMethod
from training_oversight.notices.service import repeats
from training_oversight.notices.service.proof import (
    FailedAttempt,
    ServiceAttempt,
    check_day,
    check_moment,
    check_proof,
    effective_day,
)
from training_oversight.notices.workflow import NoticeVerb
from training_oversight.registry import service as registry
from training_oversight.texts import Text
from training_oversight.workflow import authorise, moving

FAILED = EventType.declare(
    "notice.service_failed", Text("Attempt to serve failed"), ["method", "happened_on"]
)
ANNOUNCED = EventType.declare(
    "notice.announced", Text("Service by announcement began"), ["happened_on", "counts_from"]
)


def serve(
    session: Session,
    notice: Notice,
    *,
    attempt: ServiceAttempt,
    by: Officer,
    today: date,
    calendar: WorkingCalendar,
    version: int | None = None,
) -> None:
    """Record that the notice was served: from that day its deadlines run.

    An announcement begins with ``announce`` and ends with ``complete_announcement``.
    """
    with moving(session, notice, NoticeVerb.SERVE, by=by, version=version, method=attempt.method):
        check_proof(attempt)
        served_on = effective_day(notice, attempt, today=today)
        check_moment(session, notice, attempt.attempted_at)
        notice.served_on = served_on
        made = _service(session, notice, attempt, by=by, takes_effect_on=notice.served_on)
        session.add(made)
    files.attach(session, notice, attempt.files, by=by, part=made)
    _take_effect(session, notice, by=by, today=today, calendar=calendar)


def announce(
    session: Session,
    notice: Notice,
    *,
    attempt: ServiceAttempt,
    by: Officer,
    today: date,
    calendar: WorkingCalendar,
    version: int | None = None,
) -> Service:
    """Record that it was announced. It counts as served when the time has passed."""
    _servable(session, notice, by=by, version=version)
    check_proof(attempt)
    check_day(notice, attempt.attempted_on, today=today, field="attempted_on")
    check_moment(session, notice, attempt.attempted_at)
    if queries.pending_announcement(notice) is not None:
        raise WrongState(Text("An announcement of this notice is running already."))
    row = _service(session, notice, attempt, by=by, takes_effect_on=None)
    session.add(row)
    audit.record(
        session,
        notice,
        ANNOUNCED,
        by=by,
        happened_on=attempt.attempted_on,
        counts_from=queries.announced_until(row, calendar),
    )
    files.attach(session, notice, attempt.files, by=by, part=row)
    return row


def complete_announcement(
    session: Session,
    notice: Notice,
    *,
    by: Officer,
    today: date,
    calendar: WorkingCalendar,
    version: int | None = None,
) -> None:
    """Record that the time of the announcement has passed: the notice counts as served."""
    with moving(
        session,
        notice,
        NoticeVerb.SERVE,
        by=by,
        version=version,
        method=ServiceMethod.ANNOUNCEMENT,
    ):
        running: Service | None = queries.pending_announcement(notice)
        if running is None:
            raise WrongState(Text("No announcement of this notice is running."))
        until = queries.announced_until(running, calendar)
        if until > today:
            raise WrongState(Text("The announcement counts as service on %(day)s.", day=until))
        running.succeeded, running.takes_effect_on = True, until
        notice.served_on = until
    _take_effect(session, notice, by=by, today=today, calendar=calendar)


def record_failed_attempt(
    session: Session,
    notice: Notice,
    *,
    attempt: FailedAttempt,
    by: Officer,
    today: date,
    version: int | None = None,
) -> Service:
    """Record an attempt that failed; the notice is still to be served."""
    _servable(session, notice, by=by, version=version)
    check_day(notice, attempt.attempted_on, today=today, field="attempted_on")
    check_moment(session, notice, attempt.attempted_at)
    if not attempt.failure.strip():
        sentence = Text("Say why it could not be served, for instance that nobody was there.")
        raise BadInput(sentence, {"failure": sentence})
    row = Service(
        notice=notice,
        method=attempt.method,
        attempted_at=attempt.attempted_at,
        succeeded=False,
        failure=attempt.failure.strip(),
        place=attempt.place,
        served_by=attempt.served_by,
        entered_by_id=by.id,
        entered_at=database.instant(session),
    )
    session.add(row)
    audit.record(
        session,
        notice,
        FAILED,
        by=by,
        note=row.failure,
        method=attempt.method,
        happened_on=attempt.attempted_on,
    )
    files.attach(session, notice, attempt.files, by=by, part=row)
    return row


def _servable(session: Session, notice: Notice, *, by: Officer, version: int | None) -> None:
    """The checks of a move, for an attempt that does not change the state."""
    authorise(by, notice, Permission.SERVE_NOTICE)
    database.locked(session, notice)
    database.seen(notice, version)
    notice.workflow.check(by, notice, NoticeVerb.SERVE)


def _service(
    session: Session,
    notice: Notice,
    attempt: ServiceAttempt,
    *,
    by: Officer,
    takes_effect_on: date | None,
) -> Service:
    return Service(
        notice=notice,
        method=attempt.method,
        attempted_at=attempt.attempted_at,
        succeeded=takes_effect_on is not None,
        takes_effect_on=takes_effect_on,
        place=attempt.place,
        received_by=attempt.received_by,
        receiver_role=attempt.receiver_role,
        witness=attempt.witness,
        detail=attempt.detail,
        served_by=attempt.served_by,
        entered_by_id=by.id,
        entered_at=database.instant(session),
    )


def _take_effect(
    session: Session, notice: Notice, *, by: Officer, today: date, calendar: WorkingCalendar
) -> None:
    """What service sets off: a deadline for each item, and for a stop the institution's state."""
    served_on = notice.served_on or today
    # An order about the same may have been served since this one was drafted.
    repeats.mark(session, [entry.item for entry in notice.entries], by=by)
    if (basis := effects.of(notice.effect).starts) is not None:
        _start(session, notice, served_on, basis, by=by, calendar=calendar)
    if effects.of(notice.effect).stops:
        registry.order_stop(
            session, notice.institution, by=by, today=served_on, source=notice.number or ""
        )


def _start(
    session: Session,
    notice: Notice,
    served_on: date,
    basis: LimitBasis,
    *,
    by: Officer,
    calendar: WorkingCalendar,
) -> None:
    """An item that has left the ledger meanwhile gets no deadline: start() sees to that."""
    number = notice.number or ""
    for entry in notice.entries:
        ledger.require(session, entry.item, wording=entry.requirement, document=number, by=by)
        for deadline in deadlines_of(notice.effect, entry, served_on):
            ledger.start(
                session,
                entry.item,
                from_day=served_on,
                basis=basis,
                source=number,
                by=by,
                calendar=calendar,
                **deadline,
            )


class Deadline(TypedDict, total=False):
    """How ``ledger.service.start`` is told a deadline."""

    period: law.Period
    due_on: date
    kind: LimitKind


def deadlines_of(effect: Effect, entry: NoticeItem, served_on: date) -> list[Deadline]:
    """The deadlines of an item: the day of service itself, a period from it, or both.

    What is asked at once and has a period as well runs on two clocks; for a stop the second
    is for refunds and settling pupils.
    """
    found: list[Deadline] = [{"due_on": served_on}] if entry.at_once else []
    if entry.length is not None and entry.unit is not None:
        period = law.Period(entry.length, entry.unit)
        found.append({"period": period, "kind": effects.of(effect).second} if found else
                     {"period": period})  # fmt: skip
    return found
