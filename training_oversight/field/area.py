"""What this area hands to the app."""

from __future__ import annotations

from datetime import date

import flask
from flask import render_template
from markupsafe import Markup

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.field import queries, views
from training_oversight.inspections.models import Visit
from training_oversight.texts import Text
from training_oversight.web.contributions import Panel, contributions
from training_oversight.web.navigation import NavEntry, NavGroup


def _photos(visit: Visit, _officer: Officer, _today: date) -> Markup:
    """When and where each was taken, and the bytes that the phone sent."""
    found = queries.photos_of(current_session(), visit)
    return Markup(render_template("field/visit_panel.html", photos=found)) if found else Markup("")


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    contributions(app).add(
        Panel(Visit, Text("As the phone took them"), 40, Permission.VIEW_VISITS, _photos),
        NavEntry(
            Text("On site, also without network"),
            "field.shell",
            Permission.LOG_VISIT,
            NavGroup.LEDGERS,
            order=3,
            active=frozenset({"field"}),
        ),
    )
