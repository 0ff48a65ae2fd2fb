"""What inspections add to the list of institutions: when each was last visited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.inspections import queries
from training_oversight.inspections.models import Visit, VisitKind
from training_oversight.inspections.workflow import VisitState
from training_oversight.registry.models import NEVER, Institution
from training_oversight.texts import Text
from training_oversight.web.components import Cell
from training_oversight.web.contributions import Facet, FacetKind
from training_oversight.web.facets import no_choices
from training_oversight.web.listings import Column

NOT_YET, NOT_THIS_YEAR, THIS_YEAR, HALF_YEAR, QUARTER = "never", "this_year", "yes", "180", "90"
NO_VISIT = Cell(Text("Never"), quiet=True)


def never_visited() -> sa.ColumnElement[bool]:
    return Institution.sort_visited == NEVER


def _choices(_session: Session, _officer: Officer) -> Sequence[tuple[str, Text]]:
    return [
        (NOT_YET, Text("Never visited")),
        (NOT_THIS_YEAR, Text("Not this year")),
        (THIS_YEAR, Text("This year")),
        (QUARTER, Text("Not within %(days)s days", days=90)),
        (HALF_YEAR, Text("Not within %(days)s days", days=180)),
    ]


def _clause(value: str, today: date) -> sa.ColumnElement[bool]:
    if value == NOT_YET:
        return never_visited()
    if value == NOT_THIS_YEAR:
        return queries.not_visited_this_year(today)
    if value == THIS_YEAR:
        return ~queries.not_visited_this_year(today)
    return queries.not_visited_since(today - timedelta(days=int(value)))


def _since(value: str, _today: date) -> sa.ColumnElement[bool]:
    return queries.not_visited_since(date.fromisoformat(value))


def _cells(
    session: Session, _officer: Officer, keys: Sequence[int], _today: date
) -> Mapping[int, Cell]:
    last = sa.select(Visit.institution_id, sa.func.max(Visit.happened_at)).where(
        Visit.institution_id.in_(keys),
        Visit.state == VisitState.DONE,
        Visit.kind != VisitKind.DESK,
    )
    found: dict[int, datetime] = dict(session.execute(last.group_by(Visit.institution_id)).all())
    return {key: Cell(clock.day_of(found[key])) if key in found else NO_VISIT for key in keys}


FACETS = (
    Facet(
        *("institutions", "visited", Text("Visited"), _choices, _clause),
        permission=Permission.VIEW_VISITS,
        order=60,
    ),
    Facet(
        *("institutions", "last_visit_before", Text("Last visit before"), no_choices, _since),
        kind=FacetKind.DAY,
        permission=Permission.VIEW_VISITS,
        order=61,
    ),
)
LAST_VISIT = Column(
    listing="institutions",
    name="visited",
    label=Text("Last visit"),
    cells=_cells,
    permission=Permission.VIEW_VISITS,
    order=200,
)
