"""Pages: asking the 12345 centre for more time or to take an order back, and what it said."""

from __future__ import annotations

from datetime import date
from typing import TypeVar, cast

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.complaints import queries
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.workflow import ComplaintVerb
from training_oversight.database import current_session
from training_oversight.errors import WrongState
from training_oversight.orders import asked, service
from training_oversight.orders.forms import CentreAnswerForm, ExtensionForm, PressForm, ReturnForm
from training_oversight.orders.views.blueprint import bp
from training_oversight.texts import Text
from training_oversight.web.forms import OversightForm
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_on

EXTENSION = Text("Ask the centre for more time")
RETURN = Text("Ask the centre to take it back")
ANSWER = Text("Enter the centre's answer")
RUNS_ON = Text("The centre decides; the limit runs on meanwhile.")
TEMPLATE = "orders/step.html"
Form = TypeVar("Form", bound=OversightForm)


@bp.route("/<int:complaint_id>/centre/extension", methods=["GET", "POST"])
@requires(Permission.ASSIGN_COMPLAINT)
def extension(complaint_id: int) -> ResponseReturnValue:
    complaint = _found(complaint_id)
    form = _form(ExtensionForm, complaint)

    def act(session: Session) -> Done:
        service.ask_extension(
            session,
            complaint,
            wanted_on=cast(date, form.wanted_on.data),
            ground=form.ground.data,
            **acting.today(form),
        )
        return Done(_page_of(complaint), Text("Asked. The limit runs on until the centre agrees."))

    return answered_on(
        form, act, TEMPLATE, complaint=complaint, verb=EXTENSION, explains=RUNS_ON,
        due_on=asked.answer_due(complaint),
    )  # fmt: skip


@bp.route("/<int:complaint_id>/centre/return", methods=["GET", "POST"])
@requires(Permission.ASSIGN_COMPLAINT)
def return_(complaint_id: int) -> ResponseReturnValue:
    complaint = _found(complaint_id)
    form = _form(ReturnForm, complaint)

    def act(session: Session) -> Done:
        service.ask_return(session, complaint, ground=form.ground.data, **acting.today(form))
        return Done(
            _page_of(complaint), Text("Asked. The order stays ours until the centre agrees.")
        )

    return answered_on(form, act, TEMPLATE, complaint=complaint, verb=RETURN, explains=RUNS_ON)


@bp.route("/<int:complaint_id>/centre/answer", methods=["GET", "POST"])
@requires(Permission.ASSIGN_COMPLAINT)
def answer(complaint_id: int) -> ResponseReturnValue:
    complaint = _found(complaint_id)
    request = asked.open_request(complaint)
    if request is None:
        raise WrongState(Text("Nothing was asked of the centre that it has not answered."))
    form = _form(CentreAnswerForm, complaint)
    if request.wanted_on is None:
        del form.until

    def act(session: Session) -> Done:
        service.enter_answer(
            session,
            complaint,
            result=form.result.data,
            words=form.words.data,
            decided_on=cast(date, form.decided_on.data),
            until=form.until.data if "until" in form else None,
            **acting.today(form),
        )
        return Done(_page_of(complaint), Text("The centre's answer is entered."))

    return answered_on(form, act, TEMPLATE, complaint=complaint, verb=ANSWER, request_of=request)


@bp.route("/<int:complaint_id>/centre/give-up", methods=["GET", "POST"])
@requires(Permission.ASSIGN_COMPLAINT)
def give_up(complaint_id: int) -> ResponseReturnValue:
    complaint = _found(complaint_id)
    acting.opening(complaint, ComplaintVerb.GIVE_UP)
    form = _form(PressForm, complaint)

    def act(session: Session) -> Done:
        service.give_up(session, complaint, **acting.today(form))
        return Done(_page_of(complaint), Text("The order is back with the centre."))

    return answered_on(
        form, act, TEMPLATE, complaint=complaint, verb=ComplaintVerb.GIVE_UP.label, danger=True
    )


def _found(complaint_id: int) -> Complaint:
    return queries.complaint_for(current_session(), current_officer(), complaint_id)


def _form(kind: type[Form], complaint: Complaint) -> Form:
    """With the version of the order that is being looked at."""
    return kind(data={"version": complaint.version})


def _page_of(complaint: Complaint) -> str:
    return url_for("complaints.show", complaint_id=complaint.id)
