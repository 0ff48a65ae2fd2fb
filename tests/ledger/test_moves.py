"""What may be done to an item, by whom, and what it leaves behind."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories import ledger as make
from training_oversight.audit.models import Event
from training_oversight.errors import (
    NotFound,
    NotPermitted,
    StaleForm,
    WrongState,
)
from training_oversight.ledger import service
from training_oversight.ledger.models import (
    ItemLimit,
    RectificationItem,
    Verification,
)
from training_oversight.ledger.workflow import ITEM_WORKFLOW, ItemState, ItemVerb

ALLOWED = {
    ("open", "item.apply"): "applied",
    ("open", "item.close_directly"): "closed",
    ("open", "item.void"): "void",
    ("applied", "item.pass"): "verified",
    ("applied", "item.fail"): "open",
    ("applied", "item.void"): "void",
    ("verified", "item.return"): "applied",
    ("verified", "item.close"): "closed",
    ("closed", "item.reopen"): "open",
}


@pytest.mark.parametrize("state", list(ItemState))
@pytest.mark.parametrize("verb", list(ItemVerb))
def test_exactly_the_moves_of_the_procedure_are_allowed(state, verb):
    found = ITEM_WORKFLOW.move(verb, state)

    assert (found and found.target) == ALLOWED.get((state, verb))


def test_registering_takes_the_finding_off_the_list_of_undecided(county):
    found = make.finding(county)

    made = make.done(
        service.register,
        found,
        measure="",
        responsible_party="",
        responsible_person="",
        officer_in_charge=None,
        limit=None,
        by=make.inspector(county),
        today=county.today,
        calendar=make.calendar(county),
    )

    assert found.state == "registered"
    assert (made.state, made.due_on, made.number) == ("open", None, "2026-0001")


def test_a_finding_gets_one_number_only(county):
    one = make.item(county)

    with pytest.raises(WrongState):
        make.done(
            service.register,
            one.finding,
            measure="",
            responsible_party="",
            responsible_person="",
            officer_in_charge=None,
            limit=None,
            by=make.inspector(county),
            today=county.today,
            calendar=make.calendar(county),
        )

    assert make.item(county).number == "2026-0002"


def test_a_stale_form_changes_nothing(county):
    one = make.item(county)
    seen = one.version
    make.applied(county, one)

    with pytest.raises(StaleForm):
        make.done(service.void, one, reason="重复", by=make.section_head(county), version=seen)

    assert one.state == ItemState.APPLIED


def test_a_foreign_officer_finds_no_item(county, session):
    from tests.factories.county import County

    one = make.item(county)
    stranger = make.section_head(County(session, "990202", "云溪县"))

    with pytest.raises(NotFound):
        make.done(
            service.edit,
            one,
            measure="",
            responsible_party="",
            responsible_person="",
            officer_in_charge=None,
            by=stranger,
        )

    assert one.measure


def test_an_inspector_cannot_list_for_supervision(county):
    one = make.item(county)

    with pytest.raises(NotPermitted):
        make.done(service.list_for_supervision, one, document="x", by=make.inspector(county))

    assert not one.listed


def test_listing_and_delisting_keep_the_document_in_the_history(county, session):
    one, head = make.item(county), make.section_head(county)
    make.done(service.list_for_supervision, one, document="市教督〔2026〕8号", by=head)
    make.done(service.delist, one, document="市教督〔2026〕11号", by=head)

    notes = session.scalars(
        sa.select(Event.note)
        .where(Event.verb.in_(["item.listed", "item.delisted"]))
        .order_by(Event.id)
    ).all()
    assert notes == ["市教督〔2026〕8号", "市教督〔2026〕11号"]
    assert not one.listed


def test_numbers_follow_each_other_within_a_county_and_a_year(county, session, at):
    from tests.factories.county import County

    first, second = make.item(county), make.item(county)
    at(date(2027, 1, 4))

    assert [first.number, second.number, make.item(county).number] == [
        "2026-0001",
        "2026-0002",
        "2027-0001",
    ]
    assert make.item(County(session, "990202", "云溪县")).number == "2027-0001"


def test_counts_of_rows_agree_with_what_was_done(county, session):
    make.closed(county, due_on=date(2026, 10, 20))

    counts = [
        session.scalar(sa.select(sa.func.count()).select_from(model))
        for model in (RectificationItem, ItemLimit, Verification)
    ]

    assert counts == [1, 1, 1]
