"""The code by which a reporter follows an order: ten digits that can be read aloud."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Session
from stdnum import luhn

from training_oversight.complaints.models import Complaint

DIGITS = 9
TRIES = 5


def fresh(session: Session, count: int) -> list[str]:
    """Codes that no order has, each once. The last digit tells a slip of the tongue."""
    found: set[str] = set()
    for _ in range(TRIES):
        tried = {_one() for _ in range(count - len(found))} - found
        taken = sa.select(Complaint.tracking_code).where(Complaint.tracking_code.in_(tried))
        found |= tried - set(session.scalars(taken))
        if len(found) == count:
            return list(found)
    raise RuntimeError("no code is left")


def _one() -> str:
    first = str(secrets.randbelow(10**DIGITS)).zfill(DIGITS)
    return first + luhn.calc_check_digit(first)


def is_one(typed: str) -> bool:
    return len(typed) == DIGITS + 1 and luhn.is_valid(typed)
