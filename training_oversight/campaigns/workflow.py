"""The states of a campaign, and of a report that somebody owes for it.

How far a target is, is no state: it is told by its visits (``queries.states``).
"""

from __future__ import annotations

from training_oversight.accounts.permissions import Permission
from training_oversight.texts import LabelledEnum, Text
from training_oversight.workflow import Move, Stands, Workflow, states


class CampaignState(LabelledEnum):
    DRAFT = "draft", Text("Campaign being planned")
    SUBMITTED = "submitted", Text("Plan waiting for approval")
    APPROVED = "approved", Text("Plan approved, not begun")
    RUNNING = "running", Text("Campaign running")
    CLOSED = "closed", Text("Campaign closed")
    DISCARDED = "discarded", Text("Campaign not carried out")


class CampaignVerb(LabelledEnum):
    SUBMIT = "campaign.submit", Text("Submit the plan for approval")
    RETURN = "campaign.return", Text("Return the plan")
    APPROVE = "campaign.approve", Text("Approve the plan")
    REVISE = "campaign.revise", Text("Change the approved plan")
    START = "campaign.start", Text("Begin the campaign")
    CLOSE = "campaign.close", Text("Close the campaign")
    REOPEN = "campaign.reopen", Text("Reopen the campaign")
    DISCARD = "campaign.discard", Text("Do not carry the campaign out")


class ReportState(LabelledEnum):
    OWED = "owed", Text("Not reported yet")
    REPORTED = "reported", Text("Report came in")
    # Nothing was found, and somebody said so (零报告): an act, and no silence.
    ZERO = "zero", Text("Zero report")
    RETURNED = "returned", Text("Report returned")
    WAIVED = "waived", Text("No longer owed")


class ReportVerb(LabelledEnum):
    REPORT = "campaign_report.report", Text("Take the report in")
    ZERO = "campaign_report.zero", Text("Record a zero report")
    RETURN = "campaign_report.return", Text("Return the report")
    WAIVE = "campaign_report.waive", Text("Do not ask for the report any more")


S, V, P = CampaignState, CampaignVerb, Permission
R, W = ReportState, ReportVerb
PREPARED_BY_SELF = Text("You prepared this plan; somebody else must approve it.")
WORKED_ON_IT = Text("You worked on this plan yourself; somebody else must approve it.")
# By these somebody takes part in the plan (the first two are declared in service).
PLANNING = frozenset({"campaign.prepared", "campaign.changed", V.SUBMIT.value, V.REVISE.value})
# The plan may still be changed.
OPEN_PLAN = (S.DRAFT,)
# Whoever prepared the campaign carries it on.
PREPARER = Stands("prepared_by_id")

CAMPAIGN_WORKFLOW = Workflow(
    moves=(
        Move(V.SUBMIT, states(S.DRAFT), S.SUBMITTED, P.PLAN_CAMPAIGN, turn=(PREPARER,)),
        Move(V.RETURN, states(S.SUBMITTED), S.DRAFT, P.APPROVE_CAMPAIGN),
        Move(
            V.APPROVE,
            states(S.SUBMITTED),
            S.APPROVED,
            P.APPROVE_CAMPAIGN,
            not_by=(("prepared_by_id", PREPARED_BY_SELF),),
            not_after=((PLANNING, WORKED_ON_IT),),
        ),
        Move(V.REVISE, states(S.APPROVED), S.DRAFT, P.PLAN_CAMPAIGN),
        Move(V.START, states(S.APPROVED), S.RUNNING, P.PLAN_CAMPAIGN, turn=(PREPARER,)),
        Move(V.CLOSE, states(S.RUNNING), S.CLOSED, P.PLAN_CAMPAIGN),
        Move(V.REOPEN, states(S.CLOSED), S.RUNNING, P.APPROVE_CAMPAIGN),
        Move(V.DISCARD, states(S.DRAFT), S.DISCARDED, P.PLAN_CAMPAIGN, grave=True),
    ),
    states=CampaignState,
    initial=S.DRAFT,
    ends=frozenset({S.DISCARDED}),
)

REPORT_WORKFLOW = Workflow(
    moves=(
        Move(W.REPORT, states(R.OWED, R.RETURNED), R.REPORTED, P.PLAN_CAMPAIGN),
        Move(W.ZERO, states(R.OWED, R.RETURNED), R.ZERO, P.PLAN_CAMPAIGN),
        Move(W.RETURN, states(R.REPORTED, R.ZERO), R.RETURNED, P.PLAN_CAMPAIGN),
        Move(W.WAIVE, states(R.OWED, R.RETURNED), R.WAIVED, P.PLAN_CAMPAIGN, grave=True),
    ),
    states=ReportState,
    initial=R.OWED,
    ends=frozenset({R.WAIVED}),
)
