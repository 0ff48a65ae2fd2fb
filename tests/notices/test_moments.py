"""When a paper was handed over, to the minute: not to come, and not before it was signed."""

from datetime import time, timedelta

import pytest

from tests.factories import notices
from training_oversight import clock, database
from training_oversight.errors import BadInput
from training_oversight.notices import service


def serve(county, notice, attempt):
    with database.transaction() as session:
        service.serve(
            session, notice, attempt=attempt, by=county.officer(), today=county.today,
            calendar=notices.ledger.calendar(county),
        )  # fmt: skip


def fail(county, notice, attempt):
    with database.transaction() as session:
        service.record_failed_attempt(
            session, notice, attempt=attempt, by=county.officer(), today=county.today
        )


@pytest.mark.parametrize("minute", [time(9, 1), time(18)])
def test_no_service_is_later_than_now(county, minute):
    notice = notices.approved(county)

    with pytest.raises(BadInput) as refused:
        serve(county, notice, notices.handing_over(county, at=minute))

    assert list(refused.value.fields) == ["attempted_time"]


@pytest.mark.parametrize("minute", [time(8, 59), time(1)])
def test_no_service_is_before_its_paper_was_signed(county, minute):
    notice = notices.approved(county)

    with pytest.raises(BadInput) as refused:
        serve(county, notice, notices.handing_over(county, at=minute))

    assert "签发" in str(refused.value.fields["attempted_time"])


def test_a_failed_attempt_is_held_to_the_same(county):
    notice = notices.approved(county)
    early = notices.failure(county)
    before = clock.now() - timedelta(minutes=5)

    with pytest.raises(BadInput):
        fail(county, notice, type(early)(**(vars(early) | {"attempted_at": before})))


@pytest.mark.parametrize("minute", [time(0), time(9)])
def test_the_minute_of_signing_and_a_day_without_an_hour_are_taken(county, minute):
    notice = notices.approved(county)

    serve(county, notice, notices.handing_over(county, at=minute))

    assert notice.served_on == county.today
