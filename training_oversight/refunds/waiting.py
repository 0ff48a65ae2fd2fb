"""Refunds that wait for whoever follows them up."""

from __future__ import annotations

import sqlalchemy as sa

from training_oversight.accounts.permissions import Permission
from training_oversight.accounts.placeholders import Asking
from training_oversight.accounts.worklist import Statement, WaitingKind
from training_oversight.refunds.models import Refund
from training_oversight.refunds.workflow import REFUND_WORKFLOW, RefundVerb
from training_oversight.registry.waiting_lines import numbered, waits


def _to_move(officer: Asking, verb: RefundVerb) -> Statement:
    return waits(
        *(officer, Refund, Refund.id, sa.literal("TF-") + numbered(Refund, width=4)),
        at=Refund.institution_id,
        note=Refund.course,
        since=Refund.entered_on,
    ).where(officer.scope.clause(Refund.division_path), REFUND_WORKFLOW.turn(verb, officer, Refund))


def to_check(officer: Asking) -> Statement:
    return _to_move(officer, RefundVerb.CHECK)


def to_agree(officer: Asking) -> Statement:
    return _to_move(officer, RefundVerb.AGREE)


WAITING = (
    WaitingKind(
        "refund-check",
        "refunds.index",
        RefundVerb.CHECK.label,
        Permission.ENTER_REFUND,
        to_check,
        "refunds.check",
        "refund_id",
        limit="decide",
    ),
    WaitingKind(
        "refund-agree",
        "refunds.index",
        RefundVerb.AGREE.label,
        Permission.ENTER_REFUND,
        to_agree,
        "refunds.agree",
        "refund_id",
    ),
)
