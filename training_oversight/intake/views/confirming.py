"""Pages: writing a list to the register, going on where that was cut off, or forgetting it."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.errors import OversightError
from training_oversight.intake import (
    confirming,
    long_work,
    progress,
    queries,
    running,
    undoing,
    uploading,
)
from training_oversight.intake.forms import DecisionForm
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.views.blueprint import bp
from training_oversight.intake.views.record import page_of
from training_oversight.intake.workflow import ImportState
from training_oversight.texts import Text
from training_oversight.web.forms import OversightForm
from training_oversight.web.marks import requires
from training_oversight.web.messages import flash
from training_oversight.web.steps import Done, answered


@bp.route("/import/<int:batch_id>/confirm", methods=["POST"])
@requires(Permission.IMPORT_REGISTRY)
def confirm(batch_id: int) -> ResponseReturnValue:
    officer, form = current_officer(), DecisionForm()
    batch = _found(batch_id)

    def page() -> str:
        return page_of(batch, form)

    def act(session: Session) -> Done:
        confirming.begin(session, batch, by=officer, version=form.seen_version)
        if not long_work.is_long(session, batch):
            return at_once(batch, form, page)
        long_work.hand_over(session, batch, long_work.WRITE, by=officer)
        return Done(url_for(".show", batch_id=batch_id))

    return answered(form, act, page)


@bp.route("/import/<int:batch_id>/resume", methods=["POST"])
@requires(Permission.IMPORT_REGISTRY)
def resume(batch_id: int) -> ResponseReturnValue:
    """Go on writing a list, or taking it back, after something stopped it."""
    officer, form = current_officer(), DecisionForm()
    batch = _found(batch_id)

    def page() -> str:
        return page_of(batch, form)

    def act(session: Session) -> Done:
        undoes = undoing.go_on(session, batch)
        long_work.check_free(session, batch)
        if not long_work.is_long(session, batch):
            return at_once(batch, form, page)
        kind = long_work.UNDO if undoes else long_work.WRITE
        long_work.hand_over(session, batch, kind, by=officer)
        return Done(url_for(".show", batch_id=batch_id))

    return answered(form, act, page)


def at_once(batch: ImportBatch, form: OversightForm, page: Callable[[], str]) -> Done:
    """A short list is dealt with in transactions of its own, after the one that decided it.

    What stops it is said on the form; the rest stays.
    """
    record = url_for(".show", batch_id=batch.id)

    def carry_out() -> ResponseReturnValue:
        run = _undone if batch.state is ImportState.UNDOING else _written
        try:
            flash(run(batch.id))
        except OversightError as error:
            form.refuse(error)
            return page(), form.status
        return redirect(record)

    return Done(record, instead=carry_out)


def _written(batch_id: int) -> Text:
    return progress.written(running.write_list(batch_id, by=current_officer(), today=clock.today()))


def _undone(batch_id: int) -> Text:
    return progress.taken_back(
        running.undo_list(batch_id, by=current_officer(), today=clock.today())
    )


@bp.route("/import/<int:batch_id>/discard", methods=["POST"])
@requires(Permission.IMPORT_REGISTRY)
def discard(batch_id: int) -> ResponseReturnValue:
    officer, form = current_officer(), DecisionForm()
    batch = _found(batch_id)

    def act(session: Session) -> Done:
        uploading.discard(session, batch, by=officer, version=form.seen_version)
        return Done(url_for(".start"), Text("Discarded; nothing was written."))

    return answered(form, act, lambda: page_of(batch, form))


def _found(batch_id: int) -> ImportBatch:
    return queries.batch(current_session(), batch_id, scope=current_officer().scope)
