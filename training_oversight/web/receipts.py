"""A form counts once, however often its button is pressed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from training_oversight import database
from training_oversight.errors import BadInput
from training_oversight.texts import Text
from training_oversight.web.messages import Message
from training_oversight.web.models import FormReceipt

LONGEST = 100


class AlreadySubmitted(Exception):
    """The same form has been carried out. ``url`` shows what came of it, ``said`` says it."""

    def __init__(self, receipt: FormReceipt) -> None:
        super().__init__(receipt.url)
        self.url = receipt.url
        self.said: list[tuple[str, Message]] = [
            (kind, tuple(words) if isinstance(words, list) else words)
            for kind, words in receipt.said
        ]


def check(token: str) -> None:
    """Raises ``BadInput`` for what no page of ours says; no index takes a text of any length."""
    if len(token) > LONGEST:
        raise BadInput(Text("This form is not as the page made it. Open the page once more."))


def claim(session: Session, token: str) -> FormReceipt | None:
    """Take the token of a form. Raises ``AlreadySubmitted`` when somebody has."""
    if not token:
        return None
    at = database.instant(session)
    if not database.insert_if_absent(session, FormReceipt, token=token, at=at, url="/", said=[]):
        raise AlreadySubmitted(session.get_one(FormReceipt, token))
    return session.get_one(FormReceipt, token)
