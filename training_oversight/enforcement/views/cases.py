"""The record of a case, opening one by hand, and what is in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Department
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.enforcement import next_steps, presenting, queries, service
from training_oversight.enforcement.forms import ItemsForm, OpenForm, ReasonForm
from training_oversight.enforcement.models import JointCaseItem, Trigger
from training_oversight.enforcement.views.blueprint import (
    bp,
    department_choices,
    form_for,
)
from training_oversight.enforcement.workflow import PREPARERS, CaseState, TaskVerb
from training_oversight.errors import NotFound
from training_oversight.files import service as files
from training_oversight.ledger import presenting as ledger_showing
from training_oversight.ledger.models import RectificationItem
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web import safe_request
from training_oversight.web.marks import requires
from training_oversight.web.messages import flash
from training_oversight.web.steps import Done, answered_on

One = TypeVar("One")


@bp.route("/<int:case_id>")
@requires(Permission.VIEW_CASES)
def show(case_id: int) -> ResponseReturnValue:
    session, officer, today = current_session(), current_officer(), clock.today()
    case = queries.case_for(session, officer, case_id)
    tasks = queries.all_tasks(session, case.id)
    seen = queries.overview(session, [case.id])[case.id]
    events = queries.history(session, case, tasks)
    return render_template(
        "enforcement/show.html",
        case=case,
        tasks=tasks,
        moves={task.id: next_steps.task_moves(task, officer) for task in tasks},
        files=files.attachments(session, "joint_task", [task.id for task in tasks]),
        liaisons=queries.liaisons(session, [task.department_id for task in tasks], today),
        returned={one.subject_id: one for one in reversed(events) if one.verb == TaskVerb.RETURN},
        items=queries.live_entries(session, case),
        box=next_steps.case_box(case, seen, officer),
        seen=seen,
        history=presenting.history_of(events, tasks),
        late=presenting.late_tag(tasks, today),
        may_prepare=officer.may_any(PREPARERS) and case.state != CaseState.CONCLUDED,
        showing=presenting,
        ledger=ledger_showing,
        states=CaseState,
        today=today,
    )


TRIGGERS = {trigger.value: trigger for trigger in Trigger}


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.RAISE_CASE)
def open_case() -> ResponseReturnValue:
    session, officer, today = current_session(), current_officer(), clock.today()
    place = _institution(session)
    live = queries.live_case(session, place.id)
    if live is not None and request.method == "GET":
        flash(Text("This institution has a case already; put more into it here."), "know")
        return redirect(url_for(".show", case_id=live.id))
    items = queries.items_to_choose(session, officer, place.id)
    overdue = [item.id for item in items if item.is_overdue(today)]
    wanted = asked_for() or overdue
    form = OpenForm(data={"trigger": _known(overdue), "items": wanted})
    form.trigger.choices = Trigger.choices()
    form.items.choices = _item_choices(items)
    form.departments.choices = department_choices(place.authority_id)

    def act(session: Session) -> Done:
        made = service.open_by_hand(
            session,
            place,
            trigger=TRIGGERS[form.trigger.data],
            summary=form.summary.data,
            items=_chosen(session, RectificationItem, form.items.data),
            departments=_chosen(session, Department, form.departments.data),
            asked=form.asked.data,
            by=officer,
            today=today,
        )
        return Done(
            url_for(".show", case_id=made.id),
            Text("%(number)s is waiting for its decision.", number=made.number),
        )

    return answered_on(form, act, "enforcement/open.html", institution=place)


def _institution(session: Session) -> Institution:
    found = session.get(Institution, request.args.get("institution", 0, type=int))
    if found is None or not current_officer().scope.covers(found.division_path):
        raise NotFound
    return found


def asked_for() -> list[int]:
    """Items that were ticked on the ledger before."""
    return safe_request.keys(request.args.getlist("item"))


def _known(overdue: list[int]) -> Trigger | None:
    """What the ledger itself says; everything else the officer has to say."""
    return Trigger.OVERDUE if overdue else None


def _item_choices(items: Sequence[RectificationItem]) -> list[tuple[object, object]]:
    return [
        (item.id, Text("%(number)s %(title)s", number=item.number, title=item.title))
        for item in items
    ]


def _chosen(session: Session, model: type[One], keys: list[int]) -> list[One]:
    return [session.get_one(model, key) for key in keys or []]


@bp.route("/<int:case_id>/items", methods=["GET", "POST"])
@requires(*PREPARERS)
def add_items(case_id: int) -> ResponseReturnValue:
    session, officer = current_session(), current_officer()
    case = queries.case_for(session, officer, case_id)
    form = form_for(ItemsForm, case, items=asked_for())
    form.items.choices = _item_choices(
        queries.items_to_choose(session, officer, case.institution_id)
    )

    def act(session: Session) -> Done:
        service.add_items(
            session,
            case,
            _chosen(session, RectificationItem, form.items.data),
            **acting.today(form),
        )
        return Done(url_for(".show", case_id=case.id), Text("The items are in the case."))

    return answered_on(form, act, "enforcement/items.html", case=case)


@bp.route("/<int:case_id>/items/<int:entry_id>/remove", methods=["GET", "POST"])
@requires(*PREPARERS)
def remove_item(case_id: int, entry_id: int) -> ResponseReturnValue:
    session, officer = current_session(), current_officer()
    case = queries.case_for(session, officer, case_id)
    entry = session.get(JointCaseItem, entry_id)
    if entry is None or entry.case_id != case.id:
        raise NotFound
    form = ReasonForm()
    number = entry.item.number

    def act(session: Session) -> Done:
        service.remove_item(
            session, case, entry, reason=form.reason.data, by=officer, today=clock.today()
        )
        return Done(
            url_for(".show", case_id=case.id),
            Text("%(number)s is not in the case any more.", number=number),
        )

    return answered_on(
        form,
        act,
        "enforcement/confirm.html",
        heading=Text("Take %(number)s out of the case", number=number),
        case=case,
        happens=Text("The item leaves the case. For the same limit it is not raised again."),
        stays=Text("It stays on the ledger with its limit; what was asked stays as it is."),
        verb=Text("Take the item out"),
    )
