"""Requests that no page of ours would send: what is too much, unknown or nonsense."""

import io
import re

import pytest
import sqlalchemy as sa

from tests.factories import inspections, registry
from tests.factories.county import County
from tests.factories.uploads import heavy_photo
from tests.journeys.answers import readable, rows, somewhere
from training_oversight.accounts.permissions import Role
from training_oversight.files.models import Attachment
from training_oversight.registry.models import Institution


def test_more_than_one_request_may_hold(client_as, county, session):
    browser = client_as(county.officer())
    url = f"/visits/{inspections.visit_under_way(county).id}/photos"

    page = browser.submit(url, 413, photos=(io.BytesIO(heavy_photo(65)), "大.jpg"))
    page.request.environ["wsgi.input"].close()

    assert "太大" in readable(page.soup.select_one("main").text)
    assert rows(session, Attachment) == 0


# Addresses


def test_an_address_of_another_county(client_as, county, session):
    other = County(session, code="990202", name="临川县")
    place = registry.institution(other, name="临川书画院")

    page = client_as(county.officer()).get(f"/institutions/{place.id}", status=404)

    assert "管辖" in readable(page.soup.select_one("main").text)
    assert "临川书画院" not in page.text


@pytest.mark.parametrize("signed_in", [True, False], ids=["officer", "visitor"])
@pytest.mark.parametrize(
    "url",
    [
        "/nothing/here",
        "/items/abc",
        "/institutions/1'--",
        "/public/entries/x/y",
        "/public/%00/x",
        "/public/9%00/rectification",
    ],
)
def test_an_address_that_nobody_declared(client_as, county, signed_in, url):
    browser = client_as(county.officer() if signed_in else None)

    page = browser.get(url, status=404)

    assert page.soup.html["lang"].startswith("zh")
    assert readable(page.soup.select_one("main").text)
    assert bool(page.soup.select_one("nav.sidenav")) is signed_in
    assert page.soup.select_one("main a[href='/']")


@pytest.mark.parametrize("url", ["/institutions", "/desk", "/items"])
def test_a_method_that_an_address_does_not_know(client_as, county, url):
    page = client_as(county.officer()).post(url, status=405)

    assert readable(page.soup.select_one("main").text)
    assert page.soup.select_one("nav.sidenav")


def test_a_form_without_its_token(client_as, county, session):
    browser = client_as(county.officer())

    page = browser.http.post("/institutions/new", data={"name": "星屿艺术培训中心"})

    assert page.status_code == 400
    assert "没有保存" in readable(browser._checked(page, 400).soup.select_one("main").text)
    assert rows(session, Institution) == 0


@pytest.mark.parametrize(
    "question",
    [
        "?at=garbage", "?page=-1", "?township=abc", "?state=nothing", "?view=nothing",
        "?q=%00%ff", "?q=" + "长" * 500, "?due_from=2026-99-99", "?kind=&kind=arts&kind=x",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "listing",
    ["/institutions", "/visits", "/items", "/notices", "/cases", "/publications", "/history"],
)
def test_a_list_asked_nonsense(client_as, county, listing, question):
    page = client_as(county.officer(Role.SECTION_HEAD)).get(listing + question, status=200)

    assert page.soup.select_one("main")


def test_a_text_with_a_character_that_no_database_keeps(client_as, county, session):
    browser = client_as(county.officer())

    browser.submit("/institutions/new", 200, name="星屿\0艺术", note="a\0b", **somewhere(county))

    session.expire_all()
    assert [place.name for place in session.scalars(sa.select(Institution))] == ["星屿艺术"]


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_a_number_that_no_record_can_have(app, client_as, county, number):
    browser = client_as(county.officer(*set(Role) - {Role.SYSTEM}))
    addresses = {
        re.sub("<int:[^>]+>", str(number), rule.rule)
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and "<int:" in rule.rule
    }

    answers = {url: browser.http.get(url).status_code for url in addresses}

    assert len(answers) > 80
    assert set(answers.values()) == {404}


@pytest.mark.parametrize("number", [2**31, 10**30])
@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/visits/new?institution=%s", 404),
        ("/visits/findings/new?institution=%s", 404),
        ("/notices/new?institution=%s", 404),
        ("/cases/new?institution=%s", None),
        ("/institutions?township=%s&officer=%s&department=%s", 200),
        ("/visits?officer=%s&institution=%s", 200),
        ("/items?township=%s&officer=%s&institution=%s&q=%s", 200),
        ("/notices?type=%s&q=%s", 200),
        ("/cases?township=%s", 200),
        ("/history?officer=%s", 200),
    ],
)
def test_a_question_with_a_number_that_no_record_can_have(client_as, county, url, status, number):
    page = client_as(county.officer()).get(url.replace("%s", str(number)), status)

    assert page.status_code < 500
    assert readable(page.soup.select_one("main").text)
