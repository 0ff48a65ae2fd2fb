"""Several places of one institution: found, changed, given up, and one of them the main one."""

from dataclasses import replace
from datetime import date

import pytest

from tests.factories.registry import institution, listed
from training_oversight import database
from training_oversight.errors import BadInput, NotFound, StaleForm, WrongState
from training_oversight.registry import queries, service
from training_oversight.registry.models import PositionSource, Tenure
from training_oversight.registry.service import VenueValues

TODAY, TOMORROW = date(2026, 10, 15), date(2026, 10, 16)


@pytest.fixture
def record(county):
    return institution(county, address="文澜路1号")


def added(county, record, address="南塘路8号", *, by=None, version=None, **values):
    with database.transaction() as session:
        return service.add_venue(
            session,
            record,
            values=VenueValues(address=address, **values),
            by=by or county.system,
            version=version,
        )


def ended(county, venue, *, on=TODAY, version=None, by=None):
    with database.transaction() as session:
        service.end_venue(
            session, venue, ended_on=on, reason="租约到期", by=by or county.system,
            today=TODAY, version=version,
        )  # fmt: skip


def verbs(session, record):
    return [event.verb for event in queries.history(session, record)]


def test_a_further_place_stands_beside_the_main_one(county, record, session):
    venue = added(county, record, tenure=Tenure.RENTED)

    assert (venue.main, record.main_venue.address) == (False, "文澜路1号")
    assert verbs(session, record)[0] == "venue.added"


def test_the_first_place_of_an_institution_is_its_main_one(county):
    record = institution(county, address="")

    assert added(county, record).main


def test_an_institution_is_found_by_every_place_that_it_has_not_given_up(county, record, inspector):
    venue = added(county, record, "南塘路8号")
    assert listed(inspector, q="南塘路8号") == [record.name]

    ended(county, venue)

    assert listed(inspector, q="南塘路8号") == []


def test_when_the_main_place_is_given_up_the_oldest_other_one_takes_its_place(
    county, record, session
):
    first = record.main_venue
    second, third = added(county, record, "二号"), added(county, record, "三号")

    ended(county, first, on=date(2026, 9, 30))

    assert (first.ended_on, first.main) == (date(2026, 9, 30), False)
    assert (second.main, third.main) == (True, False)
    assert verbs(session, record)[:2] == ["venue.main", "venue.ended"]


def test_the_only_place_can_be_given_up(county, record):
    ended(county, record.main_venue)

    assert record.main_venue is None


def test_another_place_becomes_the_main_one_and_there_is_never_more_than_one(
    county, record, session
):
    venue = added(county, record)

    with database.transaction():
        service.make_main(session, venue, by=county.system)

    session.expire(record, ["venues"])
    assert [one.address for one in record.venues if one.main] == ["南塘路8号"]


def test_saying_it_twice_is_recorded_once(county, record, session):
    venue = added(county, record)

    for _ in range(2):
        with database.transaction():
            service.make_main(session, venue, by=county.system)

    assert verbs(session, record).count("venue.main") == 1


def test_a_place_that_was_given_up_is_closed_to_changes(county, record, session):
    venue = added(county, record)
    ended(county, venue)

    def done(verb, **values):
        with database.transaction() as writing:
            verb(writing, venue, by=county.system, **values)

    for act in (
        lambda: ended(county, venue),
        lambda: done(service.make_main),
        lambda: done(service.change_venue, values=VenueValues("九号"), version=None),
    ):
        with pytest.raises(WrongState):
            act()


def test_a_place_is_not_given_up_tomorrow(county, record):
    with pytest.raises(BadInput) as refused:
        ended(county, record.main_venue, on=TOMORROW)

    assert "ended_on" in refused.value.fields


def test_a_change_of_a_place_makes_forms_that_others_hold_stale(county, record):
    seen = record.version
    added(county, record)

    with pytest.raises(StaleForm):
        added(county, record, "三号", version=seen)


def test_what_no_search_looks_in_makes_them_stale_as_well(county, record):
    venue, before = record.main_venue, record.version

    with database.transaction() as session:
        service.change_venue(
            session, venue, by=county.system, version=before,
            values=replace(service.venue_values_of(venue), tenure=Tenure.RENTED),
        )  # fmt: skip

    with pytest.raises(StaleForm):
        added(county, record, version=before)


def test_an_officer_of_another_county_cannot_touch_the_places(county, record, session):
    from tests.factories.county import County

    foreign = County(session, code="990202", name="临湖县").officer()

    with pytest.raises(NotFound):
        added(county, record, by=foreign)


# Pages


def test_a_place_is_recorded_changed_made_the_main_one_and_given_up_on_its_pages(
    county, record, inspector
):
    page = inspector.submit(
        f"/institutions/{record.id}/venues/new",
        address="南塘路8号", tenure="rented", lease_until="2027-6-30", landlord="许大房东",
        position="30.1, 110.2",
    )  # fmt: skip
    venue = next(one for one in record.venues if one.address == "南塘路8号")
    assert "南塘路8号" in page.soup.select_one("#facts").text
    assert venue.position_source is PositionSource.TYPED

    inspector.submit(f"/institutions/{record.id}/venues/{venue.id}/edit", area="120")
    assert (venue.area, venue.landlord, venue.latitude) == (120, "许大房东", 30.1)

    page = inspector.get(f"/institutions/{record.id}")
    action = page.soup.select_one(f'form[action$="/venues/{venue.id}/main"]')["action"]
    inspector.post(action, status=200)
    assert venue.main

    page = inspector.submit(
        f"/institutions/{record.id}/venues/{venue.id}/end", ended_on="2026-10-1", reason="到期"
    )
    assert venue.ended_on == date(2026, 10, 1)
    assert "原办学场所" in page.soup.select_one("#facts").text
    inspector.get(f"/institutions/{record.id}/venues/{venue.id}/end", 409)


def test_a_place_needs_an_address(record, inspector):
    page = inspector.submit(f"/institutions/{record.id}/venues/new", 422, address="")

    assert page.soup.select_one('.error-summary a[href="#address"]')


def test_whoever_only_reads_is_offered_no_change_of_places(county, record, client_as):
    from training_oversight.accounts.permissions import Role

    reader = client_as(county.officer(Role.OBSERVER))
    venue = record.main_venue.id

    page = reader.get(f"/institutions/{record.id}")

    assert not page.soup.select('main a[href*="/venues/"], main form[action*="/venues/"]')
    for step in ("venues/new", f"venues/{venue}/edit", f"venues/{venue}/end"):
        reader.get(f"/institutions/{record.id}/{step}", 403)
