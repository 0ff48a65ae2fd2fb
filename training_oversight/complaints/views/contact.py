"""查看联系方式: who called. It asks why, and every look stands in the history."""

from __future__ import annotations

from collections.abc import Mapping

from flask import make_response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.complaints import queries, service
from training_oversight.complaints.forms import LookForm
from training_oversight.complaints.models import Complaint, ComplaintContact
from training_oversight.complaints.service.looking import ONLY
from training_oversight.complaints.views.blueprint import bp, form_for, found, headed, page_of
from training_oversight.errors import NotPermitted
from training_oversight.texts import Text
from training_oversight.vault.sealing import is_lost
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_on

HEADING = Text("Show the contact")


@bp.route("/<int:complaint_id>/contact", methods=["GET", "POST"])
@requires(Permission.VIEW_COMPLAINTS)
def contact(complaint_id: int) -> ResponseReturnValue:
    """Shown once, in the answer to the form: no address leads to it, nothing keeps it."""
    complaint = found(complaint_id)
    if not queries.may_see_reporter(current_officer(), complaint):
        raise NotPermitted(ONLY)
    form = form_for(LookForm, complaint)

    def act(session: Session) -> Done:
        opened = service.look(session, complaint, why=form.why.data, by=current_officer())
        shown = _shown(opened)
        return Done(page_of(complaint), instead=lambda: _once(complaint, shown))

    return answered_on(
        form,
        act,
        "complaints/step.html",
        explains=Text("Looking leaves a record: who, when and why."),
        **headed(HEADING, complaint),
    )


def _shown(opened: ComplaintContact | None) -> Mapping[str, str | None] | None:
    """The texts, read while the transaction is open; nothing where one is lost."""
    if opened is None:
        return None
    held = {"name": opened.name, "phone": opened.phone, "reach": opened.reach}
    return {name: None if is_lost(text) else (text or "") for name, text in held.items()}


def _once(complaint: Complaint, shown: Mapping[str, str | None] | None) -> ResponseReturnValue:
    page = render_template("complaints/contact.html", shown=shown, **headed(HEADING, complaint))
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer
