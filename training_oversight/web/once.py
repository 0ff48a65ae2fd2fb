"""A form counts once, however often its button is pressed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, Session, mapped_column

from training_oversight import database
from training_oversight.database import Base


class FormReceipt(Base):
    """That a form was carried out, and which page shows the result."""

    __tablename__ = "form_receipt"

    token: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    url: Mapped[str] = mapped_column(default="/")


class AlreadySubmitted(Exception):
    """The same form has been carried out. ``url`` shows what came of it."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


def claim(session: Session, token: str) -> FormReceipt | None:
    """Take the token of a form. Raises ``AlreadySubmitted`` when somebody has."""
    if not token:
        return None
    at = database.instant(session)
    if not database.insert_if_absent(session, FormReceipt, token=token, at=at, url="/"):
        raise AlreadySubmitted(session.get_one(FormReceipt, token).url)
    return session.get_one(FormReceipt, token)
