"""Joint cases and their tasks that wait for somebody."""

from __future__ import annotations

import sqlalchemy as sa

from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.placeholders import Asking
from training_oversight.accounts.worklist import Statement, WaitingKind
from training_oversight.enforcement.models import JointCase, JointCaseItem, JointTask
from training_oversight.enforcement.workflow import (
    CASE_WORKFLOW,
    TASK_WORKFLOW,
    UNFINISHED,
    CaseState,
    CaseVerb,
    TaskState,
    TaskVerb,
)
from training_oversight.ledger.models import OWED, RectificationItem
from training_oversight.registry.waiting_lines import numbered, waits
from training_oversight.texts import Text

WRITTEN_OFF = Text("All its problems are written off")


def _case(officer: Asking) -> Statement:
    return waits(
        *(officer, JointCase, JointCase.id, sa.literal("LH-") + numbered(JointCase, width=2)),
        at=JointCase.institution_id,
        note=JointCase.summary,
        since=JointCase.raised_on,
    ).where(officer.scope.clause(JointCase.division_path))


def _inside(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Whether the case has an item that was not taken out."""
    return sa.exists().where(
        JointCaseItem.case_id == JointCase.id,
        JointCaseItem.left_on.is_(None),
        JointCaseItem.item_id == RectificationItem.id,
        *conditions,
    )


# What was written off has left the case; a case that never had an item is about a place.
ALL_WRITTEN_OFF = sa.and_(_inside(), ~_inside(RectificationItem.state.in_(OWED)))


def _tasks(*states: TaskState) -> sa.ColumnElement[bool]:
    return sa.exists().where(JointTask.case_id == JointCase.id, JointTask.state.in_(states))


def _decidable(officer: Asking) -> sa.ColumnElement[bool]:
    return CASE_WORKFLOW.turn(CaseVerb.CONVENE, officer, JointCase)


def _concludable(officer: Asking) -> sa.ColumnElement[bool]:
    return CASE_WORKFLOW.turn(CaseVerb.CONCLUDE, officer, JointCase)


def cases_to_decide(officer: Asking) -> Statement:
    return _case(officer).where(_decidable(officer), ~ALL_WRITTEN_OFF, _tasks(TaskState.DRAFTED))


def cases_to_prepare(officer: Asking) -> Statement:
    """Raised, and no department would be asked anything yet."""
    return _case(officer).where(_decidable(officer), ~ALL_WRITTEN_OFF, ~_tasks(TaskState.DRAFTED))


def cases_to_drop(officer: Asking) -> Statement:
    return _case(officer).where(
        CASE_WORKFLOW.turn(CaseVerb.SET_ASIDE, officer, JointCase), ALL_WRITTEN_OFF
    )


def cases_to_conclude(officer: Asking) -> Statement:
    """Convened, and every department has answered."""
    return _case(officer).where(_concludable(officer), ~ALL_WRITTEN_OFF, ~_tasks(*UNFINISHED))


def cases_to_finish(officer: Asking) -> Statement:
    """Convened, and nothing of it is left on the ledger, whoever has not answered yet."""
    return _case(officer).where(_concludable(officer), ALL_WRITTEN_OFF)


def _task(officer: Asking) -> Statement:
    tasks = sa.join(JointTask, JointCase, JointCase.id == JointTask.case_id)
    return waits(
        *(officer, tasks, JointTask.id, JointTask.asked),
        at=JointCase.institution_id,
        due=JointTask.due_on,
    ).where(officer.scope.clause(JointTask.division_path))


def _to_move(officer: Asking, verb: TaskVerb) -> Statement:
    return _task(officer).where(TASK_WORKFLOW.turn(verb, officer, JointTask))


def tasks_to_accept(officer: Asking) -> Statement:
    return _to_move(officer, TaskVerb.ACCEPT)


def tasks_to_report(officer: Asking) -> Statement:
    return _to_move(officer, TaskVerb.REPORT)


def tasks_to_release(officer: Asking) -> Statement:
    """Drafted after the case was convened: nobody has been asked."""
    return _in_convened_case(officer, TaskVerb.RELEASE)


def tasks_returned(officer: Asking) -> Statement:
    return _in_convened_case(officer, TaskVerb.REDIRECT)


def _in_convened_case(officer: Asking, verb: TaskVerb) -> Statement:
    return _to_move(officer, verb).where(JointCase.state == CaseState.CONVENED, ~ALL_WRITTEN_OFF)


WAITING = (
    WaitingKind(
        "case-decide",
        "enforcement.index",
        Text("Decide on joint enforcement"),
        Permission.CONVENE_CASE,
        cases_to_decide,
        "enforcement.convene",
        "case_id",
        limit="approve",
    ),
    WaitingKind(
        "case-prepare",
        "enforcement.index",
        Text("Draft a task"),
        Permission.CONVENE_CASE,
        cases_to_prepare,
        "enforcement.add_task",
        "case_id",
        limit="approve",
    ),
    WaitingKind(
        "case-drop",
        "enforcement.index",
        Text("Do not convene"),
        Permission.CONVENE_CASE,
        cases_to_drop,
        "enforcement.set_aside",
        "case_id",
        limit="approve",
        why=WRITTEN_OFF,
    ),
    WaitingKind(
        "case-conclude",
        "enforcement.index",
        Text("Conclude the case"),
        Permission.CONVENE_CASE,
        cases_to_conclude,
        "enforcement.conclude",
        "case_id",
    ),
    WaitingKind(
        "case-finish",
        "enforcement.index",
        Text("Conclude the case"),
        Permission.CONVENE_CASE,
        cases_to_finish,
        "enforcement.conclude",
        "case_id",
        why=WRITTEN_OFF,
    ),
    WaitingKind(
        "task-release",
        "enforcement.index",
        Text("Release the task"),
        Permission.CONVENE_CASE,
        tasks_to_release,
        "enforcement.release",
        "task_id",
    ),
    WaitingKind(
        "task-accept",
        "enforcement.my_tasks",
        Text("Accept or return the task"),
        Permission.HANDLE_TASK,
        tasks_to_accept,
        "enforcement.task",
        "task_id",
    ),
    WaitingKind(
        "task-report",
        "enforcement.my_tasks",
        Text("Report the result"),
        Permission.HANDLE_TASK,
        tasks_to_report,
        "enforcement.report",
        "task_id",
    ),
    WaitingKind(
        "task-returned",
        "enforcement.index",
        Text("Redirect the task"),
        Permission.CONVENE_CASE,
        tasks_returned,
        "enforcement.redirect",
        "task_id",
    ),
)
