"""What an area hands in so that its steps can tell somebody something."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.accounts.permissions import Permission
from training_oversight.declared import Declared
from training_oversight.errors import NotFound, NotPermitted
from training_oversight.texts import Text


def always(_session: Session, _subject_id: int) -> bool:
    return True


@dataclass(frozen=True)
class MessageKind:
    """A kind of message. There is at most one of a kind about one record.

    ``words(subject)`` are frozen when the message is written. They name no telephone number and
    repeat nothing that a person typed freely: what is asked is read on the page of the record.
    """

    code: str
    label: Text
    words: Callable[[Any], Text]
    # The page of the record, and the name of its key there.
    page: tuple[str, str]
    # Who lets it out, beside the right to release messages; nothing for one that stays inside.
    release: Permission | None = None
    # (session, key of the record) -> whether it is still to be told. The steps after which it may
    # not be call ``service.settle``; a release asks again.
    wanted: Callable[[Session, int], bool] = always

    def allows(self, officer: Officer) -> bool:
        return self.release is not None and officer.may(self.release)

    def check(self, officer: Officer) -> None:
        """Raises ``NotPermitted`` for who may not decide on such a message."""
        if not self.allows(officer):
            raise NotPermitted(
                Text(
                    "%(name)s may not decide on this kind of message: %(kind)s.",
                    name=officer.name,
                    kind=self.label,
                )
            )


KNOWN: Declared[MessageKind] = Declared(lambda kind: kind.code)
declare = KNOWN.declare


def every() -> Sequence[MessageKind]:
    return tuple(KNOWN.values())


def kind_of(code: str) -> MessageKind:
    """The kind of that code. Raises ``NotFound`` for one that this release does not know."""
    try:
        return KNOWN[code]
    except KeyError:
        raise NotFound(
            Text("This release does not know such a message: %(code)s.", code=code)
        ) from None
