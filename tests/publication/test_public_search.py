"""Finding an entry on a public list: by a part of the name, by status and place, page by page."""

import pytest

from tests.factories import ledger
from tests.factories import publication as make
from tests.publication.test_public_site import list_url
from training_oversight.publication import public_queries


@pytest.mark.parametrize(("words", "found"), [("星", 1), ("ｓｔａｒ", 1), ("画院", 1), ("%", 0)])
def test_one_or_two_characters_find_a_name(client_as, county, words, found):
    for name in ("星屿艺术培训中心", "青禾书画院", "STAR少儿英语"):
        make.owed(county, ledger.institution(county, name))
    make.published(county)

    page = client_as().get(list_url(county), query_string={"q": words})

    assert len(page.soup.select(".public-list tbody tr")) == found


def test_status_and_township_narrow_the_list(client_as, county):
    make.owed(county, ledger.institution(county, "文澜一班", township=0))
    reported = make.owed(county, ledger.institution(county, "南塘二班", township=1))
    ledger.applied(county, reported)
    make.published(county)
    browser = client_as()

    def names(**asked):
        page = browser.get(list_url(county), query_string=asked)
        return [a.text for a in page.soup.select(".public-list td.s-title a")]

    assert names(status="waiting") == ["南塘二班"]
    assert names(township="文澜街道") == ["文澜一班"]
    assert names(status="waiting", township="文澜街道") == []
    assert len(names(status="nonsense", at="nonsense")) == 2


def test_a_long_list_is_paged_in_a_fixed_number_of_queries(
    client_as, county, queries_of, monkeypatch
):
    monkeypatch.setitem(public_queries.found_entries.__kwdefaults__, "size", 2)
    for _ in range(3):
        make.owed(county)
    make.published(county)
    browser = client_as()
    with queries_of() as few:
        first = browser.get(list_url(county))
    for _ in range(4):
        make.owed(county)
    make.published(county)
    with queries_of() as many:
        browser.get(list_url(county))

    assert len(first.soup.select(".public-list tbody tr")) == 2
    second = browser.get(first.soup.select_one("a[rel=next]")["href"])
    assert second.soup.select(".public-list tbody tr")
    assert len(many) == len(few)
