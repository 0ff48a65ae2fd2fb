"""A message in words: what it is, what became of it, what comes next."""

from __future__ import annotations

from flask import url_for

from training_oversight.accounts.models import Officer
from training_oversight.audit.recent_changes import Reading, by
from training_oversight.correspondence.kinds import MessageKind, kind_of
from training_oversight.correspondence.models import Message
from training_oversight.correspondence.workflow import MessageState, MessageVerb
from training_oversight.errors import NotFound
from training_oversight.law.sentences import unpacked
from training_oversight.texts import LabelledEnum, Text
from training_oversight.web.addresses import asking
from training_oversight.web.components import (
    Locked,
    MoveButton,
    MoveStyle,
    NextStep,
    Shape,
    Status,
    Tone,
)

S, V = MessageState, MessageVerb
STANDING = {
    S.WAITING: (Shape.NOT_BEGUN, Tone.INK),
    S.RELEASED: (Shape.UNDER_WAY, Tone.AMBER),
    S.SENT: (Shape.DONE, Tone.GREEN),
    S.HANDED_OVER: (Shape.DONE, Tone.GREEN),
    S.DROPPED: (Shape.ENDED, Tone.GREY),
    S.SETTLED: (Shape.ENDED, Tone.GREY),
    S.READY: (Shape.DONE, Tone.INK),
}
PAGES: dict[LabelledEnum, str] = {
    V.RELEASE: "correspondence.release",
    V.HAND_OVER: "correspondence.hand_over",
    V.DROP: "correspondence.drop",
}
STEPS = {S.WAITING: V.RELEASE.label, S.RELEASED: Text("Pass it on and record how")}
FACTS = {"how": Text("How it was passed on"), "handed_over_on": Text("Passed on on")}
READING = Reading(("message",), by(FACTS))


def kind(message: Message) -> MessageKind | None:
    """Nothing for one that this release does not know any more: the message stays readable."""
    try:
        return kind_of(message.kind)
    except NotFound:
        return None


def label(message: Message) -> Text:
    found = kind(message)
    return found.label if found else Text("Unknown message (%(code)s)", code=message.kind)


def words(message: Message) -> Text:
    return unpacked([message.words])[0]


def answer(message: Message) -> Text | None:
    """What the channel said."""
    return unpacked([message.answer])[0] if message.answer else None


def address(message: Message) -> str | None:
    """The page of what it is about."""
    found = kind(message)
    if found is None:
        return None
    endpoint, argument = found.page
    return asking(endpoint, _key(argument, message.subject_id))


def _key(argument: str, key: int) -> dict[str, int]:
    return {argument: key}


def status(message: Message) -> Status:
    shape, tone = STANDING[message.state]
    return Status(shape, message.state.label, tone)


def step(message: Message, officer: Officer) -> Text | None:
    """What of it waits for this officer."""
    moves = message.workflow.offer(officer, message).open if decides(message, officer) else ()
    return STEPS.get(message.state) if moves else None


def decides(message: Message, officer: Officer) -> bool:
    found = kind(message)
    return found is not None and found.allows(officer)


def box(message: Message, officer: Officer, *, obstacle: Text | None) -> NextStep | None:
    """What may be done with it now, and what not and why; nothing once it has ended."""
    title = STEPS.get(message.state)
    if title is None:
        return None
    offered = message.workflow.offer(officer, message).open if decides(message, officer) else ()
    barred = {V.RELEASE} if obstacle else set()
    moves = [_button(message, move.verb) for move in offered if move.verb not in barred]
    locked = [Locked(move.label, obstacle) for move in offered if move.verb in barred and obstacle]
    moves.sort(key=lambda each: each.style is not MoveStyle.MAIN)
    main = moves and moves[0].style is MoveStyle.MAIN
    return NextStep(moves[0].label if main else title, "", moves, locked)


def _button(message: Message, verb: LabelledEnum) -> MoveButton:
    style = MoveStyle.TEXT if verb is V.DROP else MoveStyle.MAIN
    return MoveButton(verb.label, url_for(PAGES[verb], message_id=message.id), style)
