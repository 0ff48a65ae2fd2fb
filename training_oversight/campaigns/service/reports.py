"""Reports that townships, departments and schools owe for a campaign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from training_oversight import audit, database, workflow
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.campaigns.models import Campaign, CampaignReport, ReporterKind
from training_oversight.campaigns.queries import reports
from training_oversight.campaigns.workflow import CampaignState, ReportVerb
from training_oversight.errors import BadInput, WrongState
from training_oversight.texts import Text
from training_oversight.workflow import authorise

W = ReportVerb
# In these states somebody can be asked for a report.
ASKABLE = (CampaignState.APPROVED, CampaignState.RUNNING)
OWED = EventType.declare("campaign_report.owed", Text("Report asked for"))
TAKEN_OUT = EventType.declare(
    "campaign.reports_taken_out", Text("List of reports taken out"), ["rows"]
)


@dataclass(frozen=True)
class Reporter:
    kind: ReporterKind
    name: str


def ask(
    session: Session,
    campaign: Campaign,
    reporters: Sequence[Reporter],
    *,
    due_on: date,
    by: Officer,
    today: date,
) -> int:
    """Each of them owes a report by that day; who was asked for it already, is not asked twice."""
    authorise(by, campaign, Permission.PLAN_CAMPAIGN)
    database.locked(session, campaign)
    if campaign.state not in ASKABLE:
        raise WrongState(
            Text(
                "The campaign is “%(state)s”: reports are asked for once its plan is approved, "
                "until it is closed.",
                state=campaign.state,
            )
        )
    if due_on < today:
        sentence = Text("The day cannot be before today (%(today)s).", today=today)
        raise BadInput(sentence, {"due_on": sentence})
    if not reporters:
        sentence = Text("Choose who has to report.")
        raise BadInput(sentence, {"townships": sentence})
    known = reports.known(session, campaign.id, due_on)
    new = [one for one in dict.fromkeys(reporters) if (one.kind.value, one.name) not in known]
    made = [
        CampaignReport(
            campaign_id=campaign.id,
            division_path=campaign.division_path,
            reporter_kind=one.kind,
            reporter=one.name,
            due_on=due_on,
        )
        for one in new
    ]
    audit.created_all(session, made, OWED, by=by)
    return len(made)


def report(
    session: Session,
    owed: CampaignReport,
    *,
    reported_on: date,
    reported_by_name: str,
    content: str,
    by: Officer,
    today: date,
    version: int | None,
) -> None:
    _take(session, owed, W.REPORT, reported_on, reported_by_name, content, by=by, today=today,
          version=version)  # fmt: skip


def report_nothing(
    session: Session,
    owed: CampaignReport,
    *,
    reported_on: date,
    reported_by_name: str,
    by: Officer,
    today: date,
    version: int | None,
) -> None:
    """零报告: somebody has said that there was nothing."""
    if not reported_by_name.strip():
        sentence = Text("Say who reported that there was nothing.")
        raise BadInput(sentence, {"reported_by_name": sentence})
    _take(session, owed, W.ZERO, reported_on, reported_by_name, "", by=by, today=today,
          version=version)  # fmt: skip


def _take(
    session: Session,
    owed: CampaignReport,
    verb: ReportVerb,
    reported_on: date,
    who: str,
    content: str,
    *,
    by: Officer,
    today: date,
    version: int | None,
) -> None:
    if reported_on > today:
        sentence = Text("The day cannot be later than today (%(today)s).", today=today)
        raise BadInput(sentence, {"reported_on": sentence})
    with workflow.moving(session, owed, verb, by=by, version=version):
        owed.reported_on, owed.reported_by_name = reported_on, who.strip()
        owed.content, owed.returned_note = content, ""


def return_(
    session: Session, owed: CampaignReport, *, reason: str, by: Officer, version: int | None
) -> None:
    """It is owed again; what came in stays readable."""
    with workflow.moving(session, owed, W.RETURN, by=by, version=version, note=reason):
        owed.returned_note = reason


def waive(
    session: Session, owed: CampaignReport, *, reason: str, by: Officer, version: int | None
) -> None:
    workflow.move(session, owed, W.WAIVE, by=by, version=version, note=reason)


def take_out(
    session: Session, campaign: Campaign, *, rows: int, by: Officer, version: int | None
) -> None:
    """The list leaves the office."""
    authorise(by, campaign, Permission.PLAN_CAMPAIGN)
    database.seen(campaign, version)
    audit.record(session, campaign, TAKEN_OUT, by=by, rows=rows)
