"""Pages of this area."""

from __future__ import annotations

from flask import Blueprint

from training_oversight.accounts.permissions import Permission
from training_oversight.web.marks import requires

bp = Blueprint("notices", __name__, url_prefix="/notices")


@bp.route("")
@requires(Permission.VIEW_NOTICES)
def index() -> str:
    return "index"


@bp.route("/<int:notice_id>")
@requires(Permission.VIEW_NOTICES)
def show(notice_id: int) -> str:
    return "show"


@bp.route("/new")
@requires(Permission.VIEW_NOTICES)
def draft() -> str:
    return "draft"
