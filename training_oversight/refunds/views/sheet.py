"""The sheet with an event's code for families, to be printed and put up."""

from __future__ import annotations

import segno
from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.errors import WrongState
from training_oversight.refunds import codes, queries
from training_oversight.refunds.views.blueprint import bp
from training_oversight.refunds.workflow import EventState
from training_oversight.texts import Text
from training_oversight.web.marks import requires


@bp.route("/events/<int:event_id>/sheet")
@requires(Permission.ENTER_REFUND)
def sheet(event_id: int) -> ResponseReturnValue:
    """The drawing holds the short address with the code; beside it stands what is typed."""
    session = current_session()
    event = queries.event_for(session, current_officer(), event_id)
    if event.state != EventState.OPEN:
        raise WrongState(Text("%(number)s is ended: no family can sign up.", number=event.number))
    scanned = url_for("short.sign_up", code=event.code, _external=True)
    drawn = segno.make(scanned, micro=False, error="m").svg_inline(omitsize=True, svgclass="qr")
    return render_template(
        "refunds/sheet.html",
        event=event,
        drawing=Markup(drawn),
        address=url_for("short.start", _external=True),
        code=codes.shown(event.code),
        hotline=accounts.authority(session, event.authority_id).hotline,
    )
