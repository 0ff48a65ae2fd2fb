"""Pages: a list that was sent, and what would become of every row."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Division
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.errands.models import ErrandState
from training_oversight.errands.presenting import is_under_way, sentence
from training_oversight.registry import exporting
from training_oversight.registry.importing import long_work, part_queries, presenting, queries
from training_oversight.registry.importing.forms import DecisionForm
from training_oversight.registry.importing.queries import Ground
from training_oversight.registry.importing.views.blueprint import bp
from training_oversight.registry.models import ImportBatch, ImportRow, ImportState, RowOutcome
from training_oversight.web.components import Tab
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged


def ground_of(division_id: int) -> Ground:
    """What a list for that place is read against, for the officer who looks at it."""
    session, officer = current_session(), current_officer()
    division = session.get_one(Division, division_id)
    return queries.ground(session, division, scope=officer.scope, today=clock.today())


@bp.route("/import/<int:batch_id>")
@requires(Permission.IMPORT_REGISTRY)
def show(batch_id: int) -> ResponseReturnValue:
    batch = queries.batch(current_session(), batch_id, scope=current_officer().scope)
    return page_of(batch, DecisionForm(obj=batch))


def page_of(batch: ImportBatch, form: DecisionForm) -> ResponseReturnValue:
    """The list and what becomes of its rows, with a form that was refused filled in."""
    session, officer = current_session(), current_officer()
    counts = queries.counts(session, batch.id)
    outcome = _chosen(counts)
    page = paged(
        session,
        sa.select(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.outcome == outcome),
        keys=[Key(ImportRow.number), Key(ImportRow.id)],
        cursor=request.args.get("at"),
        address=lambda at: url_for(".show", batch_id=batch.id, outcome=outcome.value, at=at),
        total=counts[outcome],
    )
    words = exporting.words_for(session, officer.authority, today=clock.today())
    last = long_work.last_errand(session, batch)
    errand = last if last is not None and is_under_way(last) else None
    cut_off = batch.state in (ImportState.WRITING, ImportState.UNDOING) and errand is None
    protected = officer.may(Permission.SEE_PERSONAL_DATA)
    return render_template(
        "registry/importing/show.html",
        batch=batch,
        form=form,
        counts=counts,
        total=sum(counts.values()),
        writes=counts[RowOutcome.NEW] + counts[RowOutcome.CHANGED],
        outcome=outcome,
        outcomes=RowOutcome,
        states=ImportState,
        errand=errand,
        said=last and sentence(last),
        went_well=last is not None and last.state is ErrandState.DONE,
        cut_off=cut_off,
        far=part_queries.how_far(session, batch.id) if cut_off else (0, 0),
        to_undo=sum(part_queries.to_undo(session, batch.id).values()) if cut_off else 0,
        tabs_of=_tabs(batch, counts, outcome),
        page=page,
        judged=[presenting.line(row, words, protected=protected) for row in page.rows],
    ), form.status


def _chosen(counts: Mapping[RowOutcome, int]) -> RowOutcome:
    """The tab asked for, else the first with something in it."""
    asked = request.args.get("outcome")
    filled = (one for one in RowOutcome if counts[one])
    return next((one for one in RowOutcome if one.value == asked), None) or next(
        filled, RowOutcome.NEW
    )


def _tabs(batch: ImportBatch, counts: Mapping[RowOutcome, int], chosen: RowOutcome) -> list[Tab]:
    return [
        Tab(
            one.label,
            url_for(".show", batch_id=batch.id, outcome=one.value),
            counts[one],
            one is chosen,
        )
        for one in RowOutcome
    ]
