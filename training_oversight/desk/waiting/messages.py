"""Messages that wait to be released, or to be passed on."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from training_oversight.accounts.models import Division
from training_oversight.accounts.placeholders import AnyOfficer, Asking
from training_oversight.correspondence.models import Message
from training_oversight.correspondence.workflow import MESSAGE_WORKFLOW, MessageVerb
from training_oversight.desk.waiting.columns import Statement
from training_oversight.enforcement.models import JointCase, JointTask
from training_oversight.registry.models import Institution


def messages_to_release(officer: Asking) -> Statement:
    return _to_move(officer, MessageVerb.RELEASE)


def messages_to_pass_on(officer: Asking) -> Statement:
    """Released, and no channel has sent it."""
    return _to_move(officer, MessageVerb.HAND_OVER)


def _to_move(officer: Asking, verb: MessageVerb) -> Statement:
    return _messages(officer).where(
        officer.scope.clause(Message.division_path),
        MESSAGE_WORKFLOW.turn(verb, officer, Message),
    )


def _messages(officer: Asking) -> Statement:
    """Who counts gets the keys alone. A message need not be about an institution."""
    if isinstance(officer, AnyOfficer):
        return sa.select(Message.id.label("key"))
    of_task = sa.and_(
        Message.subject_kind == JointTask.__tablename__, JointTask.id == Message.subject_id
    )
    columns: list[Any] = [
        Message.id.label("key"),
        Message.department_name.label("title"),
        sa.null().cast(sa.Text()).label("note"),
        Institution.name.label("institution"),
        Institution.kind_code.label("kind_code"),
        Division.name.label("division"),
        sa.null().cast(sa.Date()).label("due_on"),
        Message.written_at.label("since"),
    ]
    return (
        sa.select(*columns)
        .select_from(Message)
        .outerjoin(JointTask, of_task)
        .outerjoin(JointCase, JointCase.id == JointTask.case_id)
        .outerjoin(Institution, Institution.id == JointCase.institution_id)
        .outerjoin(Division, Division.id == Institution.division_id)
    )
