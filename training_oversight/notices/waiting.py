"""Notices that wait for an officer."""

from __future__ import annotations

import sqlalchemy as sa

from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.placeholders import Asking
from training_oversight.accounts.worklist import Statement, WaitingKind
from training_oversight.catalogue.models import NoticeType
from training_oversight.notices.methods import ANNOUNCED_FOR
from training_oversight.notices.models import Notice, Service, ServiceMethod
from training_oversight.notices.workflow import NOTICE_WORKFLOW, NoticeVerb
from training_oversight.registry.waiting_lines import waits
from training_oversight.texts import Text


def _notice(
    officer: Asking,
    *,
    due: sa.SQLColumnExpression[object] | None = None,
    since: sa.SQLColumnExpression[object] | None = None,
) -> Statement:
    return waits(
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
        NOTICE_WORKFLOW.turn(NoticeVerb.APPROVE, officer, Notice)
    )


def notices_to_serve(officer: Asking) -> Statement:
    """For who drafted it, and for the institution's officer in charge."""
    return _notice(officer, due=Notice.service_due_on).where(
        NOTICE_WORKFLOW.turn(NoticeVerb.SERVE, officer, Notice), ~_announced()
    )


def notices_announced(officer: Asking) -> Statement:
    """Being announced: when the time has passed, somebody says so."""
    began = (
        sa.select(sa.func.max(Service.attempted_at))
        .where(Service.notice_id == Notice.id, *_RUNNING)
        .scalar_subquery()
    )
    return _notice(officer, since=began).where(
        NOTICE_WORKFLOW.turn(NoticeVerb.SERVE, officer, Notice), _announced()
    )


_RUNNING = (
    Service.method == ServiceMethod.ANNOUNCEMENT,
    Service.succeeded.is_(False),
    Service.failure == "",
)


def _announced() -> sa.ColumnElement[bool]:
    return sa.exists().where(Service.notice_id == Notice.id, *_RUNNING)


def notices_to_finish(officer: Asking) -> Statement:
    return _notice(officer, since=Notice.drafted_on).where(
        NOTICE_WORKFLOW.turn(NoticeVerb.SUBMIT, officer, Notice)
    )


WAITING = (
    WaitingKind(
        "notice-approve",
        "notices.index",
        Text("Review and approve"),
        Permission.APPROVE_NOTICE,
        notices_to_approve,
        "notices.approve",
        "notice_id",
        limit="approve",
    ),
    WaitingKind(
        "notice-serve",
        "notices.index",
        Text("Record service"),
        Permission.SERVE_NOTICE,
        notices_to_serve,
        "notices.serve",
        "notice_id",
    ),
    WaitingKind(
        "notice-announced",
        "notices.index",
        Text("Complete the announcement"),
        Permission.SERVE_NOTICE,
        notices_announced,
        "notices.complete_announcement",
        "notice_id",
        period=ANNOUNCED_FOR,
    ),
    WaitingKind(
        "notice-finish",
        "notices.index",
        Text("Finish the draft"),
        Permission.DRAFT_NOTICE,
        notices_to_finish,
        "notices.edit",
        "notice_id",
        limit="decide",
    ),
)
