"""The round sheet of a day, on the phone and on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flask import Blueprint, render_template, request, url_for

from training_oversight import clock, places
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.errors import BadInput
from training_oversight.inspections import presenting as visiting
from training_oversight.inspections import queries as inspections
from training_oversight.places import Position
from training_oversight.registry.listing import LISTING
from training_oversight.rounds import queries
from training_oversight.texts import Text
from training_oversight.web import facets, safe_request
from training_oversight.web.addresses import asking
from training_oversight.web.components import Cell, Choice, Filter, FilterBar
from training_oversight.web.contributions import contributions
from training_oversight.web.listings import Column
from training_oversight.web.marks import requires

bp = Blueprint("rounds", __name__, url_prefix="/rounds")
# What other areas tell of a place and an inspector wants to know at its door, in this order.
TOLD = ("visited", "problems")
LONGEST_POSITION = 60


@bp.route("")
@requires(Permission.VIEW_VISITS)
def sheet() -> str:
    session, officer, today = current_session(), current_officer(), clock.today()
    day = facets.day_of(request.args.get("day", "")) or today
    staff = accounts.colleagues(
        session, officer.scope, today=today, permission=Permission.LOG_VISIT
    )
    inspector = next(
        (one for one in staff if one.id == request.args.get("officer", 0, type=int)), officer
    )
    start, fault = _start()
    visits = queries.visits_of_day(session, officer, inspector.id, day)
    keys = sorted({visit.institution_id for visit in visits})
    columns = _columns()
    return render_template(
        "rounds/sheet.html",
        day=day,
        inspector=inspector,
        stops=queries.in_order(visits, start),
        start=start,
        typed=request.args.get("start", "")[:LONGEST_POSITION],
        fault=fault,
        columns=columns,
        cells=_cells(columns, keys, today),
        visit_status=visiting.visit_status,
        years=inspections.yearly(session, officer, keys, today=today),
        bar=FilterBar(
            action=url_for(".sheet"),
            filters=[
                facets.day_box("day", Text("Day of the round"), day.isoformat(), _without),
                Filter(
                    "officer",
                    Text("Inspector"),
                    [Choice(str(one.id), one.name, one == inspector) for one in staff],
                ),
            ],
            kept=[("start", str(start))] if start else [],
        ),
        kept={"day": day.isoformat(), "officer": inspector.id},
    )


def _without(name: str) -> str:
    kept = {key: value for key, value in safe_request.parts().items() if key != name}
    return asking(".sheet", kept)


def _start() -> tuple[Position | None, Text | None]:
    """Where the round begins, as it was typed or as the device told it; and what is wrong."""
    typed = request.args.get("start", "").strip()[:LONGEST_POSITION]
    if not typed:
        return None, None
    try:
        return places.parse(typed), None
    except BadInput as error:
        return None, error.text


def _columns() -> list[Column[Officer]]:
    offered = contributions().columns_of(LISTING, current_officer())
    return sorted(
        (one for one in offered if one.name in TOLD), key=lambda one: TOLD.index(one.name)
    )


def _cells(
    columns: Sequence[Column[Officer]], keys: Sequence[int], today: date
) -> Mapping[str, Mapping[int, Cell]]:
    """By column and institution: as many queries as there are columns, however many stops."""
    if not keys:
        return {one.name: {} for one in columns}
    officer = current_officer()
    return {one.name: one.cells(current_session(), officer, keys, today) for one in columns}
