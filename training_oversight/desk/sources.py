"""What can wait for an officer, each as one statement. The worklist and every count read these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import flask
import sqlalchemy as sa

from training_oversight import clock
from training_oversight.accounts.models import Division, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue.models import NoticeType
from training_oversight.enforcement.models import JointCase, JointTask
from training_oversight.enforcement.workflow import CaseState, TaskState
from training_oversight.inspections.models import Finding, Visit, VisitOfficer
from training_oversight.inspections.workflow import FindingState, VisitState
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.workflow import ItemState
from training_oversight.notices.models import Notice
from training_oversight.notices.workflow import NoticeState
from training_oversight.publication.models import Publication
from training_oversight.publication.workflow import PublicationState
from training_oversight.registry.models import Institution
from training_oversight.texts import Text

NOTHING = sa.literal("")
Statement = sa.Select[Any]


@dataclass(frozen=True)
class Source:
    """One kind of step. ``statement(officer)`` gives Row columns; no permission, no lines.

    ``limit`` is the county's limit from which a due date is counted when the record has
    none of its own: ``since`` is then the day on which the waiting began.
    """

    name: str
    # The page of the navigation that the step belongs to.
    area: str
    verb: Text
    permission: Permission
    statement: Callable[[Officer], Statement]
    endpoint: str
    argument: str
    limit: str | None = None

    def url(self, key: int) -> str:
        values: dict[str, Any] = {self.argument: key}
        return flask.url_for(self.endpoint, **values)


def _columns(
    key: Any, title: Any, *, note: Any = NOTHING, due: Any = None, since: Any = None
) -> Statement:
    """The columns of every source; a missing day is a typed null so that all agree."""
    no_day = sa.null().cast(sa.Date())
    return sa.select(
        key.label("key"),
        title.label("title"),
        sa.cast(note, sa.Text()).label("note"),
        Institution.name.label("institution"),
        Institution.kind_code.label("kind_code"),
        Division.name.label("division"),
        (no_day if due is None else due).label("due_on"),
        (no_day if since is None else since).label("since"),
    )


def _item(officer: Officer, *, due: Any) -> Statement:
    item = RectificationItem
    number = (
        sa.cast(item.year, sa.Text())
        + "-"
        + sa.func.substr(
            sa.literal("0000") + sa.cast(item.serial, sa.Text()),
            sa.func.length(sa.cast(item.serial, sa.Text())) + 1,
        )
    )
    return (
        _columns(item.id, item.title, note=number, due=due)
        .select_from(item)
        .join(Institution, Institution.id == item.institution_id)
        .join(Division, Division.id == Institution.division_id)
        .where(officer.scope.clause(item.division_path))
    )


def items_to_verify(officer: Officer) -> Statement:
    item = RectificationItem
    return _item(officer, due=item.office_due_on).where(
        item.state == ItemState.APPLIED,
        # Whoever is in charge of the rectification may not verify it.
        item.officer_in_charge_id.is_distinct_from(officer.id),
    )


def items_to_close(officer: Officer) -> Statement:
    item = RectificationItem
    return _item(officer, due=item.office_due_on).where(
        item.state == ItemState.VERIFIED, item.verified_by_id.is_distinct_from(officer.id)
    )


def items_of_mine(officer: Officer) -> Statement:
    item = RectificationItem
    return _item(officer, due=item.due_on).where(
        item.state == ItemState.OPEN,
        item.officer_in_charge_id == officer.id,
        item.due_on.is_not(None),
    )


def _notice(officer: Officer, *, due: Any = None, since: Any = None) -> Statement:
    return (
        _columns(
            Notice.id,
            sa.func.coalesce(Notice.number, NoticeType.name),
            note=Notice.returned_note,
            due=due,
            since=since,
        )
        .select_from(Notice)
        .join(Institution, Institution.id == Notice.institution_id)
        .join(Division, Division.id == Institution.division_id)
        .join(NoticeType, NoticeType.id == Notice.type_id)
        .where(officer.scope.clause(Notice.division_path))
    )


def notices_to_approve(officer: Officer) -> Statement:
    return _notice(officer, since=Notice.submitted_on).where(
        Notice.state == NoticeState.SUBMITTED, Notice.drafted_by_id != officer.id
    )


def notices_to_serve(officer: Officer) -> Statement:
    """For who drafted it, and for the institution's officer in charge."""
    return _notice(officer, due=Notice.service_due_on).where(
        Notice.state == NoticeState.APPROVED,
        sa.or_(Notice.drafted_by_id == officer.id, Institution.officer_in_charge_id == officer.id),
    )


def notices_to_finish(officer: Officer) -> Statement:
    return _notice(officer, since=Notice.drafted_on).where(
        Notice.state == NoticeState.DRAFT, Notice.drafted_by_id == officer.id
    )


def findings_to_decide(officer: Officer) -> Statement:
    return (
        _columns(Finding.id, Finding.title, since=Finding.found_on)
        .select_from(Finding)
        .join(Institution, Institution.id == Finding.institution_id)
        .join(Division, Division.id == Institution.division_id)
        .where(
            officer.scope.clause(Finding.division_path),
            Finding.state == FindingState.PENDING,
            sa.or_(
                Finding.entered_by_id == officer.id,
                Institution.officer_in_charge_id == officer.id,
            ),
        )
    )


def visits_to_make(officer: Officer) -> Statement:
    mine = sa.select(VisitOfficer.visit_id).where(VisitOfficer.officer_id == officer.id)
    return (
        _columns(Visit.id, Visit.purpose, due=Visit.happened_at)
        .select_from(Visit)
        .join(Institution, Institution.id == Visit.institution_id)
        .join(Division, Division.id == Institution.division_id)
        .where(
            officer.scope.clause(Visit.division_path),
            Visit.state.in_([VisitState.PLANNED, VisitState.UNDER_WAY]),
            sa.or_(Visit.id.in_(mine), Visit.entered_by_id == officer.id),
        )
    )


