"""What the list counts, in which order, and at what price."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import ledger as make
from training_oversight.ledger import contributed, presenting, queries, service
from training_oversight.ledger.clocks import NEVER
from training_oversight.ledger.models import (
    WITH_OFFICE,
    LimitBasis,
    RectificationItem,
    Verdict,
)
from training_oversight.ledger.queries import ItemFilter, View
from training_oversight.ledger.views import filtering
from training_oversight.ledger.workflow import ItemState
from training_oversight.registry.models import Institution
from training_oversight.web.paging import Key, keyset

TODAY = date(2026, 10, 15)
ORDER = [Key(RectificationItem.sort_due), Key(RectificationItem.id)]
DAYS = [TODAY + timedelta(days=n) for n in (-10, -1, 0, 1)]


def columns_of(county, state, applied_on):
    """What the database wants together with a state."""
    day, by = max(TODAY, applied_on or TODAY), make.inspector(county).id
    found = {"state": state, "applied_on": applied_on, "applied_by_id": by if applied_on else None}
    if state in WITH_OFFICE:
        found |= {"office_due_on": applied_on}
    if state in ("verified", "closed"):
        found |= {"verified_on": day, "verified_by_id": by}
    if state == "closed":
        reason, head = make.close_reason(county).id, make.section_head(county).id
        found |= {"closed_on": day, "closed_by_id": head, "close_reason_id": reason}
    return found


@pytest.mark.parametrize("due_on", [None, *DAYS])
@pytest.mark.parametrize("applied_on", [None, *DAYS])
@pytest.mark.parametrize("state", list(ItemState))
def test_overdue_is_the_same_fact_for_a_record_and_for_a_query(
    county, session, state, due_on, applied_on
):
    if (state in WITH_OFFICE and applied_on is None) or (state == "open" and applied_on):
        pytest.skip("the database refuses it")
    one = make.item(county)
    columns = columns_of(county, state, applied_on)
    session.execute(
        sa.update(RectificationItem).values(due_on=due_on, sort_due=due_on or NEVER, **columns)
    )
    session.refresh(one)

    rows = session.execute(
        sa.select(RectificationItem.overdue_on(TODAY), RectificationItem.late_by_office_on(TODAY))
    ).one()

    assert tuple(map(bool, rows)) == (one.is_overdue(TODAY), one.is_late_by_office(TODAY))
    assert (one.days_overdue(TODAY) > 0) == one.is_overdue(TODAY)


@pytest.mark.parametrize(("days", "soon"), [(-1, False), (0, True), (7, True), (8, False)])
def test_seven_days_are_today_and_the_seven_after(county, session, days, soon):
    make.item(county, due_on=TODAY + timedelta(days=days))
    officer = make.inspector(county)

    counted = queries.counts(session, officer, today=TODAY)

    assert counted["soon"] == soon
    assert counted["overdue"] == (days < 0)


def filled(county):
    """One item for each view, and two that have left the ledger."""
    me = make.inspector(county)
    make.item(county, due_on=TODAY - timedelta(days=3), in_charge=me)
    make.item(county, due_on=TODAY + timedelta(days=3))
    make.applied(county, due_on=TODAY + timedelta(days=20))
    make.verified(county, due_on=TODAY + timedelta(days=20))
    stuck = make.item(county)
    make.done(
        service.list_for_supervision, stuck, document="市教督〔2026〕8号",
        by=make.section_head(county),
    )  # fmt: skip
    make.closed(county)
    make.voided(county)
    return me


def test_every_tab_counts_what_it_lists(county, session):
    me = filled(county)

    counted = queries.counts(session, me, today=TODAY)
    listed = {
        view.value: queries.total(session, me, ItemFilter(view=view), today=TODAY).items
        for view in View
    }

    assert listed == {
        "mine": 1, "all": 5, "overdue": 1, "soon": 1, "to_verify": 1, "to_close": 1,
        "listed": 1, "stuck": 1,
    }  # fmt: skip
    assert {name: counted[name] for name in listed} == listed
    assert counted["institutions"] == 5


def test_both_denominators_stand_in_the_title(client_as, county):
    place = make.institution(county)
    make.item(county, place, due_on=TODAY - timedelta(days=1))
    make.item(county, place, due_on=TODAY - timedelta(days=2))
    make.item(county)

    page = client_as(make.inspector(county)).get("/items?view=overdue")

    assert page.soup.select_one(".head-note").text.strip() == ("筛出2项、1家机构；未销号共3项、2家")


def test_longest_overdue_first_and_without_limit_last(county, client_as):
    late = make.item(county, due_on=TODAY - timedelta(days=1), title="一")
    none = make.item(county, title="三")
    later = make.item(county, due_on=TODAY - timedelta(days=9), title="二")

    rows = client_as(make.inspector(county)).get("/items").soup.select("tbody tr")

    assert [row.a.text for row in rows] == [later.number, late.number, none.number]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("q=2026-0001", True),
        ("q=0001", True),
        ("q=２０２６-０００１", True),
        ("q=星屿", True),
        ("q=器材柜", True),
        ("q=100%25", False),
        ("township=99010101", True),
        ("township=99010102", False),
        ("township=99010101&township=99010102", True),
        ("kind=arts", True),
        ("kind=sports", False),
        ("type=safety_hazard", True),
        ("type=fees", False),
        ("severity=minor", False),
        ("state=closed", False),
        ("found_from=2026-09-01&found_to=2026-09-30", True),
        ("found=this_month", False),
        ("found=last_month", True),
        ("view=nonsense&state=nonsense&officer=x&at=zzz", True),
        ("view=stuck", False),
        ("gap=step", False),
        ("gap=nonsense", True),
    ],
)
def test_filters_find_what_they_say(client_as, county, question, found):
    one = make.item(county)

    page = client_as(make.inspector(county)).get(f"/items?{question}")

    assert (one.number in page.text) is found


def test_closed_items_are_found_by_their_state(client_as, county):
    one = make.closed(county)

    page = client_as(make.inspector(county)).get("/items?state=closed")

    assert one.number in page.text


def test_pages_follow_each_other_without_gap_or_repeat(client_as, county, session):
    place, on = make.institution(county), None
    on = make.visit(county, place, day=date(2026, 9, 1))
    for n in range(53):
        make.item(county, place, on=on, due_on=TODAY + timedelta(days=n % 5))
    browser = client_as(make.inspector(county))

    first = browser.get("/items").soup
    second = browser.get(first.select_one("a[rel=next]")["href"]).soup

    numbers = [row.a.text for page in (first, second) for row in page.select("tbody tr")]
    assert len(numbers) == len(set(numbers)) == 53


def test_the_list_costs_the_same_for_one_item_and_for_many(client_as, county, queries_of):
    browser = client_as(make.inspector(county))
    make.applied(county, due_on=TODAY)
    browser.get("/items?view=to_verify")
    with queries_of() as before:
        browser.get("/items?view=to_verify")
    for _ in range(5):
        make.applied(county, due_on=TODAY)

    with queries_of() as after:
        browser.get("/items?view=to_verify")

    assert len(after) == len(before)


def test_main_lists_read_an_index(county, session, app):
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses by the size of the table")
    officer = make.inspector(county)
    for view in View:
        statement = keyset(
            queries.for_list(), ORDER, None,
            among=queries.keys(officer, ItemFilter(view=view), today=TODAY),
        )  # fmt: skip
        compiled = statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
        plan = session.execute(sa.text(f"EXPLAIN QUERY PLAN {compiled}")).all()
        lines = [row.detail for row in plan if "rectification_item" in row.detail]
        assert lines
        assert all(line.startswith("SEARCH") for line in lines), (view, lines)


@pytest.mark.parametrize("view", [View.ALL, View.OVERDUE, View.TO_VERIFY])
def test_a_page_is_picked_within_the_scope_before_anything_is_joined(county, session, view):
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses by the size of the table")
    officer = make.inspector(county)
    wanted = ItemFilter(view=view)
    statement = keyset(
        queries.for_list(), ORDER, None, among=queries.keys(officer, wanted, today=TODAY)
    )
    compiled = statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True})

    plan = session.execute(sa.text(f"EXPLAIN QUERY PLAN {compiled}")).all()

    steps = [row.detail for row in plan if "rectification_item" in row.detail]
    assert steps[0].endswith("INTEGER PRIMARY KEY (rowid=?)")
    assert "COVERING INDEX ix_item_count (state=? AND division_path>?" in steps[1]
    assert len(steps) == 2


def test_the_figures_above_the_list_are_kept_until_history_grows(county, session, app, queries_of):
    officer = make.inspector(county)

    with app.app_context(), queries_of() as asked:
        for _ in range(2):
            queries.counts(session, officer, today=TODAY, stuck=filtering.stuck(TODAY))

    assert ["count(" in one for one in asked].count(True) == 1


def test_the_whole_ledger_is_not_counted_again(county, session, queries_of):
    make.item(county)
    officer = make.inspector(county)
    known = queries.counts(session, officer, today=TODAY)

    with queries_of() as asked:
        found = queries.total(session, officer, ItemFilter(), today=TODAY, known=known)

    assert (found.items, found.institutions, asked) == (1, 1, [])
    assert found == queries.total(session, officer, ItemFilter(), today=TODAY)


def test_a_failed_re_check_shows_in_the_official_columns(client_as, county):
    one = make.verified(
        county, verdict=Verdict.FAILED,
        new_limit=service.FixedLimit(TODAY + timedelta(days=9), LimitBasis.RE_CHECK),
    )  # fmt: skip

    row = client_as(make.inspector(county)).get("/items/print").soup.select_one("tbody tr")

    cells = [cell.text for cell in row.select("td")]
    assert cells[0] == one.number
    assert cells[11] == str(Verdict.FAILED.label)


def test_institutions_are_filtered_by_their_open_problems(county, session):
    one, two = make.institution(county), make.institution(county)
    make.item(county, one, due_on=TODAY - timedelta(days=1))
    make.item(county, two)

    def places(value):
        return set(
            session.scalars(sa.select(Institution.id).where(contributed.has_problems(value, TODAY)))
        )

    assert places("open") == {one.id, two.id}
    assert places("overdue") == {one.id}


def test_the_list_says_the_paper_without_its_year_and_the_whole_number_beside_it(county):
    one = make.item(county, due_on=TODAY)
    one.due_basis, one.due_source = LimitBasis.SERVICE, "云教责改〔2026〕29号"

    short, whole = presenting.basis_of(one), presenting.basis_of(one, in_full=True)

    assert short.values["source"] == "云教责改29号"
    assert whole.values["source"] == "云教责改〔2026〕29号"
