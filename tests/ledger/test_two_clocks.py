"""A stop has two clocks: training ends at once, refunds and settling pupils by a day."""

from datetime import date, timedelta
from itertools import product

import pytest
import sqlalchemy as sa

from tests.factories import ledger as make
from tests.factories.uploads import photo, upload
from training_oversight.desk import queries as desk
from training_oversight.errors import BadInput, Blocked, WrongState
from training_oversight.ledger import presenting, queries, service, table
from training_oversight.ledger.clocks import NEVER, LimitKind
from training_oversight.ledger.models import WITH_OFFICE, LimitBasis, RectificationItem, Verdict
from training_oversight.ledger.queries import ItemFilter, View
from training_oversight.ledger.workflow import ItemState

TODAY = date(2026, 10, 15)
SERVED = date(2026, 10, 8)
REFUNDS = date(2026, 10, 12)
LATER = date(2026, 10, 20)
DAY = timedelta(days=1)


def stopped(county, second_due_on=LATER, **more):
    return make.stopped(county, due_on=SERVED, second_due_on=second_due_on, **more)


def columns_of(county, state, applied_on):
    by = make.inspector(county).id
    found = {"state": state, "applied_on": applied_on, "applied_by_id": by if applied_on else None}
    if state in ("verified", "closed"):
        found |= {"verified_on": TODAY, "verified_by_id": by}
    if state == "closed":
        reason, head = make.close_reason(county).id, make.section_head(county).id
        found |= {"closed_on": TODAY, "closed_by_id": head, "close_reason_id": reason}
    return found


NEAR = (TODAY - DAY, TODAY)


@pytest.mark.parametrize("state", list(ItemState))
def test_either_clock_is_the_same_fact_for_a_record_and_for_a_query(county, session, state):
    one = make.item(county)
    told = 0
    for applied_on in (None, TODAY - 2 * DAY, TODAY):
        if (state in WITH_OFFICE and applied_on is None) or (state == "open" and applied_on):
            continue
        columns = columns_of(county, state, applied_on)
        for due_on, second, met in product((None, *NEAR), (None, *NEAR), (None, *NEAR)):
            if second is None and met is not None:
                continue
            values = {"due_on": due_on, "second_due_on": second, "second_met_on": met}
            values["sort_due"] = min(day for day in (due_on, second, NEVER) if day)
            values["second_kind"] = LimitKind.SETTLEMENT if second else None
            session.execute(sa.update(RectificationItem).values(**columns, **values))
            session.refresh(one)

            late = session.scalar(sa.select(RectificationItem.overdue_on(TODAY)))

            assert bool(late) == one.is_overdue(TODAY), values
            assert (one.days_overdue(TODAY) > 0) == one.is_overdue(TODAY)
            told += 1
    assert told >= 21


def test_a_report_that_training_has_ended_refunds_nobody(county):
    one = make.applied(county, stopped(county, REFUNDS), received_on=SERVED)

    assert one.is_overdue(TODAY)
    assert [clock.kind for clock in one.lapsed(TODAY)] == [LimitKind.SETTLEMENT]
    assert one.days_overdue(TODAY) == 3


def test_what_was_refunded_in_time_does_not_excuse_a_late_stop(county):
    one = stopped(county, LATER)
    make.second_met(county, one)

    assert [clock.kind for clock in one.lapsed(TODAY)] == [LimitKind.RECTIFICATION]


def test_both_in_time_is_in_time(county):
    one = make.applied(county, stopped(county, LATER), received_on=SERVED)
    make.second_met(county, one, on=TODAY)

    assert not one.is_overdue(LATER + 30 * DAY)


@pytest.mark.usefixtures("in_app")
def test_the_office_has_nothing_to_re_check_before_everything_is_reported(county, session):
    mine, other = make.inspector(county), make.inspector(county)
    one = make.applied(county, stopped(county, in_charge=mine), received_on=SERVED)

    assert one.office_due_on is None
    with pytest.raises(Blocked):
        make.verified(county, one, by=other)
    waiting = {w: [line.source.name for line in desk.worklist(session, w, today=TODAY)]
               for w in (mine, other)}  # fmt: skip
    assert "item-second" in waiting[mine]
    assert "item-verify" not in waiting[other]


