"""Beside the worklist: the visits of today and the officer's own institutions."""

from datetime import timedelta

import pytest

from tests.factories import inspections as made
from tests.factories.registry import institution
from training_oversight import clock
from training_oversight.accounts.permissions import Role


@pytest.fixture
def officer(county):
    return county.officer()


def parts(page):
    found = page.soup.select(".side-part")
    return {part.select_one("h2").text: part for part in found}


def test_the_visits_of_today_stand_in_the_order_of_their_hours(county, client_as, officer):
    pair = [officer, county.officer()]
    later = made.planned_visit(county, officers=pair, happened_at=clock.now().replace(hour=8))
    done = made.visit(county, officers=pair)
    made.planned_visit(county, officers=pair)
    made.planned_visit(county, happened_at=clock.now())

    today = parts(client_as(officer).get("/desk"))["今天的检查"]

    links = [a["href"] for a in today.select("li a")]
    assert links == [f"/visits/{done.id}", f"/visits/{later.id}"]
    assert "已完成" in today.select("li")[0].text
    assert f"/visits?officer={officer.id}" in {a["href"] for a in today.select("a")}


def test_a_day_without_visits_says_so(client_as, officer):
    assert "今天没有安排检查" in parts(client_as(officer).get("/desk"))["今天的检查"].text


def test_each_figure_of_my_institutions_opens_its_rows(county, client_as, officer):
    seen = institution(county, officer_in_charge_id=officer.id)
    for _ in range(2):
        institution(county, officer_in_charge_id=officer.id)
    made.visit(county, seen, happened_at=clock.now() - timedelta(days=200))
    browser = client_as(officer)

    part = parts(browser.get("/desk"))["我的机构"]

    figures = {a.text: browser.get(a["href"]) for a in part.select("dd a")}
    opened = {words: len(page.soup.select("tbody tr")) for words, page in figures.items()}
    assert "包联3家" in part.text
    assert opened == {"1家": 1, "2家": 2}


def test_who_inspects_nothing_has_neither(county, client_as):
    page = client_as(county.officer(Role.LIAISON)).get("/desk")

    assert not {"今天的检查", "我的机构"} & set(parts(page))
