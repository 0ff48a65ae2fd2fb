"""The answer: written, approved where the kind asks for it, called back, closed or redone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, clock, database, workflow
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.complaints.kinds import CalledBy, LimitBasis, Satisfaction, Step, Truth
from training_oversight.complaints.models import (
    Callback,
    Complaint,
    ComplaintAnswer,
    ComplaintVisit,
    OwnAnswer,
)
from training_oversight.complaints.service import limits
from training_oversight.complaints.service.assigning import check_handled
from training_oversight.complaints.workflow import ComplaintState, ComplaintVerb
from training_oversight.errors import BadInput, NotFound, WrongState
from training_oversight.files import service as files
from training_oversight.files.service import CheckedFile
from training_oversight.inspections.models import Visit
from training_oversight.texts import Text
from training_oversight.workflow import authorise

CALLED = EventType.declare(
    "complaint.called_back", Text("Called back"), ["satisfaction", "called_by"]
)
LEFT = EventType.declare("complaint.left", Text("The answer stands as it is"))
LINKED = EventType.declare("complaint.visit_linked", Text("Visit linked"), ["day"])
PLATFORM = EventType.declare(
    "complaint.platform", Text("Entered on the national platform"), ["day"]
)


@dataclass(frozen=True)
class Written:
    """What the department found and says to the reporter."""

    truth: Truth
    reasons: str
    words: str
    # By the key of a complaint that was merged into the order: what its reporter alone is told.
    own: Mapping[int, str] = field(default_factory=dict)


def submit(
    session: Session,
    complaint: Complaint,
    written: Written,
    *,
    by: Officer,
    today: date,
    kept: Sequence[CheckedFile] = (),
    version: int | None = None,
) -> ComplaintAnswer:
    """Lay the answer before who approves it; the clock runs on."""
    return _written(session, complaint, ComplaintVerb.SUBMIT, written, by, today, kept, version)


def answer(
    session: Session,
    complaint: Complaint,
    written: Written,
    *,
    by: Officer,
    today: date,
    kept: Sequence[CheckedFile] = (),
    version: int | None = None,
) -> ComplaintAnswer:
    """Answer where the kind needs no approval."""
    return _written(session, complaint, ComplaintVerb.ANSWER, written, by, today, kept, version)


def settle(
    session: Session,
    complaint: Complaint,
    written: Written,
    *,
    by: Officer,
    today: date,
    kept: Sequence[CheckedFile] = (),
    version: int | None = None,
) -> ComplaintAnswer:
    """The desk answers on the telephone what needs no department."""
    return _written(session, complaint, ComplaintVerb.SETTLE, written, by, today, kept, version)


def _written(
    session: Session,
    complaint: Complaint,
    verb: ComplaintVerb,
    written: Written,
    by: Officer,
    today: date,
    kept: Sequence[CheckedFile],
    version: int | None,
) -> ComplaintAnswer:
    with workflow.moving(
        session, complaint, verb, by=by, version=version, truth=written.truth.value
    ) as step:
        if not written.own.keys() <= {one.id for one in complaint.merged}:
            raise NotFound
        found = ComplaintAnswer(
            truth=written.truth,
            reasons=written.reasons,
            words=written.words,
            written_on=today,
            written_by_id=by.id,
            own=[
                OwnAnswer(complaint_id=key, words=words)
                for key, words in sorted(written.own.items())
                if words and words != written.words
            ],
        )
        complaint.answers.append(found)
        complaint.answered_by_id = by.id
        if step.target is ComplaintState.ANSWERED:
            _answered(complaint, today)
    files.attach(session, complaint, kept, by=by, part=found)
    return found


def _answered(complaint: Complaint, today: date) -> None:
    complaint.answered_on = today
    limits.owe(complaint, None)


def approve(
    session: Session, complaint: Complaint, *, by: Officer, today: date, version: int | None = None
) -> None:
    with workflow.moving(session, complaint, ComplaintVerb.APPROVE, by=by, version=version):
        found = _last(complaint)
        found.approved_on, found.approved_by_id = today, by.id
        _answered(complaint, today)


def return_(
    session: Session, complaint: Complaint, *, reason: str, by: Officer, version: int | None = None
) -> None:
    """Send the draft of an answer back to the department. The clock runs on."""
    with workflow.moving(
        session, complaint, ComplaintVerb.RETURN, by=by, note=reason, version=version
    ):
        _last(complaint).returned = reason


def _last(complaint: Complaint) -> ComplaintAnswer:
    """Of an order in a state that only an answer leads to."""
    return complaint.answers[-1]


def call_back(
    session: Session,
    complaint: Complaint,
    reporter: Complaint,
    *,
    satisfaction: Satisfaction,
    called_by: CalledBy,
    remark: str,
    called_on: date,
    by: Officer,
    today: date,
    version: int | None = None,
) -> Callback:
    """Record the call-back of one who told of it: ``reporter`` is the order itself or one that was
    merged into it. Who is not satisfied proposes, and decides nothing."""
    authorise(by, complaint, Permission.ASSIGN_COMPLAINT)
    database.locked(session, complaint)
    database.seen(complaint, version)
    if complaint.id not in {reporter.id, reporter.merged_into_id}:
        raise NotFound
    if complaint.state is not ComplaintState.ANSWERED or complaint.answered_on is None:
        raise WrongState(Text("Reporters are called back once the order is answered."))
    if not complaint.answered_on <= called_on <= today:
        sentence = Text(
            "The call lies between the answer (%(day)s) and today.", day=complaint.answered_on
        )
        raise BadInput(sentence, {"called_on": sentence})
    call = Callback(
        answer_id=_last(complaint).id,
        called_on=called_on,
        called_by=called_by,
        satisfaction=satisfaction,
        remark=remark,
        entered_by_id=by.id,
    )
    reporter.callbacks.append(call)
    audit.record(
        session,
        reporter,
        CALLED,
        by=by,
        satisfaction=satisfaction.value,
        called_by=called_by.value,
    )
    return call


def close(
    session: Session, complaint: Complaint, *, by: Officer, today: date, version: int | None = None
) -> None:
    with workflow.moving(session, complaint, ComplaintVerb.CLOSE, by=by, version=version):
        complaint.closed_on = today


def leave(
    session: Session,
    complaint: Complaint,
    *,
    reason: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Decide that the answer stands although a reporter is not satisfied, and say why."""
    authorise(by, complaint, Permission.DECIDE_COMPLAINT)
    database.locked(session, complaint)
    database.seen(complaint, version)
    if not complaint.proposals:
        raise WrongState(Text("No call-back waits for a decision."))
    _decided(complaint, by, today)
    audit.record(session, complaint, LEFT, by=by, note=reason)


