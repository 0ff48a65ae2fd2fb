"""A task: its page for office and department, and what the convener does with it."""

from __future__ import annotations

import flask
from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import queries as audit
from training_oversight.audit.timeline import entries as timeline_entries
from training_oversight.correspondence import presenting as outbox_presenting
from training_oversight.correspondence import queries as outbox
from training_oversight.database import current_session
from training_oversight.enforcement import messages, next_steps, presenting, queries, service
from training_oversight.enforcement.forms import (
    PlainForm,
    ReasonForm,
    RedirectForm,
    TaskForm,
    WordingForm,
)
from training_oversight.enforcement.models import JointTask
from training_oversight.enforcement.views.blueprint import (
    CHOOSE,
    bp,
    department,
    department_choices,
    form_for,
)
from training_oversight.enforcement.workflow import PREPARERS, TaskState, TaskVerb
from training_oversight.errors import NotFound
from training_oversight.files import sending
from training_oversight.files import service as files
from training_oversight.ledger import presenting as ledger_showing
from training_oversight.texts import Text
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_on


@bp.route("/tasks/<int:task_id>")
@requires(Permission.VIEW_CASES, Permission.HANDLE_TASK)
def task(task_id: int) -> ResponseReturnValue:
    """What is asked, where and why; a department sees no more than it needs for that."""
    session, officer, today = current_session(), current_officer(), clock.today()
    found = queries.task_for(session, officer, task_id)
    case = found.case
    return render_template(
        "enforcement/task.html",
        task=found,
        case=case,
        box=next_steps.task_box(found, officer),
        items=queries.live_entries(session, case),
        others=queries.others_asked(session, found),
        files=files.attachments(session, "joint_task", [found.id])[found.id],
        history=timeline_entries(audit.history(session, found)),
        told=outbox.about(session, found) if officer.may(Permission.VIEW_OUTBOX) else [],
        outbox=outbox_presenting,
        inside=officer.may(Permission.VIEW_CASES),
        may_edit=found.state == TaskState.DRAFTED and officer.may_any(PREPARERS),
        showing=presenting,
        ledger=ledger_showing,
        today=today,
    )


@bp.route("/tasks/<int:task_id>/files/<int:file_id>")
@requires(Permission.VIEW_CASES, Permission.HANDLE_TASK)
def task_file(task_id: int, file_id: int) -> flask.Response:
    session, officer = current_session(), current_officer()
    found = queries.task_for(session, officer, task_id)
    return sending.send(
        session, file_id, kind="joint_task", subject_id=found.id, scope=officer.scope
    )


@bp.route("/<int:case_id>/tasks/new", methods=["GET", "POST"])
@requires(*PREPARERS)
def add_task(case_id: int) -> ResponseReturnValue:
    officer = current_officer()
    case = queries.case_for(current_session(), officer, case_id)
    form = TaskForm()
    form.department_id.choices = [CHOOSE, *department_choices(case.authority_id)]

    def act(session: Session) -> Done:
        service.draft_task(
            session,
            case,
            department(session, form.department_id.data),
            asked=form.asked.data,
            due_on=form.due_on.data,
            by=officer,
            today=clock.today(),
        )
        return Done(
            url_for(".show", case_id=case.id),
            Text("The task is drafted; the department has not been told."),
        )

    return answered_on(
        form,
        act,
        "enforcement/wording.html",
        case=case,
        heading=Text("Draft a task"),
        verb=Text("Save the draft"),
    )


@bp.route("/tasks/<int:task_id>/edit", methods=["GET", "POST"])
@requires(*PREPARERS)
def edit_task(task_id: int) -> ResponseReturnValue:
    found = _inside(task_id)
    service.check_not_asked(found)
    form = form_for(WordingForm, found, asked=found.asked, due_on=found.due_on)

    def act(session: Session) -> Done:
        service.edit_task(
            session, found, asked=form.asked.data, due_on=form.due_on.data, **acting.today(form)
        )
        return Done(url_for(".show", case_id=found.case_id), Text("The draft was changed."))

    return answered_on(
        form,
        act,
        "enforcement/wording.html",
        case=found.case,
        heading=Text("Task for %(name)s", name=found.department.name),
        verb=Text("Save the draft"),
    )


