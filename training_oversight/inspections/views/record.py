"""The record of a visit: what was seen, by whom, where, and what became of it."""

from __future__ import annotations

import flask
from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import queries as history
from training_oversight.audit import timeline
from training_oversight.database import current_session
from training_oversight.documents import render
from training_oversight.files import sending
from training_oversight.files import service as files
from training_oversight.inspections import presenting, printed, queries, service
from training_oversight.inspections.forms import ApprovalForm, CorrectionForm
from training_oversight.inspections.models import Approval, Finding, Visit
from training_oversight.inspections.views import preparing
from training_oversight.inspections.views.blueprint import bp
from training_oversight.inspections.views.field import loaded, panels, pictures
from training_oversight.inspections.workflow import FindingState, VisitState, VisitVerb
from training_oversight.texts import Counted, Text
from training_oversight.web.components import MoveButton, NextStep
from training_oversight.web.contributions import contributions
from training_oversight.web.forms import given
from training_oversight.web.marks import requires
from training_oversight.web.next_step import first_blue
from training_oversight.web.steps import Done, answered

PAGES = {
    VisitVerb.START: (".start", "post"),
    VisitVerb.FINISH: (".finish", "get"),
    VisitVerb.NOT_POSSIBLE: (".not_possible", "get"),
}


DONE = Text("Nothing is left to do")
APPROVING = {
    Approval.TO_FOLLOW: Text("Have the visit approved afterwards"),
    Approval.UNSTATED: Text("Record the approval of the visit"),
}


@bp.route("/<int:visit_id>")
@requires(Permission.VIEW_VISITS)
def show(visit_id: int) -> str:
    visit, officer, session = loaded(visit_id), current_officer(), current_session()
    events = presenting.worth_telling(history.history(session, visit))
    answers = {row.item_code: row.answer for row in visit.answers}
    notes = {row.item_code: row.note for row in visit.answers}
    return render_template(
        "inspections/show.html",
        visit=visit,
        step=_step(visit),
        status=presenting.visit_status(visit),
        reservations=queries.reservations(visit),
        far=queries.is_far(visit),
        parts=presenting.parts(visit.checklist, answers, visit.findings, notes),
        unanswered=queries.unanswered(session, visit),
        finding_status=presenting.finding_status,
        certificates={row.officer_id: row.certificate_number for row in visit.officer_rows},
        photos=files.attachments(session, "visit", [visit.id])[visit.id],
        pictures=pictures(session, visit.findings),
        entries=timeline.entries(events, presenting.LABELS, presenting.VALUES),
        panels=panels(visit),
        papers=list(printed.VisitPaper),
        may_log=officer.may(Permission.LOG_VISIT),
        like_url=url_for(".plan", institution=visit.institution_id, like=visit.id),
        sees_names=officer.may(Permission.SEE_PERSONAL_DATA),
    )


def _step(visit: Visit) -> NextStep | None:
    """The one box: go on inspecting, decide on problems, get the approval; or nothing."""
    officer = current_officer()
    own, beside = _own(visit, officer), _beside(visit, officer)
    title = _title(visit)
    if own and not _waits(visit):
        return NextStep(own[0].label, _whose(visit), first_blue([*own, *beside]))
    return NextStep(title, _whose(visit), [*own, *beside]) if title or own or beside else None


def _waits(visit: Visit) -> bool:
    """Planned for a later day: it can begin earlier, but nothing asks for it."""
    return visit.state is VisitState.PLANNED and clock.day_of(visit.happened_at) > clock.today()


def _own(visit: Visit, officer: Officer) -> list[MoveButton]:
    """What the visit itself wants of this officer, in its order."""
    if not officer.may(Permission.LOG_VISIT):
        return []
    offered = [_button(visit, move) for move in visit.workflow.offer(officer, visit).open]
    if visit.state is VisitState.UNDER_WAY:
        offered.insert(0, MoveButton(Text("Go on inspecting"), _url(visit, ".inspect")))
    offered += [
        MoveButton(Text("Decide on problem %(number)s", number=number), _finding(one.id))
        for number, one in enumerate(visit.findings, start=1)
        if _to_decide(visit, one)
    ][:3]
    if visit.lacks_approval:
        offered.append(MoveButton(Text("Record the approval"), _url(visit, ".approval")))
    return offered


def _beside(visit: Visit, officer: Officer) -> list[MoveButton]:
    return [
        MoveButton(action.label, action.url(visit))
        for action in contributions().actions_on(Visit, visit, officer)
    ]


def _to_decide(visit: Visit, found: Finding) -> bool:
    return found.state is FindingState.PENDING and visit.state is VisitState.DONE


