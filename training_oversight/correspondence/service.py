"""Writing messages, and what becomes of them. The only code that writes them."""

from __future__ import annotations

from datetime import date
from typing import cast

from sqlalchemy.orm import Session

from training_oversight import audit, database, workflow
from training_oversight.accounts import queries as accounts
from training_oversight.accounts.models import Department, Officer
from training_oversight.audit import EventType
from training_oversight.correspondence import queries
from training_oversight.correspondence.channels import Channel
from training_oversight.correspondence.kinds import MessageKind, kind_of
from training_oversight.correspondence.models import Message
from training_oversight.correspondence.workflow import OPEN, MessageVerb
from training_oversight.errors import BadInput, Blocked
from training_oversight.law.sentences import packed
from training_oversight.texts import Text
from training_oversight.workflow import in_scope
from training_oversight.workflow.moves import HasState

V = MessageVerb
WRITTEN = EventType.declare("message.written", Text("Message written"))
NOT_WANTED = Text("What it tells of has changed since: the department need not be told any more.")


def write(
    session: Session, kind: MessageKind, *, about: HasState, to: Department, by: Officer
) -> Message:
    """Put a message into the outbox, in the transaction of the step that it tells of.

    What stays in the office is in the list at once; what leaves it waits for a person.
    """
    in_scope(by, about)
    message = Message(
        kind=kind.code,
        authority_id=to.authority_id,
        division_path=about.division_path,
        department_id=to.id,
        department_name=to.name,
        subject_kind=about.__tablename__,
        subject_id=about.id,
        words=packed(kind.words(about)),
        written_at=database.instant(session),
        written_by_id=by.id,
    )
    audit.created(session, message, WRITTEN, by=by)
    if kind.release is None:
        workflow.move(session, message, V.POST, by=accounts.system(session))
    return message


def settle(session: Session, *, about: HasState, by: Officer) -> None:
    """End the messages about a record that nobody need pass on any more, in the step that shows
    so: the department has answered, or nothing is asked of it."""
    in_scope(by, about)
    for message in queries.about(session, about):
        if message.state in OPEN and not kind_of(message.kind).wanted(session, about.id):
            workflow.move(session, message, V.SETTLE, by=accounts.system(session))


def release(
    session: Session,
    message: Message,
    *,
    channel: Channel,
    by: Officer,
    today: date,
    version: int | None = None,
) -> Text:
    """Let a message out of the office; what the channel says to it."""
    with workflow.moving(session, message, V.RELEASE, by=by, version=version):
        kind = kind_of(message.kind)
        kind.check(by)
        if not kind.wanted(session, message.subject_id):
            raise Blocked(NOT_WANTED)
        answer = channel.take(session, message, by=by)
        message.released_on, message.released_by_id = today, by.id
        message.channel, message.answer = channel.code, packed(answer)
    return answer


def sent(session: Session, message: Message, *, answer: Text, by: Officer) -> None:
    """A channel says that it has sent it, after it has."""
    with workflow.moving(session, message, V.SEND, by=by):
        message.sent_at, message.answer = database.instant(session), packed(answer)


def hand_over(
    session: Session,
    message: Message,
    *,
    on: date,
    how: str,
    by: Officer,
    today: date,
    version: int | None = None,
) -> None:
    """A person says that they passed it on, on which day and how."""
    with workflow.moving(session, message, V.HAND_OVER, by=by, version=version):
        kind_of(message.kind).check(by)
        _between(message, on, today)
        message.handed_over_on, message.handed_over_by_id, message.how = on, by.id, how


def _between(message: Message, on: date, today: date) -> None:
    if on > today:
        sentence = Text("Cannot be later than today (%(today)s).", today=today)
        raise BadInput(sentence, {"handed_over_on": sentence})
    released_on = cast(date, message.released_on)
    if on < released_on:
        sentence = Text("Cannot be before the day of the release (%(day)s).", day=released_on)
        raise BadInput(sentence, {"handed_over_on": sentence})


def drop(
    session: Session, message: Message, *, reason: str, by: Officer, version: int | None = None
) -> None:
    """Nobody is told; the reason stays with the message."""
    with workflow.moving(session, message, V.DROP, by=by, version=version, note=reason):
        kind_of(message.kind).check(by)
        message.dropped_reason = reason
