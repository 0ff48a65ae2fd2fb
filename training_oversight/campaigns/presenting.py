"""How campaigns, their targets and reports look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from training_oversight.audit import Event, timeline
from training_oversight.audit.recent_changes import Reading, by
from training_oversight.campaigns.models import Campaign, CampaignReport, CampaignTarget
from training_oversight.campaigns.queries import reports
from training_oversight.campaigns.queries.coverage import Part
from training_oversight.campaigns.queries.states import TargetState
from training_oversight.campaigns.workflow import CampaignState, ReportState
from training_oversight.inspections.models import VisitKind
from training_oversight.texts import Counted, Text
from training_oversight.web.components import Shape, Split, SplitPart, Status, TimelineEntry, Tone

S, T, R = CampaignState, TargetState, ReportState
SHAPES = {
    S.DRAFT: (Shape.NOT_BEGUN, Tone.INK),
    S.SUBMITTED: (Shape.WAITING, Tone.BLUE),
    S.APPROVED: (Shape.WAITING, Tone.BLUE),
    S.RUNNING: (Shape.UNDER_WAY, Tone.INK),
    S.CLOSED: (Shape.DONE, Tone.GREEN),
    S.DISCARDED: (Shape.ENDED, Tone.GREY),
}
TARGET_SHAPES = {
    T.LEFT: (Shape.NOT_BEGUN, Tone.INK),
    T.PLANNED: (Shape.UNDER_WAY, Tone.INK),
    T.NOT_POSSIBLE: (Shape.SOON, Tone.AMBER),
    T.VISITED: (Shape.DONE, Tone.GREEN),
    T.EXEMPT: (Shape.ENDED, Tone.GREY),
}
REPORT_SHAPES = {
    R.OWED: (Shape.NOT_BEGUN, Tone.INK),
    R.REPORTED: (Shape.DONE, Tone.GREEN),
    R.ZERO: (Shape.DONE, Tone.GREEN),
    R.RETURNED: (Shape.RETURNED, Tone.AMBER),
    R.WAIVED: (Shape.ENDED, Tone.GREY),
}
PATH = (S.DRAFT, S.SUBMITTED, S.APPROVED, S.RUNNING, S.CLOSED)
# In the order of the columns: what is settled, then what is still owed.
PARTS = (T.VISITED, T.PLANNED, T.NOT_POSSIBLE, T.EXEMPT, T.LEFT)


def campaign_status(campaign: Campaign) -> Status:
    shape, tone = SHAPES[campaign.state]
    return Status(shape, campaign.state.label, tone)


def time_left(campaign: Campaign, today: date) -> Status | None:
    """How long the campaign still runs, in days; nothing where that does not matter."""
    if campaign.state is not S.RUNNING:
        return None
    days = (campaign.ends_on - today).days
    if days < 0:
        return Status(
            Shape.OVERDUE,
            Counted("%(days)s day beyond its end", "%(days)s days beyond its end", days=-days),
            Tone.RED,
        )
    if days == 0:
        return Status(Shape.SOON, Text("Ends today"), Tone.AMBER)
    words = Counted("%(days)s day until its end", "%(days)s days until its end", days=days)
    return Status(None, words)


def target_status(state: TargetState) -> Status:
    shape, tone = TARGET_SHAPES[state]
    return Status(shape, state.label, tone)


def report_status(report: CampaignReport, today: date) -> Status:
    if reports.is_late(report, today):
        days = (today - report.due_on).days
        words = Counted("Report %(days)s day late", "Report %(days)s days late", days=days)
        return Status(Shape.OVERDUE, words, Tone.RED)
    shape, tone = REPORT_SHAPES[report.state]
    return Status(shape, report.state.label, tone)


def standing(target: CampaignTarget) -> Text | None:
    """Why it stands where it stands, if somebody said."""
    if target.taken_out_on is not None:
        return Text("Taken out: %(why)s", why=target.taken_out_because)
    if target.exempt_on is not None:
        return Text("Exempt: %(why)s", why=target.exempt_because)
    if target.open_because:
        return Text("Not visited: %(why)s", why=target.open_because)
    if target.came_in_because:
        return Text("Added: %(why)s", why=target.came_in_because)
    return None


def split_of(whole: Part, urls: dict[TargetState, str]) -> Split:
    parts = [SplitPart(one.label, whole.of(one), urls[one]) for one in PARTS if one is not T.LEFT]
    return Split(
        Text("Targets in all"), whole.targets, parts, T.LEFT.label, missing_url=urls[T.LEFT]
    )


LABELS = {
    "title": Text("Title of the campaign"),
    "superior": Text("Superior who asks for it"),
    "document_title": Text("Document that asks for it"),
    "document_number": Text("Number of the document"),
    "begins_on": Text("Begins on"),
    "ends_on": Text("Ends on"),
    "plan": Text("Plan of the campaign"),
    "kind": Text("Kind of visit"),
    "scope_words": Text("Scope"),
    "conclusion": Text("Result of the campaign"),
    "exempt_because": Text("Reason of the exemption"),
    "open_because": Text("Why it was not visited"),
    "reported_on": Text("Reported on"),
    "reported_by_name": Text("Reported by"),
    "content": Text("What was reported"),
    "returned_note": Text("What is to be changed"),
}
VALUES = {"kind": VisitKind}
READING = Reading(("campaign", "campaign_target", "campaign_report"), by(LABELS, VALUES))


def history_of(events: Sequence[Event]) -> list[TimelineEntry]:
    return timeline.entries(
        events,
        LABELS,
        VALUES,
        {"campaign_target.handed_over": _handed, "campaign.reports_taken_out": _taken_out},
    )


def _handed(event: Event) -> Text:
    return Text("To %(name)s", name=event.facts["to"])


def _taken_out(event: Event) -> Text:
    rows = event.facts["rows"]
    return Counted("%(count)s row of reports", "%(count)s rows of reports", count=rows)
