"""The search box of every page: its page of results, and the same as one types."""

import pytest
from bs4 import BeautifulSoup

from tests.factories import enforcement, ledger, notices
from tests.factories.county import County
from tests.factories.registry import closed, credit_code, institution, licence
from training_oversight import database
from training_oversight.accounts.models import Division, DivisionLevel
from training_oversight.accounts.permissions import Permission, Role, granted

PHONE = "13809907788"


@pytest.fixture
def place(county):
    place = institution(
        county,
        name="星屿艺术培训中心",
        aliases=("拾光画室",),
        address="文澜街道书院路118号",
        phone=PHONE,
        uscc=credit_code(7),
    )
    licence(county, place, number="199010170000009")
    return place


def lines(soup):
    """Title and note of each line on the page of results."""
    return [
        (row.select_one("a.first").text, row.select_one(".second").text)
        for row in soup.select("table.plain tbody tr")
    ]


def suggested(browser, typed):
    answer = browser.http.get(
        "/search/suggestions", query_string={"q": typed}, follow_redirects=True
    )
    assert answer.status_code == 200
    soup = BeautifulSoup(answer.text, "html.parser")
    assert not soup.select("html, [style], script")
    return [
        " ".join(part.text for part in option.select(".search-title, .status"))
        for option in soup.select("[role=option]:not(.search-all)")
    ]


def test_the_box_of_every_page_leads_to_the_search(client_as, county):
    page = client_as(county.officer()).get("/desk").soup

    assert page.select_one(".topbar form")["action"] == "/search"
    assert page.select_one(".topbar form")["data-search-form"] == "/search/suggestions"
    assert page.select_one("a.topbar-find")["href"] == "/search"


def test_who_has_no_register_has_no_box(client_as, county):
    page = client_as(county.officer(Role.LIAISON, department="market")).get("/cases/tasks").soup

    assert page.select_one("form[data-search-form]") is None


def test_the_page_shows_what_was_found_and_why(client_as, county, place):
    browser = client_as(county.officer())

    by_name = browser.get("/search?q=星屿", status=200)
    by_alias = browser.get("/search?q=sghs", status=200)

    assert lines(by_name.soup) == [("星屿艺术培训中心", "文化艺术·文澜街道")]
    assert lines(by_alias.soup) == [("星屿艺术培训中心", "文化艺术·文澜街道·又称拾光画室")]
    assert by_name.soup.select_one("main form[role=search] input")["value"] == "星屿"
    assert by_name.soup.select_one(".topbar form input")["value"] == "星屿"


def test_more_than_the_page_shows_are_listed_in_the_register(client_as, county):
    for number in range(31):
        institution(county, name=f"星屿{number:02}")
    browser = client_as(county.officer())

    page = browser.get("/search?q=星屿").soup
    everything = page.select_one(".search-found p a")["href"]

    assert len(lines(page)) == 30
    assert "筛出31家" in browser.get(everything).text


def test_nothing_found_says_so_and_offers_the_way_on(client_as, county):
    page = client_as(county.officer()).get("/search?q=%E4%B8%8D<b>%25")
    reader = client_as(county.officer(Role.OBSERVER)).get("/search?q=没有")

    assert "没有找到“不<b>%”" in page.soup.select_one(".empty").text
    assert page.soup.select_one(".empty a")["href"] == "/institutions/new"
    assert reader.soup.select_one(".empty a") is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("星屿" * 51, True),
        ("星屿 " * 20, False),
        ("星屿", False),
        (" ".join("甲乙丙丁戊己庚辛壬癸子"), True),
    ],
)
def test_who_types_more_than_is_looked_for_is_told(client_as, county, typed, said):
    page = client_as(county.officer()).get("/search?q=" + typed, status=200)

    told = "只按前10个词、前100个字查找。"
    assert (told in page.soup.select_one("main").text) is said


def test_an_empty_search_says_what_can_be_searched(client_as, county, place):
    page = client_as(county.officer()).get("/search?q=%20", status=200)

    assert lines(page.soup) == []
    assert "要找什么？" in page.text


@pytest.mark.parametrize(
    "typed", [credit_code(7).lower(), "教民199010170000009号", "199010 170000009"]
)
def test_a_whole_number_leads_straight_to_the_record(client_as, county, place, typed):
    institution(county, name="另一家")
    answer = client_as(county.officer()).http.get("/search", query_string={"q": typed})

    assert answer.status_code == 302
    assert answer.location == f"/institutions/{place.id}"


def test_a_number_that_two_carry_leads_to_both(client_as, county, place):
    licence(county, institution(county, name="乐弦"), number="199010170000009")

    page = client_as(county.officer()).get("/search?q=199010170000009", status=200)

    assert len(lines(page.soup)) == 2


def test_problems_notices_and_cases_are_found_by_their_number(client_as, county):
    item = ledger.item(county)
    notice = notices.approved(county)
    case = enforcement.raised_case(county)
    browser = client_as(county.officer())

    def leads(typed):
        return browser.http.get("/search", query_string={"q": typed}).location

    assert leads(item.number) == f"/items/{item.id}"
    assert leads(f"{item.year}-{item.serial}") == f"/items/{item.id}"
    assert leads(notice.number) == f"/notices/{notice.id}"
    assert leads(f"〔{notice.year}〕{notice.serial}号") == f"/notices/{notice.id}"
    assert leads(f"({notice.year}) 第{notice.serial}") == f"/notices/{notice.id}"
    assert leads(case.number.lower()) == f"/cases/{case.id}"
    assert leads(f"乙教责改〔{notice.year}〕{notice.serial}号") is None
    assert leads("2026-9999") is None


