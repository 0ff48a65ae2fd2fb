"""Many orders marked at once as entered on the national platform."""

from __future__ import annotations

from datetime import date

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.complaints import queries, service
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.views.blueprint import bp
from training_oversight.database import current_session
from training_oversight.web import choosing
from training_oversight.web.marks import requires
from training_oversight.web.platform_marks import Ticked, marked_many


@bp.route("/platform", methods=["GET", "POST"])
@requires(Permission.ASSIGN_COMPLAINT)
def platform_many() -> ResponseReturnValue:
    officer, today = current_officer(), clock.today()
    chosen = queries.chosen(current_session(), officer, choosing.ticked())

    def mark(session: Session, complaint: Complaint, day: date) -> None:
        service.mark_platform(session, complaint, day, by=officer, today=today)

    return marked_many(
        [Ticked(one.id, one.number, one.where, one.platform_on) for one in chosen],
        Complaint,
        mark,
        today=today,
        back=url_for(".index"),
    )
