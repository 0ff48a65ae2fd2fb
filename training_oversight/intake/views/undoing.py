"""Page: taking a list back that was written to the register."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.errors import Blocked
from training_oversight.intake import (
    contents,
    long_work,
    part_queries,
    queries,
    running,
    undoing,
)
from training_oversight.intake.forms import DecisionForm
from training_oversight.intake.later_queries import in_turn
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.touched_queries import Touched
from training_oversight.intake.views.blueprint import bp
from training_oversight.intake.views.confirming import at_once
from training_oversight.intake.workflow import ImportVerb, RowOutcome, check_state
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered


@bp.route("/import/<int:batch_id>/undo", methods=["GET", "POST"])
@requires(Permission.IMPORT_REGISTRY)
def undo(batch_id: int) -> ResponseReturnValue:
    officer, session = current_officer(), current_session()
    batch = queries.batch(session, batch_id, scope=officer.scope)
    contents.check_there(batch)
    check_state(batch, ImportVerb.TAKE_BACK)
    form, long = DecisionForm(obj=batch), long_work.is_long_to_undo(session, batch)
    # A long list is looked through by the errand, before it changes anything.
    found = [] if long else running.in_the_way(session, batch)

    def page() -> str:
        return _page(batch, form, found, long=long)

    def act(session: Session) -> Done:
        long_work.check_free(session, batch)
        if found:
            undoing.check(session, batch, version=form.seen_version)
            raise Blocked(running.refusal(found))
        if not long:
            undoing.begin(session, batch, by=officer, version=form.seen_version)
            return at_once(batch, form, page)
        undoing.check(session, batch, version=form.seen_version)
        long_work.hand_over(session, batch, long_work.UNDO, by=officer)
        return Done(url_for(".show", batch_id=batch_id))

    return answered(form, act, page)


def _page(batch: ImportBatch, form: DecisionForm, found: list[Touched], *, long: bool) -> str:
    counts = part_queries.to_undo(current_session(), batch.id)
    return render_template(
        "intake/undo.html",
        batch=batch,
        form=form,
        new=counts[RowOutcome.NEW],
        changed=counts[RowOutcome.CHANGED],
        touched=found,
        first=in_turn(one.later for one in found) if all(one.later for one in found) else [],
        long=long,
        scope=current_officer().scope,
    )
