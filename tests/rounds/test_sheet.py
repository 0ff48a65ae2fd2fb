"""The round sheet of a day: the nearest next, what an inspector wants to know at each door."""

from datetime import timedelta

import pytest

from tests.factories import inspections, registry
from training_oversight import clock, database
from training_oversight.accounts.permissions import Role
from training_oversight.places import Position
from training_oversight.rounds import queries


def placed(county, latitude, longitude, **values):
    one = registry.institution(county, **values)
    with database.transaction():
        one.main_venue.latitude, one.main_venue.longitude = latitude, longitude
    return one


@pytest.fixture
def round_of(county):
    """Three places on a line and one without a position, planned against the order of the way."""
    officer = county.officer()
    team = [officer, county.officer()]
    far, near, middle = (placed(county, 29.50 + n / 100, 106.50) for n in (9, 1, 5))
    nowhere = registry.institution(county, phone="19900001234")
    for number, place in enumerate((far, near, middle, nowhere)):
        at = clock.now() + timedelta(hours=1, minutes=number)
        inspections.planned_visit(county, place, happened_at=at, officers=team)
    return officer, [near, middle, far, nowhere]


def stops(county, officer, start):
    visits = queries.visits_of_day(county.session, officer, officer.id, county.today)
    return queries.in_order(visits, start)


def test_the_nearest_comes_next_and_what_has_no_position_last(county, round_of):
    officer, expected = round_of

    found = stops(county, officer, Position(29.50, 106.50))

    assert [one.visit.institution for one in found] == expected
    assert [one.metres is None for one in found] == [False, False, False, True]
    assert found[0].metres == pytest.approx(1112, abs=3)


def test_without_a_start_the_round_begins_at_the_first_hour(county, round_of):
    officer, (near, middle, far, nowhere) = round_of

    found = stops(county, officer, None)

    assert [one.visit.institution for one in found] == [far, middle, near, nowhere]


def test_only_the_visits_of_that_inspector_and_day_are_on_the_sheet(county, round_of):
    officer, _expected = round_of
    place = registry.institution(county)
    inspections.planned_visit(county, place)

    assert len(stops(county, officer, None)) == 4


def test_the_sheet_masks_telephones_and_says_what_is_open_and_seen_last(
    county, round_of, client_as
):
    officer, _expected = round_of

    page = client_as(officer).get("/rounds?start=29.50,106.50")

    main = page.soup.select_one("main").text
    assert "199****1234" in main
    assert "19900001234" not in page.text
    assert "最近检查" in main
    assert "未销号问题" in main
    assert [row.select_one("td").text.strip() for row in page.soup.select("tbody tr")] == [
        "1", "2", "3", "4",
    ]  # fmt: skip


def test_a_start_that_is_no_position_is_said_and_the_round_is_shown(county, round_of, client_as):
    officer, _expected = round_of

    page = client_as(officer).get("/rounds?start=办公室")

    assert page.soup.select_one("[role=alert]")
    assert len(page.soup.select("tbody tr")) == 4
    assert page.soup.select_one("input[name=start]")["value"] == "办公室"


def test_a_head_reads_the_round_of_an_inspector_on_another_day(county, round_of, client_as):
    officer, _expected = round_of
    head = client_as(county.officer(Role.SECTION_HEAD))

    there = head.get(f"/rounds?officer={officer.id}")
    tomorrow = head.get(f"/rounds?officer={officer.id}&day=明天")

    assert len(there.soup.select("tbody tr")) == 4
    assert "这一天没有安排检查" in tomorrow.text


def test_a_longer_round_takes_no_more_statements(county, client_as, queries_of):
    officer = county.officer()
    browser, counts = client_as(officer), []
    for _ in range(2):
        for _ in range(3):
            inspections.planned_visit(
                county, happened_at=clock.now(), officers=[officer, county.officer()]
            )
        with queries_of() as sent:
            browser.get("/rounds")
        counts.append(len(sent))

    assert counts[0] == counts[1]


def test_the_sheet_says_how_often_a_place_was_visited_this_year(county, round_of, client_as):
    officer, visits = round_of
    place = visits[0]
    inspections.visit(county, place, officers=[officer], by=officer)

    assert "今年已检查1次" in client_as(officer).get("/rounds").text
