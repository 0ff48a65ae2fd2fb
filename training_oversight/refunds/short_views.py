"""A short address for families: what hangs on a door is typed by hand on a small keyboard."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from training_oversight.web.marks import public

bp = Blueprint("short", __name__, url_prefix="/f")


@bp.route("")
@public
def start() -> ResponseReturnValue:
    """Asks for the code that stands beside the address."""
    return redirect(url_for("families.sign_up"))


@bp.route("/<code>")
@public
def sign_up(code: str) -> ResponseReturnValue:
    """Where the code that is scanned leads; a wrong one is asked for again."""
    return redirect(url_for("families.sign_up", code=code))
