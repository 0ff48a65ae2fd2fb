"""Pages: what would become of the rows of a list."""

from __future__ import annotations

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Division
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.errands.presenting import is_under_way, sentence
from training_oversight.errands.workflow import ErrandState
from training_oversight.intake import (
    contents,
    long_work,
    part_queries,
    queries,
    reading,
    row_queries,
    sheets,
)
from training_oversight.intake.cleaning.taught import CLOSED
from training_oversight.intake.comparing import comparisons
from training_oversight.intake.forms import DecisionForm
from training_oversight.intake.models import ImportBatch
from training_oversight.intake.presenting import Sayer
from training_oversight.intake.queries import Ground
from training_oversight.intake.row_queries import RowFilter
from training_oversight.intake.views import filtering
from training_oversight.intake.views.blueprint import bp
from training_oversight.intake.workflow import BEGUN, ImportState, RowOutcome, is_open, is_stuck
from training_oversight.law.sentences import unpacked
from training_oversight.registry import cells
from training_oversight.spreadsheets.tables import runs
from training_oversight.texts import Text
from training_oversight.web.components import Split, SplitPart, Tab
from training_oversight.web.forms import OversightForm
from training_oversight.web.marks import requires
from training_oversight.web.paging import SIZE, Key, paged

# Rows with what they may be the same as take more room than a line.
COMPARED_AT_ONCE = 20


def ground_of(division_id: int) -> Ground:
    """What a list for that place is read against, for the officer who looks at it."""
    session, officer = current_session(), current_officer()
    division = session.get_one(Division, division_id)
    return queries.ground(session, division, scope=officer.scope, today=clock.today())


@bp.route("/import/<int:batch_id>")
@requires(Permission.IMPORT_REGISTRY)
def show(batch_id: int) -> ResponseReturnValue:
    batch = queries.batch(current_session(), batch_id, scope=current_officer().scope)
    if batch.state is ImportState.UPLOADED:
        return redirect(url_for(".columns", batch_id=batch_id))
    return page_of(batch, DecisionForm(obj=batch))


def page_of(batch: ImportBatch, form: DecisionForm, refused: OversightForm | None = None) -> str:
    """The list and what becomes of its rows; ``refused`` is a form that was sent from it."""
    session, officer = current_session(), current_officer()
    counts = contents.counts(session, batch)
    wanted = filtering.wanted_here(counts)
    is_comparing = wanted.outcome is RowOutcome.POSSIBLE_DUPLICATE
    total = row_queries.count(session, batch.id, wanted)
    page = paged(
        session,
        row_queries.rows(batch.id, wanted),
        keys=[Key(row_queries.NUMBER), Key(row_queries.ID)],
        cursor=request.args.get("at"),
        address=lambda at: filtering.address(batch, at=at),
        total=total,
        size=COMPARED_AT_ONCE if is_comparing else SIZE,
    )
    of_file = sheets.of(session, batch, scope=officer.scope)
    words = cells.words_for(session, officer.authority, today=clock.today())
    sayer = Sayer(words, protected=officer.may(Permission.SEE_PERSONAL_DATA))
    return render_template(
        "intake/show.html",
        batch=batch,
        form=form,
        refused=refused or form,
        counts=counts,
        total=sum(counts.values()),
        writes=counts[RowOutcome.NEW] + counts[RowOutcome.CHANGED],
        undecided=counts[RowOutcome.POSSIBLE_DUPLICATE],
        outcome=wanted.outcome,
        outcomes=RowOutcome,
        states=ImportState,
        kept_until=contents.last_day(session, batch, today=clock.today()),
        left_written=contents.written(batch),
        who=queries.people(session, batch),
        **_how_far(batch),
        tabs_of=_tabs(batch, counts, wanted),
        bar=filtering.bar(batch, wanted, words),
        split=_split(batch, counts),
        cleanings=filtering.cleanings(batch, wanted),
        everything=filtering.ALL,
        left_out=_left_out(batch),
        page=page,
        judged=[] if is_comparing else [sayer.line(row) for row in page.rows],
        compared=(
            comparisons(session, page.rows, sayer, scope=officer.scope) if is_comparing else []
        ),
        here=filtering.here(),
        stuck=is_stuck(batch),
        again=batch.file_sha256 is not None and is_open(batch),
        sheets=of_file,
        unread_sheets=sum(one.batch is None for one in of_file),
        strange=sum(batch.tallies.get(f"reason:{name}", 0) for name in CLOSED),
    )


def _left_out(batch: ImportBatch) -> list[tuple[str, Text]]:
    """Rows that are not read and why; those of which there may be many at once in one line."""
    told = [(number, unpacked([why])[0]) for number, why in batch.left_out]
    alone = [(str(number), why) for number, why in told if why not in reading.TOLD_TOGETHER]
    together = [
        (runs(rows), why) for why, rows in reading.by_reason(told) if why in reading.TOLD_TOGETHER
    ]
    return alone + together


def _how_far(batch: ImportBatch) -> dict[str, object]:
    """What reading, writing or taking back has come to."""
    session = current_session()
    last = long_work.last_errand(session, batch)
    errand = last if last is not None and is_under_way(last) else None
    there = batch.contents_gone_on is None
    cut_off = batch.state in BEGUN and errand is None and there
    return {
        "errand": errand,
        "said": last and sentence(last),
        "went_well": last is not None and last.state is ErrandState.DONE,
        "cut_off": cut_off,
        "far": part_queries.how_far(session, batch.id) if cut_off else (0, 0),
        "to_undo": sum(part_queries.to_undo(session, batch.id).values()) if cut_off else 0,
    }


def _tabs(batch: ImportBatch, counts: Mapping[RowOutcome, int], wanted: RowFilter) -> list[Tab]:
    tabs = [
        Tab(
            one.label,
            url_for(".show", batch_id=batch.id, outcome=one.value),
            counts[one],
            one is wanted.outcome,
        )
        for one in RowOutcome
    ]
    everything = url_for(".show", batch_id=batch.id, outcome=filtering.ALL)
    return [*tabs, Tab(Text("All"), everything, sum(counts.values()), wanted.outcome is None)]


def _split(batch: ImportBatch, counts: Mapping[RowOutcome, int]) -> Split:
    """Where every row of the sheet has gone; leading there as long as the rows are there."""
    gone, left_out = batch.contents_gone_on is not None, contents.left_out(batch)

    def part(label: Text, count: int, address: str) -> SplitPart:
        return SplitPart(label, count, None if gone else address)

    parts = [
        part(one.label, counts[one], url_for(".show", batch_id=batch.id, outcome=one.value))
        for one in RowOutcome
    ]
    parts.append(part(Text("Left out: sums, notes, hidden rows"), left_out, "#left-out"))
    return Split(
        Text("Rows below the header"),
        batch.row_count + left_out,
        parts,
        Text("Not accounted for"),
    )
