"""The columns of the list, and the list on paper."""

from datetime import date, timedelta

from tests.factories import inspections, ledger
from tests.factories.registry import institution, licence, names
from training_oversight.accounts.permissions import Role

TODAY = date(2026, 10, 15)


def cols(*wanted):
    return {"cols": ",".join(wanted)}


def heads(page):
    return [head.text.strip() for head in page.soup.select("thead th:not(.pick)")]


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


def test_the_columns_cost_as_many_queries_for_9_rows_as_for_3(
    county, client_as, queries_of, session
):
    browser = client_as(county.officer(Role.INSPECTOR))
    everything = cols("address", "number", "visited", "problems", "phone", "permit", "step")
    for number in range(12):
        place = institution(county, kind_code="arts" if number < 3 else "sports")
        licence(county, place)
        ledger.item(county, place)

    def sent(kind):
        session.expunge_all()
        with queries_of() as statements:
            page = browser.get("/institutions", query_string=everything | {"kind": kind})
        return len(names(page)), len(statements)

    few, many = sent("arts"), sent("sports")
    assert (few[0], many[0]) == (3, 9)
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
    assert all(words in said for words in ("全部", "文化艺术", "没有有效许可证或未登记", "星屿"))
