"""What is noted of the supervised account, and what the families of an event are told."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.errors import NotFound
from training_oversight.refunds import queries, service
from training_oversight.refunds.forms import AnnounceForm, BalanceForm, ReasonForm
from training_oversight.refunds.views.blueprint import bp
from training_oversight.texts import Text
from training_oversight.web.forms import given
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_on


@bp.route("/events/<int:event_id>/balance", methods=["GET", "POST"])
@requires(Permission.ENTER_REFUND)
def balance(event_id: int) -> ResponseReturnValue:
    officer = current_officer()
    found = queries.event_for(current_session(), officer, event_id)
    form = BalanceForm()

    def act(session: Session) -> Done:
        service.note_balance(
            session,
            found,
            as_of=given(form.as_of.data),
            fen=given(form.fen.data),
            source=form.source.data,
            by=officer,
            today=clock.today(),
        )
        return Done(url_for(".event", event_id=found.id), Text("The balance is noted."))

    return answered_on(
        form,
        act,
        "refunds/event_step.html",
        event=found,
        happens=Text("The balance stands beside the total of the event, with its day and source."),
        verb=Text("Note the balance"),
    )


@bp.route("/events/<int:event_id>/announce", methods=["GET", "POST"])
@requires(Permission.MANAGE_REFUND)
def announce(event_id: int) -> ResponseReturnValue:
    officer = current_officer()
    found = queries.event_for(current_session(), officer, event_id)
    form = AnnounceForm()

    def act(session: Session) -> Done:
        service.announce(session, found, text=form.text.data, by=officer, today=clock.today())
        return Done(url_for(".event", event_id=found.id), Text("The families can read it now."))

    return answered_on(
        form,
        act,
        "refunds/event_step.html",
        event=found,
        happens=Text("It stands on the pages that the codes of the families open."),
        tells=Text("Every family of the event that opens its page"),
        verb=Text("Tell the families"),
    )


@bp.route(
    "/events/<int:event_id>/announcements/<int:announcement_id>/take-back", methods=["GET", "POST"]
)
@requires(Permission.MANAGE_REFUND)
def take_back(event_id: int, announcement_id: int) -> ResponseReturnValue:
    session, officer = current_session(), current_officer()
    found = queries.event_for(session, officer, event_id)
    told = queries.announcements(session, found.id)
    one = next((each for each in told if each.id == announcement_id), None)
    if one is None:
        raise NotFound
    form = ReasonForm()

    def act(session: Session) -> Done:
        service.take_back(
            session, found, one, reason=form.reason.data, by=officer, today=clock.today()
        )
        return Done(
            url_for(".event", event_id=found.id), Text("The families do not read it any more.")
        )

    return answered_on(
        form,
        act,
        "refunds/event_step.html",
        event=found,
        happens=Text("Families do not read it any more; who has read it has read it."),
        stays=one.text,
        verb=Text("Take the announcement back"),
        danger=True,
    )
