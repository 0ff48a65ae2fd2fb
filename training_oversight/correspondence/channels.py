"""By what way a released message goes. None is set up yet, and that is what is said."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.correspondence.models import Message
from training_oversight.texts import Text


class Channel(Protocol):
    """A way out of the office. ``take`` is called in the transaction of the release.

    It does nothing slow and sends nothing there: it may ask for an errand, which sends, and then
    calls ``service.sent``. It returns what is to be said about the message meanwhile, and never
    that something was sent.
    """

    code: str
    # What it will do with a message, said before the release.
    promise: Text

    def take(self, session: Session, message: Message, *, by: Officer) -> Text: ...


class NoChannel:
    """Nothing is set up: a person passes the message on."""

    code = "none"
    promise = Text("No channel is set up, so nothing is sent: you pass it on yourself.")

    def take(self, session: Session, message: Message, *, by: Officer) -> Text:
        return Text(
            "Not sent: no channel is set up. Tell %(department)s by telephone, in writing or in "
            "person, and record here how you did.",
            department=message.department_name,
        )


NONE = NoChannel()


def configured() -> Channel:
    """The channel of this installation."""
    return NONE
