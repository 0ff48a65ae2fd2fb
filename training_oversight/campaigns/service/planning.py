"""The plan of a campaign: prepared, changed, approved by another, begun, closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import audit, database, workflow
from training_oversight.accounts.models import Department, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import EventType
from training_oversight.campaigns import queries
from training_oversight.campaigns.drafts import CampaignDraft
from training_oversight.campaigns.models import Campaign, CampaignDepartment
from training_oversight.campaigns.queries import targets
from training_oversight.campaigns.service.targets import freeze
from training_oversight.campaigns.workflow import OPEN_PLAN, CampaignVerb
from training_oversight.catalogue import numbers
from training_oversight.errors import BadInput, Blocked, WrongState
from training_oversight.files import service as files
from training_oversight.files.service import CheckedFile
from training_oversight.texts import Counted, Text
from training_oversight.workflow import ACTED_FOR, authorise

V, P = CampaignVerb, Permission.PLAN_CAMPAIGN
SERIES = "campaign"

PREPARED = EventType.declare(
    "campaign.prepared", Text("Campaign prepared"), ["departments", ACTED_FOR]
)
CHANGED = EventType.declare(
    "campaign.changed", Text("Plan of the campaign changed"), ["departments", ACTED_FOR]
)


def prepare(session: Session, draft: CampaignDraft, *, by: Officer, today: date) -> Campaign:
    """Put a campaign down, with its number. Nothing is frozen before it begins."""
    authorise(by, by, P)
    _check(draft)
    serial = numbers.take(session, authority_id=by.authority_id, series=SERIES, year=today.year)
    campaign = Campaign(
        authority_id=by.authority_id,
        division_path=by.division_path,
        year=today.year,
        serial=serial,
        prepared_by_id=by.id,
        prepared_on=today,
        based_on_id=draft.based_on.id if draft.based_on else None,
        checklist_id=draft.checklist.id if draft.checklist else None,
        **_told(draft),
    )
    session.add(campaign)
    session.flush()
    _write_departments(session, campaign, draft.departments)
    names = [one.name for one in draft.departments]
    audit.created(
        session, campaign, PREPARED, by=by, departments=names, **workflow.acted_for(by, P)
    )
    return campaign


def change(
    session: Session, campaign: Campaign, draft: CampaignDraft, *, by: Officer, version: int | None
) -> None:
    """Change the plan as long as nobody has been asked to approve it."""
    authorise(by, campaign, P)
    database.locked(session, campaign)
    database.seen(campaign, version)
    if campaign.state not in OPEN_PLAN:
        raise WrongState(
            Text(
                "The campaign is “%(state)s”: its plan is changed only while it is being planned.",
                state=campaign.state,
            )
        )
    _check(draft)
    before = [one.id for one in queries.departments_of(session, campaign.id)]
    after = sorted(one.id for one in draft.departments)
    others = before != after
    if others:
        _write_departments(session, campaign, draft.departments)
    seen = audit.differences.snapshot(campaign)
    for column, value in _told(draft).items():
        setattr(campaign, column, value)
    campaign.checklist_id = draft.checklist.id if draft.checklist else None
    session.flush()
    session.expire(campaign, ["departments", "checklist"])
    changes = audit.differences.difference(seen, audit.differences.snapshot(campaign))
    if changes or others:
        names = [one.name for one in draft.departments]
        acted = workflow.acted_for(by, P)
        audit.record(session, campaign, CHANGED, by=by, changes=changes, departments=names, **acted)


def _told(draft: CampaignDraft) -> dict[str, object]:
    return {
        "title": draft.title,
        "superior": draft.superior,
        "document_title": draft.document_title,
        "document_number": draft.document_number,
        "begins_on": draft.begins_on,
        "ends_on": draft.ends_on,
        "plan": draft.plan,
        "kind": draft.kind,
        "scope": draft.scope,
        "scope_words": draft.scope_words,
    }


def _check(draft: CampaignDraft) -> None:
    if draft.ends_on < draft.begins_on:
        sentence = Text("The campaign ends on the day on which it begins, or later.")
        raise BadInput(sentence, {"ends_on": sentence})


def _write_departments(
    session: Session, campaign: Campaign, departments: Sequence[Department]
) -> None:
    session.execute(
        sa.delete(CampaignDepartment).where(CampaignDepartment.campaign_id == campaign.id)
    )
    session.add_all(
        CampaignDepartment(campaign_id=campaign.id, department_id=one.id) for one in departments
    )
    session.flush()


def attach_papers(
    session: Session,
    campaign: Campaign,
    kept: Sequence[CheckedFile],
    *,
    by: Officer,
    version: int | None,
) -> None:
    """Papers come to a campaign in any state: what a superior sends later, too."""
    authorise(by, campaign, P)
    database.locked(session, campaign)
    database.seen(campaign, version)
    files.attach(session, campaign, kept, by=by)


def submit(
    session: Session, campaign: Campaign, *, by: Officer, today: date, version: int | None
) -> None:
    if not campaign.plan.strip():
        raise Blocked(Text("The plan is empty: write down what is done, how and by whom."))
    with workflow.moving(session, campaign, V.SUBMIT, by=by, version=version):
        campaign.submitted_on, campaign.returned_note = today, ""


def return_(
    session: Session, campaign: Campaign, *, note: str, by: Officer, version: int | None
) -> None:
    with workflow.moving(session, campaign, V.RETURN, by=by, version=version, note=note):
        campaign.submitted_on, campaign.returned_note = None, note


def approve(
    session: Session, campaign: Campaign, *, by: Officer, today: date, version: int | None
) -> None:
    with workflow.moving(session, campaign, V.APPROVE, by=by, version=version):
        campaign.approved_by_id, campaign.approved_on = by.id, today


def revise(
    session: Session, campaign: Campaign, *, reason: str, by: Officer, version: int | None
) -> None:
    """Back to planning: what is changed is approved anew."""
    with workflow.moving(session, campaign, V.REVISE, by=by, version=version, note=reason):
        campaign.approved_by_id = campaign.approved_on = campaign.submitted_on = None


def start(
    session: Session,
    campaign: Campaign,
    within: sa.Select[int],
    *,
    by: Officer,
    today: date,
    version: int | None,
) -> int:
    """Begin: the places that the scope finds now become the targets; how many they are."""
    with workflow.moving(session, campaign, V.START, by=by, version=version):
        keys = session.scalars(within).all()
        if not keys:
            raise Blocked(Text("The scope finds no place today: there is nobody to visit."))
        count = freeze(session, campaign, keys, by=by, today=today)
        campaign.started_on = today
    return count


def discard(
    session: Session, campaign: Campaign, *, reason: str, by: Officer, version: int | None
) -> None:
    workflow.move(session, campaign, V.DISCARD, by=by, version=version, note=reason)


def unsettled_reason(session: Session, campaign: Campaign) -> Text | None:
    """Why the campaign cannot be closed yet; nothing if it can."""
    left = targets.unsettled(session, campaign.id)
    if not left:
        return None
    return Counted(
        "%(count)s target is neither visited nor exempt, and nobody has said why.",
        "%(count)s targets are neither visited nor exempt, and nobody has said why.",
        count=left,
    )


def close(
    session: Session,
    campaign: Campaign,
    *,
    conclusion: str,
    by: Officer,
    today: date,
    version: int | None,
) -> None:
    with workflow.moving(session, campaign, V.CLOSE, by=by, version=version):
        if reason := unsettled_reason(session, campaign):
            raise Blocked(reason)
        campaign.closed_on, campaign.conclusion = today, conclusion


def reopen(
    session: Session, campaign: Campaign, *, reason: str, by: Officer, version: int | None
) -> None:
    with workflow.moving(session, campaign, V.REOPEN, by=by, version=version, note=reason):
        # What was concluded stands in the history; the next close says it anew.
        campaign.closed_on, campaign.conclusion = None, ""
