"""What a family is owed is entered once, with the steps by which it was counted."""

from datetime import timedelta

import pytest

from tests.factories import refunds
from tests.factories.enforcement import done
from tests.factories.ledger import finding
from tests.factories.registry import institution
from training_oversight.accounts.permissions import Role
from training_oversight.errors import BadInput, NotFound, NotPermitted, StaleForm, WrongState
from training_oversight.refunds import service
from training_oversight.refunds.families import Family
from training_oversight.refunds.formula import Contract
from training_oversight.refunds.workflow import RefundState


def test_a_refund_keeps_what_is_due_and_how_it_was_counted(county):
    made = refunds.refund(county)

    assert made.number == "TF-2026-0001"
    assert (made.due_fen, made.paid_fen, made.left_fen) == (refunds.DUE, 0, refunds.DUE)
    assert made.formula == refunds.formula(county)
    assert str(made.calculation[-1]) == "一次取舍（四舍五入到分）：2123.33元"
    assert made.state == RefundState.ENTERED


def test_the_desk_enters_and_a_leader_does_not(county):
    made = refunds.refund(county, by=county.officer(Role.HOTLINE))

    assert made.state == RefundState.ENTERED
    with pytest.raises(NotPermitted):
        refunds.refund(county, by=county.officer(Role.LEADER))


def test_the_same_family_is_not_entered_twice_at_an_institution(county):
    place, whose = institution(county), refunds.family(county, pupil="小满")
    first = refunds.refund(county, place, whose=whose)

    with pytest.raises(BadInput, match=first.number):
        refunds.refund(county, place, whose=Family(f" +86 {whose.phone}", "别名", "小满"))


@pytest.mark.parametrize(("first", "second"), [("", "美术"), ("美术", ""), ("美术", "美术")])
def test_a_second_contract_must_differ_in_its_course(county, first, second):
    place, whose = institution(county), refunds.family(county)
    refunds.refund(county, place, whose=whose, course=first)

    with pytest.raises(BadInput, match="已登记"):
        refunds.refund(county, place, whose=whose, course=second)


def test_another_course_another_child_and_another_place_are_other_refunds(county):
    place, whose = institution(county), refunds.family(county, pupil="小满")
    refunds.refund(county, place, whose=whose, course="美术")

    made = [
        refunds.refund(county, place, whose=whose, course="舞蹈"),
        refunds.refund(county, place, whose=Family(whose.phone, "", "小寒"), course="美术"),
        refunds.refund(county, whose=whose, course="美术"),
    ]

    assert {one.state for one in made} == {RefundState.ENTERED}


def test_a_family_whose_refund_was_withdrawn_can_be_entered_anew(county):
    place, whose = institution(county), refunds.family(county)
    refunds.withdrawn(county, place, whose=whose)

    assert refunds.refund(county, place, whose=whose).state == RefundState.ENTERED


@pytest.mark.parametrize("phone", ["", "一三八", "12345", "1" * 16, "138 0000 x"])
def test_what_is_no_telephone_number_is_refused_with_everything_else_that_is_wrong(county, phone):
    with pytest.raises(BadInput) as refused:
        refunds.refund(county, whose=Family(phone), contract=Contract(100, 10, 0, -1))

    assert set(refused.value.fields) == {"phone", "used"}


def test_a_refund_belongs_to_an_open_event_or_a_finding_of_the_same_place(county):
    place = institution(county)
    found, running = finding(county, place), refunds.event(county, place)

    assert refunds.refund(county, place, finding=found).finding_id == found.id
    assert refunds.refund(county, event=running).event_id == running.id
    with pytest.raises(NotFound):
        refunds.refund(county, institution(county), event=running)
    with pytest.raises(WrongState, match="已结束"):
        refunds.refund(county, event=refunds.ended(county))


def test_what_a_family_signed_up_is_checked_and_put_right(county):
    made = refunds.signed_up(county)

    done(
        service.check, made, Contract(364_000, 48, 0, 24), refunds.formula(county),
        course="美术", by=county.officer(),
    )  # fmt: skip

    assert (made.state, made.due_fen, made.course) == (RefundState.ENTERED, 182_000, "美术")


def test_figures_are_corrected_before_an_agreement_and_in_a_dispute(county):
    made, by, rule = refunds.refund(county), county.officer(), refunds.formula(county)
    done(service.correct, made, Contract(364_000, 48, 0, 0), rule, course="", by=by)
    assert made.due_fen == 364_000

    refunds.agree(county, made, fen=100)
    with pytest.raises(WrongState):
        done(service.correct, made, refunds.CONTRACT, rule, course="", by=by)

    done(service.dispute, made, reason="课时不对", by=by)
    done(service.correct, made, refunds.CONTRACT, rule, course="", by=by)
    assert (made.agreed_fen, made.due_fen) == (None, refunds.DUE)


def test_figures_by_which_too_much_was_paid_already_are_refused(county):
    made = refunds.refund(county)
    refunds.paid(county, made, 200_000)

    with pytest.raises(BadInput, match="已退金额"):
        done(
            service.correct, made, Contract(364_000, 48, 0, 40), refunds.formula(county),
            course="", by=county.officer(),
        )  # fmt: skip


def test_the_mark_of_the_national_platform_has_its_day(county):
    made, by = refunds.refund(county), county.officer()
    seen = {"by": by, "today": county.today, "version": made.version}

    done(service.mark_platform, made, entered_on=county.today, **seen)

    assert made.platform_on == county.today
    with pytest.raises(StaleForm):
        done(service.mark_platform, made, entered_on=county.today, **seen)
    tomorrow = county.today + timedelta(days=1)
    with pytest.raises(BadInput):
        done(service.mark_platform, made, entered_on=tomorrow, by=by, today=county.today)


def test_who_looks_at_a_family_says_why_and_stands_in_the_history(county):
    made, by = refunds.refund(county), county.officer()

    done(service.look, made, why="联系家长核对合同", by=by)

    with pytest.raises(BadInput):
        done(service.look, made, why="看", by=by)
    with pytest.raises(NotPermitted):
        done(service.look, made, why="联系家长核对合同", by=county.officer(Role.OBSERVER))
