"""A described place may be pinned on the map; nobody has to."""

import pytest
import sqlalchemy as sa

from tests.factories.complaints import WORDS, desk, received
from tests.telling.test_form import WHAT, WHERE, WHO, turned
from training_oversight.complaints.models import Complaint
from training_oversight.places import Datum, to_wgs84

GIVEN = {"kind": "report", "words": WORDS, "anonymous": "yes", "channel": "phone"}


def latest(county):
    return county.session.scalars(sa.select(Complaint).order_by(Complaint.id.desc())).first()


def taken(county, client_as, status=200, **typed):
    given = {"place": "书院路口楼上", "township": county.townships[0].code, **GIVEN, **typed}
    return client_as(desk(county)).submit("/complaints/new", status, **given)


def test_a_place_is_taken_in_without_a_position(county, client_as):
    taken(county, client_as)

    assert latest(county).position is None


@pytest.mark.parametrize("datum", Datum)
def test_figures_of_any_map_become_one_position(county, client_as, datum):
    taken(county, client_as, position="31.5, 121.2", datum=datum.value)

    wanted = to_wgs84(31.5, 121.2, datum)
    assert latest(county).position == wanted


def test_figures_of_an_unknown_map_are_asked_about_and_nothing_is_lost(county, client_as):
    page = taken(county, client_as, 422, position="31.5, 121.2")

    assert "请选择经纬度出自哪种地图" in page.text
    assert WORDS in page.text
    assert page.soup.select_one("#position")["value"] == "31.5, 121.2"


def test_what_is_no_place_is_said_beside_its_field(county, client_as):
    page = taken(county, client_as, 422, position="很远", datum="wgs84")

    assert page.soup.select_one("#position-error")


def test_desk_and_correction_offer_the_map_where_the_place_is_typed(county, client_as):
    order = received(county, described=True)
    browser = client_as(desk(county))

    for url in ("/complaints/new", f"/complaints/{order.id}/correct"):
        page = browser.get(url).soup
        assert page.select_one("form[data-place] details[hidden] [data-map]")
        assert page.select_one("script[src$='pin.js']")


def test_what_was_pinned_stands_in_the_correction(county, client_as):
    taken(county, client_as, position="31.5, 121.2", datum="wgs84")

    page = client_as(desk(county)).get(f"/complaints/{latest(county).id}/correct").soup

    assert page.select_one("#position")["value"] == str(latest(county).position)
    assert page.select_one("#datum option[selected]")["value"] == "wgs84"


def test_who_has_no_account_may_give_the_figures_too(county, client_as):
    browser = client_as()
    first = browser.get("/tell-us")
    second = turned(browser, first, **WHERE, position="31.5, 121.2", datum="wgs84")
    third = turned(browser, second, **WHAT)
    turned(browser, third, **WHO)

    found = latest(county)
    assert (found.latitude, found.longitude) == (31.5, 121.2)


def test_the_public_form_asks_from_which_map_they_are(county, client_as):
    browser = client_as()

    page = turned(browser, browser.get("/tell-us"), **WHERE, position="31.5, 121.2", status=422)

    assert "请选择经纬度出自哪种地图" in page.text
    assert page.soup.select_one("details[open] #position")["value"] == "31.5, 121.2"


def test_without_a_map_of_the_county_the_public_form_has_no_script(county, client_as):
    page = client_as().get("/tell-us")

    assert "<script" not in page.text
    assert "data-map" not in page.text
