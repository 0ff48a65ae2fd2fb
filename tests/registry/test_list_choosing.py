"""Rows chosen in the list, and the steps that are taken for all of them in one act."""

from datetime import date

import pytest

from tests.factories.registry import institution, listed
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.exports import views
from training_oversight.texts import Text
from training_oversight.web.contributions import contributions
from training_oversight.web.listings import Bulk

TODAY = date(2026, 10, 15)


@pytest.fixture
def bulk(app):
    """A step for chosen rows, as upper areas hand in theirs."""
    step = Bulk("institutions", Text("Print"), "registry.index", Permission.EXPORT_REGISTRY, 90)
    contributions(app).add(step)
    yield step
    contributions(app).handed_in.remove(step)


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
def test_many_are_exported_by_the_filter_that_found_them(
    county, client_as, without, status, monkeypatch
):
    monkeypatch.setattr(views, "MOST_IN_ADDRESS", 3)
    keys = [institution(county, name=f"星屿{n}", kind_code="arts").id for n in range(5)]
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
    monkeypatch.setattr("training_oversight.web.choosing.MOST", 51)
    for number in range(52):
        institution(county, name=f"星屿{number:02}")

    page = client_as(county.officer(Role.LEADER)).get("/institutions?all=1")

    assert not page.soup.select("input[name=id][type=hidden]")
    assert not page.soup.select("[data-selection] a")
