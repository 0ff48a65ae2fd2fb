"""What waits and several areas know of: messages about tasks, items by what carries them on."""

from __future__ import annotations

import sqlalchemy as sa

from training_oversight.accounts.models import Division
from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.placeholders import AnyOfficer, Asking
from training_oversight.accounts.worklist import Statement, WaitingKind, lines
from training_oversight.correspondence.models import Message
from training_oversight.correspondence.workflow import MESSAGE_WORKFLOW, MessageVerb
from training_oversight.desk import unattended
from training_oversight.enforcement import queries as cases
from training_oversight.enforcement.models import JointCase, JointTask
from training_oversight.ledger.models import RectificationItem
from training_oversight.ledger.waiting import items, items_of_mine, seconds_of_mine
from training_oversight.ledger.workflow import IN_CHARGE
from training_oversight.registry.models import Institution
from training_oversight.texts import Text


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
    return (
        lines(
            Message.id,
            Message.department_name,
            since=Message.written_at,
            institution=Institution.name,
            kind_code=Institution.kind_code,
            division=Division.name,
        )
        .select_from(Message)
        .outerjoin(JointTask, of_task)
        .outerjoin(JointCase, JointCase.id == JointTask.case_id)
        .outerjoin(Institution, Institution.id == JointCase.institution_id)
        .outerjoin(Division, Division.id == Institution.division_id)
    )


def items_to_order(officer: Asking) -> Statement:
    """A notice is to set the limit, and nobody has drafted it."""
    return _of_mine(officer).where(unattended.to_be_ordered(officer.scope))


def items_without_limit(officer: Asking) -> Statement:
    """The notice that was served has set no limit, for instance an invitation to talk."""
    return _of_mine(officer).where(unattended.no_next_step(officer.scope))


def _of_mine(officer: Asking) -> Statement:
    item = RectificationItem
    return items(officer, since=item.registered_on).where(IN_CHARGE.clause(officer, item))


def items_to_report(officer: Asking) -> Statement:
    return items_of_mine(officer).where(~cases.undecided())


def seconds_to_report(officer: Asking) -> Statement:
    return seconds_of_mine(officer).where(~cases.undecided())


WAITING = (
    WaitingKind(
        "item-report",
        "ledger.index",
        Text("Record the report"),
        Permission.MANAGE_ITEM,
        items_to_report,
        "ledger.apply",
        "item_id",
    ),
    WaitingKind(
        "item-second",
        "ledger.index",
        Text("Record refunds, or what was not asked at once"),
        Permission.MANAGE_ITEM,
        seconds_to_report,
        "ledger.report_second",
        "item_id",
    ),
    WaitingKind(
        "message-release",
        "correspondence.index",
        Text("Release the message"),
        Permission.RELEASE_MESSAGE,
        messages_to_release,
        "correspondence.show",
        "message_id",
        limit="approve",
        why=Text("Nothing leaves the office by itself"),
    ),
    WaitingKind(
        "message-pass-on",
        "correspondence.index",
        Text("Pass it on and record how"),
        Permission.RELEASE_MESSAGE,
        messages_to_pass_on,
        "correspondence.hand_over",
        "message_id",
        limit="approve",
        why=Text("No channel has sent it"),
    ),
    WaitingKind(
        "item-order",
        "ledger.index",
        Text("Draft a notice"),
        Permission.DRAFT_NOTICE,
        items_to_order,
        "notices.draft",
        "item",
        limit="decide",
    ),
    WaitingKind(
        "item-limit",
        "ledger.index",
        Text("Set the limit"),
        Permission.MANAGE_ITEM,
        items_without_limit,
        "ledger.set_limit",
        "item_id",
        limit="decide",
    ),
)
