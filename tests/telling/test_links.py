"""Where the form is reached from: a public entry, the first page, a code at the door."""

from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa

from tests.factories import publication
from tests.factories.registry import institution
from tests.telling.test_form import WHAT, WHO, orders, sent
from training_oversight.ledger.models import RectificationItem
from training_oversight.publication.models import PublicEntry
from training_oversight.telling import places


@pytest.fixture
def address(app):
    """Makes an address outside of a request."""

    def make(*about, **shown):
        with app.test_request_context():
            return places.address(*about, **shown)

    return make


def test_an_entry_leads_to_the_form_about_its_place(client_as, county):
    publication.owed(county)
    publication.published(county)
    entry = county.session.scalars(sa.select(PublicEntry)).first()
    item = county.session.get_one(RectificationItem, entry.subject_id)
    browser = client_as()
    page = browser.get(f"/public/entries/{entry.id}")
    (link,) = [a["href"] for a in page.soup.select("a.button") if a.text == "告诉我们"]

    sent(browser, start=link, where={})

    assert orders(county)[-1].institution_id == item.institution_id


def test_the_form_shows_the_name_of_the_list_and_not_of_the_register(client_as, county, address):
    place = institution(county, name="陈立群家教")
    start = address("institution", place.id, shown="陈某某家教")

    page = client_as().get(start)

    assert "陈某某家教" in page.text
    assert "陈立群" not in page.text


@pytest.mark.parametrize("shown", ["别的名字", ""])
def test_a_link_that_was_changed_names_no_place(client_as, county, address, shown):
    place = institution(county, name="陈立群家教")
    asked = parse_qs(urlsplit(address("institution", place.id, shown="陈某某家教")).query)

    page = client_as().get(f"/tell-us?at={asked['at'][0]}" + (f"&place={shown}" if shown else ""))

    assert page.soup.select_one("select[name=township]")
    assert "陈立群" not in page.text


@pytest.mark.parametrize("at", ["institution-1", "1.2", ".", "officer-1.x", "é.x"])
def test_nobody_makes_a_link_of_their_own(client_as, county, at):
    assert client_as().get("/tell-us", query_string={"at": at}).soup.select_one("#township")


def test_a_link_to_what_is_no_place_asks_where_it_is(client_as, county, address):
    for about in (("officer", 1), ("institution", 999_999), ("rectification_item", 999_999)):
        assert client_as().get(address(*about)).soup.select_one("#township")


def test_an_entry_about_none_of_our_records_takes_its_name_along(client_as, county):
    publication.owed(county)
    published = publication.published(county)
    entry = published.entries[0]
    entry.subject_kind = entry.subject_id = None
    county.session.commit()
    browser = client_as()
    page = browser.get(f"/public/entries/{entry.id}")
    (link,) = [a["href"] for a in page.soup.select("a.button") if a.text == "告诉我们"]

    assert browser.get(link).soup.select_one("#place")["value"] == page.soup.h1.text.strip()


def test_the_first_public_page_leads_to_the_form(client_as, county):
    page = client_as().get("/public")

    assert [a["href"] for a in page.soup.select("a.button")] == ["/tell-us"]


def test_officers_print_a_code_that_leads_to_the_place(inspector, client_as, county):
    place = institution(county)
    page = inspector.get(f"/institutions/{place.id}/tell-us")
    (address,) = [p.text for p in page.soup.select("p") if "/tell-us?at=" in p.text]

    assert page.soup.select_one("svg.qr path")
    sent(client_as(), start=address.removeprefix("http://localhost"), where={}, what=WHAT, who=WHO)
    assert orders(county)[-1].institution_id == place.id


def test_a_name_that_one_institution_has_is_that_institution(client_as, county):
    place = institution(county, name="星屿美术培训")

    sent(client_as(), where={"place": "星屿 美术培训", "township": county.townships[0].code})

    (order,) = orders(county)
    assert (order.institution_id, order.place) == (place.id, "")
