"""Lists on paper, as the browser prints them."""

import re

from tests.factories.papers import pages_of

NUMBER = re.compile(r"2026-\d{4}")


def test_a_page_of_the_printed_ledger_holds_more_than_ten_rows(site, person):
    one = person(site, "李敏")
    one.open("/items/print")
    # The ledger of the tests is short: its rows, over and over.
    one.page.evaluate(
        "const body = document.querySelector('main tbody'), rows = [...body.children];"
        "while (body.children.length < 40) rows.forEach(row => body.append(row.cloneNode(true)));"
    )

    pages = pages_of(one.page.pdf(prefer_css_page_size=True))

    assert all(len(NUMBER.findall(page)) > 10 for page in pages[:-1])
    assert len(pages) > 1
