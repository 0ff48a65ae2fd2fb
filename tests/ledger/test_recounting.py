"""A limit that rested on a provisional calendar is counted anew when a person says so."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import ledger as make
from tests.factories.unarranged import MONDAY, YEAR
from tests.pages import filled_in
from training_oversight import database, law
from training_oversight.audit import Event
from training_oversight.catalogue import service as catalogue
from training_oversight.ledger import service
from training_oversight.ledger.clocks import LimitKind
from training_oversight.ledger.models import LimitBasis

PAGE = "/items/provisional"


@pytest.fixture
def far(county):
    """An item whose limit ends on a Monday of the first year without an arrangement."""
    period = law.Period((MONDAY - county.today).days, law.Unit.CALENDAR_DAYS)
    limit = service.PeriodLimit(period, county.today, LimitBasis.SERVICE, "责改37号")
    return make.item(county, limit=limit)


def arrange(county, *days_off, confirmed=True):
    """The State's arrangement, entered by who operates the server."""
    with database.transaction() as session:
        for day in days_off:
            catalogue.enter_state_day(
                session, day, working=False, name="调休放假", source="虚构通知", by=county.system
            )
        if confirmed:
            catalogue.confirm_year(session, YEAR, source="虚构通知", by=county.system)


WEEK = [MONDAY + timedelta(n) for n in range(5)]
NEXT_MONDAY = MONDAY + timedelta(7)


def history(session, item):
    return session.scalars(
        sa.select(Event)
        .where(
            Event.subject_kind == "rectification_item",
            Event.subject_id == item.id,
            Event.verb == "item.limit_recounted",
        )
        .order_by(Event.id)
    ).all()


def test_a_day_inside_the_holidays_moves_behind_them_when_it_is_confirmed(
    client_as, county, session, far
):
    arrange(county, *WEEK)
    browser = client_as(make.inspector(county))

    page = browser.get(PAGE)
    row = page.soup.select_one("form tbody tr").text
    assert far.due_on == MONDAY
    assert f"{MONDAY.month}月{MONDAY.day}日" in row
    assert f"{NEXT_MONDAY.month}月{NEXT_MONDAY.day}日" in row
    browser.submit(PAGE, items=[str(far.id)])

    session.refresh(far)
    assert (far.due_on, far.due_provisional, far.sort_due) == (NEXT_MONDAY, False, NEXT_MONDAY)
    assert [limit.due_on for limit in far.limits] == [MONDAY, NEXT_MONDAY]
    event = history(session, far)[0]
    assert event.changes["due_on"] == [MONDAY.isoformat(), NEXT_MONDAY.isoformat()]
    assert "暂定" not in browser.get("/items").soup.select_one("tbody").text


def test_a_day_that_was_not_shown_is_not_confirmed(client_as, county, session, far):
    """The page shows the day behind one week off; before it is sent, another week is entered."""
    arrange(county, *WEEK, confirmed=False)
    browser = client_as(make.inspector(county))
    form = browser.get(PAGE).soup.select_one("main form")
    arrange(county, *(day + timedelta(7) for day in WEEK))

    page = browser.post(PAGE, filled_in(form) | {"items": str(far.id)}, 422)

    session.refresh(far)
    assert far.due_on == MONDAY
    new = MONDAY + timedelta(14)
    assert f"{new.month}月{new.day}日" in page.soup.select_one(".error-summary").text
    browser.submit(PAGE, items=[str(far.id)])
    session.refresh(far)
    assert far.due_on == new


def test_a_day_that_stays_loses_only_the_word(client_as, county, session, far):
    arrange(county)
    browser = client_as(make.inspector(county))

    assert "日期不变" in browser.get(PAGE).text
    browser.submit(PAGE, items=[str(far.id)])

    session.refresh(far)
    assert (far.due_on, far.due_provisional) == (MONDAY, False)
    assert len(far.limits) == 1
    assert len(history(session, far)) == 1


def test_confirming_without_a_choice_is_refused_and_asks_for_one(client_as, county, far):
    arrange(county, *WEEK)

    page = client_as(make.inspector(county)).submit(PAGE, 422)

    assert "请至少选一项。" in page.text


def test_nothing_moves_by_itself(client_as, county, session, far):
    arrange(county, *WEEK)
    client_as(make.inspector(county)).get(PAGE)

    session.refresh(far)
    assert (far.due_on, far.due_provisional) == (MONDAY, True)


def test_until_the_year_is_arranged_it_only_waits(client_as, county, far):
    page = client_as(make.inspector(county)).get(PAGE)

    assert page.soup.select("form tbody tr") == []
    assert far.number in page.text


def test_days_that_are_entered_before_the_year_is_confirmed_move_it_too(
    client_as, county, session, far
):
    arrange(county, *WEEK, confirmed=False)
    browser = client_as(make.inspector(county))

    browser.submit(PAGE, items=[str(far.id)])

    session.refresh(far)
    assert (far.due_on, far.due_provisional) == (NEXT_MONDAY, True)


def test_a_second_time_there_is_nothing_to_do(county, session, far):
    arrange(county, *WEEK)
    calendar = make.calendar(county)

    shown = {far.id: str(NEXT_MONDAY)}

    counts = [
        make.done(
            service.recount,
            [far],
            shown=shown,
            by=make.inspector(county),
            calendar=calendar,
        )
        for _ in range(2)
    ]

    assert counts == [1, 0]
    assert len(history(session, far)) == 1


def test_the_second_limit_loses_the_word_in_the_same_way(county, session):
    one = make.item(county, due_on=county.today)
    make.done(
        service.start,
        one,
        period=law.Period((MONDAY - county.today).days, law.Unit.CALENDAR_DAYS),
        kind=LimitKind.SETTLEMENT,
        from_day=county.today,
        basis=LimitBasis.SERVICE,
        source="停办5号",
        by=make.inspector(county),
        calendar=make.calendar(county),
    )
    assert one.second_provisional
    arrange(county)

    moved = make.done(
        service.recount, [one], shown={one.id: str(MONDAY)}, by=make.inspector(county),
        calendar=make.calendar(county),
    )  # fmt: skip

    session.refresh(one)
    assert moved == 0
    assert (one.second_due_on, one.second_provisional) == (MONDAY, False)


def test_what_has_left_the_ledger_keeps_its_day(county, session, far):
    closed = make.closed(county)
    arrange(county, *WEEK)

    moved = make.done(
        service.recount, [closed, far], shown={far.id: str(NEXT_MONDAY)},
        by=make.inspector(county), calendar=make.calendar(county),
    )  # fmt: skip

    assert moved == 1
    assert history(session, closed) == []