def _case(officer: Officer) -> Statement:
    return (
        _columns(JointCase.id, JointCase.summary, since=JointCase.raised_on)
        .select_from(JointCase)
        .join(Institution, Institution.id == JointCase.institution_id)
        .join(Division, Division.id == Institution.division_id)
        .where(officer.scope.clause(JointCase.division_path))
    )


def cases_to_decide(officer: Officer) -> Statement:
    return _case(officer).where(JointCase.state == CaseState.RAISED)


def _task(officer: Officer, *, key: Any) -> Statement:
    return (
        _columns(key, JointTask.asked, due=JointTask.due_on)
        .select_from(JointTask)
        .join(JointCase, JointCase.id == JointTask.case_id)
        .join(Institution, Institution.id == JointCase.institution_id)
        .join(Division, Division.id == Institution.division_id)
        .where(officer.scope.clause(JointTask.division_path))
    )


def _department_tasks(officer: Officer, state: TaskState) -> Statement:
    return _task(officer, key=JointTask.id).where(
        JointTask.department_id == officer.department_id, JointTask.state == state
    )


def tasks_to_accept(officer: Officer) -> Statement:
    return _department_tasks(officer, TaskState.ASKED)


def tasks_to_report(officer: Officer) -> Statement:
    return _department_tasks(officer, TaskState.ACCEPTED)


def tasks_returned(officer: Officer) -> Statement:
    return _task(officer, key=JointCase.id).where(
        JointTask.state == TaskState.RETURNED, JointCase.state == CaseState.CONVENED
    )


def _publication(officer: Officer, *, since: Any) -> Statement:
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


def publications_to_approve(officer: Officer) -> Statement:
    return _publication(officer, since=Publication.submitted_on).where(
        Publication.state == PublicationState.SUBMITTED, Publication.prepared_by_id != officer.id
    )


def publications_to_finish(officer: Officer) -> Statement:
    return _publication(officer, since=Publication.as_of).where(
        Publication.state == PublicationState.DRAFT, Publication.prepared_by_id == officer.id
    )


P = Permission
SOURCES = (
    Source(
        "item-verify",
        "ledger.index",
        Text("Re-check"),
        P.VERIFY_ITEM,
        items_to_verify,
        "ledger.show",
        "item_id",
    ),
    Source(
        "item-close",
        "ledger.index",
        Text("Decide on the close-out"),
        P.APPROVE_CLOSE_OUT,
        items_to_close,
        "ledger.show",
        "item_id",
    ),
    Source(
        "item-report",
        "ledger.index",
        Text("Record the report"),
        P.MANAGE_ITEM,
        items_of_mine,
        "ledger.show",
        "item_id",
    ),
    Source(
        "notice-approve",
        "notices.index",
        Text("Review and approve"),
        P.APPROVE_NOTICE,
        notices_to_approve,
        "notices.show",
        "notice_id",
        limit="approve",
    ),
    Source(
        "notice-serve",
        "notices.index",
        Text("Record service"),
        P.SERVE_NOTICE,
        notices_to_serve,
        "notices.show",
        "notice_id",
    ),
    Source(
        "notice-finish",
        "notices.index",
        Text("Finish the draft"),
        P.DRAFT_NOTICE,
        notices_to_finish,
        "notices.show",
        "notice_id",
        limit="decide",
    ),
    Source(
        "finding-decide",
        "inspections.index",
        Text("Put on the ledger"),
        P.REGISTER_ITEM,
        findings_to_decide,
        "ledger.register",
        "finding_id",
        limit="decide",
    ),
    Source(
        "visit-make",
        "inspections.index",
        Text("Inspect"),
        P.LOG_VISIT,
        visits_to_make,
        "inspections.show",
        "visit_id",
    ),
    Source(
        "case-decide",
        "enforcement.index",
        Text("Decide on joint enforcement"),
        P.CONVENE_CASE,
        cases_to_decide,
        "enforcement.show",
        "case_id",
        limit="approve",
    ),
    Source(
        "task-accept",
        "enforcement.my_tasks",
        Text("Accept the task"),
        P.HANDLE_TASK,
        tasks_to_accept,
        "enforcement.task",
        "task_id",
    ),
    Source(
        "task-report",
        "enforcement.my_tasks",
        Text("Report the result"),
        P.HANDLE_TASK,
        tasks_to_report,
        "enforcement.task",
        "task_id",
    ),
    Source(
        "task-returned",
        "enforcement.index",
        Text("Redirect the task"),
        P.CONVENE_CASE,
        tasks_returned,
        "enforcement.show",
        "case_id",
    ),
    Source(
        "publication-approve",
        "publication.index",
        Text("Review the publication"),
        P.APPROVE_PUBLICATION,
        publications_to_approve,
        "publication.show",
        "publication_id",
        limit="approve",
    ),
    Source(
        "publication-finish",
        "publication.index",
        Text("Finish the list"),
        P.PREPARE_PUBLICATION,
        publications_to_finish,
        "publication.show",
        "publication_id",
        limit="decide",
    ),
)


def sources_of(officer: Officer) -> list[Source]:
    return [source for source in SOURCES if officer.may(source.permission)]


def day_of(value: date | datetime | None) -> date | None:
    """The county's day of what a source calls due: a day already, or an instant."""
    return clock.day_of(value) if isinstance(value, datetime) else value
