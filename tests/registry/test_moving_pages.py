"""Papers, closing and reopening, through the forms of each."""

from datetime import date

import pytest

from tests.factories.registry import closed, institution, licence
from training_oversight import database
from training_oversight.registry import service
from training_oversight.registry.models import LicenceType
from training_oversight.registry.workflow import InstitutionState

TODAY = date(2026, 10, 15)


# Papers


def test_a_paper_is_recorded_with_a_doubt_about_its_number(county, inspector):
    record = institution(county)

    page = inspector.submit(
        f"/institutions/{record.id}/licences/new",
        type="school",
        number="123",
        issued_on="2021年3月5日",
        valid_until="2028-3-4",
    )

    assert "证照已登记" in page.text
    assert "123" in page.soup.select_one(".notice.tone-amber").text
    assert "2028年3月4日" in page.soup.select_one("#papers").text


def test_a_new_subject_permit_asks_for_its_reason_in_the_form(county, inspector):
    record = institution(county, kind_code="subject")
    address = f"/institutions/{record.id}/licences/new"

    refused = inspector.submit(address, 422, type="school", issued_on="2026-9-1")
    accepted = inspector.submit(
        address, type="school", issued_on="2026-9-1", exception_reason="换发新证"
    )

    assert "不再审批" in refused.soup.select_one(".error-summary").text
    assert accepted.soup.select_one("#papers .flag").text == "例外"


def test_a_paper_is_corrected_and_keeps_what_was_not_touched(county, inspector):
    record = institution(county)
    paper = licence(county, record, type=LicenceType.BUSINESS)

    inspector.submit(f"/institutions/{record.id}/licences/{paper.id}/edit", scope="艺术培训")

    assert (paper.scope, paper.issuer) == ("艺术培训", "澄江县教育局")
    assert paper.type is LicenceType.BUSINESS


def test_a_revoked_permit_shows_at_once_and_has_no_more_events(county, inspector):
    record = institution(county)
    paper = licence(county, record)

    page = inspector.submit(
        f"/institutions/{record.id}/licences/{paper.id}/event",
        kind="licence.revoked",
        on_day="2026-10-14",
    )

    assert "已吊销" in page.soup.select_one("#papers").text
    assert not page.soup.select("#papers a[href$=event]")


def test_an_annual_check_stands_under_the_papers_by_its_year(county, inspector):
    record = institution(county)
    paper = licence(county, record)

    page = inspector.submit(
        f"/institutions/{record.id}/licences/{paper.id}/event",
        kind="licence.annual_check",
        on_day="2026-4-1",
        year="2025",
        grade="passed",
    )

    grid = page.soup.select("#papers table")[-1]
    assert [cell.text for cell in grid.select("thead th")] == ["年检", "2025年"]
    assert [cell.text for cell in grid.select("td")] == ["合格"]


def test_an_event_of_tomorrow_comes_back_with_its_sentence(county, inspector):
    record = institution(county)
    paper = licence(county, record)

    page = inspector.submit(
        f"/institutions/{record.id}/licences/{paper.id}/event",
        422,
        kind="licence.suspended",
        on_day="2026-10-16",
    )

    assert "不能晚于今天" in page.soup.select_one(".error-summary").text


# Closing


def test_an_institution_is_closed_with_how_when_and_why(county, head):
    record = institution(county)

    page = head.submit(
        f"/institutions/{record.id}/close",
        kind="moved_away",
        closed_on="2026-10-01",
        reason="现场已搬空",
    )

    assert "已搬离" in page.soup.select_one(".head").text
    assert record.closed_on == date(2026, 10, 1)


def test_closing_without_a_reason_is_refused(county, head):
    record = institution(county)

    page = head.submit(
        f"/institutions/{record.id}/close", 422, kind="stopped", closed_on="2026-10-01", reason=""
    )

    assert "请说明理由" in page.soup.select_one(".error-summary").text


def test_closing_what_is_closed_says_so(county, head):
    record = institution(county)
    closed(record, county)

    head.get(f"/institutions/{record.id}/close", 409)


def test_it_reopens_with_a_reason(county, head):
    record = institution(county)
    closed(record, county)

    head.submit(f"/institutions/{record.id}/reopen", reason="登记有误")

    assert record.state is InstitutionState.OPERATING


def test_an_order_to_stop_is_lifted_by_a_section_head(county, head):
    record, officer = institution(county), county.officer()
    with database.transaction() as session:
        service.order_stop(session, record, by=officer, today=TODAY, source="澄教责停〔2026〕1号")

    head.submit(f"/institutions/{record.id}/lift", reason="已取得许可")

    assert record.state is InstitutionState.OPERATING


@pytest.mark.parametrize(("permit", "said"), [(True, "恢复培训"), (False, "不得面向学生培训")])
def test_who_lifts_an_order_reads_whether_there_is_a_permit(county, head, permit, said):
    record, officer = institution(county), county.officer()
    if permit:
        licence(county, record)
    with database.transaction() as session:
        service.order_stop(session, record, by=officer, today=TODAY, source="澄教责停〔2026〕1号")

    assert said in head.get(f"/institutions/{record.id}/lift").soup.select_one("main").text


def test_a_choice_that_was_not_made_is_asked_for_in_words_of_the_form(head, county):
    one = institution(county)

    page = head.submit(
        f"/institutions/{one.id}/close", status=422, closed_on="2026-10-01", reason="已搬离"
    )

    assert "请选择终止方式" in page.soup.select_one(".error-summary").text
    assert "Not a valid choice" not in page.text
