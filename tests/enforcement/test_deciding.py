"""A person convenes; only then do departments hear of it."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories.county import County
from tests.factories.enforcement import (
    case_by_hand,
    convened_case,
    convener,
    done,
    item,
    liaison,
    raised_case,
    task_of,
)
from tests.factories.registry import institution
from training_oversight import clock, database
from training_oversight.accounts.permissions import Role
from training_oversight.audit import queries as history
from training_oversight.enforcement import queries, service
from training_oversight.enforcement.models import JointCaseItem, JointTask, Trigger
from training_oversight.enforcement.workflow import CaseState, TaskState
from training_oversight.errors import (
    BadInput,
    Blocked,
    NotFound,
    NotPermitted,
    StaleForm,
    WrongState,
)

TODAY = date(2026, 10, 15)


def convene(case, by, **values):
    given = {"decided_by": "顾明川", "decided_on": TODAY, "document": "口头指示"}
    return done(service.convene, case, by=by, today=TODAY, **(given | values))


def test_convening_releases_every_draft_with_the_countys_limit(county):
    case = raised_case(county)

    convene(case, convener(county))

    tasks = queries.standing_tasks(county.session, case.id)
    assert case.state == CaseState.CONVENED
    assert (case.decided_by, case.decided_on, case.convened_on) == ("顾明川", TODAY, TODAY)
    assert {task.state for task in tasks} == {TaskState.ASKED}
    # Ten working days from Thursday, 15 October.
    assert {task.due_on for task in tasks} == {date(2026, 10, 29)}
    assert {task.released_on for task in tasks} == {TODAY}


def test_a_date_set_for_a_task_is_kept_when_it_is_released(county):
    case = raised_case(county)
    task = task_of(county, case)
    done(
        service.edit_task,
        task,
        asked="检查消防安全。",
        due_on=date(2026, 10, 20),
        by=county.officer(),
        today=TODAY,
    )

    convene(case, convener(county))

    assert task_of(county, case).due_on == date(2026, 10, 20)


def test_the_machine_cannot_convene(county):
    case = raised_case(county)

    with pytest.raises(NotPermitted):
        convene(case, county.system)

    assert case.state == CaseState.RAISED


def test_an_inspector_raises_but_does_not_convene(county):
    case = raised_case(county)

    with pytest.raises(NotPermitted):
        convene(case, county.officer(Role.INSPECTOR))


def test_a_decision_of_tomorrow_is_refused(county):
    case = raised_case(county)

    with pytest.raises(BadInput) as refused:
        convene(case, convener(county), decided_on=TODAY + timedelta(days=1))

    assert set(refused.value.fields) == {"decided_on"}


def test_a_case_without_any_task_cannot_be_convened(county):
    case = case_by_hand(county, departments=())

    with pytest.raises(Blocked):
        convene(case, convener(county))


def test_a_stale_form_convenes_nothing(county):
    case = raised_case(county)

    with pytest.raises(StaleForm):
        convene(case, convener(county), version=case.version - 1)


def test_a_case_is_convened_once(county):
    case = convened_case(county)

    with pytest.raises(WrongState):
        convene(case, convener(county))


def test_an_unlicensed_venue_is_raised_on_day_one_without_an_item(county):
    case = case_by_hand(county)

    tasks = queries.standing_tasks(county.session, case.id)
    assert (case.trigger, case.state) == (Trigger.UNLICENSED, CaseState.RAISED)
    assert [(task.department.code, task.state) for task in tasks] == [
        ("police", TaskState.DRAFTED),
        ("market", TaskState.DRAFTED),
    ]


def test_an_institution_has_one_live_case(county):
    case = case_by_hand(county)

    with pytest.raises(WrongState, match=case.number):
        case_by_hand(county, case.institution)


def test_a_closed_institution_gets_no_case(county):
    place = institution(county)
    with database.transaction():
        place.state, place.closed_on = "closed", TODAY

    with pytest.raises(WrongState):
        case_by_hand(county, place)


def test_items_of_another_institution_are_refused(county):
    with pytest.raises(NotFound):
        case_by_hand(county, items=[item(county)])


def test_items_are_put_in_and_taken_out_by_hand(county):
    place = institution(county)
    case, late = case_by_hand(county, place), item(county, place)
    officer = county.officer()
    done(service.add_items, case, [late], by=officer, today=TODAY)
    (entry,) = queries.live_entries(county.session, case)

    done(service.remove_item, case, entry, reason="已约谈", by=officer, today=TODAY)

    assert (entry.due_on, entry.left_on) == (late.due_on, TODAY)
    assert queries.to_raise(county.session, place.id, today=TODAY) == []
    assert [event.verb for event in history.history(county.session, late)] == [
        "item.left_case",
        "item.raised",
        "item.registered",
    ]


def test_an_item_in_the_case_cannot_be_put_in_twice(county):
    case = raised_case(county)
    (entry,) = queries.live_entries(county.session, case)

    with pytest.raises(BadInput):
        done(service.add_items, case, [entry.item], by=county.officer(), today=TODAY)


def test_concluding_cancels_what_is_unfinished_and_lets_the_items_go(county):
    case = convened_case(county)
    fire, officer = task_of(county, case, "fire"), liaison(county)
    done(service.accept, fire, by=officer, today=TODAY)
    done(service.report, fire, result="已处理。", by=officer, today=TODAY)

    done(service.conclude, case, conclusion="已停止违规。", by=convener(county), today=TODAY)

    left = county.session.scalars(sa.select(JointCaseItem.left_on)).all()
    assert (case.state, case.concluded_on) == (CaseState.CONCLUDED, TODAY)
    assert task_of(county, case, "fire").state == TaskState.DONE
    assert task_of(county, case, "housing").state == TaskState.CANCELLED
    assert left == [TODAY]
    assert history.verify(county.session).broken == []


def test_setting_aside_asks_nobody(county):
    case = raised_case(county)

    done(service.set_aside, case, reason="已约谈整改", by=convener(county), today=TODAY)

    assert case.state == CaseState.CONCLUDED
    assert set(county.session.scalars(sa.select(JointTask.released_on))) == {None}


def test_another_county_is_not_found(county, session):
    case = raised_case(county)
    stranger = convener(County(session, code="990102", name="临川县"))

    with pytest.raises(NotFound):
        convene(case, stranger)


def test_reading_back_shows_the_case_until_it_ends(county):
    case = raised_case(county)

    assert queries.live_case(county.session, case.institution_id) is case
    assert clock.today() == TODAY
