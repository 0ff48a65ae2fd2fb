"""What an attempt was sent out for, and goes over to the next one when nobody could inspect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy.orm import Session

from training_oversight.accounts.models import Officer
from training_oversight.inspections.models import Visit

# The attempt that failed, the next one, and who recorded it.
Carry = Callable[[Session, Visit, Visit, Officer], None]


@dataclass(frozen=True)
class Duty:
    """What upper areas hang on a visit; each says beside its own rows how they go over.

    It happens in the transaction of the failed attempt, so that no duty is lost between two.
    """

    carry: Carry
    known: ClassVar[dict[str, Duty]] = {}

    @classmethod
    def declare(cls, name: str, carry: Carry) -> None:
        cls.known[name] = cls(carry)

    @classmethod
    def go_over(cls, session: Session, visit: Visit, again: Visit, *, by: Officer) -> None:
        for duty in cls.known.values():
            duty.carry(session, visit, again, by)
