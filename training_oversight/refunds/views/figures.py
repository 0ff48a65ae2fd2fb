"""The figures for a brief, each of which opens its rows; and the payments that they add up."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.refunds import presenting, queries
from training_oversight.refunds.models import RefundPart, RefundWay
from training_oversight.refunds.views import narrowing
from training_oversight.refunds.views.blueprint import bp
from training_oversight.refunds.views.lists import COUNTED
from training_oversight.refunds.workflow import EventState
from training_oversight.texts import Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import FilterBar, Words
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged


@bp.route("/figures")
@requires(Permission.VIEW_REFUNDS)
def figures() -> ResponseReturnValue:
    asked = narrowing.asked()
    period = asked.wanted.period
    kept = asked.only_days
    return render_template(
        "refunds/figures_of_period.html",
        figures=queries.figures(current_session(), current_officer(), period),
        kinds=narrowing.kinds(),
        ways=RefundWay,
        event_states=EventState,
        bar=FilterBar(
            action=url_for(".figures"),
            filters=narrowing.days(asked, ".figures", kept),
            clear_url=url_for(".figures"),
        ),
        rows=lambda **more: asking(".index", kept, state=COUNTED, **more),
        money=lambda way: asking(".payments", kept, way=way),
        events=lambda state: asking(".events", kept, state=state),
        problem=asked.problem,
        showing=presenting,
    )


@bp.route("/payments")
@requires(Permission.VIEW_REFUNDS)
def payments() -> ResponseReturnValue:
    """What was paid back of the refunds that are in the figures."""
    session, asked = current_session(), narrowing.asked()
    way = presenting.WAYS.get(request.args.get("way", ""))
    kept = {**asked.address, **({"way": way.value} if way else {})}
    found = queries.listed_payments(current_officer(), asked.wanted, way)
    count, fen = queries.sum_of(session, found)
    page = paged(
        session,
        found,
        keys=[Key(RefundPart.id, descending=True)],
        cursor=request.args.get("at"),
        address=lambda cursor: asking(".payments", kept, at=cursor),
        total=count,
    )
    return render_template(
        "refunds/payments.html",
        page=page,
        fen=fen,
        bar=FilterBar(
            action=url_for(".payments"),
            filters=[
                *narrowing.days(asked, ".payments", kept),
                narrowing.choice("way", Text("Way"), _ways(), kept, ".payments"),
                *narrowing.places(".payments", kept),
            ],
            clear_url=url_for(".payments"),
        ),
        problem=asked.problem,
        showing=presenting,
    )


def _ways() -> list[tuple[str, Words]]:
    return [(way.value, way.label) for way in RefundWay]
