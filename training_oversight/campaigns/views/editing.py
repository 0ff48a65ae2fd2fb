"""A campaign is put down: first its scope, with the register's own filters, then its plan."""

from __future__ import annotations

from dataclasses import replace

import flask
import sqlalchemy as sa
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session, selectinload

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Department
from training_oversight.accounts.permissions import Permission
from training_oversight.campaigns import queries, scopes, service
from training_oversight.campaigns.drafts import CampaignDraft
from training_oversight.campaigns.forms import ConfirmForm, PlanForm
from training_oversight.campaigns.models import Campaign
from training_oversight.campaigns.views.blueprint import bp, form_for, loaded
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import Checklist
from training_oversight.database import current_session
from training_oversight.registry import queries as registry
from training_oversight.registry.listing import (
    elsewhere,
    filter_bar,
    kinds_here,
    view_tabs,
    wanted_here,
)
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import View
from training_oversight.texts import Text
from training_oversight.web import conditions
from training_oversight.web.addresses import asking
from training_oversight.web.choices import listed
from training_oversight.web.components import FilterBar
from training_oversight.web.forms import given
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered

SHOWN = 10
# Beside the filters of the register the address says whose scope it is.
WHOSE = ("campaign", "from")


def _written() -> str:
    return scopes.written(request.args.items(multi=True), current_officer())


def _bar() -> FilterBar:
    officer, today = current_officer(), clock.today()
    bar = filter_bar(officer, wanted_here(today), kinds_here(officer))
    whose = [(name, request.args[name]) for name in WHOSE if name in request.args]
    return replace(bar, kept=[*bar.kept, *whose])


def _words() -> str:
    """The scope in words, as the history and every page say it."""
    officer, wanted = current_officer(), wanted_here(clock.today())
    view = wanted.view.label
    if wanted.view is View.MINE:
        view = Text("In the charge of %(name)s", name=officer.name)
    found = conditions.of(_bar(), view=view, search=wanted.words)
    return conditions.for_history(found)


def _found() -> sa.Select[int]:
    officer = current_officer()
    return scopes.within(_written(), officer, clock.today(), path=officer.division_path)


@bp.route("/scope")
@requires(Permission.PLAN_CAMPAIGN)
def scope() -> str:
    """Which places: the filters of the register, and how many they find today."""
    session, officer, today = current_session(), current_officer(), clock.today()
    wanted, found = wanted_here(today), _found()
    counts = registry.view_counts(session, officer)
    total = scopes.count(session, found)
    some = (
        sa.select(Institution)
        .where(officer.scope.clause(Institution.division_path), Institution.id.in_(found))
        .options(selectinload(Institution.division), selectinload(Institution.officer_in_charge))
        .order_by(Institution.sort_key, Institution.id)
        .limit(SHOWN)
    )
    onwards = ".rescope" if "campaign" in request.args else ".new"
    return render_template(
        "campaigns/scope.html",
        bar=_bar(),
        views=view_tabs(wanted, counts),
        total=total,
        some=session.scalars(some).all(),
        on_url=elsewhere(onwards),
        campaign=_named("campaign"),
    )


def _named(name: str) -> Campaign | None:
    key = request.args.get(name, 0, type=int)
    return loaded(key) if key else None


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def new() -> ResponseReturnValue:
    earlier = _named("from")
    form = PlanForm(data=_of_earlier(earlier))
    _offer(form)

    def act(session: Session) -> Done:
        draft = _draft(session, form, scope=_written(), words=_words(), based_on=earlier)
        made = service.prepare(session, draft, by=current_officer(), today=clock.today())
        said = Text("%(number)s is put down. Submit its plan when it is ready.", number=made.number)
        return Done(url_for(".show", campaign_id=made.id), said)

    return answered(form, act, lambda: _page(form, earlier=earlier))


def _page(form: PlanForm, *, earlier: Campaign | None) -> str:
    return render_template(
        "campaigns/edit.html",
        form=form,
        campaign=None,
        earlier=earlier,
        words=_words(),
        total=scopes.count(current_session(), _found()),
        scope_url=elsewhere(".scope"),
    )


