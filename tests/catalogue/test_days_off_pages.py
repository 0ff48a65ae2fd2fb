"""A county's own days off and days worked instead, entered and taken back."""

from datetime import timedelta

import pytest

from tests.factories.unarranged import LAST_ARRANGED, MONDAY, SATURDAY, YEAR
from training_oversight.accounts.permissions import Role
from training_oversight.catalogue import queries


def calendar_of(session, county):
    return queries.working_calendar(session, authority_id=county.authority.id)


@pytest.fixture
def browser(client_as, county):
    return client_as(county.officer(Role.ADMINISTRATOR))


ADDRESS = f"/settings/calendar/{YEAR}"
SOURCE = f"国办发明电〔{LAST_ARRANGED}〕9号"


def test_days_off_are_entered_as_a_range(browser, session, county):
    page = browser.submit(
        f"{ADDRESS}/days",
        first_on=MONDAY.isoformat(),
        last_on=(MONDAY + timedelta(6)).isoformat(),
        working="off",
        name="春节",
        source=SOURCE,
    )

    assert "已录入7天" in page.text
    assert not calendar_of(session, county).is_working_day(MONDAY)


def test_a_saturday_that_is_worked_is_entered_too(browser, session, county):
    browser.submit(
        f"{ADDRESS}/days",
        first_on=SATURDAY.isoformat(),
        working="working",
        name="春节调休",
        source="通知",
    )

    assert calendar_of(session, county).is_made_up(SATURDAY)


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (f"{YEAR}-02-12", f"{YEAR}-02-06", "结束日期不能早于"),
        (f"{LAST_ARRANGED}-12-30", "", f"要在{YEAR}年内"),
        (f"{YEAR}-01-01", f"{YEAR}-12-31", "一次最多录入31天"),
    ],
)
def test_days_that_cannot_be_meant_are_refused(browser, session, county, first, last, sentence):
    page = browser.submit(
        f"{ADDRESS}/days",
        422,
        first_on=first,
        last_on=last,
        working="off",
        name="春节",
        source="通知",
    )

    assert sentence in page.text
    assert not queries.entered_days(session, YEAR, authority_id=county.authority.id)


def test_a_wrong_day_is_taken_back(browser, session, county):
    browser.submit(
        f"{ADDRESS}/days", first_on=MONDAY.isoformat(), working="off", name="误", source="通知"
    )

    browser.post(f"{ADDRESS}/days/{MONDAY}/take-back")

    assert not queries.entered_days(session, YEAR, authority_id=county.authority.id)


def test_no_county_confirms_the_states_arrangement(browser):
    page = browser.get(ADDRESS)

    assert "都标为暂定" in page.text
    assert browser.http.get(f"{ADDRESS}/confirm").status_code == 404


def test_the_year_shows_holidays_and_made_up_days(browser):
    page = browser.get("/settings/calendar/2026")

    assert len(page.soup.select("table.calendar")) == 12
    assert page.soup.select("td.day-made_up")
    assert "国庆" in page.text
