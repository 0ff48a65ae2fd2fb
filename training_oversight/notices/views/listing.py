"""The list, and one notice with all that hangs on it."""

from __future__ import annotations

from collections.abc import Sequence

import flask
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Division, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.notices import listing, presenting
from training_oversight.notices.listing import NoticeFilter, View
from training_oversight.notices.models import Notice
from training_oversight.notices.views.blueprint import asked_for, bp
from training_oversight.notices.views.record import record_page
from training_oversight.texts import Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import Choice, Filter, FilterBar, Tab
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged

CARRIED = ("view", "type", "township", "q")


@bp.route("")
@requires(Permission.VIEW_NOTICES)
def index() -> ResponseReturnValue:
    session, officer = current_session(), current_officer()
    townships = accounts.townships(session, officer.scope)
    wanted = _wanted(officer, townships)
    total, institutions = listing.total(session, officer, wanted)
    page = paged(
        session,
        listing.statement(officer, wanted),
        keys=[Key(Notice.id, descending=True)],
        cursor=request.args.get("at"),
        address=lambda cursor: _address(at=cursor),
        total=total,
    )
    rows = _rows(officer, page.rows)
    return render_template(
        "notices/index.html",
        page=page,
        rows=rows,
        total=total,
        institutions=institutions,
        views=_tabs(officer, wanted.view),
        bar=_bar(officer, wanted, townships),
        may_draft=officer.may(Permission.DRAFT_NOTICE),
    )


def _wanted(officer: Officer, townships: Sequence[Division]) -> NoticeFilter:
    code, text = request.args.get("township", ""), request.args.get("q", "").strip()[:100]
    return NoticeFilter(
        view=View.of(request.args.get("view")),
        series=request.args.get("type", ""),
        township=next((one for one in townships if one.code == code), None),
        text=text,
        found=listing.found(current_session(), officer, text),
    )


def _address(**changed: str | None) -> str:
    kept: dict[str, str | None] = {name: request.args.get(name) or None for name in CARRIED}
    return asking("notices.index", kept | changed)


def _rows(officer: Officer, notices: Sequence[Notice]) -> list[presenting.NoticeRow]:
    return presenting.rows(current_session(), notices, officer, clock.today())


def _tabs(officer: Officer, current: View) -> list[Tab]:
    counts = listing.view_counts(current_session(), officer)
    return [
        Tab(view, _address(view=view.value), counts[view], current=view is current) for view in View
    ]


def _bar(officer: Officer, wanted: NoticeFilter, townships: Sequence[Division]) -> FilterBar:
    types = catalogue.notice_types(
        current_session(), authority_id=officer.authority_id, today=clock.today()
    )
    place = wanted.township.code if wanted.township else ""
    everything = Choice("", Text("All"))
    return FilterBar(
        action=url_for("notices.index"),
        filters=[
            Filter(
                "type",
                Text("Type"),
                [everything, *(Choice(t.code, t.label, t.code == wanted.series) for t in types)],
                clear_url=_address(type=None),
            ),
            Filter(
                "township",
                Text("Township"),
                [everything, *(Choice(t.code, t.name, t.code == place) for t in townships)],
                clear_url=_address(township=None),
            ),
        ],
        search_label=Text("Number or institution"),
        query=wanted.text,
        clear_url=url_for("notices.index", view=wanted.view.value),
        kept=[("view", wanted.view.value)],
    )


@bp.route("/<int:notice_id>")
@requires(Permission.VIEW_NOTICES)
def show(notice_id: int) -> flask.typing.ResponseReturnValue:
    return record_page(asked_for(notice_id))
