"""What this area hands to the app."""

from __future__ import annotations

from datetime import date

import flask
from flask import render_template, url_for
from markupsafe import Markup

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit.subjects import HistorySubject
from training_oversight.catalogue.statuses import visit_kinds_are
from training_oversight.database import current_session
from training_oversight.files.addresses import EvidenceAddress
from training_oversight.inspections import contributed, presenting, queries, views, waiting
from training_oversight.inspections.models import VisitKind
from training_oversight.registry.models import Institution
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Text
from training_oversight.web.contributions import Action, Panel, contributions
from training_oversight.web.navigation import NavEntry, NavGroup

SHOWN = 5


OF_VISITS = EvidenceAddress(
    *("visit", "inspections.file", "visit_id", (Permission.VIEW_VISITS,)), label=Text("Visit")
)
OF_PROBLEMS = EvidenceAddress(
    *("finding", "inspections.finding_file", "finding_id", (Permission.VIEW_VISITS,)),
    label=Text("Problem"),
)


def _panel(institution: Institution, officer: Officer, _today: date) -> Markup:
    session = current_session()
    page = render_template(
        "inspections/institution_panel.html",
        institution=institution,
        visits=queries.of_institution(session, institution, limit=SHOWN),
        findings=queries.findings_of_institution(session, institution, limit=SHOWN),
        visit_status=presenting.visit_status,
        finding_status=presenting.finding_status,
        may_log=officer.may(Permission.LOG_VISIT),
    )
    return Markup(page)


def _visits(institution: Institution, _officer: Officer, _today: date) -> int:
    return queries.count_of_institution(current_session(), institution)


HISTORY = (
    HistorySubject(
        Text("Visit"), ("visit",), 20, "inspections.show", "visit_id", Permission.VIEW_VISITS
    ),
    HistorySubject(
        Text("Finding"),
        ("finding",),
        21,
        "inspections.finding",
        "finding_id",
        Permission.VIEW_VISITS,
    ),
)


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    visit_kinds_are(app, VisitKind)
    contributions(app).add(
        *HISTORY,
        *waiting.WAITING,
        presenting.READING,
        OF_VISITS,
        OF_PROBLEMS,
        NavEntry(
            Text("Inspections"),
            "inspections.index",
            Permission.VIEW_VISITS,
            NavGroup.LEDGERS,
            order=2,
            active=frozenset({"inspections"}),
        ),
        Panel(
            Institution,
            Text("Visits and problems"),
            30,
            Permission.VIEW_VISITS,
            _panel,
            count=_visits,
        ),
        Action(
            Institution,
            Text("Log a visit"),
            Permission.LOG_VISIT,
            url=lambda institution: url_for("inspections.log", institution=institution.id),
            applies=lambda institution, _officer: institution.state is not InstitutionState.CLOSED,
            order=10,
        ),
        *contributed.FACETS,
        contributed.LAST_VISIT,
    )
