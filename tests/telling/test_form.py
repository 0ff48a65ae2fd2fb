"""告诉我们: what somebody without an account tells, from the first part to the code."""

import sqlalchemy as sa
from bs4 import BeautifulSoup

from tests.factories.registry import institution
from tests.pages import filled_in
from training_oversight.complaints.kinds import Channel
from training_oversight.complaints.models import Complaint, ComplaintContact
from training_oversight.telling import places

WHERE = {"place": "文澜路口小卖部楼上", "township": "unknown"}
WHAT = {"kind": "report", "words": "每周六上午有二十来个孩子在补数学。", "happened": "每周六"}
WHO = {"anonymous": "yes", "secret": "桂花树下"}


def form_of(page):
    return filled_in(BeautifulSoup(page.text, "lxml").select_one("form.public-form"))


def turned(browser, page, status=200, **answers):
    """Fill in the part that is before the reader, and press its button."""
    data = form_of(page) | answers
    return browser.post("/tell-us", data, status=status, content_type="multipart/form-data")


def sent(browser, *, start="/tell-us", where=WHERE, what=WHAT, who=WHO, status=200):
    page = turned(browser, browser.get(start), **where)
    return turned(browser, turned(browser, page, **what), status, **who)


def orders(county):
    return county.session.scalars(sa.select(Complaint).order_by(Complaint.id)).all()


def test_three_parts_become_an_order_that_nobody_took_in(client_as, county):
    page = sent(client_as())

    (order,) = orders(county)
    code = order.tracking_code
    assert page.soup.select_one(".public-code").text == f"{code[:3]} {code[3:6]} {code[6:]}"
    assert order.channel is Channel.WEB
    assert order.received_by_id is None
    assert (order.place, order.words) == (WHERE["place"], WHAT["words"])
    assert order.division_path == county.division.path
    assert county.session.scalars(sa.select(ComplaintContact)).all() == []


def test_the_code_stands_in_no_address(client_as, county):
    page = sent(client_as())

    assert page.request.path == "/tell-us/told"
    assert orders(county)[0].tracking_code not in page.request.url
    assert "no-store" in page.headers["Cache-Control"]


def test_a_link_names_the_place_and_asks_no_township(app, client_as, county):
    place = institution(county)
    with app.test_request_context():
        start = places.address("institution", place.id)

    sent(client_as(), start=start, where={})

    assert orders(county)[0].institution_id == place.id


def test_a_second_press_makes_no_second_order(client_as, county):
    browser = client_as()
    page = turned(browser, browser.get("/tell-us"), **WHERE)
    page = turned(browser, page, **WHAT)

    first, second = turned(browser, page, **WHO), turned(browser, page, **WHO)

    assert len(orders(county)) == 1
    codes = {each.soup.select_one(".public-code").text for each in (first, second)}
    assert len(codes) == 1


def test_what_fills_in_the_trap_is_thanked_and_forgotten(client_as, county):
    page = sent(client_as(), who=WHO | {"website": "https://example.org"})

    assert page.soup.select_one(".public-code")
    assert orders(county) == []
