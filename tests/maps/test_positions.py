"""Where institutions are: the nearest, the points of a map, and what each says of the permit."""

from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.county import County
from tests.factories.registry import closed, confirmed, institution, licence, licensed_institution
from training_oversight import clock, database, places
from training_oversight.maps import queries
from training_oversight.maps.queries import Permit
from training_oversight.places import Position
from training_oversight.registry import queries as registry
from training_oversight.registry import service
from training_oversight.registry.models import Institution, LicenceType
from training_oversight.registry.queries import InstitutionFilter, View

TODAY = date(2026, 10, 15)
HERE = Position(24.67, 102.91)


@pytest.fixture
def officer(county):
    return county.officer()


def at(county, latitude, longitude, **values):
    return institution(county, latitude=latitude, longitude=longitude, **values)


def nearest(session, officer, here=HERE, limit=20, wanted=None):
    found = queries.nearest(
        session, officer, wanted or InstitutionFilter(), here, today=TODAY, limit=limit, flags={}
    )
    return [(near.point.name, near.metres) for near in found]


def test_the_nearest_come_first_with_their_distance(session, county, officer):
    at(county, 24.68, 102.91, name="北边一公里")
    at(county, 24.67, 102.91, name="就在这里")
    at(county, 24.67, 102.92, name="东边一公里")
    institution(county, name="没有位置")

    assert nearest(session, officer) == [
        ("就在这里", 0),
        ("东边一公里", 1010),
        ("北边一公里", 1112),
    ]


def test_of_several_places_the_main_one_says_where_it_is(session, county, officer):
    record = at(county, 24.68, 102.91, name="北边一公里")
    further = service.VenueValues(address="分校区", latitude=24.67, longitude=102.91)
    with database.transaction() as writing:
        service.add_venue(writing, record, values=further, by=county.system, version=None)

    assert nearest(session, officer) == [("北边一公里", 1112)]


def test_only_as_many_as_asked_for_and_none_that_the_filters_leave_out(session, county, officer):
    for n in range(5):
        at(county, 24.67 + n / 1000, 102.91, name=f"艺术{n}")
    closed(at(county, 24.67, 102.91, name="已关停"), county)
    at(county, 24.67, 102.91, name="体育", kind_code="sports")

    wanted = InstitutionFilter(kinds=["arts"])

    assert [name for name, _ in nearest(session, officer, limit=3, wanted=wanted)] == [
        "艺术0", "艺术1", "艺术2",
    ]  # fmt: skip


@pytest.mark.parametrize("here", [Position(24.67, 104.91), Position(-33.9, 151.2), Position(90, 0)])
def test_one_far_away_is_found_all_the_same(session, county, officer, here):
    at(county, 24.67, 102.91, name="只此一家")

    assert [name for name, _ in nearest(session, officer, here)] == ["只此一家"]


def test_another_county_is_not_near(session, county, officer):
    other = County(session, code="990202", name="云汀县")
    at(other, 24.67, 102.91, name="别县的机构")

    assert nearest(session, officer) == []


def test_one_in_a_corner_of_the_box_is_not_taken_for_nearer_than_one_outside(
    session, county, officer
):
    # North-east, 1.3 km by the straight line, inside the first box; and 1.05 km north of it.
    at(county, 24.6785, 102.9193, name="角上")
    at(county, 24.6795, 102.91, name="正北")

    assert [name for name, _ in nearest(session, officer, limit=1)] == ["正北"]


@given(
    here=st.builds(Position, st.floats(24.5, 24.8), st.floats(102.7, 103.1)),
    limit=st.integers(1, 8),
)
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_growing_circle_finds_what_measuring_all_would_find(
    session, spread, officer, here, limit
):
    by_hand = sorted(places.distance(here, place) for place in spread)[:limit]

    assert [metres for _, metres in nearest(session, officer, here, limit)] == by_hand


@pytest.fixture
def spread(county):
    """Places near and far, close together and apart."""
    found = [
        Position(24.6 + (n * 37 % 200) / 1000, 102.8 + (n * 53 % 250) / 1000) for n in range(12)
    ]
    for place in found:
        at(county, place.latitude, place.longitude)
    return found


@pytest.fixture
def papers(county):
    """An institution for every way in which a permit can stand or not."""
    lapsed = institution(county, name="许可到期")
    licence(county, lapsed, valid_until=date(2026, 10, 14))
    shop = institution(county, name="只有执照")
    licence(county, shop, type=LicenceType.BUSINESS)
    both = institution(county, name="旧证到期又有新证")
    licence(county, both, valid_until=date(2024, 1, 1))
    licence(county, both)
    return {
        licensed_institution(county, name="有证").id: Permit.LICENSED,
        both.id: Permit.LICENSED,
        lapsed.id: Permit.LAPSED,
        shop.id: Permit.UNRECORDED,
        institution(county, name="未登记").id: Permit.UNRECORDED,
        confirmed(county, institution(county, name="无证")).id: Permit.UNLICENSED,
    }


def test_what_a_marker_says_of_the_permit_is_what_the_record_says(session, county, officer, papers):
    for key in papers:
        venue = session.get_one(Institution, key).venues[0]
        venue.latitude, venue.longitude = 24.6, 102.9
    session.commit()

    found = queries.points(session, officer, InstitutionFilter(), today=TODAY, limit=100, flags={})

    assert {point.id: point.permit for point in found} == papers
    for key, permit in papers.items():
        assert queries.permit(registry.get(session, key, officer.scope), TODAY) is permit


def test_points_are_limited_in_the_order_of_the_list(session, county, officer):
    for name in ("张三书法", "安心托管", "李四美术"):
        at(county, 24.6, 102.9, name=name)

    found = queries.points(session, officer, InstitutionFilter(), today=TODAY, limit=2, flags={})

    assert [point.name for point in found] == ["安心托管", "李四美术"]


def test_a_point_carries_the_conditions_that_hold(session, county, officer):
    at(county, 24.6, 102.9, name="安心托管")
    flags = {"pupils": Institution.pupils > 10, "named": Institution.name == "安心托管"}

    (point,) = queries.points(
        session, officer, InstitutionFilter(), today=TODAY, limit=9, flags=flags
    )

    assert point.flags == {"named"}


def test_a_former_venue_is_no_place_of_the_institution(session, county, officer):
    record = at(county, 24.6, 102.9)
    record.venues[0].ended_on = TODAY
    session.commit()

    assert (
        queries.points(session, officer, InstitutionFilter(), today=TODAY, limit=9, flags={}) == []
    )
    assert queries.count_placed(session, officer, InstitutionFilter(), today=TODAY) == 0


def test_with_and_without_a_position_are_all(session, county, officer):
    at(county, 24.6, 102.9, name="有位置")
    institution(county, name="没有位置")

    def names(*, yes):
        wanted = InstitutionFilter(view=View.ALL, clauses=[registry.has_position(yes=yes)])
        rows = session.scalars(registry.listing(officer, wanted, today=clock.today()))
        return [row.name for row in rows]

    assert names(yes=True) == ["有位置"]
    assert names(yes=False) == ["没有位置"]


def test_the_nearest_are_looked_for_by_the_index_on_positions(session):
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL reads a table of ten rows faster without an index")

    plan = session.execute(
        sa.text(
            "EXPLAIN QUERY PLAN SELECT * FROM venue "
            "WHERE latitude BETWEEN 24.6 AND 24.7 AND longitude BETWEEN 102.9 AND 103"
        )
    ).all()

    assert "ix_venue_position" in str(plan)
