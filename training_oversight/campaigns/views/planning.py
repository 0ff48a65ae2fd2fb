"""Visits made from targets: shared out among teams and days, looked at, then planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.campaigns import service
from training_oversight.campaigns.forms import ReplanForm, ShareForm
from training_oversight.campaigns.models import Campaign, CampaignTarget, CampaignVisit
from training_oversight.campaigns.queries import load, targets
from training_oversight.campaigns.queries.load import Loaded
from training_oversight.campaigns.queries.targets import TargetView
from training_oversight.campaigns.service import Errand
from training_oversight.campaigns.sharing import Pool, Share, Wanted, Way, shared_out
from training_oversight.campaigns.views.blueprint import (
    bp,
    form_for,
    inspectors,
    is_confirmed,
    loaded,
)
from training_oversight.campaigns.views.chosen import chosen_keys
from training_oversight.campaigns.views.targets import (
    asked,
    view_asked,
    wanted_of,
)
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.inspections.models import Approval
from training_oversight.inspections.queries import CERTIFIED_OFFICERS
from training_oversight.texts import Counted, Text
from training_oversight.web import choosing
from training_oversight.web.choices import listed, with_none
from training_oversight.web.forms import given
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered

FIRST_OF_TEAM = Text("The first that is ticked")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ProposedTeam:
    """What one team would have to do."""

    names: Sequence[str]
    visits: int
    first: date
    last: date
    certified: int

    @property
    def lacks_certificates(self) -> bool:
        return self.certified < CERTIFIED_OFFICERS


@bp.route("/<int:campaign_id>/plan", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def plan_visits(campaign_id: int) -> ResponseReturnValue:
    """For the targets that the list has ticked, or for all that the address asks for."""
    session, officer, today = current_session(), current_officer(), clock.today()
    campaign = loaded(campaign_id)
    confirmed = is_confirmed()
    form = form_for(ShareForm, campaign, read=confirmed)
    staff = load.inspectors(session, officer, campaign.id, today=today)
    helping = load.others(session, officer, [one.id for one in campaign.departments], today=today)
    _offer(form, staff, helping, campaign)
    ticked = request.form.getlist("id")
    wanted = targets.to_plan(session, campaign.id, _keys(campaign))
    people = {one.officer.id: one.officer for one in staff}

    def act(session: Session) -> Done:
        errand = Errand(
            approval=form.approval.data or Approval.UNSTATED, helpers=_helpers(form, helping)
        )
        count = service.plan_visits(
            session, campaign, _shares(campaign, form, wanted, staff), people, errand,
            by=officer, today=today,
        )  # fmt: skip
        return Done(
            url_for(".targets", campaign_id=campaign.id, view=TargetView.PLANNED.value),
            Counted("%(count)s visit planned.", "%(count)s visits planned.", count=count),
        )

    def page(proposed: Sequence[ProposedTeam] = ()) -> str:
        return render_template(
            "campaigns/plan_visits.html",
            campaign=campaign,
            form=form,
            wanted=wanted,
            towns=Counter(one.township.name for one in wanted),
            ticked=ticked,
            left_out=len(ticked) - len(wanted) if ticked else 0,
            staff=staff,
            proposed=proposed,
        )

    if confirmed and "preview" in request.form and form.validate():
        return page(_proposed(_shares(campaign, form, wanted, staff), people))
    return answered(form, act, page) if confirmed else page()


def _keys(campaign: Campaign) -> list[int]:
    if request.form.getlist("id"):
        return chosen_keys()
    view = view_asked(TargetView.LEFT)
    found = targets.keys(campaign.id, wanted_of(asked(), view)).limit(choosing.MOST + 1)
    return choosing.few(list(current_session().scalars(found)))


def _offer(
    form: ShareForm, staff: Sequence[Loaded], helping: Sequence[Officer], campaign: Campaign
) -> None:
    form.officers.choices = listed((one.officer.id, _described(one)) for one in staff)
    form.lead_id.choices = with_none(
        listed((one.officer.id, one.officer.name) for one in staff), FIRST_OF_TEAM
    )
    form.helper_ids.choices = listed(
        (one.id, Text("%(name)s, %(office)s", name=one.name, office=one.department.name))
        for one in helping
    )
    if not helping:
        del form.helper_ids
    if campaign.approved_by is not None and campaign.approved_on is not None:
        form.approval.description = Text(
            "The plan of the campaign was approved by %(name)s on %(day)s; “approved before the "
            "visit” names that approval.",
            name=campaign.approved_by.name,
            day=campaign.approved_on,
        )


def _described(one: Loaded) -> Text:
    waits = Counted("%(count)s visit waits", "%(count)s visits wait", count=one.visits)
    values = {"name": one.officer.name, "waits": waits, "ours": one.of_campaign}
    if one.certified:
        return Text("%(name)s, certified, %(waits)s, %(ours)s of this campaign", **values)
    return Text("%(name)s, no certificate, %(waits)s, %(ours)s of this campaign", **values)


def _helpers(form: ShareForm, helping: Sequence[Officer]) -> str:
    """Names with their offices: they are written on the visit, and inspect nothing."""
    chosen = form.helper_ids.data if "helper_ids" in form else ()
    named = [f"{one.name}（{one.department.name}）" for one in helping if one.id in (chosen or ())]
    return "、".join([*named, *([form.helpers.data] if form.helpers.data else [])])


def _shares(
    campaign: Campaign,
    form: ShareForm,
    wanted: Sequence[CampaignTarget],
    staff: Sequence[Loaded],
) -> list[Share]:
    pool = Pool(
        officers=[one.officer.id for one in staff if one.officer.id in form.officers.data],
        load={one.officer.id: one.visits for one in staff},
        lead=form.lead_id.data,
    )
    way: Way = given(form.way.data)
    calendar = catalogue.working_calendar(current_session(), authority_id=campaign.authority_id)
    return shared_out(
        [Wanted(one.id, one.township_id, one.officer_id) for one in wanted],
        pool,
        way,
        first=calendar.next_working_day(given(form.first_on.data)),
        per_day=given(form.per_day.data),
        following=lambda day: calendar.next_working_day(day + ONE_DAY),
    )


def _proposed(shares: Sequence[Share], people: Mapping[int, Officer]) -> list[ProposedTeam]:
    days: dict[tuple[int, ...], list[date]] = {}
    for share in shares:
        days.setdefault(share.team, []).append(share.day)
    return [
        ProposedTeam(
            names=[people[key].name for key in team],
            visits=len(each),
            first=min(each),
            last=max(each),
            certified=sum(people[key].certificate_number is not None for key in team),
        )
        for team, each in days.items()
    ]


@bp.route("/<int:campaign_id>/replan", methods=["GET", "POST"])
@requires(Permission.PLAN_CAMPAIGN)
def replan(campaign_id: int) -> ResponseReturnValue:
    """Other days or another team for the visits of chosen targets that nobody has begun."""
    session, officer, campaign = current_session(), current_officer(), loaded(campaign_id)
    confirmed = is_confirmed()
    form = form_for(ReplanForm, campaign, read=confirmed)
    staff = inspectors()
    form.officers.choices = listed((one.id, one.name) for one in staff)
    form.lead_id.choices = with_none(listed((one.id, one.name) for one in staff), FIRST_OF_TEAM)
    visits = targets.planned_visits(session, campaign.id, chosen_keys())

    def act(session: Session) -> Done:
        count = service.replan(
            session,
            campaign,
            _days(campaign, form, visits),
            _team(form, staff),
            reason=form.reason.data,
            by=officer,
            today=clock.today(),
        )
        return Done(
            url_for(".targets", campaign_id=campaign.id, view=TargetView.PLANNED.value),
            Counted("%(count)s visit planned anew.", "%(count)s visits planned anew.", count=count),
        )

    def page() -> str:
        return render_template(
            "campaigns/replan.html",
            campaign=campaign,
            form=form,
            visits=visits,
            ticked=request.form.getlist("id"),
        )

    return answered(form, act, page) if confirmed else page()


def _team(form: ReplanForm, staff: Sequence[Officer]) -> list[Officer]:
    """Whoever was ticked, the one in charge first."""
    chosen = [one for one in staff if one.id in (form.officers.data or ())]
    return sorted(chosen, key=lambda one: one.id != form.lead_id.data)


def _days(campaign: Campaign, form: ReplanForm, visits: Sequence[CampaignVisit]) -> dict[int, date]:
    """The new day of each visit, in the order that they have; without a first day, the old one."""
    first = form.first_on.data
    if first is None:
        return {one.visit_id: max(_day(one), clock.today()) for one in visits}
    calendar = catalogue.working_calendar(current_session(), authority_id=campaign.authority_id)
    per_day = form.per_day.data or len(visits) or 1
    day, made = calendar.next_working_day(first), {}
    for place, one in enumerate(visits):
        if place and place % per_day == 0:
            day = calendar.next_working_day(day + ONE_DAY)
        made[one.visit_id] = day
    return made


def _day(one: CampaignVisit) -> date:
    return clock.day_of(one.visit.happened_at)
