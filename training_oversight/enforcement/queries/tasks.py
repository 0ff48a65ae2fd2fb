"""Tasks: for the case, for the convener, and for the department that is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from training_oversight.accounts.models import Officer, OfficerRole
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.enforcement.models import JointCase, JointTask
from training_oversight.enforcement.workflow import UNFINISHED, TaskState
from training_oversight.errors import NotFound
from training_oversight.registry.models import Institution

ENDED_BEFORE = (TaskState.REDIRECTED, TaskState.CANCELLED)


def standing_tasks(
    session: Session, case_id: int, *, states: Iterable[TaskState] = ()
) -> Sequence[JointTask]:
    """The tasks of a case that were neither redirected nor cancelled, or those in ``states``."""
    wanted = JointTask.state.in_(states) if states else JointTask.state.not_in(ENDED_BEFORE)
    return session.scalars(
        sa.select(JointTask)
        .where(JointTask.case_id == case_id, wanted)
        .order_by(JointTask.id)
        .options(joinedload(JointTask.department))
        .execution_options(populate_existing=True)
    ).all()


def all_tasks(session: Session, case_id: int) -> Sequence[JointTask]:
    """Every task of a case with what its page shows; what waits for the convener first."""
    tasks = session.scalars(
        sa.select(JointTask)
        .where(JointTask.case_id == case_id)
        .options(
            joinedload(JointTask.department),
            joinedload(JointTask.return_department),
            joinedload(JointTask.accepted_by),
            joinedload(JointTask.reported_by),
        )
        .order_by(JointTask.id)
    ).all()
    return sorted(tasks, key=_urgency)


def _urgency(task: JointTask) -> tuple[int, date, int]:
    return _ORDER.index(task.state), task.due_on or date.max, task.id


_ORDER = [
    TaskState.RETURNED,
    TaskState.DRAFTED,
    TaskState.ASKED,
    TaskState.ACCEPTED,
    TaskState.DONE,
    TaskState.REDIRECTED,
    TaskState.CANCELLED,
]


def others_asked(session: Session, task: JointTask) -> Sequence[JointTask]:
    """Who else takes part: the tasks of the case that other departments were asked."""
    return session.scalars(
        sa.select(JointTask)
        .where(
            JointTask.case_id == task.case_id,
            JointTask.id != task.id,
            JointTask.released_on.is_not(None),
            JointTask.state.not_in(ENDED_BEFORE),
        )
        .options(joinedload(JointTask.department))
        .order_by(JointTask.id)
    ).all()


def unfinished_tasks(session: Session, case_id: int) -> Sequence[JointTask]:
    return standing_tasks(session, case_id, states=UNFINISHED)


def task_for(session: Session, officer: Officer, task_id: int) -> JointTask:
    """A task that the officer may see: the office any, a department its own, once released."""
    task = session.scalars(
        sa.select(JointTask)
        .where(JointTask.id == task_id, officer.scope.clause(JointTask.division_path))
        .options(joinedload(JointTask.department), joinedload(JointTask.case))
    ).one_or_none()
    if task is None or not _visible(task, officer):
        raise NotFound
    return task


def _visible(task: JointTask, officer: Officer) -> bool:
    if officer.may(Permission.VIEW_CASES):
        return True
    return task.released_on is not None and task.department_id == officer.department_id


def _released_to(officer: Officer) -> sa.ColumnElement[bool]:
    return sa.and_(
        officer.scope.clause(JointTask.division_path),
        JointTask.department_id == officer.department_id,
        JointTask.released_on.is_not(None),
    )


def tasks_of_department(officer: Officer, states: Iterable[TaskState]) -> sa.Select[JointTask]:
    """The tasks that an officer's department was asked, for a list page."""
    return (
        sa.select(JointTask)
        .where(_released_to(officer), JointTask.state.in_(states))
        .options(
            joinedload(JointTask.case)
            .joinedload(JointCase.institution)
            .options(joinedload(Institution.division)),
            joinedload(JointTask.accepted_by),
        )
    )


def count_by_state(session: Session, officer: Officer) -> dict[TaskState, int]:
    rows = session.execute(
        sa.select(JointTask.state, sa.func.count())
        .where(_released_to(officer))
        .group_by(JointTask.state)
    )
    return dict(rows.all())


def liaisons(session: Session, department_ids: Iterable[int], today: date) -> dict[int, list[str]]:
    """Department -> names of its liaison officers."""
    found: dict[int, list[str]] = {}
    rows = session.execute(
        sa.select(Officer.department_id, Officer.name)
        .join(OfficerRole, OfficerRole.officer_id == Officer.id)
        .where(
            OfficerRole.role == Role.LIAISON,
            Officer.department_id.in_(list(department_ids)),
            Officer.working_on(today),
        )
        .order_by(Officer.id)
    )
    for department_id, name in rows:
        found.setdefault(department_id, []).append(name)
    return found