def test_the_report_about_refunds_starts_the_offices_limit(county):
    one = make.applied(county, stopped(county), received_on=SERVED)

    make.second_met(county, one, on=TODAY)

    assert one.office_due_on == date(2026, 10, 26)
    assert make.verified(county, one).state == ItemState.VERIFIED


def test_one_report_can_be_about_both(county):
    one = stopped(county)
    make.done(
        service.apply, one, report="已停办、已退费。", received_on=TODAY, second_met_on=TODAY,
        by=make.inspector(county), today=TODAY, calendar=make.calendar(county),
    )  # fmt: skip

    assert (one.second_met_on, one.office_due_on is not None) == (TODAY, True)


@pytest.mark.parametrize("day", [TODAY + DAY, date(2026, 9, 14)])
def test_refunds_are_reported_neither_tomorrow_nor_before_the_finding(county, day):
    one = stopped(county)

    with pytest.raises(BadInput) as refused:
        make.second_met(county, one, on=day)

    assert "second_met_on" in refused.value.fields


def test_refunds_are_reported_once_and_only_where_they_are_owed(county):
    one = make.second_met(county, stopped(county))

    for each in (one, make.item(county, due_on=SERVED)):
        with pytest.raises(WrongState):
            make.second_met(county, each)


def failed(county, one, due_on):
    limit = service.FixedLimit(due_on, LimitBasis.RE_CHECK)
    return make.verified(county, one, verdict=Verdict.FAILED, new_limit=limit)


def test_a_failed_re_check_gives_time_for_refunds_as_well(county):
    one = make.applied(county, stopped(county, REFUNDS), received_on=SERVED)

    failed(county, one, date(2026, 10, 30))

    assert (one.due_on, one.second_due_on) == (date(2026, 10, 30), date(2026, 10, 30))
    assert [row.kind for row in one.limits] == [
        "rectification", "settlement", "rectification", "settlement",
    ]  # fmt: skip


def test_a_failed_re_check_shortens_no_time_for_refunds(county):
    one = make.applied(county, stopped(county, date(2026, 11, 20)), received_on=SERVED)
    make.second_met(county, one)

    failed(county, one, date(2026, 10, 30))

    assert (one.due_on, one.second_due_on) == (date(2026, 10, 30), date(2026, 11, 20))
    assert one.second_met_on is None


def test_after_a_relapse_what_was_settled_stays_settled(county):
    one = make.applied(county, stopped(county), received_on=SERVED)
    make.closed(county, make.verified(county, make.second_met(county, one)))
    make.done(
        service.reopen, one, limit=service.FixedLimit(LATER, LimitBasis.REOPENED), reason="又开课",
        by=make.section_head(county), today=TODAY, calendar=make.calendar(county),
    )  # fmt: skip

    assert (one.second_due_on, one.second_kind) == (None, None)
    assert len(one.clocks) == 1


@pytest.mark.parametrize(
    ("kind", "second_due_on", "words"),
    [
        (LimitKind.SETTLEMENT, REFUNDS, ["停训逾期7天", "退费逾期3天"]),
        (LimitKind.SETTLEMENT, LATER, ["停训逾期7天", "退费剩5天"]),
        (LimitKind.REST, REFUNDS, ["立即项逾期7天", "其余逾期3天"]),
        (LimitKind.REST, TODAY, ["立即项逾期7天", "其余今天到期"]),
    ],
)
def test_overdue_says_which_of_the_two(county, kind, second_due_on, words):
    one = make.item(county, due_on=SERVED)
    make.second_limit(county, one, second_due_on, kind=kind)

    shown = presenting.time_of(one, TODAY), presenting.second_time_of(one, TODAY)

    assert [str(each.label) for each in shown] == words


