"""The order of the list: by what has an index, along it, and page after page."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import inspections
from tests.factories.registry import institution, licence, listed, names
from training_oversight import clock, database
from training_oversight.registry import queries
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import InstitutionFilter
from training_oversight.registry.views.index import ORDERS
from training_oversight.web.paging import keyset

TODAY = date(2026, 10, 15)


def cols(*wanted):
    return {"cols": ",".join(wanted)}


@pytest.fixture
def three(county):
    """By name 甲 乙 丙 as b, j, y: 丙, 甲, 乙; permits and visits in other orders."""
    for name, end, visited in (("甲", 300, 5), ("乙", -3, None), ("丙", None, 90)):
        place = institution(county, name=name)
        if end is not None:
            licence(county, place, valid_until=TODAY + timedelta(days=end))
        if visited is not None:
            happened = clock.now() - timedelta(days=visited)
            inspections.visit(county, place, happened_at=happened)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", ["丙", "甲", "乙"]),
        ("name", ["丙", "甲", "乙"]),
        ("-name", ["乙", "甲", "丙"]),
        ("licence", ["乙", "甲", "丙"]),
        ("-licence", ["丙", "甲", "乙"]),
        ("visited", ["乙", "丙", "甲"]),
        ("-visited", ["甲", "丙", "乙"]),
        ("uscc", ["丙", "甲", "乙"]),
    ],
)
def test_the_list_is_sorted_by_what_has_an_index(inspector, three, sort, expected):
    assert listed(inspector, sort=sort, **cols("name", "permit", "visited")) == expected


def test_the_head_says_how_it_is_sorted_and_leads_to_the_other_way(inspector, three):
    page = inspector.get("/institutions?sort=licence&kind=arts")
    head = page.soup.select_one("th[aria-sort]")

    assert head["aria-sort"] == "ascending"
    assert head.text.startswith("办学许可")
    assert "sort=-licence" in head.a["href"]
    assert "kind=arts" in head.a["href"]
    assert names(inspector.get(head.a["href"])) == ["丙", "甲", "乙"]


def test_an_order_whose_column_is_not_shown_is_not_used(inspector, three):
    """Else nothing on the page would say why the rows stand as they do."""
    assert listed(inspector, sort="visited", **cols("name")) == ["丙", "甲", "乙"]


def test_every_order_pages_through_all_rows_once(county, inspector):
    for number in range(55):
        place = institution(county, name=f"星屿{number % 7}")
        if number % 3:
            licence(county, place, valid_until=TODAY + timedelta(days=number % 5))

    for sort in ("name", "-name", "licence", "-licence", "visited", "-visited"):
        first = inspector.get(f"/institutions?sort={sort}&cols=name,permit,visited")
        second = inspector.get(first.soup.select_one("a[rel=next]")["href"])
        back = inspector.get(second.soup.select_one("a[rel=prev]")["href"])

        seen = [link["href"] for page in (first, second) for link in page.soup.select("td a.first")]
        assert len(seen) == len(set(seen)) == 55, sort
        assert names(back) == names(first), sort


@pytest.mark.parametrize("name", ["name", "licence", "visited"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_where_very_many_fit_a_page_is_read_along_the_index_of_its_order(
    county, session, name, sign
):
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("its planner weighs rows that a test does not have")
    found = queries.listing(county.system, InstitutionFilter(), today=TODAY, in_order=True)
    order = ORDERS.asked(f"{sign}{name}")
    index = {"name": "by_name", "licence": "by_licence", "visited": "by_visit"}[name]
    edge = {"name": "xingyu", "licence": TODAY, "visited": clock.now()}[name]

    first = plan(session, keyset(found, order.keys, None))
    later = plan(session, keyset(found, order.keys, cursor(order, edge)))

    assert f"ix_institution_{index}" in first
    assert "TEMP B-TREE" not in first
    assert f"SEARCH institution USING INDEX ix_institution_{index}" in later
    assert "TEMP B-TREE" not in later


def cursor(order, edge):
    from training_oversight.web.paging import Cursor

    return Cursor((edge, 7), False, 51)


def plan(session, statement):
    compiled = statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    rows = session.execute(sa.text(f"EXPLAIN QUERY PLAN {compiled}"))
    return "\n".join(row.detail for row in rows)


def test_a_county_looks_its_own_rows_up_and_not_those_of_all(county, session):
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("its planner weighs rows that a test does not have")
    found = queries.listing(county.officer(), InstitutionFilter(), today=TODAY)

    assert "division_path>?" in plan(session, keyset(found, ORDERS.asked("name").keys, None))


def test_who_holds_a_permit_is_asked_of_an_index_alone(county, session):
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("its planner weighs rows that a test does not have")
    found = queries.listing(county.officer(), InstitutionFilter(licensed="expired"), today=TODAY)

    steps = plan(session, keyset(found, ORDERS.asked("name").keys, None))

    assert "COVERING INDEX ix_institution_count (division_path>?" in steps


def test_the_columns_of_the_database_and_the_orders_agree(session, county):
    """An order that no index serves is not offered."""
    indexed = {
        tuple(column.name for column in index.columns) for index in Institution.__table__.indexes
    }

    for name in ("name", "licence", "visited"):
        assert tuple(key.column.key for key in ORDERS.asked(name).keys) in indexed
    database.close_session()
