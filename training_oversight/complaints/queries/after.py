"""What is left to do after an answer: calls to make, and calls that propose to do it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from training_oversight.complaints.kinds import Satisfaction
from training_oversight.complaints.models import Callback, Complaint, ComplaintAnswer

_Other = aliased(Complaint)


def _last_answer() -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.max(ComplaintAnswer.id))
        .where(ComplaintAnswer.complaint_id == Complaint.id)
        .correlate(Complaint)
        .scalar_subquery()
    )


def _called(key: sa.SQLColumnExpression[int]) -> sa.ColumnElement[bool]:
    return sa.exists().where(Callback.complaint_id == key, Callback.answer_id == _last_answer())


# Somebody who told of it can be reached and had no call since the answer; the same as
# ``Complaint.to_call_back`` says of one.
TO_CALL = sa.or_(
    sa.and_(Complaint.reachable, ~_called(Complaint.id)),
    sa.exists().where(_Other.merged_into_id == Complaint.id, _Other.reachable, ~_called(_Other.id)),
)
# A call-back that nobody has decided on; the same as ``Complaint.proposals``.
PROPOSED = sa.exists().where(
    Callback.answer_id == _last_answer(),
    Callback.satisfaction == Satisfaction.DISSATISFIED,
    Callback.decided_on.is_(None),
)


@dataclass(frozen=True)
class After:
    """How an answered order stands, for its row in a list."""

    to_call: bool = False
    proposed: bool = False


def after_answers(session: Session, keys: Iterable[int]) -> dict[int, After]:
    """By the key of the order; one query for a page."""
    rows = session.execute(
        sa.select(Complaint.id, TO_CALL, PROPOSED).where(Complaint.id.in_(list(keys)))
    )
    return {key: After(bool(to_call), bool(proposed)) for key, to_call, proposed in rows}
