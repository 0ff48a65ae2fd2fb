"""The ledger of a past day is what it said on that day; what was closed late stays so."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories import ledger as make
from training_oversight.accounts.permissions import Role
from training_oversight.ledger import queries
from training_oversight.ledger.clocks import clocks_of, most_days_late
from training_oversight.ledger.models import LimitBasis, Verdict
from training_oversight.ledger.queries import ItemFilter, View, as_of
from training_oversight.ledger.queries.as_of import ViewThen
from training_oversight.ledger.service import FixedLimit, set_limit
from training_oversight.ledger.workflow import ItemState

FIRST = date(2026, 10, 15)


def on(day):
    return date(2026, 10, day)


def live(session, officer, view, today):
    """What the list itself finds on its day."""
    return set(session.scalars(queries.keys(officer, ItemFilter(view=view), today=today)))


def then(session, officer, view, day):
    """What is found of that day later, with the days that each is late."""
    rows = session.execute(as_of.list_then(officer, view, day)).all()
    return {row.RectificationItem.id: most_days_late(clocks_of(row), day) for row in rows}


class Story:
    """Six items in the course of three weeks, one act a day."""

    def __init__(self, county):
        self.county, self.made = county, {}
        self.acts = {
            15: lambda: self.put(
                late=make.item(county, due_on=on(18)),
                without=make.item(county),
                void=make.item(county, due_on=on(30)),
                stopped=make.stopped(county, due_on=on(16), second_due_on=on(18)),
            ),
            16: lambda: make.applied(county, self.made["stopped"]),
            17: lambda: self.limit(on(19)),
            18: lambda: make.voided(county, self.made["void"]),
            20: lambda: self.put(new=make.item(county, due_on=on(25))),
            21: lambda: make.applied(county, self.made["late"]),
            22: lambda: make.verified(county, self.made["late"]),
            23: lambda: make.closed(county, self.made["late"]),
            24: lambda: make.second_met(county, self.made["stopped"]),
            25: lambda: make.applied(county, self.made["without"]),
            26: lambda: make.verified(
                county,
                self.made["without"],
                verdict=Verdict.FAILED,
                new_limit=FixedLimit(on(29), LimitBasis.RE_CHECK),
            ),
        }

    def put(self, **items):
        self.made |= items

    def limit(self, due_on):
        make.done(
            set_limit,
            self.made["without"],
            limit=FixedLimit(due_on, LimitBasis.ASSIGNMENT),
            by=make.inspector(self.county),
            today=self.county.today,
            calendar=make.calendar(self.county),
        )


@pytest.mark.both_databases
def test_every_past_day_is_as_the_list_was_on_it(county, session, at):
    story, officer, told = Story(county), county.officer(), {}
    for day in range(15, 31):
        at(on(day))
        story.acts.get(day, lambda: None)()
        told[day] = [live(session, officer, view, on(day)) for view in (View.ALL, View.OVERDUE)]

    at(date(2027, 3, 1))
    found = {
        day: [
            set(then(session, officer, view, on(day)))
            for view in (ViewThen.ON_LEDGER, ViewThen.OVERDUE)
        ]
        for day in told
    }

    assert found == told
    # The story has a day of each kind: something overdue, something not any more.
    assert {len(overdue) for _all, overdue in told.values()} >= {0, 2, 3}


def test_what_was_put_right_too_late_is_counted_when_it_is_written_off(county, session, at):
    story, officer = Story(county), county.officer()
    for day, act in story.acts.items():
        at(on(day))
        act()
    in_time = make.closed(county, make.verified(county, make.applied(county, due_on=on(30))))
    at(date(2027, 3, 1))
    late = story.made["late"].id

    assert set(then(session, officer, ViewThen.CLOSED_LATE, on(22))) == set()
    assert set(then(session, officer, ViewThen.CLOSED_LATE, on(23))) == {late}
    counted = as_of.counts_then(session, officer, on(28))
    assert counted[ViewThen.CLOSED_LATE] == 1
    assert counted[ViewThen.ON_LEDGER] == 3
    assert in_time.id not in then(session, officer, ViewThen.CLOSED_LATE, on(28))


def test_refunds_that_came_too_late_are_written_off_late_as_well(county, session, at, client_as):
    at(FIRST)
    one = make.stopped(county, due_on=FIRST, second_due_on=on(18))
    at(on(15))
    make.applied(county, one)
    at(on(22))
    make.second_met(county, one)
    make.closed(county, make.verified(county, one))
    at(on(28))

    found = set(then(session, county.officer(), ViewThen.CLOSED_LATE, on(23)))
    page = client_as(county.officer(Role.LEADER)).get(
        "/items/as-of?day=2026-10-23&view=closed_late"
    )

    assert found == {one.id}
    assert page.soup.select_one('[data-label="逾期天数"]').text.strip() == "逾期4天"


def test_a_report_entered_later_counts_from_the_day_of_its_arrival(county, session, at):
    at(FIRST)
    one, officer = make.item(county, due_on=on(20)), county.officer()
    at(on(23))
    assert one.id in live(session, officer, View.OVERDUE, on(23))

    make.applied(county, one, received_on=on(19))

    assert then(session, officer, ViewThen.OVERDUE, on(22)) == {}
    [row] = session.execute(as_of.list_then(officer, ViewThen.ON_LEDGER, on(18))).all()
    assert (row.state, row.due_on) == (ItemState.OPEN, on(20))
    [row] = session.execute(as_of.list_then(officer, ViewThen.ON_LEDGER, on(19))).all()
    assert (row.state, row.applied_on) == (ItemState.APPLIED, on(19))


def test_nobody_reads_another_townships_past(county, session, at):
    at(FIRST)
    one = make.item(county, due_on=on(16))
    neighbour = county.officer(division=county.townships[2])
    at(on(20))

    assert set(then(session, county.officer(), ViewThen.OVERDUE, on(18))) == {one.id}
    assert then(session, neighbour, ViewThen.OVERDUE, on(18)) == {}
    assert set(as_of.counts_then(session, neighbour, on(18)).values()) == {0}


def test_the_page_of_a_past_day_shows_state_limit_and_days_of_then(county, client_as, at):
    at(FIRST)
    one = make.item(county, due_on=on(16))
    at(on(20))
    make.closed(county, make.verified(county, make.applied(county, one)))
    at(on(25))
    browser = client_as(county.officer(Role.LEADER))

    page = browser.get("/items/as-of?day=2026-10-18&view=overdue_then")

    row = page.soup.select_one("tbody tr")
    words = " ".join(row.text.split())
    assert one.number in words
    assert "整改中" in words
    assert "已销号" in words
    assert row.select_one('[data-label="逾期天数"]').text.strip() == "逾期2天"
    assert [tab.text.split()[-1] for tab in page.soup.select("nav.tabs a")] == ["1", "1", "0"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [("2026-10-16", "不能晚于今天"), ("十月", "十月"), ("9999-99-99", "9999-99-99")],
)
def test_a_day_that_is_none_or_has_not_come_is_said_and_the_month_before_is_shown(
    county, client_as, typed, said
):
    page = client_as(county.officer()).get("/items/as-of", query_string={"day": typed})

    assert said in page.soup.select_one(".notice").text
    assert page.soup.select_one("#day")["value"] == typed
    assert "2026年9月30日" in page.soup.select_one("h1").text


def test_a_past_day_costs_the_same_for_one_item_and_for_many(county, client_as, at, queries_of):
    at(FIRST)
    browser, asked = client_as(county.officer()), []
    for _ in range(2):
        make.item(county)
        browser.get("/items/as-of?day=2026-10-15")
        with queries_of() as statements:
            browser.get("/items/as-of?day=2026-10-15")
        asked.append(len(statements))
        for _more in range(4):
            make.item(county)

    assert asked[0] == asked[1]


def test_moves_of_a_day_in_their_order_the_last_of_them_counts(county, session, at):
    at(FIRST)
    one = make.closed(county, due_on=on(30))
    at(on(20))

    kept = session.execute(
        sa.text("SELECT from_state, to_state FROM record_state WHERE subject_id = :id ORDER BY id"),
        {"id": one.id},
    ).all()
    assert ("open", "applied") in [tuple(row) for row in kept]
    assert then(session, county.officer(), ViewThen.ON_LEDGER, FIRST) == {}
