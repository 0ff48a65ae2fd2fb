"""The page of one campaign, with its coverage, and the page of one target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import flask
from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import queries as history
from training_oversight.campaigns import next_steps, presenting, scopes, service
from training_oversight.campaigns.forms import PapersForm
from training_oversight.campaigns.models import Campaign
from training_oversight.campaigns.queries import coverage, reports, targets
from training_oversight.campaigns.queries.coverage import Part
from training_oversight.campaigns.queries.states import TargetState
from training_oversight.campaigns.queries.targets import TargetFilter, TargetView
from training_oversight.campaigns.views.blueprint import bp, form_for, kinds, loaded
from training_oversight.campaigns.workflow import CampaignState
from training_oversight.database import current_session
from training_oversight.errors import Blocked
from training_oversight.files import sending
from training_oversight.files import service as files
from training_oversight.inspections import presenting as visiting
from training_oversight.texts import Counted, Text
from training_oversight.web.addresses import asking
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_on

KIND = Campaign.__tablename__
BEGUN = (CampaignState.RUNNING, CampaignState.CLOSED)


@dataclass(frozen=True)
class CoverageTable:
    """One way to divide the targets; ``name`` is the filter of their list."""

    name: str
    head: Text
    nobody: Text
    parts: Sequence[Part]


@bp.route("/<int:campaign_id>")
@requires(Permission.VIEW_CAMPAIGNS)
def show(campaign_id: int) -> str:
    session, officer, today = current_session(), current_officer(), clock.today()
    campaign = loaded(campaign_id)
    begun = campaign.state in BEGUN
    found = coverage.coverage(session, campaign.id, kinds()) if begun else None
    owed = reports.of_campaign(session, campaign.id)
    running = campaign.state is CampaignState.RUNNING
    unsettled = service.unsettled_reason(session, campaign) if running else None
    return render_template(
        "campaigns/show.html",
        campaign=campaign,
        box=next_steps.box_of(
            campaign,
            officer,
            owed=found.whole.owed if found else 0,
            to_plan=_to_plan(campaign) if running else 0,
            unsettled=unsettled,
        ),
        whole=found.whole if found else None,
        split=presenting.split_of(found.whole, _urls(campaign)) if found else None,
        tables=_tables(found) if found else (),
        figure_url=lambda **asked: asking(".targets", asked, campaign_id=campaign.id),
        proposed=_proposed(campaign) if running else 0,
        in_scope=_in_scope(campaign) if not begun else None,
        scope_url=asking("registry.index", scopes.address(campaign.scope)),
        again_url=asking(".scope", {**scopes.address(campaign.scope), "from": campaign.id}),
        reports=owed,
        late=[one for one in owed if reports.is_late(one, today)],
        awaited=[one for one in owed if reports.is_awaited(one)],
        papers=files.attachments(session, KIND, [campaign.id])[campaign.id],
        history=presenting.history_of(history.history(session, campaign)),
        may_plan=officer.may(Permission.PLAN_CAMPAIGN),
        showing=presenting,
        today=today,
        states=TargetState,
        running=running,
    )


def _to_plan(campaign: Campaign) -> int:
    counts = targets.counts(current_session(), campaign.id, TargetFilter())
    return counts[TargetView.LEFT]


def _urls(campaign: Campaign) -> dict[TargetState, str]:
    return {
        one: url_for(".targets", campaign_id=campaign.id, view=one.value) for one in TargetState
    }


def _tables(found: coverage.Coverage) -> list[CoverageTable]:
    return [
        CoverageTable("township", Text("Township"), Text("Not settled"), found.townships),
        CoverageTable("officer", Text("Officer of the target"), Text("Nobody yet"), found.officers),
        CoverageTable("kind", Text("Kind"), Text("Not settled"), found.kinds),
    ]


def _proposed(campaign: Campaign) -> int:
    """How many places have fallen into the scope since; nothing for who cannot read the scope."""
    try:
        found = scopes.fallen_in(campaign, current_officer(), clock.today())
    except Blocked:
        return 0
    return scopes.count(current_session(), found)


def _in_scope(campaign: Campaign) -> int | None:
    try:
        found = scopes.of_campaign(campaign, current_officer(), clock.today())
    except Blocked:
        return None
    return scopes.count(current_session(), found)


@bp.route("/<int:campaign_id>/papers", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def papers(campaign_id: int) -> ResponseReturnValue:
    campaign = loaded(campaign_id)
    form = form_for(PapersForm, campaign)

    def act(session: Session) -> Done:
        kept = form.papers.kept
        service.attach_papers(session, campaign, kept, **acting.by(form))
        said = Counted("%(count)s file saved.", "%(count)s files saved.", count=len(kept))
        return Done(url_for(".show", campaign_id=campaign.id), said, know=form.papers.refused)

    return answered_on(form, act, "campaigns/papers.html", campaign=campaign)


@bp.route("/<int:campaign_id>/files/<int:attachment_id>")
@requires(Permission.VIEW_CAMPAIGNS)
def file(campaign_id: int, attachment_id: int) -> flask.Response:
    campaign, scope = loaded(campaign_id), current_officer().scope
    return sending.send(
        current_session(), attachment_id, kind=KIND, subject_id=campaign.id, scope=scope
    )


@bp.route("/targets/<int:target_id>")
@requires(Permission.VIEW_CAMPAIGNS)
def target(target_id: int) -> str:
    session, officer = current_session(), current_officer()
    one = targets.target(session, officer, target_id)
    campaign = one.campaign
    running = campaign.state is CampaignState.RUNNING
    return render_template(
        "campaigns/target.html",
        campaign=campaign,
        target=one,
        state=targets.state(session, one.id),
        kind=kinds().get(one.kind_code or "", Text("Kind not known")),
        visits=targets.visits(session, [one.id]).get(one.id, ()),
        visit_status=visiting.visit_status,
        history=presenting.history_of(history.history(session, one)),
        showing=presenting,
        may_change=running and one.stands and officer.may(Permission.PLAN_CAMPAIGN),
    )
