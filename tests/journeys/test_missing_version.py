"""A page that changes a record says which version it has seen, or it changes nothing."""

import pytest
import sqlalchemy as sa

from tests.factories import notices
from tests.factories.addresses import EVERY_ROLE, filled, numbered, records_of
from tests.pages import filled_in
from training_oversight.audit import Event


@pytest.fixture
def browser(client_as, county):
    return client_as(county.officer(*EVERY_ROLE))


def forms(page):
    """The forms of a page that carry a version, with where they are sent."""
    if not page.tree.xpath("//form[@method='post']//input[@name='version'][@value!='']"):
        return
    for form in page.soup.select("form[method=post]"):
        if form.select_one("input[name=version][value]:not([value=''])"):
            yield form.get("action") or page.request.path, filled_in(form)


def test_no_page_changes_a_record_without_its_version(app, county, session, client_as, browser):
    records, written, tried = records_of(app, county, client_as), [], set()

    for rule in numbered(app):
        if "GET" not in rule.methods:
            continue
        page = browser.http.get(filled(rule, records))
        if page.status_code != 200 or page.mimetype != "text/html":
            page.close()
            continue
        page = browser._checked(page, 200)
        for url, data in forms(page):
            del data["version"]
            before = session.scalar(sa.select(sa.func.max(Event.id)))

            answer = browser.http.post(url, data=data)

            tried.add(rule.endpoint)
            changed = session.scalar(sa.select(sa.func.max(Event.id))) != before
            # Three pages take no form back: they say on the next one that nothing was done.
            orders = url.startswith("/complaints/import/") and url.endswith("/discard")
            alone = orders or url.endswith(("/forget", "/follow/today"))
            told = 302 if alone else 409
            if changed or answer.status_code not in (told, 413, 422):
                written.append((url, answer.status_code))

    assert len(tried) > 30
    assert written == []


@pytest.mark.parametrize("more", [{}, {"version": "9" * 5000}, {"version": "-1"}])
def test_a_draft_that_is_sent_with_next_to_nothing_is_refused_in_a_sentence(
    county, session, browser, more
):
    notice = notices.draft(county)
    facts = notice.facts

    answer = browser.post(f"/notices/{notice.id}/edit", more, follow=False)

    session.refresh(notice)
    assert answer.status_code in (409, 422)
    assert answer.soup.select_one(".error-summary")
    assert notice.facts == facts


def test_who_was_refused_for_a_missing_version_saves_with_the_next_press(county, session, browser):
    notice = notices.draft(county)
    url = f"/notices/{notice.id}/edit"
    form = filled_in(browser.get(url).soup.select_one("main form[method=post]"))
    form |= {"facts": "现场重新核对的事实", "draft": "1"}
    refused = browser.post(url, {name: form[name] for name in form if name != "version"}, 409)

    again = filled_in(refused.soup.select_one("main form[method=post]")) | {"draft": "1"}
    browser.post(url, again, 200)

    session.refresh(notice)
    assert again["facts"].strip() == "现场重新核对的事实"
    assert notice.facts == "现场重新核对的事实"
