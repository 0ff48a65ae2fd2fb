"""Departments accept a task, return it once, and report."""

from datetime import date, timedelta

import pytest

from tests.factories.county import County
from tests.factories.enforcement import (
    convened_case,
    convener,
    done,
    liaison,
    raised_case,
    returned_task,
    task_of,
)
from training_oversight.enforcement import service
from training_oversight.enforcement.workflow import TaskState
from training_oversight.errors import (
    BadInput,
    Blocked,
    NotPermitted,
    WrongState,
)

TODAY = date(2026, 10, 15)


def test_a_task_goes_from_acceptance_to_its_result(county):
    case = convened_case(county)
    task, officer = task_of(county, case), liaison(county)

    done(service.accept, task, by=officer, today=TODAY)
    done(service.report, task, result="已责令搬离。", by=officer, today=TODAY)

    assert (task.state, task.result, task.reported_by_id) == (
        TaskState.DONE,
        "已责令搬离。",
        officer.id,
    )


@pytest.mark.parametrize("department", ["police", "education"])
def test_only_the_department_that_was_asked_answers(county, department):
    task = task_of(county, convened_case(county))

    with pytest.raises(NotPermitted):
        done(service.accept, task, by=liaison(county, department), today=TODAY)


def test_an_accepted_task_cannot_be_returned(county):
    task, officer = task_of(county, convened_case(county)), liaison(county)
    done(service.accept, task, by=officer, today=TODAY)

    with pytest.raises(WrongState):
        done(
            service.return_,
            task,
            ground="不属本单位职责",
            department=county.departments["police"],
            by=officer,
            today=TODAY,
        )


def test_a_return_names_another_department_of_the_county(county, session):
    task, other = task_of(county, convened_case(county)), County(session, "990102", "临川县")
    officer = liaison(county)

    for wrong in (county.departments["fire"], other.departments["police"]):
        with pytest.raises(BadInput) as refused:
            done(service.return_, task, ground="不属", department=wrong, by=officer, today=TODAY)
        assert set(refused.value.fields) == {"department_id"}


def test_what_was_insisted_on_cannot_be_returned_again(county):
    task = returned_task(county)
    done(service.insist, task, reason="消防监督属本单位", by=convener(county), today=TODAY)

    with pytest.raises(Blocked):
        done(
            service.return_,
            task,
            ground="仍不属",
            department=county.departments["police"],
            by=liaison(county),
            today=TODAY,
        )

    assert task.state == TaskState.ASKED


def test_redirecting_closes_the_task_and_asks_the_right_department(county):
    task = returned_task(county)

    made = done(
        service.redirect,
        task,
        department=county.departments["police"],
        asked=task.asked,
        by=convener(county),
        today=TODAY,
    )

    assert task.state == TaskState.REDIRECTED
    assert (made.state, made.replaces_id, made.department_id) == (
        TaskState.ASKED,
        task.id,
        county.departments["police"].id,
    )


def test_a_redirected_task_does_not_go_back_where_it_came_from(county):
    task = returned_task(county)
    head, police = convener(county), county.departments["police"]
    made = done(service.redirect, task, department=police, asked=task.asked, by=head, today=TODAY)

    with pytest.raises(BadInput):
        done(
            service.return_,
            made,
            ground="属消防",
            department=county.departments["fire"],
            by=liaison(county, "police"),
            today=TODAY,
        )


def test_a_draft_in_a_case_that_is_not_convened_cannot_be_released(county):
    task = task_of(county, raised_case(county))

    with pytest.raises(Blocked):
        done(service.release, task, by=convener(county), today=TODAY)


def test_a_later_draft_in_a_convened_case_is_released_alone(county):
    case = convened_case(county)
    task = done(
        service.draft_task,
        case,
        county.departments["police"],
        asked="维持秩序。",
        by=county.officer(),
        today=TODAY,
    )

    done(service.release, task, by=convener(county), today=TODAY)

    assert (task.state, task.due_on) == (TaskState.ASKED, date(2026, 10, 29))


def test_what_a_department_has_been_asked_cannot_be_reworded(county):
    task = task_of(county, convened_case(county))

    with pytest.raises(WrongState):
        done(service.edit_task, task, asked="另", due_on=None, by=county.officer(), today=TODAY)


def test_a_report_date_in_the_past_is_refused(county):
    case = raised_case(county)

    with pytest.raises(BadInput):
        done(
            service.draft_task,
            case,
            county.departments["police"],
            asked="维持秩序。",
            due_on=TODAY - timedelta(days=1),
            by=county.officer(),
            today=TODAY,
        )