def _of_earlier(earlier: Campaign | None) -> dict[str, object]:
    """What a new campaign takes over: how it is done, never when, nor on whose paper."""
    if earlier is None:
        return {}
    return {
        "kind": earlier.kind,
        "checklist_id": 0 if earlier.checklist_id is None else earlier.checklist_id,
        "departments": [one.id for one in earlier.departments],
        "plan": earlier.plan,
    }


def _offer(form: PlanForm, campaign: Campaign | None = None) -> None:
    session, officer, today = current_session(), current_officer(), clock.today()
    lists = {
        one.id: one.label
        for one in catalogue.checklists(session, authority_id=officer.authority_id, today=today)
    }
    if campaign is not None and campaign.checklist is not None:
        lists.setdefault(campaign.checklist.id, campaign.checklist.label)
    kinds = (0, Text("That of each institution's kind"))
    form.checklist_id.offer(listed([kinds, *lists.items()]))
    offices = accounts.departments(session, officer.authority_id)
    form.departments.choices = listed((one.id, one.name) for one in offices)


def _checklist(session: Session, form: PlanForm) -> Checklist | None:
    """Nothing: that of each institution's kind."""
    return session.get(Checklist, form.checklist_id.data) if form.checklist_id.data else None


def _draft(
    session: Session, form: PlanForm, *, scope: str, words: str, based_on: Campaign | None
) -> CampaignDraft:
    return CampaignDraft(
        title=form.title.data,
        superior=form.superior.data or "",
        document_title=form.document_title.data or "",
        document_number=form.document_number.data or "",
        begins_on=given(form.begins_on.data),
        ends_on=given(form.ends_on.data),
        kind=given(form.kind.data),
        checklist=_checklist(session, form),
        departments=[session.get_one(Department, key) for key in form.departments.data or ()],
        plan=form.plan.data or "",
        scope=scope,
        scope_words=words,
        based_on=based_on,
    )


@bp.route("/<int:campaign_id>/edit", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def edit(campaign_id: int) -> ResponseReturnValue:
    campaign = loaded(campaign_id)
    form = PlanForm(
        obj=campaign,
        data={
            "checklist_id": campaign.checklist_id or 0,
            "departments": [one.id for one in campaign.departments],
        },
    )
    _offer(form, campaign)

    def act(session: Session) -> Done:
        draft = _draft(
            session, form, scope=campaign.scope, words=campaign.scope_words,
            based_on=campaign.based_on,
        )  # fmt: skip
        service.change(session, campaign, draft, **acting.by(form))
        return Done(url_for(".show", campaign_id=campaign.id), Text("The plan is saved."))

    return answered(
        form,
        act,
        lambda: render_template(
            "campaigns/edit.html",
            form=form,
            campaign=campaign,
            earlier=campaign.based_on,
            words=campaign.scope_words,
            total=None,
            scope_url=asking(".scope", scopes.address(campaign.scope), campaign=campaign.id),
        ),
    )


@bp.route("/rescope", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def rescope() -> ResponseReturnValue:
    """Another scope for a campaign that is being planned; the address names it and its filters."""
    campaign = _named("campaign") or flask.abort(404)
    form = form_for(ConfirmForm, campaign)

    def act(session: Session) -> Done:
        draft = CampaignDraft(
            title=campaign.title,
            superior=campaign.superior,
            document_title=campaign.document_title,
            document_number=campaign.document_number,
            begins_on=campaign.begins_on,
            ends_on=campaign.ends_on,
            kind=campaign.kind,
            checklist=campaign.checklist,
            departments=queries.departments_of(session, campaign.id),
            plan=campaign.plan,
            scope=_written(),
            scope_words=_words(),
        )
        service.change(session, campaign, draft, **acting.by(form))
        return Done(url_for(".show", campaign_id=campaign.id), Text("The scope is changed."))

    def page() -> str:
        return render_template(
            "campaigns/step.html",
            form=form,
            campaign=campaign,
            verb=Text("Change the scope"),
            happens=Text(
                "The campaign looks for: %(words)s. Today these are %(count)s places.",
                words=_words(),
                count=scopes.count(current_session(), _found()),
            ),
            stays=Text("Nothing is frozen before the campaign begins."),
        )

    return answered(form, act, page)
