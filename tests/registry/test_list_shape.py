"""The order of the list, its columns, its print, and the rows chosen in it."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import inspections, ledger
from tests.factories.registry import institution, licence, listed, names
from training_oversight import clock, database
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.registry import queries
from training_oversight.registry.models import Institution
from training_oversight.registry.queries import Wanted
from training_oversight.registry.views.index import ORDERS
from training_oversight.texts import Text
from training_oversight.web.contributions import contributions
from training_oversight.web.listings import Bulk
from training_oversight.web.paging import keyset

TODAY = date(2026, 10, 15)


def cols(*wanted):
    return {"cols": ",".join(wanted)}


def heads(page):
    return [head.text.strip() for head in page.soup.select("thead th:not(.pick)")]


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


@pytest.mark.parametrize("sort", ["name", "-name", "licence", "-licence", "visited", "-visited"])
def test_every_order_pages_through_all_rows_once(county, inspector, sort):
    for number in range(55):
        place = institution(county, name=f"星屿{number % 7}")
        if number % 3:
            licence(county, place, valid_until=TODAY + timedelta(days=number % 5))
    shown = "&cols=name,permit,visited"

    first = inspector.get(f"/institutions?sort={sort}{shown}")
    second = inspector.get(first.soup.select_one("a[rel=next]")["href"])
    back = inspector.get(second.soup.select_one("a[rel=prev]")["href"])

    seen = [link["href"] for page in (first, second) for link in page.soup.select("td a.first")]
    assert len(seen) == len(set(seen)) == 55
    assert names(back) == names(first)


@pytest.mark.parametrize("name", ["name", "licence", "visited"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_where_very_many_fit_a_page_is_read_along_the_index_of_its_order(
    county, session, name, sign
):
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("its planner weighs rows that a test does not have")
    found = queries.listing(county.system, Wanted(), today=TODAY, in_order=True)
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
    found = queries.listing(county.officer(), Wanted(), today=TODAY)

    assert "division_path>?" in plan(session, keyset(found, ORDERS.asked("name").keys, None))


def test_the_usual_columns_stand_in_the_countys_order(county, inspector):
    institution(county)

    page = inspector.get("/institutions")

    assert heads(page) == [
        "名称 ↑", "办学许可", "行业主管部门", "监管责任人", "状态", "下一步·等谁办",
    ]  # fmt: skip


def test_columns_are_chosen_and_keep_the_countys_order(county, inspector):
    place = institution(
        county, name="星屿", uscc=None, phone="13812345678", pupils=120, address="文澜路1号"
    )
    ledger.item(county, place, due_on=TODAY - timedelta(days=2))
    ledger.item(county, place)
    inspections.visit(county, place)

    page = inspector.get(
        "/institutions",
        query_string=cols("problems", "visited", "pupils", "phone", "address", "nonsense"),
    )
    cells = [cell.text.split() for cell in page.soup.select("tbody td:not(.pick)")]

    assert heads(page) == ["名称 ↑", "办学地址", "联系电话", "学生人数", "最近检查", "未销号问题"]
    assert cells[1:] == [["文澜路1号"], ["138****5678"], ["120"], ["10月15日"], ["2逾期1项"]]
    assert page.soup.select_one("td.right a")["href"] == f"/items?institution={place.id}"


def test_the_columns_cost_as_many_queries_for_30_rows_as_for_5(
    county, client_as, queries_of, session
):
    browser = client_as(county.officer(Role.INSPECTOR))
    everything = cols("address", "number", "visited", "problems", "phone", "permit", "step")
    for number in range(35):
        place = institution(county, kind_code="arts" if number < 5 else "sports")
        licence(county, place)
        ledger.item(county, place)

    def sent(kind):
        session.expunge_all()
        with queries_of() as statements:
            page = browser.get("/institutions", query_string=everything | {"kind": kind})
        return len(names(page)), len(statements)

    few, many = sent("arts"), sent("sports")
    assert (few[0], many[0]) == (5, 30)
    assert few[1] == many[1]


def test_columns_of_other_areas_are_for_who_may_see_them(county, client_as):
    institution(county)
    desk = client_as(county.officer(Role.HOTLINE))

    assert heads(desk.get("/institutions", query_string=cols("visited", "problems"))) == [
        "名称 ↑", "未销号问题",
    ]  # fmt: skip


def test_the_officers_own_columns_are_there_the_next_time(county, client_as):
    institution(county)
    mine = client_as(county.officer(Role.INSPECTOR))

    answer = mine.post(
        "/saved/institutions/columns", {"cols": "name,uscc,DROP", "query": "kind=arts&at=x&no=3"}
    )

    assert "以后打开列表先显示这些列" in answer.text
    assert heads(answer) == ["名称 ↑", "信用代码"]
    assert answer.request.query_string == b"kind=arts"
    assert heads(mine.get("/institutions")) == ["名称 ↑", "信用代码"]
    assert len(heads(mine.get("/institutions?cols=name,officer"))) == 2
    assert len(heads(client_as(county.officer()).get("/institutions"))) == 6


def test_the_print_has_more_than_a_page_and_says_what_was_asked(county, inspector):
    for number in range(52):
        institution(county, name=f"星屿{number:02}", kind_code="arts")
    institution(county, name="跃动", kind_code="sports")

    page = inspector.get("/institutions/print?kind=arts&licensed=no&q=星屿&cols=name,kind")

    assert len(page.soup.select("tbody tr")) == 52
    said = page.soup.select_one(".print-head").text
    assert all(words in said for words in ("全部", "文化艺术", "无证", "星屿"))


@pytest.fixture
def bulk(app):
    """A step for chosen rows, as upper areas hand in theirs."""
    step = Bulk("institutions", Text("Print"), "registry.index", Permission.EXPORT_REGISTRY, 90)
    contributions(app).add(step)
    yield step
    contributions(app).bulks.remove(step)


def test_rows_can_be_chosen_for_a_step_by_who_may_take_it(county, client_as, bulk):
    place = institution(county, name="星屿")

    page = client_as(county.officer(Role.LEADER)).get("/institutions").soup
    reader = client_as(county.officer(Role.OBSERVER)).get("/institutions").soup

    box = page.select_one("input[name=id]")
    assert (box["value"], box["form"]) == (str(place.id), "selection")
    assert page.select_one(".selection button[formaction='/institutions']").text == "打印"
    assert not reader.select("input[name=id]")
    assert not reader.select(".selection")


def test_chosen_rows_are_given_an_officer_in_one_act(county, client_as):
    places = [institution(county, name=name) for name in ("甲", "乙", "丙")]
    officer = county.officer(Role.INSPECTOR)
    browser = client_as(officer)
    button = browser.get("/institutions").soup.select_one(".selection button[formaction]")

    page = browser.post(button["formaction"], {"id": [places[0].id, places[2].id]})

    assert button.text == "确定监管责任人"
    assert {row.text.split()[0] for row in page.soup.select("main li")} == {"甲", "丙"}


def test_chosen_rows_are_exported_and_no_others(county, client_as):
    places = [institution(county, name=name) for name in ("甲", "乙", "丙")]
    browser = client_as(county.officer(Role.LEADER))

    page = browser.post(
        "/institutions/chosen/export", {"id": [places[0].id, places[2].id, "x", 2**40]}
    )

    assert page.request.path == "/institutions/export"
    assert "2家机构" in page.text
    keys = f"{places[0].id},{places[2].id}"
    assert listed(browser, id=keys) == ["丙", "甲"]
    assert "选中的" in browser.get("/institutions", query_string={"id": keys}).text
    assert listed(browser, id="x") == []


@pytest.mark.parametrize(("without", "status"), [(0, 200), (1, 422)])
def test_many_are_exported_by_the_filter_that_found_them(county, client_as, without, status):
    keys = [institution(county, name=f"星屿{n}", kind_code="arts").id for n in range(302)]
    institution(county, kind_code="sports")
    browser = client_as(county.officer(Role.LEADER))

    page = browser.post(
        "/institutions/chosen/export",
        {"id": keys[without:], "query": "kind=arts&view=live"},
        status=status,
    )

    assert ("最多" in page.text) == bool(without)
    assert page.request.query_string == (b"" if without else b"kind=arts&view=live")


def test_all_that_was_found_can_be_chosen_and_not_the_page_alone(county, client_as, bulk):
    for number in range(53):
        institution(county, name=f"星屿{number:02}")
    institution(county, name="跃动")
    browser = client_as(county.officer(Role.LEADER))

    page = browser.get("/institutions?q=星屿")
    every = browser.get(page.soup.select_one("[data-selection] a")["href"]).soup

    assert "选中筛出的全部53家" in page.text
    assert len(every.select("input[name=id][type=checkbox][checked]")) == 50
    assert len(every.select("input[name=id][type=hidden]")) == 3
    assert "已选全部53家" in every.text
    assert len({box["value"] for box in every.select("input[name=id]")}) == 53


def test_more_than_a_form_can_carry_is_not_offered_to_be_chosen(
    county, client_as, bulk, monkeypatch
):
    monkeypatch.setattr("training_oversight.registry.views.index.MOST_CHOSEN", 51)
    for number in range(52):
        institution(county, name=f"星屿{number:02}")

    page = client_as(county.officer(Role.LEADER)).get("/institutions?all=1")

    assert not page.soup.select("input[name=id][type=hidden]")
    assert not page.soup.select("[data-selection] a")


def test_the_columns_of_the_database_and_the_orders_agree(session, county):
    """An order that no index serves is not offered."""
    indexed = {
        tuple(column.name for column in index.columns) for index in Institution.__table__.indexes
    }

    for name in ("name", "licence", "visited"):
        assert tuple(key.column.key for key in ORDERS.asked(name).keys) in indexed
    database.close_session()
