"""Notices and public lists that wait for an officer."""

from __future__ import annotations

import sqlalchemy as sa

from training_oversight.accounts.placeholders import Asking
from training_oversight.catalogue.models import NoticeType
from training_oversight.desk.waiting.columns import Statement, waits
from training_oversight.notices.models import Notice, Service, ServiceMethod
from training_oversight.notices.workflow import NOTICE_WORKFLOW, NoticeVerb
from training_oversight.publication.models import Publication
from training_oversight.publication.workflow import (
    PUBLICATION_WORKFLOW,
    PublicationVerb,
)


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


def _publication(officer: Asking, *, since: sa.SQLColumnExpression[object]) -> Statement:
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
        PUBLICATION_WORKFLOW.turn(PublicationVerb.APPROVE, officer, Publication)
    )


def publications_to_finish(officer: Asking) -> Statement:
    return _publication(officer, since=Publication.as_of).where(
        PUBLICATION_WORKFLOW.turn(PublicationVerb.SUBMIT, officer, Publication)
    )
