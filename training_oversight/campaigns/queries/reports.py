"""Who owes a report for a campaign, and what has come in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from training_oversight.accounts.models import Officer
from training_oversight.campaigns.models import CampaignReport
from training_oversight.campaigns.workflow import ReportState
from training_oversight.errors import NotFound

# Somebody still waits for it.
AWAITED = (ReportState.OWED, ReportState.RETURNED)


def report(session: Session, officer: Officer, report_id: int) -> CampaignReport:
    """One with its campaign. Raises ``NotFound``, for a foreign one too."""
    found = session.scalars(
        sa.select(CampaignReport)
        .where(
            CampaignReport.id == report_id,
            officer.scope.clause(CampaignReport.division_path),
        )
        .options(joinedload(CampaignReport.campaign))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def of_campaign(session: Session, campaign_id: int) -> Sequence[CampaignReport]:
    """All of them, the day that comes first at the top."""
    return session.scalars(
        sa.select(CampaignReport)
        .where(CampaignReport.campaign_id == campaign_id)
        .order_by(CampaignReport.due_on, CampaignReport.id)
    ).all()


def known(session: Session, campaign_id: int, due_on: date) -> set[tuple[str, str]]:
    """Who is asked for that day already."""
    rows = session.execute(
        sa.select(CampaignReport.reporter_kind, CampaignReport.reporter).where(
            CampaignReport.campaign_id == campaign_id, CampaignReport.due_on == due_on
        )
    )
    return {(kind.value, reporter) for kind, reporter in rows}


def is_awaited(report: CampaignReport) -> bool:
    return report.state in AWAITED


def is_late(report: CampaignReport, today: date) -> bool:
    return is_awaited(report) and report.due_on < today


def late_on(today: date | sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
    """The same for a query."""
    return sa.and_(CampaignReport.state.in_(AWAITED), CampaignReport.due_on < today)
