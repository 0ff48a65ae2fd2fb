"""The problems of a visit, from the question that found them."""

from __future__ import annotations

import flask
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.errors import NotFound
from training_oversight.files import service as files
from training_oversight.inspections import presenting, service
from training_oversight.inspections.forms import (
    ProblemForm,
)
from training_oversight.inspections.models import Answer, Finding, Visit
from training_oversight.inspections.service import Handling
from training_oversight.inspections.views import preparing
from training_oversight.inspections.views.blueprint import bp
from training_oversight.inspections.views.field import back_of, loaded, pictures
from training_oversight.inspections.workflow import FindingState, VisitState
from training_oversight.texts import Text
from training_oversight.web.forms import OversightForm
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered


@bp.route("/<int:visit_id>/problems/new", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def new_problem(visit_id: int) -> ResponseReturnValue:
    """A problem of the visit, usually from the question that found it."""
    visit = loaded(visit_id)
    # 当场改正 was pressed for it; else what is done about it is as the form begins.
    form = ProblemForm(data={"handling": request.args.get("handling", Handling.LEDGER.value)})
    item = _question(visit, request.args.get("item"))
    _offer_violations(form, item)

    def act(saving: Session) -> Done:
        finding = _found(saving, visit, form, item)
        files.attach(saving, finding, form.photos.kept, by=current_officer())
        return Done(_back(visit, item), Text("The problem is saved."))

    return answered(form, act, lambda: _problem_page(visit, form, item, None))


def _back(visit: Visit, item: dict[str, str] | None) -> str:
    """The question that found it, or the end of the visit where that asked for it."""
    if request.args.get("after") == "finish" and visit.state is VisitState.UNDER_WAY:
        return url_for(".finish", visit_id=visit.id)
    return back_of(visit, question=item["code"] if item else None)


def _question(visit: Visit, code: str | None) -> dict[str, str] | None:
    items = visit.checklist.items if visit.checklist else []
    return next((item for item in items if item["code"] == code), None)


def _offer_violations(form: OversightForm, item: dict[str, str] | None) -> None:
    """What the checklist names for the question stands first; choosing it is for the officer."""
    suggested = item.get("violation_type") if item else None
    fields = [form.violation_type_id]
    preparing.offer_violations(current_session(), fields, suggested=suggested)


def _found(
    session: Session, visit: Visit, form: OversightForm, item: dict[str, str] | None
) -> Finding:
    officer, today = current_officer(), clock.today()
    code = item["code"] if item else None
    if code and visit.state is VisitState.UNDER_WAY:
        service.save_answer(session, visit, code, Answer.NO, by=officer)
    told = preparing.problem(session, form, item=code)
    on = clock.day_of(visit.happened_at)
    return service.add_drafted(session, visit, told, by=officer, today=today, on=on)


def _problem_page(
    visit: Visit, form: object, item: dict[str, str] | None, finding: Finding | None
) -> str:
    number = visit.findings.index(finding) + 1 if finding else len(visit.findings) + 1
    return render_template(
        "inspections/problem.html",
        visit=visit,
        form=form,
        item=item,
        phrases=presenting.phrases(item),
        finding=finding,
        number=number,
        back=_back(visit, item),
        pictures=pictures(current_session(), [finding])[finding.id] if finding else [],
    )


@bp.route("/<int:visit_id>/problems/<int:finding_id>", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def problem(visit_id: int, finding_id: int) -> ResponseReturnValue:
    """Correct a problem that nobody has decided on yet."""
    visit = loaded(visit_id)
    finding = next((one for one in visit.findings if one.id == finding_id), None)
    if finding is None:
        raise NotFound
    if finding.state is not FindingState.PENDING:
        return flask.redirect(url_for(".finding", finding_id=finding_id))
    form = ProblemForm(obj=finding, data={"handling": Handling.LEDGER.value})
    item = _question(visit, finding.checklist_item_code)
    _offer_violations(form, item)

    def act(session: Session) -> Done:
        told, officer = preparing.problem(session, form), current_officer()
        files.attach(session, finding, form.photos.kept, by=officer)
        service.change_finding(session, finding, told, by=officer, version=form.seen_version)
        return Done(_back(visit, item), Text("The problem is saved."))

    return answered(
        form,
        act,
        lambda: _problem_page(visit, form, item, finding),
    )
