"""The officers' pages of public lists."""

from io import BytesIO

import openpyxl
import pytest

from tests.factories import ledger
from tests.factories import publication as make
from tests.journeys.answers import readable
from training_oversight.accounts.permissions import Role
from training_oversight.publication import queries, service
from training_oversight.publication.workflow import PublicationState as S


def test_a_list_goes_from_draft_to_the_public_through_two_people(client_as, county, session):
    make.owed(county, ledger.institution(county, "星屿艺术培训中心"))
    publisher, approver = make.publisher(county), make.approver(county)
    mine, theirs = client_as(publisher), client_as(approver)

    mine.submit("/publications/new/rectification")
    one = queries.in_preparation(session, county.authority, "rectification")
    page = f"/publications/{one.id}"
    assert "2026年10月15日已送达文书。" in mine.get(page).text
    mine.submit(f"{page}/submit")
    theirs.submit(f"{page}/approve")

    assert one.state == S.PUBLISHED
    assert "星屿艺术培训中心" in client_as().get(f"/public/{county.code}/rectification").text


def test_the_preparer_meets_no_button_to_approve(client_as, county):
    both = county.officer(Role.PUBLISHER, Role.SECTION_HEAD)
    make.owed(county)
    one = make.submitted(county, by=both)
    browser = client_as(both)

    page = browser.get(f"/publications/{one.id}")

    assert not page.soup.select(f"a[href='/publications/{one.id}/approve']")
    assert page.soup.select(".locked")
    # Nor the page itself, which says so before anything is typed.
    browser.get(f"/publications/{one.id}/approve", 403)


def test_the_step_that_comes_next_has_one_name_for_who_waits_and_who_takes_it(client_as, county):
    make.owed(county)
    publisher, approver = make.publisher(county), make.approver(county)
    one = make.submitted(county, by=publisher)

    pages = [client_as(who).get(f"/publications/{one.id}") for who in (publisher, approver)]

    assert all("下一步：审核公布" in readable(page.soup.select_one("main").text) for page in pages)


def test_the_way_back_from_a_step_leads_to_the_list_that_is_published(client_as, county):
    make.owed(county)
    publisher = make.publisher(county)
    one = make.draft(county, by=publisher)

    page = client_as(publisher).get(f"/publications/{one.id}/submit")

    assert page.soup.find("a", string="回到这份名单")["href"] == f"/publications/{one.id}"


def test_an_entry_is_removed_with_a_reason_and_put_back(client_as, county):
    make.owed(county)
    publisher = make.publisher(county)
    one = make.draft(county, by=publisher)
    browser, entry = client_as(publisher), one.entries[0]
    page = f"/publications/{one.id}/entries/{entry.id}"

    browser.submit(f"{page}/remove", status=422, reason="")
    answer = browser.submit(f"{page}/remove", reason="正在核实")
    assert not entry.included
    assert "正在核实" in answer.text
    browser.submit(f"{page}/restore")

    assert entry.included


def test_a_returned_list_shows_its_note_to_the_preparer(client_as, county):
    make.owed(county)
    publisher = make.publisher(county)
    one = make.submitted(county, by=publisher)

    client_as(make.approver(county)).submit(f"/publications/{one.id}/return", reason="第1条再核实")

    assert "第1条再核实" in client_as(publisher).get(f"/publications/{one.id}").text


def test_changed_facts_are_listed_and_lock_the_approval(client_as, county):
    item = make.owed(county)
    one = make.submitted(county)
    ledger.applied(county, item)
    browser = client_as(make.approver(county))

    page = browser.get(f"/publications/{one.id}")

    assert page.soup.select(".notice.tone-amber")
    assert page.soup.select(".locked")
    browser.submit(f"/publications/{one.id}/approve", status=409)
    assert one.state == S.SUBMITTED


def test_a_published_list_is_withdrawn_with_a_reason(client_as, county):
    make.owed(county)
    one = make.published(county)
    browser = client_as(make.approver(county))

    browser.submit(f"/publications/{one.id}/withdraw", status=422, reason="")
    browser.submit(f"/publications/{one.id}/withdraw", reason="名单有误")

    assert one.state == S.WITHDRAWN


