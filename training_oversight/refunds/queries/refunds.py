"""Refunds: one, those of a family, lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload, selectinload, undefer

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.errors import BadInput, NotFound
from training_oversight.names import naming
from training_oversight.refunds.families import Family, checked_phone
from training_oversight.refunds.models import Refund, RefundPart
from training_oversight.refunds.workflow import RefundState
from training_oversight.registry import queries as registry
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import Search
from training_oversight.vault import sealing

# So many stand on the page of another record; the list has all.
SHOWN = 20
# TF-2026-0001
NUMBER = re.compile(r"TF-?(\d{4})-0*(\d{1,6})")


def refund_for(session: Session, officer: Officer, refund_id: int) -> Refund:
    refund = session.scalars(
        sa.select(Refund)
        .where(Refund.id == refund_id, officer.scope.clause(Refund.division_path))
        .options(
            joinedload(Refund.institution).joinedload(Institution.division),
            joinedload(Refund.event),
            joinedload(Refund.finding),
            joinedload(Refund.formula),
            joinedload(Refund.complaint),
            joinedload(Refund.handler),
            joinedload(Refund.entered_by),
            selectinload(Refund.parts).joinedload(RefundPart.entered_by),
        )
    ).one_or_none()
    if refund is None:
        raise NotFound
    return refund


def of_family(session: Session, institution_id: int, phone: str, pupil: str) -> Sequence[Refund]:
    """What a family has at an institution and has not withdrawn."""
    same = Refund.pupil_mark.in_(sealing.marks(pupil)) if pupil else Refund.pupil_mark.is_(None)
    return session.scalars(
        sa.select(Refund)
        .where(
            Refund.institution_id == institution_id,
            Refund.phone_mark.in_(sealing.marks(phone)),
            same,
            Refund.state != RefundState.WITHDRAWN,
        )
        .order_by(Refund.id)
        .options(raiseload("*"))
    ).all()


def first_of_family(session: Session, event_id: int, phone: str) -> int | None:
    """Key of the first refund of a family in an event; nothing for its first one."""
    return session.scalar(
        sa.select(sa.func.coalesce(Refund.family_of_id, Refund.id))
        .where(Refund.event_id == event_id, Refund.phone_mark.in_(sealing.marks(phone)))
        .order_by(Refund.id)
        .limit(1)
    )


def listed(officer: Officer) -> sa.Select[Refund]:
    """The refunds that an officer may see, for a list page; with the families for who enters
    them."""
    found = (
        sa.select(Refund)
        .where(officer.scope.clause(Refund.division_path))
        .options(
            joinedload(Refund.institution),
            joinedload(Refund.event),
            joinedload(Refund.handler),
            raiseload("*"),
        )
    )
    if officer.may(Permission.ENTER_REFUND):
        found = found.options(undefer(Refund.parent), undefer(Refund.phone))
    return found


def found(session: Session, officer: Officer, words: str) -> sa.ColumnElement[bool]:
    """The refund of this number or telephone, or those of institutions named so."""
    number = NUMBER.fullmatch(naming.normalised(words))
    if number:
        year, serial = map(int, number.groups())
        return sa.and_(Refund.year == year, Refund.serial == serial)
    named = registry.belonging(session, Search.by(officer, words), Refund.institution_id)
    phone = _phone(words) if officer.may(Permission.ENTER_REFUND) else ""
    if not phone:
        return named
    return sa.or_(Refund.phone_mark.in_(sealing.marks(phone)), named)


def _phone(words: str) -> str:
    try:
        return checked_phone(words)
    except BadInput:
        return ""


def chosen(session: Session, officer: Officer, keys: Sequence[int]) -> Sequence[Refund]:
    """Refunds that were ticked in a list, without the families."""
    return session.scalars(
        sa.select(Refund)
        .where(officer.scope.clause(Refund.division_path), Refund.id.in_(keys))
        .order_by(Refund.id)
        .options(joinedload(Refund.institution).raiseload("*"), raiseload("*"))
    ).all()


def by_state(session: Session, refunds: sa.Select[Refund]) -> dict[RefundState, int]:
    """How many of a selection are in each state, for the tabs."""
    narrowed = refunds.with_only_columns(Refund.state, sa.func.count()).group_by(Refund.state)
    return dict(session.execute(narrowed).all())


def of_institution(session: Session, institution_id: int) -> Sequence[Refund]:
    """Its refunds that belong to no event, newest first."""
    return _latest(session, sa.and_(Refund.institution_id == institution_id, _ALONE))


def of_finding(session: Session, finding_id: int) -> Sequence[Refund]:
    return _latest(session, Refund.finding_id == finding_id)


def of_complaint(session: Session, complaint_id: int) -> Sequence[Refund]:
    return _latest(session, Refund.complaint_id == complaint_id)


_ALONE = Refund.event_id.is_(None)


def _latest(session: Session, subject: sa.ColumnElement[bool]) -> Sequence[Refund]:
    """What hangs on a record that was found in a scope before."""
    return session.scalars(
        sa.select(Refund)
        .where(subject)
        .order_by(Refund.id.desc())
        .limit(SHOWN)
        .options(raiseload("*"))
    ).all()


def all_of_event(session: Session, event_id: int, *, named: bool) -> Sequence[Refund]:
    """For the table that leaves the office; with the families, sealed columns are opened."""
    wanted = (
        sa.select(Refund)
        .where(Refund.event_id == event_id)
        .order_by(Refund.id)
        .options(joinedload(Refund.institution), raiseload("*"))
    )
    if named:
        wanted = wanted.options(undefer(Refund.parent), undefer(Refund.phone))
    return session.scalars(wanted.execution_options(populate_existing=True)).all()


@dataclass
class Families:
    """The refunds of an event by whose they are, without opening what is sealed."""

    by_marks: dict[tuple[str | None, str | None, str], Refund] = field(default_factory=dict)

    def add(self, refund: Refund) -> None:
        self.by_marks[refund.phone_mark, refund.pupil_mark, refund.course] = refund

    def find(self, family: Family, course: str) -> Refund | None:
        pupils = sealing.marks(family.pupil) if family.pupil else [None]
        for phone, pupil in product(sealing.marks(family.phone), pupils):
            if found := self.by_marks.get((phone, pupil, course)):
                return found
        return None


def families_of(session: Session, event_id: int) -> Families:
    found = Families()
    live = sa.select(Refund).where(
        Refund.event_id == event_id, Refund.state != RefundState.WITHDRAWN
    )
    for refund in session.scalars(live.options(raiseload("*"))):
        found.add(refund)
    return found
