"""Reading notices, in the officer's scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload, selectinload
from sqlalchemy.orm.interfaces import ORMOption
from sqlalchemy.orm.strategy_options import _AbstractLoad

from training_oversight import clock
from training_oversight.accounts.models import Officer, Scope
from training_oversight.audit import Event
from training_oversight.catalogue import queries as catalogue
from training_oversight.errors import NotFound
from training_oversight.inspections.models import Finding, Visit
from training_oversight.law import WorkingCalendar
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.workflow import ItemState
from training_oversight.notices.methods import ANNOUNCED_FOR
from training_oversight.notices.models import Notice, NoticeItem, Service, ServiceMethod
from training_oversight.notices.workflow import NOTICE_WORKFLOW, STEPS, NoticeState, NoticeVerb
from training_oversight.registry.models import Institution

# Drafted and not served yet: an item is on one such paper at a time.
PENDING = (NoticeState.DRAFT, NoticeState.SUBMITTED, NoticeState.APPROVED)


def get(session: Session, officer: Officer, notice_id: int) -> Notice:
    """One notice with everything its pages show. Raises ``NotFound`` for a foreign one too."""
    notice = session.scalars(
        sa.select(Notice)
        .where(Notice.id == notice_id, officer.scope.clause(Notice.division_path))
        .options(*_whole())
    ).one_or_none()
    if notice is None:
        raise NotFound
    return notice


def _whole() -> tuple[ORMOption, ...]:
    items = selectinload(Notice.entries).joinedload(NoticeItem.item)
    finding = items.joinedload(RectificationItem.finding)
    return (
        joinedload(Notice.authority),
        joinedload(Notice.institution).selectinload(Institution.venues),
        joinedload(Notice.type),
        joinedload(Notice.drafted_by),
        joinedload(Notice.approved_by),
        selectinload(Notice.services).joinedload(Service.entered_by),
        finding.joinedload(Finding.visit).selectinload(Visit.officer_rows),
        items.joinedload(RectificationItem.violation_type),
    )


def _row() -> tuple[ORMOption, ...]:
    return (
        joinedload(Notice.institution),
        joinedload(Notice.type),
        _drafter(joinedload(Notice.drafted_by)),
        selectinload(Notice.services),
        raiseload("*"),
    )


def _drafter(path: _AbstractLoad) -> _AbstractLoad:
    """Who drafted it may be who is asking: their roles must stay within reach."""
    return path.lazyload(Officer.role_rows)


def listed(scope: Scope) -> sa.Select[Notice]:
    """Notices for a list page, with what a row shows."""
    return sa.select(Notice).where(scope.clause(Notice.division_path)).options(*_row())


def open_items(session: Session, institution: Institution) -> Sequence[RectificationItem]:
    """What a notice to this institution may be about, oldest first."""
    return session.scalars(
        sa.select(RectificationItem)
        .where(
            RectificationItem.institution_id == institution.id,
            RectificationItem.state == ItemState.OPEN,
        )
        .options(
            joinedload(RectificationItem.finding), joinedload(RectificationItem.violation_type)
        )
        .order_by(RectificationItem.found_on, RectificationItem.id)
    ).all()


def pending_on(session: Session, item_ids: Sequence[int]) -> dict[int, Notice]:
    """Item -> the paper that is on its way for it."""
    rows = session.execute(
        sa.select(NoticeItem.item_id, Notice)
        .join(Notice, Notice.id == NoticeItem.notice_id)
        .where(NoticeItem.item_id.in_(item_ids), Notice.state.in_(PENDING))
        .options(joinedload(Notice.drafted_by), joinedload(Notice.institution))
    )
    return {row[0]: row[1] for row in rows}


def without_notice(
    session: Session, officer: Officer, *, limit: int = 100
) -> Sequence[tuple[Institution, int]]:
    """Institutions with open items that no paper and no deadline covers yet, and how many."""
    covered = (
        sa.select(NoticeItem.item_id)
        .join(Notice)
        .where(NoticeItem.item_id == RectificationItem.id, Notice.state.in_(PENDING))
        .exists()
    )
    counted = (
        sa.select(
            RectificationItem.institution_id,
            sa.func.count(RectificationItem.id).label("open_items"),
        )
        .where(
            officer.scope.clause(RectificationItem.division_path),
            RectificationItem.state == ItemState.OPEN,
            RectificationItem.without_deadline(),
            ~covered,
        )
        .group_by(RectificationItem.institution_id)
        .subquery()
    )
    rows = session.execute(
        sa.select(Institution, counted.c.open_items)
        .join(counted, counted.c.institution_id == Institution.id)
        .order_by(counted.c.open_items.desc(), Institution.sort_key, Institution.id)
        .limit(limit)
        .options(raiseload("*"))
    )
    return [(institution, items) for institution, items in rows]


def of_institution(session: Session, institution_id: int, scope: Scope) -> Sequence[Notice]:
    """The papers of an institution, newest first."""
    return session.scalars(
        listed(scope)
        .where(Notice.institution_id == institution_id)
        .order_by(Notice.id.desc())
        .limit(50)
    ).all()


def count_of_institution(session: Session, institution_id: int, scope: Scope) -> int:
    counted = sa.select(sa.func.count()).select_from(Notice)
    mine = (Notice.institution_id == institution_id, scope.clause(Notice.division_path))
    return session.scalar(counted.where(*mine)) or 0


def of_item(session: Session, item_id: int, scope: Scope) -> Sequence[Notice]:
    """The papers about one item, newest first."""
    return session.scalars(
        listed(scope)
        .where(Notice.id.in_(sa.select(NoticeItem.notice_id).where(NoticeItem.item_id == item_id)))
        .order_by(Notice.id.desc())
    ).all()


def fulfilled(session: Session, notice_ids: Sequence[int]) -> set[int]:
    """Which of these served notices are fulfilled: the rule of ``Notice.is_fulfilled``."""
    counted = RectificationItem.state != ItemState.VOID
    unfinished = sa.and_(counted, RectificationItem.state != ItemState.CLOSED)
    rows = session.execute(
        sa.select(
            NoticeItem.notice_id,
            sa.func.sum(sa.case((counted, 1), else_=0)),
            sa.func.sum(sa.case((unfinished, 1), else_=0)),
        )
        .join(RectificationItem, RectificationItem.id == NoticeItem.item_id)
        .join(Notice, Notice.id == NoticeItem.notice_id)
        .where(NoticeItem.notice_id.in_(notice_ids), Notice.state == NoticeState.SERVED)
        .group_by(NoticeItem.notice_id)
    )
    return {notice_id for notice_id, there, left in rows if there and not left}


def waiting_for(officer: Officer) -> sa.ColumnElement[bool]:
    """Notices that wait for this officer: to be finished, approved or served."""
    return sa.or_(*(NOTICE_WORKFLOW.waiting(verb, officer, Notice) for verb in STEPS))


def approved_at(session: Session, notice: Notice) -> datetime | None:
    """The instant of its signing, where that was not recorded on a later day."""
    signed = (Event.subject_kind == Notice.__tablename__, Event.subject_id == notice.id)
    newest = sa.select(Event.at).where(*signed, Event.verb == NoticeVerb.APPROVE.value)
    at = session.scalars(newest.order_by(Event.id.desc()).limit(1)).first()
    return at if at is not None and clock.day_of(at) == notice.approved_on else None


def announced_until(announcement: Service, calendar: WorkingCalendar) -> date:
    """The day on which an announcement counts as service."""
    return ANNOUNCED_FOR.last_day(clock.day_of(announcement.attempted_at), calendar)


def announcements(session: Session, notices: Sequence[Notice]) -> Mapping[int, date]:
    """Of approved ones that are being announced: when that is service. One query, if any."""
    running = {
        one: found
        for one in notices
        if one.state is NoticeState.APPROVED and (found := pending_announcement(one))
    }
    calendars = {
        key: catalogue.working_calendar(session, authority_id=key)
        for key in {one.authority_id for one in running}
    }
    return {
        one.id: announced_until(found, calendars[one.authority_id])
        for one, found in running.items()
    }


def pending_announcement(notice: Notice) -> Service | None:
    """The announcement that is running, if any."""
    return next(
        (
            one
            for one in reversed(notice.services)
            if one.method is ServiceMethod.ANNOUNCEMENT and not one.succeeded and not one.failure
        ),
        None,
    )
