"""What this area hands to the app."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import flask
from flask import render_template, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.audit.subjects import HistorySubject
from training_oversight.catalogue.statuses import public_statuses_are
from training_oversight.database import current_session
from training_oversight.files.addresses import EvidenceAddress
from training_oversight.files.queries import evidence
from training_oversight.ledger.contributed import PAPERS
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.workflow import ItemState
from training_oversight.notices import (
    contributed,
    presenting,
    queries,
    rectification_list,
    unlicensed_list,
    views,
    waiting,
)
from training_oversight.notices.models import Notice
from training_oversight.notices.publishing import PublicStatus
from training_oversight.registry.models import Institution
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Text
from training_oversight.web.contributions import (
    Action,
    Fact,
    Panel,
    Step,
    StepSource,
    contributions,
)
from training_oversight.web.navigation import NavEntry, NavGroup

TITLE = Text("Notices and service")


FILES = EvidenceAddress(
    *("notice", "notices.attachment", "notice_id", (Permission.VIEW_NOTICES,)),
    label=Text("Notice"),
    parts={"service": Text("Proof of service")},
)


HISTORY = (
    HistorySubject(
        Text("Notice"), ("notice",), 40, "notices.show", "notice_id", Permission.VIEW_NOTICES
    ),
)


def register(app: flask.Flask) -> None:
    app.register_blueprint(views.bp)
    public_statuses_are(app, PublicStatus)
    contributions(app).add(
        *HISTORY,
        *waiting.WAITING,
        presenting.READING,
        FILES,
        NavEntry(
            TITLE,
            "notices.index",
            Permission.VIEW_NOTICES,
            NavGroup.LEDGERS,
            4,
            active=frozenset({"notices"}),
        ),
        Panel(
            Institution,
            Text("Notices"),
            40,
            Permission.VIEW_NOTICES,
            _of_institution,
            count=_count_of_institution,
        ),
        Fact(RectificationItem, PAPERS, contributed.papers),
        Panel(RectificationItem, Text("Notices"), 20, Permission.VIEW_NOTICES, _of_item),
        Action(
            Institution,
            presenting.DRAFT,
            Permission.DRAFT_NOTICE,
            url=lambda institution: url_for("notices.draft", institution=institution.id),
            applies=_institution_stands,
            order=20,
        ),
        Action(
            RectificationItem,
            presenting.DRAFT,
            Permission.DRAFT_NOTICE,
            url=lambda item: url_for(
                "notices.draft", institution=item.institution_id, item=item.id
            ),
            applies=_item_is_open,
            order=10,
        ),
        StepSource("items", 20, _steps),
        contributed.NOTICES,
        rectification_list.RULE,
        unlicensed_list.RULE,
    )


def _institution_stands(institution: Institution, _officer: Officer) -> bool:
    return institution.state is not InstitutionState.CLOSED


def _item_is_open(item: RectificationItem, _officer: Officer) -> bool:
    return item.state is ItemState.OPEN


def _of_institution(institution: Institution, officer: Officer, today: date) -> Markup:
    found = queries.of_institution(current_session(), institution.id, officer.scope)
    return _panel(found, officer, today)


def _count_of_institution(institution: Institution, officer: Officer, _today: date) -> int:
    return queries.count_of_institution(current_session(), institution.id, officer.scope)


def _of_item(item: RectificationItem, officer: Officer, today: date) -> Markup:
    return _panel(queries.of_item(current_session(), item.id, officer.scope), officer, today)


def _panel(notices: Sequence[Notice], officer: Officer, today: date) -> Markup:
    if not notices:
        return Markup("")
    session = current_session()
    return Markup(
        render_template(
            "notices/_panel.html",
            rows=presenting.rows(session, notices, officer, today),
            evidence=evidence(
                session, {Notice.__tablename__: [one.id for one in notices]}, officer.scope
            ),
        )
    )


def _steps(
    session: Session, officer: Officer, keys: Sequence[int], today: date
) -> Mapping[int, Step]:
    """An open item without a deadline waits for its notice: whose turn that is."""
    papers = queries.next_of_items(session, keys)
    notices = [one.notice for one in papers if one.notice is not None]
    turns = presenting.turns(notices, officer)
    until = queries.announcements(session, notices)
    found = {
        one.item_id: presenting.next_step(one.notice, turns, today, until=until.get(one.notice.id))
        if one.notice is not None
        else presenting.to_draft(one, officer, today)
        for one in papers
    }
    return {item_id: step for item_id, step in found.items() if step is not None}
