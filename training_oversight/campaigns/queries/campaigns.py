"""One campaign, and lists of them, within the officer's scope."""

from __future__ import annotations

import re
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload, selectinload

from training_oversight.accounts.models import Department, Officer
from training_oversight.campaigns.models import Campaign, CampaignDepartment
from training_oversight.campaigns.workflow import CampaignState
from training_oversight.errors import BadInput, NotFound
from training_oversight.texts import Text

# ZX-2026-01
NUMBER = re.compile(r"(?:ZX-?)?(\d{4})-0*(\d{1,6})", re.IGNORECASE | re.ASCII)
SHOWN = (joinedload(Campaign.prepared_by), joinedload(Campaign.approved_by))


def campaign(session: Session, officer: Officer, campaign_id: int) -> Campaign:
    """One with what its page shows. Raises ``NotFound``, for a foreign one too."""
    found = session.scalars(
        sa.select(Campaign)
        .where(Campaign.id == campaign_id, officer.scope.clause(Campaign.division_path))
        .options(
            *SHOWN,
            joinedload(Campaign.checklist),
            joinedload(Campaign.based_on),
            selectinload(Campaign.departments),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def named(session: Session, officer: Officer, number: str) -> Campaign:
    """The campaign of that number; ``BadInput`` for what is none, or of none."""
    typed = NUMBER.fullmatch(number.strip())
    found = None
    if typed is not None:
        found = session.scalars(
            sa.select(Campaign)
            .where(
                Campaign.year == int(typed[1]),
                Campaign.serial == int(typed[2]),
                officer.scope.clause(Campaign.division_path),
            )
            # In the county of who asks first: another may have the same number.
            .order_by(sa.case((Campaign.authority_id == officer.authority_id, 0), else_=1))
            .limit(1)
        ).first()
    if found is None:
        raise BadInput(Text("There is no campaign “%(number)s”.", number=number))
    return found


def listed(officer: Officer) -> sa.Select[Campaign]:
    return (
        sa.select(Campaign)
        .where(officer.scope.clause(Campaign.division_path))
        .options(*SHOWN, raiseload("*"))
    )


def by_state(session: Session, officer: Officer) -> dict[CampaignState, int]:
    rows = session.execute(
        sa.select(Campaign.state, sa.func.count())
        .where(officer.scope.clause(Campaign.division_path))
        .group_by(Campaign.state)
    )
    found: dict[CampaignState, int] = {row[0]: row[1] for row in rows}
    return {state: found.get(state, 0) for state in CampaignState}


def departments_of(session: Session, campaign_id: int) -> Sequence[Department]:
    """Who takes part, as it stands in the database now."""
    return session.scalars(
        sa.select(Department)
        .join(CampaignDepartment, CampaignDepartment.department_id == Department.id)
        .where(CampaignDepartment.campaign_id == campaign_id)
        .order_by(Department.id)
    ).all()
