"""How often a place was visited this year, as far as this system knows, and by whom else soon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, joinedload, raiseload, selectinload

from training_oversight import clock
from training_oversight.accounts.models import Officer
from training_oversight.catalogue import queries as catalogue
from training_oversight.inspections.models import Visit
from training_oversight.inspections.workflow import VisitState
from training_oversight.registry.models import Institution


@dataclass(frozen=True)
class Yearly:
    """Visits of one place this year that count, our own and those of other departments that are
    known here, against the county's cap."""

    own: int = 0
    others: int = 0
    most: int | None = None

    @property
    def total(self) -> int:
        return self.own + self.others

    @property
    def is_reached(self) -> bool:
        return self.most is not None and self.total >= self.most


def yearly(
    session: Session, officer: Officer, institutions: Sequence[int], *, today: date
) -> Mapping[int, Yearly]:
    """Visits that have been, of kinds that are not exempt: one query however many places."""
    rule = catalogue.visit_rule(session, authority_id=officer.authority_id, today=today)
    begins, ends = _instant(today.replace(month=1, day=1)), _instant(today + timedelta(days=1))
    who = aliased(Officer)
    ours = sa.func.sum(sa.case((who.department_id == officer.department_id, 1), else_=0))
    rows = session.execute(
        sa.select(Visit.institution_id, ours, sa.func.count())
        .join(who, who.id == Visit.entered_by_id)
        .where(
            officer.scope.clause(Visit.division_path),
            Visit.institution_id.in_(institutions),
            Visit.state == VisitState.DONE,
            Visit.kind.not_in(rule.exempt),
            Visit.happened_at >= begins,
            Visit.happened_at < ends,
        )
        .group_by(Visit.institution_id)
    ).all()
    counted = {key: (own, whole - own) for key, own, whole in rows}
    return {key: Yearly(*counted.get(key, (0, 0)), rule.most) for key in institutions}


def planned_by_others(
    session: Session, officer: Officer, institution: Institution, *, today: date
) -> Sequence[Visit]:
    """Visits to the place that somebody else has planned for these days: they could be one."""
    rule = catalogue.visit_rule(session, authority_id=officer.authority_id, today=today)
    if not rule.together_days:
        return []
    last = _instant(today + timedelta(days=rule.together_days + 1))
    mine = Visit.officers.any(Officer.id == officer.id)
    return session.scalars(
        sa.select(Visit)
        .where(
            officer.scope.clause(Visit.division_path),
            Visit.institution_id == institution.id,
            Visit.state == VisitState.PLANNED,
            Visit.happened_at >= _instant(today),
            Visit.happened_at < last,
            ~mine,
        )
        .options(selectinload(Visit.officers), joinedload(Visit.institution), raiseload("*"))
        .order_by(Visit.happened_at, Visit.id)
    ).all()


def _instant(day: date) -> datetime:
    return clock.from_local(datetime.combine(day, time()))
