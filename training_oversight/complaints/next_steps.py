"""What comes next in a complaint, whose turn it is, and which moves are open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission, Role
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.queries import After
from training_oversight.complaints.workflow import ComplaintState, ComplaintVerb
from training_oversight.texts import LabelledEnum, Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import Locked, MoveButton, MoveStyle, NextStep
from training_oversight.web.contributions import Step
from training_oversight.web.next_step import led_by
from training_oversight.workflow import Move

S, V, P = ComplaintState, ComplaintVerb, Permission
PAGES: Mapping[LabelledEnum, str] = {
    V.ACCEPT: "complaints.accept",
    V.DECLINE: "complaints.decline",
    V.ASSIGN: "complaints.assign",
    V.MERGE: "complaints.merge",
    V.OBJECT: "complaints.object_",
    V.DECIDE: "complaints.decide",
    V.SUBMIT: "complaints.answer",
    V.ANSWER: "complaints.answer",
    V.SETTLE: "complaints.settle",
    V.RETURN: "complaints.give_back",
    V.APPROVE: "complaints.approve",
    V.CLOSE: "complaints.close",
    V.REDO: "complaints.again",
    V.REOPEN: "complaints.again",
    V.TAKE_UP: "complaints.again",
    V.GIVE_UP: "orders.give_up",
}
CALL = Text("Call back")
DECIDE_AGAIN = Text("Decide on the call-back")


@dataclass(frozen=True)
class _Turn:
    """A named step, the page on which it is taken, and the move that it is, if it is one."""

    label: Text
    page: str
    permission: Permission
    who: Text
    verb: ComplaintVerb | None = None


_DESK, _HEAD = Role.HOTLINE.label, Role.SECTION_HEAD.label


def _of_move(verb: ComplaintVerb, permission: Permission, who: Text) -> _Turn:
    return _Turn(verb.label, PAGES[verb], permission, who, verb)


_PLAIN = {
    S.RECEIVED: _of_move(V.ACCEPT, P.ASSIGN_COMPLAINT, _DESK),
    S.ACCEPTED: _of_move(V.ASSIGN, P.ASSIGN_COMPLAINT, _DESK),
    S.OBJECTED: _of_move(V.DECIDE, P.DECIDE_COMPLAINT, _HEAD),
    S.SUBMITTED: _of_move(V.APPROVE, P.DECIDE_COMPLAINT, _HEAD),
}


def _turn(complaint: Complaint, after: After) -> _Turn | None:
    """What it waits for; nothing once it has ended."""
    if complaint.state in _PLAIN:
        return _PLAIN[complaint.state]
    if complaint.state is S.ASSIGNED:
        verb = V.SUBMIT if complaint.needs_approval else V.ANSWER
        return _of_move(verb, P.HANDLE_COMPLAINT, _handler(complaint))
    if complaint.state is not S.ANSWERED:
        return None
    if after.proposed:
        return _Turn(DECIDE_AGAIN, "complaints.again", P.DECIDE_COMPLAINT, _HEAD)
    if after.to_call:
        return _Turn(CALL, "complaints.call", P.ASSIGN_COMPLAINT, _DESK)
    return _of_move(V.CLOSE, P.ASSIGN_COMPLAINT, _DESK)


def _handler(complaint: Complaint) -> Text:
    if complaint.handler is not None:
        return Text("%(name)s", name=complaint.handler.name)
    return Text("%(name)s", name=complaint.department.name if complaint.department else "")


def step(complaint: Complaint, after: After, officer: Officer) -> Step | None:
    """The next step of a row, and whose it is."""
    turn = _turn(complaint, after)
    if turn is None:
        return None
    mine = officer.may(turn.permission) and _is_mine(complaint, turn, officer)
    url = asking(turn.page, {"complaint_id": complaint.id}) if mine else None
    return Step(turn.label, Text("Me") if mine else turn.who, url, mine)


def _is_mine(complaint: Complaint, turn: _Turn, officer: Officer) -> bool:
    """For a row: what of the move hangs on who stands in the record's columns."""
    move = complaint.workflow.move(turn.verb, complaint.state) if turn.verb else None
    if move is None:
        return True
    party = any(getattr(complaint, column) == officer.id for column, _why in move.not_by)
    return not party and move.allowed_to(officer, complaint) and move.waits_for(officer, complaint)


# What blocks these is the kind of the order, who answered it, or what the centre said: it does
# not pass by itself.
NEVER_LOCKED = {V.SUBMIT, V.ANSWER, V.SETTLE, V.REDO, V.REOPEN, V.TAKE_UP, V.GIVE_UP}


def box(complaint: Complaint, after: After, officer: Officer) -> NextStep | None:
    """The box of the record: what, whose turn, the moves."""
    named = step(complaint, after, officer)
    offer = complaint.workflow.offer(officer, complaint)
    moves = [_button(move, complaint) for move in offer.open]
    locked = [
        Locked(one.move.label, one.reasons[0])
        for one in offer.locked
        if one.move.verb not in NEVER_LOCKED
    ]
    if named is None:
        return NextStep(Text("Nothing is owed"), "", moves, locked) if moves else None
    mine = Text("waits for you")
    whose = mine if named.mine else Text("waits for %(who)s", who=named.who)
    return NextStep(named.label, whose, led_by(named, moves), locked)


def _button(move: Move, complaint: Complaint) -> MoveButton:
    # Accepting needs nothing typed and can be pressed at once; every other move has its page.
    method = "post" if move.verb is V.ACCEPT else "get"
    style = MoveStyle.TEXT if move.grave else MoveStyle.OTHER
    url = asking(PAGES[move.verb], {"complaint_id": complaint.id})
    return MoveButton(move.label, url, style, method, complaint.version)
