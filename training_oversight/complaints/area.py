"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.accounts.permissions import Permission
from training_oversight.audit.subjects import HistorySubject
from training_oversight.complaints import cli, contributed, timeline, views, waiting
from training_oversight.files.addresses import EvidenceAddress
from training_oversight.texts import Text
from training_oversight.web.contributions import contributions

FILES = EvidenceAddress(
    *("complaint", "complaints.file", "complaint_id", (Permission.VIEW_COMPLAINTS,)),
    label=Text("Complaint"),
    parts={"complaint_answer": Text("Answer to a complaint")},
)
HISTORY = (
    HistorySubject(
        Text("Complaint"),
        ("complaint",),
        60,
        "complaints.show",
        "complaint_id",
        Permission.VIEW_COMPLAINTS,
    ),
)


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    cli.register(app)
    contributions(app).add(
        *HISTORY,
        *waiting.WAITING,
        timeline.READING,
        FILES,
        *contributed.NAVIGATION,
        contributed.PANEL,
        contributed.TAKE,
        contributed.PLATFORM,
    )
