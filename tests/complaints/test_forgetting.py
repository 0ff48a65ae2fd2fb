"""Who told it is deleted when the county's days are over; that it was told stays."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import complaints
from tests.factories.keeping import DAYS, set_days
from training_oversight import clock, database
from training_oversight.audit import Event
from training_oversight.audit.verifying import verify
from training_oversight.complaints import service
from training_oversight.complaints.jobs import forget_contacts
from training_oversight.complaints.models import Complaint, ComplaintContact
from training_oversight.complaints.service import Reporter, Right
from training_oversight.complaints.service.forgetting import FORGOTTEN
from training_oversight.complaints.workflow import ComplaintVerb
from training_oversight.errors import NotPermitted
from training_oversight.vault import keys

WORDS = "我叫林素问，电话138 0013 8000，要求退费"


@pytest.fixture
def kept_for(county):
    """Let the county set its days."""
    return lambda: set_days(county, "contact_kept")


def run(after):
    return forget_contacts(clock.today() + timedelta(days=after))


def contacts(session):
    return session.scalar(sa.select(sa.func.count()).select_from(ComplaintContact))


@pytest.mark.parametrize(("after", "done"), [(DAYS - 1, 0), (DAYS, 0), (DAYS + 1, 1)])
def test_it_is_deleted_on_the_day_after_the_last(county, session, kept_for, after, done):
    complaints.closed(county)
    kept_for()

    outcome = run(after)

    assert (outcome.done, outcome.failed) == (done, 0)
    assert contacts(session) == 1 - done


def test_what_is_shipped_deletes_nothing(county, session):
    complaints.closed(county)

    assert run(20_000).done == 0
    assert contacts(session) == 1


def test_the_order_stays_with_all_that_is_counted(county, session, kept_for):
    complaint = complaints.closed(county, words=WORDS, wanted="打13800138000", happened="素问说5月")
    kept_for()

    run(DAYS + 1)

    session.refresh(complaint)
    assert (complaint.reachable, complaint.anonymous) == (False, False)
    assert complaint.contact_gone_on == clock.today() + timedelta(days=DAYS + 1)
    assert complaint.words == "我叫****，电话****，要求退费"
    assert (complaint.wanted, complaint.happened) == ("打****", "****说5月")
    [event] = session.scalars(sa.select(Event).where(Event.verb == FORGOTTEN.verb))
    assert event.actor_id == county.system.id
    assert event.changes["words"] == ["*", "*"]
    assert verify(session).contradicted == []


def test_of_who_left_nothing_the_words_are_covered(county, session, kept_for):
    complaint = complaints.declined(county, reporter=Reporter(), anonymous=True, words=WORDS)
    kept_for()

    run(DAYS + 1)

    session.refresh(complaint)
    assert complaint.words == "我叫****，电话****，要求退费"
    assert complaint.anonymous


def test_what_was_said_on_the_telephone_is_covered_as_well(county, session, kept_for):
    complaint = complaints.answered(county)
    call = complaints.called(county, complaint)
    with database.transaction():
        call.remark = "林女士说打13900139000"
    complaints.done(service.close, complaint, by=complaints.desk(county), today=clock.today())
    kept_for()

    run(DAYS + 1)

    session.refresh(call)
    assert call.remark == "****说打****"


def test_what_stood_there_before_the_desk_put_it_right_is_covered_as_well(
    county, session, kept_for
):
    complaint = complaints.received(county, words="打13900139000找林素问")
    right = Right(
        kind=complaint.kind, words="停课不退费", division=complaint.division,
        institution=complaint.institution, place=complaint.place, position=complaint.position,
        violation_code=complaint.violation_code, happened="", wanted="",
    )  # fmt: skip
    complaints.done(
        service.correct, complaint, right, reason="听错了", by=complaints.desk(county),
        today=clock.today(),
    )  # fmt: skip
    complaints.done(
        service.decline, complaint, reason="不属于培训", by=complaints.desk(county),
        today=clock.today(),
    )  # fmt: skip
    kept_for()

    run(DAYS + 1)

    [before] = complaint.corrections
    session.refresh(before)
    assert "13900139000" not in before.words


def test_a_second_time_there_is_nothing_to_do(county, session, kept_for):
    complaint = complaints.closed(county)
    kept_for()
    run(DAYS + 1)

    assert run(DAYS + 2).done == 0
    with database.transaction():
        again = service.forget(
            session, complaint, by=county.system, today=clock.today() + timedelta(days=DAYS + 2)
        )
    assert again is False


def test_who_was_declined_is_forgotten_too_and_who_was_merged_with_the_order(
    county, session, kept_for
):
    complaints.declined(county)
    order = complaints.answered(county)
    merged = complaints.merged(county, order.institution, into=complaints.accepted(county))
    kept_for()

    assert run(DAYS + 1).done == 1
    assert contacts(session) == 3
    session.refresh(merged)
    assert merged.contact_gone_on is None


def test_of_a_merged_order_the_days_run_from_the_end_of_the_other(county, session, kept_for):
    into = complaints.assigned(county)
    complaints.merged(county, into.institution, into=into)
    by = complaints.handler(county)
    complaints.done(service.submit, into, complaints.ANSWER, by=by, today=clock.today())
    complaints.done(service.approve, into, by=complaints.head(county), today=clock.today())
    for one in (into, *into.merged):
        complaints.called(county, into, reporter=one)
    complaints.done(service.close, into, by=complaints.desk(county), today=clock.today())
    kept_for()

    assert run(DAYS).done == 0
    assert run(DAYS + 1).done == 2
    assert contacts(session) == 0


def test_an_order_that_is_open_keeps_its_contact(county, session, kept_for):
    complaint = complaints.closed(county)
    complaints.redone(county, complaint, ComplaintVerb.REOPEN)
    kept_for()

    assert run(DAYS + 1).done == 0
    with database.transaction():
        assert not service.forget(
            session, complaint, by=county.system, today=clock.today() + timedelta(days=DAYS + 1)
        )
    assert contacts(session) == 1


def test_without_the_countys_days_a_service_deletes_nothing_either(county, session):
    complaint = complaints.closed(county)

    with database.transaction():
        assert not service.forget(
            session, complaint, by=county.system, today=clock.today() + timedelta(days=9000)
        )


def test_what_is_lost_is_deleted_as_well(county, session, kept_for):
    complaint = complaints.closed(county, words=WORDS)
    kept_for()
    session.expire_all()
    ring = keys.current()
    keys.use(keys.Keyring([("other", bytes(range(40)))]))

    outcome = run(DAYS + 1)

    keys.use(ring)
    assert (outcome.done, contacts(session)) == (1, 0)
    session.refresh(complaint)
    assert "138 0013 8000" not in complaint.words


def test_nobody_but_the_desk_lets_go_of_it(county, session, kept_for):
    complaint = complaints.closed(county)
    kept_for()

    with pytest.raises(NotPermitted), database.transaction():
        service.forget(
            session, complaint, by=complaints.head(county),
            today=clock.today() + timedelta(days=DAYS + 1),
        )  # fmt: skip


def test_the_pages_say_when_it_was_deleted(county, session, kept_for, client_as):
    complaint = complaints.closed(county)
    kept_for()
    run(DAYS + 1)
    browser = client_as(complaints.desk(county))

    record = browser.get(f"/complaints/{complaint.id}")
    shown = browser.submit(f"/complaints/{complaint.id}/contact", why="核对回访记录")

    assert "2027年1月22日" in record.text
    assert "2027年1月22日" in shown.text
    assert session.get(Complaint, complaint.id).number in record.text
