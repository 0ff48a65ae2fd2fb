"""The pages of the ledger, as officers use them."""

import io
from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories import ledger as make
from tests.factories.county import County
from training_oversight import spreadsheets
from training_oversight.accounts.permissions import Role
from training_oversight.audit.models import Event
from training_oversight.inspections.models import VisitKind
from training_oversight.ledger.models import (
    RectificationItem,
    Verification,
)
from training_oversight.ledger.workflow import ItemState

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
READERS = [
    role for role in Role
    if role not in (Role.SYSTEM, Role.LIAISON, Role.ADMINISTRATOR)
]  # fmt: skip


@pytest.mark.parametrize("role", READERS)
def test_every_reader_opens_list_print_and_record(client_as, county, role):
    one = make.item(county, due_on=date(2026, 10, 10))
    browser = client_as(county.officer(role))

    listed = browser.get("/items").text
    shown = browser.get(f"/items/{one.id}").text

    assert one.number in listed
    assert "逾期5天" in listed
    assert one.facts in shown
    assert one.measure in browser.get("/items/print").text


@pytest.mark.parametrize("role", [Role.LIAISON, Role.ADMINISTRATOR])
def test_other_roles_are_refused(client_as, county, role):
    assert client_as(county.officer(role)).get("/items", 403).status_code == 403


def test_a_foreign_county_finds_nothing(client_as, county, session):
    one = make.item(county)
    stranger = client_as(make.section_head(County(session, "990202", "云溪县")))

    assert one.number not in stranger.get("/items").text
    for page in ("", "/apply", "/verify", "/close", "/void", "/edit", "/files/1"):
        assert stranger.get(f"/items/{one.id}{page}", 404).status_code == 404


def test_a_finding_becomes_an_item_by_its_page(client_as, county, session):
    found = make.finding(county, found_on=date(2026, 9, 14))
    officer = make.inspector(county)
    browser = client_as(officer)
    assert found.title in browser.get("/items/register").text

    browser.submit(
        f"/items/register/{found.id}",
        officer_in_charge_id=str(officer.id),
        limit="period",
        length="15",
        unit="working_days",
        starts_on="2026-09-14",
        basis="on_the_spot",
    )

    item = session.scalars(sa.select(RectificationItem)).one()
    assert (item.number, item.due_on) == ("2026-0001", date(2026, 10, 10))
    assert item.officer_in_charge_id == officer.id


def test_a_period_without_its_length_is_said_beside_the_field(client_as, county):
    found = make.finding(county)

    answer = client_as(make.inspector(county)).submit(
        f"/items/register/{found.id}",
        422,
        limit="period",
        starts_on="2026-09-14",
        officer_in_charge_id="0",
    )

    assert answer.soup.select_one("#length-error")


def test_a_double_click_registers_once(client_as, county, session):
    from tests.pages import filled_in

    found = make.finding(county)
    browser = client_as(make.inspector(county))
    url = f"/items/register/{found.id}"
    data = filled_in(browser.get(url).soup.select_one("main form")) | {"officer_in_charge_id": "0"}

    browser.post(url, data)
    browser.post(url, data)

    assert session.scalar(sa.select(sa.func.count()).select_from(RectificationItem)) == 1


def test_report_re_check_and_close_out_by_three_officers(client_as, county):
    one = make.item(county, due_on=date(2026, 10, 20))
    proof = (io.BytesIO(PDF), "整改报告.pdf")

    client_as(make.inspector(county)).submit(
        f"/items/{one.id}/apply", report="已搬走。", received_on="今天", documents=proof
    )
    there = make.inspector(county)
    kind = VisitKind.RE_INSPECTION
    visit = make.visit(county, one.institution, there, day=county.today, kind=kind)
    client_as(there).submit(
        f"/items/{one.id}/verify", verdict="passed_check", mode="on_site",
        visit_id=str(visit.id), verified_on="今天", note="器材柜已搬走。",
    )  # fmt: skip
    reason = str(make.close_reason(county).id)
    client_as(make.section_head(county)).submit(f"/items/{one.id}/close", reason_id=reason)

    assert one.state == ItemState.CLOSED
    assert one.closed_by_id != one.verified_by_id


def test_a_report_with_a_file_that_lies_keeps_what_was_typed(client_as, county):
    one = make.item(county)
    fake = (io.BytesIO(b"text"), "photo.jpg")

    answer = client_as(make.inspector(county)).submit(
        f"/items/{one.id}/apply", 422, report="已经全部搬走。", documents=fake
    )

    assert "已经全部搬走。" in answer.text
    assert one.state == ItemState.OPEN


def test_a_file_is_sent_to_readers_of_the_item_only(client_as, county, session):
    from training_oversight.files.models import Attachment

    one = make.item(county)
    proof = (io.BytesIO(PDF), "整改报告.pdf")
    client_as(make.inspector(county)).submit(
        f"/items/{one.id}/apply", report="好", received_on="今天", documents=proof
    )
    kept = session.scalars(sa.select(Attachment)).one()

    answer = client_as(make.inspector(county)).get(f"/items/{one.id}/files/{kept.id}")

    assert answer.data == PDF
    answer.close()


