"""The code by which a reporter follows an order: ten digits that can be read aloud."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Session
from stdnum import luhn

from training_oversight.complaints.models import Complaint

DIGITS = 9
TRIES = 5


def fresh(session: Session) -> str:
    """A code that no order has. The last digit tells a slip of the tongue."""
    for _ in range(TRIES):
        first = str(secrets.randbelow(10**DIGITS)).zfill(DIGITS)
        code = first + luhn.calc_check_digit(first)
        taken = sa.select(Complaint.id).where(Complaint.tracking_code == code)
        if session.scalar(taken) is None:
            return code
    raise RuntimeError("no code is left")


def is_one(typed: str) -> bool:
    return len(typed) == DIGITS + 1 and luhn.is_valid(typed)
