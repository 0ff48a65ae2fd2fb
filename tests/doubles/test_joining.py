"""Two records of one institution become one: everything of both survives."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories import enforcement, inspections, ledger, registry
from tests.factories.county import County
from tests.factories.joining import everything, fresh, join, two_of_one
from training_oversight import clock, database
from training_oversight.audit import queries as audit
from training_oversight.audit.models import Event
from training_oversight.doubles.models import InstitutionMerge
from training_oversight.errors import BadInput, NotFound, StaleForm, WrongState
from training_oversight.registry import queries, references
from training_oversight.registry import service as registry_service
from training_oversight.registry.models import (
    AnnualGrade,
    ClosingKind,
    LicenceEventKind,
    LicenceType,
)
from training_oversight.registry.queries import InstitutionFilter, View
from training_oversight.registry.workflow import InstitutionState


@pytest.fixture
def officer(county):
    return county.officer()


@pytest.fixture
def two(county):
    return two_of_one(county)


def test_what_hangs_on_the_one_hangs_on_the_other_afterwards(session, county, two, officer):
    kept, gone = two
    item = ledger.item(county, gone)
    visit = inspections.visit(county, gone)
    paper = registry.licence(county, gone, type=LicenceType.BUSINESS, number="B-1")

    join(kept, gone, by=officer)

    session.expire_all()
    assert item.institution_id == kept.id
    assert visit.institution_id == kept.id
    assert paper.institution_id == kept.id
    assert {one.address for one in fresh(session, kept).venues} >= {kept.main_venue.address}
    for model, attribute in references.referring():
        left = session.scalar(
            sa.select(sa.func.count())
            .select_from(model)
            .where(getattr(model, attribute) == gone.id)
        )
        assert left == 0, model


def test_every_moved_record_says_so_in_its_history(session, county, two, officer):
    kept, gone = two
    item = ledger.item(county, gone)

    join(kept, gone, by=officer)

    found = session.scalars(
        sa.select(Event).where(
            Event.subject_kind == "rectification_item",
            Event.subject_id == item.id,
            Event.verb == "record.moved",
        )
    ).one()
    assert found.changes == {"institution_id": [gone.id, kept.id]}
    assert audit.verify(session).broken == []


def test_the_record_that_goes_is_counted_nowhere_and_stays_readable(session, county, two, officer):
    kept, gone = two

    join(kept, gone, by=officer)

    gone = fresh(session, gone)
    assert (gone.state, gone.closing_kind) == (InstitutionState.CLOSED, ClosingKind.MERGED)
    assert gone.merged_into_id == kept.id
    today = clock.today()
    for view in View:
        listed = session.scalars(
            queries.listing(officer, InstitutionFilter(view=view), today=today)
        ).all()
        assert gone not in listed
    assert queries.get(session, gone.id, officer.scope).name == gone.name


def test_chosen_values_are_taken_and_the_other_name_stays_a_name(session, county, two, officer):
    kept, gone = two

    join(kept, gone, taken={"name", "pupils"}, by=officer)

    kept = fresh(session, kept)
    assert (kept.name, kept.pupils) == ("澄江县星屿艺术(培训)中心", 40)
    assert kept.phone == "13809900001"
    assert "星屿艺术培训中心" in kept.aliases
    assert kept.note == "二楼"
    found = session.scalars(
        queries.listing(officer, InstitutionFilter(words="星屿艺术培训"), today=clock.today())
    ).all()
    assert kept in found


def test_the_credit_code_can_come_from_the_record_that_goes(session, county, officer):
    kept = registry.institution(county)
    gone = registry.institution(county, uscc=registry.credit_code(77))

    join(kept, gone, taken={"uscc"}, by=officer)

    assert fresh(session, kept).uscc == registry.credit_code(77)


def test_the_same_paper_twice_becomes_one_with_the_events_of_both(session, county, two, officer):
    kept, gone = two
    number = kept.licences[0].number
    twin = registry.licence(county, gone, number=number)
    with database.transaction() as writing:
        registry_service.record_licence_event(
            writing, twin, kind=LicenceEventKind.ANNUAL_CHECK, on_day=date(2026, 4, 1),
            grade=AnnualGrade.PASSED, year=2025, by=officer, today=clock.today(),
        )  # fmt: skip

    join(kept, gone, by=officer)

    kept = fresh(session, kept)
    assert [paper.number for paper in kept.licences] == [number]
    assert [happened.year for happened in kept.licences[0].events] == [2025]


def test_only_one_main_venue_is_left_and_the_chosen_one(session, county, two, officer):
    kept, gone = two
    address = gone.main_venue.address

    join(kept, gone, taken={"venue"}, by=officer)

    kept = fresh(session, kept)
    assert kept.main_venue.address == address
    assert sum(venue.main for venue in kept.venues) == 1
    assert len(kept.venues) == 2


def test_an_order_to_stop_survives_only_as_the_kept_record(session, county, two, officer):
    kept, gone = two
    with database.transaction() as writing:
        registry_service.order_stop(
            writing, gone, by=county.system, today=clock.today(), source="停1号"
        )

    with pytest.raises(BadInput):
        join(kept, gone, by=officer)

    join(fresh(session, gone), fresh(session, kept), by=officer)
    assert fresh(session, gone).state is InstitutionState.ORDERED_TO_STOP


def test_two_undecided_cases_are_settled_first(session, county, two, officer):
    for institution in two:
        enforcement.case_by_hand(county, institution)
    before = everything(session)

    with pytest.raises(BadInput):
        join(*two, by=officer)

    assert everything(session) == before


def test_a_record_changed_meanwhile_is_not_joined(session, county, two, officer):
    kept, gone = two

    with pytest.raises(StaleForm):
        join(kept, gone, by=officer, versions=(kept.version, gone.version - 1))


def test_nothing_is_joined_across_counties(session, county, two, officer):
    stranger = County(session, code="990202", name="临江县").officer()

    with pytest.raises(NotFound):
        join(*two, by=stranger)


def test_the_joining_names_who_did_it_and_how_much_moved(session, county, two, officer):
    kept, gone = two
    ledger.item(county, gone)

    merge = join(kept, gone, by=officer)

    event = session.scalars(
        sa.select(Event).where(
            Event.subject_kind == "institution",
            Event.subject_id == kept.id,
            Event.verb == "institution.joined",
        )
    ).one()
    assert event.actor_id == officer.id
    assert event.facts["name"] == gone.name
    assert event.facts["records"] >= 1
    assert session.get_one(InstitutionMerge, merge.id).kept_id == kept.id


def test_a_record_is_not_joined_with_itself(session, two, officer):
    kept, _gone = two

    with pytest.raises(BadInput, match="只能合并同一个县的两份档案"):
        join(kept, kept, by=officer)

    assert session.scalars(sa.select(InstitutionMerge)).all() == []


def test_what_was_joined_is_not_joined_again(session, county, two, officer):
    kept, gone = two
    join(kept, gone, by=officer)
    third = registry.institution(county)

    with pytest.raises(WrongState, match="已不在台账上"):
        join(third, fresh(session, gone), by=officer)

    assert len(session.scalars(sa.select(InstitutionMerge)).all()) == 1
