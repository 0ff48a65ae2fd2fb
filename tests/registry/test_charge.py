"""Naming officers in charge in bulk, and handing over all that a colleague had."""

from datetime import date

import pytest

from tests.factories import ledger
from tests.factories.county import County
from tests.factories.registry import closed, institution
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.errors import BadInput, NotFound
from training_oversight.ledger import service as ledger_service
from training_oversight.registry import queries, service

TODAY = date(2026, 10, 15)


def assign(county, records, officer, *, by=None):
    by = by or county.officer()
    with database.transaction() as session:
        return service.assign_many(
            session, [one.id for one in records], officer=officer, by=by, today=TODAY
        )


def hand_over(county, giver, taker, *, by=None):
    by = by or county.officer()
    with database.transaction() as session:
        return service.hand_over(session, giver, taker=taker, reason="调离", by=by, today=TODAY)


def assigned(session, record):
    return [one for one in queries.history(session, record) if one.verb == "institution.assigned"]


def test_a_selection_is_put_in_one_officers_charge_with_a_line_in_each_history(county, session):
    records, officer = [institution(county) for _ in range(3)], county.officer(name="陈立群")
    before = county.officer(name="周敏")
    with database.transaction():
        service.assign_officer(session, records[0], officer=before, by=county.system)

    count = assign(county, records, officer)

    assert count == 3
    assert {one.officer_in_charge.name for one in records} == {"陈立群"}
    event = assigned(session, records[0])[0]
    assert event.changes["officer_in_charge_id"] == [before.id, officer.id]
    assert event.facts == {"to": "陈立群"}


def test_who_is_in_charge_already_gets_no_second_line(county, session):
    record, officer = institution(county), county.officer()
    assign(county, [record], officer)

    assert assign(county, [record], officer) == 0
    assert len(assigned(session, record)) == 1


def test_a_change_makes_open_forms_of_each_stale(county):
    record = institution(county)
    seen = record.version

    assign(county, [record], county.officer())

    assert record.version > seen


def test_closed_institutions_are_left_as_they_are(county):
    live, gone = institution(county), institution(county)
    closed(gone, county)
    officer = county.officer()

    assert assign(county, [live, gone], officer) == 1
    assert gone.officer_in_charge_id is None


def test_one_foreign_institution_refuses_the_whole_selection(county, session):
    record = institution(county)
    foreign = institution(County(session, code="990202", name="临湖县"))

    with pytest.raises(NotFound):
        assign(county, [record, foreign], county.officer())

    session.refresh(record)
    assert record.officer_in_charge_id is None


def test_an_officer_of_another_authority_or_one_who_left_is_refused(county, session):
    record = institution(county)
    other = County(session, code="990202", name="临湖县").officer()
    gone = county.officer()
    with database.transaction():
        gone.borrowed_until = date(2026, 10, 14)

    for officer in (other, gone):
        with pytest.raises(BadInput) as refused:
            assign(county, [record], officer)
        assert "officer_id" in refused.value.fields


def test_many_take_no_more_statements_than_few(county, queries_of):
    few, many = ([institution(county).id for _ in range(count)] for count in (10, 60))
    officer, by = county.officer(), county.system

    def sent_for(keys):
        with queries_of() as sent, database.transaction() as session:
            service.assign_many(session, keys, officer=officer, by=by, today=TODAY)
        return len(sent)

    # History is written some rows at a time, never one by one.
    assert sent_for(many) - sent_for(few) < 10


# Handing over


def test_all_live_institutions_of_one_officer_go_to_another_in_one_act(county, session):
    giver, taker, third = county.officer(), county.officer(name="周敏"), county.officer()
    mine, gone, other = (institution(county) for _ in range(3))
    assign(county, [mine, gone], giver)
    assign(county, [other], third)
    closed(gone, county)

    count = hand_over(county, giver, taker)

    assert count == 1
    assert [one.officer_in_charge_id for one in (mine, gone, other)] == [
        taker.id, giver.id, third.id,
    ]  # fmt: skip
    event = assigned(session, mine)[0]
    assert (event.note, event.facts["to"]) == ("调离", "周敏")


def test_handing_over_to_oneself_is_refused(county):
    officer = county.officer()

    with pytest.raises(BadInput) as refused:
        hand_over(county, officer, officer)

    assert "taker_id" in refused.value.fields


def test_only_what_lies_in_the_scope_of_who_does_it_is_handed_over(county):
    giver, taker = county.officer(), county.officer()
    here = institution(county, division=county.townships[0])
    there = institution(county, division=county.townships[1])
    assign(county, [here, there], giver)

    count = hand_over(county, giver, taker, by=county.officer(division=county.townships[0]))

    assert count == 1
    assert there.officer_in_charge_id == giver.id


def test_open_items_go_along_but_those_that_the_other_has_verified(county, session):
    giver, taker = county.officer(), county.officer()
    open_item = ledger.item(county, in_charge=giver)
    verified = ledger.verified(county, by=taker, in_charge=giver)
    left, by = ledger.closed(county, in_charge=giver), county.officer()

    with database.transaction():
        count = ledger_service.hand_over(session, giver, taker=taker, by=by)

    assert count == 1
    assert [one.officer_in_charge_id for one in (open_item, verified, left)] == [
        taker.id, giver.id, giver.id,
    ]  # fmt: skip


# Pages


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
    records = [institution(county), institution(county)]
    assign(county, records, giver)
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
    record = institution(county)
    assign(county, [record], giver)
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
