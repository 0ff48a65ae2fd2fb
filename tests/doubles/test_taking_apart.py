"""A joining of two records taken apart again: everything as it was, and what came since."""

from datetime import date

import pytest

from tests.factories import enforcement, ledger, notices, registry
from tests.factories.county import County
from tests.factories.joining import apart, everything, fresh, join, two_of_one
from training_oversight import clock, database
from training_oversight.audit import queries as audit
from training_oversight.errors import BadInput, NotFound, WrongState
from training_oversight.registry import queries
from training_oversight.registry import service as registry_service
from training_oversight.registry.models import (
    AnnualGrade,
    LicenceEventKind,
    LicenceType,
)
from training_oversight.registry.service import VenueValues
from training_oversight.registry.workflow import InstitutionState


@pytest.fixture
def officer(county):
    return county.officer()


@pytest.fixture
def two(county):
    return two_of_one(county)


@pytest.mark.parametrize("taken", [set(), {"name", "phone", "venue", "pupils", "division"}])
def test_taking_apart_puts_everything_back(session, county, two, officer, taken):
    kept, gone = two
    registry.licence(county, gone, type=LicenceType.BUSINESS, number="B-2")
    twin = registry.licence(county, gone, number=kept.licences[0].number)
    with database.transaction() as writing:
        registry_service.record_licence_event(
            writing, twin, kind=LicenceEventKind.ANNUAL_CHECK, on_day=date(2026, 4, 1),
            grade=AnnualGrade.PASSED, year=2025, by=officer, today=clock.today(),
        )  # fmt: skip
    notices.served(county, institution=gone)
    enforcement.case_by_hand(county, gone)
    before = everything(session)

    merge = join(kept, gone, taken=taken, by=officer)
    between = everything(session)
    apart(merge, by=officer)

    assert between != before
    assert everything(session) == before
    assert audit.verify(session).broken == []


def test_what_was_entered_since_stays_with_the_kept_record(session, county, two, officer):
    kept, gone = two
    merge = join(kept, gone, taken={"pupils"}, by=officer)
    later = ledger.item(county, fresh(session, kept))
    with database.transaction() as writing:
        kept = queries.get(writing, kept.id, officer.scope)
        values = registry_service.values_of(kept)
        registry_service.edit(
            writing, kept, values=type(values)(**{**vars(values), "pupils": 99}),
            by=officer, today=clock.today(), version=None,
        )  # fmt: skip

    apart(merge, by=officer)

    assert fresh(session, kept).pupils == 99
    assert fresh(session, gone).pupils == 40
    session.expire_all()
    assert later.institution_id == kept.id


def test_a_joining_is_undone_once(session, county, two, officer):
    merge = join(*two, by=officer)
    apart(merge, by=officer)

    with pytest.raises(WrongState):
        apart(merge, by=officer)


def test_a_chain_is_undone_from_its_end(session, county, two, officer):
    kept, gone = two
    third = registry.institution(county)
    first = join(kept, gone, by=officer)
    second = join(third, fresh(session, kept), by=officer)

    with pytest.raises(BadInput):
        apart(first, by=officer)

    apart(second, by=officer)
    apart(first, by=officer)
    assert fresh(session, gone).state is InstitutionState.OPERATING


def test_another_county_does_not_take_apart(session, county, two, officer):
    merge = join(*two, by=officer)
    stranger = County(session, code="990102", name="临溪县").officer()

    with pytest.raises(NotFound):
        apart(merge, by=stranger)

    assert merge.undone_at is None


def test_a_credit_code_that_another_holds_meanwhile_does_not_come_back(session, county, officer):
    kept = registry.institution(county)
    gone = registry.institution(county, uscc=registry.credit_code(77))
    merge = join(kept, gone, by=officer)
    registry.institution(county, name="临江书画", uscc=registry.credit_code(77))

    with pytest.raises(BadInput, match="现在登记在临江书画名下"):
        apart(merge, by=officer)

    assert merge.undone_at is None
    assert fresh(session, gone).merged_into_id == kept.id


def test_a_place_that_is_left_without_a_main_one_can_be_made_it(session, county, two, officer):
    """The kept record taught on at the other's place, which went back to the other."""
    kept, gone = two
    merge = join(kept, gone, by=officer)
    kept = fresh(session, kept)
    with database.transaction() as writing:
        added = registry_service.add_venue(
            writing, kept, values=VenueValues(address="南塘路8号"), by=officer, version=None
        )
    with database.transaction() as writing:
        registry_service.end_venue(
            writing, kept.main_venue, ended_on=clock.today(), reason="租约到期", by=officer,
            today=clock.today(), version=None,
        )  # fmt: skip
    apart(merge, by=officer)
    assert fresh(session, kept).main_venue is None

    with database.transaction() as writing:
        registry_service.make_main(writing, added, by=officer)

    assert fresh(session, kept).main_venue.address == "南塘路8号"
    assert queries.history(session, kept)[0].verb == "venue.main"
