"""The address of a filtered list says what is set and nothing else, so that it can be sent on."""

import pytest

from tests.factories import ledger
from tests.pages import filled_in

LISTS = ("/items", "/institutions", "/notices", "/visits", "/cases", "/publications", "/history")


@pytest.fixture
def browser(client_as, county):
    return client_as(ledger.section_head(county))


@pytest.mark.parametrize("url", LISTS)
def test_a_form_of_filters_sent_without_script_leaves_no_empty_parts(browser, url):
    form = browser.get(url).soup.select_one("form[data-filters]")
    sent = filled_in(form) | {"q": "书 画", "id": ""}

    answer = browser.get(form["action"], query_string=sent, status=302)
    page = browser.get(answer.location)

    assert "" not in sent.values() or "=&" not in answer.location
    assert "q=%E4%B9%A6+%E7%94%BB" in answer.location
    assert page.request.args.to_dict() == {name: value for name, value in sent.items() if value}


def test_a_box_with_several_values_keeps_them_all(browser):
    answer = browser.get("/items?township=1&q=&township=2&kind=", status=302)

    assert answer.location == "/items?township=1&township=2"


def test_an_address_with_empty_parts_alone_becomes_the_bare_one(browser):
    assert browser.get("/items?q=&kind=", status=302).location == "/items"


def test_an_address_without_empty_parts_is_left_as_it_is(browser):
    browser.get("/items?q=%E4%B9%A6&view=all", status=200)
