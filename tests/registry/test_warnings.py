"""A licence that comes to its end reaches the officer in charge, once for each threshold."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories.registry import closed, institution, licence
from tests.registry.test_licences import happen
from training_oversight.database import transaction
from training_oversight.registry import jobs, queries, service
from training_oversight.registry.models import (
    Licence,
    LicenceEventKind,
    LicenceType,
    LicenceWarning,
)

TODAY = date(2026, 10, 15)
K = LicenceEventKind


def days(count):
    return timedelta(days=count)


def told(session):
    """(end, threshold) of every warning, in the order of raising."""
    found = session.scalars(sa.select(LicenceWarning).order_by(LicenceWarning.id))
    return [(one.valid_until, one.threshold) for one in found]


def paper(county, until, record=None, **values):
    return licence(county, record or institution(county), valid_until=until, **values)


# How many days are left -> which threshold that is
THRESHOLDS = [
    (91, None), (90, 90), (89, 90), (31, 90), (30, 30), (29, 30), (1, 30), (0, 30), (-1, 0),
    (-900, 0),
]  # fmt: skip


@pytest.mark.parametrize(("left", "threshold"), THRESHOLDS)
def test_of_what_is_due_the_sharpest_is_told_and_nothing_else(county, session, left, threshold):
    paper(county, TODAY + days(left))

    jobs.warn_of_licences(TODAY)

    assert told(session) == ([] if threshold is None else [(TODAY + days(left), threshold)])


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (-91, []),
        (-90, [90]),
        (-89, [90]),
        (-31, [90]),
        (-30, [30]),
        (0, [30]),
        (1, [0]),
        (2, [0]),
    ],
)
def test_the_day_before_the_day_and_the_day_after(county, session, at, offset, expected):
    until = date(2027, 3, 31)
    paper(county, until)
    at(until + days(offset))

    jobs.warn_of_licences(until + days(offset))

    assert [threshold for _, threshold in told(session)] == expected


def test_a_paper_followed_day_by_day_is_told_of_three_times(county, session, at):
    until = TODAY + days(92)
    paper(county, until)

    for offset in range(100):
        at(TODAY + days(offset))
        jobs.warn_of_licences(TODAY + days(offset))

    assert [threshold for _, threshold in told(session)] == [90, 30, 0]


def test_twice_on_one_day_is_told_once(county, session):
    paper(county, TODAY)

    first, second = jobs.warn_of_licences(TODAY), jobs.warn_of_licences(TODAY)

    assert (first.done, second.done, second.failed) == (1, 0, 0)
    assert told(session) == [(TODAY, 30)]


def test_after_an_outage_only_the_sharpest_is_made_up_for(county, session, at):
    until = TODAY + days(90)
    paper(county, until)
    jobs.warn_of_licences(TODAY)
    at(until + days(10))

    jobs.warn_of_licences(until + days(10))

    assert told(session) == [(until, 90), (until, 0)]


def test_run_for_an_earlier_day_it_tells_nothing_milder(county, session):
    paper(county, TODAY)
    jobs.warn_of_licences(TODAY + days(1))

    jobs.warn_of_licences(TODAY - days(60))

    assert [threshold for _, threshold in told(session)] == [0]


def test_who_looked_before_and_comes_later_tells_nothing_milder(county, session):
    one = paper(county, TODAY + days(20))
    jobs.warn_of_licences(TODAY)

    with transaction() as writing:
        raised = service.warn(
            writing, writing.get_one(Licence, one.id), by=county.system, today=TODAY - days(40)
        )

    assert not raised
    assert told(session) == [(TODAY + days(20), 30)]


def test_a_renewed_paper_is_told_of_again_before_its_new_end(county, session):
    one = paper(county, TODAY + days(20))
    jobs.warn_of_licences(TODAY)
    happen(county, one, K.RENEWED, valid_until=TODAY + days(80), by=county.system)

    jobs.warn_of_licences(TODAY)

    assert told(session) == [(TODAY + days(20), 30), (TODAY + days(80), 90)]


@pytest.mark.parametrize("kind", [LicenceType.FOOD, LicenceType.BUSINESS, LicenceType.OTHER])
def test_every_paper_with_an_end_is_watched(county, session, kind):
    paper(county, TODAY, type=kind)

    jobs.warn_of_licences(TODAY)

    assert len(told(session)) == 1


def test_papers_of_which_nothing_is_to_be_told(county, session):
    paper(county, None)
    gone = paper(county, TODAY)
    happen(county, gone, K.CANCELLED, by=county.system)
    left = institution(county)
    paper(county, TODAY, left)
    closed(left, county)
    again = institution(county)
    paper(county, TODAY, again)
    paper(county, TODAY + days(900), again)

    jobs.warn_of_licences(TODAY)

    assert told(session) == []


def test_a_paper_of_another_type_takes_nobodys_place(county, session):
    record = institution(county)
    paper(county, TODAY, record)
    paper(county, TODAY + days(900), record, type=LicenceType.BUSINESS)

    jobs.warn_of_licences(TODAY)

    assert told(session) == [(TODAY, 30)]


def test_it_is_written_into_the_history_by_the_system(county, session, inspector):
    one = paper(county, TODAY + days(76))

    jobs.warn_of_licences(TODAY)

    event = queries.history(session, one.institution)[0]
    assert (event.verb, event.actor_name, event.facts["left"]) == ("licence.warned", "系统", 76)
    page = inspector.get(f"/institutions/{one.institution_id}")
    assert "2026年12月30日到期，还有76天" in page.soup.select_one("#history").text


def test_what_needs_no_warning_any_more_is_not_warned_of_by_a_job_that_chose_it_before(
    county, session
):
    shut, record = institution(county), institution(county)
    of_shut, replaced = paper(county, TODAY, shut), paper(county, TODAY, record)
    ended = paper(county, TODAY)
    closed(shut, county)
    happen(county, ended, K.CANCELLED)
    paper(county, TODAY + days(900), record, valid_from=TODAY)

    for one in (of_shut, replaced, ended):
        with transaction() as writing:
            assert not service.warn(writing, one, by=county.system, today=TODAY)

    assert told(session) == []
