"""On the spot, phone in hand: answers, position, photos, problems, the end of the visit."""

from __future__ import annotations

from typing import Any

import flask
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock, database
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue.models import ViolationType
from training_oversight.database import current_session, transaction
from training_oversight.errors import BadInput, NotFound, OversightError
from training_oversight.files import service as files
from training_oversight.inspections import presenting, queries, service
from training_oversight.inspections.forms import (
    ANSWERS,
    AnswersForm,
    FinishForm,
    NotPossibleForm,
    PhotosForm,
    PlaceForm,
    ProblemForm,
    member,
)
from training_oversight.inspections.models import Answer, Finding, NotPossible, Visit
from training_oversight.inspections.service import ClosingWords, Handling
from training_oversight.inspections.views import preparing
from training_oversight.inspections.views.blueprint import bp
from training_oversight.inspections.workflow import FindingState, VisitState
from training_oversight.texts import Text
from training_oversight.web.marks import requires


def loaded(visit_id: int) -> Visit:
    return queries.visit(current_session(), visit_id, current_officer().scope)


@bp.route("/<int:visit_id>/start", methods=["POST"])
@requires(Permission.LOG_VISIT)
def start(visit_id: int) -> ResponseReturnValue:
    visit = loaded(visit_id)
    with transaction() as session:
        service.start(session, visit, by=current_officer())
    return flask.redirect(url_for(".inspect", visit_id=visit_id))


