"""From which day a limit runs, until when, and what starts it."""

from datetime import date, timedelta

import pytest

from tests.factories import ledger as make
from tests.factories.unarranged import LAST_ARRANGED
from training_oversight import law
from training_oversight.errors import (
    BadInput,
    Blocked,
)
from training_oversight.ledger import service
from training_oversight.ledger.models import (
    LimitBasis,
)
from training_oversight.ledger.workflow import ItemState


def test_a_period_is_frozen_as_a_day_with_its_basis(county):
    limit = service.PeriodLimit(
        law.Period(15, law.Unit.WORKING_DAYS), date(2026, 9, 14), LimitBasis.SERVICE, "责改37号"
    )

    one = make.item(county, limit=limit, found_on=date(2026, 9, 14))

    assert (one.due_on, one.sort_due) == (date(2026, 10, 10), date(2026, 10, 10))
    assert (one.due_basis, one.due_source) == (LimitBasis.SERVICE, "责改37号")
    assert [row.length for row in one.limits] == [15]


def test_a_period_into_an_unknown_year_is_marked_provisional(at, county):
    at(started := date(LAST_ARRANGED, 11, 16))
    limit = service.PeriodLimit(law.Period(60, law.Unit.WORKING_DAYS), started, LimitBasis.SERVICE)

    one = make.item(county, limit=limit)

    assert one.limits[0].provisional


def test_service_of_a_notice_starts_the_limit(county):
    one = make.item(county)

    make.done(
        service.start,
        one,
        period=law.Period(5, law.Unit.WORKING_DAYS),
        from_day=county.today,
        basis=LimitBasis.SERVICE,
        source="责改38号",
        by=make.inspector(county),
        calendar=make.calendar(county),
    )

    assert one.due_on == date(2026, 10, 22)


def test_service_starts_no_limit_for_what_has_left_the_ledger(county):
    one = make.closed(county)

    given = make.done(
        service.start,
        one,
        due_on=date(2026, 11, 1),
        from_day=county.today,
        basis=LimitBasis.SERVICE,
        source="",
        by=make.inspector(county),
        calendar=make.calendar(county),
    )

    assert (given, one.due_on) == (None, None)


def test_a_running_limit_is_not_moved_by_hand(county):
    one = make.item(county, due_on=date(2026, 10, 20))

    with pytest.raises(Blocked):
        make.done(
            service.set_limit,
            one,
            limit=service.FixedLimit(date(2027, 1, 1)),
            by=make.inspector(county),
            today=county.today,
            calendar=make.calendar(county),
        )

    assert one.due_on == date(2026, 10, 20)


def test_the_report_starts_the_offices_own_limit(county):
    one = make.applied(county, received_on=date(2026, 10, 14))

    assert one.state == ItemState.APPLIED
    assert one.office_due_on == date(2026, 10, 23)


def test_a_report_of_tomorrow_is_refused(county):
    with pytest.raises(BadInput) as refused:
        make.applied(county, received_on=county.today + timedelta(days=1))

    assert "received_on" in refused.value.fields
