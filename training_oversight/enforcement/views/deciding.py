"""Convening, setting aside and concluding a case: each an own page that says whom it tells."""

from __future__ import annotations

from datetime import date
from typing import cast

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.enforcement import messages, presenting, queries, service
from training_oversight.enforcement.forms import ConcludeForm, ConveneForm, ReasonForm
from training_oversight.enforcement.views.blueprint import bp, form_for
from training_oversight.enforcement.workflow import CaseVerb, TaskState
from training_oversight.ledger import presenting as ledger_showing
from training_oversight.ledger.models import OWED
from training_oversight.texts import Counted, Text
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered, answered_on


@bp.route("/<int:case_id>/convene", methods=["GET", "POST"])
@requires(Permission.CONVENE_CASE)
def convene(case_id: int) -> ResponseReturnValue:
    session, officer = current_session(), current_officer()
    case = queries.case_for(session, officer, case_id)
    drafted = queries.standing_tasks(session, case.id, states=(TaskState.DRAFTED,))
    acting.opening(case, CaseVerb.CONVENE)
    form = form_for(ConveneForm, case)
    names = "、".join(task.department.name for task in drafted)

    def act(session: Session) -> Done:
        service.convene(
            session,
            case,
            decided_by=form.decided_by.data,
            decided_on=cast(date, form.decided_on.data),
            document=form.document.data,
            **acting.today(form),
        )
        return Done(
            url_for(".show", case_id=case.id),
            Text("Joint enforcement has begun; to be told: %(names)s.", names=names),
            know=[messages.WAIT],
        )

    def page() -> str:
        return render_template(
            "enforcement/confirm.html",
            form=form,
            case=case,
            asked=[(task.department.name, task.asked, "wide") for task in drafted],
            ledger=ledger_showing,
            today=clock.today(),
            items=queries.live_entries(session, case),
            happens=Counted(
                "%(count)s task is released and its time begins.",
                "%(count)s tasks are released and their time begins.",
                count=len(drafted),
            ),
            stays=Text("Each department acts under its own powers; the items keep their limits."),
            tells=names or Text("Nobody: no task is drafted."),
            verb=Text("Convene joint enforcement"),
        )

    return answered(form, act, page)


@bp.route("/<int:case_id>/set-aside", methods=["GET", "POST"])
@requires(Permission.CONVENE_CASE)
def set_aside(case_id: int) -> ResponseReturnValue:
    case = queries.case_for(current_session(), current_officer(), case_id)
    acting.opening(case, CaseVerb.SET_ASIDE)
    form = form_for(ReasonForm, case)

    def act(session: Session) -> Done:
        service.set_aside(session, case, reason=form.reason.data, **acting.today(form))
        return Done(
            url_for(".show", case_id=case.id), Text("%(number)s was set aside.", number=case.number)
        )

    return answered_on(
        form,
        act,
        "enforcement/confirm.html",
        case=case,
        happens=Text(
            "The case ends without asking anybody. For the same limits its items are not "
            "raised again."
        ),
        stays=Text("The items stay on the ledger; a new limit that lapses raises them again."),
        tells=Text("Nobody"),
        verb=Text("Set the case aside"),
        danger=True,
    )


@bp.route("/<int:case_id>/conclude", methods=["GET", "POST"])
@requires(Permission.CONVENE_CASE)
def conclude(case_id: int) -> ResponseReturnValue:
    session, officer = current_session(), current_officer()
    case = queries.case_for(session, officer, case_id)
    unfinished = queries.unfinished_tasks(session, case.id)
    seen = queries.overview(session, [case.id])[case.id]
    names = "、".join(task.department.name for task in unfinished if task.released_on is not None)
    acting.opening(case, CaseVerb.CONCLUDE)
    form = form_for(ConcludeForm, case)

    def act(session: Session) -> Done:
        service.conclude(session, case, conclusion=form.conclusion.data, **acting.today(form))
        return Done(
            url_for(".show", case_id=case.id), Text("%(number)s is concluded.", number=case.number)
        )

    return answered_on(
        form,
        act,
        "enforcement/confirm.html",
        case=case,
        happens=Counted(
            "The case ends; %(count)s unfinished task is cancelled.",
            "The case ends; %(count)s unfinished tasks are cancelled.",
            count=len(unfinished),
        ),
        stays=Text("Reported results stay; items that are still open stay on the ledger."),
        tells=names or Text("Nobody"),
        verb=Text("Conclude the case"),
        danger=bool(unfinished),
        left=presenting.still_open(seen),
        asked=[
            (task.department.name, f"{task.state.label}·{task.asked}", "wide")
            for task in unfinished
        ],
        ledger=ledger_showing,
        today=clock.today(),
        items=[one for one in queries.live_entries(session, case) if one.item.state in OWED],
    )
