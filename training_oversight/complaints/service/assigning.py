"""One department owns the answer. It may object once; the clock runs meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, database, workflow
from training_oversight.accounts.models import Department, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.service import check_at_work
from training_oversight.audit import EventType
from training_oversight.complaints.models import Complaint, ComplaintHelper
from training_oversight.complaints.workflow import URGED as URGED_VERB
from training_oversight.complaints.workflow import WITH_DEPARTMENT, ComplaintVerb
from training_oversight.errors import BadInput, WrongState
from training_oversight.texts import Text
from training_oversight.workflow import authorise

HANDED = EventType.declare("complaint.handed", Text("Handler named"))
URGED = EventType.declare(URGED_VERB, Text("Urged"))


def assign(
    session: Session,
    complaint: Complaint,
    *,
    department: Department,
    handler: Officer | None,
    helpers: Sequence[Department],
    account: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Hand it to the department that owes the answer. ``account`` is what it may read of it."""
    with workflow.moving(
        session,
        complaint,
        ComplaintVerb.ASSIGN,
        by=by,
        version=version,
        department=department.name,
    ):
        _own(complaint, department, handler, today=today)
        complaint.account = account
        complaint.assigned_on, complaint.assigned_by_id = today, by.id
        _help(complaint, helpers)


def object_(
    session: Session,
    complaint: Complaint,
    *,
    ground: str,
    department: Department,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """It is not ours; the right department is named. Decided once, by somebody else."""
    with workflow.moving(
        session,
        complaint,
        ComplaintVerb.OBJECT,
        by=by,
        note=ground,
        version=version,
        department=department.name,
    ):
        _of_the_authority(complaint, department)
        if department.id == complaint.department_id:
            sentence = Text("Name another department than your own.")
            raise BadInput(sentence, {"department_id": sentence})
        complaint.objection_ground, complaint.objected_on = ground, today
        complaint.objection_department = department


def decide(
    session: Session,
    complaint: Complaint,
    *,
    department: Department,
    reason: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Where it stays or goes. It is final: the next department cannot object again."""
    with workflow.moving(
        session,
        complaint,
        ComplaintVerb.DECIDE,
        by=by,
        note=reason,
        version=version,
        department=department.name,
    ):
        if department.id != complaint.department_id:
            _own(complaint, department, None, today=today)
            complaint.assigned_on = today
        complaint.objection_decided_on = today


def hand(
    session: Session,
    complaint: Complaint,
    handler: Officer | None,
    *,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Name who handles it within the department; nobody named, it waits for all of them."""
    authorise(by, complaint, Permission.ASSIGN_COMPLAINT, Permission.DECIDE_COMPLAINT)
    database.locked(session, complaint)
    database.seen(complaint, version)
    owner = check_handled(complaint)
    with audit.editing(session, complaint, HANDED, by=by):
        _own(complaint, owner, handler, today=today)


def urge(
    session: Session, complaint: Complaint, *, note: str, by: Officer, version: int | None = None
) -> None:
    """Ask the department for its answer once more. It changes no day; it is counted."""
    authorise(by, complaint, Permission.ASSIGN_COMPLAINT, Permission.DECIDE_COMPLAINT)
    database.locked(session, complaint)
    database.seen(complaint, version)
    check_handled(complaint)
    audit.record(session, complaint, URGED, by=by, note=note)


def check_handled(complaint: Complaint) -> Department:
    """The department that has it. Raises ``WrongState`` where none has."""
    if complaint.state not in WITH_DEPARTMENT or complaint.department is None:
        raise WrongState(
            Text(
                "This is possible only while a department handles the order: it is “%(state)s”.",
                state=complaint.state.label,
            )
        )
    return complaint.department


def _own(
    complaint: Complaint, department: Department, handler: Officer | None, *, today: date
) -> None:
    _of_the_authority(complaint, department)
    if handler is not None:
        check_at_work(handler, on=today, field="handler_id")
        if handler.department_id != department.id or not handler.may(Permission.HANDLE_COMPLAINT):
            sentence = Text("%(name)s cannot handle orders of this department.", name=handler.name)
            raise BadInput(sentence, {"handler_id": sentence})
    complaint.department, complaint.handler = department, handler


def _help(complaint: Complaint, helpers: Sequence[Department]) -> None:
    for one in helpers:
        _of_the_authority(complaint, one)
        if one is complaint.department:
            sentence = Text("The responsible department cannot be its own helper.")
            raise BadInput(sentence, {"helpers": sentence})
    complaint.helpers = [ComplaintHelper(department=one) for one in helpers]


def _of_the_authority(complaint: Complaint, department: Department) -> None:
    if department.authority_id != complaint.authority_id or department.ended_on is not None:
        sentence = Text("Choose a department of this county.")
        raise BadInput(sentence, {"department_id": sentence})
