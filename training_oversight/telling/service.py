"""Asking who told of something, taking their reply in, and having read it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts.authorising import authorise
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.complaints import queries as complaints
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.service.forgetting import KEPT_ELSEWHERE, Cover, OwnWords
from training_oversight.complaints.workflow import OPEN
from training_oversight.errors import Blocked, NotPermitted, WrongState
from training_oversight.telling import queries
from training_oversight.telling.models import ComplaintQuestion
from training_oversight.texts import Text

# The history says that it was asked and answered; what was said stays with the question.
ASKED = EventType.declare("complaint.asked_reporter", Text("Reporter asked"))
REPLIED = EventType.declare("complaint.reporter_replied", Text("Reply of the reporter"))
READ = EventType.declare("complaint.reply_read", Text("Reply of the reporter read"))
ONLY = Text("Only the desk and the named handler ask the reporter and read the reply.")


def ask(
    session: Session,
    complaint: Complaint,
    *,
    question: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> ComplaintQuestion:
    """Put a question on the tracking page, while somebody looks into what was told."""
    _may(session, complaint, by, version)
    if complaint.tracking_hash is None:
        raise Blocked(Text("The reporter chose no word and cannot read a question."))
    if (complaint.merged_into or complaint).state not in OPEN:
        raise WrongState(Text("The order is answered or has ended; nobody asks any more."))
    if queries.open_question(session, complaint.id) is not None:
        raise Blocked(Text("The last question still waits for its reply."))
    asked = ComplaintQuestion(
        complaint_id=complaint.id, question=question, asked_on=today, asked_by_id=by.id
    )
    session.add(asked)
    audit.record(session, complaint, ASKED, by=by)
    return asked


def reply(
    session: Session, complaint: Complaint, *, words: str, by: Officer, now: datetime
) -> ComplaintQuestion:
    """What the reporter says to the open question; the system enters it."""
    authorise(by, complaint, Permission.LOG_COMPLAINT)
    database.locked(session, complaint)
    asked = queries.open_question(session, complaint.id)
    if asked is None:
        raise WrongState(Text("No question waits for a reply any more."))
    asked.reply, asked.replied_at = words, now
    audit.record(session, complaint, REPLIED, by=by)
    return asked


def read(
    session: Session, complaint: Complaint, *, by: Officer, today: date, version: int | None = None
) -> None:
    """Somebody of the office has read what came."""
    _may(session, complaint, by, version)
    unread = [one for one in queries.questions(session, complaint.id) if _is_unread(one)]
    if not unread:
        raise WrongState(Text("No reply waits to be read."))
    for one in unread:
        one.read_on, one.read_by_id = today, by.id
    audit.record(session, complaint, READ, by=by)


def _is_unread(one: ComplaintQuestion) -> bool:
    return one.replied_at is not None and one.read_on is None


def _may(session: Session, complaint: Complaint, by: Officer, version: int | None) -> None:
    authorise(by, complaint, Permission.ASSIGN_COMPLAINT, Permission.HANDLE_COMPLAINT)
    database.locked(session, complaint)
    database.seen(complaint, version)
    if not complaints.may_see_reporter(by, complaint):
        raise NotPermitted(ONLY)


def _cover_replies(session: Session, complaint: Complaint, cover: Cover) -> None:
    """After the county's days: that somebody replied stays, and not who it was."""
    for one in queries.questions(session, complaint.id):
        one.reply = cover(one.reply)


KEPT_ELSEWHERE.declare(OwnWords(ComplaintQuestion.__tablename__, _cover_replies))
