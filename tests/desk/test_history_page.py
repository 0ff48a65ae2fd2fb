"""One list of what happened, limited to what an officer may see."""

from datetime import date

import pytest

from tests.factories import enforcement, errands, ledger
from tests.factories.county import County
from training_oversight import audit, database
from training_oversight.accounts.permissions import Role
from training_oversight.accounts.service.officers import CHANGED
from training_oversight.audit import subjects
from training_oversight.database import Base

# Looked at through another record.
WITHOUT_HISTORY = ["conversion", "institution_merge", "licence_warning", "rights_proposal"]


@pytest.fixture
def browser(client_as, county):
    return client_as(county.officer(Role.OBSERVER))


def noted(subject, note, by):
    with database.transaction() as session:
        audit.record(session, subject, CHANGED, by=by, note=note)


def test_the_latest_stands_first(browser, county):
    officer = county.officer()
    noted(officer, "先做的", officer)
    noted(officer, "后做的", officer)

    page = browser.get("/history").text

    assert page.index("后做的") < page.index("先做的")


def test_a_day_is_typed_as_people_write_it(browser, county, at, client_as):
    officer, reader = county.officer(), county.officer(Role.OBSERVER)
    noted(officer, "十五日的事", officer)
    at(date(2026, 10, 16))
    noted(officer, "十六日的事", officer)

    page = client_as(reader).get("/history?q=2026年10月15日").text

    assert "十五日的事" in page
    assert "十六日的事" not in page


def test_a_day_that_cannot_be_read_is_said_and_nothing_breaks(browser):
    page = browser.get("/history?q=去年")

    assert page.soup.select_one(".notice")


def test_one_officer_and_one_kind_of_record(browser, county):
    one, other = county.officer(), county.officer()
    noted(one, "甲做的", one)
    noted(other, "乙做的", other)

    page = browser.get(f"/history?officer={one.id}").text

    assert "甲做的" in page
    assert "乙做的" not in page
    assert "甲做的" not in browser.get("/history?kind=notice").text


def test_another_countys_history_is_not_there_nor_what_the_system_did_to_it(
    browser, session, county
):
    foreign = County(session, code="990102", name="临溪县").officer()
    noted(foreign, "外县的事", foreign)
    noted(foreign, "系统对外县做的事", county.system)

    page = browser.get("/history").text

    assert "外县的事" not in page
    assert "系统对外县做的事" not in page


def test_what_the_system_did_to_our_records_is_there(browser, county):
    noted(county.officer(), "系统做的事", county.system)

    assert "系统做的事" in browser.get("/history").text


def test_long_history_turns_pages_with_the_filter_kept(browser, county):
    officer = county.officer()
    for number in range(55):
        noted(officer, f"第{number}件", officer)

    first = browser.get(f"/history?officer={officer.id}")
    second = browser.get(first.soup.select_one("a[rel=next]")["href"])

    assert "第0件" not in first.text
    assert "第0件" in second.text
    assert f"officer={officer.id}" in first.soup.select_one("a[rel=next]")["href"]


def test_the_number_of_queries_does_not_grow(browser, county, queries_of):
    officer = county.officer()
    noted(officer, "一件", officer)
    with queries_of() as few:
        browser.get("/history")
    for number in range(20):
        noted(officer, f"第{number}件", officer)

    with queries_of() as many:
        browser.get("/history")

    assert len(many) == len(few)


def test_a_liaison_officer_has_no_history_page(client_as, county):
    assert client_as(county.officer(Role.LIAISON)).get("/history", status=403)


def test_what_left_the_office_is_said_with_its_name_in_the_readers_words(
    app, session, county, client_as, browser
):
    officer = county.officer(name="周取走")
    errand = errands.asked(errands.kind(errands.file_made("台账")), by=officer)
    errands.run_all(app)
    client_as(officer).get(f"/errands/{errand.id}/file", buffered=True).close()

    row = browser.get("/history").soup.select_one("tbody tr")

    assert [cell.text.strip() for cell in row.select("td")][1:] == [
        "周取走", "下载文件", "后台办理", "台账.csv",
    ]  # fmt: skip


def test_every_table_that_has_a_history_has_a_word(in_app):
    listed = {
        mapper.class_.__tablename__
        for mapper in Base.registry.mappers
        if hasattr(mapper.class_, "division_path")
    }

    assert sorted(listed - set(subjects.by_table())) == WITHOUT_HISTORY


def test_each_record_is_named_with_its_number_and_institution(browser, county):
    item = ledger.item(county)
    case = enforcement.raised_case(county)

    of_items = browser.get("/history?kind=rectification_item").soup.select_one("tbody").text
    of_cases = browser.get("/history?kind=joint_case").soup.select_one("tbody").text

    assert f"{item.number} {item.title} {item.institution.name}" in of_items
    assert f"{case.number} {case.institution.name}" in of_cases


def test_another_line_ending_is_no_change(county, session):
    item = ledger.item(county)
    officer = county.officer()
    with database.transaction() as saving:
        item.measure = "第一行\n第二行"
        saving.flush()

    with database.transaction() as saving, audit.editing(saving, item, CHANGED, by=officer):
        item.measure = "第一行\r\n第二行"

    assert CHANGED not in [event.verb for event in audit.queries.history(session, item)]
