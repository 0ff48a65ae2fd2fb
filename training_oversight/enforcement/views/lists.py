"""The list of cases, and the list of what one department was asked."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer, Scope
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.enforcement import next_steps, presenting, queries
from training_oversight.enforcement.models import JointCase, JointTask, Trigger
from training_oversight.enforcement.views.blueprint import bp
from training_oversight.enforcement.workflow import WITH_DEPARTMENT, CaseState, TaskState
from training_oversight.names.typed import LONGEST
from training_oversight.texts import Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import Choice, Filter, FilterBar, Tab
from training_oversight.web.contributions import Pairs
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged

ALL: tuple[str, Text] = ("", Text("All"))


@bp.route("")
@requires(Permission.VIEW_CASES)
def index() -> ResponseReturnValue:
    session, officer, today = current_session(), current_officer(), clock.today()
    asked = _asked()
    cases = _narrowed(officer, asked)
    counts = queries.cases_by_state(session, cases)
    state = _chosen_state(counts)
    page = paged(
        session,
        cases.where(JointCase.state == state),
        keys=[
            Key(JointCase.raised_on, descending=state == CaseState.CONCLUDED),
            Key(JointCase.id, descending=state == CaseState.CONCLUDED),
        ],
        cursor=request.args.get("at"),
        address=lambda cursor: asking(".index", asked, state=state.value, at=cursor),
        total=counts.get(state, 0),
    )
    overview = queries.overview(session, [case.id for case in page.rows])
    return render_template(
        "enforcement/index.html",
        page=page,
        overview=overview,
        total=sum(counts.values()),
        state=state,
        views=_tabs(asked, counts, state),
        bar=_bar(officer, asked, state),
        steps={
            case.id: next_steps.case_step(case, overview[case.id], officer) for case in page.rows
        },
        showing=presenting,
        today=today,
    )


def _asked() -> dict[str, str]:
    """The filters of the address that make sense; what does not is left out."""
    wanted = {name: request.args.get(name, "") for name in ("township", "trigger")}
    if wanted["trigger"] not in {trigger.value for trigger in Trigger}:
        wanted.pop("trigger")
    wanted["q"] = request.args.get("q", "").strip()[:LONGEST]
    return {name: value for name, value in wanted.items() if value}


def _narrowed(officer: Officer, asked: dict[str, str]) -> sa.Select[JointCase]:
    found = queries.listed(officer)
    if "township" in asked:
        division = accounts.division_by_code(current_session(), asked["township"])
        found = found.where(
            Scope(division.path).clause(JointCase.division_path) if division else sa.false()
        )
    if "q" in asked:
        found = found.where(queries.found(current_session(), officer, asked["q"]))
    if "trigger" in asked:
        found = found.where(JointCase.trigger == asked["trigger"])
    return found


def _chosen_state(counts: dict[CaseState, int]) -> CaseState:
    """The tab that was asked for, else the first with something in it."""
    wanted = request.args.get("state")
    for state in CaseState:
        if state.value == wanted:
            return state
    return next((state for state in CaseState if counts.get(state)), CaseState.RAISED)


def _tabs(asked: dict[str, str], counts: dict[CaseState, int], chosen: CaseState) -> list[Tab]:
    return [
        Tab(
            state.label,
            asking(".index", asked, state=state.value),
            counts.get(state, 0),
            state == chosen,
        )
        for state in CaseState
    ]


def _bar(officer: Officer, asked: dict[str, str], state: CaseState) -> FilterBar:
    townships = accounts.townships(current_session(), officer.scope)
    boxes: Mapping[str, tuple[Text, Pairs]] = {
        "township": (Text("Township"), [(one.code, one.name) for one in townships]),
        "trigger": (Text("Trigger"), Trigger.choices()),
    }
    return FilterBar(
        action=url_for(".index"),
        filters=[
            Filter(
                name,
                label,
                [
                    Choice(value, words, value == asked.get(name, ""))
                    for value, words in [ALL, *choices]
                ],
            )
            for name, (label, choices) in boxes.items()
        ],
        search_label=Text("Number or institution"),
        query=asked.get("q", ""),
        clear_url=url_for(".index", state=state.value),
        kept=[("state", state.value)],
    )


TASK_VIEWS = {
    "open": (Text("To be dealt with"), WITH_DEPARTMENT),
    "done": (Text("Result reported"), (TaskState.DONE,)),
    "ended": (
        Text("Returned or ended"),
        (TaskState.RETURNED, TaskState.REDIRECTED, TaskState.CANCELLED),
    ),
}


@bp.route("/tasks")
@requires(Permission.HANDLE_TASK)
def my_tasks() -> ResponseReturnValue:
    """What the officer's department was asked; nothing that was not released to it."""
    session, officer, today = current_session(), current_officer(), clock.today()
    counts = queries.count_by_state(session, officer)
    view = request.args.get("view", "open")
    view = view if view in TASK_VIEWS else "open"
    page = paged(
        session,
        queries.tasks_of_department(officer, TASK_VIEWS[view][1]),
        keys=[Key(JointTask.due_on, descending=view != "open"), Key(JointTask.id)],
        cursor=request.args.get("at"),
        address=lambda cursor: url_for(".my_tasks", view=view, at=cursor),
        total=_sum(counts, view),
    )
    tabs = [
        Tab(label, url_for(".my_tasks", view=name), _sum(counts, name), name == view)
        for name, (label, _) in TASK_VIEWS.items()
    ]
    return render_template(
        "enforcement/my_tasks.html", page=page, views=tabs, showing=presenting, today=today
    )


def _sum(counts: dict[TaskState, int], view: str) -> int:
    return sum(counts.get(state, 0) for state in TASK_VIEWS[view][1])
