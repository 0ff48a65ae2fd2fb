"""机构台账: the list, on the screen and on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts import saved
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit.foot import foot
from training_oversight.database import current_session
from training_oversight.registry import queries
from training_oversight.registry.listing import (
    LISTING,
    address,
    elsewhere,
    filter_bar,
    kinds_here,
    view_tabs,
    wanted_here,
)
from training_oversight.registry.models import Institution
from training_oversight.registry.presenting import charged
from training_oversight.registry.queries import InstitutionFilter, View
from training_oversight.registry.views import columns
from training_oversight.registry.views.blueprint import bp
from training_oversight.registry.views.columns import InstitutionRow, Shown
from training_oversight.registry.views.next_steps import NAME_OFFICER, TAKE_BACK
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Counted, Text
from training_oversight.web import choosing
from training_oversight.web.components import Link
from training_oversight.web.contributions import Step, contributions
from training_oversight.web.listings import Beside
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged
from training_oversight.web.shown_columns import is_wide
from training_oversight.web.sorting import Orders, Sorted

ORDERS = Orders(
    name=[Key(Institution.sort_key), Key(Institution.id)],
    licence=[Key(Institution.sort_licence), Key(Institution.id)],
    visited=[Key(Institution.sort_visited), Key(Institution.id)],
)
# What still fits on paper; the export has no such end.
MOST_PRINTED = 1000


@bp.route("")
@requires(Permission.VIEW_REGISTRY)
def index() -> ResponseReturnValue:
    officer, today, session = current_officer(), clock.today(), current_session()
    wanted, kinds = wanted_here(today), kinds_here(officer)
    counts = queries.view_counts(session, officer)
    total = queries.count(session, officer, wanted, today=today, known=counts)
    offered = saved.offered(LISTING, [*request.args.items(multi=True), ("view", wanted.view)])
    shown = columns.chosen(officer, ",".join(request.args.getlist("cols")) or offered.columns)
    order = _order(shown)
    page = paged(
        session,
        _statement(officer, wanted, shown, today=today, in_order=total > queries.MANY),
        keys=order.keys,
        cursor=request.args.get("at"),
        address=lambda cursor: address(at=cursor),
        total=total,
    )
    rows = _rows(page.rows, officer, kinds, today=today)
    return render_template(
        "registry/index.html",
        page=page,
        rows=rows,
        shown=shown,
        sideways=is_wide(shown, columns.NARROWEST_NAME),
        cells=columns.cells(shown, rows, officer, today),
        heads={one.sort: order.head(one.sort, _sorted_by) for one in shown if one.sort},
        offered=columns.offered(officer),
        saved=offered,
        bar=filter_bar(officer, wanted, kinds, save_url=offered.save_url),
        views=view_tabs(wanted, counts),
        keep=choosing.keep(wanted.view),
        selection=choosing.selection(
            LISTING,
            officer,
            here={one.id for one in page.rows},
            total=total,
            found=Counted("%(found)s institution", "%(found)s institutions", found=total),
            keys=lambda: session.scalars(queries.keys(officer, wanted, today=today)),
            address=lambda every: address(all=every, at=None),
        ),
        total=total,
        everything=counts[View.ALL],
        beside=[
            Link(one.label, elsewhere(one.endpoint) if one.same_rows else url_for(one.endpoint))
            for one in contributions().every(Beside)
            if one.listing == LISTING and officer.may(Permission(one.permission))
        ],
        may_add=officer.may(Permission.EDIT_REGISTRY),
        print_url=elsewhere(".printed"),
        map_url=elsewhere("maps.map_page"),
        import_url=url_for("imports.start") if officer.may(Permission.IMPORT_REGISTRY) else None,
        export_url=(
            elsewhere("exports.export") if officer.may(Permission.EXPORT_REGISTRY) else None
        ),
    )


@bp.route("/print")
@requires(Permission.VIEW_REGISTRY)
def printed() -> ResponseReturnValue:
    """The list on paper: its filters in words, its columns, not only its first page."""
    officer, today, session = current_officer(), clock.today(), current_session()
    wanted, kinds = wanted_here(today), kinds_here(officer)
    total = queries.count(session, officer, wanted, today=today)
    offered = saved.offered(LISTING, request.args.items(multi=True))
    shown = columns.chosen(officer, ",".join(request.args.getlist("cols")) or offered.columns)
    statement = _statement(
        officer, wanted, shown, today=today, in_order=total > queries.MANY
    ).limit(MOST_PRINTED)
    found = session.scalars(statement.order_by(*_order(shown).by())).all()
    rows = _rows(found, officer, kinds, today=today)
    return render_template(
        "registry/print.html",
        rows=rows,
        shown=shown,
        cells=columns.cells(shown, rows, officer, today),
        bar=filter_bar(officer, wanted, kinds),
        view=wanted.view,
        total=total,
        most=MOST_PRINTED,
        sealed=foot(session),
        back=elsewhere(".index"),
    )


def _statement(
    officer: Officer,
    wanted: InstitutionFilter,
    shown: Sequence[Shown],
    *,
    today: date,
    in_order: bool,
) -> sa.Select[Institution]:
    found = queries.listing(officer, wanted, today=today, in_order=in_order)
    has_address = any(column.name == columns.ADDRESS for column in shown)
    return queries.with_venues(found) if has_address else found


def _order(shown: Sequence[Shown]) -> Sorted:
    """The order asked for, if its column is on the page to say so."""
    order = ORDERS.asked(request.args.get("sort", ""))
    return order if any(column.sort == order.name for column in shown) else ORDERS.asked("")


def _sorted_by(wanted: str | None) -> str:
    return address(sort=wanted, at=None)


def _rows(
    found: Sequence[Institution], officer: Officer, kinds: Mapping[str, str], *, today: date
) -> list[InstitutionRow]:
    keys = [institution.id for institution in found]
    steps = contributions().steps_of(LISTING, current_session(), officer, keys, today)
    return [
        InstitutionRow(
            institution=institution,
            kind=kinds.get(institution.kind_code or "", Text("Kind not known")),
            step=steps.get(institution.id) or _own_step(institution, officer, today),
            officer=officer,
            today=today,
        )
        for institution in found
    ]


def _own_step(institution: Institution, officer: Officer, today: date) -> Step | None:
    """What the register itself still wants of an institution."""
    if institution.state is InstitutionState.CLOSED:
        return None
    charge = institution.officer_in_charge
    if charge is None or institution.is_nobodys(today):
        may = officer.may(Permission.EDIT_REGISTRY)
        url = url_for(".assign", institution_id=institution.id) if may else None
        return Step(NAME_OFFICER, charged(charge, today), url=url)
    if institution.ending_on is not None and institution.ending_on <= today:
        may = officer.may(Permission.CLOSE_INSTITUTION)
        url = url_for(".close", institution_id=institution.id) if may else None
        return Step(TAKE_BACK, charge.name, url=url, mine=charge.id == officer.id)
    return None
