"""线索: leads by state."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, request, url_for

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Division
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.leads import presenting, queries
from training_oversight.leads.models import Lead, LeadSource
from training_oversight.leads.queries import LeadFilter
from training_oversight.leads.views.blueprint import bp
from training_oversight.leads.workflow import LeadState
from training_oversight.names.typed import LONGEST
from training_oversight.texts import Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import Choice, Filter, FilterBar, Tab
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged

FILTERS = ("source", "township", "whose", "q")
MINE = "me"
ALL = Choice("", Text("All"))


@bp.route("")
@requires(Permission.VIEW_LEADS)
def index() -> str:
    session, officer = current_session(), current_officer()
    townships = accounts.townships(session, officer.scope)
    state = next((one for one in LeadState if one == request.args.get("state")), LeadState.OPEN)
    asked: dict[str, str] = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    wanted = LeadFilter(
        source=next((one for one in LeadSource if one == asked.get("source")), None),
        township=next((one for one in townships if one.code == asked.get("township")), None),
        mine=asked.get("whose") == MINE,
        found=queries.found(session, officer, asked.get("q", "").strip()[:LONGEST]),
    )
    counts = queries.counts(session, officer, wanted)
    # What nobody has decided begins with the oldest; what is over, with the latest.
    page = paged(
        session,
        queries.listed(officer, wanted, state),
        keys=[Key(Lead.id, state is not LeadState.OPEN)],
        cursor=request.args.get("at"),
        address=lambda at: asking(".index", asked, state=state, at=at),
        total=counts[state],
    )
    return render_template(
        "leads/index.html",
        page=page,
        state=state,
        views=[
            Tab(one.label, asking(".index", asked, state=one), counts[one], one is state)
            for one in LeadState
        ],
        bar=_bar(state, asked, townships, decides=officer.may(Permission.LOG_VISIT)),
        may_enter=officer.may(Permission.ENTER_LEAD),
        showing=presenting,
        today=clock.today(),
    )


def _bar(
    state: LeadState, asked: dict[str, str], townships: Sequence[Division], *, decides: bool
) -> FilterBar:
    offered: dict[str, tuple[Text, list[tuple[str, object]]]] = {
        "source": (Text("From whom it comes"), [(one.value, one.label) for one in LeadSource]),
        "township": (Text("Township"), [(one.code, one.name) for one in townships]),
    }
    if decides:
        offered["whose"] = (Text("Who owes the decision"), [(MINE, Text("Me"))])
    return FilterBar(
        action=url_for(".index"),
        filters=[
            Filter(
                name,
                label,
                [ALL, *(Choice(v, words, asked.get(name) == v) for v, words in choices)],
                clear_url=_without(state, asked, name),
            )
            for name, (label, choices) in offered.items()
        ],
        search_label=Text("Institution or place"),
        query=asked.get("q", ""),
        clear_url=url_for(".index", state=state),
        kept=[("state", state.value)],
    )


def _without(state: LeadState, asked: dict[str, str], name: str) -> str:
    kept: dict[str, str] = {key: value for key, value in asked.items() if key != name}
    return asking(".index", kept, state=state)
