"""Pages of this area."""

from __future__ import annotations

from flask import Blueprint

from training_oversight.accounts.permissions import Permission
from training_oversight.web.marks import requires

bp = Blueprint("registry", __name__, url_prefix="/institutions")


@bp.route("")
@requires(Permission.VIEW_REGISTRY)
def index() -> str:
    return "index"


@bp.route("/<int:institution_id>")
@requires(Permission.VIEW_REGISTRY)
def show(institution_id: int) -> str:
    return "show"
