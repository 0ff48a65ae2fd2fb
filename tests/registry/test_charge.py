"""Naming officers in charge in bulk, and handing over all that a colleague had."""

from datetime import date

import pytest

from tests.factories import ledger
from tests.factories.county import County
from tests.factories.registry import closed, institution
from training_oversight import database
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


def test_nothing_is_handed_over_to_who_has_left(county):
    giver, gone = county.officer(), county.officer()
    record = institution(county)
    assign(county, [record], giver)
    with database.transaction():
        gone.borrowed_until = date(2026, 10, 14)

    with pytest.raises(BadInput) as refused:
        hand_over(county, giver, gone)

    assert "taker_id" in refused.value.fields
    assert record.officer_in_charge_id == giver.id


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
