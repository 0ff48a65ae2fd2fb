"""The morning job raises each overdue item once for each deadline, and tells nobody."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories.county import County
from tests.factories.enforcement import convened_case, convener, done, item, raised_case, task_of
from tests.factories.registry import institution
from training_oversight import clock, database
from training_oversight.audit import queries as history
from training_oversight.batches import Outcome
from training_oversight.enforcement import jobs, queries, service
from training_oversight.enforcement.models import JointCase, JointCaseItem, JointTask
from training_oversight.enforcement.workflow import CaseState, TaskState
from training_oversight.ledger.workflow import ItemState

DUE = date(2026, 10, 15)
DAY = timedelta(days=1)


def entries(county):
    return [
        (entry.item_id, entry.due_on, entry.left_on)
        for entry in county.session.scalars(sa.select(JointCaseItem).order_by(JointCaseItem.id))
    ]


def new_limit(one, due_on):
    with database.transaction():
        one.due_on = one.sort_due = due_on


@pytest.mark.parametrize(
    ("today", "raised"), [(DUE - DAY, 0), (DUE, 0), (DUE + DAY, 1), (DUE + 2 * DAY, 1)]
)
def test_an_item_is_raised_from_the_day_after_its_deadline(county, today, raised):
    item(county, due_on=DUE)

    outcome = jobs.raise_overdue_items(today)

    assert outcome == Outcome(done=raised)
    assert len(entries(county)) == raised


def test_running_again_finds_everything_handled(county):
    for _ in range(3):
        item(county)
    jobs.raise_overdue_items(clock.today())

    again = jobs.raise_overdue_items(clock.today())

    assert again == Outcome(done=0, failed=0, skipped=3)
    assert len(entries(county)) == 3


def test_the_items_of_one_institution_share_a_case_with_a_number_and_drafts(county):
    place = institution(county)
    first = item(county, place, code="safety_hazard", title="安全出口被堵塞")
    item(county, place, code="unlicensed", title="未经许可开展培训")

    jobs.raise_overdue_items(clock.today())

    (case,) = county.session.scalars(sa.select(JointCase)).all()
    tasks = queries.standing_tasks(county.session, case.id)
    by_code = {task.department.code: task for task in tasks}
    assert case.number == "LH-2026-01"
    assert case.state == CaseState.RAISED
    assert set(by_code) == {"fire", "housing", "market", "police", "civil_affairs"}
    assert {task.state for task in tasks} == {TaskState.DRAFTED}
    assert by_code["fire"].asked == f"请依职责核查处理：安全出口被堵塞（{first.number}）。"


def test_history_says_it_on_the_case_and_on_the_item_and_its_seals_hold(county):
    case = raised_case(county)

    verbs = [event.verb for event in history.history(county.session, case)]
    (entry,) = queries.live_entries(county.session, case)
    event, _registered = history.history(county.session, entry.item)

    assert verbs == ["case.raised"]
    assert (event.verb, event.facts, event.actor_name) == (
        "item.raised",
        {"case": case.number},
        county.system.name,
    )
    assert history.verify(county.session).broken == []


def test_an_item_that_lapses_later_joins_the_live_case_and_extends_its_drafts(county):
    place = institution(county)
    case = raised_case(county, place, title="安全出口被堵塞")
    item(county, place, title="应急灯失效")

    jobs.raise_overdue_items(clock.today())

    assert len(queries.live_entries(county.session, case)) == 2
    assert len(queries.standing_tasks(county.session, case.id)) == 2
    assert "应急灯失效" in task_of(county, case).asked


def test_in_a_convened_case_a_further_department_waits_for_a_person(county):
    place = institution(county)
    case = convened_case(county, place)
    item(county, place, code="unlicensed")

    jobs.raise_overdue_items(clock.today())

    assert task_of(county, case, "police").state == TaskState.DRAFTED
    assert task_of(county, case, "fire").state == TaskState.ASKED


def test_a_new_limit_that_lapses_is_raised_once_more(county):
    case = raised_case(county, due_on=date(2026, 10, 1))
    (entry,) = queries.live_entries(county.session, case)
    one = entry.item
    new_limit(one, date(2026, 10, 20))

    before = jobs.raise_overdue_items(date(2026, 10, 20))
    after = jobs.raise_overdue_items(date(2026, 10, 21))

    assert (before.done, after.done) == (0, 1)
    assert entries(county) == [
        (one.id, date(2026, 10, 1), date(2026, 10, 21)),
        (one.id, date(2026, 10, 20), None),
    ]


def test_a_case_that_was_set_aside_is_not_raised_again_for_the_same_deadline(county):
    case = raised_case(county, due_on=date(2026, 10, 1))
    one = queries.live_entries(county.session, case)[0].item
    done(service.set_aside, case, reason="已约谈", by=convener(county), today=clock.today())

    same = jobs.raise_overdue_items(clock.today())
    new_limit(one, date(2026, 10, 14))
    later = jobs.raise_overdue_items(clock.today())

    assert same == Outcome(skipped=1)
    assert later == Outcome(done=1)
    assert queries.live_case(county.session, case.institution_id).number == "LH-2026-02"


def test_what_was_reported_in_time_closed_or_void_is_not_raised(county):
    item(county, state=ItemState.VOID)
    item(county, state=ItemState.APPLIED, applied_on=clock.today() - 10 * DAY)

    assert jobs.raise_overdue_items(clock.today()) == Outcome()


def test_a_report_after_the_deadline_is_still_overdue(county):
    item(county, state=ItemState.APPLIED, applied_on=clock.today())

    assert jobs.raise_overdue_items(clock.today()) == Outcome(done=1)


def test_one_institution_at_fault_holds_up_nobody(county, session):
    good, bad = item(county), item(county, code="unlicensed")
    # A type without its list of departments is a fault in the data.
    bad_type = bad.violation_type
    with database.transaction():
        bad_type.departments = [["police"]]

    outcome = jobs.raise_overdue_items(clock.today())

    assert outcome == Outcome(done=1, failed=1, skipped=0)
    assert [entry[0] for entry in entries(county)] == [good.id]


def test_two_counties_number_their_cases_apart(county, session):
    other = County(session, code="990102", name="临川县")
    raised_case(county)

    case = raised_case(other)

    assert case.number == "LH-2026-01"
    assert case.division_path.startswith(other.division.path)


def test_the_job_asks_no_department_and_convenes_nothing(county):
    for _ in range(2):
        item(county)

    jobs.raise_overdue_items(clock.today())

    assert set(county.session.scalars(sa.select(JointCase.state))) == {CaseState.RAISED}
    assert set(county.session.scalars(sa.select(JointTask.released_on))) == {None}
