"""What lists are sorted by is kept by the database, whichever way the records change."""

from datetime import date, timedelta

import sqlalchemy as sa

from tests.factories import inspections
from tests.factories.registry import institution, licence
from training_oversight import clock, database
from training_oversight.audit import queries as history
from training_oversight.inspections import service as visits
from training_oversight.inspections.models import NotPossible, VisitKind
from training_oversight.registry import service
from training_oversight.registry.models import (
    NEVER,
    NO_END,
    Institution,
    Licence,
    LicenceEventKind,
    LicenceType,
)

TODAY = date(2026, 10, 15)


def kept(session, place):
    """Both columns as they stand in the database now."""
    columns = sa.select(Institution.sort_licence, Institution.sort_visited)
    return tuple(session.execute(columns.where(Institution.id == place.id)).one())


def test_a_place_without_papers_and_visits_comes_last_and_first(county, session):
    assert kept(session, institution(county)) == (NO_END, NEVER)


def test_the_last_end_of_the_permits_counts_and_no_other_paper(county, session):
    place = institution(county)
    licence(county, place, valid_until=date(2027, 1, 31))
    licence(county, place, valid_until=date(2028, 6, 30), type=LicenceType.TRAINING)
    licence(county, place, valid_until=date(2040, 1, 1), type=LicenceType.BUSINESS)

    assert kept(session, place)[0] == date(2028, 6, 30)


def test_a_permit_without_an_end_ends_never_until_it_is_revoked(county, session):
    place = institution(county)
    paper = licence(county, place, valid_until=None)
    before, officer = kept(session, place)[0], county.officer()

    with database.transaction():
        service.record_licence_event(
            session,
            paper,
            kind=LicenceEventKind.REVOKED,
            on_day=date(2026, 9, 1),
            by=officer,
            today=TODAY,
        )

    assert (before, kept(session, place)[0]) == (NO_END, date(2026, 9, 1))


def test_a_paper_that_goes_over_to_another_institution_counts_there(county, session):
    here, there = institution(county), institution(county)
    paper = licence(county, here, valid_until=date(2027, 1, 31))

    with database.transaction():
        session.execute(sa.update(Licence).values(institution_id=there.id))
    moved = kept(session, here)[0], kept(session, there)[0]
    with database.transaction():
        session.execute(sa.delete(Licence).where(Licence.id == paper.id))

    assert moved == (NO_END, date(2027, 1, 31))
    assert kept(session, there)[0] == NO_END


def test_the_latest_visit_counts_also_when_an_earlier_one_is_entered_after_it(county, session):
    place = institution(county)
    late = inspections.visit(county, place, happened_at=clock.now() - timedelta(days=3))
    inspections.visit(county, place, happened_at=clock.now() - timedelta(days=30))

    assert kept(session, place)[1] == late.happened_at


def test_who_did_not_get_in_or_looked_at_papers_only_has_not_visited(county, session):
    place = institution(county)
    inspections.visit(county, place, kind=VisitKind.DESK)
    attempt, officer = inspections.visit_under_way(county, place), county.officer()

    with database.transaction():
        visits.not_possible(
            session,
            attempt,
            kind=NotPossible.CLOSED,
            note="门锁着",
            again_on=TODAY,
            by=officer,
            today=TODAY,
        )

    assert kept(session, place)[1] == NEVER


def test_the_history_does_not_tell_of_columns_that_only_sort(county, session):
    place = institution(county)

    event = history.history(session, place)[0]

    assert not {"sort_licence", "sort_visited"} & event.changes.keys()
