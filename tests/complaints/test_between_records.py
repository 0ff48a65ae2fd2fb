"""What one order does to another, and what hangs on whose record something is."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import undefer_group

from tests.factories import inspections
from tests.factories.complaints import (
    ANSWER,
    REPORTER,
    WORDS,
    accepted,
    answered,
    assigned,
    called,
    closed,
    desk,
    handler,
    head,
    merged,
    objected,
    received,
    submitted,
)
from tests.factories.ledger import done
from tests.factories.orders import more_time, row, said, taken
from tests.factories.registry import institution
from training_oversight import clock, database
from training_oversight.accounts.permissions import Role
from training_oversight.audit import Event
from training_oversight.complaints import next_steps, queries, service, waiting
from training_oversight.complaints.kinds import (
    Channel,
    ComplaintKind,
    LimitBasis,
    RequestResult,
    Satisfaction,
    Step,
)
from training_oversight.complaints.models import Complaint, ComplaintContact
from training_oversight.complaints.workflow import ComplaintVerb
from training_oversight.errors import BadInput, NotFound, WrongState


def outside(county, place, number, days, **values):
    """An order of the centre, to be answered within so many days."""
    return received(
        county,
        place,
        channel=Channel.CENTRE,
        outside_number=number,
        outside_due_on=county.today + timedelta(days),
        **values,
    )


def joined(county, complaint):
    return county.session.scalars(
        sa.select(Event).where(
            Event.subject_kind == "complaint",
            Event.subject_id == complaint.id,
            Event.verb == "complaint.joined",
        )
    ).all()


def every_stage(county):
    called_one, proposed = answered(county), answered(county)
    called(county, called_one)
    called(county, proposed, Satisfaction.DISSATISFIED)
    return [
        received(county),
        accepted(county),
        assigned(county),
        assigned(county, to=handler(county)),
        assigned(county, department="market"),
        assigned(county, kind=ComplaintKind.INQUIRY),
        objected(county),
        submitted(county),
        submitted(county, by=county.officer(Role.SECTION_HEAD)),
        answered(county),
        called_one,
        proposed,
        closed(county),
    ]


@pytest.mark.both_databases
def test_rows_and_the_work_list_say_of_the_same_orders_that_they_are_mine(county, app):
    every = every_stage(county)
    after = queries.after_answers(county.session, [one.id for one in every])
    officers = [desk(county), head(county), county.officer(), handler(county, "market")]

    for officer in officers:
        with app.test_request_context():
            steps = next_steps.steps(every, after, officer)
        mine = {key for key, step in steps.items() if step.mine}
        waits = {
            key
            for kind in waiting.WAITING
            if officer.may(kind.permission)
            for key in county.session.scalars(
                kind.statement(officer).with_only_columns(Complaint.id)
            )
        }
        assert mine == waits


def test_the_work_list_leads_to_accepting(county, client_as):
    complaint = received(county)
    kinds = {kind.name: kind for kind in waiting.WAITING}

    assert kinds["complaint-accept"].endpoint == "complaints.accept"
    client_as(desk(county)).get(f"/complaints/{complaint.id}/accept")


def test_a_page_of_next_steps_takes_as_many_queries_as_one(county, client_as, queries_of):
    browser = client_as(head(county))
    address = "/complaints?state=submitted"
    submitted(county)
    browser.get(address)
    with queries_of() as of_one:
        browser.get(address)
    for _ in range(4):
        submitted(county)

    with queries_of() as of_many:
        browser.get(address)

    assert len(of_many) == len(of_one)


def test_an_order_answers_by_the_earlier_day_of_one_merged_into_it(county):
    place = institution(county)
    into = accepted(county, place)
    urgent = outside(county, place, "DH1", 3)

    done(service.merge, urgent, into, by=desk(county))

    given = into.limits[-1]
    assert into.due_on == into.sort_due == county.today + timedelta(3)
    assert (given.step, given.basis, given.source) == (
        Step.ANSWER,
        LimitBasis.MERGED,
        urgent.number,
    )
    assert joined(county, into)[0].changes["due_on"][1] == into.due_on.isoformat()


def test_a_later_day_of_one_that_is_merged_changes_nothing(county):
    place = institution(county)
    into = accepted(county, place)
    due_on, held = into.due_on, len(into.limits)

    done(service.merge, outside(county, place, "DH1", 90), into, by=desk(county))

    assert (into.due_on, len(into.limits)) == (due_on, held)
    assert "due_on" not in joined(county, into)[0].changes


def test_an_order_not_yet_accepted_keeps_the_earlier_day_when_it_is(county):
    place = institution(county)
    into = received(county, place)
    accept_by = into.due_on
    done(service.merge, outside(county, place, "DH1", 3), into, by=desk(county))
    waiting_for = into.due_on

    done(service.accept, into, by=desk(county), today=clock.today())

    assert waiting_for == accept_by
    assert into.due_on == county.today + timedelta(3)
    assert LimitBasis.COUNTY in {one.basis for one in into.limits if one.step is Step.ANSWER}


def test_more_time_for_an_order_is_not_given_to_what_it_took_in(county):
    place = institution(county)
    into = outside(county, place, "DH1", 20)
    done(service.accept, into, by=desk(county), today=clock.today())
    done(service.merge, outside(county, place, "DH2", 10), into, by=desk(county))
    more_time(county, into, until=county.today + timedelta(40))

    said(county, into, RequestResult.GRANTED)

    assert into.due_on == county.today + timedelta(10)


def test_a_new_limit_after_an_answer_is_not_drawn_back_by_a_day_gone_by(county, at):
    place = institution(county)
    into = assigned(county, place)
    done(service.merge, outside(county, place, "DH1", 3), into, by=desk(county))
    done(service.submit, into, ANSWER, by=handler(county), today=clock.today())
    done(service.approve, into, by=head(county), today=clock.today())
    at(county.today + timedelta(10))
    done(
        service.redo, into, ComplaintVerb.REDO, reason="没有退费。", by=head(county),
        today=clock.today(),
    )  # fmt: skip
    due_on = into.due_on

    done(service.merge, received(county, place), into, by=desk(county))

    assert into.due_on == due_on > clock.today()


@pytest.mark.both_databases
def test_lists_keep_the_earlier_day_in_as_many_queries_for_many(county):
    place = institution(county, name="青禾艺术培训中心")
    taken(county, row("DH0", 办理期限=county.today + timedelta(20)))
    first = county.session.scalars(sa.select(Complaint)).one()
    done(service.accept, first, by=desk(county), today=clock.today())

    taken(county, *(row(f"DH{n}", 办理期限=county.today + timedelta(10 - n)) for n in range(1, 6)))

    county.session.expire_all()
    assert place.id == first.institution_id
    assert len(first.merged) == 5
    assert first.due_on == county.today + timedelta(5)


@pytest.mark.both_databases
def test_a_day_the_centre_changes_reaches_the_order_that_took_it_in(county):
    place = institution(county)
    into = accepted(county, place)
    own = into.due_on
    other = outside(county, place, "DH1", 9)
    done(service.merge, other, into, by=desk(county))
    days = []

    for day in (4, 6, 200):
        taken(county, row("DH1", 工单内容=WORDS, 办理期限=county.today + timedelta(day)))
        county.session.expire_all()
        days.append(into.due_on)

    assert days == [county.today + timedelta(4), county.today + timedelta(6), own]


def test_a_reporter_of_another_order_is_not_called_back_for_this_one(county):
    complaint, other = answered(county), answered(county)

    with pytest.raises(NotFound):
        called(county, complaint, reporter=other)


def test_a_visit_is_linked_with_the_day_of_the_county(county):
    place = institution(county)
    complaint = assigned(county, place)
    visit = inspections.visit(county, place)
    with database.transaction():
        # Past midnight in the county, before it by the time of the world.
        visit.happened_at = datetime.combine(county.today, datetime.min.time(), UTC) - timedelta(
            hours=7
        )

    done(service.link_visit, complaint, visit, by=handler(county))

    event = county.session.scalars(
        sa.select(Event).where(Event.verb == "complaint.visit_linked")
    ).one()
    assert event.facts["day"] == county.today.isoformat()


def test_who_may_not_object_learns_that_first(county):
    complaint = closed(county)

    with pytest.raises(WrongState):
        done(
            service.object_,
            complaint,
            ground="不归我局。",
            department=complaint.department,
            by=handler(county),
            today=clock.today(),
        )


def test_a_department_does_not_name_itself_in_an_objection(county):
    complaint = assigned(county)

    with pytest.raises(BadInput):
        done(
            service.object_,
            complaint,
            ground="不归我局。",
            department=complaint.department,
            by=handler(county),
            today=clock.today(),
        )


INTAKE = {"kind": "report", "words": WORDS, "channel": "phone"}


def test_the_name_of_who_stays_anonymous_is_kept_nowhere(county, client_as):
    client_as(desk(county)).submit(
        "/complaints/new",
        place=f"{REPORTER.name}家楼下",
        township=county.townships[0].code,
        anonymous="yes",
        name=REPORTER.name,
        phone=REPORTER.phone,
        **INTAKE,
    )

    complaint = county.session.scalars(sa.select(Complaint)).one()
    contact = county.session.scalars(
        sa.select(ComplaintContact).options(undefer_group("sealed"))
    ).one()
    assert (contact.name, contact.phone) == (None, REPORTER.phone)
    assert REPORTER.name not in complaint.place
    assert complaint.reachable


def test_an_institution_that_is_none_counts_as_a_described_place(county, client_as):
    browser = client_as(desk(county))
    given = {"institution": "999999", "place": "书院路口楼上", "anonymous": "yes", **INTAKE}

    refused = browser.submit("/complaints/new", 422, **given)
    browser.submit("/complaints/new", township=county.townships[0].code, **given)

    assert "请选乡镇街道" in refused.text
    assert county.session.scalars(sa.select(Complaint)).one().place == "书院路口楼上"


@pytest.mark.parametrize("page", ["handler", "urge", "visits"])
def test_what_is_for_a_department_opens_for_no_order_without_one(county, client_as, page):
    complaint = accepted(county)

    client_as(desk(county)).get(f"/complaints/{complaint.id}/{page}", status=409)


def test_handlers_are_named_of_a_county_or_of_one_department(county):
    own, other = handler(county), handler(county, "market")
    asked = (county.session, county.authority.id)

    every = queries.handlers(*asked, today=clock.today())
    market = queries.handlers(*asked, today=clock.today(), department=other.department)

    assert {own, other} <= set(every)
    assert own not in market
    assert other in market


def test_what_runs_is_said_of_every_state_once(county):
    assert {one.state.value: one.owed for one in every_stage(county)} == {
        "received": Step.ACCEPT,
        "accepted": Step.ANSWER,
        "assigned": Step.ANSWER,
        "objected": Step.ANSWER,
        "submitted": Step.ANSWER,
        "answered": None,
        "closed": None,
    }
    assert merged(county).owed is None
