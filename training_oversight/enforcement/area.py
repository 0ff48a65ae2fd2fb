"""What this area hands to the app."""

from __future__ import annotations

import flask

from training_oversight.accounts.permissions import Permission
from training_oversight.audit.subjects import HistorySubject
from training_oversight.enforcement import contributed, presenting, views, waiting
from training_oversight.files.addresses import EvidenceAddress
from training_oversight.texts import Text
from training_oversight.web.contributions import contributions

FILES = EvidenceAddress(
    *(
        "joint_task",
        "enforcement.task_file",
        "task_id",
        (Permission.VIEW_CASES, Permission.HANDLE_TASK),
    ),
    label=Text("Task of a joint case"),
    file="file_id",
)


HISTORY = (
    HistorySubject(
        Text("Joint case"),
        ("joint_case",),
        50,
        "enforcement.show",
        "case_id",
        Permission.VIEW_CASES,
    ),
    HistorySubject(
        Text("Joint task"),
        ("joint_task",),
        51,
        "enforcement.task",
        "task_id",
        Permission.VIEW_CASES,
    ),
)


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    contributions(app).add(
        *HISTORY,
        *waiting.WAITING,
        presenting.READING,
        FILES,
        *contributed.NAVIGATION,
        *contributed.PANELS,
        contributed.RAISE,
        contributed.STEPS,
        contributed.CASES,
        contributed.CHOSEN,
    )
