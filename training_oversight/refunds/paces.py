"""How often families without an account may send and ask from one network."""

from __future__ import annotations

from limits import parse

from training_oversight.accounts.tries import Pace

# All families of an institution may sit in one hall, behind one address.
SIGNED_UP = Pace(parse("60 per 10 minutes"), parse("1 per 10 seconds"))
ASKED = Pace(parse("60 per 10 minutes"), parse("1 per 10 seconds"))
