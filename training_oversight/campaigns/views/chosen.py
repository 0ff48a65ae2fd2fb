"""What is done with targets that were chosen in the list: one reason for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.campaigns import presenting, service
from training_oversight.campaigns.forms import (
    BulkForm,
    HandOverForm,
    ReasonForm,
)
from training_oversight.campaigns.models import Campaign
from training_oversight.campaigns.queries import targets
from training_oversight.campaigns.views.blueprint import (
    bp,
    form_for,
    inspectors,
    is_confirmed,
    loaded,
)
from training_oversight.database import current_session
from training_oversight.texts import Counted, Text
from training_oversight.web import choosing
from training_oversight.web.choices import listed
from training_oversight.web.forms import given
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered

Bulk = TypeVar("Bulk", bound=BulkForm)
SHOWN = 10


def chosen_keys() -> list[int]:
    """The targets that the list, or the step's own form, names."""
    return choosing.ticked()


def _bulk(
    campaign: Campaign,
    kind: type[Bulk],
    act: Callable[[Session, Sequence[int], Bulk], int],
    *,
    verb: Text,
    happens: Text,
    offer: Callable[[Bulk], None] = lambda _form: None,
    danger: bool = False,
) -> ResponseReturnValue:
    """A step for chosen targets: its page names them, its form says why."""
    confirmed = is_confirmed()
    form = form_for(kind, campaign, read=confirmed)
    offer(form)
    keys = chosen_keys()
    chosen = targets.chosen(current_session(), campaign, keys)

    def done(session: Session) -> Done:
        count = act(session, [one.id for one, _state in chosen], form)
        said = Counted("%(count)s target changed.", "%(count)s targets changed.", count=count)
        return Done(url_for(".targets", campaign_id=campaign.id), said)

    def page() -> str:
        return render_template(
            "campaigns/bulk.html",
            campaign=campaign,
            form=form,
            chosen=chosen,
            shown=chosen[:SHOWN],
            verb=verb,
            happens=happens,
            danger=danger,
            showing=presenting,
        )

    return answered(form, done, page) if confirmed else page()


@bp.route("/<int:campaign_id>/take-out", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def take_out(campaign_id: int) -> ResponseReturnValue:
    campaign = loaded(campaign_id)

    def act(session: Session, keys: Sequence[int], form: BulkForm) -> int:
        return service.take_out(
            session, campaign, keys, reason=form.reason.data, by=current_officer(),
            today=clock.today(),
        )  # fmt: skip

    return _bulk(
        campaign,
        BulkForm,
        act,
        verb=Text("Take targets out"),
        happens=Text("They count in no figure any more, and stand in the list with the reason."),
        danger=True,
    )


@bp.route("/<int:campaign_id>/exempt", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def exempt(campaign_id: int) -> ResponseReturnValue:
    campaign = loaded(campaign_id)

    def act(session: Session, keys: Sequence[int], form: BulkForm) -> int:
        return service.exempt(
            session, campaign, keys, reason=form.reason.data, by=current_officer(),
            today=clock.today(),
        )  # fmt: skip

    return _bulk(
        campaign,
        BulkForm,
        act,
        verb=Text("Exempt targets"),
        happens=Text(
            "They stay targets and owe no visit; each shows the reason. A visit that is planned "
            "stays on the list of visits."
        ),
    )


@bp.route("/<int:campaign_id>/explain", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def explain(campaign_id: int) -> ResponseReturnValue:
    campaign = loaded(campaign_id)

    def act(session: Session, keys: Sequence[int], form: BulkForm) -> int:
        return service.explain(
            session, campaign, keys, reason=form.reason.data, by=current_officer()
        )

    return _bulk(
        campaign,
        BulkForm,
        act,
        verb=Text("Say why targets were not visited"),
        happens=Text("They stay not visited; with the reason the campaign can be closed."),
    )


@bp.route("/<int:campaign_id>/hand-over", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def hand_over(campaign_id: int) -> ResponseReturnValue:
    campaign = loaded(campaign_id)

    def offer(form: HandOverForm) -> None:
        form.officer_id.offer(listed((one.id, one.name) for one in inspectors()))

    def act(session: Session, keys: Sequence[int], form: HandOverForm) -> int:
        return service.hand_over(
            session,
            campaign,
            keys,
            officer=session.get_one(Officer, given(form.officer_id.data)),
            reason=form.reason.data,
            by=current_officer(),
            today=clock.today(),
        )

    return _bulk(
        campaign,
        HandOverForm,
        act,
        verb=Text("Hand targets over"),
        happens=Text(
            "Another officer answers for their visits. Visits that are planned keep their team: "
            "plan them anew to change it."
        ),
        offer=offer,
    )


@bp.route("/targets/<int:target_id>/owe-again", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def owe_again(target_id: int) -> ResponseReturnValue:
    one = targets.target(current_session(), current_officer(), target_id)
    campaign = one.campaign
    form = form_for(ReasonForm, one)
    back = url_for(".target", target_id=one.id)

    def act(session: Session) -> Done:
        service.owe_again(session, campaign, one, reason=form.reason.data, **acting.by(form))
        return Done(back, Text("The visit is owed again."))

    return answered(
        form,
        act,
        lambda: render_template(
            "campaigns/step.html",
            form=form,
            campaign=campaign,
            verb=Text("Owe the visit again"),
            happens=Text("%(name)s is not exempt any more.", name=one.institution.name),
            back_url=back,
        ),
    )
