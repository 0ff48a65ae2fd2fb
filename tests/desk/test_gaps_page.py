"""The page of what is missing: every number is that of the rows it opens."""

from datetime import date, timedelta

import pytest

from tests.factories import inspections, ledger, notices
from tests.factories.registry import closed, institution, licence, listed
from training_oversight import database
from training_oversight.accounts.permissions import Role
from training_oversight.desk import gaps
from training_oversight.inspections.models import VisitKind
from training_oversight.registry.models import LegalForm

TODAY = date(2026, 10, 15)


def numbers(page):
    """What is missing -> (number, address that the number opens)."""
    found = {}
    for row in page.soup.select("main tbody tr"):
        what, cell = row.select("td")[:2]
        link = cell.a["href"] if cell.a else None
        found[what.text.strip()] = (int(cell.text.split()[-1]), link)
    return found


@pytest.fixture
def whole(county, session):
    """An institution that lacks nothing; each of the others lacks what its name says."""

    def make(name, **lacks):
        given = {
            "officer_in_charge_id": county.officer().id,
            "industry_department_id": county.departments["culture"].id,
            "platform_id": f"P{name}",
            "fund_account": "6222",
            "latitude": 29.5,
            "longitude": 106.5,
        } | lacks
        department = given.pop("industry_department_id")
        place = institution(county, name=name, **given)
        with database.transaction():
            place.industry_department_id = department
        return place

    def file(name, *, permit=True, visited=True, **lacks):
        place = make(name, **lacks)
        if permit:
            licence(county, place)
        if visited:
            inspections.visit(county, place)
        return place

    return file


@pytest.fixture
def county_of_gaps(county, whole):
    whole("齐全")
    whole("无人", officer_in_charge_id=None)
    whole("无部门", industry_department_id=None)
    whole("无类别", kind_code=None)
    whole("无乡镇", division=county.division)
    whole("无定位", latitude=None, longitude=None)
    whole("无电话", phone=None)
    whole("无证照", permit=False)
    unexplained = whole("无由来", permit=False)
    licence(county, unexplained, issued_on=date(2024, 5, 1))
    with database.transaction():
        unexplained.kind_code = "subject"
    whole("无代码", legal_form=LegalForm.COMPANY)
    whole("无平台", platform_id=None)
    whole("无账户", fund_account=None)
    inspections.visit(county, whole("未进门", visited=False), kind=VisitKind.DESK)
    closed(institution(county, name="关停"), county)


def test_every_gap_counts_exactly_the_rows_that_it_opens(county, client_as, county_of_gaps):
    browser = client_as(county.officer(Role.INSPECTOR))

    found = numbers(browser.get("/desk/gaps"))
    opened = {
        words: [row.text for row in browser.get(link).soup.select("td a.first")]
        for words, (_, link) in found.items()
        if link and link.startswith("/institutions")
    }

    assert opened == {
        "没有监管责任人": ["无人"],
        "没有行业主管部门": ["无部门"],
        "类别不明": ["无类别"],
        "没有落到乡镇街道": ["无乡镇"],
        "场所没有定位": ["无定位"],
        "没有联系电话": ["无电话"],
        "没有登记许可证": ["无证照"],
        "学科类新批许可证没有说明由来": ["无由来"],
        "已注册登记，没有信用代码": ["无代码"],
        "从未检查": ["未进门"],
        "未登记全国平台编号": ["无平台"],
        "有证，没有登记预收费账户": ["无账户"],
    }
    assert all(number == len(opened.get(words, [])) for words, (number, _) in found.items())


def test_anything_missing_is_each_file_once(county, client_as, whole):
    whole("齐全")
    whole("两样", phone=None, platform_id=None)
    whole("没去过", visited=False)
    browser = client_as(county.officer(Role.INSPECTOR))

    page = browser.get("/desk/gaps")
    link = page.soup.select_one(".head-note a")

    assert link.text == "其中1家档案有缺项"
    assert [row.text for row in browser.get(link["href"]).soup.select("td a.first")] == ["两样"]


def test_items_are_counted_for_who_may_see_the_ledger(county, client_as):
    ledger.item(county)
    ledger.item(county, in_charge=county.officer(), due_on=TODAY + timedelta(days=3))
    talked_of = ledger.item(county, institution(county), in_charge=county.officer())
    notices.served(county, type="talk", items=[talked_of])

    found = numbers(client_as(county.officer(Role.LEADER)).get("/desk/gaps"))

    assert found["没有监管责任人的问题"] == (1, "/items?gap=owner")
    assert found["没有下一步的问题"] == (1, "/items?gap=step")


def test_an_item_of_an_officer_who_has_left_says_so_where_the_number_leads(county, client_as):
    left = county.officer()
    item = ledger.item(county, in_charge=left, due_on=TODAY + timedelta(days=3))
    with database.transaction():
        left.ended_on = TODAY
    browser = client_as(county.officer(Role.SECTION_HEAD))

    rows = browser.get("/items?gap=owner").soup.select_one("tbody").text

    assert f"{left.name}（已离岗）" in rows
    assert "跟进" not in rows
    assert f"{left.name}（已离岗）" in browser.get(f"/items/{item.id}").text


def test_visits_are_missing_only_to_who_may_see_them(county, client_as):
    institution(county)
    desk = client_as(county.officer(Role.HOTLINE))

    page = desk.get("/desk/gaps")

    assert "从未检查" not in page.text
    assert "没有监管责任人" in page.text
    assert len(listed(desk, gap="visit", view="live")) == 1  # Asks for nothing.


def test_all_counts_take_one_query_however_many_rows(county, session, queries_of, whole):
    officer = county.officer(Role.INSPECTOR)

    def sent():
        session.refresh(officer)
        assert officer.permissions
        with queries_of() as statements:
            gaps.counted(session, officer, today=TODAY)
        return len(statements)

    before = sent()
    for number in range(5):
        whole(f"星屿{number}", phone=None)

    assert (before, sent()) == (1, 1)


def test_the_desk_leads_there(county, client_as):
    page = client_as(county.officer(Role.INSPECTOR)).get("/desk")

    assert page.soup.select_one("aside a[href='/desk/gaps']").text == "全部缺项"


def test_another_countys_gaps_are_not_counted(county, session, client_as):
    from tests.factories.county import County

    institution(County(session, code="990202", name="临湖县"), phone=None)

    page = client_as(county.officer(Role.INSPECTOR)).get("/desk/gaps")

    assert "在册0家" in page.text
    assert {number for number, _ in numbers(page).values()} == {0}
