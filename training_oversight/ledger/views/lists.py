"""The list of items, its print and its export."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date

import flask
import sqlalchemy as sa
from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from training_oversight import clock, spreadsheets
from training_oversight.accounts import saved
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit.foot import foot
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session, transaction
from training_oversight.errors import BadInput
from training_oversight.ledger import presenting, queries, service, table
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.queries import ItemFilter
from training_oversight.ledger.views import columns, filtering
from training_oversight.ledger.views.blueprint import bp
from training_oversight.texts import Counted, Language, Text, rendered, speaking
from training_oversight.web import choosing, conditions
from training_oversight.web.addresses import Addresses, asking
from training_oversight.web.contributions import contributions
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, Page, paged

# What still fits on paper; the export has no such end.
MOST_PRINTED = 1000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.route("")
@requires(Permission.VIEW_LEDGER)
def index() -> ResponseReturnValue:
    session, officer, today = current_session(), current_officer(), clock.today()
    choices = filtering.Choices.load(session, officer, today)
    asked = filtering.wanted(choices, today)
    stuck = filtering.stuck(today)
    counted = queries.counts(session, officer, today=today, stuck=stuck)
    found = queries.total(session, officer, asked, today=today, known=counted)
    kept = saved.offered(
        filtering.LISTING, [*request.args.items(multi=True), ("view", asked.view.value)]
    )
    shown = columns.chosen(officer, ",".join(request.args.getlist("cols")) or kept.columns)
    whole = columns.asks_more(shown)
    page = _page(session, officer, asked, today=today, total=found.items, whole=whole)
    rows = _rows(session, officer, page, choices.kinds, asked, today)
    return render_template(
        "ledger/index.html",
        page=page,
        rows=rows,
        shown=shown,
        cells=columns.cells(session, shown, rows, officer, choices.kinds, today),
        sideways=columns.is_wide(shown),
        offered=columns.offered(officer),
        keep=choosing.keep(asked.view),
        selection=choosing.selection(
            filtering.LISTING,
            officer,
            here={item.id for item in page.rows},
            total=found.items,
            found=Counted("%(items)s item", "%(items)s items", items=found.items),
            keys=lambda: session.scalars(queries.keys(officer, asked, today=today)),
            address=lambda every: asking("ledger.index", filtering.without("all"), all=every),
        ),
        found=found,
        counted=counted,
        narrowed=asked.narrowed or asked.view is not queries.View.ALL,
        views=filtering.tabs(counted, asked.view),
        bar=filtering.bar(choices, save_url=kept.save_url),
        saved=kept,
        kept=filtering.without(),
        may_export=officer.may(Permission.EXPORT_LEDGER),
        may_recount=officer.may(Permission.MANAGE_ITEM),
        may_register=officer.may(Permission.REGISTER_ITEM),
    )


def _page(
    session: Session,
    officer: Officer,
    asked: ItemFilter,
    *,
    today: date,
    total: int,
    whole: bool,
) -> Page[RectificationItem]:
    return paged(
        session,
        queries.for_columns() if whole else queries.for_list(),
        keys=[Key(RectificationItem.sort_due), Key(RectificationItem.id)],
        cursor=request.args.get("at"),
        address=lambda cursor: asking("ledger.index", filtering.without(), at=cursor),
        total=total,
        among=queries.keys(officer, asked, today=today),
    )


def _rows(
    session: Session,
    officer: Officer,
    page: Page[RectificationItem],
    kinds: Mapping[str, str],
    asked: ItemFilter,
    today: date,
) -> list[presenting.ItemRow]:
    """The page's items with their next steps; upper areas have the last word on those."""
    keys = [item.id for item in page.rows]
    from_above = contributions().steps_of("items", session, officer, keys, today)
    turns = presenting.turns(page.rows, officer)
    pages = Addresses("ledger.show", "item_id", **{**filtering.without(), "view": asked.view.value})
    return [
        presenting.ItemRow(
            item=item,
            url=pages.of(item.id),
            kind=kinds.get(item.institution.kind_code or "", ""),
            basis=presenting.basis_of(item),
            basis_in_full=presenting.basis_of(item, in_full=True),
            state=presenting.state_of(item),
            time=presenting.time_of(item, today),
            second=presenting.second_time_of(item, today),
            office=presenting.office_of(item, today),
            step=from_above.get(item.id) or presenting.step_of(item, officer, today, turns),
        )
        for item in page.rows
    ]


@bp.route("/print")
@requires(Permission.VIEW_LEDGER)
def printed() -> ResponseReturnValue:
    """The official columns on paper."""
    session, officer, today = current_session(), current_officer(), clock.today()
    choices = filtering.Choices.load(session, officer, today)
    asked = filtering.wanted(choices, today)
    statement = queries.for_export(queries.selected(officer, asked, today=today))
    items = session.scalars(statement.limit(MOST_PRINTED)).all()
    return render_template(
        "ledger/print.html",
        header=table.header(table.OFFICIAL),
        rows=[table.row(table.OFFICIAL, table.Line(item, choices.kinds, today)) for item in items],
        found=queries.total(session, officer, asked, today=today),
        most=MOST_PRINTED,
        words=conditions.in_words(filtering.conditions_of(session, officer, choices, asked)),
        sealed=foot(session),
        back=asking("ledger.index", filtering.without()),
    )


@bp.route("/export.xlsx", methods=["POST"])
@requires(Permission.EXPORT_LEDGER)
def export() -> ResponseReturnValue:
    """Everything that the list shows, all columns. That it left the building is recorded."""
    session, officer, today = current_session(), current_officer(), clock.today()
    choices = filtering.Choices.load(session, officer, today)
    asked = filtering.wanted(choices, today)
    found = queries.total(session, officer, asked, today=today)
    words = conditions.for_history(filtering.conditions_of(session, officer, choices, asked))
    statement = queries.selected(officer, asked, today=today)
    return _as_file(session, officer, statement, rows=found.items, words=words)


@bp.route("/chosen/export.xlsx", methods=["POST"])
@requires(Permission.EXPORT_LEDGER)
def export_chosen() -> ResponseReturnValue:
    """The items that were ticked, and no others."""
    session, officer = current_session(), current_officer()
    keys = choosing.ticked()
    statement, count = queries.chosen(officer, keys), queries.count_chosen(session, officer, keys)
    if not count:
        raise BadInput(Text("No item is chosen. Tick some on the list."))
    with speaking(Language.CHINESE):
        words = rendered(Counted("%(count)s chosen item", "%(count)s chosen items", count=count))
    return _as_file(session, officer, statement, rows=count, words=words)


def _as_file(
    session: Session,
    officer: Officer,
    statement: sa.Select[RectificationItem],
    *,
    rows: int,
    words: str,
) -> ResponseReturnValue:
    today = clock.today()
    with transaction() as writing:
        service.record_export(writing, officer.authority, rows=rows, words=words, by=officer)
    kinds = catalogue.kind_labels(session, authority_id=officer.authority_id, today=today)
    items = session.scalars(queries.for_export(statement).execution_options(yield_per=500))
    lines = (table.row(table.WHOLE, table.Line(item, kinds, today)) for item in items)
    title, target = str(Text("Ledger of problems")), io.BytesIO()
    header = table.header(table.WHOLE)
    spreadsheets.write(target, header, lines, title=title, foot=foot(session))
    target.seek(0)
    name = f"{title}-{today:%Y%m%d}.xlsx"
    return flask.send_file(target, mimetype=XLSX, as_attachment=True, download_name=name)
