"""What rewards show on the pages of lower areas."""

from __future__ import annotations

from datetime import date

from flask import render_template
from markupsafe import Markup

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue.lines import SettingsLine
from training_oversight.complaints.models import Complaint
from training_oversight.database import current_session
from training_oversight.rewards import presenting, queries, service
from training_oversight.texts import Text
from training_oversight.web.contributions import Panel
from training_oversight.web.navigation import NavEntry, NavGroup

LABEL = Text("Rewards for reports")

NAVIGATION = NavEntry(
    label=LABEL,
    endpoint="rewards.index",
    permission=Permission.VIEW_EVERY_COMPLAINT,
    group=NavGroup.COMPLAINTS,
    order=20,
    active=frozenset({"rewards"}),
)
SETTINGS = SettingsLine(
    LABEL,
    Text("Whether the county rewards reports, which kinds, how much at most."),
    "rewards.rules_page",
)


def _of_complaint(complaint: Complaint, officer: Officer, today: date) -> Markup:
    session = current_session()
    found = queries.of_complaint(session, officer, complaint.id)
    open_to = service.may_propose(officer, complaint) and not service.obstacles(session, complaint)
    if not found and not open_to:
        return Markup("")
    return Markup(
        render_template(
            "rewards/panel.html",
            rewards=found,
            complaint=complaint,
            may_propose=open_to,
            showing=presenting,
            today=today,
        )
    )


PANEL: Panel[Complaint, Officer] = Panel(
    Complaint, LABEL, 50, Permission.VIEW_COMPLAINTS, _of_complaint
)
