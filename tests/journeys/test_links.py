"""No page leads its reader to one that is not for them."""

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


def test_every_link_of_a_page_is_for_who_reads_the_page(app, county, client_as):
    records, followed, wrong = records_of(app, county, client_as), {}, set()

    for role in EVERY_ROLE:
        officer = county.officer(role)
        followed[role] = set(led_to(app, client_as(officer), records))
        for page, link in followed[role]:
            access = access_of(app, link.partition("#")[0])
            if isinstance(access, tuple) and not officer.may_any(access):
                wrong.add((role.value, page, link))

    assert min(map(len, followed.values())) > 5
    assert wrong == set()


def led_to(app, browser, records):
    """Each page that the officer may read, with each address that it leads to."""
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
            if link.startswith("/") and not link.startswith("/static"):
                yield rule.rule, link