def _decided(complaint: Complaint, by: Officer, today: date) -> None:
    for call in complaint.proposals:
        call.decided_on, call.decided_by_id = today, by.id


def redo(
    session: Session,
    complaint: Complaint,
    verb: ComplaintVerb,
    *,
    reason: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Have it handled again, with a new limit: ``REDO`` before it is closed, ``REOPEN`` after,
    ``TAKE_UP`` where the desk had answered by itself. The desk's head decides."""
    with workflow.moving(session, complaint, verb, by=by, note=reason, version=version):
        # First what asks the database: it must not see the order half taken back.
        limits.run(session, complaint, Step.ANSWER, from_day=today, by=by, basis=LimitBasis.REDONE)
        limits.owe(complaint, Step.ANSWER)
        _last(complaint).returned = reason
        _decided(complaint, by, today)
        complaint.answered_on = complaint.closed_on = None
        complaint.accepted_on = complaint.accepted_on or today


def link_visit(
    session: Session, complaint: Complaint, visit: Visit, *, by: Officer, version: int | None = None
) -> None:
    """Say that a visit looked into it. The visit itself says no word of the complaint."""
    authorise(by, complaint, Permission.HANDLE_COMPLAINT, Permission.ASSIGN_COMPLAINT)
    database.locked(session, complaint)
    database.seen(complaint, version)
    check_handled(complaint)
    if visit.institution_id != complaint.institution_id or complaint.institution_id is None:
        sentence = Text("The visit was at another place than the complaint is about.")
        raise BadInput(sentence, {"visit": sentence})
    if database.insert_if_absent(
        session, ComplaintVisit, complaint_id=complaint.id, visit_id=visit.id
    ):
        audit.record(session, complaint, LINKED, by=by, day=clock.day_of(visit.happened_at))


def mark_platform(
    session: Session,
    complaint: Complaint,
    on: date,
    *,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """That somebody has entered it on the national platform, and on which day."""
    authorise(by, complaint, Permission.ASSIGN_COMPLAINT)
    database.locked(session, complaint)
    database.seen(complaint, version)
    if not complaint.received_on <= on <= today:
        sentence = Text("The day lies between the day on which it came and today.")
        raise BadInput(sentence, {"on": sentence})
    with audit.editing(session, complaint, PLATFORM, by=by, day=on.isoformat()):
        complaint.platform_on = on
