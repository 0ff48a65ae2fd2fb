"""What hangs on a visit: it goes over to the next attempt, or holds what a correction changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.declared import Declared
from training_oversight.inspections.models import Visit
from training_oversight.inspections.service.drafts import VisitDraft

# The attempt that failed, the next one, and who recorded it.
Carry = Callable[[Session, Visit, Visit, Officer], None]
# The visit, and as what it is to stand after a correction. Raises ``Blocked``.
Hold = Callable[[Session, Visit, VisitDraft], None]


@dataclass(frozen=True)
class Duty:
    """What upper areas hang on a visit; each says beside its own rows how they go over.

    It happens in the transaction of the failed attempt, so that no duty is lost between two.
    """

    name: str
    carry: Carry
    hold: Hold
    known: ClassVar[Declared[Duty]] = Declared(lambda duty: duty.name)

    @classmethod
    def declare(cls, name: str, carry: Carry, hold: Hold) -> Duty:
        return cls.known.declare(cls(name, carry, hold))

    @classmethod
    def go_over(cls, session: Session, visit: Visit, again: Visit, *, by: Officer) -> None:
        for duty in cls.known.values():
            duty.carry(session, visit, again, by)

    @classmethod
    def keep(cls, session: Session, visit: Visit, draft: VisitDraft) -> None:
        """Refuse a correction that would take away what something rests on."""
        for duty in cls.known.values():
            duty.hold(session, visit, draft)
