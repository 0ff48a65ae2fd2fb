"""One department owns the answer; an objection is decided once."""

import pytest

from tests.factories.complaints import (
    ACCOUNT,
    accepted,
    assigned,
    closed,
    desk,
    handler,
    head,
    objected,
)
from tests.factories.county import County
from tests.factories.ledger import done
from tests.factories.registry import institution
from training_oversight import clock
from training_oversight.accounts.permissions import Role
from training_oversight.complaints import queries, service, suggesting
from training_oversight.complaints.workflow import ComplaintState
from training_oversight.errors import BadInput, Blocked, NotPermitted, WrongState


def assign(county, complaint, department="education", **values):
    given = {
        "department": county.departments[department],
        "handler": None,
        "helpers": [],
        "account": ACCOUNT,
        "by": desk(county),
        "today": clock.today(),
    }
    return done(service.assign, complaint, **(given | values))


def decide(county, complaint, department, by=None):
    given = {"reason": "由该部门牵头。", "by": by or head(county), "today": clock.today()}
    return done(service.decide, complaint, department=county.departments[department], **given)


def test_the_clock_of_the_answer_runs_from_acceptance_on(county):
    complaint = accepted(county)
    due_on = complaint.due_on

    assign(county, complaint, helpers=[county.departments["market"]])

    assert complaint.due_on == due_on
    assert [one.department.code for one in complaint.helpers] == ["market"]


def test_a_handler_is_of_the_department_and_may_handle_it(county):
    complaint = accepted(county)
    stranger = handler(county, "market")

    for unfit in (stranger, county.officer(Role.OBSERVER)):
        with pytest.raises(BadInput) as refused:
            assign(county, complaint, handler=unfit)
        assert "handler_id" in refused.value.fields


def test_the_responsible_department_is_not_its_own_helper(county):
    with pytest.raises(BadInput):
        assign(county, accepted(county), helpers=[county.departments["education"]])


def test_a_department_of_another_county_owns_nothing(county):
    other = County(county.session, "990102", "沱阳县")

    complaint, clerk = accepted(county), desk(county)

    with pytest.raises(BadInput):
        done(
            service.assign,
            complaint,
            department=other.departments["market"],
            handler=None,
            helpers=[],
            account=ACCOUNT,
            by=clerk,
            today=clock.today(),
        )


def test_an_objection_names_another_department(county):
    with pytest.raises(BadInput):
        done(
            service.object_,
            assigned(county),
            ground="不是我们的。",
            department=county.departments["education"],
            by=handler(county),
            today=clock.today(),
        )


def test_what_was_decided_cannot_be_objected_to_again(county):
    complaint = objected(county)
    decide(county, complaint, "market")

    assert complaint.department.code == "market"
    assert complaint.state is ComplaintState.ASSIGNED
    with pytest.raises(Blocked):
        done(
            service.object_,
            complaint,
            ground="也不是我们的。",
            department=county.departments["police"],
            by=handler(county, "market"),
            today=clock.today(),
        )


def test_it_can_stay_where_it_is(county):
    complaint = objected(county)

    decide(county, complaint, "education")

    assert complaint.department.code == "education"


def test_who_assigned_it_does_not_decide_on_the_objection(county):
    both = county.officer(Role.HOTLINE, Role.SECTION_HEAD)
    complaint = accepted(county)
    assign(county, complaint, by=both)
    done(
        service.object_,
        complaint,
        ground="不是我们的。",
        department=county.departments["market"],
        by=handler(county),
        today=clock.today(),
    )

    with pytest.raises(NotPermitted):
        decide(county, complaint, "market", by=both)


def test_a_handler_is_named_later_and_taken_back(county):
    complaint, worker = assigned(county), handler(county)
    given = {"by": desk(county), "today": clock.today()}

    done(service.hand, complaint, worker, **given)
    assert complaint.handler_id == worker.id
    done(service.hand, complaint, None, **given)
    assert complaint.handler_id is None


@pytest.mark.parametrize("step", ["hand", "urge"])
def test_what_is_closed_is_neither_handed_on_nor_urged(county, step):
    complaint = closed(county)
    steps = {
        "hand": lambda: done(service.hand, complaint, None, by=desk(county), today=clock.today()),
        "urge": lambda: done(service.urge, complaint, note="请尽快。", by=desk(county)),
    }

    with pytest.raises(WrongState):
        steps[step]()


def test_urging_is_counted_and_moves_no_day(county):
    complaint = assigned(county)
    due_on = complaint.due_on

    for _ in range(2):
        done(service.urge, complaint, note="12345催办", by=desk(county))

    assert queries.bounced(county.session, [complaint.id])[complaint.id].urged == 2
    assert complaint.due_on == due_on


def test_a_suggestion_says_why(county):
    worker = county.officer(name="周知行")
    place = institution(county, officer_in_charge_id=worker.id, kind_code="arts")
    complaint = accepted(county, place, violation_code="fees")

    found = suggesting.suggestions(county.session, complaint, today=clock.today())

    assert [one.department.code for one in found] == ["education", "market", "culture"]
    assert found[0].officer == worker
    assert "周知行" in str(found[0].why)


def test_of_a_described_place_nothing_is_suggested(county):
    complaint = accepted(county, described=True)

    assert suggesting.suggestions(county.session, complaint, today=clock.today()) == []