@bp.route("/<int:visit_id>/inspect", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def inspect(visit_id: int) -> ResponseReturnValue:
    """The checklist on the phone. Without script, one button saves the whole page."""
    visit, form = loaded(visit_id), AnswersForm()
    if visit.state is not VisitState.UNDER_WAY:
        return flask.redirect(url_for(".show", visit_id=visit_id))
    if form.accepted():
        sent = preparing.answers_sent(visit.checklist)
        with form.saving() as session:
            service.save_answers(session, visit, sent, by=current_officer())
            form.done(url_for(".inspect", visit_id=visit_id), Text("The answers are saved."))
        if form.response:
            return form.response
    answers = {row.item_code: row.answer for row in visit.answers}
    page = render_template(
        "inspections/inspect.html",
        visit=visit,
        form=form,
        parts=presenting.parts(visit.checklist, answers, visit.findings),
        loose=[one for one in visit.findings if one.checklist_item_code is None],
        answered=len(answers),
        total=len(visit.checklist.items) if visit.checklist else 0,
        answers=ANSWERS,
        status=presenting.finding_status,
        photos=files.attachments(current_session(), "visit", [visit.id])[visit.id],
        pictures=pictures(current_session(), visit.findings),
        dwelling=queries.in_dwelling(visit.institution),
        far=queries.is_far(visit),
    )
    return page, form.status


def pictures(session: Session, found: list[Finding]) -> dict[int, list[Any]]:
    """The files of findings, by finding."""
    return files.attachments(session, "finding", [one.id for one in found])


@bp.route("/<int:visit_id>/answers", methods=["POST"])
@requires(Permission.LOG_VISIT)
def answers(visit_id: int) -> ResponseReturnValue:
    """One answer, at once. Says when it was saved, or why it was not."""
    visit = loaded(visit_id)
    try:
        answer = _answer(request.form.get("answer", ""))
        with transaction() as session:
            item = request.form.get("item", "")
            service.save_answer(session, visit, item, answer, by=current_officer())
            at, count = database.instant(session), len(queries.answers(session, visit))
    except OversightError as error:
        return {"sentence": str(error.text)}, int(error.status)
    return {"saved_at": f"{clock.local(at):%H:%M}", "answered": count}


def _answer(value: str) -> Answer:
    for answer in Answer:
        if answer.value == value:
            return answer
    raise BadInput(Text("“%(value)s” is not an answer.", value=value))


@bp.route("/<int:visit_id>/position", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def position(visit_id: int) -> ResponseReturnValue:
    """Where the inspectors stand, found by the device or typed."""
    visit, form = loaded(visit_id), PlaceForm()
    if form.accepted() and form.position.data:
        with form.saving() as session:
            service.note_position(
                session,
                visit,
                form.position.data,
                accuracy=form.metres,
                source=form.told_by,
                by=current_officer(),
            )
            form.done(url_for(".inspect", visit_id=visit_id), Text("The position is recorded."))
        if form.response:
            return form.response
    return render_template("inspections/position.html", visit=visit, form=form), form.status


@bp.route("/<int:visit_id>/photos", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def photos(visit_id: int) -> ResponseReturnValue:
    visit, form = loaded(visit_id), PhotosForm()
    if form.accepted():
        kept = preparing.kept(form, request.files.getlist("photos"))
        if kept is not None:
            with form.saving() as session:
                files.attach(session, visit, kept, by=current_officer())
                form.done(_back(visit), Text("%(count)s files saved.", count=len(kept)))
            if form.response:
                return form.response
    page = render_template("inspections/photos.html", visit=visit, form=form, back=_back(visit))
    return page, form.status


def _back(visit: Visit) -> str:
    page = ".inspect" if visit.state is VisitState.UNDER_WAY else ".show"
    return url_for(page, visit_id=visit.id)


@bp.route("/<int:visit_id>/problems/new", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def new_problem(visit_id: int) -> ResponseReturnValue:
    """A problem of the visit, usually from the question that found it."""
    visit, form = loaded(visit_id), ProblemForm()
    item = _question(visit, request.args.get("item"))
    session = current_session()
    preparing.offer_violations(session, [form.violation_type_id])
    if item and not form.is_submitted():
        _preselect(session, form, item)
    if form.accepted():
        kept = preparing.kept(form, request.files.getlist("photos"))
        if kept is not None:
            with form.saving() as saving:
                finding = _found(saving, visit, form, item)
                files.attach(saving, finding, kept, by=current_officer())
                form.done(_back(visit), Text("The problem is saved."))
            if form.response:
                return form.response
    return _problem_page(visit, form, item, None), form.status


def _question(visit: Visit, code: str | None) -> dict[str, Any] | None:
    items = visit.checklist.items if visit.checklist else []
    return next((item for item in items if item["code"] == code), None)


def _preselect(session: Session, form: Any, item: dict[str, Any]) -> None:
    """The violation type that the checklist names for the question."""
    codes = [item.get("violation_type") or ""]
    for choice in form.violation_type_id.choices:
        kind = session.get(ViolationType, choice.value)
        if kind is not None and kind.code in codes:
            form.violation_type_id.data = kind.id
            form.severity.data = kind.severity.value


def _found(session: Session, visit: Visit, form: Any, item: dict[str, Any] | None) -> Finding:
    officer, today = current_officer(), clock.today()
    code = item["code"] if item else None
    if code and visit.state is VisitState.UNDER_WAY:
        service.save_answer(session, visit, code, Answer.NO, by=officer)
    told = preparing.problem(session, form, item=code)
    on = clock.day_of(visit.happened_at)
    return service.add_drafted(session, visit, told, by=officer, today=today, on=on)


def _problem_page(
    visit: Visit, form: Any, item: dict[str, Any] | None, finding: Finding | None
) -> str:
    number = visit.findings.index(finding) + 1 if finding else len(visit.findings) + 1
    return render_template(
        "inspections/problem.html",
        visit=visit,
        form=form,
        item=item,
        finding=finding,
        number=number,
        back=_back(visit),
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
    preparing.offer_violations(current_session(), [form.violation_type_id])
    item = _question(visit, finding.checklist_item_code)
    if form.accepted():
        kept = preparing.kept(form, request.files.getlist("photos"))
        if kept is not None:
            with form.saving() as session:
                told = preparing.problem(session, form)
                officer = current_officer()
                files.attach(session, finding, kept, by=officer)
                service.change_finding(
                    session, finding, told, by=officer, version=form.seen_version
                )
                form.done(_back(visit), Text("The problem is saved."))
            if form.response:
                return form.response
    return _problem_page(visit, form, item, finding), form.status


@bp.route("/<int:visit_id>/finish", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def finish(visit_id: int) -> ResponseReturnValue:
    visit = loaded(visit_id)
    form = FinishForm(obj=visit)
    if form.accepted():
        with form.saving() as session:
            service.finish(
                session,
                visit,
                by=current_officer(),
                unanswered_reason=form.unanswered_reason.data or "",
                words=ClosingWords(**preparing.closing(form)),
                version=form.seen_version,
            )
            form.done(url_for(".show", visit_id=visit_id), Text("The visit is done."))
        if form.response:
            return form.response
    page = render_template(
        "inspections/finish.html",
        visit=visit,
        form=form,
        unanswered=queries.unanswered(current_session(), visit),
        back=_back(visit),
    )
    return page, form.status


@bp.route("/<int:visit_id>/not-possible", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def not_possible(visit_id: int) -> ResponseReturnValue:
    visit, form = loaded(visit_id), NotPossibleForm()
    if not form.is_submitted():
        form.version.data = visit.version
    if form.accepted() and form.again_on.data:
        with form.saving() as session:
            again = service.not_possible(
                session,
                visit,
                kind=member(NotPossible, form.kind.data),
                note=form.note.data or "",
                again_on=form.again_on.data,
                by=current_officer(),
                today=clock.today(),
                version=form.seen_version,
            )
            form.done(
                url_for(".show", visit_id=visit_id),
                Text("Recorded. The next attempt is planned for %(at)s.", at=again.happened_at),
            )
        if form.response:
            return form.response
    page = render_template(
        "inspections/not_possible.html", visit=visit, form=form, back=_back(visit)
    )
    return page, form.status
