"""What waits for an officer: one statement a kind of step, all with the same columns."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from training_oversight.accounts.asking import AnyOfficer, Asking
from training_oversight.accounts.models import Division
from training_oversight.catalogue.models import NoticeType
from training_oversight.desk import gaps
from training_oversight.enforcement.models import JointCase, JointCaseItem, JointTask
from training_oversight.enforcement.workflow import UNFINISHED, CaseState, TaskState
from training_oversight.inspections.models import Finding, Visit, VisitKind, VisitOfficer
from training_oversight.inspections.workflow import FindingState, VisitState
from training_oversight.ledger.models import OWED, RectificationItem
from training_oversight.ledger.workflow import ItemState
from training_oversight.notices.models import Notice, Service, ServiceMethod
from training_oversight.notices.workflow import NoticeState
from training_oversight.publication.models import Publication
from training_oversight.publication.workflow import PublicationState
from training_oversight.registry.models import Institution

NOTHING = sa.literal("")


Statement = sa.Select[Any]


def _waits(
    officer: Asking,
    records: Any,
    key: Any,
    title: Any,
    *,
    at: Any,
    note: Any = NOTHING,
    due: Any = None,
    since: Any = None,
) -> Statement:
    """What waits among ``records`` at the institutions ``at``, with the columns of every source.

    Who counts gets the keys alone: looking up a name for each takes ten times as long.
    """
    if isinstance(officer, AnyOfficer):
        return sa.select(key.label("key")).select_from(records)
    return (
        sa.select(
            key.label("key"),
            title.label("title"),
            sa.cast(note, sa.Text()).label("note"),
            Institution.name.label("institution"),
            Institution.kind_code.label("kind_code"),
            Division.name.label("division"),
            _day(due).label("due_on"),
            _day(since).label("since"),
        )
        .select_from(records)
        .join(Institution, Institution.id == at)
        .join(Division, Division.id == Institution.division_id)
    )


def _day(column: Any) -> Any:
    """A missing day is a typed null so that all sources agree."""
    return sa.null().cast(sa.Date()) if column is None else column


def _in_charge(officer: Asking, at: Any) -> Any:
    """Whether the institution of the record is in the officer's charge."""
    return at.in_(sa.select(Institution.id).where(Institution.officer_in_charge_id == officer.id))


def _numbered(model: Any, *, width: int) -> Any:
    """The year and the serial, written as the record writes them."""
    serial = sa.cast(model.serial, sa.Text())
    padding = sa.func.substr(sa.literal("0" * width), sa.func.length(serial) + 1)
    return sa.cast(model.year, sa.Text()) + "-" + padding + serial


def _or(words: Any, otherwise: Any) -> Any:
    """No line without a name."""
    return sa.func.coalesce(sa.func.nullif(words, ""), otherwise)


def _item(officer: Asking, *, due: Any = None, since: Any = None) -> Statement:
    item = RectificationItem
    return _waits(
        *(officer, item, item.id, item.title),
        at=item.institution_id,
        note=_numbered(item, width=4),
        due=due,
        since=since,
    ).where(officer.scope.clause(item.division_path))


def items_to_verify(officer: Asking) -> Statement:
    item = RectificationItem
    return _item(officer, due=item.office_due_on).where(
        item.state == ItemState.APPLIED,
        # Whoever is in charge of the rectification may not verify it.
        item.officer_in_charge_id.is_distinct_from(officer.id),
    )


def items_to_close(officer: Asking) -> Statement:
    item = RectificationItem
    return _item(officer, due=item.office_due_on).where(
        item.state == ItemState.VERIFIED, item.verified_by_id.is_distinct_from(officer.id)
    )


def items_of_mine(officer: Asking) -> Statement:
    item = RectificationItem
    return _item(officer, due=item.due_on).where(
        item.state == ItemState.OPEN,
        item.officer_in_charge_id == officer.id,
        item.due_on.is_not(None),
    )