def _title(visit: Visit) -> Text | None:
    waiting = [one for one in visit.findings if one.state is FindingState.PENDING]
    if visit.state is VisitState.PLANNED:
        return Text("Inspect on %(at)s", at=visit.happened_at)
    if visit.state is VisitState.UNDER_WAY:
        return Text("Finish the visit")
    if waiting:
        return Counted(
            "Decide on %(count)s problem", "Decide on %(count)s problems", count=len(waiting)
        )
    if visit.lacks_approval:
        return APPROVING[visit.approval]
    return DONE if visit.state is VisitState.DONE else None


def _whose(visit: Visit) -> str:
    return "、".join(one.name for one in visit.officers)


def _url(visit: Visit, page: str) -> str:
    return url_for(page, visit_id=visit.id)


def _finding(key: int) -> str:
    return url_for(".finding", finding_id=key)


def _button(visit: Visit, move: object) -> MoveButton:
    page, method = PAGES[move.verb]  # type: ignore[attr-defined]
    return MoveButton(move.label, _url(visit, page), method=method, version=visit.version)  # type: ignore[attr-defined]


@bp.route("/<int:visit_id>/approval", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def approval(visit_id: int) -> ResponseReturnValue:
    visit = loaded(visit_id)
    form = ApprovalForm(obj=visit)

    def act(session: Session) -> Done:
        service.record_approval(
            session,
            visit,
            approved_by_name=form.approved_by_name.data or "",
            approved_on=given(form.approved_on.data),
            by=current_officer(),
            today=clock.today(),
            version=form.seen_version,
        )
        return Done(_url(visit, ".show"), Text("The approval is recorded."))

    return answered(
        form, act, lambda: render_template("inspections/approval.html", visit=visit, form=form)
    )


@bp.route("/<int:visit_id>/correct", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def correct(visit_id: int) -> ResponseReturnValue:
    """What was entered wrongly. What stood before stays in the history."""
    visit = loaded(visit_id)
    form = CorrectionForm(obj=visit)
    preparing.offer(current_session(), form, visit=visit)
    if not form.is_submitted():
        _fill(form, visit)

    def act(session: Session) -> Done:
        told = preparing.draft(
            session,
            form,
            visit.institution,
            happened_at=form.begun(),
            ended_at=form.ended(),
            **form.placed(service.position_of(visit)),
            **preparing.closing(form),
        )
        service.correct(
            session,
            visit,
            told,
            reason=form.reason.data or "",
            by=current_officer(),
            version=form.seen_version,
        )
        return Done(_url(visit, ".show"), Text("Corrected. The history keeps what stood before."))

    return answered(
        form, act, lambda: render_template("inspections/correct.html", visit=visit, form=form)
    )


def _fill(form: CorrectionForm, visit: Visit) -> None:
    begun = clock.local(visit.happened_at)
    form.happened_at.data, form.happened_time.data = begun.date(), begun.time()
    form.ended_at.data = clock.local(visit.ended_at).time() if visit.ended_at else None
    form.position.data = service.position_of(visit)
    form.officers.data = [one.id for one in visit.officers]


@bp.route("/<int:visit_id>/approval.pdf", defaults={"paper": printed.VisitPaper.APPROVAL})
@bp.route("/<int:visit_id>/notice.pdf", defaults={"paper": printed.VisitPaper.NOTICE})
@bp.route("/<int:visit_id>/minutes.pdf", defaults={"paper": printed.VisitPaper.MINUTES})
@bp.route("/<int:visit_id>/result.pdf", defaults={"paper": printed.VisitPaper.RESULT})
@requires(Permission.VIEW_VISITS)
def paper(visit_id: int, paper: printed.VisitPaper) -> flask.Response:
    """One of the four papers, with lines for the signatures; ``blank`` to be filled in by hand."""
    visit, officer, demo = loaded(visit_id), current_officer(), flask.current_app.config["DEMO"]
    content = (
        printed.blank(visit, demo=demo)
        if "blank" in flask.request.args
        else printed.minutes(visit, demo=demo, names=officer.may(Permission.SEE_PERSONAL_DATA))
    )
    answer = flask.Response(render(paper.template, content.to_json()))
    answer.mimetype = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{paper.value}-{visit.id}.pdf"'
    return answer


@bp.route("/<int:visit_id>/files/<int:attachment_id>")
@requires(Permission.VIEW_VISITS)
def file(visit_id: int, attachment_id: int) -> flask.Response:
    visit, scope = loaded(visit_id), current_officer().scope
    return sending.send(
        current_session(), attachment_id, kind="visit", subject_id=visit.id, scope=scope
    )
