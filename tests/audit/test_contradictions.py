"""Records that are not as their history left them are listed; those that we make are not."""

import sqlalchemy as sa

from tests.audit.tampering import tampered
from tests.factories import (
    enforcement,
    errands,
    inspections,
    ledger,
    lists,
    notices,
    publication,
    registry,
)
from training_oversight import database
from training_oversight.accounts import service as accounts
from training_oversight.audit.verifying import verify


def test_all_that_the_office_does_stands_in_the_history_as_it_is(app, session, county):
    """One of everything, by the services as the pages call them."""
    place = registry.licensed_institution(county)
    registry.warning(county, place)
    registry.conversion(county, registry.institution(county))
    registry.closed(registry.institution(county), county)
    inspections.visit(county)
    inspections.visit_under_way(county)
    inspections.planned_visit(county)
    inspections.finding(county)
    ledger.closed(county)
    ledger.voided(county)
    ledger.applied(county)
    notices.served(county)
    notices.submitted(county)
    publication.owed(county)
    publication.withdrawn(county, publication.published(county))
    enforcement.reported_task(county, enforcement.convened_case(county))
    enforcement.written_off(county, enforcement.raised_case(county))
    enforcement.returned_task(county)
    errands.with_file(app, by=county.officer())
    lists.imported(session, county, lists.workbook(lists.HEADER, *lists.many(5, bad=1)))

    verdict = verify(session)

    assert verdict.contradicted == []
    assert verdict.whole
    assert verdict.records > 40


def past_history(session, statement, **values):
    session.execute(sa.text(statement), values)
    session.commit()
    session.expire_all()
    return verify(session).contradicted


def test_a_state_that_no_move_led_to_is_listed(session, county):
    item = ledger.item(county)

    found = past_history(
        session, "UPDATE rectification_item SET measure = '免于整改', listed = true WHERE id = :id",
        id=item.id,
    )  # fmt: skip

    kind = "rectification_item"
    assert found == [f"{kind}/{item.id}: listed", f"{kind}/{item.id}: measure"]


def test_the_state_of_a_record_is_the_one_that_its_last_move_led_to(session, county):
    visit = inspections.planned_visit(county)

    found = past_history(
        session, "UPDATE visit SET state = 'under_way' WHERE id = :id", id=visit.id
    )

    assert f"visit/{visit.id}: state" in found


def test_a_value_that_was_never_entered_is_listed(session, county):
    place = registry.institution(county)

    found = past_history(
        session, "UPDATE institution SET organiser = '某某' WHERE id = :id", id=place.id
    )

    assert found == [f"institution/{place.id}: organiser"]


def test_a_protected_value_is_not_compared(session, county):
    place = registry.institution(county, phone="13800002046")

    found = past_history(
        session, "UPDATE institution SET phone = '13900002046' WHERE id = :id", id=place.id
    )

    assert found == []


def test_a_record_without_a_history_is_listed(session, county):
    item = ledger.item(county)

    tampered(
        session, "DELETE FROM event WHERE subject_kind = 'rectification_item' AND subject_id = :id",
        id=item.id,
    )  # fmt: skip

    assert verify(session).contradicted == [f"rectification_item/{item.id}: no history"]


def test_what_becomes_of_an_officer_stands_in_the_history(session, county):
    officer, by, today = county.officer(), county.system, county.today
    with database.transaction():
        accounts.sign_in(session, officer, device="", today=today)
    with database.transaction():
        accounts.change_password(session, officer, password_hash="argon2", by=officer)
    with database.transaction():
        accounts.end_service(session, officer, today=today, note="调离", by=by)
    assert verify(session).contradicted == []

    with database.transaction():
        accounts.resume_service(session, officer, by=by)

    assert verify(session).contradicted == []
