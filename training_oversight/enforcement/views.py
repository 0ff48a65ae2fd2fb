"""Pages of this area."""

from __future__ import annotations

from flask import Blueprint

from training_oversight.accounts.permissions import Permission
from training_oversight.web.marks import requires

bp = Blueprint("enforcement", __name__, url_prefix="/cases")


@bp.route("")
@requires(Permission.VIEW_CASES)
def index() -> str:
    return "index"


@bp.route("/<int:case_id>")
@requires(Permission.VIEW_CASES)
def show(case_id: int) -> str:
    return "show"


@bp.route("/tasks/<int:task_id>")
@requires(Permission.VIEW_CASES)
def task(task_id: int) -> str:
    return "task"


@bp.route("/new")
@requires(Permission.VIEW_CASES)
def open_case() -> str:
    return "open_case"
