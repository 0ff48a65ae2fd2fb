"""Campaigns that wait for an officer."""

from __future__ import annotations

import sqlalchemy as sa

from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.placeholders import TODAY, Asking
from training_oversight.accounts.worklist import Statement, WaitingKind, lines
from training_oversight.campaigns.models import Campaign, CampaignReport
from training_oversight.campaigns.queries import reports
from training_oversight.campaigns.workflow import CAMPAIGN_WORKFLOW, CampaignState, CampaignVerb
from training_oversight.texts import Text

V = CampaignVerb


def _to_move(
    officer: Asking, verb: CampaignVerb, since: sa.SQLColumnExpression[object]
) -> Statement:
    return lines(Campaign.id, Campaign.title, note=Campaign.returned_note, since=since).where(
        officer.scope.clause(Campaign.division_path),
        CAMPAIGN_WORKFLOW.turn(verb, officer, Campaign),
    )


def to_approve(officer: Asking) -> Statement:
    return _to_move(officer, V.APPROVE, Campaign.submitted_on)


def to_submit(officer: Asking) -> Statement:
    return _to_move(officer, V.SUBMIT, Campaign.prepared_on)


def to_start(officer: Asking) -> Statement:
    return _to_move(officer, V.START, Campaign.approved_on)


def reports_to_chase(officer: Asking) -> Statement:
    """Reports whose day has passed, for whoever runs the campaign."""
    return (
        lines(
            CampaignReport.id,
            CampaignReport.reporter,
            note=Campaign.title,
            due=CampaignReport.due_on,
        )
        .select_from(CampaignReport)
        .join(Campaign, Campaign.id == CampaignReport.campaign_id)
        .where(
            officer.scope.clause(CampaignReport.division_path),
            Campaign.prepared_by_id == officer.id,
            Campaign.state.in_([CampaignState.APPROVED, CampaignState.RUNNING]),
            reports.late_on(TODAY),
        )
    )


WAITING = (
    WaitingKind(
        "campaign-approve",
        "campaigns.index",
        V.APPROVE.label,
        Permission.APPROVE_CAMPAIGN,
        to_approve,
        "campaigns.show",
        "campaign_id",
        limit="approve",
    ),
    WaitingKind(
        "campaign-report-late",
        "campaigns.index",
        Text("Remind of the report"),
        Permission.PLAN_CAMPAIGN,
        reports_to_chase,
        "campaigns.report",
        "report_id",
    ),
    WaitingKind(
        "campaign-submit",
        "campaigns.index",
        V.SUBMIT.label,
        Permission.PLAN_CAMPAIGN,
        to_submit,
        "campaigns.show",
        "campaign_id",
        limit="decide",
    ),
    WaitingKind(
        "campaign-start",
        "campaigns.index",
        V.START.label,
        Permission.PLAN_CAMPAIGN,
        to_start,
        "campaigns.show",
        "campaign_id",
        limit="decide",
    ),
)
