"""The refunds of an event as a table, without the families or, with a reason, with them."""

from __future__ import annotations

import flask
from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.refunds import queries, service, tables
from training_oversight.refunds.forms import TableForm
from training_oversight.refunds.views.blueprint import bp, form_for
from training_oversight.texts import Text
from training_oversight.web import downloads
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_on

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.route("/events/<int:event_id>/table", methods=["GET", "POST"])
@requires(Permission.ENTER_REFUND)
def table(event_id: int) -> ResponseReturnValue:
    event = queries.event_for(current_session(), current_officer(), event_id)
    form = form_for(TableForm, event)

    def act(session: Session) -> Done:
        named = bool(form.named.data)
        refunds = queries.all_of_event(session, event.id, named=named)
        service.take_out(
            session, event, rows=len(refunds), named=named, why=form.why.data, **acting.by(form)
        )
        content = tables.workbook(refunds, named=named)

        def sent() -> ResponseReturnValue:
            answer = flask.send_file(content, mimetype=WORKBOOK)
            return downloads.kept(answer, f"{event.number}.xlsx")

        return Done(url_for(".event", event_id=event.id), instead=sent)

    return answered_on(
        form,
        act,
        "refunds/event_step.html",
        event=event,
        happens=Text("The table leaves the office; who took it out, when and why is recorded."),
        stays=Text("Pupils are named in no table."),
        verb=Text("Take the table out"),
    )
