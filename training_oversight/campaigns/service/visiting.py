"""Visits made from targets: planned many at once, put on other days, handed to other teams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from training_oversight import bulk, clock
from training_oversight.accounts.models import Officer
from training_oversight.campaigns.models import Campaign, CampaignTarget, CampaignVisit
from training_oversight.campaigns.queries import targets
from training_oversight.campaigns.service.targets import AT_ONCE, running
from training_oversight.campaigns.sharing import Share
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import Checklist
from training_oversight.errors import BadInput, WrongState
from training_oversight.inspections import service as inspections
from training_oversight.inspections.duties import Duty
from training_oversight.inspections.models import Approval, Visit
from training_oversight.inspections.service import Replanned, VisitDraft
from training_oversight.texts import Text


@dataclass(frozen=True, kw_only=True)
class Errand:
    """What is the same for all visits that are planned together."""

    approval: Approval = Approval.UNSTATED
    helpers: str = ""


def plan_visits(
    session: Session,
    campaign: Campaign,
    shares: Sequence[Share],
    officers: Mapping[int, Officer],
    errand: Errand,
    *,
    by: Officer,
    today: date,
) -> int:
    """A visit for each share, with the checklist of its place; how many.

    Targets that have got a visit meanwhile are left out.
    """
    running(session, campaign, by)
    if any(share.day < today for share in shares):
        sentence = Text("The first day cannot be before today (%(today)s).", today=today)
        raise BadInput(sentence, {"first_on": sentence})
    by_target = {share.target_id: share for share in shares}
    wanted = _to_plan(session, campaign, list(by_target))
    if not wanted:
        raise WrongState(Text("All of these have a visit already, or owe none any more."))
    lists = _checklists(session, campaign, wanted, today)
    drafts = [
        _draft(campaign, one, by_target[one.id], officers, errand, lists.get(one.kind_code))
        for one in wanted
    ]
    keys = inspections.plan_many(session, drafts, by=by)
    rows = [
        {"visit_id": key, "target_id": one.id, "lead_id": by_target[one.id].team[0]}
        for key, one in zip(keys, wanted, strict=True)
    ]
    bulk.insert(session, CampaignVisit, rows)
    return len(keys)


def _to_plan(session: Session, campaign: Campaign, keys: list[int]) -> list[CampaignTarget]:
    found: list[CampaignTarget] = []
    for start in range(0, len(keys), AT_ONCE):
        found += targets.to_plan(session, campaign.id, keys[start : start + AT_ONCE])
    return found


def _checklists(
    session: Session, campaign: Campaign, wanted: Sequence[CampaignTarget], today: date
) -> Mapping[str | None, Checklist | None]:
    """The campaign's own version for all, else for each kind the one made for it."""
    kinds = {one.kind_code for one in wanted}
    if campaign.checklist is not None:
        return dict.fromkeys(kinds, campaign.checklist)
    lists = catalogue.checklists(session, authority_id=campaign.authority_id, today=today)
    return {kind: catalogue.fitting(lists, kind) for kind in kinds}


def _draft(
    campaign: Campaign,
    target: CampaignTarget,
    share: Share,
    officers: Mapping[int, Officer],
    errand: Errand,
    checklist: Checklist | None,
) -> VisitDraft:
    approved = errand.approval is Approval.APPROVED
    return VisitDraft(
        place=target.institution,
        kind=campaign.kind,
        purpose=campaign.title,
        happened_at=inspections.at_morning(share.day),
        officers=[officers[key] for key in share.team],
        helpers=errand.helpers,
        approval=errand.approval,
        approved_by_name=campaign.approved_by.name if approved and campaign.approved_by else None,
        approved_on=campaign.approved_on if approved else None,
        checklist=checklist,
    )


def replan(
    session: Session,
    campaign: Campaign,
    days: Mapping[int, date],
    team: Sequence[Officer],
    *,
    reason: str,
    by: Officer,
    today: date,
) -> int:
    """Put visits, by their keys, on other days or, with a team, into other hands.

    The first of the team is in charge. Hours that were agreed stay on a new day.
    """
    running(session, campaign, by)
    if any(day < today for day in days.values()):
        sentence = Text("The first day cannot be before today (%(today)s).", today=today)
        raise BadInput(sentence, {"first_on": sentence})
    links = _links(session, campaign, days)
    if len(links) < len(days):
        raise WrongState(Text("One of these visits has begun meanwhile: nothing was planned anew."))
    changes = {
        one.visit_id: Replanned(_moved(one.visit, days[one.visit_id]), team) for one in links
    }
    count = inspections.replan(session, changes, reason=reason, by=by)
    if team:
        bulk.change(
            session,
            CampaignVisit,
            [{"visit_id": one.visit_id, "lead_id": team[0].id} for one in links],
        )
        for one in links:
            session.expire(one)
    return count


def _links(session: Session, campaign: Campaign, days: Mapping[int, date]) -> list[CampaignVisit]:
    keys = list(days)
    found: list[CampaignVisit] = []
    for start in range(0, len(keys), AT_ONCE):
        found += targets.planned_by_key(session, campaign.id, keys[start : start + AT_ONCE])
    return found


def _moved(visit: Visit, day: date) -> datetime:
    hour = clock.local(visit.happened_at).time()
    return clock.from_local(datetime.combine(day, hour))


def _carry(session: Session, visit: Visit, again: Visit, _by: Officer) -> None:
    """The next attempt belongs to the same target, with the same officer in charge."""
    link = session.get(CampaignVisit, visit.id)
    if link is not None:
        session.add(
            CampaignVisit(visit_id=again.id, target_id=link.target_id, lead_id=link.lead_id)
        )


def _hold(_session: Session, _visit: Visit, _draft: VisitDraft) -> None:
    """A correction of a visit takes nothing from its target."""


OF_TARGETS = Duty.declare("campaign", _carry, _hold)
