"""To which campaigns an institution or a visit belongs."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from training_oversight.accounts.models import Officer
from training_oversight.campaigns.models import Campaign, CampaignTarget, CampaignVisit
from training_oversight.campaigns.queries.states import (
    OWED,
    STANDS,
    TARGET_STATE,
    TargetState,
    is_in,
    state_of,
)
from training_oversight.campaigns.workflow import CampaignState


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


def answered_for(
    session: Session, officer: Officer, by: Officer
) -> Sequence[tuple[Campaign, Sequence[int]]]:
    """Targets that an officer answers for and that still owe a visit, by running campaign."""
    rows = session.execute(
        sa.select(Campaign, CampaignTarget.id)
        .join(CampaignTarget, CampaignTarget.campaign_id == Campaign.id)
        .where(
            Campaign.state == CampaignState.RUNNING,
            by.scope.clause(Campaign.division_path),
            CampaignTarget.officer_id == officer.id,
            STANDS,
            is_in(*OWED),
        )
        .order_by(Campaign.id, CampaignTarget.id)
    ).all()
    by_campaign: dict[Campaign, list[int]] = {}
    for campaign, key in rows:
        by_campaign.setdefault(campaign, []).append(key)
    return list(by_campaign.items())


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
