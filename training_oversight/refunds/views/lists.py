"""The list of refunds, and that of closing events."""

from __future__ import annotations

import sqlalchemy as sa
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.names.typed import LONGEST
from training_oversight.refunds import next_steps, presenting, queries
from training_oversight.refunds.models import ClosingEvent, Refund
from training_oversight.refunds.views.blueprint import bp
from training_oversight.refunds.workflow import RefundState
from training_oversight.texts import Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import FilterBar, Tab
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged

ENDED = (RefundState.SETTLED, RefundState.WITHDRAWN)


@bp.route("")
@requires(Permission.VIEW_REFUNDS)
def index() -> ResponseReturnValue:
    session, officer = current_session(), current_officer()
    asked = _asked()
    refunds = _narrowed(officer, asked)
    counts = queries.by_state(session, refunds)
    state = _chosen_state(counts)
    newest = state in ENDED
    page = paged(
        session,
        refunds.where(Refund.state == state),
        keys=[Key(Refund.id, descending=newest)],
        cursor=request.args.get("at"),
        address=lambda cursor: asking(".index", asked, state=state.value, at=cursor),
        total=counts.get(state, 0),
    )
    return render_template(
        "refunds/index.html",
        page=page,
        total=sum(counts.values()),
        views=[
            Tab(
                one.label,
                asking(".index", asked, state=one.value),
                counts.get(one, 0),
                one == state,
            )
            for one in RefundState
        ],
        bar=FilterBar(
            action=url_for(".index"),
            filters=[],
            search_label=Text("Number, institution or telephone"),
            query=asked.get("q", ""),
            clear_url=url_for(".index", state=state.value),
            kept=[
                ("state", state.value),
                *(("event", asked["event"]) for _ in "e" if "event" in asked),
            ],
        ),
        event=_event(asked),
        steps={one.id: next_steps.step_of(one, officer) for one in page.rows},
        named=officer.may(Permission.ENTER_REFUND),
        showing=presenting,
    )


def _asked() -> dict[str, str]:
    """What of the address makes sense; the rest is left out."""
    wanted = {"q": request.args.get("q", "").strip()[:LONGEST]}
    event = request.args.get("event", 0, type=int)
    if event:
        wanted["event"] = str(event)
    return {name: value for name, value in wanted.items() if value}


def _event(asked: dict[str, str]) -> ClosingEvent | None:
    if "event" not in asked:
        return None
    return queries.event_for(current_session(), current_officer(), int(asked["event"]))


def _narrowed(officer: Officer, asked: dict[str, str]) -> sa.Select[Refund]:
    found = queries.listed(officer)
    if "event" in asked:
        found = found.where(Refund.event_id == int(asked["event"]))
    if "q" in asked:
        found = found.where(queries.found(current_session(), officer, asked["q"]))
    return found


def _chosen_state(counts: dict[RefundState, int]) -> RefundState:
    """The tab that was asked for, else the first with something in it."""
    wanted = request.args.get("state")
    for state in RefundState:
        if state.value == wanted:
            return state
    return next((state for state in RefundState if counts.get(state)), RefundState.ENTERED)


@bp.route("/events")
@requires(Permission.VIEW_REFUNDS)
def events() -> ResponseReturnValue:
    session, officer = current_session(), current_officer()
    page = paged(
        session,
        queries.listed_events(officer),
        keys=[Key(ClosingEvent.id, descending=True)],
        cursor=request.args.get("at"),
        address=lambda cursor: url_for(".events", at=cursor),
    )
    return render_template(
        "refunds/events.html",
        page=page,
        totals=queries.totals(session, [one.id for one in page.rows]),
        showing=presenting,
    )
