"""Pages of this area."""

from __future__ import annotations

from flask import Blueprint

from training_oversight.accounts.permissions import Permission
from training_oversight.web.marks import requires

bp = Blueprint("catalogue", __name__, url_prefix="/settings")


@bp.route("")
@requires(Permission.MANAGE_CATALOGUE)
def index() -> str:
    return "index"
