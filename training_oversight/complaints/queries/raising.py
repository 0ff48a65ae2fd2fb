"""Which orders are raised because their place is told of again and again: said here, and nowhere
stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, joinedload, load_only, raiseload

from training_oversight.accounts.models import Officer
from training_oversight.catalogue import queries as catalogue
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.queries.records import readable
from training_oversight.complaints.workflow import OPEN, ComplaintState
from training_oversight.registry.models import Institution

MOST = 10
_Other = aliased(Complaint)


@dataclass(frozen=True)
class Raised:
    """How many complaints there were about the place of an order, within how many days."""

    count: int
    days: int


@dataclass(frozen=True)
class Raising:
    """The county's rule on one day."""

    days: int
    orders: int
    today: date

    @property
    def told(self) -> sa.ColumnElement[int]:
        """How many complaints about the place of an order came within the days. Whoever told of it
        counts, also where it was merged; what was not for this county does not."""
        return sa.case(
            (
                Complaint.institution_id.is_not(None),
                self._counted(_Other.institution_id == Complaint.institution_id),
            ),
            else_=self._counted(
                _Other.institution_id.is_(None),
                _Other.authority_id == Complaint.authority_id,
                _Other.place == Complaint.place,
            ),
        )

    @property
    def clause(self) -> sa.ColumnElement[bool]:
        """Open orders whose place was told of as often as the county's rule says."""
        return sa.and_(Complaint.state.in_(OPEN), self.told >= self.orders)

    def _counted(self, *same: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
        return (
            sa.select(sa.func.count())
            .select_from(_Other)
            .where(
                *same,
                _Other.received_on > self.today - timedelta(days=self.days),
                _Other.state != ComplaintState.DECLINED,
            )
            .correlate(Complaint)
            .scalar_subquery()
        )


def raising(session: Session, authority_id: int, *, today: date) -> Raising:
    rule = catalogue.repeat_rule(session, authority_id=authority_id, today=today)
    return Raising(rule.days, rule.orders, today)


def raised(session: Session, keys: Iterable[int], rule: Raising) -> dict[int, Raised]:
    """Those of these orders that are raised, by their key; one query for a page."""
    rows = session.execute(
        sa.select(Complaint.id, rule.told).where(Complaint.id.in_(list(keys)), rule.clause)
    )
    return {key: Raised(count, rule.days) for key, count in rows}


def most_raised(
    session: Session, officer: Officer, rule: Raising
) -> Sequence[tuple[Complaint, Raised]]:
    """For the board: what is raised, told of most first."""
    told = rule.told
    rows = session.execute(
        sa.select(Complaint, told)
        .where(readable(officer), rule.clause)
        .options(
            load_only(
                *(Complaint.year, Complaint.serial, Complaint.place, Complaint.institution_id),
                *(Complaint.state, Complaint.due_on),
            ),
            joinedload(Complaint.institution).load_only(Institution.name),
            raiseload("*"),
        )
        .order_by(told.desc(), Complaint.sort_due, Complaint.id)
        .limit(MOST)
    )
    return [(one, Raised(count, rule.days)) for one, count in rows]
