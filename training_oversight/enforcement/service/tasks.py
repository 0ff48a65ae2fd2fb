"""What one department is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from sqlalchemy.orm import Session

from training_oversight import audit, database, law, workflow
from training_oversight.accounts.models import Department, Officer
from training_oversight.catalogue import queries as catalogue
from training_oversight.correspondence import service as outbox
from training_oversight.enforcement import messages
from training_oversight.enforcement.models import JointCase, JointTask
from training_oversight.enforcement.service.raising import TASK_EDITED, add_task
from training_oversight.enforcement.workflow import PREPARERS, CaseState, TaskState, TaskVerb
from training_oversight.errors import BadInput, WrongState
from training_oversight.files import service as files
from training_oversight.texts import Text
from training_oversight.workflow import authorise

LIMIT = "task_report"


def draft_task(
    session: Session,
    case: JointCase,
    department: Department,
    *,
    asked: str,
    due_on: date | None = None,
    by: Officer,
    today: date,
) -> JointTask:
    """A further task, not released: in a convened case too it waits for a person."""
    authorise(by, case, *PREPARERS)
    database.locked(session, case)
    if case.state == CaseState.CONCLUDED:
        raise WrongState(Text("The case is concluded."))
    _of_the_authority(case, department, "department_id")
    _not_past(due_on, today)
    return add_task(session, case, department, asked=asked, due_on=due_on, by=by)


def edit_task(
    session: Session,
    task: JointTask,
    *,
    asked: str,
    due_on: date | None,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Change what is asked, as long as nobody has been asked."""
    authorise(by, task, *PREPARERS)
    database.locked(session, task)
    database.seen(task, version)
    check_not_asked(task)
    _not_past(due_on, today)
    with audit.editing(session, task, TASK_EDITED, by=by):
        task.asked, task.due_on = asked, due_on


def release(
    session: Session, task: JointTask, *, by: Officer, today: date, version: int | None = None
) -> None:
    """Ask a department in a case that is convened already."""
    database.locked(session, task.case)
    _release(
        session, task, by=by, today=today, due_on=_limit(session, task.case, today), version=version
    )


def release_all(session: Session, tasks: Sequence[JointTask], *, by: Officer, today: date) -> None:
    """Ask every department of a case that has just been convened."""
    due_on = _limit(session, tasks[0].case, today)
    for task in tasks:
        _release(session, task, by=by, today=today, due_on=due_on)


def _release(
    session: Session,
    task: JointTask,
    *,
    by: Officer,
    today: date,
    due_on: date,
    version: int | None = None,
) -> None:
    with workflow.moving(session, task, TaskVerb.RELEASE, by=by, version=version):
        task.released_on = today
        # A date that lapsed while the case waited for its decision binds nobody.
        if task.due_on is None or task.due_on < today:
            task.due_on = due_on
    outbox.write(session, messages.ASKED, about=task, to=task.department, by=by)


def _limit(session: Session, case: JointCase, today: date) -> date:
    limit = catalogue.limit(session, LIMIT, authority_id=case.authority_id, today=today)
    calendar = catalogue.working_calendar(session, authority_id=case.authority_id)
    return law.due(today, limit.period, calendar).due_on


def accept(
    session: Session, task: JointTask, *, by: Officer, today: date, version: int | None = None
) -> None:
    with workflow.moving(session, task, TaskVerb.ACCEPT, by=by, version=version):
        task.accepted_on, task.accepted_by_id = today, by.id
    outbox.settle(session, about=task, by=by)


def return_(
    session: Session,
    task: JointTask,
    *,
    ground: str,
    department: Department,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Give a task back, once, saying why and whose it is."""
    with workflow.moving(
        session,
        task,
        TaskVerb.RETURN,
        by=by,
        version=version,
        note=ground,
        department=department.name,
    ):
        _another_department(session, task, department)
        task.return_ground, task.return_department_id = ground, department.id
        task.returned_on = today
    outbox.settle(session, about=task, by=by)
    _tell_the_office(session, task, by=by)


def _tell_the_office(session: Session, task: JointTask, *, by: Officer) -> None:
    """The department of who convened the case: a person there redirects or insists."""
    convener = cast(Officer, task.case.convened_by)
    outbox.write(session, messages.RETURNED, about=task, to=convener.department, by=by)


def _another_department(session: Session, task: JointTask, department: Department) -> None:
    """The right department is not oneself, nor one that has given the task back already."""
    _of_the_authority(task.case, department, "department_id")
    refused, earlier = {task.department_id}, task.replaces_id
    while earlier is not None:
        before = session.get_one(JointTask, earlier)
        refused.add(before.department_id)
        earlier = before.replaces_id
    if department.id in refused:
        sentence = Text(
            "Name another department: %(name)s has this task or has returned it.",
            name=department.name,
        )
        raise BadInput(sentence, {"department_id": sentence})


def report(
    session: Session,
    task: JointTask,
    *,
    result: str,
    kept: Sequence[files.CheckedFile] = (),
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """What the department found and did, with its papers."""
    with workflow.moving(session, task, TaskVerb.REPORT, by=by, version=version):
        task.result = result
        task.reported_on, task.reported_by_id = today, by.id
    files.attach(session, task, kept, by=by)


def insist(
    session: Session,
    task: JointTask,
    *,
    reason: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Ask the same department again; it cannot return the task a second time."""
    with workflow.moving(session, task, TaskVerb.INSIST, by=by, version=version, note=reason):
        task.insisted_on = today
        task.due_on = max(task.due_on or today, _limit(session, task.case, today))
    outbox.write(session, messages.INSISTED, about=task, to=task.department, by=by)


def redirect(
    session: Session,
    task: JointTask,
    *,
    department: Department,
    asked: str,
    due_on: date | None = None,
    by: Officer,
    today: date,
    version: int | None = None,
) -> JointTask:
    """Close a returned task and ask the department whose it is."""
    database.locked(session, task.case)
    with workflow.moving(
        session, task, TaskVerb.REDIRECT, by=by, version=version, department=department.name
    ):
        _another_department(session, task, department)
        _not_past(due_on, today)
    made = add_task(
        session, task.case, department, asked=asked, due_on=due_on, by=by, replaces=task
    )
    _release(session, made, by=by, today=today, due_on=_limit(session, task.case, today))
    return made


def check_not_asked(task: JointTask) -> None:
    if task.state != TaskState.DRAFTED:
        raise WrongState(Text("The department has this task already; it cannot be reworded."))


def cancel(
    session: Session,
    task: JointTask,
    *,
    reason: str,
    by: Officer,
    version: int | None = None,
) -> None:
    workflow.move(session, task, TaskVerb.CANCEL, by=by, version=version, note=reason)
    outbox.settle(session, about=task, by=by)


def _of_the_authority(case: JointCase, department: Department, field: str) -> None:
    if department.authority_id != case.authority_id or department.ended_on is not None:
        sentence = Text("Choose a department of this county.")
        raise BadInput(sentence, {field: sentence})


def _not_past(due_on: date | None, today: date) -> None:
    if due_on is not None and due_on < today:
        sentence = Text("Cannot be earlier than today (%(today)s).", today=today)
        raise BadInput(sentence, {"due_on": sentence})
