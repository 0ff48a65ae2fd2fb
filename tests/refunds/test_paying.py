"""From what was agreed to the last fen."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import refunds
from tests.factories.enforcement import done
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as history
from training_oversight.errors import BadInput, Blocked, NotPermitted, StaleForm, WrongState
from training_oversight.refunds import service
from training_oversight.refunds.families import Family
from training_oversight.refunds.models import Refund, RefundWay
from training_oversight.refunds.service import PartDraft
from training_oversight.refunds.workflow import RefundState


def test_what_was_agreed_goes_before_the_formula(county):
    made = refunds.agreed(county, fen=150_000, how=RefundWay.MEDIATION)

    assert (made.due_fen, made.computed_fen) == (150_000, refunds.DUE)
    assert (made.agreed_how, made.agreed_on) == (RefundWay.MEDIATION, county.today)


def test_no_more_than_the_contract_is_agreed(county):
    made = refunds.refund(county)

    with pytest.raises(BadInput, match="不能超过合同金额"):
        refunds.agree(county, made, fen=364_001)

    assert made.state == RefundState.ENTERED


def test_no_less_is_agreed_than_was_paid_and_on_no_later_day(county):
    made = refunds.refund(county)
    refunds.paid(county, made, 10_000)

    with pytest.raises(BadInput) as refused:
        done(
            service.agree, made, fen=9_999, how=RefundWay.TALK,
            agreed_on=county.today + timedelta(days=1), by=county.officer(), today=county.today,
        )  # fmt: skip

    assert set(refused.value.fields) == {"fen", "agreed_on"}


def test_the_last_part_settles_and_everything_adds_up_to_the_fen(county):
    made = refunds.agreed(county)

    refunds.paid(county, made, 100_000, way=RefundWay.ACCOUNT)
    assert (made.state, made.left_fen) == (RefundState.AGREED, 112_333)
    refunds.paid(county, made, 112_333)

    assert (made.state, made.left_fen) == (RefundState.SETTLED, 0)
    assert sum(part.fen for part in made.parts) == made.paid_fen == refunds.DUE


def test_an_agreement_on_nothing_more_settles_at_once(county):
    made = refunds.refund(county)
    refunds.paid(county, made, 10_000)

    refunds.agree(county, made, fen=10_000)

    assert made.state == RefundState.SETTLED


@pytest.mark.parametrize(
    ("fen", "days", "fields"),
    [(refunds.DUE + 1, 0, {"fen"}), (0, 0, {"fen"}), (-1, 1, {"fen", "paid_on"})],
)
def test_more_than_due_nothing_and_a_day_to_come_are_refused(county, fen, days, fields):
    made = refunds.agreed(county)
    part = PartDraft(county.today + timedelta(days=days), fen, RefundWay.TALK)

    with pytest.raises(BadInput) as refused:
        done(service.pay, made, part, by=county.officer(), today=county.today)

    assert set(refused.value.fields) == fields
    assert made.paid_fen == 0


def test_a_form_that_was_open_while_another_payment_came_is_stale(county):
    made = refunds.agreed(county)
    seen = made.version
    refunds.paid(county, made, 100)

    with pytest.raises(StaleForm):
        refunds.paid(county, made, 100, version=seen)


@pytest.mark.parametrize("make", [refunds.signed_up, refunds.settled, refunds.withdrawn])
def test_nothing_is_paid_of_what_is_unchecked_settled_or_withdrawn(county, make):
    with pytest.raises(WrongState):
        refunds.paid(county, make(county), 1)


def test_a_court_may_pay_in_a_dispute(county):
    made = refunds.disputed(county)

    refunds.paid(county, made, 100, way=RefundWay.COURT)

    assert (made.state, made.paid_fen) == (RefundState.DISPUTED, 100)


def test_a_payment_in_error_opens_what_it_had_settled(county):
    made, head = refunds.settled(county), county.officer(Role.SECTION_HEAD)
    (part,) = made.parts

    done(service.void_part, part, reason="录成别家的", by=head, today=county.today)

    assert (made.state, made.paid_fen) == (RefundState.AGREED, 0)
    assert (part.voided_on, part.void_reason) == (county.today, "录成别家的")
    with pytest.raises(WrongState):
        done(service.void_part, part, reason="再来一次", by=head, today=county.today)


def test_a_payment_in_error_of_an_open_refund_does_not_count_any_more(county):
    made = refunds.agreed(county)
    part = refunds.paid(county, made, 100)

    done(
        service.void_part, part, reason="重复", by=county.officer(Role.SECTION_HEAD),
        today=county.today,
    )  # fmt: skip

    assert (made.state, made.paid_fen) == (RefundState.AGREED, 0)
    with pytest.raises(NotPermitted):
        done(service.void_part, part, reason="x", by=county.officer(), today=county.today)


def test_what_was_paid_in_part_is_not_withdrawn(county):
    made = refunds.agreed(county)
    refunds.paid(county, made, 100)

    with pytest.raises(Blocked, match="已有退付"):
        done(service.withdraw, made, reason="不要了", by=county.officer(Role.SECTION_HEAD))


def test_a_settled_refund_can_be_disputed_and_agreed_on_anew(county):
    made = refunds.settled(county)
    done(service.dispute, made, reason="少算两课时", by=county.officer())

    refunds.agree(county, made, fen=230_000)

    assert (made.state, made.left_fen) == (RefundState.AGREED, 230_000 - refunds.DUE)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "values",
    [
        {"paid_fen": refunds.DUE + 1},
        {"agreed_fen": 364_001},
        {"used": 49},
        {"given": -1},
        {"state": "settled"},
        {"state": "agreed", "agreed_fen": None, "agreed_on": None},
    ],
)
def test_the_database_refuses_what_no_service_would_write(county, values):
    made = refunds.agreed(county)

    with pytest.raises(sa.exc.IntegrityError), county.session.begin_nested():
        county.session.execute(sa.update(Refund).where(Refund.id == made.id).values(**values))


def test_the_history_tells_each_step_and_names_nobody(county):
    made = refunds.settled(county, whose=refunds.family(county, pupil="小满", parent="霍思远"))

    events = history.history(county.session, made)

    assert [one.verb for one in events] == [
        "refund.settle", "refund.paid", "refund.agree", "refund.entered",
    ]  # fmt: skip
    said = str([(one.changes, one.facts, one.note) for one in events])
    assert "霍思远" not in said
    assert "小满" not in said
    assert "1990000" not in said


def test_what_is_noted_tells_nobody_who_the_family_is(county):
    made = refunds.refund(county, whose=Family("19900070001", "霍思远", "小满"))
    words, head = "霍思远（19900070001）称小满请过假", county.officer(Role.SECTION_HEAD)

    done(service.dispute, made, reason=words, by=head)
    part = PartDraft(county.today, 100, RefundWay.TALK, words)
    paid = done(service.pay, made, part, by=head, today=county.today)
    done(service.void_part, paid, reason=words, by=head, today=county.today)

    noted = [paid.note, paid.void_reason, *(e.note for e in history.history(county.session, made))]
    assert len([one for one in noted if "请过假" in one]) == 4
    assert not any(word in str(noted) for word in ("霍思远", "19900070001", "小满"))
