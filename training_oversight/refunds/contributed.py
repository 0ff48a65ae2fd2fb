"""What refunds show on the pages of lower areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flask import render_template, url_for
from markupsafe import Markup

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.complaints.models import Complaint
from training_oversight.database import current_session
from training_oversight.inspections.models import Finding
from training_oversight.refunds import presenting, queries
from training_oversight.refunds.models import Refund
from training_oversight.registry.models import Institution
from training_oversight.texts import Text
from training_oversight.web import platform_marks
from training_oversight.web.contributions import Action, Panel
from training_oversight.web.listings import Bulk
from training_oversight.web.navigation import NavEntry, NavGroup

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


def _rows(refunds: Sequence[Refund]) -> Markup:
    if not refunds:
        return Markup("")
    return Markup(
        render_template(
            "refunds/panel.html", events=(), totals={}, refunds=refunds, showing=presenting
        )
    )


def _of_finding(finding: Finding, _officer: Officer, _today: date) -> Markup:
    return _rows(queries.of_finding(current_session(), finding.id))


def _of_complaint(complaint: Complaint, _officer: Officer, _today: date) -> Markup:
    return _rows(queries.of_complaint(current_session(), complaint.id))


PLATFORM = Bulk(
    "refunds", platform_marks.LABEL, "refunds.platform_many", Permission.ENTER_REFUND, order=10
)
PANELS = (
    Panel(Institution, LABEL, 45, Permission.VIEW_REFUNDS, _of_institution),
    Panel(Finding, LABEL, 45, Permission.VIEW_REFUNDS, _of_finding),
    Panel(Complaint, LABEL, 45, Permission.VIEW_REFUNDS, _of_complaint),
)
ENTERING = Text("Enter a refund")


ENTER: Action[Institution, Officer] = Action(
    subject=Institution,
    label=ENTERING,
    permission=Permission.ENTER_REFUND,
    url=lambda institution: url_for("refunds.new", institution=institution.id),
    applies=lambda _institution, _officer: True,
    order=61,
)
FOUND: Action[Finding, Officer] = Action(
    subject=Finding,
    label=ENTERING,
    permission=Permission.ENTER_REFUND,
    url=lambda finding: url_for(
        "refunds.new", institution=finding.institution_id, finding=finding.id
    ),
    applies=lambda _finding, _officer: True,
    order=61,
)
TOLD: Action[Complaint, Officer] = Action(
    subject=Complaint,
    label=ENTERING,
    permission=Permission.ENTER_REFUND,
    url=lambda complaint: url_for(
        "refunds.new", institution=complaint.institution_id, complaint=complaint.id
    ),
    applies=lambda complaint, _officer: complaint.institution_id is not None,
    order=61,
)
OPEN: Action[Institution, Officer] = Action(
    subject=Institution,
    label=Text("Open a closing event"),
    permission=Permission.ENTER_REFUND,
    url=lambda institution: url_for("refunds.open_event", institution=institution.id),
    applies=lambda _institution, _officer: True,
    order=62,
)
