"""检查任务: visits by state."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from flask import render_template, request, url_for
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Division
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.inspections import presenting, queries
from training_oversight.inspections.models import Visit, VisitKind
from training_oversight.inspections.queries import VisitFilter
from training_oversight.inspections.views.blueprint import bp
from training_oversight.inspections.workflow import VisitState
from training_oversight.names.typed import LONGEST
from training_oversight.texts import Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import Choice, Filter, FilterBar, Tab
from training_oversight.web.marks import requires
from training_oversight.web.paging import Key, paged

Member = TypeVar("Member", bound=StrEnum)

FILTERS = ("kind", "officer", "township", "institution", "q")
ALL = Choice("", Text("All"))


@bp.route("")
@requires(Permission.VIEW_VISITS)
def index() -> str:
    session, officer = current_session(), current_officer()
    townships = accounts.townships(session, officer.scope)
    state = _member(VisitState, "state") or VisitState.PLANNED
    asked: dict[str, str] = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    words = asked.get("q", "").strip()[:LONGEST]
    wanted = VisitFilter(
        kind=_member(VisitKind, "kind"),
        officer_id=request.args.get("officer", type=int),
        township=next((t for t in townships if t.code == asked.get("township")), None),
        institution_id=request.args.get("institution", type=int),
        found=queries.found(session, officer, words),
    )
    counts = queries.counts(session, wanted, officer.scope)
    # What is to be done begins with the nearest; what is over, with the latest.
    latest_first = state in (VisitState.DONE, VisitState.NOT_POSSIBLE)
    page = paged(
        session,
        queries.listed(wanted, state, officer.scope),
        keys=[Key(Visit.happened_at, latest_first), Key(Visit.id, latest_first)],
        cursor=request.args.get("at"),
        address=lambda at: asking(".index", asked, state=state, at=at),
        total=counts[state],
    )
    return render_template(
        "inspections/index.html",
        page=page,
        state=state,
        status=presenting.visit_status,
        views=[
            Tab(one, asking(".index", asked, state=one), counts[one], one is state)
            for one in VisitState
        ],
        bar=_bar(session, state, asked, townships),
        may_log=officer.may(Permission.LOG_VISIT),
        may_approve=officer.may(Permission.APPROVE_VISIT),
        today=clock.today(),
    )


def _member(members: type[Member], name: str) -> Member | None:
    return next((one for one in members if one.value == request.args.get(name)), None)


def _bar(
    session: Session, state: VisitState, asked: dict[str, str], townships: Sequence[Division]
) -> FilterBar:
    officer = current_officer()
    inspectors = accounts.colleagues(
        session, officer.scope, today=clock.today(), permission=Permission.LOG_VISIT
    )
    offered: dict[str, tuple[Text, list[tuple[str, object]]]] = {
        "kind": (Text("Kind of visit"), [(one.value, one.label) for one in VisitKind]),
        "officer": (Text("Inspectors"), [(str(one.id), one.name) for one in inspectors]),
        "township": (Text("Township"), [(one.code, one.name) for one in townships]),
    }
    kept = [("state", state.value)]
    if "institution" in asked:
        kept.append(("institution", asked["institution"]))
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
        search_label=Text("Institution"),
        query=asked.get("q", ""),
        clear_url=url_for(".index", state=state),
        kept=kept,
    )


def _without(state: VisitState, asked: dict[str, str], name: str) -> str:
    kept: dict[str, str] = {key: value for key, value in asked.items() if key != name}
    return asking(".index", kept, state=state)
