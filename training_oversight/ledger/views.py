"""Pages of this area."""

from __future__ import annotations

from flask import Blueprint

from training_oversight.accounts.permissions import Permission
from training_oversight.web.marks import requires

bp = Blueprint("ledger", __name__, url_prefix="/items")


@bp.route("")
@requires(Permission.VIEW_LEDGER)
def index() -> str:
    return "index"


@bp.route("/<int:item_id>")
@requires(Permission.VIEW_LEDGER)
def show(item_id: int) -> str:
    return "show"


@bp.route("/register/<int:finding_id>")
@requires(Permission.VIEW_LEDGER)
def register(finding_id: int) -> str:
    return "register"
