"""Who a family is is deleted when the county's days are over; what it got back stays."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import refunds
from tests.factories.keeping import DAYS, set_days
from training_oversight import clock, database
from training_oversight.accounts.permissions import Role
from training_oversight.audit import Event
from training_oversight.audit.verifying import verify
from training_oversight.errors import NotPermitted
from training_oversight.refunds import queries, service
from training_oversight.refunds.families import Family
from training_oversight.refunds.jobs import forget_families
from training_oversight.refunds.models import RefundWay
from training_oversight.refunds.service import PartDraft
from training_oversight.refunds.service.forgetting import FORGOTTEN

FAMILY = Family("19900001234", "霍思远", "霍小满")


@pytest.fixture
def kept_for(county):
    return lambda: set_days(county, "family_kept")


def settled(county, **of):
    made = refunds.agreed(county, whose=FAMILY, **of)
    refunds.done(
        service.pay,
        made,
        PartDraft(clock.today(), made.due_fen, RefundWay.TALK, "霍思远本人领取，19900001234"),
        by=county.officer(),
        today=clock.today(),
    )
    return made


def run(after):
    return forget_families(clock.today() + timedelta(days=after))


@pytest.mark.parametrize(("after", "done"), [(DAYS - 1, 0), (DAYS, 0), (DAYS + 1, 1)])
def test_it_is_deleted_on_the_day_after_the_last(county, session, kept_for, after, done):
    refund = settled(county)
    kept_for()

    outcome = run(after)

    session.refresh(refund)
    assert (outcome.done, outcome.failed) == (done, 0)
    assert (refund.parent is None) is bool(done)


def test_what_is_shipped_deletes_nothing(county):
    settled(county)

    assert run(20_000).done == 0


def test_amounts_and_totals_stay_and_no_name_does(county, session, kept_for):
    refund = settled(county, course="霍小满的美术课")
    kept_for()

    run(DAYS + 1)

    session.refresh(refund)
    named = (refund.parent, refund.phone, refund.phone_mark, refund.pupil, refund.pupil_mark)
    assert named == (None, None, None, None, None)
    assert (refund.paid_fen, refund.left_fen) == (refunds.DUE, 0)
    assert refund.course == "****的美术课"
    assert refund.parts[0].note == "****本人领取，****"
    assert refund.family_gone_on == clock.today() + timedelta(days=DAYS + 1)
    assert session.scalars(sa.select(Event).where(Event.verb == FORGOTTEN.verb)).one()
    assert verify(session).contradicted == []


def test_a_second_time_there_is_nothing_to_do(county, session, kept_for):
    refund = settled(county)
    kept_for()
    run(DAYS + 1)

    assert run(DAYS + 2).done == 0
    with database.transaction():
        later = clock.today() + timedelta(days=DAYS + 2)
        assert not service.forget(session, refund, by=county.system, today=later)


def test_of_what_may_still_be_owed_nothing_is_deleted(county, session, kept_for):
    refund = refunds.agreed(county, whose=FAMILY)
    kept_for()

    assert run(DAYS + 1).done == 0
    with database.transaction():
        later = clock.today() + timedelta(days=DAYS + 1)
        assert not service.forget(session, refund, by=county.system, today=later)
    assert queries.ended_on(session, refund) is None


def test_without_the_countys_days_a_service_deletes_nothing_either(county, session):
    refund = settled(county)

    with database.transaction():
        later = clock.today() + timedelta(days=9000)
        assert not service.forget(session, refund, by=county.system, today=later)


def test_nobody_without_the_right_lets_go_of_it(county, session, kept_for):
    refund = settled(county)
    kept_for()
    later = clock.today() + timedelta(days=DAYS + 1)

    with pytest.raises(NotPermitted), database.transaction():
        service.forget(session, refund, by=county.officer(Role.OBSERVER), today=later)


def test_the_pages_say_when_it_was_deleted(county, session, kept_for, client_as):
    refund = settled(county)
    kept_for()
    run(DAYS + 1)
    browser = client_as(county.officer())

    record = browser.get(f"/refunds/{refund.id}")
    shown = browser.submit(f"/refunds/{refund.id}/contact", why="核对退费记录")

    assert "2027年1月22日" in record.text
    assert "2027年1月22日" in shown.text
