"""Records that are called by a number, found by the whole of it, in the areas that one may see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload

from training_oversight.accounts.models import Division, Officer, Scope
from training_oversight.accounts.permissions import Permission
from training_oversight.enforcement.models import JointCase
from training_oversight.ledger.models import RectificationItem
from training_oversight.names import naming
from training_oversight.notices.models import Notice
from training_oversight.registry.models import Institution

# 2026-0012, LH-2026-01, 澄教责改〔2026〕41号 or no more than 〔2026〕41.
ITEM = re.compile(r"(\d{4})-0*(\d{1,6})")
CASE = re.compile(r"LH-?(\d{4})-0*(\d{1,6})")
NOTICE = re.compile(r"([^〔\[(【]*)[〔\[(【](\d{4})[〕\])】]第?0*(\d{1,6})号?")
MOST = 5


@dataclass(frozen=True)
class Numbered:
    """The records that carry the number."""

    items: Sequence[RectificationItem] = ()
    notices: Sequence[Notice] = ()
    cases: Sequence[JointCase] = ()

    def __len__(self) -> int:
        return len(self.items) + len(self.notices) + len(self.cases)


def numbered(session: Session, officer: Officer, typed: str) -> Numbered:
    """What is called so, in the officer's scope. Asks nothing unless it looks like a number."""
    number, scope = naming.normalised(typed).replace(" ", ""), officer.scope
    if (found := ITEM.fullmatch(number)) and officer.may(Permission.VIEW_LEDGER):
        return Numbered(items=_called(session, RectificationItem, scope, found[1], found[2]))
    if (found := CASE.fullmatch(number)) and officer.may(Permission.VIEW_CASES):
        return Numbered(cases=_called(session, JointCase, scope, found[1], found[2]))
    if (found := NOTICE.fullmatch(number)) and officer.may(Permission.VIEW_NOTICES):
        prefix = Notice.number.contains(f"{found[1]}〔", autoescape=True)
        return Numbered(notices=_called(session, Notice, scope, found[2], found[3], prefix))
    return Numbered()


def _called(
    session: Session,
    model: type[Any],
    scope: Scope,
    year: str,
    serial: str,
    *more: sa.ColumnElement[bool],
) -> Sequence[Any]:
    return session.scalars(
        sa.select(model)
        .where(
            scope.clause(model.division_path),
            model.year == int(year),
            model.serial == int(serial),
            *more,
        )
        .options(
            joinedload(model.institution).load_only(Institution.name, raiseload=True),
            raiseload("*"),
        )
        .order_by(model.id)
        .limit(MOST)
    ).all()


def places(session: Session, scope: Scope, divisions: Sequence[Division]) -> dict[str, str]:
    """Path of a division -> its name, with the county's in front for who sees several."""
    above = {_above(one.path) for one in divisions}
    wanted = {path for path in above if len(path) > len(scope.path)}
    names: dict[str, str] = {}
    if wanted:
        rows = session.execute(
            sa.select(Division.path, Division.name).where(Division.path.in_(wanted))
        )
        names = dict(rows.all())
    return {one.path: names.get(_above(one.path), "") + one.name for one in divisions}


def _above(path: str) -> str:
    return path.rstrip("/").rpartition("/")[0] + "/"
