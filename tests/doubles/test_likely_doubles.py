"""Which records are likely one institution, and which only look it."""

import pytest

from tests.factories import registry
from tests.factories.county import County
from training_oversight import database
from training_oversight.doubles import likely, service
from training_oversight.names import naming


def pairs(session, county, **more):
    found = likely.pairs(session, county.officer().scope, **more)
    return {
        frozenset((pair.one.id, pair.other.id)): [r.message for r in pair.reasons] for pair in found
    }


def one(county, name, **values):
    number = county.next()
    return registry.institution(
        county, name=name, **{"phone": None, "address": f"某路{number}号"} | values
    )


def both(a, b):
    return frozenset((a.id, b.id))


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        # The same words in other brackets and width.
        ("启明星(城东)培训中心", "启明星（城东）培训中心", "Same name"),
        # A registered name and the sign over the door.
        ("澄江县启明星教育咨询有限公司", "启明星培训中心", "Names alike"),
        ("启明星美术工作室", "启明星美术培训学校", "Names alike"),
    ],
)
def test_names_that_are_likely_one(session, county, first, second, why):
    a, b = one(county, first), one(county, second)

    assert pairs(session, county) == {both(a, b): [why]}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("启明星培训中心", "晨曦培训中心"),
        # Nothing tells these apart, so nothing makes them one.
        ("培训中心", "教育咨询有限公司"),
        ("启明星(城东)培训中心", "启明星(城西)培训中心"),
    ],
)
def test_names_that_are_two(session, county, first, second):
    one(county, first), one(county, second)

    assert pairs(session, county) == {}


def test_a_telephone_is_compared_by_its_digits(session, county):
    a = one(county, "甲画室", phone="138 0990 1234")
    b = one(county, "乙舞蹈", phone="13809901234")

    assert pairs(session, county) == {both(a, b): ["Same telephone"]}


def test_an_agents_telephone_makes_no_pairs(session, county):
    for number in range(likely.MOST_ALIKE + 1):
        one(county, f"画室{number}甲乙", phone="13809901234")

    assert pairs(session, county) == {}


def test_near_and_alike_but_not_near_alone(session, county):
    here = {"latitude": 29.5600, "longitude": 106.5500}
    metres_away = {"latitude": 29.5603, "longitude": 106.5501}
    a = one(county, "星屿舞蹈", **here)
    b = one(county, "小星屿美术", **metres_away)
    one(county, "棋院甲乙", **here)

    assert set(pairs(session, county)) == {both(a, b)}


def test_neighbours_on_both_sides_of_a_cell_are_found(session, county):
    a = one(county, "星屿舞蹈", latitude=29.55999, longitude=106.54999)
    b = one(county, "小星屿美术", latitude=29.56001, longitude=106.55001)

    assert set(pairs(session, county)) == {both(a, b)}


def test_two_credit_codes_outweigh_names_that_are_only_alike(session, county):
    one(county, "启明星美术工作室", uscc=registry.credit_code(1))
    one(county, "启明星美术学校", uscc=registry.credit_code(2))

    assert pairs(session, county) == {}


def test_a_licence_number_on_two_records_comes_before_a_telephone(session, county):
    a, b = one(county, "甲画室", phone="13809901234"), one(county, "乙舞蹈", phone="13809901234")
    c, d = one(county, "丙书法"), one(county, "丁声乐")
    for place in (c, d):
        registry.licence(county, place, number="199010170000001")

    found = likely.pairs(session, county.officer().scope)

    assert [both(p.one, p.other) for p in found] == [both(c, d), both(a, b)]


def test_what_was_found_to_be_two_is_not_proposed_again(session, county):
    a, b = one(county, "启明星培训中心"), one(county, "启明星培训学校")
    officer = county.officer()
    for _ in range(2):
        with database.transaction() as writing:
            service.declare_distinct(writing, b, a, by=officer)

    assert pairs(session, county) == {}


def test_two_closed_records_are_nobodys_work(session, county):
    a, b = one(county, "启明星培训中心"), one(county, "启明星培训学校")
    registry.closed(a, county)
    assert pairs(session, county)
    registry.closed(b, county)

    assert pairs(session, county) == {}


def test_another_countys_record_is_no_double(session, county):
    one(county, "启明星培训中心")
    one(County(session, code="990202", name="临江县"), "启明星培训中心")

    assert pairs(session, county) == {}


def test_a_scope_too_wide_is_refused(session, county, monkeypatch):
    monkeypatch.setattr(likely, "MOST_RECORDS", 1)
    one(county, "甲画室"), one(county, "乙舞蹈")

    with pytest.raises(likely.TooMany):
        pairs(session, county)


def test_the_number_of_queries_does_not_grow(session, county, queries_of):
    scope = county.officer().scope

    def counted():
        with queries_of() as sent:
            likely.pairs(session, scope)
        return len(sent)

    one(county, "启明星培训中心"), one(county, "启明星培训学校")
    few = counted()
    for number in range(20):
        one(county, f"画室{number}甲乙", phone="13809901234" if number < 5 else None)

    assert counted() == few == 3


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("澄江县启明星教育咨询有限公司", "启明星"),
        ("某省某某市澄江县启明星培训中心", "启明星"),
        ("启明星（城东）培训中心", "启明星城东"),
        ("ＡＢＣ英语培训学校", "abc英语"),
        ("教育中心", ""),
        ("培训", ""),
    ],
)
def test_what_tells_a_name_apart(name, core):
    assert naming.core_name(name) == core


def test_a_word_kept_as_a_number_before_is_no_likeness(session, county):
    for name in ("霁甲艺术", "乐方托管"):
        paper = registry.licence(county, one(county, name))
        with database.transaction():
            paper.number = "有"

    assert pairs(session, county) == {}