def items_without_limit(officer: Asking) -> Statement:
    """Mine, and nothing carries them on: no deadline, no notice on its way, no joint case."""
    item = RectificationItem
    return _item(officer, since=item.registered_on).where(
        item.officer_in_charge_id == officer.id, gaps.no_next_step(officer.scope)
    )


def _notice(officer: Asking, *, due: Any = None, since: Any = None) -> Statement:
    return _waits(
        officer,
        sa.join(Notice, NoticeType, NoticeType.id == Notice.type_id),
        Notice.id,
        sa.func.coalesce(Notice.number, NoticeType.name),
        at=Notice.institution_id,
        note=Notice.returned_note,
        due=due,
        since=since,
    ).where(officer.scope.clause(Notice.division_path))


def notices_to_approve(officer: Asking) -> Statement:
    return _notice(officer, since=Notice.submitted_on).where(
        Notice.state == NoticeState.SUBMITTED, Notice.drafted_by_id != officer.id
    )


def notices_to_serve(officer: Asking) -> Statement:
    """For who drafted it, and for the institution's officer in charge."""
    return _notice(officer, due=Notice.service_due_on).where(
        Notice.state == NoticeState.APPROVED, _servers(officer), ~_announced()
    )


def notices_announced(officer: Asking) -> Statement:
    """Being announced: when the time has passed, somebody says so."""
    began = (
        sa.select(sa.func.max(Service.attempted_at))
        .where(Service.notice_id == Notice.id, *_RUNNING)
        .scalar_subquery()
    )
    return _notice(officer, since=began).where(
        Notice.state == NoticeState.APPROVED, _servers(officer), _announced()
    )


_RUNNING = (
    Service.method == ServiceMethod.ANNOUNCEMENT,
    Service.succeeded.is_(False),
    Service.failure == "",
)


def _announced() -> Any:
    return sa.exists().where(Service.notice_id == Notice.id, *_RUNNING)


def _servers(officer: Asking) -> Any:
    return sa.or_(Notice.drafted_by_id == officer.id, _in_charge(officer, Notice.institution_id))


def notices_to_finish(officer: Asking) -> Statement:
    return _notice(officer, since=Notice.drafted_on).where(
        Notice.state == NoticeState.DRAFT, Notice.drafted_by_id == officer.id
    )


def findings_to_decide(officer: Asking) -> Statement:
    at = Finding.institution_id
    return _waits(officer, Finding, Finding.id, Finding.title, at=at, since=Finding.found_on).where(
        officer.scope.clause(Finding.division_path),
        Finding.state == FindingState.PENDING,
        sa.or_(Finding.entered_by_id == officer.id, _in_charge(officer, at)),
    )


def visits_to_make(officer: Asking) -> Statement:
    mine = sa.select(VisitOfficer.visit_id).where(VisitOfficer.officer_id == officer.id)
    kind = sa.case({one: str(one.label) for one in VisitKind}, value=Visit.kind)
    purpose = _or(Visit.purpose, kind)
    return _waits(
        officer, Visit, Visit.id, purpose, at=Visit.institution_id, due=Visit.happened_at
    ).where(
        officer.scope.clause(Visit.division_path),
        Visit.state.in_([VisitState.PLANNED, VisitState.UNDER_WAY]),
        sa.or_(Visit.id.in_(mine), Visit.entered_by_id == officer.id),
    )


def _case(officer: Asking) -> Statement:
    return _waits(
        *(officer, JointCase, JointCase.id, sa.literal("LH-") + _numbered(JointCase, width=2)),
        at=JointCase.institution_id,
        note=JointCase.summary,
        since=JointCase.raised_on,
    ).where(officer.scope.clause(JointCase.division_path))


