"""Days off and days worked instead, entered, taken back and confirmed for a year."""

from datetime import date

import pytest

from training_oversight.accounts.permissions import Role
from training_oversight.catalogue import queries


@pytest.fixture
def browser(client_as, county):
    return client_as(county.officer(Role.ADMINISTRATOR))


def test_days_off_are_entered_as_a_range(browser, session):
    page = browser.submit(
        "/settings/calendar/2027/days",
        first_on="2027-02-06",
        last_on="2027-02-12",
        name="春节",
        source="国办发明电〔2026〕9号",
    )

    assert "已录入7天" in page.text
    assert not queries.working_calendar(session).is_working_day(date(2027, 2, 9))


def test_a_saturday_that_is_worked_is_entered_too(browser, session):
    browser.submit(
        "/settings/calendar/2027/days",
        first_on="2027-02-20",
        working="1",
        name="春节调休",
        source="通知",
    )

    assert queries.working_calendar(session).is_made_up(date(2027, 2, 20))


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("2027-02-12", "2027-02-06", "结束日期不能早于"),
        ("2026-12-30", "", "要在2027年内"),
        ("2027-01-01", "2027-12-31", "一次最多录入31天"),
    ],
)
def test_days_that_cannot_be_meant_are_refused(browser, session, first, last, sentence):
    page = browser.submit(
        "/settings/calendar/2027/days",
        422,
        first_on=first,
        last_on=last,
        name="春节",
        source="通知",
    )

    assert sentence in page.text
    assert not queries.entered_days(session, 2027)


def test_a_wrong_day_is_taken_back(browser, session):
    browser.submit("/settings/calendar/2027/days", first_on="2027-02-09", name="误", source="通知")

    browser.post("/settings/calendar/2027/days/2027-02-09/take-back")

    assert not queries.entered_days(session, 2027)


def test_a_year_is_confirmed_with_its_source(browser, session):
    before = browser.get("/settings/calendar/2027").text

    page = browser.submit("/settings/calendar/2027/confirm", source="国办发明电〔2026〕9号")

    assert "都标为暂定" in before
    assert "都标为暂定" not in page.text
    assert 2027 in queries.working_calendar(session).known_years


def test_a_year_without_a_source_is_not_confirmed(browser, session):
    browser.submit("/settings/calendar/2027/confirm", 422, source="")

    assert 2027 not in queries.working_calendar(session).known_years


def test_the_year_shows_holidays_and_made_up_days(browser):
    page = browser.get("/settings/calendar/2026")

    assert len(page.soup.select("table.calendar")) == 12
    assert page.soup.select("td.day-made_up")
    assert "国庆" in page.text
