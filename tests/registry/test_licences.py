"""Papers, what they are worth on a day, and what happens to them."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories.registry import institution, licence
from training_oversight import database
from training_oversight.errors import BadInput, StaleForm, WrongState
from training_oversight.registry import queries, service
from training_oversight.registry.models import (
    AnnualGrade,
    Institution,
    Licence,
    LicenceEventKind,
    LicenceState,
    LicenceType,
)
from training_oversight.registry.service import LicenceValues

TODAY = date(2026, 10, 15)
YESTERDAY, TOMORROW = TODAY - timedelta(1), TODAY + timedelta(1)
K, S = LicenceEventKind, LicenceState

# columns that differ from a licence without dates -> its state today
STATES = [
    ({}, S.VALID),
    ({"valid_until": TODAY + timedelta(91)}, S.VALID),
    ({"valid_until": TODAY + timedelta(90)}, S.EXPIRING),
    ({"valid_until": TODAY}, S.EXPIRING),
    ({"valid_until": YESTERDAY}, S.EXPIRED),
    ({"valid_from": TODAY}, S.VALID),
    ({"valid_from": TOMORROW}, S.NOT_YET),
    ({"suspended_on": TODAY}, S.SUSPENDED),
    ({"suspended_on": TOMORROW}, S.VALID),
    ({"suspended_on": YESTERDAY, "valid_until": YESTERDAY}, S.SUSPENDED),
    ({"ended_on": TODAY, "ended_by": K.REVOKED}, S.REVOKED),
    ({"ended_on": TODAY, "ended_by": K.CANCELLED}, S.CANCELLED),
    ({"ended_on": TOMORROW, "ended_by": K.CANCELLED}, S.VALID),
    ({"ended_on": YESTERDAY, "ended_by": K.REVOKED, "suspended_on": YESTERDAY}, S.REVOKED),
]


@pytest.mark.parametrize(("columns", "expected"), STATES)
def test_a_row_and_the_database_agree_what_a_licence_is_worth(county, session, columns, expected):
    record = institution(county)
    paper = licence(county, record, valid_from=None, valid_until=None)
    with database.transaction():
        for name, value in columns.items():
            setattr(paper, name, value)

    asked = session.scalar(
        sa.select(queries.licence_state_sql(TODAY)).where(Licence.id == paper.id)
    )
    licensed = session.scalar(
        sa.select(queries.licensed_sql(TODAY))
        .select_from(Institution)
        .where(Institution.id == record.id)
    )

    assert queries.licence_state(paper, TODAY) is expected
    assert asked == expected.value
    assert bool(licensed) is queries.is_licensed(record, TODAY) is (expected in queries.STANDING)


@pytest.mark.parametrize("kind", [LicenceType.BUSINESS, LicenceType.FOOD, LicenceType.FIRE])
def test_papers_that_do_not_allow_training_make_nobody_licensed(county, session, kind):
    record = institution(county)

    licence(county, record, type=kind)

    assert not queries.is_licensed(record, TODAY)
    assert not session.scalar(
        sa.select(queries.licensed_sql(TODAY))
        .select_from(Institution)
        .where(Institution.id == record.id)
    )


def happen(county, paper, kind, *, on_day=YESTERDAY, by=None, **more):
    by = by or county.officer()
    with database.transaction() as session:
        return service.record_licence_event(
            session, paper, kind=kind, on_day=on_day, by=by, today=TODAY, **more
        )


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([K.SUSPENDED], S.SUSPENDED),
        ([K.SUSPENDED, K.RESUMED], S.VALID),
        ([K.REVOKED], S.REVOKED),
        ([K.CANCELLED], S.CANCELLED),
        ([K.SUSPENDED, K.REVOKED], S.REVOKED),
        ([K.CHANGED], S.VALID),
    ],
)
def test_events_change_what_a_licence_is_worth(county, events, expected):
    paper = licence(county, institution(county))

    for kind in events:
        happen(county, paper, kind)

    assert queries.licence_state(paper, TODAY) is expected


@pytest.mark.parametrize(
    ("before", "refused"),
    [
        ([], K.RESUMED),
        ([K.SUSPENDED], K.SUSPENDED),
        ([K.REVOKED], K.RENEWED),
        ([K.REVOKED], K.REVOKED),
        ([K.CANCELLED], K.ANNUAL_CHECK),
    ],
)
def test_events_that_cannot_be_are_refused(county, before, refused):
    paper = licence(county, institution(county))
    for kind in before:
        happen(county, paper, kind)

    with pytest.raises(WrongState):
        happen(county, paper, refused, valid_until=date(2030, 1, 1))


def test_an_annual_check_is_recorded_with_year_and_grade(county):
    paper = licence(county, institution(county))

    happened = happen(county, paper, K.ANNUAL_CHECK, year=2025, grade=AnnualGrade.PASSED)

    assert paper.events == [happened]
    assert (happened.year, happened.grade) == (2025, AnnualGrade.PASSED)


def test_an_annual_check_without_its_grade_is_refused(county):
    paper = licence(county, institution(county))

    with pytest.raises(BadInput) as refused:
        happen(county, paper, K.ANNUAL_CHECK, year=2025)

    assert "grade" in refused.value.fields


def test_an_annual_check_without_its_year_is_refused(county):
    paper = licence(county, institution(county))

    with pytest.raises(BadInput, match="请填写年检年度") as refused:
        happen(county, paper, K.ANNUAL_CHECK, grade=AnnualGrade.PASSED)

    assert "year" in refused.value.fields


def test_a_renewal_without_its_last_day_is_refused(county):
    paper = licence(county, institution(county), valid_until=date(2028, 3, 4))

    with pytest.raises(BadInput, match="请填写新的有效期截止日期") as refused:
        happen(county, paper, K.RENEWED)

    assert "valid_until" in refused.value.fields
    assert paper.valid_until == date(2028, 3, 4)


def test_a_renewal_must_end_later_than_before(county):
    paper = licence(county, institution(county), valid_until=date(2028, 3, 4))

    with pytest.raises(BadInput) as refused:
        happen(county, paper, K.RENEWED, valid_until=date(2028, 3, 4))

    assert "valid_until" in refused.value.fields


def test_an_event_of_tomorrow_is_refused(county):
    paper = licence(county, institution(county))

    with pytest.raises(BadInput) as refused:
        happen(county, paper, K.SUSPENDED, on_day=TOMORROW)

    assert "on_day" in refused.value.fields


def test_a_new_permit_of_a_subject_institution_needs_a_reason(county):
    record = institution(county, kind_code="subject")

    with pytest.raises(BadInput) as refused:
        licence(county, record, issued_on=date(2026, 9, 1))

    assert "exception_reason" in refused.value.fields


def test_with_a_reason_it_is_recorded_and_stays_marked(county):
    record = institution(county, kind_code="subject")

    paper = licence(county, record, issued_on=date(2026, 9, 1), exception_reason="换发新证")

    assert paper.exception_reason == "换发新证"


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("subject", {"issued_on": date(2020, 5, 1)}),
        ("subject", {"type": LicenceType.BUSINESS, "issued_on": date(2026, 9, 1)}),
        ("arts", {"issued_on": date(2026, 9, 1)}),
    ],
)
def test_other_papers_need_no_reason(county, kind, values):
    record = institution(county, kind_code=kind)

    paper = licence(county, record, **values)

    assert paper.id is not None


def test_an_institution_is_found_by_the_number_of_its_licence(county):
    record = institution(county)

    licence(county, record, number="教民１９９０１０１７０００００１号", type=LicenceType.SCHOOL)

    assert "199010170000" in record.search_text


def test_correcting_a_licence_from_an_old_form_is_refused(county):
    paper, by = licence(county, institution(county)), county.officer()
    seen = paper.version
    happen(county, paper, K.SUSPENDED)

    with pytest.raises(StaleForm), database.transaction() as session:
        service.change_licence(
            session,
            paper,
            values=LicenceValues(type=LicenceType.SCHOOL, number="1"),
            by=by,
            today=TODAY,
            version=seen,
        )


def test_validity_that_ends_before_it_begins_is_refused(county):
    record = institution(county)

    with pytest.raises(BadInput) as refused:
        licence(county, record, valid_from=TODAY, valid_until=YESTERDAY)

    assert "valid_until" in refused.value.fields
