"""The page of one item, and the files under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import flask
from flask import render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.orm import Session

from training_oversight import clock
from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit import Event, timeline
from training_oversight.audit import queries as history
from training_oversight.audit.recent_changes import Reading
from training_oversight.catalogue import queries as catalogue
from training_oversight.database import current_session
from training_oversight.files import sending
from training_oversight.inspections import sources
from training_oversight.ledger import limits, presenting, queries
from training_oversight.ledger.clocks import LimitKind
from training_oversight.ledger.models import LimitBasis, RectificationItem
from training_oversight.ledger.views import filtering, next_steps
from training_oversight.ledger.views.blueprint import bp
from training_oversight.ledger.views.papers import asked_by
from training_oversight.ledger.workflow import ItemState
from training_oversight.registry.presenting import charged
from training_oversight.texts import Text
from training_oversight.web.components import TimelineEntry
from training_oversight.web.contributions import Panel, contributions
from training_oversight.web.marks import requires

KIND = RectificationItem.__tablename__
PATH = (ItemState.OPEN, ItemState.APPLIED, ItemState.VERIFIED, ItemState.CLOSED)
LABELS = {
    "measure": Text("Measure"),
    "responsible_party": Text("Responsible party"),
    "responsible_person": Text("Responsible person"),
    "officer_in_charge_id": Text("Officer in charge"),
    "due_on": Text("Due day"),
    "due_basis": Text("Basis"),
    "platform_on": Text("On the national platform since"),
    "second_due_on": Text("Last day of the second limit"),
    "second_kind": Text("What the second limit is for"),
    "second_met_on": Text("Second limit reported on"),
}


@bp.route("/<int:item_id>")
@requires(Permission.VIEW_LEDGER)
def show(item_id: int) -> ResponseReturnValue:
    session, officer, today = current_session(), current_officer(), clock.today()
    item = queries.get(session, officer.scope, item_id)
    calendar = catalogue.working_calendar(session, authority_id=item.authority_id)
    kinds = catalogue.kind_labels(session, authority_id=officer.authority_id, today=today)
    return render_template(
        "ledger/show.html",
        item=item,
        tags=_tags(item, today),
        charge=charged(item.officer_in_charge, today),
        kind=kinds.get(item.institution.kind_code or "", ""),
        path=PATH,
        box=next_steps.next_step(session, item, officer, today),
        sees_visits=officer.may(Permission.VIEW_VISITS),
        found_at=sources.url(item.finding.source_kind, item.finding.source_key, officer),
        may_mark=officer.may(Permission.MANAGE_ITEM),
        may_edit=officer.may(Permission.MANAGE_ITEM) and item.state not in next_steps.ENDED,
        limits=limits.rows(session, item, calendar, today),
        asked_by=asked_by(item, officer, today),
        evidence=queries.evidence_of(session, item, officer),
        planned=queries.planned_reinspection(session, item),
        beside=queries.beside(session, item),
        panels=_panels(item, officer, today, side=False),
        side_panels=_panels(item, officer, today, side=True),
        entries=_entries(session, item),
        place=_place(session, officer, item, today),
        kept=filtering.without(),
    )


def _tags(item: RectificationItem, today: date) -> list[object]:
    found = [
        presenting.state_of(item),
        presenting.late_tag(item, today),
        presenting.second_time_of(item, today),
        presenting.office_of(item, today),
    ]
    return [one for one in found if one is not None]


def _place(
    session: Session, officer: Officer, item: RectificationItem, today: date
) -> queries.Place | None:
    """Where the item stands in the list that the officer came from, if from one."""
    if "view" not in request.args:
        return None
    asked = filtering.wanted(filtering.Choices.load(session, officer, today), today)
    return queries.place(session, officer, asked, item, today=today)


@dataclass(frozen=True)
class PanelSection:
    """A section that another area contributes, rendered."""

    panel: Panel[RectificationItem, Officer]
    markup: Markup


def _panels(
    item: RectificationItem, officer: Officer, today: date, *, side: bool
) -> list[PanelSection]:
    found = [
        PanelSection(panel, panel.render(item, officer, today))
        for panel in contributions().panels_of(RectificationItem, officer)
        if panel.side is side
    ]
    return [one for one in found if one.markup]


def _entries(session: Session, item: RectificationItem) -> list[TimelineEntry]:
    return _told(session, history.history(session, item))


def _told(session: Session, events: Sequence[Event]) -> list[TimelineEntry]:
    names = queries.names(session, _officers(events))
    values: dict[str, timeline.Saying] = {
        "officer_in_charge_id": names,
        "due_basis": LimitBasis,
        "second_kind": LimitKind,
    }
    return timeline.entries(events, LABELS, values)


READING = Reading((KIND,), _told)


def _officers(events: Sequence[Event]) -> set[int]:
    pairs = [event.changes.get("officer_in_charge_id", ()) for event in events]
    return {key for pair in pairs for key in pair if key}


@bp.route("/<int:item_id>/files/<int:attachment_id>")
@requires(Permission.VIEW_LEDGER)
def file(item_id: int, attachment_id: int) -> flask.Response:
    return sending.send(
        current_session(),
        attachment_id,
        kind=KIND,
        subject_id=item_id,
        scope=current_officer().scope,
    )
