"""Who must report: asked for, reported, returned, zero, late, taken out."""

import io
from datetime import timedelta

import openpyxl
import pytest

from tests.factories import campaigns
from tests.factories.inspections import by_service, events
from training_oversight.campaigns.models import ReporterKind
from training_oversight.campaigns.queries import reports
from training_oversight.campaigns.service import reports as reporting
from training_oversight.campaigns.service.reports import Reporter
from training_oversight.campaigns.workflow import ReportState
from training_oversight.errors import BadInput, WrongState


def ask(county, campaign, *names, due_on=None):
    return by_service(
        reporting.ask,
        campaign,
        [Reporter(ReporterKind.SCHOOL, name) for name in names],
        due_on=due_on or county.today,
        by=campaign.prepared_by,
        today=county.today,
    )


def test_who_was_asked_for_a_day_already_is_not_asked_twice(county):
    one = campaigns.running(county)
    first = ask(county, one, "澄江一小", "澄江二小")

    second = ask(county, one, "澄江二小", "澄江三小", "澄江三小")

    assert (first, second) == (2, 1)
    assert len(reports.of_campaign(county.session, one.id)) == 3


def test_nobody_is_asked_for_a_report_before_the_plan_is_approved(county):
    with pytest.raises(WrongState, match="方案批准以后"):
        ask(county, campaigns.planned(county), "澄江一小")


def test_a_report_is_late_on_the_day_after_and_not_on_the_day(county):
    owed = campaigns.owed(county, days=5)

    assert [reports.is_late(owed, owed.due_on + timedelta(days=n)) for n in (-1, 0, 1)] == [
        False, False, True,
    ]  # fmt: skip


def test_a_late_report_waits_on_the_desk_of_who_runs_the_campaign(county, client_as, at):
    one = campaigns.running(county)
    owed = campaigns.owed(county, one, days=5)
    planner, other = one.prepared_by, county.officer()
    at(owed.due_on)
    before = client_as(planner).get("/desk").text

    at(owed.due_on + timedelta(days=1))

    assert f"/campaigns/reports/{owed.id}" not in before
    assert f"/campaigns/reports/{owed.id}" in client_as(planner).get("/desk").text
    assert f"/campaigns/reports/{owed.id}" not in client_as(other).get("/desk").text


def test_silence_is_no_zero_report(county):
    owed = campaigns.owed(county)

    with pytest.raises(BadInput, match="由谁作零报告"):
        by_service(
            reporting.report_nothing, owed, reported_on=county.today, reported_by_name=" ",
            by=county.officer(), today=county.today, version=None,
        )  # fmt: skip

    assert owed.state is ReportState.OWED


def test_a_zero_report_says_who_made_it(county):
    zero = campaigns.zero(county)

    assert zero.state is ReportState.ZERO
    assert zero.reported_by_name == "街道办主任"
    assert events(county.session, zero)[0] == "campaign_report.zero"


def test_a_returned_report_is_owed_again(county):
    returned = campaigns.returned(county)

    assert reports.is_awaited(returned)
    assert returned.returned_note == "缺数字"


def test_no_report_came_in_tomorrow(county):
    owed = campaigns.owed(county)

    with pytest.raises(BadInput, match="不能晚于今天"):
        by_service(
            reporting.report, owed, reported_on=county.today + timedelta(days=1),
            reported_by_name="某", content="有", by=county.officer(), today=county.today,
            version=None,
        )  # fmt: skip


def test_the_reminder_list_has_who_is_awaited_and_nobody_else(county, client_as, at):
    one = campaigns.running(county)
    campaigns.owed(county, one, name="文澜街道")
    campaigns.returned(county, campaign=one, name="南塘街道")
    campaigns.zero(county, campaign=one, name="城东街道")

    at(county.today + timedelta(days=7))
    page = client_as(county.officer()).get(f"/campaigns/{one.id}/reminders")

    rows = [row.text for row in page.soup.select("tbody tr")]
    assert len(rows) == 2
    assert "逾期2天未报" in rows[0]
    assert "城东街道" not in page.soup.select_one("main").text


def test_the_table_has_every_report_and_its_leaving_is_recorded(county, inspector):
    one = campaigns.running(county)
    campaigns.owed(county, one, name="文澜街道")
    campaigns.zero(county, campaign=one, name="城东街道")

    answer = inspector.submit(f"/campaigns/{one.id}/reports/table")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in rows] == ["报送单位", "文澜街道", "城东街道"]
    assert [row[3] for row in rows[1:]] == ["未报", "零报告"]
    assert events(county.session, one)[0] == "campaign.reports_taken_out"
