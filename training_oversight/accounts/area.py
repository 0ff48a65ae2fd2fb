"""What accounts hand to the app."""

from __future__ import annotations

import flask

from training_oversight.accounts import (
    admin_views,
    cli,
    lending_views,
    rights_views,
    saved_views,
    tries,
    views,
    waiting,
)
from training_oversight.accounts.models import Loan, Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit.subjects import HistorySubject
from training_oversight.texts import Language, Text
from training_oversight.web import page
from training_oversight.web.contributions import contributions
from training_oversight.web.navigation import MenuEntry, NavEntry, NavGroup
from training_oversight.web.page import Me, MenuLine

# Each pair puts its addresses on one blueprint.
OFFICERS = (admin_views, rights_views)
ACCOUNT = (views, lending_views)
# Every key of static/js/keys.js, by event.code.
KEYS = "KeyJ KeyK KeyX KeyE BracketLeft BracketRight Slash"


def _described(officer: Officer) -> Me:
    return Me(
        name=officer.name,
        role_label=officer.role_label,
        authority_name=officer.authority.name,
        can_search=officer.may(Permission.VIEW_REGISTRY),
        menu=(
            *(
                MenuLine(one.label, flask.url_for(one.endpoint))
                for one in contributions().every(MenuEntry)
            ),
            MenuLine(Text("My account"), flask.url_for("accounts.account")),
            MenuLine(Text("Lend my roles"), flask.url_for("accounts.delegate")),
            _other_language(officer.language),
            MenuLine(Text("Sign out"), flask.url_for("accounts.sign_out"), "post"),
        ),
        loans=tuple(_loan(one) for one in officer.loans),
        keys_off=KEYS if officer.shortcuts_off else "",
    )


def _loan(loan: Loan) -> Text:
    """Both see it on every page: who acts in whose place, and until when."""
    if loan.given:
        return Text("Lent to %(name)s until %(day)s", name=loan.other, day=loan.until)
    return Text("In place of %(name)s until %(day)s", name=loan.other, day=loan.until)


def _other_language(present: Language) -> MenuLine:
    other = Language.ENGLISH if present is Language.CHINESE else Language.CHINESE
    # Each language is named in itself: who needs the switch cannot read the present one.
    label = "English" if other is Language.ENGLISH else "中文"
    return MenuLine(label, flask.url_for("accounts.language", code=other.value), "post")


HISTORY = (
    HistorySubject(
        Text("Officer"), ("officer",), 90, "officers.show", "officer_id", Permission.MANAGE_OFFICERS
    ),
    HistorySubject(Text("Authority"), ("authority",), 91),
    HistorySubject(Text("Division"), ("division",), 92),
    HistorySubject(Text("Saved filter"), ("saved_filter",), 93),
)


def register(app: flask.Flask) -> None:
    tries.register(app)
    app.register_blueprint(views.bp)
    app.register_blueprint(saved_views.bp)
    app.register_blueprint(admin_views.bp)
    page.describe_officer_by(app, _described)
    contributions(app).add(
        *HISTORY,
        *waiting.WAITING,
        admin_views.READING,
        saved_views.READING,
        NavEntry(
            label=Text("Officers"),
            endpoint="officers.index",
            permission=Permission.MANAGE_OFFICERS,
            group=NavGroup.SETTINGS,
            order=20,
            active=frozenset({admin_views.bp.name}),
        ),
    )
    cli.register(app)