def test_a_failed_re_check_without_a_limit_is_a_422_that_keeps_the_words(client_as, county):
    one = make.applied(county)

    answer = client_as(make.inspector(county)).submit(
        f"/items/{one.id}/verify", 422, verdict="failed_check", mode="documents",
        verified_on="今天", note="应急灯仍不亮。", limit="period", length="",
    )  # fmt: skip

    assert "应急灯仍不亮。" in answer.text
    assert one.state == ItemState.APPLIED


def test_a_failed_re_check_with_a_limit_goes_on(client_as, county):
    one = make.applied(county)

    client_as(make.inspector(county)).submit(
        f"/items/{one.id}/verify", verdict="failed_check", mode="documents",
        verified_on="今天", note="应急灯仍不亮。", limit="fixed", due_on="2026-10-30",
    )  # fmt: skip

    assert (one.state, one.due_on) == (ItemState.OPEN, date(2026, 10, 30))


def test_the_second_of_two_closers_is_refused_and_nothing_is_doubled(client_as, county, session):
    from tests.pages import filled_in

    one = make.verified(county)
    url = f"/items/{one.id}/close"
    first, second = (client_as(make.section_head(county)) for _ in range(2))
    reason = {"reason_id": str(make.close_reason(county).id)}
    forms = [filled_in(b.get(url).soup.select_one("main form")) | reason for b in (first, second)]

    first.post(url, forms[0], status=200)
    second.post(url, forms[1], status=409)

    closed = session.scalars(sa.select(Event).where(Event.verb == "item.close")).all()
    assert len(closed) == 1
    assert session.scalar(sa.select(sa.func.count()).select_from(Verification)) == 1


def test_buttons_that_would_be_refused_are_not_printed(client_as, county):
    officer = make.inspector(county)
    one = make.applied(county, in_charge=officer)

    mine = client_as(officer).get(f"/items/{one.id}").soup
    other = client_as(make.inspector(county)).get(f"/items/{one.id}").soup

    verify = f"/items/{one.id}/verify"
    assert not [a for a in mine.select(".next-step .moves a") if verify in a["href"]]
    assert mine.select(".locked dd")
    # One way to its page, where the officer says how it went; not one for each result.
    [way] = [a for a in other.select(".next-step .moves a") if verify in a["href"]]
    assert (way.text, "main" in way["class"]) == ("复查", True)


@pytest.mark.parametrize(
    ("page", "made", "answers", "state"),
    [
        ("void", make.item, {"reason": "重复登记"}, ItemState.VOID),
        ("return", make.verified, {"reason": "照片不清楚"}, ItemState.APPLIED),
        (
            "reopen",
            make.closed,
            {"reason": "又开课", "limit": "fixed", "due_on": "2026-11-10"},
            ItemState.OPEN,
        ),
        ("supervision", make.item, {"document": "市教督〔2026〕8号"}, ItemState.OPEN),
        (
            "limit",
            make.item,
            {"limit": "fixed", "due_on": "2026-11-10", "basis": "promise"},
            ItemState.OPEN,
        ),
        ("edit", make.item, {"measure": "拆除隔断"}, ItemState.OPEN),
    ],
)
def test_each_step_has_its_page(client_as, county, page, made, answers, state):
    one = made(county)
    before = one.version

    client_as(make.section_head(county)).submit(f"/items/{one.id}/{page}", **answers)

    assert one.state == state
    assert one.version > before


def test_a_direct_close_by_its_page(client_as, county):
    one = make.item(county)
    verifier = make.inspector(county)

    client_as(make.section_head(county)).submit(
        f"/items/{one.id}/close-directly", mode="documents", note="已停办，门面已转租。",
        verified_on="今天",
        verified_by_id=str(verifier.id), reason_id=str(make.close_reason(county, "stopped").id),
    )  # fmt: skip

    assert (one.state, one.verified_by_id) == (ItemState.CLOSED, verifier.id)


def test_the_export_has_all_columns_and_leaves_a_trace(client_as, county, session):
    one = make.item(county, due_on=date(2026, 10, 10))
    browser = client_as(make.inspector(county))

    answer = browser.post("/items/export.xlsx?view=overdue", status=200)

    sheet = spreadsheets.read(answer.data, "ledger.xlsx", known={"编号", "机构"})
    assert sheet.header[:3] == ["编号", "机构", "发现日期"]
    assert next(iter(sheet.rows)).cells[0] == one.number
    event = session.scalars(sa.select(Event).where(Event.verb == "ledger.exported")).one()
    assert event.facts == {"rows": 1}


@pytest.mark.parametrize("role", [Role.HOTLINE, Role.OBSERVER])
def test_who_may_only_read_the_ledger_takes_no_file_of_it_home(client_as, county, role):
    browser = client_as(county.officer(role))

    assert "export.xlsx" not in browser.get("/items").text
    assert browser.post("/items/export.xlsx", status=403).status_code == 403


def test_nobody_who_may_not_read_the_ledger_exports_it(client_as, county):
    browser = client_as(county.officer(Role.LIAISON))

    assert browser.post("/items/export.xlsx", status=403).status_code == 403
