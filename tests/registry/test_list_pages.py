"""The list of the register: its order, its search and its filters."""

from datetime import date

import pytest

from tests.factories.county import County
from tests.factories.registry import (
    closed,
    confirmed,
    credit_code,
    institution,
    licensed_institution,
    listed,
    names,
)
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.registry import queries, service
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import InstitutionFilter, View

TODAY = date(2026, 10, 15)


def test_the_list_is_sorted_by_pinyin_and_says_how_many(county, inspector):
    for name in ("张三书法", "安心托管", "李四美术"):
        institution(county, name=name)

    page = inspector.get("/institutions")

    assert names(page) == ["安心托管", "李四美术", "张三书法"]
    assert "筛出3家；共3家" in page.text


@pytest.mark.parametrize(
    "words",
    ["星", "星屿", "xyys", "XINGYU", "（艺术）", "文澜路118", "9909", "星屿 文澜", "９１９９"],
)
def test_the_search_finds_by_whatever_people_type(county, inspector, words):
    institution(
        county,
        name="星屿艺术",
        aliases=("星屿（艺术）工作室",),
        address="文澜路118号",
        phone="13809909001",
        uscc=credit_code(7),
    )
    institution(county, name="墨耕书法", address="南塘街3号", phone="13811112222")

    assert listed(inspector, q=words) == ["星屿艺术"]


def test_a_per_cent_sign_finds_nothing_but_itself(county, inspector):
    institution(county, name="星屿艺术")

    assert listed(inspector, q="%") == []


def test_the_search_finds_closed_institutions_that_the_plain_list_leaves_out(county, inspector):
    closed(institution(county, name="星屿艺术"), county)

    assert listed(inspector) == []
    assert listed(inspector, q="星屿") == ["星屿艺术"]


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ({"kind": "sports"}, ["跃动体育"]),
        ({"kind": ["sports", "arts"]}, ["星屿艺术", "跃动体育"]),
        ({"kind": "none"}, ["晨星托管"]),
        ({"licensed": "yes"}, ["跃动体育"]),
        ({"licensed": "no"}, ["晨星托管", "星屿艺术"]),
        ({"view": "unlicensed"}, ["星屿艺术"]),
        ({"licensed": "unlicensed"}, ["星屿艺术"]),
        ({"state": "ordered_to_stop"}, ["晨星托管"]),
        ({"view": "stopped"}, ["晨星托管"]),
        ({"department": "none"}, ["晨星托管"]),
        ({"officer": "none"}, ["晨星托管", "跃动体育"]),
        ({"view": "mine"}, ["星屿艺术"]),
        ({"department": "abc"}, []),
        ({"state": "nonsense"}, ["晨星托管", "星屿艺术", "跃动体育"]),
    ],
)
def test_filters_find_what_they_say(county, client_as, args, expected):
    officer = county.officer(Role.INSPECTOR)
    arts = institution(county, name="星屿艺术", kind_code="arts", officer_in_charge_id=officer.id)
    confirmed(county, arts)
    licensed_institution(county, name="跃动体育", kind_code="sports")
    stopped = institution(county, name="晨星托管", kind_code=None)
    with database.transaction() as session:
        service.order_stop(session, stopped, by=officer, today=TODAY, source="澄教责停〔2026〕1号")

    assert listed(client_as(officer), **args) == expected


def test_township_and_officer_are_filters_too(county, client_as):
    officer = county.officer(Role.INSPECTOR)
    institution(county, name="星屿艺术", officer_in_charge_id=officer.id)
    there = institution(county, name="跃动体育", division=county.townships[1])
    browser = client_as(officer)

    assert listed(browser, township=there.division_id) == ["跃动体育"]
    assert listed(browser, officer=officer.id) == ["星屿艺术"]


def test_another_countys_institutions_are_not_listed(county, session, inspector):
    other = County(session, code="990202", name="临湖县")
    institution(other, name="临湖琴行")

    page = inspector.get("/institutions", query_string={"q": "临湖"})

    assert names(page) == []
    assert "没有符合条件的机构" in page.text


def test_fifty_a_page_and_the_next_page_goes_on(county, inspector):
    for number in range(52):
        institution(county, name=f"星屿{number:02}")

    first = inspector.get("/institutions")
    second = inspector.get(first.soup.select_one("a[rel=next]")["href"])

    assert len(names(first)) == 50
    assert names(second) == ["星屿50", "星屿51"]
    assert "第51–52项，共52项" in second.text


def test_the_list_sends_as_many_queries_for_30_rows_as_for_5(
    county, client_as, queries_of, session
):
    browser = client_as(county.officer(Role.INSPECTOR))

    def sent(more):
        for _ in range(more):
            licensed_institution(county)
        session.expunge_all()
        with queries_of() as statements:
            browser.get("/institutions")
        return len(statements)

    assert sent(5) == sent(25)


def test_a_filter_that_is_set_comes_out_from_behind_more(inspector, county):
    institution(county)

    plain = inspector.get("/institutions").soup
    narrowed = inspector.get("/institutions?state=operating").soup

    assert plain.select_one(".filters-waiting select[name=state]")
    assert not narrowed.select_one(".filters-waiting select[name=state]")
    assert narrowed.select_one(".filters-boxes select[name=state]")


def test_each_tab_says_how_many_its_view_holds_and_that_is_not_counted_again(
    session, county, queries_of
):
    officer = county.officer()
    institution(county, officer_in_charge_id=officer.id)
    licensed_institution(county)
    closed(institution(county), county)
    counts = queries.view_counts(session, officer)

    for view in View:
        wanted = InstitutionFilter(view=view)
        assert queries.count(session, officer, wanted, today=TODAY) == counts[view]
        with queries_of() as sent:
            queries.count(session, officer, wanted, today=TODAY, known=counts)
        assert sent == []


def test_what_is_filtered_is_counted_for_itself(session, county):
    officer = county.officer()
    institution(county, kind_code="arts")
    institution(county, kind_code="sports")
    counts = queries.view_counts(session, officer)
    filtered = (
        InstitutionFilter(kinds=["arts"]),
        InstitutionFilter(clauses=[Institution.kind_code == "arts"]),
    )

    assert [
        queries.count(session, officer, one, today=TODAY, known=counts) for one in filtered
    ] == [1, 1]
