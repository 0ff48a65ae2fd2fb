"""Overdue items become a case to be decided, each once for each deadline. Nobody is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Department, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.audit.service import record_all
from training_oversight.catalogue import numbers
from training_oversight.enforcement import queries
from training_oversight.enforcement.models import JointCase, JointCaseItem, JointTask, Trigger
from training_oversight.enforcement.workflow import TaskState
from training_oversight.ledger.models import RectificationItem
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.workflow import authorise

SERIES = "joint_case"
# More than this many problems are summed up when a department is asked.
NAMED = 5

INTO_DRAFT = Text("Put into the draft for joint enforcement")
CASE_RAISED = EventType.declare("case.raised", INTO_DRAFT, ["items", "tasks"])
CASE_EXTENDED = EventType.declare(
    "case.extended", Text("More items put into the case"), ["items", "tasks"]
)
ITEM_RAISED = EventType.declare("item.raised", INTO_DRAFT, ["case"])
TASK_DRAFTED = EventType.declare("task.drafted", Text("Draft a task"))
TASK_EDITED = EventType.declare("task.edited", Text("Draft of the task changed"))


def raise_items(session: Session, institution: Institution, *, by: Officer, today: date) -> int:
    """Put the overdue items of an institution into its live case; how many were not in yet.

    Who comes second waits for the institution's row and finds nothing left. Were two to
    pass all the same, the unique index over item and deadline lets only one of them commit.
    """
    authorise(by, institution, Permission.RAISE_CASE)
    database.locked(session, institution)
    case = queries.live_case(session, institution.id, locked=True)
    items = queries.to_raise(session, institution.id, today=today)
    if not items:
        return 0
    asked = asked_by_department(session, institution.authority_id, items)
    if case is None:
        case = new_case(session, institution, trigger=Trigger.OVERDUE, by=by, today=today)
        audit.created(session, case, CASE_RAISED, by=by, items=len(items), tasks=len(asked))
    else:
        audit.record(session, case, CASE_EXTENDED, by=by, items=len(items), tasks=len(asked))
    enter(session, case, items, by=by, today=today)
    _draft(session, case, asked, by=by)
    return len(items)


def new_case(
    session: Session, institution: Institution, *, trigger: Trigger, by: Officer, today: date
) -> JointCase:
    """A case with the next number of the year, not yet added to the session."""
    serial = numbers.take(
        session, authority_id=institution.authority_id, series=SERIES, year=today.year
    )
    return JointCase(
        authority_id=institution.authority_id,
        division_path=institution.division_path,
        institution_id=institution.id,
        year=today.year,
        serial=serial,
        trigger=trigger,
        raised_on=today,
        raised_by_id=by.id,
    )


def enter(
    session: Session,
    case: JointCase,
    items: Sequence[RectificationItem],
    *,
    by: Officer,
    today: date,
) -> None:
    """Put items into a case. One that is in it for an earlier deadline enters anew."""
    lapsed = unraised_deadlines(session, items, today=today)
    leave(session, [item.id for item in items], today=today)
    for item in items:
        session.add_all(_stays(case, item, lapsed[item.id], today=today))
    record_all(session, items, ITEM_RAISED, by=by, case=case.number)


def _stays(
    case: JointCase, item: RectificationItem, lapsed: Sequence[date], *, today: date
) -> list[JointCaseItem]:
    """A row for each deadline that has lapsed. The item is in the case by the last; the others
    only say that it need not be raised for them any more."""
    deadlines: list[date | None] = [*lapsed] or [None]
    *earlier, last = deadlines
    inside = JointCaseItem(case_id=case.id, item_id=item.id, due_on=last, joined_on=today)
    return [*decided(case, item, earlier, joined_on=today, today=today), inside]


def decided(
    case: JointCase,
    item: RectificationItem,
    deadlines: Iterable[date | None],
    *,
    joined_on: date,
    today: date,
) -> list[JointCaseItem]:
    """Rows that have ended already: the item need not be raised for these deadlines any more."""
    return [
        JointCaseItem(
            case_id=case.id, item_id=item.id, due_on=day, joined_on=joined_on, left_on=today
        )
        for day in deadlines
    ]


def unraised_deadlines(
    session: Session, items: Sequence[RectificationItem], *, today: date
) -> dict[int, list[date]]:
    """Of each item the deadlines that have lapsed and for which it was not raised yet."""
    raised = queries.deadlines_raised(session, [item.id for item in items])
    return {
        item.id: sorted(
            {clock.due_on for clock in item.lapsed(today) if (item.id, clock.due_on) not in raised}
        )
        for item in items
    }


def leave(session: Session, item_ids: Sequence[int], *, today: date) -> None:
    """End the stay of items in whichever case they are in."""
    session.execute(
        sa.update(JointCaseItem)
        .where(JointCaseItem.item_id.in_(item_ids), JointCaseItem.left_on.is_(None))
        .values(left_on=today)
        .execution_options(synchronize_session="fetch")
    )


def asked_by_department(
    session: Session, authority_id: int, items: Sequence[RectificationItem]
) -> list[tuple[Department, str]]:
    """What each department would be asked, as the types of violation suggest."""
    concerned: dict[str, list[RectificationItem]] = {}
    for item in items:
        for code in item.violation_type.departments:
            concerned.setdefault(code, []).append(item)
    departments = accounts.departments(session, authority_id)
    return [
        (department, composed(concerned[department.code]))
        for department in departments
        if department.code in concerned
    ]


def composed(items: Sequence[RectificationItem]) -> str:
    """The draft of what is asked. It goes on paper, so it is Chinese in every interface."""
    named = "；".join(f"{item.title}（{item.number}）" for item in items[:NAMED])
    rest = f"等{len(items)}项问题" if len(items) > NAMED else ""
    return f"请依职责核查处理：{named}{rest}。"


def _draft(
    session: Session, case: JointCase, asked: Iterable[tuple[Department, str]], *, by: Officer
) -> None:
    """One draft for each department, unless it has a task; an unreleased one is extended."""
    present = {task.department_id: task for task in queries.standing_tasks(session, case.id)}
    new = []
    for department, words in asked:
        task = present.get(department.id)
        if task is None:
            new.append(_task(case, department, asked=words))
        elif task.state == TaskState.DRAFTED:
            with audit.editing(session, task, TASK_EDITED, by=by):
                task.asked = f"{task.asked}\n{words}"
    audit.created_all(session, new, TASK_DRAFTED, by=by)


def _task(
    case: JointCase,
    department: Department,
    *,
    asked: str,
    due_on: date | None = None,
    replaces: JointTask | None = None,
) -> JointTask:
    return JointTask(
        case_id=case.id,
        division_path=case.division_path,
        department_id=department.id,
        asked=asked,
        due_on=due_on,
        replaces_id=replaces.id if replaces else None,
    )


def add_task(
    session: Session,
    case: JointCase,
    department: Department,
    *,
    asked: str,
    due_on: date | None,
    by: Officer,
    replaces: JointTask | None = None,
) -> JointTask:
    """A drafted task in the case; nobody outside the office sees it."""
    task = _task(case, department, asked=asked, due_on=due_on, replaces=replaces)
    audit.created(session, task, TASK_DRAFTED, by=by)
    return task
