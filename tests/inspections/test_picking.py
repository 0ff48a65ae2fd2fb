"""Which place a visit goes to: planned, mine and near stand before the search."""

from datetime import timedelta

import pytest

from tests.factories import inspections as made
from tests.factories.registry import institution
from training_oversight.accounts.permissions import Role
from training_oversight.inspections import queries
from training_oversight.inspections.queries import Mine
from training_oversight.places import Position

HERE = Position(29.56, 106.55)


def offered(page):
    """The links of each part of the page, by the part's heading."""
    parts = {part.select_one("h2").text: part for part in page.soup.select("main section.part")}
    return {name: [a["href"] for a in part.select(".places a")] for name, part in parts.items()}


def begins(*places):
    return [f"/visits/new?institution={place.id}" for place in places]


@pytest.fixture
def officer(county):
    return county.officer()


def test_planned_mine_and_near_stand_before_the_search(county, client_as, officer):
    mine = institution(county, officer_in_charge_id=officer.id)
    visit = made.planned_visit(county, officers=[officer, county.officer()])

    page = client_as(officer).get("/visits/new")

    assert list(offered(page)) == ["安排给我的检查", "我负责的", "附近的机构", "按名称查找"]
    assert offered(page)["安排给我的检查"] == [f"/visits/{visit.id}"]
    assert offered(page)["我负责的"] == begins(mine)


def test_of_my_institutions_the_longest_not_visited_stand_first(county, client_as, officer):
    fresh, old, never = (institution(county, officer_in_charge_id=officer.id) for _ in range(3))
    made.visit(county, fresh)
    made.visit(county, old, happened_at=made.clock.now() - timedelta(days=90))
    institution(county, officer_in_charge_id=county.officer().id)

    page = client_as(officer).get("/visits/new")

    assert offered(page)["我负责的"] == begins(never, old, fresh)
    words = [one.text for one in page.soup.select(".places .second-words")]
    assert words == ["从未检查", "上次检查7月17日", "上次检查10月15日"]


def test_visits_of_others_and_those_that_are_over_are_not_planned_for_me(county, session, officer):
    made.planned_visit(county)
    made.visit(county, officers=[officer, county.officer()])
    later = made.planned_visit(county, officers=[officer, county.officer()])
    begun = made.visit_under_way(county, officers=[officer, county.officer()])

    assert queries.to_make(session, officer) == [begun, later]


def test_the_nearest_places_are_named_with_how_far_they_are(county, client_as, officer):
    far = institution(county, latitude=29.58, longitude=106.55)
    close = institution(county, latitude=29.561, longitude=106.55)
    institution(county)

    page = client_as(officer).get(f"/visits/new?near={HERE}")

    assert offered(page)["附近的机构"] == begins(close, far)
    assert page.soup.select_one(".places .second-words").text == "相距111米"


def test_a_position_that_is_none_is_said_and_the_other_ways_stay(county, client_as, officer):
    page = client_as(officer).get("/visits/new?near=楼下")

    assert page.soup.select(".notice.tone-red")
    assert "附近的机构" in offered(page)


def test_without_a_position_the_townships_lead_to_their_places(county, client_as, officer):
    here = institution(county)
    institution(county, division=county.townships[1])
    browser = client_as(officer)

    link = browser.get("/visits/new").soup.select_one(".towns a")
    page = browser.get(link["href"])

    assert link.text == county.townships[0].name
    assert offered(page)[county.townships[0].name] == begins(here)


def test_nothing_of_another_county_is_near_or_in_a_township(county, client_as):
    institution(county, latitude=29.561, longitude=106.55)
    town = county.officer(Role.INSPECTOR, division=county.townships[1])
    browser = client_as(town)

    near = browser.get(f"/visits/new?near={HERE}")
    foreign = browser.get(f"/visits/new?township={county.townships[0].code}")

    assert offered(near)["附近的机构"] == []
    assert county.townships[0].name not in offered(foreign)


def test_the_number_of_queries_does_not_grow(county, client_as, officer, queries_of):
    def more():
        institution(county, officer_in_charge_id=officer.id, latitude=29.56, longitude=106.55)
        made.planned_visit(county, officers=[officer, county.officer()])

    browser = client_as(officer)
    for url in ("/visits/new", f"/visits/new?near={HERE}"):
        more()
        browser.get(url)
        with queries_of() as few:
            browser.get(url)
        more()
        with queries_of() as many:
            browser.get(url)
        assert len(many) == len(few)


def test_my_institutions_are_counted_by_whether_they_were_visited_this_year(
    county, session, officer
):
    seen, last_year = (institution(county, officer_in_charge_id=officer.id) for _ in range(2))
    institution(county)
    made.visit(county, seen, happened_at=made.clock.now() - timedelta(days=200))
    made.visit(county, last_year, happened_at=made.clock.now() - timedelta(days=300))

    counted = queries.mine(session, officer, today=county.today)

    assert (counted, counted.not_visited) == (Mine(total=2, visited=1), 1)
