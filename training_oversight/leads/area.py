"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.accounts.permissions import Permission
from training_oversight.audit.subjects import HistorySubject
from training_oversight.files.addresses import EvidenceAddress
from training_oversight.leads import contributed, presenting, views, waiting
from training_oversight.texts import Text
from training_oversight.web.contributions import contributions

LABEL = Text("Lead")
FILES = EvidenceAddress("lead", "leads.file", "lead_id", (Permission.VIEW_LEADS,), label=LABEL)
HISTORY = HistorySubject(LABEL, ("lead",), 22, "leads.show", "lead_id", Permission.VIEW_LEADS)


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    contributions(app).add(
        HISTORY,
        presenting.READING,
        FILES,
        contributed.NAVIGATION,
        *contributed.PANELS,
        contributed.ENTER,
        contributed.CONFIRM,
        *waiting.WAITING,
    )
