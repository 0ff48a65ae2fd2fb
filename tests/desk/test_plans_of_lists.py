"""The lists of complaints, of the centre's orders, of refunds and of rewards: each looks its rows
up, and asks as often for many rows as for few."""

import re

import pytest
import sqlalchemy as sa

from tests.factories import complaints, orders, refunds, rewards
from training_oversight.accounts.permissions import Role
from training_oversight.complaints.workflow import ComplaintState
from training_oversight.refunds.workflow import RefundState
from training_oversight.rewards.queries import RewardView

TABLES = (
    *("complaint", "complaint_answer", "complaint_limit", "complaint_request", "callback"),
    *("complaint_question", "order_list", "refund", "refund_part", "closing_event", "reward"),
)
# Read from its first row to its last: nothing that a county fills may be.
WHOLE = re.compile(rf"^SCAN (?:{'|'.join(TABLES)})\b")
LISTS = (
    *(f"/complaints?state={state.value}" for state in ComplaintState),
    *("/complaints?due=late", "/complaints?mine=1", "/complaints?channel=phone&kind=complaint"),
    "/complaints/import",
    *(f"/refunds?state={state.value}" for state in RefundState),
    *("/refunds?state=counted", "/refunds?state=counted&from=2026-01-01&kind=arts"),
    *("/refunds/events", "/refunds/events?state=open", "/refunds/figures"),
    *("/refunds/payments", "/refunds/payments?way=talk&from=2026-01-01"),
    *(f"/rewards?view={view.value}" for view in RewardView),
)
OF_THE_DESK = ("/complaints/import",)
lists = pytest.mark.parametrize("url", LISTS)


def plans_of(session, do):
    """The steps by which SQLite answers what ``do`` asks."""
    asked, engine = [], session.get_bind().engine

    def note(_connection, _cursor, statement, parameters, _context, _many):
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        do()
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    connection = session.connection()
    return [
        (row.detail, statement)
        for statement, parameters in asked
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]


@lists
def test_no_list_reads_a_table_from_end_to_end(county, client_as, session, url):
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses by the size of the table")
    readers = (Role.HOTLINE,) if url in OF_THE_DESK else (Role.SECTION_HEAD, Role.HOTLINE)
    for role in readers:
        browser = client_as(county.officer(role))
        browser.http.get("/account")

        steps = plans_of(session, lambda browser=browser: browser.get(url))

        assert any(TABLE.search(step) for step, _statement in steps), url
        assert [step for step in steps if WHOLE.match(step[0])] == []


TABLE = re.compile(rf"\b(?:{'|'.join(TABLES)})\b")
GROWING = {
    "/complaints?state=assigned": complaints.assigned,
    "/complaints?state=answered": complaints.answered,
    "/refunds?state=agreed": refunds.agreed,
    "/refunds?state=counted": refunds.settled,
    "/refunds/payments": refunds.settled,
    "/refunds/figures": refunds.agreed,
    "/refunds/events": refunds.event,
    "/rewards?view=proposed": rewards.proposed,
    "/rewards?view=claimable": rewards.approved,
    "/rewards?view=paid": rewards.paid,
}


@pytest.mark.parametrize("url", GROWING)
def test_a_list_asks_as_often_for_many_rows_as_for_few(county, client_as, queries_of, url):
    make = GROWING[url]
    make(county)
    browser = client_as(county.officer(Role.SECTION_HEAD))
    browser.get(url)
    with queries_of() as few:
        browser.get(url)

    for _ in range(4):
        make(county)
    with queries_of() as many:
        browser.get(url)

    assert len(many) == len(few)


def test_the_list_of_the_centres_lists_asks_as_often_for_many(county, client_as, queries_of):
    desk = client_as(complaints.desk(county))
    desk.submit("/complaints/import", list=orders.file(orders.row("DH1")))
    with queries_of() as few:
        desk.get("/complaints/import")

    for number in range(2, 5):
        desk.submit("/complaints/import", list=orders.file(orders.row(f"DH{number}")))
    with queries_of() as many:
        desk.get("/complaints/import")

    assert len(many) == len(few)
