"""Taking complaints in, accepting, declining and merging them."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories.complaints import (
    REPORTER,
    WORDS,
    accepted,
    answered,
    assigned,
    desk,
    merged,
    received,
    told,
)
from tests.factories.county import County
from tests.factories.ledger import done
from tests.factories.registry import institution
from training_oversight import clock
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as audit
from training_oversight.complaints import service
from training_oversight.complaints.kinds import Channel, ComplaintKind, LimitBasis, Step
from training_oversight.complaints.models import Complaint, ComplaintContact, ComplaintDraft
from training_oversight.complaints.service import NOBODY, codes
from training_oversight.complaints.workflow import ComplaintState
from training_oversight.errors import BadInput, Blocked, NotFound, NotPermitted


def limits(complaint):
    return {limit.step: limit for limit in complaint.limits}


def test_a_complaint_gets_a_number_a_code_and_a_day(county):
    complaint = received(county)

    assert complaint.number == f"TS-{county.today.year}-0001"
    assert codes.is_one(complaint.tracking_code)
    assert complaint.due_on == limits(complaint)[Step.ACCEPT].due_on


@pytest.mark.parametrize(
    ("values", "length", "unit"),
    [
        ({"channel": Channel.PHONE}, 15, "working_days"),
        ({"channel": Channel.CENTRE}, 15, "working_days"),
        # 信访 counts in calendar days, whatever its way.
        ({"kind": ComplaintKind.PETITION, "channel": Channel.LETTER}, 60, "calendar_days"),
    ],
)
def test_the_limit_of_the_answer_is_that_of_channel_or_kind(county, values, length, unit):
    limit = limits(accepted(county, **values))[Step.ANSWER]

    assert (limit.length, limit.unit) == (length, unit)
    assert limit.basis is LimitBasis.COUNTY


def test_the_day_of_an_outside_order_goes_before_the_countys(county):
    day = county.today + timedelta(days=9)

    complaint = accepted(
        county, channel=Channel.CENTRE, outside_number="DH0017", outside_due_on=day
    )

    assert complaint.due_on == day
    assert limits(complaint)[Step.ANSWER].basis is LimitBasis.ORDER
    assert limits(complaint)[Step.ANSWER].source == "DH0017"


def test_an_order_can_carry_a_day_without_a_number(county):
    day = county.today + timedelta(days=9)

    assert limits(received(county, outside_due_on=day))[Step.ANSWER].source == ""


def test_the_contact_lies_apart_and_no_history_says_it(county):
    complaint = received(county)

    [contact] = county.session.scalars(sa.select(ComplaintContact))
    events = audit.history(county.session, complaint)
    assert contact.phone == REPORTER.phone
    assert all(REPORTER.phone not in str(event.changes) for event in events)
    assert all(WORDS not in str(event.changes) for event in events)


def test_who_leaves_nothing_has_no_contact(county):
    complaint = received(county, reporter=NOBODY, anonymous=True)

    assert county.session.scalar(sa.select(sa.func.count(ComplaintContact.id))) == 0
    assert not complaint.reachable


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"institution": None, "place": ""}, "place"),
        ({"received_on": clock.today() + timedelta(days=4000)}, "received_on"),
        ({"outside_due_on": clock.today() - timedelta(days=4000)}, "outside_due_on"),
    ],
)
def test_what_cannot_be_so_is_refused_beside_its_field(county, values, field):
    given = {"by": desk(county), "now": clock.now(), "today": clock.today()}

    with pytest.raises(BadInput) as refused:
        done(service.log, told(county, institution(county), **values), **given)

    assert list(refused.value.fields) == [field]


def test_an_order_of_another_county_is_not_logged(county):
    other = County(county.session, "990102", "沱阳县")
    given = {"by": desk(county), "now": clock.now(), "today": clock.today()}

    with pytest.raises(NotFound):
        done(service.log, told(other, place="城关路"), **given)


def test_who_only_reads_takes_nothing_in(county):
    given = {"by": county.officer(Role.OBSERVER), "now": clock.now(), "today": clock.today()}

    with pytest.raises(NotPermitted):
        done(service.log, told(county, institution(county)), **given)


def test_a_merged_order_keeps_its_own_code_and_waits_for_the_other(county):
    into = assigned(county)

    complaint = merged(county, into.institution, into=into)

    assert complaint.state is ComplaintState.MERGED
    assert complaint.tracking_code != into.tracking_code
    assert complaint.due_on is None
    assert into.merged == [complaint]


def test_nothing_goes_into_what_is_answered(county):
    into, complaint = answered(county), received(county)

    with pytest.raises(Blocked):
        done(service.merge, complaint, into, by=desk(county))


def test_an_order_does_not_go_into_itself_nor_into_another_countys(county):
    complaint = received(county)
    other = received(County(county.session, "990102", "沱阳县"), by=county.system)

    for into, refusal in ((complaint, BadInput), (other, NotFound)):
        with pytest.raises(refusal):
            done(service.merge, complaint, into, by=desk(county))


def test_what_has_taken_others_in_is_not_merged_itself(county):
    first, second = accepted(county), accepted(county)
    merged(county, first.institution, into=first)

    with pytest.raises(Blocked):
        done(service.merge, first, second, by=desk(county))


def test_a_code_is_tried_again_until_it_is_free(county, monkeypatch):
    taken = received(county).tracking_code[:-1]
    offered = iter([int(taken), 123456789])
    monkeypatch.setattr(codes.secrets, "randbelow", lambda _most: next(offered))

    [code] = codes.fresh(county.session, 1)
    assert code.startswith("123456789")


def test_without_a_free_code_nothing_is_saved(county, monkeypatch):
    taken = received(county).tracking_code[:-1]
    monkeypatch.setattr(codes.secrets, "randbelow", lambda _most: int(taken))

    with pytest.raises(RuntimeError):
        codes.fresh(county.session, 1)


def test_a_slip_of_the_tongue_is_no_code(county):
    code = received(county).tracking_code

    assert codes.is_one(code)
    assert not codes.is_one(code[:-1] + str((int(code[-1]) + 1) % 10))
    assert not codes.is_one(code[:-1])


def test_a_draft_is_replaced_and_thrown_away(county):
    clerk = desk(county)
    for words in ("说到一", "说到一半"):
        done(service.save, {"words": words}, by=clerk, now=clock.now())

    [draft] = county.session.scalars(sa.select(ComplaintDraft))
    assert "说到一半" in draft.content
    done(service.drop, by=clerk)
    assert county.session.scalar(sa.select(sa.func.count(ComplaintDraft.officer_id))) == 0


def test_every_complaint_of_a_year_has_its_own_number(county):
    numbers = {received(county).number for _ in range(3)}

    assert len(numbers) == 3
    assert county.session.scalar(sa.select(sa.func.count(Complaint.id))) == 3
