"""How much each officer has to do already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.campaigns.models import CampaignTarget, CampaignVisit
from training_oversight.campaigns.queries.states import OPEN_VISIT
from training_oversight.inspections.models import Visit, VisitOfficer


@dataclass(frozen=True)
class Loaded:
    """An inspector, the visits that wait for them, and how many of these are of the campaign."""

    officer: Officer
    visits: int
    of_campaign: int

    @property
    def certified(self) -> bool:
        return self.officer.certificate_number is not None


def inspectors(
    session: Session, officer: Officer, campaign_id: int, *, today: date
) -> Sequence[Loaded]:
    """Everybody who may inspect, who has the least first."""
    found = accounts.colleagues(
        session, officer.scope, today=today, permission=Permission.LOG_VISIT
    )
    ours = sa.case((CampaignTarget.campaign_id == campaign_id, 1), else_=0)
    rows = session.execute(
        sa.select(VisitOfficer.officer_id, sa.func.count(), sa.func.sum(ours))
        .join(Visit, Visit.id == VisitOfficer.visit_id)
        .outerjoin(CampaignVisit, CampaignVisit.visit_id == Visit.id)
        .outerjoin(CampaignTarget, CampaignTarget.id == CampaignVisit.target_id)
        .where(VisitOfficer.officer_id.in_([one.id for one in found]), Visit.state.in_(OPEN_VISIT))
        .group_by(VisitOfficer.officer_id)
    ).all()
    every = Counter({key: count for key, count, _ in rows})
    campaign = Counter({key: count or 0 for key, _, count in rows})
    loaded = [Loaded(one, every[one.id], campaign[one.id]) for one in found]
    return sorted(loaded, key=lambda one: (one.visits, one.officer.name, one.officer.id))


def others(
    session: Session, officer: Officer, department_ids: Sequence[int], *, today: date
) -> list[Officer]:
    """Officers of the departments that take part: they come along and help."""
    found = accounts.colleagues(session, officer.scope, today=today)
    return [
        one
        for one in found
        if one.department_id in department_ids and not one.may(Permission.LOG_VISIT)
    ]
