"""To which campaigns an institution or a visit belongs."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from training_oversight.accounts.models import Officer
from training_oversight.campaigns.models import Campaign, CampaignTarget, CampaignVisit
from training_oversight.campaigns.queries.states import TARGET_STATE, TargetState, state_of


def of_institution(
    session: Session, officer: Officer, institution_id: int
) -> Sequence[tuple[CampaignTarget, TargetState]]:
    """As a target of which campaigns it stands, the latest first."""
    rows = session.execute(
        sa.select(CampaignTarget, TARGET_STATE)
        .join(Campaign, Campaign.id == CampaignTarget.campaign_id)
        .where(
            CampaignTarget.institution_id == institution_id,
            officer.scope.clause(Campaign.division_path),
        )
        .options(joinedload(CampaignTarget.campaign))
        .order_by(CampaignTarget.id.desc())
    )
    return [(one, state_of(value)) for one, value in rows]


def of_visit(session: Session, officer: Officer, visit_id: int) -> CampaignVisit | None:
    """The target that the visit was made from."""
    return session.scalars(
        sa.select(CampaignVisit)
        .join(CampaignTarget, CampaignTarget.id == CampaignVisit.target_id)
        .join(Campaign, Campaign.id == CampaignTarget.campaign_id)
        .where(CampaignVisit.visit_id == visit_id, officer.scope.clause(Campaign.division_path))
        .options(
            joinedload(CampaignVisit.target).joinedload(CampaignTarget.campaign),
            joinedload(CampaignVisit.lead),
        )
    ).one_or_none()
