"""Pages: naming one officer for many, handing over all that one had."""

import pytest

from tests.factories import ledger
from tests.factories.county import County
from tests.factories.registry import institution
from training_oversight.accounts.permissions import Role


def test_the_boxes_of_the_list_lead_to_a_page_that_asks_once(county, client_as):
    head, officer = county.officer(Role.SECTION_HEAD), county.officer(name="陈立群")
    records = [institution(county) for _ in range(12)]
    browser = client_as(head)

    page = browser.post("/institutions/assign", data={"id": [one.id for one in records[:11]]})
    form = page.soup.select_one("main form")
    answer = browser.post(
        "/institutions/assign",
        data={
            "id": [box["value"] for box in form.select("input[name=id]")],
            "once": form.select_one("input[name=once]")["value"],
            "officer_id": str(officer.id),
        },
        status=200,
    )

    assert page.status_code == 200
    assert "另有1家" in page.text
    assert [one.officer_in_charge_id for one in records] == [officer.id] * 11 + [None]
    assert "陈立群新负责11家机构" in answer.text


def test_without_a_selection_the_filter_of_the_list_is_meant(county, inspector):
    officer = county.officer()
    here = institution(county, kind_code="sports")
    there = institution(county, kind_code="arts")

    inspector.submit("/institutions/assign?kind=sports", officer_id=str(officer.id))

    assert (here.officer_in_charge_id, there.officer_in_charge_id) == (officer.id, None)


def test_no_officer_chosen_comes_back_with_its_sentence_and_the_selection(county, inspector):
    record = institution(county)

    page = inspector.post(
        "/institutions/assign", data={"id": record.id, "officer_id": ""}, status=422
    )

    assert page.soup.select_one('.error-summary a[href="#officer_id"]')
    assert page.soup.select_one(f'input[name=id][value="{record.id}"]')


def test_a_foreign_or_senseless_selection_finds_nothing(county, session, inspector):
    foreign = institution(County(session, code="990202", name="临湖县"))

    page = inspector.post("/institutions/assign", data={"id": [foreign.id, "x", "9" * 30]})

    assert "没有选中机构" in page.text


def test_a_whole_charge_is_handed_over_on_its_page_with_the_open_items(county, client_as):
    giver, taker = county.officer(name="陈立群"), county.officer(name="周敏")
    records = [institution(county, officer_in_charge_id=giver.id) for _ in range(2)]
    item = ledger.item(county, records[0], in_charge=giver)
    browser = client_as(county.officer(Role.SECTION_HEAD))

    page = browser.get(f"/institutions/hand-over?from={giver.id}")
    answer = browser.submit(
        f"/institutions/hand-over?from={giver.id}",
        taker_id=str(taker.id), also="items", reason="调离",
    )  # fmt: skip

    assert "陈立群负责2家机构" in page.text
    assert "陈立群的2家机构、1项未销号问题已交接给周敏" in answer.text
    assert {one.officer_in_charge_id for one in records} == {taker.id}
    assert item.officer_in_charge_id == taker.id


def test_open_items_stay_when_nobody_says_otherwise(county, inspector):
    giver, taker = county.officer(), county.officer()
    record = institution(county, officer_in_charge_id=giver.id)
    item = ledger.item(county, record, in_charge=giver)

    inspector.submit(
        f"/institutions/hand-over?from={giver.id}", taker_id=str(taker.id), reason="休假"
    )

    assert item.officer_in_charge_id == giver.id


def test_the_charge_of_a_foreign_officer_is_not_found(county, session, inspector):
    foreign = County(session, code="990202", name="临湖县").officer()

    inspector.get(f"/institutions/hand-over?from={foreign.id}", 404)


def test_the_register_leads_to_handing_over(inspector):
    page = inspector.get("/institutions")

    assert page.soup.select('a[href="/institutions/hand-over"]')


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "-1", "x"])
def test_numbers_that_no_record_can_have_are_no_fault(county, inspector, number):
    to = county.officer()

    answers = [
        inspector.post("/institutions/assign", {"id": number, "officer_id": str(to.id)}),
        inspector.post("/institutions/assign", {"id": "1", "officer_id": number}),
        inspector.post("/institutions/hand-over", {"giver_id": number, "taker_id": number}),
        inspector.post("/institutions/annual-checks/2026", {f"grade-{number}": "passed"}),
        inspector.post("/institutions/dossiers", {"id": number}, status=None),
        inspector.post(
            "/institutions/chosen/export",
            {"id": [str(key) for key in range(400)] + [number], "query": "q=a%00b&id=" + number},
        ),
    ]

    assert [one.status_code for one in answers if one.status_code >= 500] == []


def test_the_number_behind_a_name_stands_in_the_brackets_of_the_language(client_as, county):
    officer = county.officer()
    client = client_as(officer)

    client.post("/language/en", data={"back": "/account"})
    assert f"{officer.name} (0)" in client.get("/institutions/hand-over").text
    client.post("/language/zh_CN", data={"back": "/account"})
    assert f"{officer.name}（0）" in client.get("/institutions/hand-over").text
