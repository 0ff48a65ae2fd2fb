"""Answers, call-backs, and what is handled again."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import inspections
from tests.factories.complaints import (
    ANSWER,
    accepted,
    answered,
    assigned,
    called,
    closed,
    desk,
    handler,
    head,
    merged,
    received,
    redone,
    submitted,
)
from tests.factories.ledger import done
from tests.factories.registry import institution
from training_oversight import clock
from training_oversight.accounts.permissions import Role
from training_oversight.complaints import queries, service
from training_oversight.complaints.kinds import (
    CalledBy,
    ComplaintKind,
    LimitBasis,
    Satisfaction,
)
from training_oversight.complaints.models import Complaint, ComplaintVisit
from training_oversight.complaints.workflow import ComplaintState, ComplaintVerb
from training_oversight.errors import BadInput, Blocked, NotPermitted, WrongState

INQUIRY = {"kind": ComplaintKind.INQUIRY}


def test_an_inquiry_is_answered_at_once_or_by_its_department(county):
    settled, answered_ = received(county, **INQUIRY), assigned(county, **INQUIRY)

    done(service.settle, settled, ANSWER, by=desk(county), today=clock.today())
    done(service.answer, answered_, ANSWER, by=handler(county), today=clock.today())

    assert {settled.state, answered_.state} == {ComplaintState.ANSWERED}
    assert settled.due_on is None


def test_a_report_is_answered_only_with_approval(county):
    complaint = assigned(county)

    with pytest.raises(Blocked):
        done(service.answer, complaint, ANSWER, by=handler(county), today=clock.today())


def test_an_inquiry_is_not_submitted(county):
    complaint = assigned(county, **INQUIRY)

    with pytest.raises(Blocked):
        done(service.submit, complaint, ANSWER, by=handler(county), today=clock.today())


def test_who_wrote_the_answer_does_not_approve_it(county):
    both = county.officer(Role.SECTION_HEAD)
    complaint = submitted(county, by=both)

    with pytest.raises(NotPermitted):
        done(service.approve, complaint, by=both, today=clock.today())


def test_an_answer_that_was_sent_back_stays_readable(county):
    complaint = submitted(county)
    done(service.return_, complaint, reason="请写明退费日期。", by=head(county))
    done(service.submit, complaint, ANSWER, by=handler(county), today=clock.today())

    assert [one.returned for one in complaint.answers] == ["请写明退费日期。", ""]


def test_it_closes_once_everybody_was_called(county):
    complaint = assigned(county)
    another = merged(county, complaint.institution, into=complaint)
    done(service.submit, complaint, ANSWER, by=handler(county), today=clock.today())
    done(service.approve, complaint, by=head(county), today=clock.today())
    close = {"by": desk(county), "today": clock.today()}

    with pytest.raises(Blocked):
        done(service.close, complaint, **close)
    called(county, complaint)
    with pytest.raises(Blocked):
        done(service.close, complaint, **close)
    called(county, complaint, reporter=another)
    done(service.close, complaint, **close)

    assert complaint.state is ComplaintState.CLOSED


def test_who_is_not_satisfied_keeps_it_open_until_the_head_decides(county):
    complaint = answered(county)
    called(county, complaint, Satisfaction.DISSATISFIED)
    close = {"by": desk(county), "today": clock.today()}

    with pytest.raises(Blocked):
        done(service.close, complaint, **close)
    done(service.leave, complaint, reason="已按合同退清。", by=head(county), today=clock.today())
    done(service.close, complaint, **close)

    assert complaint.callbacks[0].decided_on == clock.today()


def test_without_a_proposal_there_is_nothing_to_leave(county):
    complaint = answered(county)

    with pytest.raises(WrongState):
        done(service.leave, complaint, reason="维持。", by=head(county), today=clock.today())


def test_what_is_redone_gets_a_new_limit_and_a_call_of_its_own(county):
    complaint = answered(county)
    called(county, complaint, Satisfaction.DISSATISFIED)

    redone(county, complaint)

    assert complaint.state is ComplaintState.ASSIGNED
    assert complaint.limits[-1].basis is LimitBasis.REDONE
    assert complaint.due_on == complaint.limits[-1].due_on
    assert complaint.proposals == []
    assert complaint.to_call_back == [] or complaint.answered_on is None


def test_what_the_desk_answered_goes_to_a_department(county):
    complaint = received(county, **INQUIRY)
    done(service.settle, complaint, ANSWER, by=desk(county), today=clock.today())

    with pytest.raises(Blocked):
        redone(county, complaint)
    redone(county, complaint, ComplaintVerb.TAKE_UP)

    assert complaint.state is ComplaintState.ACCEPTED
    assert complaint.accepted_on == clock.today()


def test_a_closed_one_is_reopened_for_its_department(county):
    complaint = closed(county)

    with pytest.raises(Blocked):
        redone(county, complaint, ComplaintVerb.TAKE_UP)
    redone(county, complaint, ComplaintVerb.REOPEN)

    assert complaint.state is ComplaintState.ASSIGNED


def test_a_call_lies_between_the_answer_and_today(county):
    complaint = answered(county)
    for day in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=1)):
        with pytest.raises(BadInput):
            done(
                service.call_back,
                complaint,
                complaint,
                satisfaction=Satisfaction.SATISFIED,
                called_by=CalledBy.OFFICE,
                remark="",
                called_on=day,
                by=desk(county),
                today=clock.today(),
            )


def test_nobody_is_called_before_there_is_an_answer(county):
    complaint = accepted(county)

    with pytest.raises(WrongState):
        called(county, complaint)


def test_lists_and_records_say_the_same_of_what_is_left_after_an_answer(county):
    plain = answered(county, reporter=service.NOBODY, anonymous=True)
    to_call = answered(county)
    called_one, proposed = answered(county), answered(county)
    called(county, called_one)
    called(county, proposed, Satisfaction.DISSATISFIED)
    every = [plain, to_call, called_one, proposed]

    found = queries.after_answers(county.session, [one.id for one in every])

    assert {key: (one.to_call, one.proposed) for key, one in found.items()} == {
        one.id: (bool(one.to_call_back), bool(one.proposals)) for one in every
    }


def test_a_visit_to_the_place_is_linked_once(county):
    place = institution(county)
    complaint = assigned(county, place)
    visit = inspections.visit(county, place)

    for _ in range(2):
        done(service.link_visit, complaint, visit, by=handler(county))

    assert county.session.scalar(sa.select(sa.func.count(ComplaintVisit.id))) == 1
    assert queries.visits_of(county.session, complaint) == [visit]
    assert queries.visits_to_link(county.session, complaint) == []


def test_a_visit_elsewhere_or_of_a_closed_order_is_not_linked(county):
    place = institution(county)
    visit = inspections.visit(county, place)

    for complaint, refusal in ((assigned(county), BadInput), (closed(county, place), WrongState)):
        with pytest.raises(refusal):
            done(service.link_visit, complaint, visit, by=desk(county))


def test_the_mark_of_the_platform_carries_a_day_that_can_be(county):
    complaint = received(county)
    mark = {"by": desk(county), "today": clock.today()}

    with pytest.raises(BadInput):
        done(service.mark_platform, complaint, clock.today() + timedelta(days=1), **mark)
    done(service.mark_platform, complaint, clock.today(), **mark)

    assert complaint.platform_on == clock.today()


def test_a_look_at_the_contact_is_refused_to_others(county):
    complaint = received(county)

    with pytest.raises(NotPermitted):
        done(service.look, complaint, why="想知道是谁", by=head(county))


def test_the_board_reads_a_page_in_a_few_queries(county, client_as):
    for _ in range(3):
        assigned(county)

    assert client_as(desk(county)).get("/complaints?state=assigned").text.count("TS-") >= 3
    assert county.session.scalar(sa.select(sa.func.count(Complaint.id))) == 3
