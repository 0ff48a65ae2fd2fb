"""Cases: the live one of an institution, lists with what each row shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from training_oversight.accounts.models import Officer
from training_oversight.audit import Event
from training_oversight.enforcement.models import JointCase, JointCaseItem, JointTask
from training_oversight.enforcement.workflow import CaseState, TaskState
from training_oversight.errors import NotFound
from training_oversight.ledger.models import OWED, RectificationItem
from training_oversight.names import naming
from training_oversight.registry import queries as registry
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import Search

# LH-2026-01
NUMBER = re.compile(r"LH-?(\d{4})-0*(\d{1,6})")


def live_case(session: Session, institution_id: int, *, locked: bool = False) -> JointCase | None:
    """The case of an institution that is not concluded; there is one at most."""
    wanted = sa.select(JointCase).where(
        JointCase.institution_id == institution_id, JointCase.state != CaseState.CONCLUDED
    )
    if locked:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return session.scalars(wanted).one_or_none()


def case_for(session: Session, officer: Officer, case_id: int) -> JointCase:
    case = session.scalars(
        sa.select(JointCase)
        .where(JointCase.id == case_id, officer.scope.clause(JointCase.division_path))
        .options(
            joinedload(JointCase.institution).joinedload(Institution.division),
            joinedload(JointCase.convened_by),
        )
    ).one_or_none()
    if case is None:
        raise NotFound
    return case


def live_entries(session: Session, case: JointCase) -> Sequence[JointCaseItem]:
    """What is in the case: of a concluded one, what was in it to the end."""
    inside = (
        JointCaseItem.left_on == case.concluded_on
        if case.state == CaseState.CONCLUDED
        else JointCaseItem.left_on.is_(None)
    )
    entries = session.scalars(
        sa.select(JointCaseItem)
        .where(JointCaseItem.case_id == case.id, inside)
        .options(joinedload(JointCaseItem.item))
        .order_by(JointCaseItem.id)
    ).all()
    # An item can leave a case and enter it anew; only its last stay is shown.
    latest = {entry.item_id: entry for entry in entries}
    return sorted(latest.values(), key=lambda e: (e.item.sort_due, e.item_id))


def items_inside(session: Session, case_id: int) -> dict[int, RectificationItem]:
    """The items in a live case by key, kept from others while the case changes."""
    items = session.scalars(
        sa.select(RectificationItem)
        .join(JointCaseItem, JointCaseItem.item_id == RectificationItem.id)
        .where(JointCaseItem.case_id == case_id, JointCaseItem.left_on.is_(None))
        .order_by(RectificationItem.id)
        .with_for_update(of=RectificationItem)
    )
    return {item.id: item for item in items}


def items_to_choose(
    session: Session, officer: Officer, institution_id: int
) -> Sequence[RectificationItem]:
    """What a person may put into a case: still owed, and in no live case."""
    return session.scalars(
        _outside(officer)
        .where(RectificationItem.institution_id == institution_id)
        .options(joinedload(RectificationItem.violation_type))
    ).all()


def chosen_items(
    session: Session, officer: Officer, keys: Sequence[int]
) -> Sequence[RectificationItem]:
    """Of items that were ticked on the ledger those that may be put into a case."""
    return session.scalars(
        _outside(officer)
        .where(RectificationItem.id.in_(keys))
        .options(joinedload(RectificationItem.institution))
    ).all()


def _outside(officer: Officer) -> sa.Select[RectificationItem]:
    inside = sa.exists().where(
        JointCaseItem.item_id == RectificationItem.id, JointCaseItem.left_on.is_(None)
    )
    return (
        sa.select(RectificationItem)
        .where(
            officer.scope.clause(RectificationItem.division_path),
            RectificationItem.state.in_(OWED),
            ~inside,
        )
        .order_by(RectificationItem.sort_due, RectificationItem.id)
    )


def live_cases(session: Session, institution_ids: Iterable[int]) -> dict[int, JointCase]:
    """The live cases of institutions, by the key of the institution."""
    found = session.scalars(
        sa.select(JointCase).where(
            JointCase.institution_id.in_(institution_ids), JointCase.state != CaseState.CONCLUDED
        )
    )
    return {case.institution_id: case for case in found}


def listed(officer: Officer) -> sa.Select[JointCase]:
    """The cases that an officer may see, for a list page."""
    return (
        sa.select(JointCase)
        .where(officer.scope.clause(JointCase.division_path))
        .options(joinedload(JointCase.institution).joinedload(Institution.division))
    )


def found(session: Session, officer: Officer, words: str) -> sa.ColumnElement[bool]:
    """The case of this number, or those of institutions that the search box finds by the words."""
    search = Search.by(officer, words)
    named = registry.belonging(session, search, JointCase.institution_id)
    if number := NUMBER.fullmatch(naming.normalised(words)):
        year, serial = map(int, number.groups())
        return sa.or_(sa.and_(JointCase.year == year, JointCase.serial == serial), named)
    return named


def cases_by_state(session: Session, cases: sa.Select[JointCase]) -> dict[CaseState, int]:
    """How many cases of a selection are in each state, for the tabs."""
    narrowed = cases.with_only_columns(JointCase.state, sa.func.count()).group_by(JointCase.state)
    return dict(session.execute(narrowed).all())


def of_institution(session: Session, institution_id: int) -> Sequence[JointCase]:
    """Every case that an institution ever had, newest first."""
    return session.scalars(
        sa.select(JointCase)
        .where(JointCase.institution_id == institution_id)
        .order_by(JointCase.id.desc())
    ).all()


def of_item(session: Session, item_id: int) -> Sequence[JointCase]:
    """The cases that an item was in, newest first."""
    return session.scalars(
        sa.select(JointCase)
        .where(
            JointCase.id.in_(
                sa.select(JointCaseItem.case_id).where(JointCaseItem.item_id == item_id)
            )
        )
        .order_by(JointCase.id.desc())
    ).all()


def history(session: Session, case: JointCase, tasks: Sequence[JointTask]) -> Sequence[Event]:
    """What happened to a case and to its tasks, newest first."""
    mine = sa.and_(Event.subject_kind == "joint_case", Event.subject_id == case.id)
    theirs = sa.and_(
        Event.subject_kind == "joint_task", Event.subject_id.in_([task.id for task in tasks])
    )
    return session.scalars(
        sa.select(Event)
        .where(sa.or_(mine, theirs))
        # A draft that came with its case tells nothing that the case does not.
        .where(Event.verb != "task.drafted")
        .order_by(Event.at.desc(), Event.id.desc())
        .limit(200)
    ).all()


@dataclass
class Overview:
    """What a row of the list says of a case: its items and how far its tasks are."""

    items: int = 0
    # Those that are still on the ledger; what was written off has left the case.
    open: int = 0
    first_due: date | None = None
    tasks: dict[TaskState, int] = field(default_factory=dict)

    @property
    def all_written_off(self) -> bool:
        """A case that never had an item is about a place, not about the ledger."""
        return self.items > 0 and self.open == 0

    @property
    def asked(self) -> int:
        dropped = (TaskState.REDIRECTED, TaskState.CANCELLED)
        return sum(count for state, count in self.tasks.items() if state not in dropped)

    def count(self, *states: TaskState) -> int:
        return sum(self.tasks.get(state, 0) for state in states)


def overview(session: Session, case_ids: Sequence[int]) -> dict[int, Overview]:
    """The same for a page of cases: two queries however many."""
    found = {key: Overview() for key in case_ids}
    owed = RectificationItem.state.in_(OWED)
    items = session.execute(
        sa.select(
            JointCaseItem.case_id,
            sa.func.count(JointCaseItem.item_id.distinct()),
            sa.func.count(sa.case((owed, JointCaseItem.item_id)).distinct()),
            sa.func.min(sa.case((owed, JointCaseItem.due_on))),
        )
        .join(JointCase, JointCase.id == JointCaseItem.case_id)
        .join(RectificationItem, RectificationItem.id == JointCaseItem.item_id)
        .where(
            JointCaseItem.case_id.in_(case_ids),
            # Of a concluded case, what was in it to the end.
            sa.or_(
                JointCaseItem.left_on.is_(None), JointCaseItem.left_on == JointCase.concluded_on
            ),
        )
        .group_by(JointCaseItem.case_id)
    )
    for case_id, count, still_open, first_due in items:
        row = found[case_id]
        row.items, row.open, row.first_due = count, still_open, first_due
    tasks = session.execute(
        sa.select(JointTask.case_id, JointTask.state, sa.func.count())
        .where(JointTask.case_id.in_(case_ids))
        .group_by(JointTask.case_id, JointTask.state)
    )
    for case_id, state, count in tasks:
        found[case_id].tasks[state] = count
    return found
