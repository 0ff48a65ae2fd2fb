"""For officers: the code that a parent scans at the door, to tell the county of that very place."""

from __future__ import annotations

import segno
from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.registry import queries as registry
from training_oversight.registry.models import Institution
from training_oversight.telling import places
from training_oversight.web.marks import requires

bp = Blueprint("telling", __name__)


@bp.route("/institutions/<int:institution_id>/tell-us")
@requires(Permission.VIEW_REGISTRY)
def code(institution_id: int) -> ResponseReturnValue:
    """To be printed and put up. The address says the place, and nothing else of it."""
    place = registry.get(current_session(), institution_id, current_officer().scope)
    address = places.address(Institution.__tablename__, place.id, external=True)
    drawn = segno.make(address, micro=False, error="m").svg_inline(omitsize=True, svgclass="qr")
    return render_template("telling/code.html", place=place, address=address, drawing=Markup(drawn))
