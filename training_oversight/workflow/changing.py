"""The only ways to change a state: ``moving()``, and ``correcting()`` what was no step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session, object_session

from training_oversight import audit, database
from training_oversight.accounts.models import Officer
from training_oversight.texts import LabelledEnum
from training_oversight.workflow import parties, past_states
from training_oversight.workflow.moves import HasState, Move


@contextmanager
def moving(
    session: Session,
    subject: Any,
    verb: LabelledEnum,
    *,
    by: Officer,
    note: str = "",
    version: int | None = None,
    **facts: Any,
) -> Iterator[Move]:
    """Check, authorise, let the caller fill in the facts, change the state, record.

    The subject is read again first and kept from others until the transaction ends.
    ``version`` is what the form carried. Nothing is touched unless the move is allowed,
    and nothing is left out of the history: it is written from what has changed.
    """
    database.locked(session, subject)
    database.seen(subject, version)
    step = subject.workflow.check(by, subject, verb)
    before, source = audit.differences.snapshot(subject), subject.state
    yield step
    subject.state = step.target
    states = (source.value, step.target.value)
    # The key of an officer that was put beside it is known only when it is saved.
    session.flush()
    changes = audit.differences.difference(before, audit.differences.snapshot(subject))
    changes.pop("state", None)
    audit.record(
        session,
        subject,
        subject.workflow.events[verb],
        by=by,
        note=note,
        changes=changes,
        states=states,
        **parties.acted_for(by, step.permission),
        **facts,
    )
    past_states.note(session, subject, states, day=facts.get("happened_on"))


def move(
    session: Session,
    subject: object,
    verb: LabelledEnum,
    *,
    by: Officer,
    note: str = "",
    version: int | None = None,
) -> None:
    """A move that only changes the state."""
    with moving(session, subject, verb, by=by, note=note, version=version):
        pass


def stepped(subject: HasState, verb: LabelledEnum, *, by: Officer) -> tuple[str, str]:
    """Change the state as ``moving()`` does, but leave the event to the caller.

    For many records at once, and where the history must not show the columns. Returns the states
    before and after, for that event. The caller has locked the record.
    """
    step = subject.workflow.check(by, subject, verb)
    before, subject.state = subject.state, step.target
    return _noted(subject, (before.value, step.target.value))


@contextmanager
def correcting(
    session: Session,
    subject: Any,
    verb: LabelledEnum,
    *,
    by: Officer,
    to: LabelledEnum | None = None,
    note: str = "",
    **facts: object,
) -> Iterator[None]:
    """``moving()`` for a correction. The caller has locked the record.

    ``to`` is the state to go back to, for a correction without a target.
    """
    subject.workflow.correction(by, subject, verb)
    before = audit.differences.snapshot(subject)
    yield
    states = corrected(subject, verb, by=by, to=to)
    changes = audit.differences.difference(before, audit.differences.snapshot(subject))
    changes.pop("state", None)
    kind = subject.workflow.events[verb]
    audit.record(session, subject, kind, by=by, note=note, changes=changes, states=states, **facts)


def corrected(
    subject: HasState, verb: LabelledEnum, *, by: Officer, to: LabelledEnum | None = None
) -> tuple[str, str]:
    """``stepped()`` for a correction: the states before and after, for the caller's event."""
    found = subject.workflow.correction(by, subject, verb)
    before, subject.state = subject.state, found.target or to
    return _noted(subject, (before.value, subject.state.value))


def _noted(subject: HasState, states: tuple[str, str]) -> tuple[str, str]:
    session = object_session(subject)
    if session is None:
        raise ValueError("a record moves inside the transaction that keeps it")
    past_states.note(session, subject, states)
    return states
