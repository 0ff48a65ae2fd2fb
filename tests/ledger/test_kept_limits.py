"""How the limits of an item that was written off were kept."""

from datetime import timedelta

import pytest

from tests.factories import ledger as make


@pytest.mark.parametrize(("days", "words"), [(0, "按期"), (-3, "逾期3天提交")])
def test_a_limit_says_in_the_end_whether_it_was_kept(county, client_as, days, words):
    one = make.item(county, due_on=county.today + timedelta(days=days))
    make.closed(county, make.verified(county, make.applied(county, one)))

    page = client_as(make.inspector(county)).get(f"/items/{one.id}").soup

    assert words in page.select_one("table.plain tbody tr td:last-child").text


def test_where_nobody_reported_it_says_nothing(county, client_as):
    one = make.item(county, due_on=county.today)
    make.closed(county, make.verified(county, make.applied(county, one)))
    one.applied_on = one.applied_by_id = None
    county.session.commit()

    page = client_as(make.inspector(county)).get(f"/items/{one.id}").soup

    assert page.select_one("table.plain tbody tr td:last-child").text == ""
