"""Pages: writing a list to the register, or forgetting it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for
from flask.typing import ResponseReturnValue

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.registry.importing import confirming, queries
from training_oversight.registry.importing.forms import DecisionForm
from training_oversight.registry.importing.views.blueprint import bp
from training_oversight.registry.importing.views.showing import ground_of, page_of
from training_oversight.registry.models import RowOutcome
from training_oversight.texts import Text
from training_oversight.web.marks import requires


@bp.route("/import/<int:batch_id>/confirm", methods=["POST"])
@requires(Permission.IMPORT_REGISTRY)
def confirm(batch_id: int) -> ResponseReturnValue:
    officer, form = current_officer(), DecisionForm()
    batch = queries.batch(current_session(), batch_id, scope=officer.scope)
    if form.accepted():
        with form.saving() as session:
            counts = confirming.confirm(
                session, batch, ground_of(batch.division_id), by=officer, version=form.seen_version
            )
            form.done(url_for(".show", batch_id=batch_id), _written(counts))
        if form.response:
            return form.response
    return page_of(batch, form)


def _written(counts: Mapping[RowOutcome, int]) -> Text:
    return Text(
        "Written: %(new)s new, %(changed)s changed; %(unchanged)s unchanged, %(rejected)s "
        "returned.",
        **{outcome.value: count for outcome, count in counts.items()},
    )


@bp.route("/import/<int:batch_id>/discard", methods=["POST"])
@requires(Permission.IMPORT_REGISTRY)
def discard(batch_id: int) -> ResponseReturnValue:
    officer, form = current_officer(), DecisionForm()
    batch = queries.batch(current_session(), batch_id, scope=officer.scope)
    if form.accepted():
        with form.saving() as session:
            confirming.discard(session, batch, by=officer, version=form.seen_version)
            form.done(url_for(".start"), Text("Discarded; nothing was written."))
        if form.response:
            return form.response
    return page_of(batch, form)
