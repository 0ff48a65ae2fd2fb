"""Every list, asked with words in its address that no page of ours would write.

None may fail, lead away from the site, write a link that is more than a path of ours, or take
words for a part of the page.
"""

import re
from urllib.parse import urlsplit

import pytest

from tests.factories import ledger, registry
from training_oversight import database
from training_oversight.accounts import service as accounts
from training_oversight.accounts.permissions import Role

EVERY_ROLE = tuple(role for role in Role if role is not Role.SYSTEM)
SCRIPT = "<script>alert(1)</script>"
# What any page reads out of its address.
NAMES = (
    "at", "from", "id", "q", "view", "day", "officer", "near", "on", "institution", "found_from",
    "cols", "of", "to", "year", "township", "datum", "next", "sort", "kind", "item", "more",
    "visited", "state", "open", "layout", "place", "position", "fields", "department", "show",
    "form", "type", "licensed", "outcome", "overdue", "query", "self", "status", "trigger",
    "all", "verdict", "found", "found_to", "severity", "gap",
    "argument", "item_id", "institution_id",
)  # fmt: skip
# What url_for would take for its own.
MEANT_OTHERWISE = ("endpoint", "_anchor", "_external", "_method", "_scheme")
VALUES = (
    "9" * 5000,
    "javascript:alert(1)",
    "a%00b",
    "0000-00-00",
    "99999-01-01",
    "9999-12-31",
    "-1",
    "9223372036854775808",
    "NaN,inf",
    "%C2%B2",  # ², a digit and no number
    "%ED%A0%80%FF",  # half a character, and no UTF-8
    "/%09/evil.example",
    "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "%25_%5C/%25%5B",
    "a+" * 1000,
    "%E6%A0%A1" * 1000,
    "a%0D%0ASet-Cookie:x=y",
    "W1siXHVkODAwIiwxXSwwLDFd",  # the place in a list, after half a character
    "W1t7ImF0IjoiMDAwMS0wMS0wMVQwMDowMDowMCsxNDowMCJ9LDFdLDAsMV0",  # before the first day
    "",
)
LINK = re.compile(r"""\s(?:href|action|formaction|src)=["']([^"']*)""")
# What a browser takes for another host.
ELSEWHERE = re.compile(r"/?\s*[/\\]\s*[/\\]")


def rounds():
    """In each round every name stands before another value."""
    for first in (0, 3, 7, 12, 17):
        pairs = [(name, VALUES[(first + at) % len(VALUES)]) for at, name in enumerate(NAMES)]
        yield "&".join(f"{name}={value}" for name, value in pairs)
    yield "&".join(f"{name}=https&{name}=evil.example" for name in MEANT_OTHERWISE)
    yield "&".join(f"kind={number}&township={number}" for number in range(500)) + "&=&&=1&%00=%FF"


def faults(answer):
    if answer.status_code >= 500:
        yield answer.status_code
    leads = [answer.headers["Location"]] if "Location" in answer.headers else []
    page = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
    for link in [*leads, *LINK.findall(page)]:
        parts = urlsplit(link)
        # The county's own hotline may be called from the public form.
        if parts.scheme not in ("", "data", "tel") or parts.netloc or ELSEWHERE.match(link):
            yield link
    if SCRIPT in page:
        yield "a script"


@pytest.fixture
def browser(county, client_as):
    place = registry.institution(county, name=f"{SCRIPT}培训", address=SCRIPT, aliases=[SCRIPT])
    registry.licence(county, place)
    ledger.item(county, place)
    by = county.officer(*EVERY_ROLE, name=SCRIPT)
    with database.transaction() as session:
        accounts.save_filter(
            session, listing="institutions", name=SCRIPT, query="view=all", shared=True, by=by
        )
    return client_as(by)


@pytest.fixture
def lists(app):
    """The addresses without a record's number that are opened, not sent to."""
    rules = app.url_map.iter_rules()
    return sorted(one.rule for one in rules if "GET" in one.methods and not one.arguments)


def test_no_list_fails_or_leads_away_whatever_its_address_says(browser, lists):
    found = []

    for url in lists:
        for query in rounds():
            with browser.http.get(url, query_string=query) as answer:
                found += [(url, query[:40], fault) for fault in faults(answer)]

    assert found == []