def test_the_same_form_sent_twice_publishes_once(client_as, county):
    make.owed(county)
    one = make.submitted(county)
    browser = client_as(make.approver(county))
    page = browser.get(f"/publications/{one.id}/approve")
    data = {c["name"]: c.get("value", "") for c in page.soup.select("main input[type=hidden]")}

    for _ in range(2):
        browser.post(f"/publications/{one.id}/approve", data=data, status=200)

    assert (one.state, one.batch) == (S.PUBLISHED, 1)


@pytest.mark.parametrize("step", ["submit", "discard", "refresh"])
def test_a_reader_cannot_take_the_steps_of_the_publisher(client_as, county, step):
    make.owed(county)
    one = make.draft(county)

    client_as(county.officer(Role.OBSERVER)).get(f"/publications/{one.id}/{step}", status=403)


def test_a_list_of_another_county_is_not_found(client_as, county, session):
    from tests.factories.county import County

    make.owed(county)
    one = make.draft(county)
    stranger = make.publisher(County(session, code="990202", name="云岭县"))

    for page in ("", "/preview", "/submit", "/table.xlsx"):
        client_as(stranger).get(f"/publications/{one.id}{page}", status=404)


def test_the_preview_shows_what_the_public_will_see(client_as, county):
    make.owed(county, ledger.institution(county, "星屿艺术培训中心"))
    publisher = make.publisher(county)
    one = make.draft(county, by=publisher)

    page = client_as(publisher).get(f"/publications/{one.id}/preview")

    assert "星屿艺术培训中心" in page.text
    assert page.soup.select_one(".public-note")


def test_the_table_holds_the_entries_of_the_list(client_as, county):
    make.owed(county, ledger.institution(county, "星屿艺术培训中心"))
    publisher = make.publisher(county)
    one = make.draft(county, by=publisher)

    answer = client_as(publisher).get(f"/publications/{one.id}/table.xlsx")

    rows = list(openpyxl.load_workbook(BytesIO(answer.data)).active.values)
    assert rows[0][1] == "机构名称"
    assert rows[1][1] == "星屿艺术培训中心"
    assert len(rows) == 2


def test_the_split_accounts_for_what_was_left_out(client_as, county):
    for _ in range(3):
        make.owed(county)
    publisher = make.publisher(county)
    one = make.draft(county, by=publisher)
    ledger.done(service.remove, one.entries[0], reason="正在核实", by=publisher, today=county.today)

    page = client_as(publisher).get(f"/publications/{one.id}")

    assert page.soup.select_one(".split-total td").text == "3"
    assert page.soup.select_one(".split-missing td").text == "1"


def test_the_list_page_runs_a_fixed_number_of_queries(client_as, county, queries_of):
    browser = client_as(make.approver(county))
    make.owed(county)
    make.published(county)
    with queries_of() as few:
        browser.get("/publications")
    for _ in range(3):
        make.published(county)
    with queries_of() as many:
        page = browser.get("/publications?view=all")

    assert len(many) == len(few)
    assert len(page.soup.select("table.ledger tbody tr")) == 4


def test_the_record_page_runs_a_fixed_number_of_queries(client_as, county, queries_of):
    publisher = make.publisher(county)
    make.owed(county)
    one = make.draft(county, by=publisher)
    browser = client_as(publisher)
    with queries_of() as few:
        browser.get(f"/publications/{one.id}")
    for _ in range(3):
        make.owed(county)
    make.refreshed(county, one, by=publisher)
    with queries_of() as many:
        browser.get(f"/publications/{one.id}")

    assert len(many) == len(few)


def test_who_asks_for_a_second_list_is_led_to_the_one_in_preparation(client_as, county):
    make.owed(county)
    one = make.submitted(county)

    answer = client_as(make.publisher(county)).get("/publications/new/rectification", status=302)

    assert answer.location == f"/publications/{one.id}"
