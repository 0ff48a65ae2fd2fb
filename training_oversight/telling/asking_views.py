"""向反映人提问: the desk or the handler asks on the tracking page, and reads what came."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.orm import Session

from training_oversight.accounts import acting
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.complaints import queries as complaints
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.workflow import OPEN
from training_oversight.database import current_session
from training_oversight.errors import NotPermitted
from training_oversight.telling import queries, service
from training_oversight.telling.forms import AskForm, ReadForm
from training_oversight.texts import Text
from training_oversight.web.contributions import Action, Panel
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered_on, pressed

bp = Blueprint("asking", __name__, url_prefix="/complaints")
ASK = Text("Ask the reporter")


@bp.route("/<int:complaint_id>/question", methods=["GET", "POST"])
@requires(Permission.ASSIGN_COMPLAINT, Permission.HANDLE_COMPLAINT)
def ask(complaint_id: int) -> ResponseReturnValue:
    complaint = _found(complaint_id)
    form = AskForm(data={"version": complaint.version})

    def act(session: Session) -> Done:
        service.ask(session, complaint, question=form.question.data, **acting.today(form))
        return Done(
            _page_of(complaint),
            Text("Asked. The reporter reads it with code and word; nobody is called."),
        )

    return answered_on(
        form,
        act,
        "telling/ask.html",
        complaint=complaint,
        questions=queries.questions(current_session(), complaint.id),
    )


@bp.route("/<int:complaint_id>/question/read", methods=["POST"])
@requires(Permission.ASSIGN_COMPLAINT, Permission.HANDLE_COMPLAINT)
def read(complaint_id: int) -> ResponseReturnValue:
    complaint, form = _found(complaint_id), ReadForm()

    def act(session: Session) -> Done:
        service.read(session, complaint, **acting.today(form))
        return Done(_page_of(complaint), Text("Marked as read."))

    return pressed(form, act, back=_page_of(complaint))


def _found(complaint_id: int) -> Complaint:
    """Who may not read the reply is told so before anything is typed."""
    complaint = complaints.complaint_for(current_session(), current_officer(), complaint_id)
    if not complaints.may_see_reporter(current_officer(), complaint):
        raise NotPermitted(service.ONLY)
    return complaint


def _page_of(complaint: Complaint) -> str:
    return url_for("complaints.show", complaint_id=complaint.id)


def _panel(complaint: Complaint, officer: Officer, _today: date) -> Markup:
    if not complaints.may_see_reporter(officer, complaint):
        return Markup("")
    found = queries.questions(current_session(), complaint.id)
    if not found:
        return Markup("")
    form = ReadForm(formdata=None, data={"version": complaint.version})
    page = render_template(
        "telling/panel.html", questions=found, complaint=complaint, read_form=form
    )
    return Markup(page)


def _can_be_asked(complaint: Complaint, officer: Officer) -> bool:
    order = complaint.merged_into or complaint
    followed = complaint.tracking_hash is not None and order.state in OPEN
    return followed and complaints.may_see_reporter(officer, complaint)


QUESTIONS: Panel[Complaint, Officer] = Panel(
    Complaint, Text("Questions to the reporter"), 30, Permission.VIEW_COMPLAINTS, _panel
)
ASKING: Action[Complaint, Officer] = Action(
    Complaint,
    ASK,
    Permission.VIEW_COMPLAINTS,
    url=lambda complaint: url_for("asking.ask", complaint_id=complaint.id),
    applies=_can_be_asked,
    order=50,
)
