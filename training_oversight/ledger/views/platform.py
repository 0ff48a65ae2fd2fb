"""Problems marked as entered on the national platform: one from its page, many from the list."""

from __future__ import annotations

from datetime import date

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.ledger import queries, service
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.views.blueprint import bp
from training_oversight.web import choosing, safe_request
from training_oversight.web.marks import requires
from training_oversight.web.platform_marks import Ticked, marked_many


@bp.route("/platform", methods=["GET", "POST"])
@requires(Permission.MANAGE_ITEM)
def platform_many() -> ResponseReturnValue:
    officer, today = current_officer(), clock.today()
    keys = choosing.ticked() or safe_request.keys(request.args.getlist("id"))[:1]
    chosen = queries.ticked(current_session(), officer, keys)

    def mark(session: Session, item: RectificationItem, day: date) -> None:
        service.mark_platform(session, item, entered_on=day, by=officer, today=today)

    return marked_many(
        [Ticked(one.id, one.number, one.title, one.platform_on) for one in chosen],
        RectificationItem,
        mark,
        today=today,
        back=url_for(".index"),
    )
