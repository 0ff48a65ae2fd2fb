"""Finding messages: the list, and one with the people that its page names."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, raiseload

from training_oversight.accounts.models import Officer
from training_oversight.correspondence.models import Message
from training_oversight.correspondence.workflow import MessageState
from training_oversight.errors import NotFound
from training_oversight.workflow.moves import HasState


def listed(officer: Officer, *, kind: str | None = None) -> sa.Select[Message]:
    """The messages in the officer's scope; the caller pages them."""
    found = sa.select(Message).where(officer.scope.clause(Message.division_path))
    if kind is not None:
        found = found.where(Message.kind == kind)
    return found.options(raiseload("*"))


def count_by_state(
    session: Session, officer: Officer, *, kind: str | None = None
) -> dict[MessageState, int]:
    within = listed(officer, kind=kind).with_only_columns(Message.id)
    rows = session.execute(
        sa.select(Message.state, sa.func.count())
        .where(Message.id.in_(within))
        .group_by(Message.state)
    )
    return dict(rows.all())


def get(session: Session, message_id: int, *, officer: Officer) -> Message:
    """A message in the officer's scope, with who did what. Raises ``NotFound`` for any other."""
    found = session.scalars(
        sa.select(Message)
        .where(Message.id == message_id, officer.scope.clause(Message.division_path))
        .options(
            joinedload(Message.written_by),
            joinedload(Message.released_by),
            joinedload(Message.handed_over_by),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def about(session: Session, subject: HasState) -> list[Message]:
    """Every message about one record, oldest first."""
    return list(
        session.scalars(
            sa.select(Message)
            .where(
                Message.subject_kind == subject.__tablename__,
                Message.subject_id == subject.id,
            )
            .order_by(Message.id)
        )
    )
