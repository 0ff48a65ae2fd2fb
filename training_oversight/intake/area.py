"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.audit.subjects import HistorySubject
from training_oversight.intake import cli, views
from training_oversight.intake.checking import views as checking
from training_oversight.texts import Text
from training_oversight.web.contributions import contributions

HISTORY = (
    HistorySubject(Text("Import"), ("import_batch",), 80),
    HistorySubject(Text("Check of an old ledger"), ("ledger_check",), 81),
)


def register(app: flask.Flask) -> None:
    contributions(app).add(*HISTORY)
    app.register_blueprint(views.bp)
    app.register_blueprint(checking.bp)
    cli.register()
