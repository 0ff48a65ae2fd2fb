"""What the public form and the tracking page may read: the office's name and townships, the one
place that a link of ours names, and the reporter's own order."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad as Load

from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Authority
from training_oversight.complaints.models import Complaint, ComplaintAnswer
from training_oversight.ledger.models import RectificationItem
from training_oversight.names import naming
from training_oversight.registry.models import Institution
from training_oversight.registry.workflow import InstitutionState


def offices(session: Session) -> Sequence[Authority]:
    """Who takes complaints: every county of this database."""
    return session.scalars(
        sa.select(Authority)
        .where(Authority.id != accounts.system(session).authority_id)
        .options(joinedload(Authority.division), raiseload("*"))
        .order_by(Authority.code)
    ).all()


def place(session: Session, kind: str, key: int) -> Institution | None:
    """The institution, or the one that a problem on the ledger is about."""
    if kind == RectificationItem.__tablename__:
        item = session.get(RectificationItem, key)
        kind, key = Institution.__tablename__, item.institution_id if item else 0
    if kind != Institution.__tablename__:
        return None
    return session.scalars(
        sa.select(Institution)
        .where(Institution.id == key)
        .options(joinedload(Institution.division), raiseload("*"))
    ).one_or_none()


def named(session: Session, authority_id: int, typed: str) -> Institution | None:
    """The only institution of the county that has exactly this name."""
    found = session.scalars(
        sa.select(Institution)
        .where(
            Institution.authority_id == authority_id,
            Institution.match_name == naming.match_name(typed),
            Institution.state != InstitutionState.CLOSED,
            sa.not_(Institution.withdrawn),
        )
        .options(joinedload(Institution.division), raiseload("*"))
        .limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


def to_follow(session: Session, code: str) -> tuple[int, str] | None:
    """The key of the order with this code and the hash of its word; nothing where no word was
    chosen."""
    found = session.execute(
        sa.select(Complaint.id, Complaint.tracking_hash).where(Complaint.tracking_code == code)
    ).one_or_none()
    return None if found is None or found[1] is None else (found[0], found[1])


def followed(session: Session, complaint_id: int) -> Complaint | None:
    """One's own, with the order that it was merged into and their answers."""
    return session.scalars(
        sa.select(Complaint)
        .where(Complaint.id == complaint_id)
        .options(
            _answers(),
            joinedload(Complaint.merged_into).options(_answers(), raiseload("*")),
            raiseload("*"),
        )
    ).one_or_none()


def _answers() -> Load:
    return selectinload(Complaint.answers).options(
        selectinload(ComplaintAnswer.own).raiseload("*"), raiseload("*")
    )


def of_form(session: Session, mark: str) -> Complaint | None:
    """What a public form became."""
    return session.scalars(
        sa.select(Complaint).where(Complaint.form_mark == mark).options(raiseload("*"))
    ).one_or_none()
