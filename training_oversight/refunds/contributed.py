"""What refunds show on the pages of lower areas."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import render_template, url_for
from markupsafe import Markup

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.database import current_session
from training_oversight.refunds import presenting, queries
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web.contributions import Action, NavEntry, NavGroup, Panel

LABEL = Text("Refunds")

NAVIGATION = NavEntry(
    label=LABEL,
    endpoint="refunds.index",
    permission=Permission.VIEW_REFUNDS,
    group=NavGroup.COMPLAINTS,
    order=10,
    active=frozenset({"refunds"}),
)


def _of_institution(institution: Institution, _officer: Officer, _today: date) -> Markup:
    session = current_session()
    events = queries.events_of(session, institution.id)
    refunds = queries.of_institution(session, institution.id)
    if not events and not refunds:
        return Markup("")
    totals: Mapping[int, queries.Totals] = queries.totals(session, [one.id for one in events])
    return Markup(
        render_template(
            "refunds/panel.html", events=events, totals=totals, refunds=refunds, showing=presenting
        )
    )


PANEL = Panel(Institution, LABEL, 45, Permission.VIEW_REFUNDS, _of_institution)

ENTER: Action[Institution, Officer] = Action(
    subject=Institution,
    label=Text("Enter a refund"),
    permission=Permission.ENTER_REFUND,
    url=lambda institution: url_for("refunds.new", institution=institution.id),
    applies=lambda _institution, _officer: True,
    order=60,
)
OPEN: Action[Institution, Officer] = Action(
    subject=Institution,
    label=Text("Open a closing event"),
    permission=Permission.ENTER_REFUND,
    url=lambda institution: url_for("refunds.open_event", institution=institution.id),
    applies=lambda _institution, _officer: True,
    order=61,
)
