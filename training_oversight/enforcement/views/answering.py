"""What a department does with its task: accept, return, report."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.enforcement import queries, service
from training_oversight.enforcement.forms import PlainForm, ReportForm, ReturnForm
from training_oversight.enforcement.views.blueprint import (
    CHOOSE,
    bp,
    department,
    department_choices,
    form_for,
)
from training_oversight.enforcement.workflow import TaskVerb
from training_oversight.texts import Text
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_on


@bp.route("/tasks/<int:task_id>/accept", methods=["GET", "POST"])
@requires(Permission.HANDLE_TASK)
def accept(task_id: int) -> ResponseReturnValue:
    officer = current_officer()
    found = queries.task_for(current_session(), officer, task_id)
    acting.opening(found, TaskVerb.ACCEPT)
    form = form_for(PlainForm, found)

    def act(session: Session) -> Done:
        service.accept(session, found, **acting.today(form))
        return Done(
            url_for(".task", task_id=found.id),
            Text("Accepted. Report the result by %(day)s.", day=found.due_on),
        )

    return answered_on(
        form,
        act,
        "enforcement/confirm.html",
        case=found.case,
        task=found,
        happens=Text("Your department takes the task; it cannot be returned after that."),
        tells=Text("The education bureau"),
        verb=Text("Accept the task"),
    )


@bp.route("/tasks/<int:task_id>/return", methods=["GET", "POST"])
@requires(Permission.HANDLE_TASK)
def give_back(task_id: int) -> ResponseReturnValue:
    officer = current_officer()
    found = queries.task_for(current_session(), officer, task_id)
    acting.opening(found, TaskVerb.RETURN)
    form = form_for(ReturnForm, found)
    form.department_id.choices = [
        CHOOSE,
        *department_choices(found.case.authority_id, without=found.department_id),
    ]

    def act(session: Session) -> Done:
        service.return_(
            session,
            found,
            ground=form.ground.data,
            department=department(session, form.department_id.data),
            **acting.today(form),
        )
        return Done(
            url_for(".task", task_id=found.id),
            Text("Returned; the convener redirects it or insists."),
        )

    return answered_on(form, act, "enforcement/return.html", task=found)


@bp.route("/tasks/<int:task_id>/report", methods=["GET", "POST"])
@requires(Permission.HANDLE_TASK)
def report(task_id: int) -> ResponseReturnValue:
    officer = current_officer()
    found = queries.task_for(current_session(), officer, task_id)
    acting.opening(found, TaskVerb.REPORT)
    form = form_for(ReportForm, found)

    def act(session: Session) -> Done:
        service.report(
            session, found, result=form.result.data, kept=form.files.kept, **acting.today(form)
        )
        return Done(url_for(".task", task_id=found.id), Text("The result has been reported."))

    return answered_on(form, act, "enforcement/report.html", task=found)
