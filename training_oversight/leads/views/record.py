"""The page of a lead, and its photos."""

from __future__ import annotations

import flask
from flask import render_template

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import queries as history
from training_oversight.database import current_session
from training_oversight.files import sending
from training_oversight.files import service as files
from training_oversight.leads import next_steps, presenting
from training_oversight.leads.views.blueprint import bp, found
from training_oversight.web.marks import requires


@bp.route("/<int:lead_id>")
@requires(Permission.VIEW_LEADS)
def show(lead_id: int) -> str:
    session, officer, lead = current_session(), current_officer(), found(lead_id)
    return render_template(
        "leads/show.html",
        lead=lead,
        box=next_steps.box_of(lead, officer),
        photos=files.attachments(session, "lead", [lead.id])[lead.id],
        history=presenting.history_of(history.history(session, lead)),
        reads_register=officer.may(Permission.VIEW_REGISTRY),
        reads_visits=officer.may(Permission.VIEW_VISITS),
        showing=presenting,
        today=clock.today(),
    )


@bp.route("/<int:lead_id>/files/<int:attachment_id>")
@requires(Permission.VIEW_LEADS)
def file(lead_id: int, attachment_id: int) -> flask.Response:
    lead, scope = found(lead_id), current_officer().scope
    return sending.send(
        current_session(), attachment_id, kind="lead", subject_id=lead.id, scope=scope
    )
