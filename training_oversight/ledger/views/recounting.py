"""Page: limits that rested on a provisional calendar, old day and new, for somebody to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.law import WorkingCalendar
from training_oversight.ledger import forms, queries, service
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.service import Recount
from training_oversight.ledger.views.blueprint import bp
from training_oversight.texts import Counted
from training_oversight.web.marks import requires
from training_oversight.web.steps import Done, answered


@dataclass(frozen=True)
class RecountLine:
    """An item with a provisional limit, and what the calendar of now makes of it."""

    item: RectificationItem
    recounts: Sequence[Recount]

    @property
    def days(self) -> str:
        return service.days_of(self.recounts)


@bp.route("/provisional", methods=["GET", "POST"])
@requires(Permission.MANAGE_ITEM)
def provisional() -> ResponseReturnValue:
    officer = current_officer()
    calendar = catalogue.working_calendar(current_session(), authority_id=officer.authority_id)
    lines = _lines(current_session(), calendar)
    known, waiting = (
        [one for one in lines if one.recounts],
        [one for one in lines if not one.recounts],
    )
    form = forms.RecountForm()
    form.items.choices = [(one.item.id, one.item.number) for one in known]

    def act(session: Session) -> Done:
        chosen = set(form.items.data or ())
        items = [one.item for one in _lines(session, calendar) if one.item.id in chosen]
        shown = {one.id: request.form.get(f"days-{one.id}", "") for one in items}
        moved = service.recount(session, items, shown=shown, by=officer, calendar=calendar)
        return Done(
            url_for(".provisional"),
            Counted(
                "%(count)s limit has a new last day.",
                "%(count)s limits have a new last day.",
                count=moved,
            ),
        )

    return answered(
        form,
        act,
        lambda: render_template("ledger/provisional.html", form=form, known=known, waiting=waiting),
    )


def _lines(session: Session, calendar: WorkingCalendar) -> list[RecountLine]:
    found = queries.provisional(session, current_officer().scope)
    return [RecountLine(item, service.recounts(item, calendar)) for item in found]
