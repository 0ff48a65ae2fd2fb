"""What the ledger refuses besides the moves that its table lacks, beside the field it is about."""

from datetime import date, timedelta

import pytest

from tests.factories import ledger as make
from tests.factories.county import County
from training_oversight import law
from training_oversight.accounts.permissions import Role
from training_oversight.errors import BadInput, Blocked, NotFound, NotPermitted, WrongState
from training_oversight.ledger import service
from training_oversight.ledger.models import LimitBasis, Verdict, VerificationMode


def edited(county, one, *, in_charge=None, by=None):
    make.done(
        service.edit,
        one,
        measure="拆除隔断",
        responsible_party="星屿艺术培训中心",
        responsible_person="许芸",
        officer_in_charge=in_charge,
        by=by or make.inspector(county),
    )


def planned(county, place, *, on=None, by=None):
    return make.done(
        service.plan_reinspection,
        place,
        planned_on=on or county.today,
        by=by or make.inspector(county),
        today=county.today,
    )


def test_a_report_is_not_older_than_the_problem(county):
    one = make.item(county, found_on=county.today - timedelta(days=3))

    with pytest.raises(BadInput) as refused:
        make.applied(county, one, received_on=county.today - timedelta(days=4))

    assert set(refused.value.fields) == {"received_on"}


def test_a_re_check_is_not_older_than_the_problem(county):
    one = make.applied(county, found_on=county.today - timedelta(days=3))
    before = county.today - timedelta(days=4)

    with pytest.raises(BadInput) as refused:
        make.done(
            service.verify,
            one,
            recheck=service.Recheck(VerificationMode.DOCUMENTS, before, "看过照片。"),
            verdict=Verdict.PASSED,
            new_limit=None,
            by=make.inspector(county),
            today=county.today,
            calendar=make.calendar(county),
        )

    assert set(refused.value.fields) == {"verified_on"}


def test_who_may_not_verify_is_not_named_as_the_verifier(county):
    one = make.item(county)

    with pytest.raises(BadInput) as refused:
        make.done(
            service.close_directly,
            one,
            reason=make.close_reason(county, "stopped"),
            recheck=service.Recheck(VerificationMode.PLATFORM, county.today, "平台已注销。"),
            verified_by=county.officer(Role.PUBLISHER),
            by=make.section_head(county),
            today=county.today,
        )

    assert set(refused.value.fields) == {"verified_by_id"}


@pytest.mark.parametrize(
    ("limit", "field"),
    [
        (service.FixedLimit(date(2026, 9, 1), LimitBasis.ON_THE_SPOT), "due_on"),
        (
            service.PeriodLimit(
                law.Period(5, law.Unit.WORKING_DAYS), date(2026, 10, 16), LimitBasis.SERVICE
            ),
            "starts_on",
        ),
    ],
)
def test_a_limit_is_not_over_before_the_problem_and_does_not_start_tomorrow(county, limit, field):
    one = make.item(county, found_on=date(2026, 9, 15))

    with pytest.raises(BadInput) as refused:
        make.done(
            service.set_limit,
            one,
            limit=limit,
            by=make.inspector(county),
            today=county.today,
            calendar=make.calendar(county),
        )

    assert set(refused.value.fields) == {field}
    assert one.due_on is None


def test_a_limit_without_period_and_day_is_a_fault_of_the_program(county):
    one = make.item(county)

    with pytest.raises(ValueError, match="a period or a day"):
        make.done(
            service.start,
            one,
            from_day=county.today,
            basis=LimitBasis.SERVICE,
            source="责改38号",
            by=make.inspector(county),
            calendar=make.calendar(county),
        )


def test_who_verified_an_item_does_not_become_responsible_for_it(county):
    verifier = make.inspector(county)
    one = make.verified(county, by=verifier)

    with pytest.raises(BadInput) as refused:
        edited(county, one, in_charge=verifier)

    assert set(refused.value.fields) == {"officer_in_charge_id"}


def test_what_has_left_the_ledger_is_not_corrected(county):
    one = make.closed(county)

    with pytest.raises(WrongState):
        edited(county, one)


def test_a_re_inspection_needs_an_open_item_a_day_to_come_and_its_role(county, session):
    place = make.item(county).institution
    stranger = make.inspector(County(session, "990202", "云溪县"))

    with pytest.raises(Blocked):
        planned(county, make.institution(county))
    with pytest.raises(BadInput) as refused:
        planned(county, place, on=county.today - timedelta(days=1))
    with pytest.raises(NotPermitted):
        planned(county, place, by=county.officer(Role.PUBLISHER))
    with pytest.raises(NotFound):
        planned(county, place, by=stranger)

    assert set(refused.value.fields) == {"planned_on"}


def test_what_an_officer_was_responsible_for_goes_to_another_but_not_what_they_verified(county):
    giver, taker = make.inspector(county), make.inspector(county)
    plain = make.item(county, in_charge=giver)
    own = make.verified(county, by=taker, in_charge=giver)

    count = make.done(service.hand_over, giver, taker=taker, by=make.section_head(county))

    assert count == 1
    assert (plain.officer_in_charge_id, own.officer_in_charge_id) == (taker.id, giver.id)
