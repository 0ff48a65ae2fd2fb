"""On the spot, phone in hand: answers, position, photos, problems, the end of the visit."""

from __future__ import annotations

import flask
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.orm import Session

from training_oversight import clock, database
from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session, transaction
from training_oversight.errors import BadInput, OversightError
from training_oversight.files import service as files
from training_oversight.files.models import Attachment
from training_oversight.inspections import presenting, queries, service
from training_oversight.inspections.forms import (
    ANSWERS,
    AnswersForm,
    NotPossibleForm,
    PhotosForm,
    PlaceForm,
    finish_form,
    member,
)
from training_oversight.inspections.models import Answer, Finding, NotPossible, Visit
from training_oversight.inspections.service import ClosingWords
from training_oversight.inspections.service.on_site import why_field
from training_oversight.inspections.views import preparing
from training_oversight.inspections.views.blueprint import bp
from training_oversight.inspections.workflow import VisitState, VisitVerb
from training_oversight.texts import Counted, Text
from training_oversight.web.contributions import Panel, contributions
from training_oversight.web.forms import OversightForm, given
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered

SAVED = Text("The answers are saved.")


def loaded(visit_id: int) -> Visit:
    return queries.visit(current_session(), visit_id, current_officer().scope)


@bp.route("/<int:visit_id>/start", methods=["POST"])
@requires(Permission.LOG_VISIT)
def start(visit_id: int) -> ResponseReturnValue:
    visit, form = loaded(visit_id), OversightForm()
    with transaction() as session:
        service.start(session, visit, by=current_officer(), version=form.seen_version)
    return flask.redirect(url_for(".inspect", visit_id=visit_id))


@bp.route("/<int:visit_id>/inspect", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def inspect(visit_id: int) -> ResponseReturnValue:
    """The checklist on the phone. Without script, one button saves the whole page."""
    visit, form = loaded(visit_id), AnswersForm()
    if visit.state is not VisitState.UNDER_WAY:
        return flask.redirect(url_for(".show", visit_id=visit_id))

    def act(session: Session) -> Done:
        sent = preparing.answers_sent(visit.checklist)
        service.save_answers(session, visit, sent, by=current_officer())
        left = queries.unexplained(session, visit)
        first = left[0].code if left else None
        return Done(
            back_of(visit, question=first), SAVED, know=[_still_asked(left)] if left else ()
        )

    return answered(form, act, lambda: _checklist(visit, form))


def _still_asked(left: list[queries.Unexplained]) -> Text:
    return Counted(
        "%(count)s answer “does not comply” has no problem yet.",
        "%(count)s answers “does not comply” have no problem yet.",
        count=len(left),
    )


def _checklist(visit: Visit, form: AnswersForm) -> str:
    answers = {row.item_code: row.answer for row in visit.answers}
    return render_template(
        "inspections/inspect.html",
        visit=visit,
        form=form,
        place=PlaceForm(formdata=None),
        parts=presenting.parts(visit.checklist, answers, visit.findings),
        loose=[one for one in visit.findings if one.checklist_item_code is None],
        answered=len(answers),
        total=len(visit.checklist.items) if visit.checklist else 0,
        answers=ANSWERS,
        status=presenting.finding_status,
        photos=files.attachments(current_session(), "visit", [visit.id])[visit.id],
        pictures=pictures(current_session(), visit.findings),
        panels=panels(visit),
        dwelling=queries.in_dwelling(visit.institution),
        far=queries.is_far(visit),
    )


def panels(visit: Visit) -> list[tuple[Panel[Visit, Officer], Markup]]:
    """What other areas say of the visit, for instance what a re-inspection is to look at."""
    officer, today = current_officer(), clock.today()
    offered = contributions().panels_of(Visit, officer)
    return [(panel, panel.render(visit, officer, today)) for panel in offered]


def pictures(session: Session, found: list[Finding]) -> dict[int, list[Attachment]]:
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

    def act(session: Session) -> Done:
        service.note_position(
            session,
            visit,
            given(form.place),
            accuracy=form.metres,
            source=form.told_by,
            by=current_officer(),
        )
        return Done(url_for(".inspect", visit_id=visit_id), Text("The position is recorded."))

    return answered(
        form, act, lambda: render_template("inspections/position.html", visit=visit, form=form)
    )


@bp.route("/<int:visit_id>/photos", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def photos(visit_id: int) -> ResponseReturnValue:
    visit, form = loaded(visit_id), PhotosForm()

    def act(session: Session) -> Done:
        kept = form.photos.kept
        files.attach(session, visit, kept, by=current_officer())
        return Done(
            back_of(visit),
            Counted("%(count)s file saved.", "%(count)s files saved.", count=len(kept)),
            know=form.photos.refused,
        )

    return answered(
        form,
        act,
        lambda: render_template(
            "inspections/photos.html", visit=visit, form=form, back=back_of(visit)
        ),
    )


def back_of(visit: Visit, *, question: str | None = None) -> str:
    """The page of the visit, at the question that was left."""
    if visit.state is not VisitState.UNDER_WAY:
        return url_for(".show", visit_id=visit.id)
    return url_for(".inspect", visit_id=visit.id, _anchor=f"q-{question}" if question else None)


@bp.route("/<int:visit_id>/finish", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def finish(visit_id: int) -> ResponseReturnValue:
    visit, session = loaded(visit_id), current_session()
    acting.opening(visit, VisitVerb.FINISH)
    unexplained = queries.unexplained(session, visit)
    form = finish_form(unexplained)(obj=visit)

    def act(session: Session) -> Done:
        service.finish(
            session,
            visit,
            by=current_officer(),
            unanswered_reason=form.unanswered_reason.data or "",
            whys={one.code: form[why_field(one.code)].data or "" for one in unexplained},
            words=ClosingWords(**preparing.closing(form)),
            version=form.seen_version,
        )
        return Done(url_for(".show", visit_id=visit_id), Text("The visit is done."))

    return answered(
        form,
        act,
        lambda: render_template(
            "inspections/finish.html",
            visit=visit,
            form=form,
            unexplained=[(one, form[why_field(one.code)]) for one in unexplained],
            unanswered=queries.unanswered(session, visit),
            back=back_of(visit),
        ),
    )


@bp.route("/<int:visit_id>/not-possible", methods=["GET", "POST"])
@requires(Permission.LOG_VISIT)
def not_possible(visit_id: int) -> ResponseReturnValue:
    visit, form = loaded(visit_id), NotPossibleForm()
    acting.opening(visit, VisitVerb.NOT_POSSIBLE)
    if not form.is_submitted():
        form.version.data = visit.version

    def act(session: Session) -> Done:
        files.attach(session, visit, form.photos.kept, by=current_officer())
        again = service.not_possible(
            session,
            visit,
            kind=member(NotPossible, form.kind.data),
            note=form.note.data or "",
            again_on=given(form.again_on.data),
            by=current_officer(),
            today=clock.today(),
            version=form.seen_version,
        )
        return Done(
            url_for(".show", visit_id=visit_id),
            Text("Recorded. The next attempt is planned for %(at)s.", at=again.happened_at),
        )

    return answered(
        form,
        act,
        lambda: render_template(
            "inspections/not_possible.html", visit=visit, form=form, back=back_of(visit)
        ),
    )
