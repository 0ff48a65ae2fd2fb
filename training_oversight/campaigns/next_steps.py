"""What comes next for a campaign and for a report, and which moves are open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.campaigns.models import Campaign, CampaignReport
from training_oversight.campaigns.workflow import CampaignState, CampaignVerb, ReportVerb
from training_oversight.texts import LabelledEnum, Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import Locked, MoveButton, MoveStyle, NextStep
from training_oversight.workflow import Move

V, S = CampaignVerb, CampaignState
PAGES: Mapping[LabelledEnum, str] = {
    V.SUBMIT: "campaigns.submit",
    V.RETURN: "campaigns.return_",
    V.APPROVE: "campaigns.approve",
    V.REVISE: "campaigns.revise",
    V.START: "campaigns.start",
    V.CLOSE: "campaigns.close",
    V.REOPEN: "campaigns.reopen",
    V.DISCARD: "campaigns.discard",
}
REPORT_PAGES: Mapping[LabelledEnum, str] = {
    ReportVerb.REPORT: "campaigns.take_report",
    ReportVerb.ZERO: "campaigns.take_zero",
    ReportVerb.RETURN: "campaigns.return_report",
    ReportVerb.WAIVE: "campaigns.waive_report",
}
# What a campaign waits for in each state.
WAITS_FOR: Mapping[CampaignState, CampaignVerb] = {
    S.DRAFT: V.SUBMIT,
    S.SUBMITTED: V.APPROVE,
    S.APPROVED: V.START,
    S.RUNNING: V.CLOSE,
}
APPROVERS = Text("waits for the approval of another person")
PLAN = Text("Plan visits")


def box_of(
    campaign: Campaign, officer: Officer, *, owed: int = 0, to_plan: int = 0,
    unsettled: Text | None = None,
) -> NextStep | None:  # fmt: skip
    """The box of the page: what, whose turn, the moves, and what is locked."""
    verb = WAITS_FOR.get(campaign.state)
    offer = campaign.workflow.offer(officer, campaign)
    can_plan = campaign.state is S.RUNNING and officer.may(Permission.PLAN_CAMPAIGN)
    shut = campaign.state is S.RUNNING and unsettled is not None
    moves = [
        _button(move, PAGES, main=move.verb == verb, campaign_id=campaign.id)
        for move in offer.open
        if not (shut and move.verb == V.CLOSE)
    ]
    locked = [Locked(one.move.label, one.reasons[0]) for one in offer.locked]
    if shut and unsettled is not None and can_plan:
        locked.append(Locked(V.CLOSE.label, unsettled))
    if can_plan and to_plan:
        url = asking("campaigns.plan_visits", {"campaign_id": campaign.id})
        moves.insert(0, MoveButton(PLAN, url, MoveStyle.MAIN))
    moves.sort(key=lambda each: each.style is not MoveStyle.MAIN)
    if verb is None:
        return NextStep(V.REOPEN.label, "", moves, locked) if moves else None
    return NextStep(_title(campaign, verb, owed), _whose(campaign, officer), moves, locked)


def _title(campaign: Campaign, verb: CampaignVerb, owed: int) -> Text:
    if campaign.state is S.RUNNING and owed:
        return Text("Visit the targets: %(count)s still owed", count=owed)
    return verb.label


def _whose(campaign: Campaign, officer: Officer) -> Text:
    if campaign.state is S.SUBMITTED:
        return APPROVERS
    if campaign.prepared_by_id == officer.id:
        return Text("waits for you")
    return Text("waits for %(who)s", who=campaign.prepared_by.name)


def report_moves(report: CampaignReport, officer: Officer) -> Sequence[MoveButton]:
    offer = report.workflow.offer(officer, report)
    return [_button(move, REPORT_PAGES, main=False, report_id=report.id) for move in offer.open]


def _button(move: Move, pages: Mapping[LabelledEnum, str], *, main: bool, **key: int) -> MoveButton:
    style = MoveStyle.MAIN if main else MoveStyle.TEXT if move.grave else MoveStyle.OTHER
    return MoveButton(move.label, asking(pages[move.verb], key), style)
