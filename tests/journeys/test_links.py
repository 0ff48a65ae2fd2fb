"""No page leads its reader to one that is not for them."""

import pytest

from tests.factories.addresses import EVERY_ROLE, filled, records_of
from tests.pages import links
from training_oversight.web import marks


def reading(app):
    """The addresses at which something is read and nothing is asked."""
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and "POST" not in rule.methods and "<path" not in rule.rule:
            yield rule


def access_of(app, path):
    """Whom the page that a link leads to is for."""
    endpoint, _values = app.url_map.bind("localhost").match(path.partition("?")[0], method="GET")
    return marks.access_of(app.view_functions[endpoint])


@pytest.mark.parametrize("role", EVERY_ROLE, ids=[role.value for role in EVERY_ROLE])
def test_every_link_of_a_page_is_for_who_reads_the_page(app, county, client_as, role):
    records, officer = records_of(app, county, client_as), county.officer(role)
    browser, led, wrong = client_as(officer), set(), set()
    # What an address calls the same for several kinds of record is a file or an entry, no page.
    named = {name for name, key in records.items() if not isinstance(key, dict)}

    for rule in reading(app):
        if rule.arguments - named:
            continue
        page = browser.http.get(filled(rule, records))
        if page.status_code != 200 or not page.is_page:
            page.close()
            continue
        for link in links(page):
            if not link.startswith("/") or link.startswith("/static"):
                continue
            led.add(link)
            access = access_of(app, link.partition("#")[0])
            if isinstance(access, tuple) and not officer.may_any(access):
                wrong.add((rule.rule, link))

    assert len(led) > 5
    assert wrong == set()
