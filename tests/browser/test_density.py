"""Rows are as dense as the pictures: 48 pixels for two lines on the desk, some 120 for a card."""

import pytest

from tests.browser.person import DESKTOP, PHONE

LISTS = {
    "李敏": ("/desk", "/items", "/institutions", "/visits?state=done", "/notices"),
    "王建国": ("/cases", "/publications"),
}
HEIGHTS = """
() => [...document.querySelectorAll("table[data-rows] > tbody > tr")]
  .filter((row) => !row.matches(".group, .more, .explain-row"))
  .map((row) => [row.getBoundingClientRect().height, row.textContent.replace(/\\s+/g, " ").trim()])
"""
# Between the head of the ledger and the bar below it.
ROOM = """
() => {
  const head = document.querySelector("table[data-rows] thead").getBoundingClientRect().bottom;
  const bar = document.querySelector(".bottom").getBoundingClientRect().top;
  const row = document.querySelector("table[data-rows] > tbody > tr").getBoundingClientRect();
  return (bar - head) / row.height;
}
"""


@pytest.mark.parametrize(("viewport", "most"), [(DESKTOP, 49), (PHONE, 125)])
def test_no_row_is_higher_than_in_the_pictures(site, person, viewport, most):
    higher = []
    for name, paths in LISTS.items():
        one = person(site, name, viewport=viewport)
        for path in paths:
            one.open(path)
            rows = one.page.evaluate(HEIGHTS)
            assert rows, path
            higher += [f"{path} {height}: {row}" for height, row in rows if height > most]

    assert not higher, "\n".join(higher)


def test_the_ledger_shows_thirteen_items_at_once(site, person):
    one = person(site, "李敏")
    one.open("/items")

    assert one.page.evaluate(ROOM) > 12.5
