"""What a campaign refuses, and what a second look changes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import campaigns, registry
from tests.factories.county import County
from tests.factories.inspections import by_service, events
from training_oversight.accounts.permissions import Role
from training_oversight.campaigns import service
from training_oversight.campaigns.models import ReporterKind, TargetOrigin
from training_oversight.campaigns.service import reports
from training_oversight.campaigns.service.reports import Reporter
from training_oversight.campaigns.workflow import CampaignState
from training_oversight.errors import BadInput, NotFound, WrongState

SCHOOL = [Reporter(ReporterKind.SCHOOL, "澄江一小")]


def test_a_plan_is_changed_with_the_departments_that_take_part(county):
    one = campaigns.planned(county)
    told = campaigns.draft(county)
    by = one.prepared_by
    before = len(events(county.session, one))

    by_service(service.change, one, told, by=by, version=one.version)
    unchanged = len(events(county.session, one))
    market = county.officer(department="market").department
    by_service(service.change, one, replace(told, departments=[market]), by=by, version=one.version)

    assert unchanged == before
    assert [each.id for each in one.departments] == [market.id]


def test_a_plan_does_not_end_before_it_begins(county):
    one = campaigns.planned(county)
    backwards = campaigns.draft(county, ends_on=county.today - timedelta(days=1))

    with pytest.raises(BadInput):
        by_service(service.change, one, backwards, by=one.prepared_by, version=one.version)


def test_a_plan_that_was_given_back_and_a_campaign_taken_up_again_say_why(county):
    head = county.officer(Role.SECTION_HEAD)
    given_back, over = campaigns.submitted(county), campaigns.closed(county)

    by_service(service.return_, given_back, note="写明时间", by=head, version=given_back.version)
    by_service(service.reopen, over, reason="漏查一家", by=head, version=over.version)

    assert (given_back.returned_note, given_back.submitted_on) == ("写明时间", None)
    assert (over.state, over.closed_on, over.conclusion) == (CampaignState.RUNNING, None, "")


@pytest.mark.parametrize(("who", "days"), [([], 5), (SCHOOL, -1)], ids=["nobody", "yesterday"])
def test_a_report_is_asked_of_somebody_and_for_a_day_to_come(county, who, days):
    one = campaigns.running(county)

    with pytest.raises(BadInput):
        by_service(
            reports.ask, one, who, due_on=county.today + timedelta(days=days),
            by=one.prepared_by, today=county.today,
        )  # fmt: skip


def test_a_place_of_another_county_is_no_target(county, session):
    one = campaigns.running(county)
    foreign = registry.institution(County(session, code="990102", name="临溪县"))

    with pytest.raises(NotFound):
        by_service(
            service.add,
            one,
            [foreign.id],
            origin=TargetOrigin.ADDED,
            reason="新发现",
            by=one.prepared_by,
            today=county.today,
        )


def test_what_is_not_exempt_is_not_owed_again(county):
    one = campaigns.running(county)
    target = campaigns.of(county, one)[0]

    with pytest.raises(WrongState):
        by_service(
            service.owe_again, one, target, reason="又有投诉", by=one.prepared_by, version=None
        )


def test_no_visit_is_put_on_a_day_gone_by(county):
    one = campaigns.running(county)
    [visit, *_] = campaigns.visited_by(county, one, campaigns.of(county, one))

    with pytest.raises(BadInput):
        by_service(
            service.replan, one, {visit.id: county.today - timedelta(days=1)}, (), reason="改期",
            by=one.prepared_by, today=county.today,
        )  # fmt: skip