def _inside(*conditions: Any) -> Any:
    """Whether the case has an item that was not taken out."""
    return sa.exists().where(
        JointCaseItem.case_id == JointCase.id,
        JointCaseItem.left_on.is_(None),
        JointCaseItem.item_id == RectificationItem.id,
        *conditions,
    )


# What was written off has left the case; a case that never had an item is about a place.
ALL_WRITTEN_OFF = sa.and_(_inside(), ~_inside(RectificationItem.state.in_(OWED)))


def _tasks(*states: TaskState) -> Any:
    return sa.exists().where(JointTask.case_id == JointCase.id, JointTask.state.in_(states))


def cases_to_decide(officer: Asking) -> Statement:
    return _case(officer).where(
        JointCase.state == CaseState.RAISED, ~ALL_WRITTEN_OFF, _tasks(TaskState.DRAFTED)
    )


def cases_to_prepare(officer: Asking) -> Statement:
    """Raised, and no department would be asked anything yet."""
    return _case(officer).where(
        JointCase.state == CaseState.RAISED, ~ALL_WRITTEN_OFF, ~_tasks(TaskState.DRAFTED)
    )


def cases_to_drop(officer: Asking) -> Statement:
    return _case(officer).where(JointCase.state == CaseState.RAISED, ALL_WRITTEN_OFF)


def cases_to_conclude(officer: Asking) -> Statement:
    """Convened, and every department has answered."""
    return _case(officer).where(
        JointCase.state == CaseState.CONVENED, ~ALL_WRITTEN_OFF, ~_tasks(*UNFINISHED)
    )


def cases_to_finish(officer: Asking) -> Statement:
    """Convened, and nothing of it is left on the ledger, whoever has not answered yet."""
    return _case(officer).where(JointCase.state == CaseState.CONVENED, ALL_WRITTEN_OFF)


def _task(officer: Asking) -> Statement:
    tasks = sa.join(JointTask, JointCase, JointCase.id == JointTask.case_id)
    return _waits(
        *(officer, tasks, JointTask.id, JointTask.asked),
        at=JointCase.institution_id,
        due=JointTask.due_on,
    ).where(officer.scope.clause(JointTask.division_path))


def _department_tasks(officer: Asking, state: TaskState) -> Statement:
    return _task(officer).where(
        JointTask.department_id == officer.department_id, JointTask.state == state
    )


def tasks_to_accept(officer: Asking) -> Statement:
    return _department_tasks(officer, TaskState.ASKED)


def tasks_to_report(officer: Asking) -> Statement:
    return _department_tasks(officer, TaskState.ACCEPTED)


def tasks_to_release(officer: Asking) -> Statement:
    """Drafted after the case was convened: nobody has been asked."""
    return _in_convened_case(officer, TaskState.DRAFTED)


def tasks_returned(officer: Asking) -> Statement:
    return _in_convened_case(officer, TaskState.RETURNED)


def _in_convened_case(officer: Asking, state: TaskState) -> Statement:
    return _task(officer).where(
        JointTask.state == state, JointCase.state == CaseState.CONVENED, ~ALL_WRITTEN_OFF
    )


def _publication(officer: Asking, *, since: Any) -> Statement:
    no_text = sa.null().cast(sa.Text())
    return sa.select(
        Publication.id.label("key"),
        Publication.title.label("title"),
        Publication.returned_note.label("note"),
        no_text.label("institution"),
        no_text.label("kind_code"),
        no_text.label("division"),
        sa.null().cast(sa.Date()).label("due_on"),
        since.label("since"),
    ).where(officer.scope.clause(Publication.division_path))


def publications_to_approve(officer: Asking) -> Statement:
    return _publication(officer, since=Publication.submitted_on).where(
        Publication.state == PublicationState.SUBMITTED, Publication.prepared_by_id != officer.id
    )


def publications_to_finish(officer: Asking) -> Statement:
    return _publication(officer, since=Publication.as_of).where(
        Publication.state == PublicationState.DRAFT, Publication.prepared_by_id == officer.id
    )
