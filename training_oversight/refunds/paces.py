"""How often families without an account may send and ask from one network."""

from __future__ import annotations

from http import HTTPStatus

from limits import parse

from training_oversight.accounts import tries
from training_oversight.accounts.tries import Pace
from training_oversight.errors import OversightError
from training_oversight.texts import Text

# All families of an institution may sit in one hall, behind one address.
SIGNED_UP = Pace(parse("60 per 10 minutes"), parse("1 per 10 seconds"))
ASKED = Pace(parse("60 per 10 minutes"), parse("1 per 10 seconds"))
# Whoever knows a code could try telephone numbers.
OF_CODE = Pace(parse("10 per 10 minutes"), parse("1 per 60 seconds"))


class TooFast(OversightError):
    """So much came from one network, or for one code, that the next has to wait."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, pace: Pace) -> None:
        self.seconds = pace.then.get_expiry()
        super().__init__(
            Text(
                "Very much was sent just now. What you typed is still here: wait %(seconds)s "
                "seconds, then press once more. The desk can be called at any time.",
                seconds=self.seconds,
            )
        )


def from_network(pace: Pace, what: str, address: str) -> None:
    """Count one more from the address. Raises ``TooFast``."""
    if not tries.taken(pace, what, tries.network(address)):
        raise TooFast(pace)


def for_code(code: str) -> None:
    """Count one more question about a code. Raises ``TooFast``."""
    if not tries.taken(OF_CODE, "family-code", code):
        raise TooFast(OF_CODE)
