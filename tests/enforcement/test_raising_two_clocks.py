"""An item with two limits is raised once for each of them."""

from datetime import date, timedelta

import pytest

from tests.enforcement.test_raising import entries
from tests.factories import ledger as make
from tests.factories.enforcement import convener, done
from training_oversight.batches import Outcome
from training_oversight.enforcement import jobs, queries, service

TODAY = date(2026, 10, 15)
DAY = timedelta(days=1)
STOP, REFUNDS = TODAY - DAY, TODAY + 4 * DAY


def stopped(county, second_due_on=REFUNDS):
    return make.stopped(county, due_on=STOP, second_due_on=second_due_on)


def raised(today):
    return jobs.raise_overdue_items(today).done


def test_each_limit_is_raised_once_on_the_day_after_it(county):
    one = stopped(county)

    days = [TODAY, TODAY + DAY, REFUNDS, REFUNDS + DAY, REFUNDS + 2 * DAY]

    assert [raised(day) for day in days] == [1, 0, 0, 1, 0]
    assert entries(county) == [(one.id, STOP, REFUNDS + DAY), (one.id, REFUNDS, None)]


def test_a_job_that_was_down_raises_both_limits_in_one_step(county):
    one = stopped(county)
    day = REFUNDS + DAY

    outcomes = [jobs.raise_overdue_items(day) for _ in range(2)]

    assert outcomes == [Outcome(done=1), Outcome(skipped=1)]
    assert entries(county) == [(one.id, STOP, day), (one.id, REFUNDS, None)]


def test_only_refunds_that_are_missed_are_raised_as_well(county):
    one = stopped(county)
    make.applied(county, one, received_on=STOP)

    assert [raised(TODAY), raised(REFUNDS + DAY)] == [0, 1]
    assert entries(county) == [(one.id, REFUNDS, None)]


def test_refunds_reported_in_time_are_not_raised(county):
    one = make.second_met(county, stopped(county))
    make.applied(county, one, received_on=STOP)

    assert raised(REFUNDS + DAY) == 0


def test_two_limits_of_one_day_are_one_deadline(county):
    one = stopped(county, second_due_on=STOP)

    assert [raised(TODAY), raised(TODAY + DAY)] == [1, 0]
    assert entries(county) == [(one.id, STOP, None)]


@pytest.mark.parametrize("decided_on", [TODAY, REFUNDS + DAY])
def test_who_takes_it_out_has_decided_on_what_has_lapsed_by_then(county, decided_on):
    one = stopped(county)
    raised(TODAY)
    case = queries.live_case(county.session, one.institution_id)
    entry = queries.live_entries(county.session, case)[0]

    done(service.remove_item, case, entry, reason="另案处理", by=convener(county), today=decided_on)

    later = raised(REFUNDS + 2 * DAY)
    assert later == (1 if decided_on == TODAY else 0)
