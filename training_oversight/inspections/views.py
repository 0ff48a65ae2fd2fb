"""Pages of this area."""

from __future__ import annotations

from flask import Blueprint

from training_oversight.accounts.permissions import Permission
from training_oversight.web.marks import requires

bp = Blueprint("inspections", __name__, url_prefix="/visits")


@bp.route("")
@requires(Permission.VIEW_VISITS)
def index() -> str:
    return "index"


@bp.route("/<int:visit_id>")
@requires(Permission.VIEW_VISITS)
def show(visit_id: int) -> str:
    return "show"


@bp.route("/new")
@requires(Permission.VIEW_VISITS)
def log() -> str:
    return "log"
