"""Opening, convening and concluding a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, database, workflow
from training_oversight.accounts.models import Department, Officer
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.audit import EventType
from training_oversight.audit.service import record_all
from training_oversight.correspondence import service as outbox
from training_oversight.enforcement import queries
from training_oversight.enforcement.models import JointCase, JointCaseItem, Trigger
from training_oversight.enforcement.service import raising, tasks
from training_oversight.enforcement.workflow import (
    PREPARERS,
    CaseState,
    CaseVerb,
    TaskState,
    TaskVerb,
)
from training_oversight.errors import BadInput, Blocked, NotFound, NotPermitted, WrongState
from training_oversight.ledger.models import RectificationItem
from training_oversight.registry.models import Institution
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Text
from training_oversight.workflow import authorise

CASE_OPENED = EventType.declare(
    "case.opened", Text("Raised for joint enforcement"), ["items", "tasks"]
)
ITEM_REMOVED = EventType.declare("case.item_removed", Text("Item taken out"), ["item"])
ITEM_LEFT = EventType.declare("item.left_case", Text("Taken out of joint enforcement"), ["case"])
CASE_ENDED = EventType.declare("item.case_ended", Text("Joint enforcement ended"), ["case"])


def open_by_hand(
    session: Session,
    institution: Institution,
    *,
    trigger: Trigger,
    summary: str,
    items: Sequence[RectificationItem] = (),
    departments: Sequence[Department] = (),
    asked: str = "",
    by: Officer,
    today: date,
) -> JointCase:
    """A case that a person raises, for instance for an unlicensed venue on day one.

    ``asked`` goes to each department; without it the items say what is asked.
    """
    authorise(by, institution, Permission.RAISE_CASE)
    database.locked(session, institution)
    _may_be_opened(session, institution)
    _belong(institution, items)
    case = raising.new_case(session, institution, trigger=trigger, by=by, today=today)
    case.summary = summary
    audit.created(session, case, CASE_OPENED, by=by, items=len(items), tasks=len(departments))
    if items:
        raising.enter(session, case, items, by=by, today=today)
    words = asked or (raising.composed(items) if items else summary)
    for department in departments:
        tasks.draft_task(session, case, department, asked=words, by=by, today=today)
    return case


def _may_be_opened(session: Session, institution: Institution) -> None:
    if institution.state == InstitutionState.CLOSED:
        raise WrongState(Text("%(name)s is closed.", name=institution.name))
    live = queries.live_case(session, institution.id)
    if live is not None:
        raise WrongState(
            Text("There is a case already: %(number)s. Put it in there.", number=live.number)
        )


def _belong(institution: Institution, items: Sequence[RectificationItem]) -> None:
    if any(item.institution_id != institution.id for item in items):
        raise NotFound


def add_items(
    session: Session,
    case: JointCase,
    items: Sequence[RectificationItem],
    *,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """Put further items of the same institution into a live case."""
    authorise(by, case, *PREPARERS)
    _live(session, case, version)
    _belong(case.institution, items)
    inside = queries.items_inside(session, case.id)
    added = [item for item in items if item.id not in inside]
    if not added:
        raise BadInput(Text("Choose at least one item."), {"items": Text("Choose an item.")})
    raising.enter(session, case, added, by=by, today=today)
    audit.record(session, case, raising.CASE_EXTENDED, by=by, items=len(added), tasks=0)


def remove_item(
    session: Session,
    case: JointCase,
    entry: JointCaseItem,
    *,
    reason: str,
    by: Officer,
    today: date,
) -> None:
    """Take an item out of a live case. For the same deadline it is not raised again."""
    authorise(by, case, *PREPARERS)
    _live(session, case, None)
    database.locked(session, entry)
    if entry.case_id != case.id or entry.left_on is not None:
        raise WrongState(Text("This item is not in the case any more."))
    item = entry.item
    lapsed = raising.unraised_deadlines(session, [item], today=today)[item.id]
    entry.left_on = today
    if entry.due_on is None and lapsed:
        entry.due_on = lapsed.pop()
    # Decided with it is every deadline that has lapsed by now.
    session.add_all(raising.decided(case, item, lapsed, joined_on=entry.joined_on, today=today))
    audit.record(session, case, ITEM_REMOVED, by=by, note=reason, item=item.number)
    audit.record(session, item, ITEM_LEFT, by=by, note=reason, case=case.number)


def _live(session: Session, case: JointCase, version: int | None) -> None:
    database.locked(session, case)
    database.seen(case, version)
    if case.state == CaseState.CONCLUDED:
        raise WrongState(Text("The case is concluded."))


def convene(
    session: Session,
    case: JointCase,
    *,
    decided_by: str,
    decided_on: date,
    document: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """A person says who decided, when and where: only now do the departments hear of it."""
    _a_person(by)
    _not_later(decided_on, today)
    drafted = queries.standing_tasks(session, case.id, states=(TaskState.DRAFTED,))
    names = [task.department.name for task in drafted]
    with workflow.moving(
        session, case, CaseVerb.CONVENE, by=by, version=version, departments=names
    ):
        if not drafted:
            raise Blocked(Text("No department is asked yet: draft at least one task."))
        case.decided_by, case.decided_on = decided_by, decided_on
        case.decision_document = document
        case.convened_on, case.convened_by_id = today, by.id
    tasks.release_all(session, drafted, by=by, today=today)


def _a_person(by: Officer) -> None:
    if Role.SYSTEM in by.roles:
        raise NotPermitted(Text("Only a person convenes joint enforcement."))


def _not_later(decided_on: date, today: date) -> None:
    if decided_on > today:
        sentence = Text("Cannot be later than today (%(today)s).", today=today)
        raise BadInput(sentence, {"decided_on": sentence})


def set_aside(
    session: Session,
    case: JointCase,
    *,
    reason: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """End a raised case without asking anybody. Its deadlines are not raised again."""
    with workflow.moving(session, case, CaseVerb.SET_ASIDE, by=by, version=version, note=reason):
        case.concluded_on, case.conclusion = today, reason
    _end(session, case, by=by, today=today)


def conclude(
    session: Session,
    case: JointCase,
    *,
    conclusion: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """End a convened case with what came of it; unfinished tasks are cancelled with it."""
    with workflow.moving(session, case, CaseVerb.CONCLUDE, by=by, version=version, note=conclusion):
        case.concluded_on, case.conclusion = today, conclusion
    _end(session, case, by=by, today=today)


def _end(session: Session, case: JointCase, *, by: Officer, today: date) -> None:
    for task in queries.unfinished_tasks(session, case.id):
        workflow.move(session, task, TaskVerb.CANCEL, by=by)
        outbox.settle(session, about=task, by=by)
    items = queries.items_inside(session, case.id)
    raising.leave(session, list(items), today=today)
    record_all(session, list(items.values()), CASE_ENDED, by=by, case=case.number)
