"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.accounts.permissions import Permission
from training_oversight.audit.subjects import HistorySubject
from training_oversight.orders import cli, contributed, views, waiting
from training_oversight.texts import Text
from training_oversight.web.contributions import contributions

HISTORY = HistorySubject(
    Text("List of orders"),
    ("order_list",),
    62,
    "orders.show",
    "list_id",
    Permission.ASSIGN_COMPLAINT,
)


def register(app: flask.Flask) -> None:
    contributions(app).add(HISTORY, waiting.WAITING, contributed.PANEL, *contributed.ACTIONS)
    app.register_blueprint(views.bp)
    cli.register()
