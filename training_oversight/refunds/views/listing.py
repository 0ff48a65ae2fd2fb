"""The families of an event from a list."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.errors import BadInput, TooLarge
from training_oversight.refunds import lists, queries, service
from training_oversight.refunds.forms import ListForm
from training_oversight.refunds.lists import Line
from training_oversight.refunds.views.blueprint import bp, choices, chosen, formulas
from training_oversight.texts import Counted
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_after


@bp.route("/events/<int:event_id>/list", methods=["GET", "POST"])
@requires(Permission.ENTER_REFUND)
def enter_list(event_id: int) -> ResponseReturnValue:
    officer = current_officer()
    event = queries.event_for(current_session(), officer, event_id)
    known = formulas(event.authority_id)
    form = ListForm()
    form.formula_id.choices = choices(known)

    def read() -> list[Line] | None:
        try:
            sent = form.file.data
            return lists.lines_of(sent.read(), sent.filename, chosen(known, form.formula_id.data))
        except (BadInput, TooLarge) as error:
            form.refuse(BadInput(error.text, {"file": error.text}))
            return None

    def act(session: Session, lines: list[Line]) -> Done:
        outcome = service.enter_list(session, event, lines, by=officer, today=clock.today())
        said = Counted(
            "%(entered)s family entered, %(unchanged)s unchanged, %(returned)s returned.",
            "%(entered)s families entered, %(unchanged)s unchanged, %(returned)s returned.",
            entered=outcome.entered,
            unchanged=outcome.unchanged,
            returned=len(outcome.returned),
        )
        if not outcome.returned:
            return Done(url_for(".event", event_id=event.id), said)
        return Done(
            url_for(".event", event_id=event.id),
            instead=lambda: render_template(
                "refunds/returned.html", event=event, said=said, returned=outcome.returned
            ),
        )

    return answered_after(
        form,
        read,
        act,
        lambda: render_template("refunds/list.html", form=form, event=event, names=lists.SPELLINGS),
    )
