"""Reading changes nothing, but for what is written down because it leaves the office."""

import re

import pytest
import sqlalchemy as sa

from tests.architecture.test_strangers import EVERY_ROLE, filled
from training_oversight.web import marks

WRITES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
TEXTS = re.compile(r"<(?:\w+:)?(\w+)>")
# Every address of which history says that somebody read it, and why.
RECORDED = {
    "dossier.paper": "the whole file of an institution, on paper",
    "errands.file": "what was written in the background, telephone numbers perhaps",
    "imports.rejected": "rows of somebody's list, as they came",
    "exports.export_file": "a list of institutions; its columns are remembered for the next",
}
# What stands for the other parts of an address.
WORDS = {
    "listing": "institutions", "code": "en", "section": "kinds", "filename": "css/frame.css",
    "year": "2026", "kind": "closed", "name": "x", "number": "x", "slug": "x",
}  # fmt: skip


@pytest.fixture
def written(session):
    """The tables that a block writes to."""
    engine, found = session.get_bind().engine, []

    def note(_connection, _cursor, statement, *_rest):
        if wrote := WRITES.match(statement):
            found.append(wrote[2])

    sa.event.listen(engine, "before_cursor_execute", note)
    yield found
    sa.event.remove(engine, "before_cursor_execute", note)


def readable(app, numbers):
    """Endpoint and address of everything that can be opened, with the records that it names."""
    entries = numbers["entry_id"]
    entries = {**entries, "entries": entries["publications"]}
    numbers = {**numbers, "year": 2026, "entry_id": entries}
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods:
            url = filled(rule, numbers)
            yield rule.endpoint, TEXTS.sub(lambda part: WORDS.get(part[1], "x"), url)


def test_opening_a_page_changes_nothing_but_where_that_is_recorded(
    app,
    records,
    county,
    client_as,
    written,
):
    browser = client_as(county.officer(*EVERY_ROLE))
    wrote, failed, opened = {}, [], 0

    for endpoint, url in readable(app, records):
        written.clear()
        with browser.http.get(url) as answer:
            opened += answer.status_code == 200
            if answer.status_code >= 500:
                failed.append(url)
        if written:
            wrote[endpoint] = set(written)

    assert failed == []
    assert opened > 90
    assert set(wrote) <= set(RECORDED)
    assert wrote.pop("exports.export_file") <= {"event", "saved_filter"}
    assert set().union(*wrote.values()) == {"event"}


def test_the_views_that_say_that_they_are_recorded_are_those_of_the_list(app):
    found = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if marks.is_recorded(app.view_functions[rule.endpoint])
    }

    assert found == {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint in RECORDED and "GET" in rule.methods
    }


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("HEAD", {}),
        ("GET", {"Sec-Purpose": "prefetch;prerender"}),
        ("GET", {"Purpose": "prefetch"}),
    ],
)
def test_what_nobody_sees_is_not_written_down_as_read(
    app,
    records,
    county,
    client_as,
    written,
    method,
    headers,
):
    browser = client_as(county.officer(*EVERY_ROLE))
    addresses = dict(readable(app, records))
    written.clear()

    answers = [
        browser.http.open(addresses[endpoint], method=method, headers=headers).status_code
        for endpoint in RECORDED
    ]

    assert set(answers) == {405}
    assert written == []
