"""受理台看板: how much there is, whose it is, and what is told of most."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.complaints import presenting, queries
from training_oversight.complaints.kinds import Channel, Satisfaction
from training_oversight.complaints.queries import OfDepartment
from training_oversight.complaints.views.blueprint import bp
from training_oversight.complaints.views.lists import ALL_OPEN, DESK
from training_oversight.complaints.workflow import ComplaintState
from training_oversight.database import current_session
from training_oversight.web.addresses import asking
from training_oversight.web.marks import requires


@bp.route("/board")
@requires(Permission.ASSIGN_COMPLAINT, Permission.DECIDE_COMPLAINT)
def board() -> ResponseReturnValue:
    session, officer, today = current_session(), current_officer(), clock.today()
    counts = queries.by_channel(session, officer)
    rule = queries.raising(session, officer.authority_id, today=today)
    return render_template(
        "complaints/board.html",
        counts=counts,
        channels=[one for one in Channel if any(key[0] is one for key in counts)],
        states=list(ComplaintState),
        departments=queries.by_department(session, officer, rule),
        rows_of=_rows_of,
        raised=queries.most_raised(session, officer, rule),
        showing=presenting,
        said=queries.satisfaction(session, officer),
        answers=list(Satisfaction),
        named=queries.most_named(session, officer),
        clusters=queries.suspected_venues(session, officer, today=today),
        may_plan=officer.may(Permission.LOG_VISIT),
    )


def _rows_of(one: OfDepartment, **narrowed: str) -> str:
    """The list of exactly the orders that a number of a department counts."""
    department = DESK if one.department_id is None else str(one.department_id)
    return asking(".index", {"department": department, **narrowed}, state=ALL_OPEN)
