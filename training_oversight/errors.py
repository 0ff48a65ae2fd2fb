"""Errors that an officer can understand. The message is shown to them: write it for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus

from training_oversight.texts import Text


class OversightError(Exception):
    """Base class. Says what happened, what was kept and what to do."""

    status = HTTPStatus.CONFLICT

    def __init__(self, text: Text) -> None:
        super().__init__(text.message)
        self.text = text

    def __str__(self) -> str:
        return str(self.text)


class NotPermitted(OversightError):
    """The officer's roles do not allow it, or they are a party to the case."""

    status = HTTPStatus.FORBIDDEN


class NotFound(OversightError):
    """No such record, or one outside the officer's scope: the two look alike on purpose."""

    status = HTTPStatus.NOT_FOUND

    def __init__(self, text: Text | None = None) -> None:
        super().__init__(
            text or Text("There is no such record, or it is outside your jurisdiction.")
        )


class Gone(OversightError):
    """It was there and has been deleted on purpose. Says when, and what can still be done."""

    status = HTTPStatus.GONE


class WrongState(OversightError):
    """The record is not in a state from which the action is possible."""


class Blocked(OversightError):
    """The move exists, but facts are still missing. ``reasons`` says which."""

    def __init__(self, *reasons: Text) -> None:
        super().__init__(reasons[0])
        self.reasons = reasons

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)


@dataclass(frozen=True)
class ChangedRecord:
    """A record that was changed meanwhile: its table, its key, and its version now."""

    kind: str
    key: int
    version: int


class StaleForm(OversightError):
    """Somebody changed the record since the form was opened. Nothing was saved.

    By ``standing`` the page tells who did what, and lets the next save count against it.
    """

    def __init__(self, text: Text, standing: ChangedRecord | None = None) -> None:
        super().__init__(text)
        self.standing = standing


class BadInput(OversightError):
    """What was typed cannot be used. ``fields`` names the form fields, if known."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, text: Text, fields: Mapping[str, Text] | None = None) -> None:
        super().__init__(text)
        self.fields = dict(fields or {})


class Checks:
    """Several checks of what was typed: all that is wrong is said at once.

    Each check stands in a ``with checks.each():``; ``settle()`` raises what they refused.
    """

    def __init__(self) -> None:
        self.wrong: list[BadInput] = []

    @contextmanager
    def each(self) -> Iterator[None]:
        try:
            yield
        except BadInput as error:
            self.wrong.append(error)

    def settle(self) -> None:
        """Raises ``BadInput``, the first of them where one names no field."""
        if not self.wrong:
            return
        first = next((one for one in self.wrong if not one.fields), self.wrong[0])
        if not first.fields:
            raise first
        # Of two sentences beside one field the first stands.
        named = {name: text for one in reversed(self.wrong) for name, text in one.fields.items()}
        raise BadInput(first.text, named)


class Taken(OversightError):
    """Somebody saved the same at the same moment, and it may be there only once."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Not saved: somebody saved the same at this very moment. Look whether it is there "
                "already; if not, press the button once more."
            )
        )


class Busy(OversightError):
    """Too many want the same at once. Nothing was done; a second press will do it."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


class TooLarge(OversightError):
    """An upload over the limit; the message gives the size found and the size allowed."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
