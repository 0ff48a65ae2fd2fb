"""Pages of this area."""

from __future__ import annotations

from flask import Blueprint

from training_oversight.accounts.permissions import Permission
from training_oversight.web.marks import requires

bp = Blueprint("publication", __name__, url_prefix="/publications")


@bp.route("")
@requires(Permission.VIEW_PUBLICATIONS)
def index() -> str:
    return "index"


@bp.route("/<int:publication_id>")
@requires(Permission.VIEW_PUBLICATIONS)
def show(publication_id: int) -> str:
    return "show"