@pytest.mark.parametrize("role", [Role.HOTLINE, Role.OBSERVER])
def test_numbers_are_found_in_the_areas_that_the_role_may_open(client_as, county, role):
    item, notice, case = (
        ledger.item(county),
        notices.approved(county),
        enforcement.raised_case(county),
    )
    browser, may = client_as(county.officer(role)), granted(frozenset({role}))

    for number, permission in (
        (item.number, Permission.VIEW_LEDGER),
        (notice.number, Permission.VIEW_NOTICES),
        (case.number, Permission.VIEW_CASES),
    ):
        answer = browser.http.get("/search", query_string={"q": number})
        assert (answer.status_code == 302) is (permission in may)
        assert bool(suggested(browser, number)) is (permission in may)


def test_what_is_typed_is_suggested_for(client_as, county, place):
    closed(institution(county, name="星屿旧址"), county)
    browser = client_as(county.officer())

    assert suggested(browser, "星") == ["星屿艺术培训中心", "星屿旧址 已关停"]
    assert suggested(browser, "书院路 xy") == ["星屿艺术培训中心"]
    assert suggested(browser, "没有的") == []
    assert suggested(browser, "") == []


def test_a_suggestion_says_how_many_there_are(client_as, county):
    for number in range(12):
        institution(county, name=f"星屿{number:02}")

    answer = client_as(county.officer()).http.get("/search/suggestions?q=星屿")
    soup = BeautifulSoup(answer.text, "html.parser")

    assert soup.div["data-told"] == "找到8项，用上下箭头选择"
    assert soup.select_one(".search-all")["href"] == "/search?q=%E6%98%9F%E5%B1%BF"
    assert len({option["id"] for option in soup.select("[role=option]")}) == 9


VIEWING = [
    role for role in Role
    if role is not Role.SYSTEM and Permission.VIEW_REGISTRY in granted(frozenset({role}))
]  # fmt: skip


@pytest.mark.parametrize("role", VIEWING)
def test_a_telephone_finds_for_who_may_see_it_and_is_shown_to_nobody(
    client_as, county, place, role
):
    browser = client_as(county.officer(role))
    may = Permission.SEE_PERSONAL_DATA in granted(frozenset({role}))

    for typed in (PHONE, "138-0990 7788", "9907788"):
        page = browser.get("/search", query_string={"q": typed}, status=200)
        listed = browser.get("/institutions", query_string={"q": typed}, status=200)
        expected = [("星屿艺术培训中心", "文化艺术·文澜街道·电话相符")] if may else []
        assert lines(page.soup) == expected
        assert suggested(browser, typed) == [title for title, _ in expected]
        assert ("星屿艺术培训中心" in listed.text) is may
        results = page.soup.select_one("main table")
        assert results is None or PHONE not in results.text


@pytest.mark.parametrize("role", VIEWING)
def test_a_telephone_finds_in_other_lists_for_who_may_see_it(client_as, county, place, role):
    ledger.item(county, place)
    notices.approved(county, institution=place)
    browser = client_as(county.officer(role))
    may = Permission.SEE_PERSONAL_DATA in granted(frozenset({role}))

    for url in ("/items", "/notices", "/visits/new"):
        answer = browser.http.get(url, query_string={"q": PHONE})
        found = "星屿艺术培训中心" in answer.text
        assert found is (may and answer.status_code == 200)
        assert PHONE not in answer.text.replace(f'value="{PHONE}"', "").replace(f"q={PHONE}", "")


def test_an_officer_of_another_county_finds_neither_names_nor_numbers(
    client_as, county, session, place
):
    item = ledger.item(county, place)
    other = County(session, code="990202", name="临湖县")
    browser = client_as(other.officer(*[role for role in Role if role is not Role.SYSTEM]))

    for typed in ("星屿", credit_code(7), item.number, PHONE):
        assert lines(browser.get("/search", query_string={"q": typed}, status=200).soup) == []
        assert suggested(browser, typed) == []


def test_who_sees_several_counties_is_told_which(client_as, county, session, place):
    with database.transaction():
        city = Division(code="9901", name="示例市", level=DivisionLevel.PREFECTURE, path="99/9901/")
        session.add(city)
    officer = county.officer(division=city)

    page = client_as(officer).get("/search?q=星屿", status=200)

    assert lines(page.soup) == [("星屿艺术培训中心", "文化艺术·澄江县文澜街道")]


def test_a_search_asks_the_same_whether_it_finds_one_or_eight(client_as, county, queries_of):
    browser = client_as(county.officer())
    institution(county, name="星屿")

    def sent():
        with queries_of() as statements:
            suggested(browser, "星屿")
        return len(statements)

    before = sent()
    for number in range(7):
        licence(county, institution(county, name=f"星屿{number}"))

    assert sent() == before
