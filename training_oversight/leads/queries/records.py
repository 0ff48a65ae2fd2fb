"""One lead, and those of an institution or a visit."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.errors import NotFound
from training_oversight.leads.models import Lead
from training_oversight.leads.workflow import OWES
from training_oversight.registry.models import Institution


def readable(officer: Officer) -> sa.ColumnElement[bool]:
    """Who reads visits reads every lead of the scope; others what their department entered, or
    was handed."""
    scope = officer.scope.clause(Lead.division_path)
    if officer.may(Permission.VIEW_VISITS):
        return scope
    own = sa.or_(
        Lead.department_id == officer.department_id, Lead.handed_to_id == officer.department_id
    )
    return sa.and_(scope, own)


def lead_for(session: Session, officer: Officer, lead_id: int) -> Lead:
    """With all that its page shows. Raises ``NotFound``, for a foreign one too."""
    found = session.scalars(
        sa.select(Lead)
        .where(Lead.id == lead_id, readable(officer))
        .options(
            joinedload(Lead.division),
            joinedload(Lead.institution).joinedload(Institution.officer_in_charge),
            joinedload(Lead.institution).selectinload(Institution.licences),
            joinedload(Lead.visit),
            joinedload(Lead.department),
            joinedload(Lead.handed_to),
            joinedload(Lead.entered_by),
            joinedload(Lead.decided_by),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def of_institution(session: Session, officer: Officer, institution_id: int) -> Sequence[Lead]:
    """The newest first."""
    return _plain(session, officer, Lead.institution_id == institution_id)


def of_visit(session: Session, officer: Officer, visit_id: int) -> Sequence[Lead]:
    """What a visit follows."""
    return _plain(session, officer, Lead.visit_id == visit_id)


def _plain(session: Session, officer: Officer, clause: sa.ColumnElement[bool]) -> Sequence[Lead]:
    return session.scalars(
        sa.select(Lead)
        .where(clause, readable(officer))
        .order_by(Lead.id.desc())
        .options(raiseload("*"))
    ).all()


def owing(lead: Lead) -> Officer | None:
    """The officer who owes the decision, where it is one; else all who may in the township."""
    named = OWES.who(lead)
    return lead.institution.officer_in_charge if named and lead.institution else None