def _inside(task_id: int) -> JointTask:
    """A task for the office's own steps; departments have theirs elsewhere."""
    officer = current_officer()
    found = queries.task_for(current_session(), officer, task_id)
    if not officer.may(Permission.VIEW_CASES):
        raise NotFound
    return found


def _asked(task: JointTask, said: Text) -> Done:
    """Back on the case; that a department has yet to be told is said, too."""
    return Done(url_for(".show", case_id=task.case_id), said, know=[messages.WAIT])


@bp.route("/tasks/<int:task_id>/release", methods=["GET", "POST"])
@requires(Permission.CONVENE_CASE)
def release(task_id: int) -> ResponseReturnValue:
    found = _inside(task_id)
    acting.opening(found, TaskVerb.RELEASE)
    form = form_for(PlainForm, found)

    def act(session: Session) -> Done:
        service.release(session, found, **acting.today(form))
        return _asked(found, Text("%(name)s has been asked.", name=found.department.name))

    return answered_on(
        form,
        act,
        "enforcement/confirm.html",
        case=found.case,
        happens=Text("The task reaches the department and its time begins."),
        tells=found.department.name,
        verb=Text("Release the task"),
    )


@bp.route("/tasks/<int:task_id>/insist", methods=["GET", "POST"])
@requires(Permission.CONVENE_CASE)
def insist(task_id: int) -> ResponseReturnValue:
    found = _inside(task_id)
    acting.opening(found, TaskVerb.INSIST)
    form = form_for(ReasonForm, found)

    def act(session: Session) -> Done:
        service.insist(session, found, reason=form.reason.data, **acting.today(form))
        return _asked(found, Text("%(name)s has the task again.", name=found.department.name))

    return answered_on(
        form,
        act,
        "enforcement/confirm.html",
        case=found.case,
        happens=Text("The department gets the task back and cannot return it a second time."),
        stays=Text("The ground that it gave stays in the history."),
        tells=found.department.name,
        verb=Text("Insist on the task"),
    )


@bp.route("/tasks/<int:task_id>/redirect", methods=["GET", "POST"])
@requires(Permission.CONVENE_CASE)
def redirect(task_id: int) -> ResponseReturnValue:
    found = _inside(task_id)
    acting.opening(found, TaskVerb.REDIRECT)
    form = form_for(
        RedirectForm, found, asked=found.asked, department_id=found.return_department_id
    )
    form.department_id.choices = [
        CHOOSE,
        *department_choices(found.case.authority_id, without=found.department_id),
    ]

    def act(session: Session) -> Done:
        service.redirect(
            session,
            found,
            department=department(session, form.department_id.data),
            asked=form.asked.data,
            due_on=form.due_on.data,
            **acting.today(form),
        )
        return _asked(found, Text("The task was redirected."))

    return answered_on(
        form,
        act,
        "enforcement/wording.html",
        case=found.case,
        verb=Text("Redirect the task"),
        returned=found,
    )


@bp.route("/tasks/<int:task_id>/cancel", methods=["GET", "POST"])
@requires(Permission.CONVENE_CASE)
def cancel(task_id: int) -> ResponseReturnValue:
    found = _inside(task_id)
    acting.opening(found, TaskVerb.CANCEL)
    form = form_for(ReasonForm, found)

    def act(session: Session) -> Done:
        service.cancel(session, found, reason=form.reason.data, **acting.by(form))
        return Done(url_for(".show", case_id=found.case_id), Text("The task was cancelled."))

    return answered_on(
        form,
        act,
        "enforcement/confirm.html",
        case=found.case,
        happens=Text("Nothing more is expected of the department."),
        tells=found.department.name if found.released_on else Text("Nobody"),
        verb=Text("Cancel the task"),
        danger=True,
    )
