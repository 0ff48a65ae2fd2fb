"""The ledger as it stood on a past day: figures that were reported can be looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from flask import render_template, request
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.ledger.clocks import clocks_of, most_days_late
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.queries import as_of
from training_oversight.ledger.queries.as_of import ViewThen
from training_oversight.ledger.views.blueprint import bp
from training_oversight.texts import Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import Tab
from training_oversight.web.day_argument import AskedDay, asked_day
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged


@dataclass(frozen=True)
class ItemThen:
    """One line: the item, and what it was like at the end of that day."""

    item: RectificationItem
    then: object
    days_late: int


@bp.route("/as-of")
@requires(Permission.VIEW_LEDGER)
def ledger_as_of() -> ResponseReturnValue:
    session, officer, today = current_session(), current_officer(), clock.today()
    asked = _asked(today)
    day = asked.day or last_of_the_month_before(today)
    view = next((one for one in ViewThen if one.value == request.args.get("view")), None)
    view = view or ViewThen.ON_LEDGER
    counted = as_of.counts_then(session, officer, day)
    page = paged(
        session,
        as_of.list_then(officer, view, day),
        keys=[Key(RectificationItem.id)],
        cursor=request.args.get("at"),
        address=lambda cursor: _address(day, view, at=cursor),
        total=counted[view],
    )
    rows = [ItemThen(row.RectificationItem, row, _days_late(row, view, day)) for row in page.rows]
    return render_template(
        "ledger/as_of.html",
        asked=asked,
        day=day,
        view=view,
        page=page,
        rows=rows,
        views=[Tab(one.label, _address(day, one), counted[one], one is view) for one in ViewThen],
    )


def last_of_the_month_before(today: date) -> date:
    """What was reported last, most likely."""
    return today.replace(day=1) - timedelta(days=1)


def _asked(today: date) -> AskedDay:
    asked = asked_day("day")
    if asked.day is None or asked.day <= today:
        return asked
    sentence = Text("Not later than today (%(today)s).", today=today)
    return AskedDay(asked.typed, problem=sentence)


def _days_late(row: sa.Row[*tuple[object, ...]], view: ViewThen, day: date) -> int:
    """Days past the limit: until that day, or until it was put right."""
    if view is ViewThen.CLOSED_LATE:
        both = ((row.applied_on, row.due_on), (row.second_met_on, row.second_due_on))
        late: list[int] = [((done or row.closed_on) - due).days for done, due in both if due]
        return max(late)
    return most_days_late(clocks_of(row), day)


def _address(day: date, view: ViewThen, **more: object) -> str:
    return asking("ledger.ledger_as_of", more, day=day.isoformat(), view=view.value)
