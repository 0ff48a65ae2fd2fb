"""What complaints show on the pages of lower areas."""

from __future__ import annotations

from datetime import date

from flask import render_template, url_for
from markupsafe import Markup

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.complaints import presenting, queries
from training_oversight.database import current_session
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web import platform_marks
from training_oversight.web.contributions import Action, Panel
from training_oversight.web.listings import Bulk
from training_oversight.web.navigation import NavEntry, NavGroup

LABEL = Text("Complaints")
SHOWN = 5

NAVIGATION = (
    NavEntry(
        LABEL,
        "complaints.index",
        Permission.VIEW_COMPLAINTS,
        NavGroup.ENFORCEMENT,
        active=frozenset({"complaints", "orders"}),
    ),
)


def _panel(institution: Institution, officer: Officer, today: date) -> Markup:
    found = queries.of_institution(current_session(), officer, institution.id, limit=SHOWN)
    if not found:
        return Markup("")
    return Markup(
        render_template("complaints/panel.html", rows=found, showing=presenting, today=today)
    )


def _count(institution: Institution, officer: Officer, _today: date) -> int:
    return queries.count_of_institution(current_session(), officer, institution.id)


PANEL: Panel[Institution, Officer] = Panel(
    Institution, LABEL, 60, Permission.VIEW_COMPLAINTS, _panel, count=_count
)
PLATFORM = Bulk(
    "complaints",
    platform_marks.LABEL,
    "complaints.platform_many",
    Permission.ASSIGN_COMPLAINT,
    order=10,
)
TAKE: Action[Institution, Officer] = Action(
    Institution,
    Text("Take a complaint in"),
    Permission.LOG_COMPLAINT,
    url=lambda institution: url_for("complaints.take", institution=institution.id),
    applies=lambda _institution, _officer: True,
    order=60,
)
