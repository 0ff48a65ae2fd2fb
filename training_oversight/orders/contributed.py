"""What orders show on the pages of complaints."""

from __future__ import annotations

from datetime import date

from flask import render_template, url_for
from markupsafe import Markup

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.complaints.models import Complaint
from training_oversight.orders import asked
from training_oversight.texts import Text
from training_oversight.web.contributions import Action, Panel


def _panel(complaint: Complaint, officer: Officer, _today: date) -> Markup:
    if not complaint.requests:
        return Markup("")
    enters = officer.may(Permission.ASSIGN_COMPLAINT) and asked.may_be_asked(complaint)
    address = url_for("orders.answer", complaint_id=complaint.id) if enters else None
    return Markup(
        render_template("orders/panel.html", requests=complaint.requests, answer_url=address)
    )


def _may_ask(complaint: Complaint, _officer: Officer) -> bool:
    """``complaint_for`` has loaded what was asked."""
    return asked.may_be_asked(complaint) and asked.open_request(complaint) is None


PANEL: Panel[Complaint, Officer] = Panel(
    Complaint, Text("Asked of the 12345 centre"), 20, Permission.VIEW_COMPLAINTS, _panel
)
ACTIONS: tuple[Action[Complaint, Officer], ...] = (
    Action(
        Complaint,
        Text("Ask the centre for more time"),
        Permission.ASSIGN_COMPLAINT,
        url=lambda complaint: url_for("orders.extension", complaint_id=complaint.id),
        applies=_may_ask,
        order=40,
    ),
    Action(
        Complaint,
        Text("Ask the centre to take it back"),
        Permission.ASSIGN_COMPLAINT,
        url=lambda complaint: url_for("orders.return_", complaint_id=complaint.id),
        applies=_may_ask,
        order=41,
    ),
    Action(
        Complaint,
        Text("Enter the centre's answer"),
        Permission.ASSIGN_COMPLAINT,
        url=lambda complaint: url_for("orders.answer", complaint_id=complaint.id),
        applies=lambda complaint, _officer: (
            asked.may_be_asked(complaint) and asked.open_request(complaint) is not None
        ),
        order=42,
    ),
)
