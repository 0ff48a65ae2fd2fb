"""What comes next for a refund and for a closing event, and which moves are open."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.refunds.models import ClosingEvent, Refund
from training_oversight.refunds.service import PAYABLE
from training_oversight.refunds.workflow import BY_PAYMENT, EventVerb, RefundState, RefundVerb
from training_oversight.texts import LabelledEnum, Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import Locked, MoveButton, MoveStyle, NextStep
from training_oversight.web.contributions import Step
from training_oversight.workflow import Move

PAGES: Mapping[LabelledEnum, str] = {
    RefundVerb.CHECK: "refunds.check",
    RefundVerb.AGREE: "refunds.agree",
    RefundVerb.DISPUTE: "refunds.dispute",
    RefundVerb.WITHDRAW: "refunds.withdraw",
}
EVENT_PAGES: Mapping[LabelledEnum, str] = {
    EventVerb.CLOSE: "refunds.close_event",
    EventVerb.REOPEN: "refunds.reopen_event",
}
PAY = Text("Record money paid back")
# What a refund waits for in each state; nothing more is to be done with the others.
WAITS_FOR = {
    RefundState.SIGNED_UP: (RefundVerb.CHECK.label, "refunds.check"),
    RefundState.ENTERED: (RefundVerb.AGREE.label, "refunds.agree"),
    RefundState.DISPUTED: (RefundVerb.AGREE.label, "refunds.agree"),
    RefundState.AGREED: (PAY, "refunds.pay"),
}


def step_of(refund: Refund, officer: Officer) -> Step | None:
    """The next step of a refund in a list, and whose it is."""
    if refund.state not in WAITS_FOR:
        return None
    label, page = WAITS_FOR[refund.state]
    mine = refund.handler_id == officer.id
    url = url_for(page, refund_id=refund.id) if officer.may(Permission.ENTER_REFUND) else None
    return Step(label, Text("Me") if mine else refund.handler.name, url, mine)


def box_of(refund: Refund, officer: Officer) -> NextStep | None:
    """The box of the page: what, whose turn, the moves."""
    step = step_of(refund, officer)
    offer = refund.workflow.offer(officer, refund)
    moves = [
        _button(
            move, PAGES, main=step is not None and move.label == step.label, refund_id=refund.id
        )
        for move in offer.open
        if move.verb not in BY_PAYMENT
    ]
    if refund.state in PAYABLE and officer.may(Permission.ENTER_REFUND) and refund.left_fen:
        main = refund.state == RefundState.AGREED
        style = MoveStyle.MAIN if main else MoveStyle.OTHER
        moves.append(MoveButton(PAY, url_for("refunds.pay", refund_id=refund.id), style))
    moves.sort(key=lambda each: each.style is not MoveStyle.MAIN)
    locked = [
        Locked(one.move.label, one.reasons[0])
        for one in offer.locked
        if one.move.verb not in BY_PAYMENT
    ]
    if step is None:
        return (
            NextStep(Text("Nothing; it is paid back in full"), "", moves, locked) if moves else None
        )
    whose = Text("waits for you") if step.mine else Text("waits for %(who)s", who=step.who)
    return NextStep(step.label, whose, moves, locked)


def event_moves(event: ClosingEvent, officer: Officer) -> list[MoveButton]:
    offer = event.workflow.offer(officer, event)
    return [_button(move, EVENT_PAGES, main=False, event_id=event.id) for move in offer.open]


def _button(move: Move, pages: Mapping[LabelledEnum, str], *, main: bool, **key: int) -> MoveButton:
    style = MoveStyle.MAIN if main else MoveStyle.TEXT if move.grave else MoveStyle.OTHER
    return MoveButton(move.label, asking(pages[move.verb], key), style)
