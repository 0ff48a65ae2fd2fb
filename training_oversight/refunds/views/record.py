"""The page of one refund, its proofs, and a look at who the family is."""

from __future__ import annotations

import flask
from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import queries as history
from training_oversight.database import current_session
from training_oversight.files import sending
from training_oversight.files import service as files
from training_oversight.refunds import codes, next_steps, presenting, queries, service
from training_oversight.refunds.forms import WhyForm
from training_oversight.refunds.models import Refund
from training_oversight.refunds.views.blueprint import bp, form_for
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_on

KIND = Refund.__tablename__


@bp.route("/<int:refund_id>")
@requires(Permission.VIEW_REFUNDS)
def show(refund_id: int) -> ResponseReturnValue:
    session, officer = current_session(), current_officer()
    refund = queries.refund_for(session, officer, refund_id)
    proofs = files.attachments(session, KIND, [refund.id])[refund.id]
    return render_template(
        "refunds/show.html",
        refund=refund,
        box=next_steps.box_of(refund, officer),
        proofs={
            part.id: [one for one in proofs if one.part_id == part.id] for part in refund.parts
        },
        history=presenting.history_of(history.history(session, refund)),
        named=officer.may(Permission.ENTER_REFUND),
        may_void=officer.may(Permission.MANAGE_REFUND),
        may_correct=officer.may(Permission.ENTER_REFUND) and refund.state in service.CORRECTABLE,
        code=codes.shown(refund.code),
        showing=presenting,
    )


@bp.route("/<int:refund_id>/files/<int:attachment_id>")
@requires(Permission.ENTER_REFUND)
def file(refund_id: int, attachment_id: int) -> flask.Response:
    session, officer = current_session(), current_officer()
    refund = queries.refund_for(session, officer, refund_id)
    return sending.send(
        session, attachment_id, kind=KIND, subject_id=refund.id, scope=officer.scope
    )


@bp.route("/<int:refund_id>/contact", methods=["GET", "POST"])
@requires(Permission.ENTER_REFUND)
def contact(refund_id: int) -> ResponseReturnValue:
    """Who the family is and how to reach it, shown once to who says what for."""
    session, officer = current_session(), current_officer()
    refund = queries.refund_for(session, officer, refund_id)
    form = form_for(WhyForm, refund)

    def act(session: Session) -> Done:
        service.look(session, refund, why=form.why.data, by=officer)
        return Done(flask.url_for(".show", refund_id=refund.id), instead=shown)

    def shown() -> ResponseReturnValue:
        page = render_template("refunds/contact.html", refund=refund, showing=presenting)
        answer = flask.make_response(page)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return answered_on(form, act, "refunds/look.html", refund=refund)
