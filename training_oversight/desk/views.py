"""Pages of this area."""

from __future__ import annotations

from flask import Blueprint

from training_oversight.accounts.permissions import Permission
from training_oversight.web.marks import requires

bp = Blueprint("desk", __name__, url_prefix="/desk")


@bp.route("")
@requires(Permission.USE_DESK)
def home() -> str:
    return "home"
