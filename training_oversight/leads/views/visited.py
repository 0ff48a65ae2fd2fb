"""确认为无证场所: from the visit that followed the lead."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts import acting
from training_oversight.accounts.permissions import Permission
from training_oversight.errors import Blocked
from training_oversight.leads import presenting, service
from training_oversight.leads.forms import ConfirmForm
from training_oversight.leads.views.blueprint import bp, found
from training_oversight.texts import Text
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_on

HAPPENS = Text(
    "The register marks it as a place without a permit, of the day of the visit. Stopping it takes "
    "a notice that rests on what the visit found."
)


@bp.route("/<int:lead_id>/unlicensed", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTRY)
def unlicensed(lead_id: int) -> ResponseReturnValue:
    lead = found(lead_id)
    if request.method == "GET":
        for sentence in service.obstacles(lead):
            raise Blocked(sentence)
    form = ConfirmForm(data={"version": lead.version})

    def act(session: Session) -> Done:
        service.confirm_unlicensed(session, lead, note=form.reason.data or "", **acting.today(form))
        said = Text("Confirmed: %(name)s has no permit.", name=lead.where)
        return Done(url_for("registry.show", institution_id=lead.institution_id), said)

    return answered_on(
        form,
        act,
        "leads/step.html",
        lead=lead,
        verb=presenting.CONFIRM,
        happens=HAPPENS,
        showing=presenting,
    )
