"""Campaigns in every state, made through the service."""

from contextlib import suppress
from datetime import timedelta

import sqlalchemy as sa

from tests.factories import registry
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.campaigns import service
from training_oversight.campaigns.drafts import CampaignDraft
from training_oversight.campaigns.models import CampaignReport, CampaignTarget, ReporterKind
from training_oversight.campaigns.queries import targets
from training_oversight.campaigns.service import Errand
from training_oversight.campaigns.service import reports as reporting
from training_oversight.campaigns.service.reports import Reporter
from training_oversight.campaigns.sharing import Share
from training_oversight.campaigns.workflow import CampaignState
from training_oversight.inspections import service as inspecting
from training_oversight.inspections.models import NotPossible, Visit, VisitKind
from training_oversight.registry.models import Institution

PLAN = "按乡镇分片检查全部在册机构，两人一组。"


def draft(county, **values):
    defaults = {
        "title": "暑期培训机构专项检查",
        "superior": "澄江市教育局",
        "document_number": "澄教监〔2026〕18号",
        "begins_on": county.today,
        "ends_on": county.today + timedelta(days=30),
        "kind": VisitKind.CAMPAIGN,
        "scope": "",
        "scope_words": "视图：未关停",
        "plan": PLAN,
    }
    return CampaignDraft(**(defaults | values))


def _by_service(call, *args, **more):
    with database.transaction() as session:
        return call(session, *args, **more)


def planned(county, *, by=None, **values):
    """A campaign that is being planned."""
    return _by_service(
        service.prepare, draft(county, **values), by=by or county.officer(), today=county.today
    )


def submitted(county, **values):
    one = planned(county, **values)
    _by_service(service.submit, one, by=one.prepared_by, today=county.today, version=None)
    return one


def approved(county, **values):
    one = submitted(county, **values)
    head = county.officer(Role.SECTION_HEAD)
    _by_service(service.approve, one, by=head, today=county.today, version=None)
    return one


def places(county, count=3, **values):
    return [registry.institution(county, **values) for _ in range(count)]


def running(county, *, among=None, **values):
    """A campaign that has begun with these places as its targets, three by default."""
    among = among if among is not None else places(county)
    one = approved(county, **values)
    within = sa.select(Institution.id).where(Institution.id.in_([each.id for each in among]))
    by = one.prepared_by
    _by_service(service.start, one, within, by=by, today=county.today, version=None)
    return one


def closed(county, **values):
    one = running(county, **values)
    by = one.prepared_by
    keys = [each.id for each in of(county, one)]
    _by_service(service.explain, one, keys, reason="机构已停业", by=by)
    _by_service(
        service.close, one, conclusion="全部核查。", by=by, today=county.today, version=None
    )
    return one


def discarded(county, **values):
    one = planned(county, **values)
    by = one.prepared_by
    _by_service(service.discard, one, reason="上级取消", by=by, version=None)
    return one


def of(county, campaign):
    """Its targets, as they were put in."""
    return county.session.scalars(
        sa.select(CampaignTarget)
        .where(CampaignTarget.campaign_id == campaign.id)
        .order_by(CampaignTarget.id)
    ).all()


def visited_by(county, campaign, some, *, day=None, team=None, **errand):
    """Plan a visit of each of these targets; the visits."""
    team = team or [county.officer(), county.officer()]
    shares = [Share(one.id, tuple(each.id for each in team), day or county.today) for one in some]
    _by_service(
        service.plan_visits,
        campaign,
        shares,
        {one.id: one for one in team},
        Errand(**errand),
        by=campaign.prepared_by,
        today=county.today,
    )
    keys = [one.id for one in some]
    links = targets.planned_visits(county.session, campaign.id, keys)
    return [link.visit for link in links]


def finished(county, visit):
    """Begun and over, with every question left open for a reason."""
    by = visit.officers[0]
    with suppress(Exception):
        _by_service(inspecting.start, visit, by=by)
    _by_service(inspecting.finish, visit, by=by, unanswered_reason="已另行核实")
    return visit


def shut(county, visit, *, days=3):
    """Nobody got in; the next attempt."""
    return _by_service(
        inspecting.not_possible,
        visit,
        kind=NotPossible.CLOSED,
        note="门锁着",
        again_on=county.today + timedelta(days=days),
        by=visit.officers[0],
        today=county.today,
    )


def visit(county, key):
    return county.session.get_one(Visit, key)


def owed(county, campaign=None, *, name="文澜街道", kind=ReporterKind.TOWNSHIP, days=5):
    """A report that somebody owes."""
    campaign = campaign or running(county)
    _by_service(
        reporting.ask,
        campaign,
        [Reporter(kind, name)],
        due_on=county.today + timedelta(days=days),
        by=campaign.prepared_by,
        today=county.today,
    )
    return county.session.scalars(
        sa.select(CampaignReport).order_by(CampaignReport.id.desc()).limit(1)
    ).one()


def reported(county, **values):
    one = owed(county, **values)
    _by_service(
        reporting.report,
        one,
        reported_on=county.today,
        reported_by_name="街道办主任",
        content="排查12家。",
        by=county.officer(),
        today=county.today,
        version=None,
    )
    return one


def zero(county, **values):
    one = owed(county, **values)
    _by_service(
        reporting.report_nothing,
        one,
        reported_on=county.today,
        reported_by_name="街道办主任",
        by=county.officer(),
        today=county.today,
        version=None,
    )
    return one


def returned(county, **values):
    one = reported(county, **values)
    _by_service(reporting.return_, one, reason="缺数字", by=county.officer(), version=None)
    return one


def waived(county, **values):
    one = owed(county, **values)
    _by_service(reporting.waive, one, reason="街道已撤并", by=county.officer(), version=None)
    return one


STATES = {
    CampaignState.DRAFT: planned,
    CampaignState.SUBMITTED: submitted,
    CampaignState.APPROVED: approved,
    CampaignState.RUNNING: running,
    CampaignState.CLOSED: closed,
    CampaignState.DISCARDED: discarded,
}
