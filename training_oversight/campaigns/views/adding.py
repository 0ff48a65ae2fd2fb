"""Places that become targets after the start: chosen one by one, or proposed by the scope."""

from __future__ import annotations

from http import HTTPStatus

import sqlalchemy as sa
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session, selectinload

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.campaigns import scopes, service
from training_oversight.campaigns.forms import (
    AddForm,
    ProposedForm,
)
from training_oversight.campaigns.models import TargetOrigin
from training_oversight.campaigns.views.blueprint import (
    bp,
    form_for,
    loaded,
)
from training_oversight.database import current_session
from training_oversight.inspections import queries as inspections
from training_oversight.names.typed import LONGEST
from training_oversight.registry.models import Institution
from training_oversight.texts import Counted, Text
from training_oversight.web import choosing, safe_request
from training_oversight.web.marks import requires
from training_oversight.web.paging import SIZE
from training_oversight.web.steps import Done, answered


@bp.route("/<int:campaign_id>/add", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def add(campaign_id: int) -> ResponseReturnValue:
    """One place of the register, found by words, with the reason."""
    session, officer, campaign = current_session(), current_officer(), loaded(campaign_id)
    words = request.args.get("q", "").strip()[:LONGEST]
    place = _place(request.args.get("institution", 0, type=int))
    form = form_for(AddForm, campaign)

    def act(session: Session) -> Done:
        assert place is not None, "the form stands on the page of a place"
        service.add(
            session, campaign, [place.id], origin=TargetOrigin.ADDED, reason=form.reason.data,
            by=officer, today=clock.today(),
        )  # fmt: skip
        return Done(
            url_for(".targets", campaign_id=campaign.id),
            Text("%(name)s is a target now.", name=place.name),
        )

    def page() -> str:
        found = inspections.places(session, words, officer) if words and place is None else ()
        return render_template(
            "campaigns/add.html",
            campaign=campaign,
            form=form,
            words=words,
            found=found,
            place=place,
        )

    return answered(form, act, page) if place is not None else page()


def _place(key: int) -> Institution | None:
    scope = current_officer().scope
    return (
        current_session()
        .scalars(
            sa.select(Institution).where(
                Institution.id == key, scope.clause(Institution.division_path)
            )
        )
        .one_or_none()
    )


@bp.route("/<int:campaign_id>/proposed", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def proposed(campaign_id: int) -> ResponseReturnValue:
    """Places that have fallen into the scope since the start: put in or left out, with a reason."""
    session, officer, today = current_session(), current_officer(), clock.today()
    campaign = loaded(campaign_id)
    fallen_in = scopes.fallen_in(campaign, officer, today)
    form = form_for(ProposedForm, campaign)
    keys = safe_request.keys(request.form.getlist("id"))[: choosing.MOST]

    def act(session: Session) -> Done:
        some = session.scalars(fallen_in.where(Institution.id.in_(keys))).all()
        told = {"reason": form.reason.data, "by": officer, "today": today}
        if form.decision.data == "add":
            count = service.add(session, campaign, some, origin=TargetOrigin.PROPOSED, **told)
            said = Counted("%(count)s target added.", "%(count)s targets added.", count=count)
        else:
            count = service.decline(session, campaign, some, **told)
            said = Counted("%(count)s place left out.", "%(count)s places left out.", count=count)
        return Done(url_for(".show", campaign_id=campaign.id), said)

    def page() -> str:
        return render_template(
            "campaigns/proposed.html",
            campaign=campaign,
            form=form,
            places=session.scalars(_listed(fallen_in)).all(),
            total=scopes.count(session, fallen_in),
            ticked=keys,
        )

    if form.is_submitted() and not keys:
        form.problems.append(Text("Tick the places that you decide on."))
        return page(), HTTPStatus.UNPROCESSABLE_ENTITY
    return answered(form, act, page)


def _listed(found: sa.Select[int]) -> sa.Select[Institution]:
    """With what is needed to decide, the newest in the register first."""
    scope = current_officer().scope
    return (
        sa.select(Institution)
        .where(scope.clause(Institution.division_path), Institution.id.in_(found))
        .options(selectinload(Institution.division))
        .order_by(Institution.entered_at.desc(), Institution.id.desc())
        .limit(SIZE)
    )
