"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.accounts.permissions import Permission
from training_oversight.audit.subjects import HistorySubject
from training_oversight.files.addresses import EvidenceAddress
from training_oversight.refunds import (
    cli,
    contributed,
    presenting,
    public_views,
    short_views,
    views,
    waiting,
)
from training_oversight.texts import Text
from training_oversight.web.contributions import contributions

FILES = EvidenceAddress(
    "refund",
    "refunds.file",
    "refund_id",
    (Permission.ENTER_REFUND,),
    label=Text("Refund"),
    parts={"refund_part": Text("Payment of a refund")},
)

HISTORY = (
    HistorySubject(
        Text("Closing event"),
        ("closing_event",),
        44,
        "refunds.event",
        "event_id",
        Permission.VIEW_REFUNDS,
    ),
    HistorySubject(
        Text("Refund"), ("refund",), 45, "refunds.show", "refund_id", Permission.VIEW_REFUNDS
    ),
)


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    app.register_blueprint(public_views.bp)
    app.register_blueprint(short_views.bp)
    contributions(app).add(
        *HISTORY,
        presenting.READING,
        FILES,
        contributed.NAVIGATION,
        *contributed.PANELS,
        contributed.ENTER,
        contributed.FOUND,
        contributed.TOLD,
        contributed.OPEN,
        contributed.PLATFORM,
        *waiting.WAITING,
    )
    cli.register(app)
