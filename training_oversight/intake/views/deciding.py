"""Pages: what is said of possible duplicates, saved at once, row by row."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.intake import deciding, queries
from training_oversight.intake.deciding import RowDecision
from training_oversight.intake.forms import DecisionForm, RowForm, RowsForm
from training_oversight.intake.views import filtering
from training_oversight.intake.views.blueprint import bp
from training_oversight.intake.views.record import ground_of, page_of
from training_oversight.intake.workflow import RowOutcome
from training_oversight.texts import Counted
from training_oversight.web.addresses import asking
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered


@bp.route("/import/<int:batch_id>/rows/<int:row_id>", methods=["POST"])
@requires(Permission.IMPORT_REGISTRY)
def decide(batch_id: int, row_id: int) -> ResponseReturnValue:
    """Same, another, not imported, or not decided after all."""
    officer, form = current_officer(), RowForm()
    batch = queries.batch(current_session(), batch_id, scope=officer.scope)

    def act(session: Session) -> Done:
        deciding.decide(
            session,
            batch,
            row_id,
            RowDecision.read(form.choice.data or ""),
            seen=form.seen.data or "",
            ground=ground_of(batch.division_id),
            by=officer,
        )
        return Done(_back(batch_id, f"row-{row_id}"))

    return answered(form, act, lambda: page_of(batch, DecisionForm(obj=batch), refused=form))


@bp.route("/import/<int:batch_id>/rows", methods=["POST"])
@requires(Permission.IMPORT_REGISTRY)
def decide_all(batch_id: int) -> ResponseReturnValue:
    """All that are not decided yet on a page: other institutions."""
    officer, form = current_officer(), RowsForm()
    batch = queries.batch(current_session(), batch_id, scope=officer.scope)

    def act(session: Session) -> Done:
        count = deciding.all_different(
            session,
            batch,
            form.rows.data or [],
            ground=ground_of(batch.division_id),
            by=officer,
        )
        return Done(
            _back(batch_id, None),
            Counted(
                "%(count)s row is another institution.",
                "%(count)s rows are other institutions.",
                count=count,
            ),
        )

    return answered(form, act, lambda: page_of(batch, DecisionForm(obj=batch), refused=form))


def _back(batch_id: int, row: str | None) -> str:
    """The page from which it was said, at the same row."""
    here: dict[str, object] = {"outcome": RowOutcome.POSSIBLE_DUPLICATE.value, **filtering.here()}
    return asking(".show", here, batch_id=batch_id, _anchor=row)
