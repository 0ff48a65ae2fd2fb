"""What joint enforcement shows on the pages of lower areas."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from flask import render_template, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from training_oversight.accounts.models import Department, Officer
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.database import current_session
from training_oversight.enforcement import presenting, queries
from training_oversight.enforcement.models import JointCase, JointCaseItem, JointTask
from training_oversight.enforcement.workflow import UNFINISHED, CaseState, CaseVerb
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.workflow import ItemState
from training_oversight.registry.models import Institution
from training_oversight.registry.workflow import InstitutionState
from training_oversight.texts import Text
from training_oversight.web.contributions import (
    Action,
    Facet,
    NavEntry,
    NavGroup,
    Panel,
    Step,
    StepSource,
)
from training_oversight.web.listings import Bulk

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
    """While an open item is in a live case, the next step is the case's: two queries."""
    rows = session.execute(_live_cases(), {"items": keys}).all()
    waiting = _waiting_for(session, {row.id for row in rows}) if rows else {}
    return {row.item_id: _step(row.id, row.state, waiting.get(row.id, []), officer) for row in rows}


@functools.cache
def _live_cases() -> sa.Select[int, int, CaseState]:
    """Built once: every list of items asks it."""
    return (
        sa.select(JointCaseItem.item_id, JointCase.id, JointCase.state)
        .join(JointCase, JointCase.id == JointCaseItem.case_id)
        .join(RectificationItem, RectificationItem.id == JointCaseItem.item_id)
        .where(
            JointCaseItem.item_id.in_(sa.bindparam("items", expanding=True)),
            JointCaseItem.left_on.is_(None),
            # Only open items: once the institution has reported, the next step is the ledger's.
            # Written as “no other state”, or SQLite would read all open items instead of these.
            RectificationItem.state.not_in([one for one in ItemState if one is not ItemState.OPEN]),
        )
    )


def _waiting_for(session: Session, case_ids: set[int]) -> dict[int, list[str]]:
    """Case -> names of the departments that still owe an answer."""
    found: dict[int, list[str]] = {}
    rows = session.execute(
        sa.select(JointTask.case_id, Department.name)
        .join(Department, Department.id == JointTask.department_id)
        .where(JointTask.case_id.in_(case_ids), JointTask.state.in_(UNFINISHED))
        .order_by(JointTask.id)
    )
    for case_id, name in rows:
        if name not in found.setdefault(case_id, []):
            found[case_id].append(name)
    return found


def _step(case_id: int, state: CaseState, names: list[str], officer: Officer) -> Step:
    mine = officer.may(Permission.CONVENE_CASE)
    url = url_for("enforcement.show", case_id=case_id) if mine else None
    who = Text("Me") if mine else Role.SECTION_HEAD.label
    if state == CaseState.RAISED:
        return Step(Text("Decide on joint enforcement"), who, url, mine)
    if names:
        return Step(Text("Waiting for the departments"), "、".join(names))
    return Step(CaseVerb.CONCLUDE.label, who, url, mine)


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
