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
from training_oversight.refunds.views import narrowing
from training_oversight.refunds.views.blueprint import bp
from training_oversight.refunds.workflow import EventState, RefundState
from training_oversight.texts import Counted, Text
from training_oversight.web import choosing
from training_oversight.web.addresses import asking
from training_oversight.web.components import FilterBar, Tab, Words
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged

ENDED = (RefundState.SETTLED, RefundState.WITHDRAWN)
# All that the figures count: every state but the withdrawn ones.
COUNTED = "counted"


@bp.route("")
@requires(Permission.VIEW_REFUNDS)
def index() -> ResponseReturnValue:
    session, officer = current_session(), current_officer()
    asked, narrowed = _asked(), narrowing.asked()
    kept = {**asked, **narrowed.address}
    refunds = _narrowed(officer, asked).where(*narrowed.wanted.clauses())
    counts = queries.by_state(session, refunds)
    state = _chosen_state(counts)
    rows = refunds.where(Refund.state == state if state else queries.IN_FIGURES)
    page = paged(
        session,
        rows,
        keys=[Key(Refund.id, descending=state in ENDED)],
        cursor=request.args.get("at"),
        address=lambda cursor: asking(".index", kept, state=_code(state), at=cursor),
        total=counts.get(state, 0) if state else _counted(counts),
    )
    return render_template(
        "refunds/index.html",
        page=page,
        total=sum(counts.values()),
        sums=None if state else queries.sums(session, rows),
        views=_views(counts, state, kept),
        bar=_bar(narrowed, kept, _code(state)),
        problem=narrowed.problem,
        event=_event(asked),
        selection=choosing.on_page(
            "refunds",
            officer,
            Counted("%(count)s refund", "%(count)s refunds", count=len(page.rows)),
        ),
        steps={one.id: next_steps.step_of(one, officer) for one in page.rows},
        named=officer.may(Permission.ENTER_REFUND),
        showing=presenting,
    )


def _code(state: RefundState | None) -> str:
    return state.value if state else COUNTED


def _counted(counts: dict[RefundState, int]) -> int:
    return sum(counts.values()) - counts.get(RefundState.WITHDRAWN, 0)


def _views(
    counts: dict[RefundState, int], state: RefundState | None, kept: dict[str, str]
) -> list[Tab]:
    def tab(one: RefundState | None, label: Text, count: int) -> Tab:
        return Tab(label, asking(".index", kept, state=_code(one)), count, one is state)

    tabs = [tab(one, one.label, counts.get(one, 0)) for one in RefundState]
    return [*tabs, tab(None, Text("All in the totals"), _counted(counts))]


def _bar(narrowed: narrowing.Asked, kept: dict[str, str], state: str) -> FilterBar:
    address = {**kept, "state": state}
    return FilterBar(
        action=url_for(".index"),
        filters=[
            *narrowing.days(narrowed, ".index", address),
            *narrowing.places(".index", address),
        ],
        search_label=Text("Number, institution or telephone"),
        query=kept.get("q", ""),
        clear_url=url_for(".index", state=state),
        kept=[("state", state), *(("event", kept["event"]) for _ in "e" if "event" in kept)],
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


def _chosen_state(counts: dict[RefundState, int]) -> RefundState | None:
    """The tab that was asked for, none for all that counts, else the first with something in it."""
    wanted = request.args.get("state")
    if wanted == COUNTED:
        return None
    for state in RefundState:
        if state.value == wanted:
            return state
    return next((state for state in RefundState if counts.get(state)), RefundState.ENTERED)


@bp.route("/events")
@requires(Permission.VIEW_REFUNDS)
def events() -> ResponseReturnValue:
    session, officer, asked = current_session(), current_officer(), narrowing.asked()
    state = next((one for one in EventState if one.value == request.args.get("state")), None)
    kept = {**asked.address, **({"state": state.value} if state else {})}
    page = paged(
        session,
        queries.listed_events(officer).where(
            *queries.events_of_period(officer, asked.wanted.period, state)
        ),
        keys=[Key(ClosingEvent.id, descending=True)],
        cursor=request.args.get("at"),
        address=lambda cursor: asking(".events", kept, at=cursor),
    )
    return render_template(
        "refunds/events.html",
        page=page,
        totals=queries.totals(session, [one.id for one in page.rows]),
        bar=FilterBar(
            action=url_for(".events"),
            filters=[
                *narrowing.opened(asked, ".events", kept),
                narrowing.choice("state", Text("State"), _states(), kept, ".events"),
            ],
            clear_url=url_for(".events"),
        ),
        problem=asked.problem,
        showing=presenting,
    )


def _states() -> list[tuple[str, Words]]:
    return [(one.value, one.label) for one in EventState]
