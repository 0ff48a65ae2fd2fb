"""What comes next in a complaint, whose turn it is, and which moves are open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Role
from training_oversight.complaints.models import Complaint
from training_oversight.complaints.queries import After
from training_oversight.complaints.workflow import (
    COMPLAINT_WORKFLOW,
    ComplaintState,
    ComplaintVerb,
)
from training_oversight.texts import LabelledEnum, Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import Locked, MoveButton, MoveStyle, NextStep
from training_oversight.web.contributions import Step
from training_oversight.web.next_step import led_by
from training_oversight.workflow import Move

S, V = ComplaintState, ComplaintVerb
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
    """A named step, the page on which it is taken, and the move that says whose it is: itself, or
    the one that it leads to."""

    label: Text
    page: str
    who: Text
    verb: ComplaintVerb


_DESK, _HEAD = Role.HOTLINE.label, Role.SECTION_HEAD.label


def _of_move(verb: ComplaintVerb, who: Text) -> _Turn:
    return _Turn(verb.label, PAGES[verb], who, verb)


_PLAIN = {
    S.RECEIVED: _of_move(V.ACCEPT, _DESK),
    S.ACCEPTED: _of_move(V.ASSIGN, _DESK),
    S.OBJECTED: _of_move(V.DECIDE, _HEAD),
    S.SUBMITTED: _of_move(V.APPROVE, _HEAD),
}


def _turn(complaint: Complaint, after: After) -> _Turn | None:
    """What it waits for; nothing once it has ended."""
    if complaint.state in _PLAIN:
        return _PLAIN[complaint.state]
    if complaint.state is S.ASSIGNED:
        verb = V.SUBMIT if complaint.needs_approval else V.ANSWER
        return _of_move(verb, _handler(complaint))
    if complaint.state is not S.ANSWERED:
        return None
    if after.proposed:
        return _Turn(DECIDE_AGAIN, "complaints.again", _HEAD, V.REDO)
    if after.to_call:
        return _Turn(CALL, "complaints.call", _DESK, V.CLOSE)
    return _of_move(V.CLOSE, _DESK)


def _handler(complaint: Complaint) -> Text:
    if complaint.handler is not None:
        return Text("%(name)s", name=complaint.handler.name)
    return Text("%(name)s", name=complaint.department.name if complaint.department else "")


def steps(
    complaints: Sequence[Complaint], after: Mapping[int, After], officer: Officer
) -> dict[int, Step]:
    """The next step of each row and whose it is, by its key; none of what has ended.

    Whose it is the table of moves says, and so the same as the desk's work list. One query at
    most for each step among them.
    """
    turns = {one.id: _turn(one, after.get(one.id, After())) for one in complaints}
    named = [(one, turn) for one in complaints if (turn := turns[one.id])]
    mine = frozenset[int]().union(
        *(
            COMPLAINT_WORKFLOW.turns(
                officer, [one for one, turn in named if turn.verb is verb], verb
            )
            for verb in {turn.verb for _one, turn in named}
        )
    )
    return {one.id: _step(one, turn, mine=one.id in mine) for one, turn in named}


def _step(complaint: Complaint, turn: _Turn, *, mine: bool) -> Step:
    url = asking(turn.page, {"complaint_id": complaint.id}) if mine else None
    return Step(turn.label, Text("Me") if mine else turn.who, url, mine)


# What blocks these is the kind of the order, who answered it, or what the centre said: it does
# not pass by itself.
NEVER_LOCKED = {V.SUBMIT, V.ANSWER, V.SETTLE, V.REDO, V.REOPEN, V.TAKE_UP, V.GIVE_UP}


def box(complaint: Complaint, after: After, officer: Officer) -> NextStep | None:
    """The box of the record: what, whose turn, the moves."""
    named = steps([complaint], {complaint.id: after}, officer).get(complaint.id)
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
