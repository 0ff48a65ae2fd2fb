"""What joint enforcement shows on the pages of lower areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from flask import render_template, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.database import current_session
from training_oversight.enforcement import presenting, queries
from training_oversight.enforcement.models import JointCase
from training_oversight.enforcement.workflow import CaseState
from training_oversight.ledger.models import RectificationItem
from training_oversight.registry.models import Institution
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Text
from training_oversight.web.contributions import (
    Action,
    Facet,
    Panel,
    Step,
    StepSource,
)
from training_oversight.web.listings import Bulk
from training_oversight.web.navigation import NavEntry, NavGroup

LABEL = Text("Joint enforcement")


NAVIGATION = (
    NavEntry(
        label=LABEL,
        endpoint="enforcement.index",
        permission=Permission.VIEW_CASES,
        group=NavGroup.ENFORCEMENT,
        active=frozenset({"enforcement"}),
    ),
    NavEntry(
        label=LABEL,
        endpoint="enforcement.my_tasks",
        permission=Permission.HANDLE_TASK,
        group=NavGroup.ENFORCEMENT,
        order=1,
        active=frozenset({"enforcement"}),
    ),
)


def _cases_panel(cases: Sequence[JointCase]) -> Markup:
    if not cases:
        return Markup("")
    seen = queries.overview(current_session(), [case.id for case in cases])
    return Markup(
        render_template("enforcement/panel.html", cases=cases, seen=seen, showing=presenting)
    )


def _of_institution(institution: Institution, _officer: Officer, _today: date) -> Markup:
    return _cases_panel(queries.of_institution(current_session(), institution.id))


def _of_item(item: RectificationItem, _officer: Officer, _today: date) -> Markup:
    return _cases_panel(queries.of_item(current_session(), item.id))


PANELS = (
    Panel(Institution, LABEL, 50, Permission.VIEW_CASES, _of_institution),
    Panel(RectificationItem, LABEL, 50, Permission.VIEW_CASES, _of_item),
)

RAISE: Action[Institution, Officer] = Action(
    subject=Institution,
    label=Text("Raise for joint enforcement"),
    permission=Permission.RAISE_CASE,
    url=lambda institution: url_for("enforcement.open_case", institution=institution.id),
    applies=lambda institution, _officer: institution.state != InstitutionState.CLOSED,
    order=50,
)


def item_steps(
    session: Session, officer: Officer, keys: Sequence[int], _today: date
) -> Mapping[int, Step]:
    """As long as nobody has decided on its case, that is an item's next step: one query."""
    mine = officer.may(Permission.CONVENE_CASE)
    who = Text("Me") if mine else Role.SECTION_HEAD.label
    return {
        item_id: Step(
            Text("Decide on joint enforcement"),
            who,
            url_for("enforcement.show", case_id=case_id) if mine else None,
            mine,
        )
        for item_id, case_id in queries.undecided_cases(session, keys).items()
    }


STEPS = StepSource(listing="items", order=60, steps=item_steps)

LIVE, CONVENED, EVER = "live", "convened", "ever"


def _choices(_session: Session, _officer: Officer) -> Sequence[tuple[str, Text]]:
    return [
        (LIVE, Text("In a case that is not concluded")),
        (CONVENED, CaseState.CONVENED.label),
        (EVER, Text("Was ever in a case")),
    ]


def in_case(value: str, _today: date) -> sa.ColumnElement[bool]:
    """Institutions with a joint case, one that is live or one of any state."""
    conditions = {
        LIVE: JointCase.state != CaseState.CONCLUDED,
        CONVENED: JointCase.state == CaseState.CONVENED,
    }
    found = sa.exists().where(JointCase.institution_id == Institution.id)
    return found.where(conditions[value]) if value in conditions else found


CASES = Facet(
    *("institutions", "joint", LABEL, _choices, in_case),
    permission=Permission.VIEW_CASES,
    order=63,
)

CHOSEN = Bulk(
    *("items", Text("Put into joint enforcement"), "enforcement.choose_items"),
    Permission.RAISE_CASE,
    order=20,
)
