"""Submitting, returning, approving, and the two ways in which a notice ends."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight import documents
from training_oversight.accounts.models import Officer
from training_oversight.catalogue import numbers
from training_oversight.catalogue import queries as catalogue
from training_oversight.errors import BadInput, Blocked
from training_oversight.law import WorkingCalendar
from training_oversight.notices import completeness, printed, wording
from training_oversight.notices.models import Notice
from training_oversight.notices.service import repeats
from training_oversight.notices.workflow import NoticeVerb
from training_oversight.texts import Text
from training_oversight.workflow import moving

SERVICE_LIMIT = "service"


def submit(
    session: Session, notice: Notice, *, by: Officer, today: date, version: int | None = None
) -> None:
    """Send the draft to who approves. Raises ``Blocked`` with everything still missing."""
    with moving(session, notice, NoticeVerb.SUBMIT, by=by, version=version):
        _complete(notice)
        notice.submitted_on, notice.returned_note = today, ""


def _complete(notice: Notice) -> None:
    if missing := completeness.problems(notice):
        raise Blocked(*missing)


def return_(
    session: Session, notice: Notice, *, note: str, by: Officer, version: int | None = None
) -> None:
    """Give it back to who drafted it, with what should be changed."""
    note = _given(note, "note", Text("Say what should be changed."))
    with moving(session, notice, NoticeVerb.RETURN, by=by, note=note, version=version):
        notice.submitted_on, notice.returned_note = None, note


def approve(
    session: Session,
    notice: Notice,
    *,
    by: Officer,
    today: date,
    calendar: WorkingCalendar,
    version: int | None = None,
) -> None:
    """Issue the notice: its number is taken and what it says is frozen, for good."""
    with moving(session, notice, NoticeVerb.APPROVE, by=by, version=version):
        _complete(notice)
        serial = numbers.take(
            session, authority_id=notice.authority_id, series=notice.series, year=today.year
        )
        due_on = _service_due(session, notice, today=today, calendar=calendar)
        # Together, after everything is read: number and content are one fact to the database.
        _freeze(notice, serial, on=today)
        notice.approved_by, notice.approved_on = by, today
        notice.service_due_on = due_on


def _service_due(
    session: Session, notice: Notice, *, today: date, calendar: WorkingCalendar
) -> date:
    """By when it should be served: for orders to correct a setting of the county."""
    limit = catalogue.limit(session, SERVICE_LIMIT, authority_id=notice.authority_id, today=today)
    return limit.period.last_day(today, calendar)


def _freeze(notice: Notice, serial: int, *, on: date) -> None:
    number = wording.number(
        notice.authority.short_name, notice.type.prefix, year=on.year, serial=serial
    )
    content = printed.composed(notice, number=number, issued_on=on).to_json()
    notice.year, notice.serial, notice.number = on.year, serial, number
    notice.content, notice.content_hash = content, documents.content_hash(content)


def withdraw(
    session: Session,
    notice: Notice,
    *,
    reason: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Void a notice that was not served. Its number, if it has one, is never used again."""
    reason = _given(reason, "reason", Text("Say why the notice is voided."))
    with moving(session, notice, NoticeVerb.WITHDRAW, by=by, note=reason, version=version):
        notice.ended_on, notice.ended_reason = today, reason


def revoke(
    session: Session,
    notice: Notice,
    *,
    reason: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Take back a served notice. Deadlines on the ledger stay until somebody changes them."""
    reason = _given(reason, "reason", Text("Say why the notice is revoked."))
    with moving(session, notice, NoticeVerb.REVOKE, by=by, note=reason, version=version):
        notice.ended_on, notice.ended_reason = today, reason
    repeats.mark_again(session, notice.institution_id, by=by)


def _given(text: str, field: str, sentence: Text) -> str:
    if not text.strip():
        raise BadInput(sentence, {field: sentence})
    return text.strip()
