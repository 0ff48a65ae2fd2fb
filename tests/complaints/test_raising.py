"""Orders whose place is told of again and again are raised, and the reason is said."""

from datetime import timedelta

import pytest

from tests.factories.complaints import (
    accepted,
    answered,
    assigned,
    declined,
    desk,
    head,
    merged,
    objected,
    received,
)
from tests.factories.county import County
from tests.factories.registry import institution
from training_oversight import clock, database
from training_oversight.catalogue import queries as catalogue
from training_oversight.catalogue.models import RepeatRule
from training_oversight.complaints import queries
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.queries import ComplaintFilter, Raised
from training_oversight.web.paging import Key, paged

RULE = {"code": "repeats", "name": "反复被反映", "name_en": "", "position": 0, "source": "县局定"}


def rule_of(county):
    return queries.raising(county.session, county.authority.id, today=clock.today())


def raised(county, *complaints):
    return queries.raised(county.session, [one.id for one in complaints], rule_of(county))


def change_rule(county, **values):
    present = catalogue.repeat_rule(
        county.session, authority_id=county.authority.id, today=clock.today()
    )
    with database.transaction() as session:
        session.add(
            RepeatRule(**RULE, **values, authority_id=county.authority.id, valid_from=clock.today())
        )
    assert present is not None


@pytest.mark.both_databases
def test_the_third_complaint_about_a_place_raises_all_that_are_open(county):
    place = institution(county)
    first, second = assigned(county, place), received(county, place)
    alone = received(county)

    assert raised(county, first, second, alone) == {}
    third = received(county, place)

    told = Raised(3, 90)
    assert raised(county, first, second, third, alone) == dict.fromkeys(
        (first.id, second.id, third.id), told
    )


def test_whoever_was_merged_counts_and_what_was_declined_does_not(county):
    place = institution(county)
    into = accepted(county, place)
    merged(county, place, into=into)
    declined(county, place)
    assert raised(county, into) == {}

    merged(county, place, into=into)

    assert raised(county, into)[into.id].count == 3


def test_what_is_answered_is_raised_no_more_and_counts_for_the_next(county):
    place = institution(county)
    done_before = [answered(county, place) for _ in range(2)]
    again = received(county, place)

    assert set(raised(county, *done_before, again)) == {again.id}


def test_after_the_days_nothing_is_left_of_it(county, at):
    place = institution(county)
    first, *_others = [received(county, place) for _ in range(3)]

    at(county.today + timedelta(89))
    within = raised(county, first)
    at(county.today + timedelta(90))

    assert within
    assert raised(county, first) == {}


@pytest.mark.both_databases
def test_places_that_are_described_alike_are_one(county):
    same = [received(county, described=True, place="书院路小超市二楼") for _ in range(3)]
    other = received(county, described=True, place="书院路小超市三楼")

    assert set(raised(county, *same, other)) == {one.id for one in same}


def test_a_described_place_of_another_county_is_another(county):
    neighbours = County(county.session, code="990201", name="邻江县")
    for _ in range(2):
        received(neighbours, described=True, place="书院路口")

    assert raised(county, received(county, described=True, place="书院路口")) == {}


def test_the_county_sets_both_numbers(county, at):
    place = institution(county)
    first = received(county, place)
    at(county.today + timedelta(20))
    second = received(county, place)

    change_rule(county, days=30, orders=2)
    found = raised(county, first, second)
    with database.transaction() as session:
        own = session.get_one(RepeatRule, max(one.id for one in own_rules(county)))
        own.days = 10

    assert found == dict.fromkeys((first.id, second.id), Raised(2, 30))
    assert raised(county, first, second) == {}


def own_rules(county):
    return [
        one
        for one in catalogue.entries(
            county.session, RepeatRule, authority_id=county.authority.id, today=clock.today()
        )
        if one.authority_id
    ]


def test_list_record_board_and_assignment_say_why(county, client_as):
    place = institution(county, name="青禾艺术培训中心")
    first, *_others = [accepted(county, place) for _ in range(3)]
    alone = accepted(county)
    browser = client_as(desk(county))
    why = "该地点90天内共3件"

    assert why in browser.get(f"/complaints/{first.id}").text
    assert why in browser.get(f"/complaints/{first.id}/assign").text
    assert why in browser.get("/complaints/board").text
    assert browser.get("/complaints?state=accepted").text.count(why) == 3
    assert why not in browser.get(f"/complaints/{alone.id}").text


def test_the_list_is_narrowed_to_what_is_raised_and_sorted_by_it(county, client_as):
    alone = accepted(county)
    place = institution(county)
    often = [accepted(county, place) for _ in range(3)]
    browser = client_as(desk(county))

    narrowed = browser.get("/complaints?state=accepted&raised=1").soup.select("tbody tr")
    first = browser.get("/complaints?state=accepted&sort=told").soup.select("tbody tr")

    assert len(narrowed) == len(often)
    assert alone.number in first[-1].text
    assert alone.number not in "".join(row.text for row in first[:-1])


@pytest.mark.both_databases
def test_a_list_sorted_by_it_has_pages(county):
    places = [institution(county), institution(county)]
    every = [received(county, places[n % 2]) for n in range(5)]
    told, officer = rule_of(county).told, desk(county)
    listed = queries.listed(county.session, officer, ComplaintFilter(), today=clock.today())
    keys = [Key(told, descending=True), Key(Complaint.sort_due), Key(Complaint.id)]
    cursors, found = [None], []

    for cursor in cursors:
        page = paged(
            county.session, listed, keys=keys, cursor=cursor, address=lambda at: at, size=2
        )
        found += [one.id for one in page.rows]
        cursors += [page.next_url] if page.next_url else []

    assert found == [one.id for one in (*every[::2], *every[1::2])]


def numbers(page):
    """Of the table of departments: each number with the address of its rows."""
    for link in page.select("a[href*='state=open']"):
        yield int(link.text), link["href"]


def test_each_number_of_a_department_opens_exactly_its_rows(county, client_as, at):
    place = institution(county)
    for _ in range(3):
        assigned(county, place)
    objected(county)
    late = assigned(county, department="market")
    received(county)
    at(late.due_on + timedelta(days=1))
    received(county)
    browser = client_as(head(county))

    found = list(numbers(browser.get("/complaints/board").soup))

    assert len(found) >= 7
    for number, address in found:
        assert len(browser.get(address).soup.select("tbody tr")) == number


def test_a_filter_that_makes_no_sense_narrows_nothing(county, client_as):
    accepted(county)

    page = client_as(desk(county)).get("/complaints?state=open&department=none&sort=x&raised=")

    assert len(page.soup.select("tbody tr")) == 1
    assert ComplaintFilter() == ComplaintFilter(raised=False)
