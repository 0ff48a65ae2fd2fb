"""Everything that any area knows of one institution, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from training_oversight.accounts.models import Scope
from training_oversight.accounts.permissions import Permission
from training_oversight.audit.models import Event
from training_oversight.enforcement.models import JointCase, JointTask
from training_oversight.files.models import Attachment
from training_oversight.files.queries import evidence
from training_oversight.inspections.models import Finding, Visit
from training_oversight.ledger.models import RectificationItem, Verification
from training_oversight.notices.models import Notice
from training_oversight.notices.queries import fulfilled
from training_oversight.publication.models import Publication, PublicEntry
from training_oversight.publication.workflow import PublicationState
from training_oversight.registry import queries as registry
from training_oversight.registry.models import Conversion, Institution

# More than the longest file has; a paper of hundreds of pages is no paper.
MOST_EVENTS = 500
PUBLIC = (PublicationState.PUBLISHED, PublicationState.SUPERSEDED, PublicationState.WITHDRAWN)


@dataclass(frozen=True)
class InstitutionRecords:
    """The records themselves; what the rights do not open is empty."""

    institution: Institution
    conversions: Sequence[Conversion]
    visits: Sequence[Visit] = ()
    findings: Sequence[Finding] = ()
    items: Sequence[RectificationItem] = ()
    notices: Sequence[Notice] = ()
    # Which of these are fulfilled, by number.
    fulfilled: Collection[int] = ()
    cases: Sequence[JointCase] = ()
    entries: Sequence[PublicEntry] = ()
    attachments: Sequence[Attachment] = ()
    events: Sequence[Event] = field(default=())


def known(
    session: Session, institution_id: int, scope: Scope, rights: Collection[Permission]
) -> InstitutionRecords:
    """Raises ``NotFound`` outside the scope."""
    institution = registry.get(session, institution_id, scope)
    may = rights.__contains__
    notices = _notices(session, institution) if may(Permission.VIEW_NOTICES) else ()
    visits = _visits(session, institution) if may(Permission.VIEW_VISITS) else ()
    findings = _findings(session, institution) if may(Permission.VIEW_VISITS) else ()
    items = _items(session, institution) if may(Permission.VIEW_LEDGER) else ()
    cases = _cases(session, institution) if may(Permission.VIEW_CASES) else ()
    tasks = [task for case in cases for task in case.tasks]
    shown = {
        rows[0].__tablename__: [one.id for one in rows]
        for rows in ([institution], visits, findings, items, notices, tasks)
        if rows
    }
    return InstitutionRecords(
        institution=institution,
        conversions=registry.conversions_of(session, institution),
        visits=visits,
        findings=findings,
        items=items,
        notices=notices,
        fulfilled=fulfilled(session, [one.id for one in notices]),
        cases=cases,
        entries=_entries(session, institution) if may(Permission.VIEW_PUBLICATIONS) else (),
        attachments=evidence(session, shown, scope).files,
        events=registry.history(session, institution, limit=MOST_EVENTS),
    )


def _visits(session: Session, institution: Institution) -> Sequence[Visit]:
    return session.scalars(
        sa.select(Visit)
        .where(Visit.institution_id == institution.id)
        .options(selectinload(Visit.officers))
        .order_by(Visit.happened_at.desc(), Visit.id.desc())
    ).all()


def _findings(session: Session, institution: Institution) -> Sequence[Finding]:
    return session.scalars(
        sa.select(Finding)
        .where(Finding.institution_id == institution.id)
        .order_by(Finding.found_on.desc(), Finding.id.desc())
    ).all()


def _items(session: Session, institution: Institution) -> Sequence[RectificationItem]:
    return session.scalars(
        sa.select(RectificationItem)
        .where(RectificationItem.institution_id == institution.id)
        .options(
            joinedload(RectificationItem.close_reason),
            selectinload(RectificationItem.limits),
            selectinload(RectificationItem.verifications).joinedload(Verification.verified_by),
        )
        .order_by(RectificationItem.found_on.desc(), RectificationItem.id.desc())
    ).all()


def _notices(session: Session, institution: Institution) -> Sequence[Notice]:
    return session.scalars(
        sa.select(Notice)
        .where(Notice.institution_id == institution.id)
        .options(joinedload(Notice.type), selectinload(Notice.services))
        .order_by(Notice.drafted_on.desc(), Notice.id.desc())
    ).all()


def _cases(session: Session, institution: Institution) -> Sequence[JointCase]:
    return session.scalars(
        sa.select(JointCase)
        .where(JointCase.institution_id == institution.id)
        .options(selectinload(JointCase.tasks).joinedload(JointTask.department))
        .order_by(JointCase.raised_on.desc(), JointCase.id.desc())
    ).all()


def _entries(session: Session, institution: Institution) -> Sequence[PublicEntry]:
    """In which lists it was made public, itself or one of its problems."""
    items = sa.select(RectificationItem.id).where(
        RectificationItem.institution_id == institution.id
    )
    return session.scalars(
        sa.select(PublicEntry)
        .join(Publication, Publication.id == PublicEntry.publication_id)
        .where(
            sa.or_(
                _is_about(RectificationItem.__tablename__, items),
                _is_about(Institution.__tablename__, [institution.id]),
            ),
            PublicEntry.included,
            Publication.state.in_(PUBLIC),
        )
        .options(joinedload(PublicEntry.publication))
        .order_by(Publication.published_on.desc(), PublicEntry.id.desc())
    ).all()


def _is_about(kind: str, keys: sa.Select[int] | list[int]) -> sa.ColumnElement[bool]:
    return sa.and_(PublicEntry.subject_kind == kind, PublicEntry.subject_id.in_(keys))
