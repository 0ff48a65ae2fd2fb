"""The moves of a campaign, one page for each."""

from __future__ import annotations

from collections.abc import Callable

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.campaigns import scopes, service
from training_oversight.campaigns.forms import CloseForm, ConfirmForm, ReasonForm, ReturnForm
from training_oversight.campaigns.models import Campaign
from training_oversight.campaigns.views.blueprint import bp, form_for, loaded
from training_oversight.campaigns.workflow import CampaignVerb
from training_oversight.database import current_session
from training_oversight.texts import Counted, Text
from training_oversight.web.components import Words
from training_oversight.web.forms import OversightForm
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_on

V = CampaignVerb


def _step(
    campaign: Campaign,
    form: OversightForm,
    verb: CampaignVerb,
    act: Callable[[Session], Text],
    **words: Words,
) -> ResponseReturnValue:
    """One move on its page, which says what it does before it is done."""
    acting.opening(campaign, verb)

    def done(session: Session) -> Done:
        said = act(session)
        return Done(url_for(".show", campaign_id=campaign.id), said)

    return answered_on(
        form, done, "campaigns/step.html", campaign=campaign, verb=verb.label, **words
    )


@bp.route("/<int:campaign_id>/submit", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def submit(campaign_id: int) -> ResponseReturnValue:
    campaign = loaded(campaign_id)
    form = form_for(ConfirmForm, campaign)

    def act(session: Session) -> Text:
        service.submit(session, campaign, **acting.today(form))
        return Text("The plan is submitted: another person approves it.")

    return _step(
        campaign,
        form,
        V.SUBMIT,
        act,
        happens=Text("The plan waits for approval and is not changed meanwhile."),
        tells=Text("It stands on the desk of whoever may approve it."),
    )


@bp.route("/<int:campaign_id>/return", methods=["GET", "POST"])
@requires(Permission.APPROVE_CAMPAIGN)
def return_(campaign_id: int) -> ResponseReturnValue:
    campaign = loaded(campaign_id)
    form = form_for(ReturnForm, campaign)

    def act(session: Session) -> Text:
        service.return_(session, campaign, note=form.reason.data, **acting.by(form))
        return Text("The plan is returned to %(name)s.", name=campaign.prepared_by.name)

    return _step(
        campaign, form, V.RETURN, act, happens=Text("The plan can be changed and submitted again.")
    )


@bp.route("/<int:campaign_id>/approve", methods=["GET", "POST"])
@requires(Permission.APPROVE_CAMPAIGN)
def approve(campaign_id: int) -> ResponseReturnValue:
    campaign = loaded(campaign_id)
    form = form_for(ConfirmForm, campaign)

    def act(session: Session) -> Text:
        service.approve(session, campaign, **acting.today(form))
        return Text("The plan is approved; the campaign can begin.")

    return _step(
        campaign,
        form,
        V.APPROVE,
        act,
        happens=Text("The campaign can begin. The plan is changed only by being approved anew."),
        stays=Text("No place is a target before the campaign begins."),
    )


@bp.route("/<int:campaign_id>/revise", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def revise(campaign_id: int) -> ResponseReturnValue:
    campaign = loaded(campaign_id)
    form = form_for(ReasonForm, campaign)

    def act(session: Session) -> Text:
        service.revise(session, campaign, reason=form.reason.data, **acting.by(form))
        return Text("The plan can be changed; it is to be approved anew.")

    return _step(
        campaign,
        form,
        V.REVISE,
        act,
        happens=Text("The approval holds no more; the plan can be changed and submitted again."),
    )


@bp.route("/<int:campaign_id>/start", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def start(campaign_id: int) -> ResponseReturnValue:
    campaign, today = loaded(campaign_id), clock.today()
    form = form_for(ConfirmForm, campaign)
    found = scopes.of_campaign(campaign, current_officer(), today)
    count = scopes.count(current_session(), found)

    def act(session: Session) -> Text:
        frozen = service.start(session, campaign, found, **acting.today(form))
        return Counted(
            "The campaign has begun with %(count)s target.",
            "The campaign has begun with %(count)s targets.",
            count=frozen,
        )

    return _step(
        campaign,
        form,
        V.START,
        act,
        happens=Text(
            "The %(count)s places that the scope finds today become the targets.", count=count
        ),
        stays=Text(
            "Who is added or taken out later, stands there with the reason. Places that fall into "
            "the scope later are proposed."
        ),
    )


@bp.route("/<int:campaign_id>/close", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def close(campaign_id: int) -> ResponseReturnValue:
    campaign = loaded(campaign_id)
    form = form_for(CloseForm, campaign)

    def act(session: Session) -> Text:
        service.close(session, campaign, conclusion=form.conclusion.data, **acting.today(form))
        return Text("%(number)s is closed.", number=campaign.number)

    return _step(
        campaign,
        form,
        V.CLOSE,
        act,
        happens=Text("Targets, teams and days change no more. Problems stay on the ledger."),
        know=service.unsettled_reason(current_session(), campaign),
    )


@bp.route("/<int:campaign_id>/reopen", methods=["GET", "POST"])
@requires(Permission.APPROVE_CAMPAIGN)
def reopen(campaign_id: int) -> ResponseReturnValue:
    campaign = loaded(campaign_id)
    form = form_for(ReasonForm, campaign)

    def act(session: Session) -> Text:
        service.reopen(session, campaign, reason=form.reason.data, **acting.by(form))
        return Text("%(number)s runs again.", number=campaign.number)

    return _step(
        campaign, form, V.REOPEN, act, happens=Text("The campaign runs again with its targets.")
    )


@bp.route("/<int:campaign_id>/discard", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def discard(campaign_id: int) -> ResponseReturnValue:
    campaign = loaded(campaign_id)
    form = form_for(ReasonForm, campaign)

    def act(session: Session) -> Text:
        service.discard(session, campaign, reason=form.reason.data, **acting.by(form))
        return Text("%(number)s is not carried out.", number=campaign.number)

    return _step(
        campaign,
        form,
        V.DISCARD,
        act,
        happens=Text("The campaign ends before it has begun."),
        stays=Text("Its number is not used again; it stays readable."),
        danger=True,
    )
