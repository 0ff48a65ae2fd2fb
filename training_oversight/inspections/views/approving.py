"""待审批的检查: what the head approves afterwards, all at once; and joining another's visit."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.inspections import queries, service
from training_oversight.inspections.forms import ApproveManyForm
from training_oversight.inspections.models import Visit
from training_oversight.inspections.views.blueprint import bp
from training_oversight.inspections.views.field import loaded
from training_oversight.texts import Counted, Text
from training_oversight.web.forms import OversightForm
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged
from training_oversight.web.steps import Done, answered, pressed

OLDEST = [Key(Visit.happened_at, False), Key(Visit.id, False)]


@bp.route("/approvals", methods=["GET", "POST"])
@requires(Permission.APPROVE_VISIT)
def approvals() -> ResponseReturnValue:
    """Every visit that has begun or been without an approval, the oldest first."""
    officer, form = current_officer(), ApproveManyForm()
    page = paged(
        current_session(),
        queries.to_approve(officer),
        keys=OLDEST,
        cursor=request.args.get("at"),
        address=lambda at: url_for(".approvals", at=at) if at else url_for(".approvals"),
    )
    form.visits.choices = [(visit.id, visit.institution.name) for visit in page.rows]

    def act(session: Session) -> Done:
        chosen = session.scalars(queries.to_approve(officer, form.visits.data or [])).all()
        done = service.approve(session, chosen, by=officer, today=clock.today())
        return Done(
            url_for(".approvals"),
            Counted("%(count)s visit approved.", "%(count)s visits approved.", count=done),
        )

    return answered(
        form, act, lambda: render_template("inspections/approvals.html", form=form, page=page)
    )


@bp.route("/<int:visit_id>/join", methods=["POST"])
@requires(Permission.LOG_VISIT)
def join(visit_id: int) -> ResponseReturnValue:
    """Go along with a visit that somebody else has planned."""
    visit, form = loaded(visit_id), OversightForm()

    def act(session: Session) -> Done:
        service.join(session, visit, by=current_officer())
        return Done(
            url_for(".show", visit_id=visit.id),
            Text("You go along with this visit; no second one was planned."),
        )

    return pressed(form, act, back=url_for(".show", visit_id=visit.id))
