"""The board of the desk: its numbers are rows, and it proposes places that several told of."""

from tests.factories.complaints import (
    answered,
    assigned,
    called,
    desk,
    head,
    merged,
    objected,
    received,
)
from tests.factories.registry import institution, licensed_institution
from training_oversight import clock, database
from training_oversight.complaints import queries
from training_oversight.complaints.kinds import Channel, Satisfaction

HERE = {"latitude": 31.5, "longitude": 121.2}
# Some hundred metres on.
THERE = {"latitude": 31.501, "longitude": 121.2}


def described(county, place, **values):
    return received(county, described=True, place=place, **values)


def clusters(county):
    found = queries.suspected_venues(county.session, desk(county), today=clock.today())
    return [{one.id for one in each.reports} for each in found]


def test_every_number_opens_its_rows(county, client_as):
    assigned(county)
    received(county, channel=Channel.LETTER)

    page = client_as(desk(county)).get("/complaints/board").soup

    links = page.select("table a[href*='channel=']")
    assert len(links) == 2
    for link in links:
        rows = client_as(desk(county)).get(link["href"]).soup.select("tbody tr")
        assert len(rows) == int(link.text)


def test_it_says_who_holds_what_and_what_is_late(county, at):
    objected(county)
    late = assigned(county, department="market")
    at(late.due_on.replace(year=late.due_on.year + 1))

    rule = queries.raising(county.session, county.authority.id, today=clock.today())
    found = queries.by_department(county.session, desk(county), rule)

    assert {(one.name, one.open, one.late, one.objected) for one in found} == {
        ("澄江县教育局", 1, 1, 1),
        ("澄江县市场监管局", 1, 1, 0),
    }


def test_of_each_reporter_the_last_call_counts(county):
    complaint = answered(county)
    called(county, complaint, Satisfaction.NOT_REACHED)
    called(county, complaint, Satisfaction.SATISFIED)

    found = queries.satisfaction(county.session, head(county))

    assert found == {Satisfaction.SATISFIED: 1}


def test_the_places_named_most_count_every_reporter(county):
    place = institution(county)
    into = assigned(county, place)
    merged(county, place, into=into)
    received(county)

    [named] = queries.most_named(county.session, desk(county))

    assert (named.name, named.reports, named.open) == (place.name, 2, 1)


def test_places_described_alike_or_near_each_other_are_put_together(county):
    first = described(county, "书院路小超市二楼")
    second = described(county, "书院路小超市")
    third, fourth = described(county, "蓝色铁门", **HERE), described(county, "铁门后面", **THERE)
    described(county, "城关路")

    assert sorted(clusters(county), key=min) == [{first.id, second.id}, {third.id, fourth.id}]


def test_beside_a_licensed_institution_nothing_is_suspected(county):
    place = licensed_institution(county)
    with database.transaction():
        place.main_venue.latitude = HERE["latitude"]
        place.main_venue.longitude = HERE["longitude"]
    described(county, "蓝色铁门", **HERE)
    described(county, "铁门后面", **THERE)

    assert clusters(county) == []


def test_the_board_names_the_place_by_its_longest_description(county, client_as):
    described(county, "书院路小超市二楼")
    described(county, "书院路小超市")

    page = client_as(county.officer()).get("/complaints/board", status=403)
    page = client_as(desk(county)).get("/complaints/board")

    assert "书院路小超市二楼" in page.text
    assert "2次反映" in page.text


def test_an_empty_board_says_so(county, client_as):
    page = client_as(desk(county)).get("/complaints/board")

    assert "没有未办结的工单" in page.text
    assert queries.by_channel(county.session, desk(county)) == {}
