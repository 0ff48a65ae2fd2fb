"""What is asked of the 12345 centre. It decides; the county's clock runs meanwhile."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, database, workflow
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.complaints.kinds import LimitBasis, RequestKind, RequestResult, Step
from training_oversight.complaints.models import Complaint, ComplaintRequest
from training_oversight.complaints.service import limits
from training_oversight.complaints.workflow import OPEN, ComplaintState, ComplaintVerb
from training_oversight.errors import BadInput, Blocked, Checks
from training_oversight.orders import asked
from training_oversight.texts import Text
from training_oversight.workflow import authorise

ASKED = EventType.declare(
    "complaint.centre_asked", Text("Asked of the 12345 centre"), ["what", "day"]
)
ANSWERED = EventType.declare(
    "complaint.centre_answered", Text("The 12345 centre answered"), ["what", "result", "day"]
)
# What the reporter reads of it.
GONE_BACK = "该工单已退回12345中心，由中心转其他单位办理。"


def ask_extension(
    session: Session,
    complaint: Complaint,
    *,
    wanted_on: date,
    ground: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> ComplaintRequest:
    """Ask for more time, beyond the day by which the answer is owed now."""
    _open_order(session, complaint, by=by, version=version)
    _check_later(complaint, wanted_on, field="wanted_on", today=today)
    one = ComplaintRequest(
        kind=RequestKind.EXTENSION,
        wanted_on=wanted_on,
        ground=ground,
        asked_on=today,
        asked_by_id=by.id,
    )
    return _ask(session, complaint, one, by=by)


def ask_return(
    session: Session,
    complaint: Complaint,
    *,
    ground: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> ComplaintRequest:
    """Ask that another office takes it; until the centre agrees it stays ours."""
    _open_order(session, complaint, by=by, version=version)
    one = ComplaintRequest(
        kind=RequestKind.RETURN, ground=ground, asked_on=today, asked_by_id=by.id
    )
    return _ask(session, complaint, one, by=by)


def _ask(
    session: Session, complaint: Complaint, one: ComplaintRequest, *, by: Officer
) -> ComplaintRequest:
    if asked.open_request(complaint) is not None:
        raise Blocked(Text("The centre has not answered the last request yet."))
    complaint.requests.append(one)
    audit.record(
        session, complaint, ASKED, by=by, note=one.ground, what=one.kind.value, day=one.wanted_on
    )
    return one


def enter_answer(
    session: Session,
    complaint: Complaint,
    *,
    result: RequestResult,
    words: str,
    decided_on: date,
    until: date | None,
    by: Officer,
    today: date,
    version: int | None = None,
) -> ComplaintRequest:
    """What the centre said. Time that it gives is the answer's new day; an order that it takes
    back has ended here."""
    _open_order(session, complaint, by=by, version=version)
    one = asked.open_request(complaint)
    if one is None:
        raise Blocked(Text("Nothing was asked of the centre that it has not answered."))
    gives_time = one.kind is RequestKind.EXTENSION and result is RequestResult.GRANTED
    _check_answer(
        complaint, one, decided_on=decided_on, until=until if gives_time else None, today=today
    )
    one.result, one.words, one.decided_on, one.entered_by_id = result, words, decided_on, by.id
    if gives_time:
        one.granted_until = until or one.wanted_on
        _extend(session, complaint, one, by=by)
    audit.record(
        session,
        complaint,
        ANSWERED,
        by=by,
        note=words,
        what=one.kind.value,
        result=result.value,
        day=one.granted_until,
    )
    if complaint.return_granted and complaint.state is not ComplaintState.SUBMITTED:
        give_up(session, complaint, by=by, today=today)
    return one


def give_up(
    session: Session, complaint: Complaint, *, by: Officer, today: date, version: int | None = None
) -> None:
    """The centre has taken it back."""
    with workflow.moving(session, complaint, ComplaintVerb.GIVE_UP, by=by, version=version):
        complaint.declined_on, complaint.declined_words = today, GONE_BACK
        limits.owe(complaint, None)


def _open_order(
    session: Session, complaint: Complaint, *, by: Officer, version: int | None
) -> None:
    authorise(by, complaint, Permission.ASSIGN_COMPLAINT)
    database.locked(session, complaint)
    database.seen(complaint, version)
    if complaint.outside_number is None:
        raise Blocked(Text("It is no order of the 12345 centre."))
    if complaint.state not in OPEN:
        raise Blocked(Text("It is answered or has ended; nothing is asked of the centre."))


def _check_later(complaint: Complaint, day: date, *, field: str, today: date) -> None:
    due_on = asked.answer_due(complaint)
    if day <= max(due_on or today, today):
        sentence = Text("Choose a day after %(day)s.", day=max(due_on or today, today))
        raise BadInput(sentence, {field: sentence})


def _check_answer(
    complaint: Complaint,
    one: ComplaintRequest,
    *,
    decided_on: date,
    until: date | None,
    today: date,
) -> None:
    checks = Checks()
    with checks.each():
        if not one.asked_on <= decided_on <= today:
            sentence = Text("The centre answered between %(first)s and today.", first=one.asked_on)
            raise BadInput(sentence, {"decided_on": sentence})
    due_on = asked.answer_due(complaint)
    with checks.each():
        if until is not None and due_on is not None and until <= due_on:
            sentence = Text("Choose a day after %(day)s.", day=due_on)
            raise BadInput(sentence, {"until": sentence})
    checks.settle()


def _extend(session: Session, complaint: Complaint, one: ComplaintRequest, *, by: Officer) -> None:
    assert one.granted_until is not None, "time is given until a day"
    limits.fix(
        complaint,
        Step.ANSWER,
        one.granted_until,
        from_day=complaint.received_on,
        basis=LimitBasis.EXTENSION,
        source=complaint.outside_number or "",
        by=by,
    )
    # The time was given to this order, and to none that it took in.
    limits.keep_the_earliest(session, [complaint], by=by)
    limits.owe(complaint, complaint.owed)
