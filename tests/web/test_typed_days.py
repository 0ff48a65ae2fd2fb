"""A day is typed without its year: the nearest that makes sense is meant, and said in full."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories import ledger
from training_oversight.accounts.models import Delegation
from training_oversight.accounts.permissions import Role
from training_oversight.errors import BadInput
from training_oversight.web.typed_days import Lies, typed_day


@pytest.mark.parametrize(
    ("today", "written", "lies", "meant"),
    [
        (date(2026, 10, 15), "10-20", Lies.NEAR, date(2026, 10, 20)),
        (date(2026, 10, 15), "10月9日", Lies.NEAR, date(2026, 10, 9)),
        (date(2026, 10, 15), "10.9", Lies.NEAR, date(2026, 10, 9)),
        (date(2026, 10, 15), "１０／９", Lies.NEAR, date(2026, 10, 9)),
        (date(2026, 10, 15), "10月9日 星期五", Lies.NEAR, date(2026, 10, 9)),
        # Over the turn of the year.
        (date(2026, 12, 30), "1-5", Lies.NEAR, date(2027, 1, 5)),
        (date(2027, 1, 4), "12-28", Lies.BEHIND, date(2026, 12, 28)),
        # What is due lies ahead, what happened lies behind, be it the longer way.
        (date(2026, 10, 15), "5-10", Lies.AHEAD, date(2027, 5, 10)),
        (date(2026, 10, 15), "5-10", Lies.BEHIND, date(2026, 5, 10)),
        (date(2026, 10, 15), "1-10", Lies.BEHIND, date(2026, 1, 10)),
        # Two days on the wrong side are a slip, which the form names, and no other year.
        (date(2026, 10, 15), "10-13", Lies.AHEAD, date(2026, 10, 13)),
        (date(2026, 10, 15), "10-17", Lies.BEHIND, date(2026, 10, 17)),
        (date(2026, 10, 15), "2-29", Lies.AHEAD, date(2028, 2, 29)),
        # A word is quicker than figures on a telephone.
        (date(2026, 10, 15), "今天", Lies.BEHIND, date(2026, 10, 15)),
        (date(2026, 10, 15), " 昨日 ", Lies.BEHIND, date(2026, 10, 14)),
        (date(2026, 10, 15), "前天", Lies.BEHIND, date(2026, 10, 13)),
        (date(2026, 12, 31), "明天", Lies.AHEAD, date(2027, 1, 1)),
        (date(2026, 10, 15), "后天", Lies.AHEAD, date(2026, 10, 17)),
        (date(2026, 10, 15), "Today", Lies.NEAR, date(2026, 10, 15)),
        # With its year it is as it was typed.
        (date(2026, 10, 15), "2021-3-5", Lies.AHEAD, date(2021, 3, 5)),
        (date(2026, 10, 15), "", Lies.AHEAD, None),
    ],
)
def test_the_nearest_sensible_year_is_meant(at, today, written, lies, meant):
    at(today)

    assert typed_day(written, lies) == meant


@pytest.mark.parametrize("written", ["2-30", "13-1", "0-5", "10-", "十月"])
def test_what_is_no_day_is_refused(written):
    with pytest.raises(BadInput):
        typed_day(written)


def test_a_form_that_comes_back_shows_the_day_in_full(county, client_as):
    page = client_as(county.officer(Role.SECTION_HEAD)).submit(
        "/account/delegate", 422, starts_on="10-20", ends_on="", reason="休假"
    )

    box = page.soup.select_one("#starts_on")
    assert box["value"] == "2026-10-20"
    assert "2026年10月20日（周二）" in box.parent.text


def test_what_was_saved_says_which_day_it_took(county, client_as, session):
    head, taker = county.officer(Role.SECTION_HEAD), county.officer()

    page = client_as(head).submit(
        "/account/delegate",
        taker_id=str(taker.id),
        starts_on="12-30",
        ends_on="1-5",
        reason="休假",
    )

    [loan] = session.scalars(sa.select(Delegation)).all()
    assert (loan.starts_on, loan.ends_on) == (date(2026, 12, 30), date(2027, 1, 5))
    assert "“1-5”按2027年1月5日记" in page.text


def test_a_list_reads_such_a_day_as_one_that_has_been(county, client_as):
    one = ledger.item(county, found_on=date(2026, 9, 3))

    page = client_as(county.officer()).get("/items?found_from=9-3&found_to=9-3")

    assert one.number in page.text
