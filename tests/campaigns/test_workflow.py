"""The procedure of a campaign and of its reports on one page. Everything else is refused."""

import pytest

from tests.factories import campaigns
from tests.factories.inspections import by_service
from training_oversight.accounts.permissions import Role
from training_oversight.campaigns import service
from training_oversight.campaigns.workflow import CAMPAIGN_WORKFLOW, REPORT_WORKFLOW, CampaignState
from training_oversight.errors import Blocked, NotPermitted, WrongState

ALLOWED_FOR_CAMPAIGNS = {
    ("draft", "campaign.submit"): "submitted",
    ("draft", "campaign.discard"): "discarded",
    ("submitted", "campaign.return"): "draft",
    ("submitted", "campaign.approve"): "approved",
    ("approved", "campaign.revise"): "draft",
    ("approved", "campaign.start"): "running",
    ("running", "campaign.close"): "closed",
    ("closed", "campaign.reopen"): "running",
}
ALLOWED_FOR_REPORTS = {
    ("owed", "campaign_report.report"): "reported",
    ("owed", "campaign_report.zero"): "zero",
    ("owed", "campaign_report.waive"): "waived",
    ("returned", "campaign_report.report"): "reported",
    ("returned", "campaign_report.zero"): "zero",
    ("returned", "campaign_report.waive"): "waived",
    ("reported", "campaign_report.return"): "returned",
    ("zero", "campaign_report.return"): "returned",
}


def table(workflow):
    return {
        (source.value, move.verb.value): move.target.value
        for move in workflow.moves
        for source in move.sources
    }


def test_the_moves_of_a_campaign_are_exactly_the_procedure():
    assert table(CAMPAIGN_WORKFLOW) == ALLOWED_FOR_CAMPAIGNS


def test_the_moves_of_a_report_are_exactly_the_procedure():
    assert table(REPORT_WORKFLOW) == ALLOWED_FOR_REPORTS


def test_nobody_approves_the_plan_that_they_prepared(county):
    head = county.officer(Role.SECTION_HEAD)
    one = campaigns.submitted(county, by=head)

    with pytest.raises(NotPermitted, match="由另一人批准"):
        by_service(service.approve, one, by=head, today=county.today, version=None)


def test_nobody_approves_the_plan_that_they_worked_on(county):
    one, head = campaigns.planned(county), county.officer(Role.SECTION_HEAD)
    changed = campaigns.draft(county, title="另一个名称")
    by_service(service.change, one, changed, by=head, version=None)
    by_service(service.submit, one, by=one.prepared_by, today=county.today, version=None)

    with pytest.raises(NotPermitted, match="参与过方案"):
        by_service(service.approve, one, by=head, today=county.today, version=None)


def test_an_inspector_approves_no_plan(county):
    one = campaigns.submitted(county)

    with pytest.raises(NotPermitted):
        by_service(service.approve, one, by=county.officer(), today=county.today, version=None)


def test_an_empty_plan_is_not_submitted(county):
    one = campaigns.planned(county, plan=" ")

    with pytest.raises(Blocked, match="方案还是空的"):
        by_service(service.submit, one, by=one.prepared_by, today=county.today, version=None)


def test_an_approved_plan_that_is_changed_is_approved_anew(county):
    one = campaigns.approved(county)

    by_service(service.revise, one, reason="范围要改", by=one.prepared_by, version=None)

    assert one.state is CampaignState.DRAFT
    assert one.approved_by_id is None


def test_a_plan_that_waits_for_approval_is_not_changed(county):
    one = campaigns.submitted(county)

    with pytest.raises(WrongState, match="拟定方案"):
        by_service(service.change, one, campaigns.draft(county), by=one.prepared_by, version=None)


def test_each_campaign_has_a_number_of_its_own(county):
    first, second = campaigns.planned(county), campaigns.planned(county)

    assert second.serial == first.serial + 1
    assert first.number.startswith("ZX-2026-")
