"""What leads show on the pages of lower areas. Nothing of it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import render_template, url_for
from markupsafe import Markup

from training_oversight.accounts.guard import current_officer
from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.inspections.models import Visit
from training_oversight.inspections.workflow import VisitState
from training_oversight.leads import presenting, queries, service
from training_oversight.leads.models import Lead
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web.contributions import Action, Panel
from training_oversight.web.navigation import NavEntry, NavGroup

LABEL = Text("Leads")

NAVIGATION = NavEntry(
    label=LABEL,
    endpoint="leads.index",
    permission=Permission.VIEW_LEADS,
    group=NavGroup.LEDGERS,
    order=3,
    active=frozenset({"leads"}),
)


def _table(leads: Sequence[Lead]) -> Markup:
    if not leads:
        return Markup("")
    return Markup(render_template("leads/panel.html", leads=leads, showing=presenting))


def _of_institution(institution: Institution, officer: Officer, _today: date) -> Markup:
    return _table(queries.of_institution(current_session(), officer, institution.id))


def _of_visit(visit: Visit, officer: Officer, _today: date) -> Markup:
    return _table(queries.of_visit(current_session(), officer, visit.id))


PANELS = (
    Panel(Institution, LABEL, 33, Permission.VIEW_LEADS, _of_institution),
    Panel(Visit, LABEL, 33, Permission.VIEW_LEADS, _of_visit),
)
ENTER: Action[Institution, Officer] = Action(
    subject=Institution,
    label=Text("Enter a lead"),
    permission=Permission.ENTER_LEAD,
    url=lambda institution: url_for("leads.new", institution=institution.id),
    applies=lambda _institution, _officer: True,
    order=12,
)


def _lead_of(visit: Visit, officer: Officer) -> Lead | None:
    """The lead that the visit can confirm as a place without a permit."""
    if visit.state is not VisitState.DONE:
        return None
    session = current_session()
    for one in queries.of_visit(session, officer, visit.id):
        lead = queries.lead_for(session, officer, one.id)
        return None if service.obstacles(lead) else lead
    return None


def _confirming(visit: Visit) -> str:
    [lead, *_] = queries.of_visit(current_session(), current_officer(), visit.id)
    return url_for("leads.unlicensed", lead_id=lead.id)


CONFIRM: Action[Visit, Officer] = Action(
    subject=Visit,
    label=presenting.CONFIRM,
    permission=Permission.EDIT_REGISTRY,
    url=_confirming,
    applies=lambda visit, officer: _lead_of(visit, officer) is not None,
    order=20,
)