def test_the_tabs_count_either_clock(county, session):
    make.applied(county, stopped(county, REFUNDS), received_on=SERVED)
    make.applied(county, stopped(county, LATER), received_on=SERVED)
    me = make.inspector(county)

    counted = queries.counts(session, me, today=TODAY)
    listed = {
        view: queries.total(session, me, ItemFilter(view=view), today=TODAY).items
        for view in (View.OVERDUE, View.SOON)
    }

    assert (counted["overdue"], counted["soon"]) == (1, 1)
    assert listed == {View.OVERDUE: 1, View.SOON: 1}


def test_pages_and_tables_show_both_limits(county, client_as, session):
    one = make.applied(county, stopped(county, REFUNDS), received_on=SERVED)
    browser = client_as(make.inspector(county))

    page = browser.get(f"/items/{one.id}")
    listed = browser.get("/items").soup.select_one("tbody").text
    row = {str(each.label): each.value(table.Line(one, {}, TODAY)) for each in table.WHOLE}

    assert [tag.text for tag in page.soup.select(".head-note .tag")] == [
        "待复查",
        "按期",
        "退费逾期3天",
    ]
    assert len(page.soup.select(".explain-row")) == 2
    assert "退费安置" in listed
    assert "退费逾期3天" in listed
    assert row["另计期限"] == REFUNDS
    assert str(row["另计期限事项"]) == "退费安置"
    assert "2026年10月12日" in browser.get("/items/print").text


def test_refunds_are_reported_on_their_page(county, client_as):
    mine = make.inspector(county)
    one = make.applied(county, stopped(county, in_charge=mine), received_on=SERVED)
    browser = client_as(mine)
    url = f"/items/{one.id}/second"
    assert browser.get(f"/items/{one.id}").soup.select(f'a[href="{url}"]')

    assert browser.get(url).soup.select_one("main form button.main").text == "登记退费安置情况"
    proof = upload(photo(), "退费凭证.jpg")
    browser.submit(url, 422, report="已退费12户。", documents=proof, second_met_on="")
    browser.submit(url, report="已退费12户。", second_met_on="2026-10-14")

    assert one.second_met_on == date(2026, 10, 14)
    page = browser.get(f"/items/{one.id}")
    assert not page.soup.select(f'a[href="{url}"]')
    told = page.soup.select(".told > li")
    assert [("退费安置" in each.text, len(each.select("img"))) for each in told] == [
        (True, 1),
        (False, 0),
    ]
    assert "已退费12户。" in told[0].text


def test_the_report_page_asks_about_refunds_only_where_they_are_owed(county, client_as):
    browser = client_as(make.inspector(county))
    with_two, with_one = stopped(county), make.item(county, due_on=SERVED)

    asked = [
        len(browser.get(f"/items/{one.id}/apply").soup.select("[name=second_met_on]"))
        for one in (with_two, with_one)
    ]

    assert asked == [1, 0]
    browser.submit(
        f"/items/{with_two.id}/apply", report="已停办。", received_on="今天", second_met_on=""
    )
    assert with_two.second_runs


@pytest.mark.parametrize(
    ("view", "index"),
    [(View.OVERDUE, "count"), (View.SOON, "count"), (View.STUCK, "due")],
)
def test_counting_by_two_clocks_reads_one_index_alone(county, session, view, index):
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses by the size of the table")
    officer = make.inspector(county)
    counted = sa.select(sa.func.count()).where(
        officer.scope.clause(RectificationItem.division_path),
        queries.live(),
        queries.view_clause(view, officer, TODAY),
    )
    compiled = counted.compile(session.get_bind(), compile_kwargs={"literal_binds": True})

    plan = session.execute(sa.text(f"EXPLAIN QUERY PLAN {compiled}")).all()

    assert [f"COVERING INDEX ix_item_{index}" in row.detail for row in plan] == [True]
    assert "division_path>?" in plan[0].detail
