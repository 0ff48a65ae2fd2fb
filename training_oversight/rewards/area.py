"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.accounts.permissions import Permission
from training_oversight.audit.subjects import HistorySubject
from training_oversight.rewards import contributed, presenting, views, waiting
from training_oversight.texts import Text
from training_oversight.web.contributions import contributions

HISTORY = (
    HistorySubject(
        Text("Reward for a report"),
        ("reward",),
        46,
        "rewards.show",
        "reward_id",
        Permission.VIEW_COMPLAINTS,
    ),
)


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    contributions(app).add(
        *HISTORY,
        presenting.READING,
        contributed.NAVIGATION,
        contributed.SETTINGS,
        contributed.PANEL,
        *waiting.WAITING,
    )
